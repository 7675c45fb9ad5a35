//! Whether a record stands where it should, for whoever has two streams of the log and not the rest.
//!
//! As long as nothing is left out between record 0 and the last one, everything is known and the whole chain is
//! checked, roots of heads included. After the first gap each stream's own chain is, and what must grow grows.

use std::collections::HashMap;

use sinetti_events::chain::{Chain, Misplaced};
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{Origin, StreamId};
use sinetti_events::primitives::time::Instant;

/// The ends of the chains.
pub(in crate::audit) struct Links {
    chain: Chain,
    /// Every record so far was here.
    gapless: bool,
    streams: HashMap<StreamId, Head>,
    last: Option<Last>,
}

struct Head {
    version: u64,
    leaf: Hash,
    number: u64,
}

struct Last {
    index: u64,
    leaf: Hash,
    recorded_at: Instant,
    /// How many streams there were after it.
    streams: u64,
}

impl Links {
    pub(in crate::audit) fn new(origin: Origin) -> Links {
        Links { chain: Chain::new(origin), gapless: true, streams: HashMap::new(), last: None }
    }

    /// The newest version of a stream so far.
    pub(in crate::audit) fn version(&self, stream: &StreamId) -> u64 {
        self.streams.get(stream).map_or(0, |head| head.version)
    }

    /// Every way in which `entry`, the next record that is here, does not stand in its place. It
    /// should be of `stream`, at `version`.
    pub(in crate::audit) fn check(&self, entry: &Entry, stream: &StreamId, version: u64) -> Vec<Misplaced> {
        let found = &entry.record;
        if self.gapless && found.index == self.chain.size() && found.agreement == *stream && found.version == version {
            return self.chain.check(entry);
        }
        let mut defects = Vec::new();
        let mut expect = |member, found: String, holds: bool, expected: String| {
            if !holds {
                defects.push(Misplaced { index: entry.record.index, member, found, expected });
            }
        };
        let head = self.streams.get(stream);
        let same = |found: &str, expected: &str| found == expected;
        let ledger = self.chain.origin().to_string();
        expect("ledger", found.ledger.to_string(), same(found.ledger.as_str(), &ledger), ledger);
        expect("agreement", found.agreement.to_string(), found.agreement == *stream, stream.to_string());
        expect("version", found.version.to_string(), found.version == version, version.to_string());
        let previous = head.map_or(Hash::ZERO, |head| head.leaf);
        let follows = found.agreement_previous == previous;
        expect("agreement_previous", found.agreement_previous.to_string(), follows, previous.to_string());
        let number = head.map_or(if stream.is_registry() { 0 } else { found.streams }, |head| head.number);
        expect("stream", found.stream.to_string(), found.stream == number, number.to_string());
        let counted = if head.is_none() { found.streams == found.stream } else { found.streams > found.stream };
        let relation = if head.is_none() { "equal to" } else { "above" };
        expect("streams", found.streams.to_string(), counted, format!("{relation} its stream, {}", found.stream));
        if let Some(last) = &self.last {
            let (index, at) = (last.index, last.recorded_at);
            expect("index", found.index.to_string(), found.index > index, format!("above {index}"));
            let next = found.index.checked_sub(1) == Some(index);
            let adjacent = !next || found.previous == last.leaf;
            expect("previous", found.previous.to_string(), adjacent, last.leaf.to_string());
            expect(
                "streams",
                found.streams.to_string(),
                found.streams >= last.streams,
                format!("{} at least", last.streams),
            );
            expect(
                "recorded_at",
                found.recorded_at.to_string(),
                found.recorded_at >= at,
                format!("{at} at the earliest"),
            );
        }
        defects
    }

    /// Takes in a record, by its own word where that differs.
    pub(in crate::audit) fn push(&mut self, entry: &Entry) {
        let record = &entry.record;
        self.gapless &= record.index == self.chain.size();
        self.chain.push(entry);
        let began = u64::from(record.version == 1);
        let (leaf, recorded_at) = (entry.leaf, record.recorded_at);
        self.last =
            Some(Last { index: record.index, leaf, recorded_at, streams: record.streams.saturating_add(began) });
        let head = Head { version: record.version, leaf, number: record.stream };
        self.streams.insert(record.agreement.clone(), head);
    }

    /// Passes over bytes of `stream` that are no record.
    pub(in crate::audit) fn skip(&mut self, stream: &StreamId, leaf: Hash) {
        self.gapless = false;
        let number = if stream.is_registry() { 0 } else { 1 };
        let head = self.streams.entry(stream.clone()).or_insert(Head { version: 0, leaf, number });
        head.version = head.version.saturating_add(1);
        head.leaf = leaf;
    }
}
