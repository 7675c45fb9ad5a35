//! `entry_into_force_determined`: the registrar's signed statement that the agreement is in force.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::line::Line;

/// States from when the agreement is in force; by the registrar, refused unless the agreement's
/// own conditions hold at this place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryIntoForceDetermined {
    /// Where the parties agreed on a date later than the last required act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_later: Option<AgreedLater>,
    /// The first day in force.
    pub in_force_from: Date,
    /// Under a bilateral rule: the party with which the hub's agreement is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_party: Option<PartyId>,
}

/// An agreed later date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedLater {
    /// Where the date was agreed.
    pub source: Line,
}
