//! The two hash chains and the heads tree: where the next record goes, and whether a given one
//! stands where it should.

use std::collections::HashMap;

use crate::format::envelope::Envelope;
use crate::format::payload::{Payload, Seen};
use crate::format::record::{BadRecord, Entry, RECORD_VERSION, Record};
use crate::primitives::hash::Hash;
use crate::primitives::ids::{Origin, StreamId};
use crate::primitives::time::Instant;
use crate::tree::heads::{HeadsTree, heads_leaf};

/// The newest record of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamHead {
    /// The stream.
    pub agreement: StreamId,
    /// One-based place of its newest record.
    pub version: u64,
    /// Leaf hash of that record.
    pub leaf: Hash,
}

/// The ends of both chains after some prefix of the log.
#[derive(Debug, Clone)]
pub struct Chain {
    origin: Origin,
    size: u64,
    last: Option<(Hash, Instant)>,
    streams: Vec<StreamHead>,
    numbers: HashMap<StreamId, usize>,
    heads: HeadsTree,
}

/// A record does not stand where it should: one defect of possibly several.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("record {index}, member {member}: is {found}, should be {expected}")]
pub struct Misplaced {
    /// The record's place in the log as read, not as it says.
    pub index: u64,
    /// Which member is wrong.
    pub member: &'static str,
    /// What it says.
    pub found: String,
    /// What it should say.
    pub expected: String,
}

/// The record that the author claims to have seen is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSeen {
    /// No such version before this one.
    #[error(
        "seen.version is {seen}, but the newest record of this stream is {newest}; fetch the stream's state and sign again"
    )]
    Future {
        /// What the author claims.
        seen: u64,
        /// What there is.
        newest: u64,
    },
    /// A version with another hash: another history, or another ledger under the same origin.
    #[error(
        "seen.hash is not the leaf hash of version {seen} of this stream; it was signed for another history. Fetch the stream's state and sign again"
    )]
    OtherHistory {
        /// The version.
        seen: u64,
    },
    /// Version 0 is the claim of a stream's first record only.
    #[error(
        "seen.version 0 fits only the first record of a stream; this stream has {newest}. Fetch the stream's state and sign again"
    )]
    NotFirst {
        /// Newest version.
        newest: u64,
    },
}

impl NotSeen {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        "seen-not-in-history"
    }
}

impl Chain {
    /// Of an empty ledger.
    pub fn new(origin: Origin) -> Chain {
        Chain {
            origin,
            size: 0,
            last: None,
            streams: Vec::new(),
            numbers: HashMap::new(),
            heads: HeadsTree::new(),
        }
    }

    /// From stored heads, in order of stream number: cost grows with streams, not with history.
    pub fn resume(
        origin: Origin,
        size: u64,
        last: Option<(Hash, Instant)>,
        streams: Vec<StreamHead>,
    ) -> Chain {
        let mut chain = Chain {
            size,
            last,
            ..Chain::new(origin)
        };
        for head in streams {
            chain.set_head(head);
        }
        chain
    }

    /// The ledger's origin.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Number of records.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// All streams, by number.
    pub fn streams(&self) -> &[StreamHead] {
        &self.streams
    }

    /// The head of one stream.
    pub fn head(&self, agreement: &StreamId) -> Option<&StreamHead> {
        self.numbers
            .get(agreement)
            .and_then(|number| self.streams.get(*number))
    }

    /// Number of one stream.
    pub fn number(&self, agreement: &StreamId) -> Option<u64> {
        self.numbers.get(agreement).map(|number| *number as u64)
    }

    /// Newest version of one stream; 0 before its first record.
    pub fn version(&self, agreement: &StreamId) -> u64 {
        self.head(agreement).map_or(0, |head| head.version)
    }

    /// When the last record was recorded: the next is not earlier.
    pub fn last_recorded_at(&self) -> Option<Instant> {
        self.last.map(|(_, at)| at)
    }

    /// The next record, sealed: what [`Chain::check`] accepts at this place. `recorded_at` is
    /// raised to the last record's, for it never falls.
    ///
    /// # Errors
    ///
    /// The record would be too long.
    pub fn seal(
        &self,
        agreement: &StreamId,
        envelope: Envelope,
        now: Instant,
    ) -> Result<Entry, BadRecord> {
        Entry::seal(self.place(agreement, envelope, now))
    }

