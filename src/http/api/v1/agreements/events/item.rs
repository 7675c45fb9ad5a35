//! One recorded event as the API shows it.

use serde::Serialize;
use serde_json::value::RawValue;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::base64;
use utoipa::ToSchema;

use crate::http::problem::Problem;

/// A record and its exact bytes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordedEvent)]
pub struct Item {
    /// The record, readable; `record_bytes` are what was hashed.
    #[schema(value_type = Object)]
    record: Box<RawValue>,
    /// The record's exact bytes in base64.
    record_bytes: String,
    /// RFC 6962 leaf hash of those bytes, in base64.
    #[schema(example = "NlLIJLX4djrP3pmE07yrCbh6bPqwBFDzi4vUuTLUdVs=")]
    leaf: String,
    /// Zero-based place in the ledger.
    index: u64,
    /// One-based place in the agreement.
    version: u64,
}

impl Item {
    /// Shows `entry`.
    ///
    /// # Errors
    ///
    /// Its bytes are no JSON, which the ledger's own check excludes.
    pub fn of(entry: &Entry) -> Result<Item, Problem> {
        let damaged = |_| Problem::of("record-damaged", "A stored record is no JSON; run `sinetti verify`.");
        Ok(Item {
            record: serde_json::from_slice(&entry.bytes).map_err(damaged)?,
            record_bytes: base64::encode(&entry.bytes),
            leaf: entry.leaf.to_string(),
            index: entry.record.index,
            version: entry.record.version,
        })
    }
}
