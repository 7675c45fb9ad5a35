//! `personal_data_erased`: a disclosure is erased; the chain stays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::EventId;

use super::pointer::Pointer;
use crate::case::Case;
use crate::refusal::Refusal;

/// Names the disclosure that is erased; by the party whose event it was, or the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonalDataErased {
    /// The event that committed to it.
    pub event: EventId,
    /// RFC 6901 pointer within that event's `data`.
    pub pointer: Pointer,
}

pub(super) fn decide(act: &PersonalDataErased, case: &Case<'_>) -> Result<(), Refusal> {
    let same =
        |it: &&crate::registry::Erasure| it.event == act.event && it.pointer == act.pointer && it.by == *case.actor;
    match case.registry.erasures.iter().find(same) {
        Some(earlier) => {
            let reason = format!("registry record {} names this disclosure as erased already", earlier.version);
            Err(Refusal::new("erased-already", "data.pointer", reason))
        }
        None => Ok(()),
    }
}
