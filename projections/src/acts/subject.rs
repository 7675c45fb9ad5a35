//! How an act names the text that it is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

/// A text: `{"digest": …}`, or `{"deposit": …}` for one that the ledger does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// SHA-256 of the text, in hex.
    Digest(Digest),
    /// Version of the `text_deposited` that describes a text whose digest is not known.
    Deposit(u64),
}
