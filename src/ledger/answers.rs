//! What the ledger takes and gives.

use std::sync::Arc;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::registry::Registry;

/// An event as it is sent in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The stream that it was sent to; the payload must name the same.
    pub agreement: StreamId,
    /// What was signed.
    pub envelope: Envelope,
    /// Personal data that its payload commits to.
    pub disclosures: Vec<Disclosure>,
    /// Record it only if this is the stream's newest version.
    pub if_match: Option<u64>,
}

/// An event stands in the ledger.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// What its author keeps.
    pub receipt: Receipt,
    /// It stood there before this submission.
    pub repeated: bool,
}

/// A record and its proof in the earliest published checkpoint that contains it. Whoever asks again
/// gets the same record, and, once witnesses have cosigned, its proof in the earliest checkpoint
/// with cosignatures. Serialises as `record`, `record_bytes`, `leaf`, `index`, `version`, `proof`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The record.
    pub entry: Entry,
    /// C2SP tlog-proof, text.
    pub proof: String,
}

/// An agreement's state, and what it is the state of.
#[derive(Debug, Clone)]
pub struct View {
    /// Fold of its stream.
    pub agreement: Arc<Agreement>,
    /// Fold of the registry.
    pub registry: Arc<Registry>,
    /// Where both end.
    pub as_of: AsOf,
}

/// The place in the ledger that a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// Index of the stream's newest record.
    pub index: u64,
    /// Its version.
    pub version: u64,
    /// Its leaf hash; with `version` it makes an author's `seen`.
    pub leaf: Hash,
    /// Version of the registry.
    pub registry_version: u64,
    /// Size of the newest published checkpoint.
    pub checkpoint: u64,
}

/// Whether the ledger writes, and why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Events are accepted.
    pub writable: bool,
    /// Why they are not, and the way out.
    pub reason: Option<String>,
    /// Number of records under the newest published checkpoint.
    pub size: u64,
}

impl Serialize for Receipt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Receipt", 6)?;
        members.serialize_field("record", &self.entry.record)?;
        members.serialize_field("record_bytes", &base64::encode(&self.entry.bytes))?;
        members.serialize_field("leaf", &self.entry.leaf)?;
        members.serialize_field("index", &self.entry.record.index)?;
        members.serialize_field("version", &self.entry.record.version)?;
        members.serialize_field("proof", &self.proof)?;
        members.end()
    }
}
