//! Founding: what a new ledger is told before anybody else writes to it.
//!
//! A real ledger gets record 0, the parties of the three rosters, the three agreements, and the
//! public acts that a source proves, transcribed by the registrar. A demonstration gets invented
//! keys and, unless it is to be empty, invented acts on top, each saying that it is.
//!
//! Founding can be killed at any moment: a file in the data directory says that it is not done,
//! every event's id follows from record 0 and the name of its step, and the next start sends the
//! same bytes again, which the ledger answers with what it has.

mod agreements;
mod demo;
mod error;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod founding_tests;
mod registrar_key;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod rehearsal;
mod roster;
mod scribe;
mod step;
mod texts;
mod writer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use serde_json::json;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{PartyId, StreamId};

pub use self::error::SeedError;
pub use self::registrar_key::Notice;
use self::step::Step;
use self::writer::Writer;
use crate::ledger::Ledger;

/// What a new ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Agreements and proven public acts.
    Real,
    /// The same, with invented keys and acts.
    Demo,
    /// Agreements and invented keys; no acts.
    DemoEmpty,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Real, Kind::Demo, Kind::DemoEmpty];

    /// As the file that marks an unfinished founding has it.
    fn name(self) -> &'static str {
        match self {
            Kind::Real => "real",
            Kind::Demo => "demo",
            Kind::DemoEmpty => "demo-empty",
        }
    }

    fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How to found.
#[derive(Debug, Clone, Copy)]
pub struct Founding<'a> {
    /// The ledger's data directory: keys are made there.
    pub dir: &'a Path,
    /// What it is to hold.
    pub kind: Kind,
    /// File with the passphrase of the registrar's key; a demonstration needs none.
    pub passphrase_file: Option<&'a Path>,
    /// Whether a person looks on, to whom a made passphrase can be shown once.
    pub terminal: bool,
}

/// The private keys that founding writes with.
pub struct Keys {
    /// The registrar's, for keys and records; it signs no texts.
    pub registrar: SigningKey,
    /// Invented keys of parties, which the registrar enrols; none in a real ledger.
    pub parties: BTreeMap<PartyId, SigningKey>,
}

/// A ledger was founded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// Leaf hash of record 0: with the log's verifier key the trust root, to be published
    /// outside the ledger.
    pub genesis: Hash,
    /// How many records founding wrote or found written.
    pub records: u64,
}

/// Founds `ledger` if it is empty, or finishes a founding that was interrupted; a ledger that is
/// founded already is left alone, and the answer is `None`.
///
/// # Errors
///
/// A key can't be made or opened, the ledger takes no writes, or the program's own data is wrong.
/// The next start goes on where this one stopped.
pub async fn ensure(
    ledger: &Ledger,
    founding: Founding<'_>,
    tell: &mut (dyn FnMut(Notice) + Send),
) -> Result<Option<Founded>, SeedError> {
    let unfinished = founding.dir.join("founding");
    let kind = match registrar_key::marked(&unfinished)? {
        // What was begun is finished, whatever this start asks for.
        Some(begun) => Kind::named(&begun).unwrap_or(founding.kind),
        None if ledger.health().size > 0 => return Ok(None),
        None => {
            registrar_key::mark(&unfinished, founding.kind.name())?;
            founding.kind
        }
    };
    let founding = Founding { kind, ..founding };
    let keys = keys(&founding, tell)?;
    let founded = found(ledger, &keys, kind).await?;
    texts::keep_all(ledger).await?;
    registrar_key::remove(&unfinished)?;
    Ok(Some(founded))
}

/// Writes what a new ledger of `kind` holds. Safe to repeat with the same keys.
///
/// # Errors
///
/// The ledger takes no writes, or the program's own data is wrong.
pub async fn found(ledger: &Ledger, keys: &Keys, kind: Kind) -> Result<Founded, SeedError> {
    let writer = Writer::begin(ledger, keys, kind).await?;
    let date = writer.founding_date();
    let (parties, enrolments) = (registrations(&date)?, enrolments(keys)?);
    let registry = writer.registry(&parties).await? + writer.registry(&enrolments).await?;
    let agreements = agreements::all()?;
    let [first, second, third] = &agreements;
    let (first, second, third) = tokio::try_join!(
        writer.agreement(&first.id, first.steps(kind, &date)),
        writer.agreement(&second.id, second.steps(kind, &date)),
        writer.agreement(&third.id, third.steps(kind, &date)),
    )?;
    let records = 1 + registry + first + second + third;
    Ok(Founded { genesis: writer.genesis().leaf, records })
}

/// Paths of the demonstration's invented keys in `dir`, by party; `registrar` among them.
pub fn demo_key(dir: &Path, party: &PartyId) -> PathBuf {
    dir.join("keys").join(format!("{party}.pem"))
}

/// The three agreements of the product, in the order of its front page.
///
/// # Errors
///
/// The program's own data is wrong.
pub fn agreement_ids() -> Result<Vec<StreamId>, SeedError> {
    Ok(agreements::all()?.into_iter().map(|agreement| agreement.id).collect())
}

fn keys(founding: &Founding<'_>, tell: &mut (dyn FnMut(Notice) + Send)) -> Result<Keys, SeedError> {
    if founding.kind == Kind::Real {
        let (dir, file) = (founding.dir, founding.passphrase_file);
        let registrar = registrar_key::open_or_make(dir, file, founding.terminal, tell)?;
        return Ok(Keys { registrar, parties: BTreeMap::new() });
    }
    registrar_key::make_dir(&founding.dir.join("keys"))?;
    texts::write_all(&founding.dir.join("texts"))?;
    let mut parties = BTreeMap::new();
    for agreement in agreements::all()? {
        for row in agreement.parties {
            let key = registrar_key::invented(&demo_key(founding.dir, &row.party))?;
            parties.insert(row.party, key);
        }
    }
    let registrar = registrar_key::invented(&demo_key(founding.dir, &PartyId::registrar()))?;
    Ok(Keys { registrar, parties })
}

/// All parties, for the registry.
fn registrations(date: &str) -> Result<Vec<Step>, SeedError> {
    let agreements = agreements::all()?;
    let roster = agreements.iter().flat_map(|agreement| &agreement.parties);
    Ok(roster.map(|party| registration(party, date)).collect())
}

/// The keys of those parties that have one, for the registry.
fn enrolments(keys: &Keys) -> Result<Vec<Step>, SeedError> {
    keys.parties.iter().map(|(party, key)| demo::enrolment(party, key)).collect()
}

fn registration(party: &roster::PartyRow, date: &str) -> Step {
    let mut data = party.registration();
    data.insert("occurred_on".to_owned(), json!(date));
    Step::by_registrar(format!("register-{}", party.party), "party_registered", data)
}
