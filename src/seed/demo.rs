//! The invented acts of a demonstration, on top of the real ones. Each says that it is invented.

use ed25519_dalek::SigningKey;
use serde::Deserialize;
use serde_json::{Value, json};
use sinetti_events::primitives::ids::PartyId;

use super::error::SeedError;
use super::roster::{object, rows};
use super::step::Step;
use crate::author;

/// What is invented for one agreement, as text.
pub(super) struct Files {
    /// File name of its invented text.
    pub text: &'static str,
    /// Decisions, CSV.
    pub decisions: &'static str,
    /// Signatures, CSV.
    pub signatures: &'static str,
    /// Acts of other types, JSON.
    pub acts: &'static str,
}

/// What is invented for one agreement.
#[derive(Debug)]
pub(super) struct Invented {
    text: &'static str,
    decisions: Vec<DecisionRow>,
    signatures: Vec<SignatureRow>,
    acts: Vec<Step>,
}

/// One invented decision.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionRow {
    party: PartyId,
    organ_kind: String,
    organ: String,
    date: String,
    section: String,
    case_number: String,
    resolution: String,
    effect: String,
    minutes: String,
    finality: String,
}

/// What stands for the scan of a signed paper.
const SCAN: &str = "allekirjoitettu-paperi.txt";

/// One invented signature.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureRow {
    party: PartyId,
    date: String,
    role: String,
    grade: String,
    signatory: String,
}

impl Invented {
    /// Reads the files; `folder` names them in errors.
    pub(super) fn read(folder: &str, files: &Files) -> Result<Invented, SeedError> {
        let acts = serde_json::from_str(files.acts)
            .map_err(|error| SeedError::Data { file: format!("{folder}/demo_acts.json"), reason: error.to_string() })?;
        Ok(Invented {
            text: files.text,
            decisions: rows(folder, "demo_decisions.csv", files.decisions)?,
            signatures: rows(folder, "demo_signatures.csv", files.signatures)?,
            acts,
        })
    }

    /// All acts: of one day, those of other types come before decisions, and those before signatures.
    pub(super) fn acts(&self) -> Vec<Step> {
        let mut steps = self.acts.clone();
        steps.extend(self.decisions.iter().map(|row| row.step(self.text)));
        steps.extend(self.signatures.iter().map(|row| row.step(self.text)));
        for step in &mut steps {
            step.data.insert("invented".to_owned(), Value::Bool(true));
        }
        steps
    }
}

/// A key of the demonstration, enrolled by the registrar with proof of possession.
pub(super) fn enrolment(party: &PartyId, key: &SigningKey) -> Result<Step, SeedError> {
    let step = format!("enrol-{party}");
    let public_key =
        author::public_key(key).map_err(|error| SeedError::Step { step: step.clone(), reason: error.to_string() })?;
    let data = object(json!({
        "party": party,
        "public_key": public_key,
        "purposes": ["manage", "record", "sign"],
    }));
    Ok(Step::by_registrar(step, "key_enrolled", data))
}

impl DecisionRow {
    fn step(&self, text: &str) -> Step {
        let (proposal, decision) = self.words();
        let data = object(json!({
            "case_number": self.case_number,
            "competent": { "basis": self.basis() },
            "decision": { "$clear": decision },
            "effect": self.effect,
            "finality": self.finality,
            "heading": "Yhteistyösopimuksen hyväksyminen",
            "minutes": self.minutes,
            "occurred_on": self.date,
            "organ": { "kind": self.organ_kind, "name": self.organ },
            "proposal": { "$clear": proposal },
            "proposal_kind": "presenter",
            "resolution": self.resolution,
            "section": self.section,
            "subject": { "digest": { "$digest": text } },
        }));
        let (party, date) = (self.party.clone(), &self.date);
        Step { step: format!("{party}-{date}"), actor: party, kind: "decision_recorded".to_owned(), data }
    }

    fn basis(&self) -> &'static str {
        if self.organ_kind == "council" { "KuntaL 14 §" } else { "hallintosääntö (keksitty)" }
    }

    /// Proposal and decision as such minutes put them: "Hyväksyttiin" says what became of the
    /// proposal, and only the proposal says what that means.
    fn words(&self) -> (&'static str, &'static str) {
        let proposal = match self.effect.as_str() {
            "note" => "Merkitään sopimusluonnos tiedoksi.",
            "propose_to_superior" => "Esitetään valtuustolle, että se hyväksyy sopimuksen.",
            _ => "Päätetään hyväksyä sopimus.",
        };
        let decision = match self.resolution.as_str() {
            "adopted_amended" => {
                "Hyväksyttiin muutettuna: sopimus hyväksytään ja sen toteutumisesta raportoidaan vuosittain."
            }
            "rejected" => "Ehdotus hylättiin.",
            "returned" => "Asia palautettiin valmisteltavaksi.",
            "tabled" => "Asia jätettiin pöydälle.",
            _ => "Hyväksyttiin.",
        };
        (proposal, decision)
    }
}

impl SignatureRow {
    fn step(&self, text: &str) -> Step {
        let mut data = object(json!({
            "grade": self.grade,
            "occurred_on": self.date,
            "role": self.role,
            "signatory": { "$clear": self.signatory },
            "text": { "$digest": text },
        }));
        if self.grade == "paper" {
            data.insert("scan".to_owned(), json!({ "$digest": SCAN }));
        }
        let (party, role) = (self.party.clone(), &self.role);
        Step { step: format!("{party}-signed-{role}"), actor: party, kind: "text_signed".to_owned(), data }
    }
}
