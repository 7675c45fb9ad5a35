//! `record_corrected`: an entry was wrong; the act itself is what it was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::pointer::Change;

/// Corrects members of an earlier record; by its own actor. The record stays as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordCorrected {
    /// What was wrong, one change a member.
    pub changes: Vec<Change>,
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
    /// Version of the record.
    pub version: u64,
}
