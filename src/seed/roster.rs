//! The rosters and interface areas that the product ships, read from its own CSV files.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use sinetti_events::primitives::ids::PartyId;

use super::error::SeedError;

/// One party of a roster, as its file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyRow {
    pub number: u64,
    pub party: PartyId,
    pub kind: String,
    pub municipality_type: String,
    pub name_fi: String,
    pub name_sv: String,
    pub name_en: String,
    pub code: String,
    pub business_id: String,
}

/// One interface area of an agreement, as its file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaRow {
    number: u64,
    area: String,
    name_fi: String,
    name_sv: String,
    name_en: String,
    goal_fi: String,
}

/// Reads all rows of a CSV file of the product; `folder` and `file` name it in errors.
///
/// # Errors
///
/// A row that doesn't fit its type, with its line.
pub(super) fn rows<T: DeserializeOwned>(folder: &str, file: &str, text: &str) -> Result<Vec<T>, SeedError> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect::<Result<_, _>>();
    rows.map_err(|error| SeedError::Data { file: format!("{folder}/{file}"), reason: error.to_string() })
}

impl PartyRow {
    /// The members of `party_registered`.
    pub(super) fn registration(&self) -> Map<String, Value> {
        let mut data = object(json!({
            "codes": [self.code],
            "id": self.party,
            "kind": self.kind,
            "names": names(&self.name_fi, &self.name_sv, &self.name_en),
        }));
        for (member, text) in [("business_id", &self.business_id), ("municipality_type", &self.municipality_type)] {
            if !text.is_empty() {
                data.insert(member.to_owned(), json!(text));
            }
        }
        data
    }

    /// The party's place in `agreement_opened`.
    pub(super) fn seat(&self) -> Value {
        json!({ "number": self.number, "party": self.party })
    }
}

impl AreaRow {
    /// The area as it stands in `agreement_opened`; the goal only where the source states one.
    pub(super) fn area(&self) -> Value {
        let mut area = object(json!({
            "id": self.area,
            "names": names(&self.name_fi, &self.name_sv, &self.name_en),
            "number": self.number,
        }));
        if !self.goal_fi.is_empty() {
            area.insert("goal".to_owned(), json!({ "fi": self.goal_fi }));
        }
        Value::Object(area)
    }
}

fn names(fi: &str, sv: &str, en: &str) -> Value {
    json!({ "en": en, "fi": fi, "sv": sv })
}

/// The members of an object literal.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
