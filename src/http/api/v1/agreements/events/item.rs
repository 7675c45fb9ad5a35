//! One recorded event as the API shows it.

use serde::{Deserialize, Serialize};
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
    /// What was signed, readable; `record.envelope.payload` are the signed bytes.
    #[schema(value_type = Object)]
    payload: Box<RawValue>,
    /// The act never happened: its author says so in what was signed (demonstration ledgers only).
    invented: bool,
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
        let payload = &entry.record.envelope.payload;
        let Marked { data } = serde_json::from_slice(payload).map_err(damaged)?;
        Ok(Item {
            record: serde_json::from_slice(&entry.bytes).map_err(damaged)?,
            payload: serde_json::from_slice(payload).map_err(damaged)?,
            invented: data.invented,
            record_bytes: base64::encode(&entry.bytes),
            leaf: entry.leaf.to_string(),
            index: entry.record.index,
            version: entry.record.version,
        })
    }
}

/// The part of a payload that says whether its act is invented.
#[derive(Deserialize)]
struct Marked {
    data: Mark,
}

#[derive(Deserialize)]
struct Mark {
    #[serde(default)]
    invented: bool,
}

#[cfg(test)]
mod tests {
    use sinetti_events::chain::Chain;
    use sinetti_events::format::envelope::{Envelope, Signature};
    use sinetti_events::primitives::hash::Digest;
    use sinetti_events::primitives::ids::StreamId;
    use sinetti_events::primitives::time::Instant;

    use super::*;

    fn shown(payload: &str) -> serde_json::Value {
        let chain = Chain::new("localhost/sinetti-demo".parse().unwrap());
        let signature = Signature { keyid: Digest([1; 32]), sig: vec![0; 64] };
        let envelope = Envelope::of_event(payload.as_bytes().to_vec(), vec![signature]);
        let entry = chain.seal(&StreamId::registry(), envelope, Instant::EPOCH).unwrap();
        serde_json::to_value(Item::of(&entry).ok().unwrap()).unwrap()
    }

    #[test]
    fn what_was_signed_is_readable_and_an_invented_act_is_marked() {
        let invented = shown(r#"{"actor":"nokia","data":{"invented":true},"type":"text_signed"}"#);
        assert_eq!((&invented["invented"], &invented["payload"]["type"]), (&true.into(), &"text_signed".into()));
        assert_eq!(shown(r#"{"actor":"nokia","data":{}}"#)["invented"], false);
    }
}
