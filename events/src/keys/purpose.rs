//! What a key may do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::format::payload::EventType;

/// What a key may do. A key can have several purposes; in events they ascend, none twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The party's keys.
    Manage,
    /// Acts of decision and correction.
    Record,
    /// Texts and annexes.
    Sign,
}

/// The event types that only a `manage` key may sign.
const KEY_EVENTS: [&str; 5] =
    ["ledger_founded", "log_keys_changed", "key_enrolled", "key_revoked", "key_threshold_set"];

impl Purpose {
    /// The purpose that an event of type `kind` asks of its keys.
    pub fn of(kind: &EventType) -> Purpose {
        match kind.as_str() {
            "text_signed" => Purpose::Sign,
            kind if KEY_EVENTS.contains(&kind) => Purpose::Manage,
            _ => Purpose::Record,
        }
    }

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Manage => "manage",
            Purpose::Record => "record",
            Purpose::Sign => "sign",
        }
    }

    /// Whether `purposes` is a set in its one form: not empty, ascending, none twice.
    pub fn is_set(purposes: &[Purpose]) -> bool {
        !purposes.is_empty() && purposes.is_sorted_by(|left, right| left < right)
    }
}
