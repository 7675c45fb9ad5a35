//! Rows as stored: believed by nobody until checked.

use sha2::{Digest as _, Sha256};
use sinetti_events::chain::StreamHead;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::node::NodeId;

/// One row of `record`, with what the tree says its leaf is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// Zero-based place in the ledger.
    pub index: u64,
    /// The stream, unparsed.
    pub agreement: String,
    /// One-based place in the stream.
    pub version: u64,
    /// The event's id, unparsed.
    pub event_id: String,
    /// The record, as hashed.
    pub bytes: Vec<u8>,
    /// Its leaf hash as stored beside it.
    pub leaf: Vec<u8>,
    /// Its leaf hash as stored in the tree.
    pub node: Option<Vec<u8>>,
}

/// The end of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of records.
    pub size: u64,
    /// Leaf and time of the newest; none in an empty ledger.
    pub last: Option<(Hash, Instant)>,
}

/// One row of `stream_head`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRow {
    /// Zero-based number in order of first records.
    pub number: u64,
    /// The newest record.
    pub head: StreamHead,
    /// Its place in the ledger; none when there is no such record.
    pub index: Option<u64>,
}

/// A stored signed note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointRow {
    /// Number of records under it.
    pub size: u64,
    /// The note.
    pub note: String,
}

/// A witness's stored cosignature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignatureRow {
    /// Number of records under the checkpoint.
    pub size: u64,
    /// The witness's verifier key, unparsed.
    pub vkey: String,
    /// When, by the witness's clock, in seconds since 1970.
    pub time: u64,
    /// Time and signature proper, as C2SP tlog-cosignature has them.
    pub signature: Vec<u8>,
}

/// A stored timestamp of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampRow {
    /// Number of records under the checkpoint.
    pub size: u64,
    /// When, by the authority's clock.
    pub time: Instant,
    /// Name on the certificate that signed it.
    pub authority: String,
    /// RFC 3161 token, DER.
    pub token: Vec<u8>,
}

/// Cached state of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRow {
    /// The stream, unparsed.
    pub agreement: String,
    /// Version of its newest record in `state`.
    pub version: u64,
    /// Version of the registry at that time.
    pub registry_version: u64,
    /// JSON.
    pub state: String,
    /// [`StateRow::digest_of`] the other columns.
    pub digest: Vec<u8>,
}

/// One disclosure that is still held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureRow {
    /// The event's id, unparsed.
    pub event_id: String,
    /// Pointer of the member within `data`.
    pub pointer: String,
    /// The stream.
    pub agreement: String,
    /// JSON `[salt, event, pointer, value]`.
    pub disclosure: String,
}

/// All that one turn of a writer adds, in one transaction.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// New records with their event ids, in order.
    pub records: Vec<(EventId, Entry)>,
    /// Nodes that they complete.
    pub nodes: Vec<(NodeId, Hash)>,
    /// Heads of the streams that grew, by number.
    pub heads: Vec<(u64, StreamHead)>,
    /// Cached states of those streams.
    pub states: Vec<StateRow>,
    /// Disclosures to keep.
    pub disclosures: Vec<(StreamId, Disclosure)>,
    /// Disclosures to delete, after the above: event and pointer.
    pub erased: Vec<(EventId, String)>,
}

/// A row of `record` does not hold together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("record {index}: {reason}")]
pub struct DamagedRecord {
    /// Its place.
    pub index: u64,
    /// What does not fit.
    pub reason: String,
}

impl RecordRow {
    /// The record, when bytes, leaf, tree and columns all agree.
    ///
    /// # Errors
    ///
    /// The first thing that does not.
    pub fn intact(self) -> Result<Entry, DamagedRecord> {
        let index = self.index;
        let damaged = |reason: String| DamagedRecord { index, reason };
        if Hash::leaf(&self.bytes).0[..] != self.leaf[..] {
            return Err(damaged("the stored bytes do not have the stored leaf hash".to_owned()));
        }
        if self.node.as_deref() != Some(&self.leaf[..]) {
            return Err(damaged("the tree holds another leaf hash for it".to_owned()));
        }
        let entry = Entry::parse(self.bytes).map_err(|bad| damaged(bad.to_string()))?;
        let record = &entry.record;
        let columns = (index, self.agreement.as_str(), self.version);
        if columns != (record.index, record.agreement.as_str(), record.version) {
            return Err(damaged("the columns index, agreement and version differ from the bytes".to_owned()));
        }
        Ok(entry)
    }
}

impl StateRow {
    /// A row with its digest.
    pub fn new(agreement: &StreamId, version: u64, registry_version: u64, state: String) -> StateRow {
        let agreement = agreement.to_string();
        let digest = StateRow::digest_of(&agreement, version, registry_version, &state);
        StateRow { agreement, version, registry_version, state, digest }
    }

    /// Whether the digest fits.
    pub fn is_whole(&self) -> bool {
        self.digest == StateRow::digest_of(&self.agreement, self.version, self.registry_version, &self.state)
    }

    fn digest_of(agreement: &str, version: u64, registry_version: u64, state: &str) -> Vec<u8> {
        let head = format!("{agreement}\n{version}\n{registry_version}\n");
        Sha256::new().chain_update(head).chain_update(state).finalize().to_vec()
    }
}
