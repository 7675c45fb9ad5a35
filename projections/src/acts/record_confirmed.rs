//! `record_confirmed`: a party makes a transcription of its act its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

/// Confirms what the registrar transcribed; by the party whose act it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConfirmed {
    /// SHA-256 of the text that the act was about, now that the ledger holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Version of the transcription.
    pub version: u64,
}
