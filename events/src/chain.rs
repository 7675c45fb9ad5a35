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
    #[error("seen.version is {seen}, but the newest record of this stream is {newest}")]
    Future {
        /// What the author claims.
        seen: u64,
        /// What there is.
        newest: u64,
    },
    /// A version with another hash: another history, or another ledger under the same origin.
    #[error("seen.hash is not the leaf hash of version {seen} of this stream; it was signed for another history")]
    OtherHistory {
        /// The version.
        seen: u64,
    },
    /// Version 0 is the claim of a stream's first record only.
    #[error("seen.version 0 fits only the first record of a stream; this stream has {newest}")]
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

    /// What would be accepted: the way out.
    pub fn accepted(&self) -> &'static str {
        "fetch the stream's state, name its newest version and hash, and sign again"
    }
}

impl Chain {
    /// Of an empty ledger.
    pub fn new(origin: Origin) -> Chain {
        Chain { origin, size: 0, last: None, streams: Vec::new(), numbers: HashMap::new(), heads: HeadsTree::new() }
    }

    /// From stored heads, in order of stream number: cost grows with streams, not with history.
    pub fn resume(origin: Origin, size: u64, last: Option<(Hash, Instant)>, streams: Vec<StreamHead>) -> Chain {
        let mut chain = Chain { size, last, ..Chain::new(origin) };
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
        self.numbers.get(agreement).and_then(|number| self.streams.get(*number))
    }

    /// Number of one stream.
    pub fn number(&self, agreement: &StreamId) -> Option<u64> {
        self.numbers.get(agreement).map(|number| *number as u64)
    }

    /// Newest version of one stream; 0 before its first record.
    pub fn version(&self, agreement: &StreamId) -> u64 {
        self.head(agreement).map_or(0, |head| head.version)
    }

    /// Leaf hash and time of the last record: what [`Chain::resume`] takes.
    pub fn last(&self) -> Option<(Hash, Instant)> {
        self.last
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
    pub fn seal(&self, agreement: &StreamId, envelope: Envelope, now: Instant) -> Result<Entry, BadRecord> {
        Entry::seal(self.place(agreement, envelope, now))
    }

    /// Every way in which `entry` does not stand at the next place.
    pub fn check(&self, entry: &Entry) -> Vec<Misplaced> {
        let found = &entry.record;
        let expected = self.place(&found.agreement, found.envelope.clone(), found.recorded_at);
        let mut defects = Vec::new();
        let mut compare = |member, found: String, expected: String| {
            if found != expected {
                defects.push(Misplaced { index: self.size, member, found, expected });
            }
        };
        compare("ledger", found.ledger.to_string(), expected.ledger.to_string());
        compare("index", found.index.to_string(), expected.index.to_string());
        compare("previous", found.previous.to_string(), expected.previous.to_string());
        compare("version", found.version.to_string(), expected.version.to_string());
        compare("agreement_previous", found.agreement_previous.to_string(), expected.agreement_previous.to_string());
        compare("stream", found.stream.to_string(), expected.stream.to_string());
        compare("streams", found.streams.to_string(), expected.streams.to_string());
        compare("heads", found.heads.to_string(), expected.heads.to_string());
        compare("recorded_at", found.recorded_at.to_string(), expected.recorded_at.to_string());
        defects
    }

    /// Takes in a record that stands at the next place. A verifier that goes on after a misplaced
    /// one takes the record's own word for its place, so that one gap is one finding.
    pub fn push(&mut self, entry: &Entry) {
        let record = &entry.record;
        self.size = record.index.saturating_add(1);
        self.last = Some((entry.leaf, record.recorded_at));
        self.set_head(StreamHead { agreement: record.agreement.clone(), version: record.version, leaf: entry.leaf });
    }

    /// Passes over bytes that are no record, as a verifier does that reports every defect.
    pub fn skip(&mut self, leaf: Hash) {
        let last = self.last.map_or(Instant::EPOCH, |(_, at)| at);
        self.size += 1;
        self.last = Some((leaf, last));
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
        check_seen(payload, self.version(&payload.agreement), first, leaf_at)
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
            self.numbers.insert(head.agreement.clone(), self.streams.len());
            self.heads.push(leaf);
            self.streams.push(head);
        }
    }
}

