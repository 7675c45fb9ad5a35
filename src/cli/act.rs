//! `sinetti decide`, `approve`, `affix`: draft, sign and submit in one, for the commonest acts.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};
use sinetti_events::format::payload::{EventType, Payload};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{PartyId, StreamId};

use super::draft::{Members, Place};
use super::failure::{Failure, Outcome};
use super::signer::{self, Signer};
use super::submit::{self, Pins};
use super::{files, output, sign, unlock};
use crate::author::Draft;
use crate::client::Client;

/// `sinetti decide` and `sinetti approve`
#[derive(Debug, Args)]
pub struct Decide {
    #[command(flatten)]
    speaker: Speaker,
    /// What the organ is by law: council, board, committee, official or forum
    #[arg(long, value_name = "KIND")]
    organ_kind: Option<String>,
    /// The organ's name in the minutes, such as kaupunginvaltuusto
    #[arg(long, value_name = "NAME")]
    organ: Option<String>,
    /// Why the organ may decide this, such as "hallintosääntö 25 §"
    #[arg(long, value_name = "BASIS")]
    competent: Option<String>,
    /// The section (§) of the minutes, without the sign
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// Case number (asianumero)
    #[arg(long, value_name = "NUMBER")]
    case_number: Option<String>,
    /// SHA-256 of the text that it is about
    #[arg(long, value_name = "DIGEST", conflicts_with = "deposit")]
    text: Option<Digest>,
    /// Version of the deposit of a text whose digest is not known
    #[arg(long, value_name = "VERSION")]
    deposit: Option<u64>,
    /// What happened to the proposal, such as adopted, rejected or tabled
    #[arg(long, value_name = "RESOLUTION")]
    resolution: Option<String>,
    /// What the proposal would do, such as approve, note or propose_to_superior
    #[arg(long, value_name = "EFFECT")]
    effect: Option<String>,
    /// What the minutes are: confirmed, unconfirmed or agenda
    #[arg(long, value_name = "MINUTES")]
    minutes: Option<String>,
    /// not_appealable, open, challenged or final
    #[arg(long, value_name = "FINALITY")]
    finality: Option<String>,
}

/// `sinetti affix`
#[derive(Debug, Args)]
pub struct Affix {
    #[command(flatten)]
    speaker: Speaker,
    /// SHA-256 of the text that is signed
    #[arg(long, value_name = "DIGEST")]
    text: Digest,
    /// The signer's role, such as kaupunginjohtaja
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// ledger_key, advanced, qualified or paper
    #[arg(long, value_name = "GRADE", default_value = "ledger_key")]
    grade: String,
    /// The signer's name; kept apart from the record
    #[arg(long, value_name = "NAME")]
    signatory: Option<String>,
}

/// Who speaks, where, and with which key.
#[derive(Debug, Args)]
struct Speaker {
    /// The agreement
    #[arg(long, value_name = "AGREEMENT")]
    agreement: StreamId,
    /// The party that speaks
    #[arg(long, value_name = "PARTY")]
    party: PartyId,
    /// Its key file, or pkcs11:… for a key on a card or in an HSM
    #[arg(long = "key", value_name = "FILE", required = true)]
    keys: Vec<PathBuf>,
    /// File with the key's passphrase, or the token's PIN; asked on a terminal otherwise
    #[arg(long, value_name = "FILE")]
    passphrase_file: Vec<PathBuf>,
    /// Where to keep the envelope, its personal values and the receipt
    #[arg(long, value_name = "DIR", default_value = ".")]
    keep: PathBuf,
    #[command(flatten)]
    members: Members,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    pins: Pins,
}

/// Runs `sinetti decide`.
///
/// # Errors
///
/// The members are not those of a decision; refused; unreachable.
pub fn decide(command: &Decide) -> Result<Outcome, Failure> {
    command.speaker.say("decision_recorded", command.members())
}

/// Runs `sinetti approve`: a decision whose adopted proposal was to approve.
///
/// # Errors
///
/// As [`decide`].
pub fn approve(command: &Decide) -> Result<Outcome, Failure> {
    let mut members = command.members();
    for (name, usual) in [("effect", "approve"), ("resolution", "adopted"), ("minutes", "confirmed")] {
        members.entry(name).or_insert_with(|| Value::from(usual));
    }
    command.speaker.say("decision_recorded", members)
}

/// Runs `sinetti affix`.
///
/// # Errors
///
/// The members are not those of a signature; refused; unreachable.
pub fn affix(command: &Affix) -> Result<Outcome, Failure> {
    let mut members = Map::new();
    members.insert("text".into(), json!(command.text));
    members.insert("grade".into(), json!(command.grade));
    put(&mut members, "role", command.role.as_ref());
    put(&mut members, "signatory", command.signatory.as_ref());
    command.speaker.say("text_signed", members)
}

impl Decide {
    fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        let mut organ = Map::new();
        put(&mut organ, "kind", self.organ_kind.as_ref());
        put(&mut organ, "name", self.organ.as_ref());
        if !organ.is_empty() {
            members.insert("organ".into(), Value::Object(organ));
        }
        members.extend(self.competent.iter().map(|basis| ("competent".into(), json!({ "basis": basis }))));
        members.extend(self.text.iter().map(|digest| ("subject".into(), json!({ "digest": digest }))));
        members.extend(self.deposit.iter().map(|version| ("subject".into(), json!({ "deposit": version }))));
        let texts = [
            ("section", &self.section),
            ("case_number", &self.case_number),
            ("resolution", &self.resolution),
            ("effect", &self.effect),
            ("minutes", &self.minutes),
            ("finality", &self.finality),
        ];
        for (name, text) in texts {
            put(&mut members, name, text.as_ref());
        }
        members
    }
}

impl Speaker {
    fn say(&self, kind: &str, given: Map<String, Value>) -> Result<Outcome, Failure> {
        let kind: EventType = kind.parse().map_err(Failure::refused)?;
        let data = self.members.gather(&kind, given)?;
        let draft = self.place.draft(&kind, &self.agreement, &self.party, data)?;
        sign::show(&draft.payload, &draft.disclosures)?;
        let keys = unlock::signers(&self.keys, &self.passphrase_file)?;
        send(draft, &keys, &self.keep, &self.place.server.client()?, &self.pins)
    }
}

/// Signs a draft, keeps it in `keep` and sends it.
///
/// # Errors
///
/// It can't be kept; refused; unreachable.
pub(super) fn send(
    draft: Draft,
    keys: &[Signer],
    keep: &Path,
    client: &Client,
    pins: &Pins,
) -> Result<Outcome, Failure> {
    let event = Payload::parse(&draft.payload).map_err(Failure::refused)?.event;
    let envelope = signer::seal(draft.payload, keys)?;
    // Kept before it is sent, so that a lost answer can be asked for again.
    let kept = |word: &str| keep.join(format!("{event}.{word}.json"));
    files::write(Some(&kept("envelope")), &sign::bytes(&envelope)?)?;
    if !draft.disclosures.is_empty() {
        let json = serde_json::to_vec_pretty(&draft.disclosures).map_err(Failure::refused)?;
        files::write(Some(&kept("disclosures")), &json)?;
    }
    let sent = submit::send(client, &envelope, &draft.disclosures, pins, Some(&kept("receipt")));
    if matches!(sent, Err(Failure::Unavailable(_))) {
        output::note(&format!("The signed envelope is kept: sinetti submit {}", kept("envelope").display()));
    }
    sent
}

fn put(members: &mut Map<String, Value>, name: &str, text: Option<&String>) {
    members.extend(text.map(|text| (name.to_owned(), Value::from(text.as_str()))));
}
