//! What the ledger writes: the record, and its bytes exactly as hashed.

use serde::{Deserialize, Serialize};

use super::envelope::{BadEnvelope, Envelope};
use crate::primitives::canonical::{self, Defect, Names};
use crate::primitives::hash::Hash;
use crate::primitives::ids::{Origin, StreamId};
use crate::primitives::time::Instant;

/// Largest record, in bytes: the tile format's limit on an entry.
pub const MAX_RECORD: usize = 65_535;

/// The version of the record format that this program writes and reads.
pub const RECORD_VERSION: u64 = 1;

/// One accepted envelope in its place. Members are in canonical order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The stream.
    pub agreement: StreamId,
    /// Leaf hash of this stream's record `version − 1`; 32 zero bytes at version 1.
    pub agreement_previous: Hash,
    /// What was signed.
    pub envelope: Envelope,
    /// Root of the heads tree over `streams` streams, before this record.
    pub heads: Hash,
    /// Zero-based place in the ledger.
    pub index: u64,
    /// The ledger's origin.
    pub ledger: Origin,
    /// Leaf hash of record `index − 1`; 32 zero bytes in record 0.
    pub previous: Hash,
    /// The operator's claim of when; never falls.
    pub recorded_at: Instant,
    /// Zero-based number of this stream in order of first records.
    pub stream: u64,
    /// Number of streams before this record.
    pub streams: u64,
    /// [`RECORD_VERSION`].
    pub v: u64,
    /// One-based place in the stream.
    pub version: u64,
}

/// A record with the bytes that were hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As stored and served.
    pub bytes: Vec<u8>,
    /// RFC 6962 leaf hash of `bytes`.
    pub leaf: Hash,
    /// What they say.
    pub record: Record,
}

/// The bytes are no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRecord {
    /// Too long.
    #[error("the record has {0} bytes; {MAX_RECORD} at most")]
    TooLong(usize),
    /// Not canonical.
    #[error(transparent)]
    NotCanonical(#[from] Defect),
    /// Canonical JSON, but not a record.
    #[error("the record's member {member}: {reason}")]
    Member {
        /// Path of the member.
        member: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A format that this program does not know: unverifiable, not tampered.
    #[error("record format {0} is unknown to this program; use a newer one")]
    Format(u64),
    /// The envelope has the wrong form.
    #[error(transparent)]
    Envelope(#[from] BadEnvelope),
}

impl BadRecord {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        match self {
            BadRecord::TooLong(_) => "record-too-long",
            BadRecord::NotCanonical(_) => "record-not-canonical",
            BadRecord::Member { .. } => "record-malformed",
            BadRecord::Format(_) => "record-format-unknown",
            BadRecord::Envelope(bad) => bad.slug(),
        }
    }
}

impl Entry {
    /// Parses stored bytes.
    ///
    /// # Errors
    ///
    /// Too long, not canonical, another format, or not a record.
    pub fn parse(bytes: Vec<u8>) -> Result<Entry, BadRecord> {
        if bytes.len() > MAX_RECORD {
            return Err(BadRecord::TooLong(bytes.len()));
        }
        canonical::check(&bytes, Names::Ascii)?;
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let record: Record = serde_path_to_error::deserialize(&mut json).map_err(|error| BadRecord::Member {
            member: error.path().to_string(),
            reason: error.inner().to_string(),
        })?;
        if record.v != RECORD_VERSION {
            return Err(BadRecord::Format(record.v));
        }
        record.envelope.check()?;
        Ok(Entry { leaf: Hash::leaf(&bytes), bytes, record })
    }

    /// Writes and hashes a record.
    ///
    /// # Errors
    ///
    /// The record would be too long or holds what canonical JSON can't.
    pub fn seal(record: Record) -> Result<Entry, BadRecord> {
        record.envelope.check()?;
        let bytes = canonical::write(&record, Names::Ascii)?;
        if bytes.len() > MAX_RECORD {
            return Err(BadRecord::TooLong(bytes.len()));
        }
        Ok(Entry { leaf: Hash::leaf(&bytes), bytes, record })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::format::envelope::Signature;
    use crate::primitives::hash::Digest;

    fn record() -> Record {
        let signature = Signature { keyid: Digest([1; 32]), sig: vec![0; 64] };
        Record {
            agreement: "a".parse().unwrap(),
            agreement_previous: Hash::ZERO,
            envelope: Envelope::of_event(b"{}".to_vec(), vec![signature]),
            heads: Hash::empty_root(),
            index: 3,
            ledger: "localhost/sinetti".parse().unwrap(),
            previous: Hash::ZERO,
            recorded_at: "2026-11-22T17:46:00.123Z".parse().unwrap(),
            stream: 1,
            streams: 1,
            v: 1,
            version: 1,
        }
    }

    #[test]
    fn stored_bytes_are_what_was_hashed() {
        let sealed = Entry::seal(record()).unwrap();
        assert_eq!(Entry::parse(sealed.bytes.clone()), Ok(sealed));
    }

    #[test]
    fn any_single_byte_changed_is_another_leaf_or_no_record() {
        let sealed = Entry::seal(record()).unwrap();
        for at in 0..sealed.bytes.len() {
            let mut bytes = sealed.bytes.clone();
            bytes[at] ^= 1;
            assert!(Entry::parse(bytes).map_or(true, |entry| entry.leaf != sealed.leaf), "byte {at}");
        }
    }

    #[test]
    fn a_later_format_is_unknown_not_malformed() {
        let mut later = record();
        later.v = 2;
        let sealed = Entry::seal(later).unwrap();
        assert_eq!(Entry::parse(sealed.bytes), Err(BadRecord::Format(2)));
    }

    #[test]
    fn the_largest_payload_with_eight_signatures_fits() {
        let signatures = (0..8).map(|n| Signature { keyid: Digest([n; 32]), sig: vec![255; 64] }).collect();
        let mut largest = record();
        largest.envelope = Envelope::of_event(vec![b'x'; 40_000], signatures);
        largest.ledger = "a".repeat(200).parse().unwrap();
        largest.agreement = "b".repeat(64).parse().unwrap();
        largest.index = canonical::MAX_INTEGER;
        largest.version = canonical::MAX_INTEGER;
        assert!(Entry::seal(largest).unwrap().bytes.len() <= MAX_RECORD);
    }
}
