//! Gathers what a verdict on some records takes, in one pass over the records before them: for whoever
//! has them all, and accuses.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::history::{History, Shown};
use crate::chain::{Chain, StreamHead};
use crate::format::payload::Payload;
use crate::format::record::Entry;
use crate::primitives::hash::Hash;
use crate::primitives::ids::{EventId, Origin, StreamId};
use crate::tree::frontier::Frontier;
use crate::tree::heads::{HeadsTree, heads_leaf};

/// A history beyond this many bytes is not gathered: a file could not hold it.
const MAX_HISTORY: usize = 32 << 20;

/// What a hash and its marks take in a file.
const HASH: usize = 48;

/// One pass over a log.
pub struct Gatherer {
    chain: Chain,
    wanted: BTreeMap<u64, Wanted>,
}

/// What is gathered for one record.
struct Wanted {
    accused: Entry,
    /// Its own event, and those that it names.
    events: Vec<EventId>,
    /// None when it became too much.
    records: Option<Vec<(u64, Vec<u8>)>>,
    bytes: usize,
    registry: Vec<Hash>,
    stream: Vec<Hash>,
    heads: Vec<Hash>,
}

#[derive(Deserialize)]
struct Named {
    event: EventId,
}

impl Gatherer {
    /// For the records `accused` of the ledger `origin`, each with its place. Those that are none that can be read are
    /// left out: what is wrong with them shows from themselves.
    pub fn of(origin: Origin, accused: impl IntoIterator<Item = (u64, Vec<u8>)>) -> Gatherer {
        let wanted = accused.into_iter().filter_map(|(index, bytes)| Some((index, Wanted::of(bytes)?))).collect();
        Gatherer { chain: Chain::new(origin), wanted }
    }

    /// How many records, from record 0 on, it takes.
    pub fn size(&self) -> u64 {
        self.wanted.last_key_value().map_or(0, |(index, _)| index + 1)
    }

    /// Takes in the next record.
    pub fn push(&mut self, bytes: Vec<u8>) {
        let index = self.chain.size();
        let entry = Entry::parse(bytes.clone()).ok().filter(|entry| entry.record.index == index);
        if let Some(wanted) = self.wanted.get_mut(&index) {
            let heads = tree(self.chain.streams());
            let number = self.chain.number(&wanted.accused.record.agreement);
            let prove = |number| heads.prove(number, heads.streams()).unwrap_or_default();
            let is_registry = wanted.accused.record.agreement == StreamId::registry();
            wanted.registry = if is_registry { Vec::new() } else { prove(0) };
            wanted.stream = number.map_or_else(Vec::new, prove);
        }
        let Some(entry) = entry else { return self.chain.skip(Hash::leaf(&bytes)) };
        if let Some(next) = self.wanted.get_mut(&(index + 1)) {
            next.heads = path(self.chain.streams(), &entry);
        }
        let event = Payload::parse(&entry.record.envelope.payload).ok().map(|payload| payload.event);
        for (_, wanted) in self.wanted.range_mut(index + 1..) {
            wanted.take(index, &entry, event);
        }
        self.chain.push(&entry);
    }

    /// What was gathered, by the accused record's place. `prove` gives the inclusion proof of the record at a place.
    ///
    /// # Errors
    ///
    /// Those of `prove`.
    pub fn finish<E>(self, mut prove: impl FnMut(u64) -> Result<Vec<Hash>, E>) -> Result<BTreeMap<u64, History>, E> {
        let mut histories = BTreeMap::new();
        for (index, wanted) in self.wanted {
            let Wanted { records: Some(records), registry, stream, heads, .. } = wanted else { continue };
            let shown = |(index, record)| Ok(Shown { index, record, proof: prove(index)? });
            let records = records.into_iter().map(shown).collect::<Result<_, E>>()?;
            histories.insert(index, History { records, registry, stream, heads });
        }
        Ok(histories)
    }
}

impl Wanted {
    fn of(bytes: Vec<u8>) -> Option<Wanted> {
        let accused = Entry::parse(bytes).ok()?;
        let payload = Payload::parse(&accused.record.envelope.payload).ok()?;
        let named = serde_json::from_str::<Named>(payload.data.get()).ok();
        let events = std::iter::once(payload.event).chain(named.map(|named| named.event)).collect();
        let (records, registry, stream, heads) = (Some(Vec::new()), Vec::new(), Vec::new(), Vec::new());
        Some(Wanted { accused, events, records, bytes: 0, registry, stream, heads })
    }

    fn take(&mut self, index: u64, entry: &Entry, event: Option<EventId>) {
        let agreement = &entry.record.agreement;
        let next = index + 1 == self.accused.record.index;
        let named = event.is_some_and(|event| self.events.contains(&event));
        if !(next || named || *agreement == StreamId::registry() || *agreement == self.accused.record.agreement) {
            return;
        }
        self.bytes += entry.bytes.len() / 3 * 4 + 64 * HASH;
        if self.bytes > MAX_HISTORY {
            self.records = None;
        }
        if let Some(records) = &mut self.records {
            records.push((index, entry.bytes.clone()));
        }
    }
}

/// What leads from the heads before `entry` to those after it.
fn path(streams: &[StreamHead], entry: &Entry) -> Vec<Hash> {
    let (stream, heads) = (entry.record.stream, tree(streams));
    if entry.record.version > 1 {
        return heads.prove(stream, heads.streams()).unwrap_or_default();
    }
    let mut peaks = Frontier::new();
    for head in streams {
        peaks.push(heads_leaf(head.agreement.as_str(), head.version, &head.leaf));
    }
    peaks.peaks().into_iter().map(|(_, hash)| hash).collect()
}

fn tree(streams: &[StreamHead]) -> HeadsTree {
    streams.iter().map(|head| heads_leaf(head.agreement.as_str(), head.version, &head.leaf)).collect()
}
