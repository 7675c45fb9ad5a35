//! Completeness: that a record is the newest of its stream as of a checkpoint, so that whoever has
//! the stream's chain up to it has all of it (FORMATS § 3).
//!
//! It rests on the last record under the checkpoint. When that is of the stream, it is the newest
//! itself. Else its `heads`, the root over all streams' heads as they stood before it, holds the
//! stream's head at leaf number `stream` of `streams`. That `heads`, `stream` and `streams` are true
//! is for whoever replays the whole log.

use crate::chain::StreamHead;
use crate::format::record::Entry;
use crate::primitives::hash::Hash;
use crate::tree::heads::{HeadsTree, heads_leaf};
use crate::tree::inclusion::{InclusionError, check_inclusion};

/// A head is not shown to be the newest of its stream.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTheNewest {
    /// The last record is of this stream, and another one.
    #[error(
        "the last record under the checkpoint is version {last} of this stream, and the newest here is {found}: records are missing"
    )]
    Later {
        /// Version of the last record.
        last: u64,
        /// Version of the head to be shown.
        found: u64,
    },
    /// The last record is of this stream: there is nothing to prove.
    #[error("the last record under the checkpoint is of this stream itself, so its proof has no hash, not {given}")]
    Needless {
        /// How many hashes were given.
        given: usize,
    },
    /// The heads tree does not hold this head.
    #[error("the last record's heads do not show version {version} as the newest of {agreement}: {reason}")]
    Other {
        /// The stream.
        agreement: String,
        /// Version of the head to be shown.
        version: u64,
        /// Why not.
        reason: InclusionError,
    },
}

/// Stored heads are not those that the last record names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the heads of the streams do not give the root that record {index} names")]
pub struct OtherHeads {
    /// The last record.
    pub index: u64,
}

/// Checks that `head`, of the stream with this number, is the newest of its stream in the tree whose
/// last record is `last`.
///
/// # Errors
///
/// Why `proof` does not show it.
pub fn check_newest(last: &Entry, head: &StreamHead, stream: u64, proof: &[Hash]) -> Result<(), NotTheNewest> {
    let record = &last.record;
    if record.agreement == head.agreement {
        if (record.version, last.leaf) != (head.version, head.leaf) {
            return Err(NotTheNewest::Later { last: record.version, found: head.version });
        }
        return if proof.is_empty() { Ok(()) } else { Err(NotTheNewest::Needless { given: proof.len() }) };
    }
    let (agreement, version) = (head.agreement.to_string(), head.version);
    let leaf = heads_leaf(&agreement, version, &head.leaf);
    check_inclusion(&leaf, stream, record.streams, proof, &record.heads).map_err(|reason| NotTheNewest::Other {
        agreement,
        version,
        reason,
    })
}

/// The proof that [`check_newest`] takes, for the stream with this number. `heads` are those of all
/// streams, by number, as they are with `last` taken in.
///
/// # Errors
///
/// They are not those that `last` names, or there is no such stream.
pub fn prove_newest(last: &Entry, heads: &[StreamHead], stream: u64) -> Result<Vec<Hash>, OtherHeads> {
    let record = &last.record;
    let other = OtherHeads { index: record.index };
    if record.stream == stream {
        return Ok(Vec::new());
    }
    let before = heads_before(last, heads);
    if before.root() != record.heads || before.streams() != record.streams {
        return Err(other);
    }
    before.prove(stream, record.streams).map_err(|_| other)
}

/// The heads as they stood before `last`.
fn heads_before(last: &Entry, heads: &[StreamHead]) -> HeadsTree {
    let record = &last.record;
    let before = |head: &StreamHead| {
        if head.agreement != record.agreement {
            return Some(heads_leaf(head.agreement.as_str(), head.version, &head.leaf));
        }
        // The stream that `last` began had no head before.
        let version = record.version.checked_sub(1).filter(|version| *version > 0)?;
        Some(heads_leaf(head.agreement.as_str(), version, &record.agreement_previous))
    };
    heads.iter().filter_map(before).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::chain::Chain;
    use crate::format::envelope::{Envelope, Signature};
    use crate::primitives::hash::Digest;
    use crate::primitives::time::Instant;

    /// Entries of a log whose records are of these streams, and the chain after each.
    fn log(streams: &[&str]) -> Vec<(Entry, Chain)> {
        let mut chain = Chain::new("localhost/sinetti".parse().unwrap());
        let mut log = Vec::new();
        for (n, stream) in streams.iter().enumerate() {
            let signature = Signature { keyid: Digest([1; 32]), sig: vec![0; 64] };
            let envelope = Envelope::of_event(vec![u8::try_from(n).unwrap()], vec![signature]);
            let entry = chain.seal(&stream.parse().unwrap(), envelope, Instant::EPOCH).unwrap();
            chain.push(&entry);
            log.push((entry, chain.clone()));
        }
        log
    }

    const STREAMS: [&str; 14] =
        ["registry", "a", "b", "a", "c", "registry", "d", "a", "e", "b", "f", "f", "registry", "g"];

    #[test]
    fn the_newest_of_each_stream_is_shown_in_every_tree() {
        for (last, chain) in log(&STREAMS) {
            for (number, head) in (0..).zip(chain.streams()) {
                let proof = prove_newest(&last, chain.streams(), number).unwrap();
                assert_eq!(check_newest(&last, head, number, &proof), Ok(()), "{head:?} at {}", last.record.index);
            }
        }
    }

    #[test]
    fn a_hidden_last_record_is_noticed_in_every_tree() {
        let log = log(&STREAMS);
        for (last, chain) in &log {
            for (number, head) in (0..).zip(chain.streams()).filter(|(_, head)| head.version > 1) {
                let same = |entry: &&Entry| entry.record.agreement == head.agreement;
                let of_stream: Vec<&Entry> = log.iter().map(|(entry, _)| entry).filter(same).collect();
                let version = head.version - 1;
                let leaf = of_stream[usize::try_from(version).unwrap() - 1].leaf;
                let hidden = StreamHead { agreement: head.agreement.clone(), version, leaf };
                let proof = prove_newest(last, chain.streams(), number).unwrap();
                assert!(check_newest(last, &hidden, number, &proof).is_err(), "{hidden:?} at {}", last.record.index);
            }
        }
    }

    #[test]
    fn another_streams_number_shows_nothing() {
        let log = log(&STREAMS);
        let (last, chain) = &log[12];
        let proof = prove_newest(last, chain.streams(), 1).unwrap();
        assert!(check_newest(last, &chain.streams()[1], 1, &proof).is_ok());
        for number in [0, 2, 3, 6, 7, u64::MAX] {
            assert!(check_newest(last, &chain.streams()[1], number, &proof).is_err(), "{number}");
        }
        let needless = check_newest(last, &chain.streams()[0], 0, &proof);
        assert_eq!(needless, Err(NotTheNewest::Needless { given: proof.len() }));
    }

    #[test]
    fn heads_of_another_moment_prove_nothing() {
        let log = log(&STREAMS);
        let (last, _) = &log[12];
        let earlier = log[8].1.streams();
        assert_eq!(prove_newest(last, earlier, 1), Err(OtherHeads { index: 12 }));
        assert_eq!(prove_newest(last, log[12].1.streams(), 99), Err(OtherHeads { index: 12 }));
    }
}
