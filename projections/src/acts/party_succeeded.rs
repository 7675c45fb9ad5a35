//! `party_succeeded`: legal persons merge, split, are absorbed, or change name or business id.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::codes::BusinessId;
use super::line::Words;

/// Says who continues whom; by the registrar. It takes effect on `occurred_on`.
///
/// It never makes a missing act exist and never shrinks what an agreement requires: it is
/// shown as a footnote of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartySucceeded {
    /// The new Y-tunnus, for `id_changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_id: Option<BusinessId>,
    /// How.
    pub kind: SuccessionKind,
    /// The new names, for `renamed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Words>,
    /// Who was there before. For `renamed` and `id_changed` the one party itself.
    pub predecessors: Vec<PartyId>,
    /// Who is there after. For `renamed` and `id_changed` the same one party.
    pub successors: Vec<PartyId>,
}

/// How a party is continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuccessionKind {
    /// Predecessors end in one party that was there already.
    Absorbed,
    /// Same party, another business id.
    IdChanged,
    /// Two or more end in a new one.
    Merged,
    /// Same party, another name.
    Renamed,
    /// One is divided among several.
    Split,
}
