//! `personal_data_erased`: a disclosure is erased; the chain stays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::EventId;

use super::pointer::Pointer;

/// Names the disclosure that is erased; by the party whose event it was, or the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonalDataErased {
    /// The event that committed to it.
    pub event: EventId,
    /// RFC 6901 pointer within that event's `data`.
    pub pointer: Pointer,
}
