//! `minutes_confirmed`: the minutes of a decision were inspected and confirmed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

/// Confirms the minutes of one decision; by its party, or the registrar transcribing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesConfirmed {
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// SHA-256 of the extract of the confirmed minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
}
