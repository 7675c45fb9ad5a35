//! `party_registered`: a legal person that can be a party to agreements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::codes::{BusinessId, Code};
use super::line::Words;

/// Registers a party; by the registrar. Names are labels, never keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyRegistered {
    /// Y-tunnus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_id: Option<BusinessId>,
    /// Typed codes, none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// The slug by which it speaks; never used again for another.
    pub id: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// What a municipality calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality_type: Option<MunicipalityType>,
    /// Names by language.
    pub names: Words,
    /// Parties that it continues, and whose name it may therefore bear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successor_of: Vec<PartyId>,
}

/// What a party is by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// Kunta.
    Municipality,
    /// Another body.
    Other,
    /// Maakunnan liitto.
    RegionalCouncil,
    /// Hyvinvointialue.
    WellbeingServicesCounty,
}

/// What a municipality calls itself; the law knows no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MunicipalityType {
    /// Kaupunki.
    City,
    /// Kunta.
    Municipality,
}