/// [`Chain::check_seen`] for whoever has no whole chain: `newest` is the version of the stream's newest
/// record before this one.
///
/// # Errors
///
/// It names a record that is not there, or another.
pub fn check_seen(
    payload: &Payload,
    newest: u64,
    first: Option<Hash>,
    leaf_at: impl Fn(u64) -> Option<Hash>,
) -> Result<(), NotSeen> {
    let Seen { hash, version: seen } = payload.seen;
    if seen > newest {
        return Err(NotSeen::Future { seen, newest });
    }
    if seen == 0 && newest > 0 {
        return Err(NotSeen::NotFirst { newest });
    }
    let expected = if seen == 0 { first } else { leaf_at(seen) };
    if hash == expected { Ok(()) } else { Err(NotSeen::OtherHistory { seen }) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::format::envelope::Signature;
    use crate::primitives::hash::Digest;

    fn envelope(payload: &[u8]) -> Envelope {
        Envelope::of_event(payload.to_vec(), vec![Signature { keyid: Digest([1; 32]), sig: vec![0; 64] }])
    }

    fn at(second: i64) -> Instant {
        Instant::from_unix_ms(second * 1000).unwrap()
    }

    /// registry, a, b, a, registry, b, …
    fn log(length: usize) -> (Vec<Entry>, Chain) {
        let streams = ["registry", "a", "b", "a", "registry", "b"];
        let mut chain = Chain::new("localhost/sinetti".parse().unwrap());
        let mut entries = Vec::new();
        for (n, stream) in streams.iter().cycle().take(length).enumerate() {
            let entry = chain.seal(&stream.parse().unwrap(), envelope(&[n.to_le_bytes()[0]]), at(9)).unwrap();
            chain.push(&entry);
            entries.push(entry);
        }
        (entries, chain)
    }

    fn members(defects: &[Misplaced]) -> Vec<&'static str> {
        defects.iter().map(|defect| defect.member).collect()
    }

    #[test]
    fn what_is_sealed_stands_in_its_place() {
        let (entries, _) = log(20);
        let mut chain = Chain::new("localhost/sinetti".parse().unwrap());
        for entry in &entries {
            assert_eq!(chain.check(entry), []);
            chain.push(entry);
        }
    }

    #[test]
    fn a_dropped_record_is_noticed_by_the_next() {
        let (entries, _) = log(4);
        let mut chain = Chain::new("localhost/sinetti".parse().unwrap());
        chain.push(&entries[0]);
        chain.push(&entries[1]);
        assert!(members(&chain.check(&entries[3])).contains(&"previous"));
        assert!(members(&chain.check(&entries[3])).contains(&"index"));
    }

    #[test]
    fn swapped_records_of_two_streams_are_noticed() {
        let (entries, _) = log(3);
        let mut chain = Chain::new("localhost/sinetti".parse().unwrap());
        chain.push(&entries[0]);
        assert_eq!(members(&chain.check(&entries[2])), ["index", "previous", "stream", "streams", "heads"]);
    }

    #[test]
    fn a_record_of_another_ledger_is_noticed() {
        let other = Chain::new("localhost/other".parse().unwrap());
        let entry = other.seal(&StreamId::registry(), envelope(b"x"), at(1)).unwrap();
        let chain = Chain::new("localhost/sinetti".parse().unwrap());
        assert_eq!(members(&chain.check(&entry)), ["ledger"]);
    }

    #[test]
    fn time_never_falls() {
        let (_, chain) = log(2);
        let earlier = chain.seal(&StreamId::registry(), envelope(b"x"), at(1)).unwrap();
        assert_eq!(earlier.record.recorded_at, at(9));
        let mut forged = earlier.record;
        forged.recorded_at = at(1);
        assert_eq!(members(&chain.check(&Entry::seal(forged).unwrap())), ["recorded_at"]);
    }

    #[test]
    fn a_chain_resumes_from_its_heads() {
        let (entries, chain) = log(11);
        let last = entries.last().map(|entry| (entry.leaf, entry.record.recorded_at));
        let resumed = Chain::resume(chain.origin().clone(), 11, last, chain.streams().to_vec());
        let next = |chain: &Chain| chain.seal(&"b".parse().unwrap(), envelope(b"x"), at(10)).unwrap();
        assert_eq!(next(&resumed), next(&chain));
    }

    #[test]
    fn seen_resolves_to_a_record_of_the_same_history() {
        let (entries, chain) = log(6);
        let first = Some(entries[0].leaf);
        let of_a: Vec<Hash> = entries.iter().filter(|e| e.record.agreement.as_str() == "a").map(|e| e.leaf).collect();
        let check = |stream: &str, hash: Option<Hash>, version: u64| {
            let text = format!(
                r#"{{"actor":"x","agreement":"{stream}","data":{{}},"event":"018bcfe5-6800-7707-8707-070707070707","ledger":"localhost/sinetti","seen":{{"hash":"{}","version":{version}}},"type":"x"}}"#,
                hash.map_or(String::new(), |hash| hash.to_string()),
            );
            let payload = Payload::parse(text.as_bytes()).unwrap();
            let leaf_at = |version: u64| of_a.get(usize::try_from(version).unwrap() - 1).copied();
            chain.check_seen(&payload, first, leaf_at)
        };
        assert_eq!(check("a", Some(of_a[0]), 1), Ok(()), "need not be the newest");
        assert_eq!(check("a", Some(of_a[1]), 2), Ok(()));
        assert_eq!(check("a", Some(of_a[0]), 2), Err(NotSeen::OtherHistory { seen: 2 }));
        assert_eq!(check("a", Some(of_a[0]), 3), Err(NotSeen::Future { seen: 3, newest: 2 }));
        assert_eq!(check("a", first, 0), Err(NotSeen::NotFirst { newest: 2 }));
        assert_eq!(check("new", first, 0), Ok(()), "the first of a stream names record 0");
        assert_eq!(check("new", None, 0), Err(NotSeen::OtherHistory { seen: 0 }), "signed for any ledger");
    }
}
