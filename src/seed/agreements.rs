//! The three agreements that the product knows, each as the steps that tell a ledger of it.

use serde_json::{Map, Value, json};
use sinetti_events::primitives::ids::StreamId;

use super::Kind;
use super::demo::{self, Invented};
use super::error::SeedError;
use super::roster::{self, AreaRow, PartyRow};
use super::step::Step;

/// One agreement, read from the product's data.
#[derive(Debug)]
pub(super) struct Agreement {
    /// Its stream.
    pub id: StreamId,
    /// Its roster, in its order.
    pub parties: Vec<PartyRow>,
    areas: Vec<AreaRow>,
    opening: Map<String, Value>,
    public_acts: Vec<Step>,
    invented: Invented,
}

/// The files of one agreement, as text.
struct Files {
    id: &'static str,
    folder: &'static str,
    parties: &'static str,
    areas: &'static str,
    opening: &'static str,
    public_acts: &'static str,
    invented: demo::Files,
}

const PIRKANMAA: Files = Files {
    id: "pirkanmaa-puitesopimus-2023",
    folder: "pirkanmaa",
    parties: include_str!("data/pirkanmaa/parties.csv"),
    areas: include_str!("data/pirkanmaa/areas.csv"),
    opening: include_str!("data/pirkanmaa/opening.json"),
    public_acts: include_str!("data/pirkanmaa/public_acts.json"),
    invented: demo::Files {
        text: "pirkanmaa.txt",
        decisions: include_str!("data/pirkanmaa/demo_decisions.csv"),
        signatures: include_str!("data/pirkanmaa/demo_signatures.csv"),
        acts: include_str!("data/pirkanmaa/demo_acts.json"),
    },
};

const POHJOIS_POHJANMAA: Files = Files {
    id: "pohjois-pohjanmaa-strateginen-2023",
    folder: "pohjois-pohjanmaa",
    parties: include_str!("data/pohjois-pohjanmaa/parties.csv"),
    areas: include_str!("data/pohjois-pohjanmaa/areas.csv"),
    opening: include_str!("data/pohjois-pohjanmaa/opening.json"),
    public_acts: include_str!("data/pohjois-pohjanmaa/public_acts.json"),
    invented: demo::Files {
        text: "pohjois-pohjanmaa.txt",
        decisions: include_str!("data/pohjois-pohjanmaa/demo_decisions.csv"),
        signatures: include_str!("data/pohjois-pohjanmaa/demo_signatures.csv"),
        acts: include_str!("data/pohjois-pohjanmaa/demo_acts.json"),
    },
};

const VARSINAIS_SUOMI: Files = Files {
    id: "varsinais-suomi-yhteistyosopimus-2023",
    folder: "varsinais-suomi",
    parties: include_str!("data/varsinais-suomi/parties.csv"),
    areas: include_str!("data/varsinais-suomi/areas.csv"),
    opening: include_str!("data/varsinais-suomi/opening.json"),
    public_acts: include_str!("data/varsinais-suomi/public_acts.json"),
    invented: demo::Files {
        text: "varsinais-suomi.txt",
        decisions: include_str!("data/varsinais-suomi/demo_decisions.csv"),
        signatures: include_str!("data/varsinais-suomi/demo_signatures.csv"),
        acts: include_str!("data/varsinais-suomi/demo_acts.json"),
    },
};

/// All three, in the order of the front page.
///
/// # Errors
///
/// A file that the product ships doesn't fit its type.
pub(super) fn all() -> Result<[Agreement; 3], SeedError> {
    Ok([read(&PIRKANMAA)?, read(&POHJOIS_POHJANMAA)?, read(&VARSINAIS_SUOMI)?])
}

impl Agreement {
    /// Everything that a new ledger of `kind`, founded on `date`, is told of this agreement: its
    /// opening, then what happened, oldest first.
    pub(super) fn steps(&self, kind: Kind, date: &str) -> Vec<Step> {
        let mut acts = match kind {
            Kind::Real => self.public_acts.clone(),
            Kind::Demo => [self.public_acts.clone(), self.invented.acts()].concat(),
            Kind::DemoEmpty => Vec::new(),
        };
        acts.sort_by(|left, right| left.occurred_on().cmp(right.occurred_on()));
        acts.insert(0, self.opening(date));
        acts
    }

    fn opening(&self, date: &str) -> Step {
        let mut data = self.opening.clone();
        let areas: Vec<Value> = self.areas.iter().map(AreaRow::area).collect();
        let roster: Vec<Value> = self.parties.iter().map(PartyRow::seat).collect();
        data.insert("interface_areas".to_owned(), json!(areas));
        data.insert("occurred_on".to_owned(), json!(date));
        data.insert("roster".to_owned(), json!(roster));
        Step::by_registrar("opening".to_owned(), "agreement_opened", data)
    }
}

fn read(files: &Files) -> Result<Agreement, SeedError> {
    let folder = files.folder;
    let wrong = |file: &str, reason: String| SeedError::Data { file: format!("{folder}/{file}"), reason };
    let id = files.id.parse().map_err(|error| wrong("", format!("{error}")))?;
    let opening = serde_json::from_str(files.opening).map_err(|error| wrong("opening.json", error.to_string()))?;
    let public_acts =
        serde_json::from_str(files.public_acts).map_err(|error| wrong("public_acts.json", error.to_string()))?;
    Ok(Agreement {
        id,
        parties: roster::rows(folder, "parties.csv", files.parties)?,
        areas: roster::rows(folder, "areas.csv", files.areas)?,
        opening,
        public_acts,
        invented: Invented::read(folder, &files.invented)?,
    })
}
