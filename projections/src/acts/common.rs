//! Members that an act of any type may carry beside its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::line::Line;
use crate::event::BadEvent;

/// Members that an act of any type may carry beside its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// When it happened, a legal date. Every act has it except those of keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_on: Option<Date>,
    /// True on an act that never happened, in a demonstration ledger; else left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
    /// Whose act the registrar transcribes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// Whose act the registrar transcribes, in words, where the source names no party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party_described: Option<Line>,
    /// Where the registrar has it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Line>,
}

/// Their names.
const MEMBERS: [&str; 5] = ["occurred_on", "invented", "party", "party_described", "source"];

impl Common {
    /// Whether a registrar's act with these members is the transcription of somebody else's.
    pub fn is_transcription(&self) -> bool {
        self.party.is_some() || self.party_described.is_some()
    }

    /// Takes these members out of `members`, leaving those of the type.
    pub(super) fn take(members: &mut Map<String, Value>) -> Result<Common, BadEvent> {
        if members.get("invented") == Some(&Value::Bool(false)) {
            let reason = "leave it out of an act that is not invented".to_owned();
            return Err(BadEvent::Member { member: "data.invented".into(), reason });
        }
        let taken: Map<String, Value> = MEMBERS.iter().filter_map(|name| members.remove_entry(*name)).collect();
        serde_path_to_error::deserialize(Value::Object(taken)).map_err(|error| BadEvent::Member {
            member: format!("data.{}", error.path()),
            reason: error.inner().to_string(),
        })
    }

    /// Puts them beside the members of the type again.
    pub(crate) fn put(&self, members: &mut Map<String, Value>) {
        if let Ok(Value::Object(mine)) = serde_json::to_value(self) {
            members.extend(mine);
        }
    }
}