    /// Every way in which `entry` does not stand at the next place.
    pub fn check(&self, entry: &Entry) -> Vec<Misplaced> {
        let found = &entry.record;
        let expected = self.place(&found.agreement, found.envelope.clone(), found.recorded_at);
        let mut defects = Vec::new();
        let mut compare = |member, found: String, expected: String| {
            if found != expected {
                defects.push(Misplaced {
                    index: self.size,
                    member,
                    found,
                    expected,
                });
            }
        };
        compare(
            "ledger",
            found.ledger.to_string(),
            expected.ledger.to_string(),
        );
        compare("index", found.index.to_string(), expected.index.to_string());
        compare(
            "previous",
            found.previous.to_string(),
            expected.previous.to_string(),
        );
        compare(
            "version",
            found.version.to_string(),
            expected.version.to_string(),
        );
        compare(
            "agreement_previous",
            found.agreement_previous.to_string(),
            expected.agreement_previous.to_string(),
        );
        compare(
            "stream",
            found.stream.to_string(),
            expected.stream.to_string(),
        );
        compare(
            "streams",
            found.streams.to_string(),
            expected.streams.to_string(),
        );
        compare("heads", found.heads.to_string(), expected.heads.to_string());
        compare(
            "recorded_at",
            found.recorded_at.to_string(),
            expected.recorded_at.to_string(),
        );
        defects
    }

    /// Takes in a record that stands at the next place.
    pub fn push(&mut self, entry: &Entry) {
        let record = &entry.record;
        self.size += 1;
        self.last = Some((entry.leaf, record.recorded_at));
        self.set_head(StreamHead {
            agreement: record.agreement.clone(),
            version: record.version,
            leaf: entry.leaf,
        });
    }

    /// Checks that the payload's `seen` resolves at the next place. `leaf_at` gives the leaf hash
    /// of a version of the payload's stream, `first` that of record 0.
    ///
    /// # Errors
    ///
    /// It names a record that is not there, or another.
    pub fn check_seen(
        &self,
        payload: &Payload,
        first: Option<Hash>,
        leaf_at: impl Fn(u64) -> Option<Hash>,
    ) -> Result<(), NotSeen> {
        let newest = self.version(&payload.agreement);
        let Seen {
            hash,
            version: seen,
        } = payload.seen;
        if seen > newest {
            return Err(NotSeen::Future { seen, newest });
        }
        if seen == 0 && newest > 0 {
            return Err(NotSeen::NotFirst { newest });
        }
        let expected = if seen == 0 { first } else { leaf_at(seen) };
        if hash == expected {
            Ok(())
        } else {
            Err(NotSeen::OtherHistory { seen })
        }
    }

    fn place(&self, agreement: &StreamId, envelope: Envelope, now: Instant) -> Record {
        let head = self.head(agreement);
        let streams = self.streams.len() as u64;
        Record {
            agreement: agreement.clone(),
            agreement_previous: head.map_or(Hash::ZERO, |head| head.leaf),
            envelope,
            heads: self.heads.root(),
            index: self.size,
            ledger: self.origin.clone(),
            previous: self.last.map_or(Hash::ZERO, |(leaf, _)| leaf),
            recorded_at: self.last.map_or(now, |(_, last)| last.max(now)),
            stream: self.number(agreement).unwrap_or(streams),
            streams,
            v: RECORD_VERSION,
            version: head.map_or(1, |head| head.version + 1),
        }
    }

    fn set_head(&mut self, head: StreamHead) {
        let leaf = heads_leaf(head.agreement.as_str(), head.version, &head.leaf);
        if let Some(number) = self.numbers.get(&head.agreement) {
            // The number was given by the push below, so both places exist.
            let _ = self.heads.set(*number as u64, leaf);
            self.streams[*number] = head;
        } else {
            self.numbers
                .insert(head.agreement.clone(), self.streams.len());
            self.heads.push(leaf);
            self.streams.push(head);
        }
    }
}
