//! The records before an accused one: those that a verdict on it takes, each shown to be in the tree,
//! and shown to be all of them.
//!
//! What has to be all there is the registry, which says whose keys are whose, and the accused record's own
//! stream, on whose state the rules judge. Whoever accuses could leave out the very record that allowed the
//! accused one; so both are held against the accused record's own words: its link to the record before it in
//! its stream, and its root over all streams' heads. Where the log lied in these, it is to blame all the same.

use serde::{Deserialize, Serialize};

use super::NotProven;
use crate::chain::Misplaced;
use crate::format::record::{Entry, Record};
use crate::log::checkpoint::Checkpoint;
use crate::primitives::base64;
use crate::primitives::hash::Hash;
use crate::primitives::ids::StreamId;
use crate::tree::frontier::Frontier;
use crate::tree::heads::heads_leaf;
use crate::tree::inclusion::{InclusionError, check_inclusion};

/// What a file shows of the records before the accused one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// In the order of the log: all of the registry, all of the accused record's stream, the record next before
    /// it, and those of other streams whose events it names or repeats.
    pub records: Vec<Shown>,
    /// Inclusion proof of the registry's head under the accused record's `heads`; none needed in the registry itself.
    pub registry: Vec<Hash>,
    /// The same of its own stream's head; only where it does not follow that record by its own word.
    pub stream: Vec<Hash>,
    /// What leads from the `heads` of the record next before to those of the accused one: the inclusion proof of the
    /// head that it replaced; of a record that began a stream, the peaks (largest first) of the tree to which it added.
    pub heads: Vec<Hash>,
}

/// One record of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Its place in the log.
    pub index: u64,
    /// Its bytes.
    #[serde(with = "base64")]
    pub record: Vec<u8>,
    /// Inclusion proof in the tree of the accused record's own proof.
    pub proof: Vec<Hash>,
}

/// A history that the log vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// The accused record.
    pub accused: Entry,
    /// The records before it, in the order of the log.
    pub entries: Vec<Entry>,
    /// In what the accused record does not follow the one next before it.
    pub misplaced: Vec<Misplaced>,
    /// Why it is not shown that these are all of registry and stream; none when it is.
    pub incomplete: Option<String>,
}

impl History {
    /// Checks that all of it stands in `tree` before `accused`.
    ///
    /// # Errors
    ///
    /// A record of it is not there, or is none that can be read.
    pub(super) fn check(&self, accused: Entry, tree: &Checkpoint) -> Result<Before, NotProven> {
        let mut entries: Vec<Entry> = Vec::with_capacity(self.records.len());
        for shown in &self.records {
            let last = entries.last().map(|entry| entry.record.index);
            if Some(shown.index) <= last || shown.index >= accused.record.index {
                return Err(shown.refused("it is not in the order of the log, or not before the accused record"));
            }
            entries.push(shown.check(tree)?);
        }
        let next_before = entries.last().filter(|entry| entry.record.index + 1 == accused.record.index);
        let misplaced = next_before.map_or_else(Vec::new, |last| follow(last, &accused.record, &self.heads));
        let incomplete = self.incomplete(&entries, &accused.record).err();
        Ok(Before { accused, entries, misplaced, incomplete })
    }

    /// That nothing of the registry and of the stream is left out.
    fn incomplete(&self, entries: &[Entry], accused: &Record) -> Result<(), String> {
        let registry = StreamId::registry();
        let newest = newest(entries, &accused.agreement)?;
        if !follows(accused, newest) && !is_head(accused, newest, &self.stream) {
            return Err(format!("it is not shown which record of {} was the newest before", accused.agreement));
        }
        if accused.agreement == registry {
            return Ok(());
        }
        let newest = self::newest(entries, &registry)?;
        if is_head(accused, newest, &self.registry) {
            return Ok(());
        }
        Err("it is not shown which record of the registry was the newest before".to_owned())
    }
}

impl Shown {
    fn check(&self, tree: &Checkpoint) -> Result<Entry, NotProven> {
        check_inclusion(&Hash::leaf(&self.record), self.index, tree.size, &self.proof, &tree.root)
            .map_err(|bad| self.refused(bad))?;
        let entry = Entry::parse(self.record.clone()).map_err(|bad| self.refused(bad))?;
        if entry.record.index != self.index || entry.record.ledger != tree.origin {
            return Err(self.refused("it says another place or ledger, which takes evidence of its own"));
        }
        Ok(entry)
    }

    fn refused(&self, reason: impl ToString) -> NotProven {
        NotProven::History { index: self.index, reason: reason.to_string() }
    }
}

/// The newest of `stream` among `entries`, which have all of it from its first on.
fn newest<'a>(entries: &'a [Entry], stream: &StreamId) -> Result<Option<&'a Entry>, String> {
    let mut newest: Option<&Entry> = None;
    for entry in entries.iter().filter(|entry| entry.record.agreement == *stream) {
        if !follows(&entry.record, newest) {
            return Err(format!("the records of {stream} before {} are not all there", entry.record.index));
        }
        newest = Some(entry);
    }
    Ok(newest)
}

/// Whether `record` says that it comes next after `newest` in its stream.
fn follows(record: &Record, newest: Option<&Entry>) -> bool {
    let (version, leaf) = newest.map_or((0, Hash::ZERO), |entry| (entry.record.version, entry.leaf));
    (record.version, record.agreement_previous) == (version.saturating_add(1), leaf)
}

/// Whether `record` names `newest` as the head of its stream as it stood before.
fn is_head(record: &Record, newest: Option<&Entry>, proof: &[Hash]) -> bool {
    newest.is_some_and(|entry| {
        let Record { agreement, version, stream, .. } = &entry.record;
        let leaf = heads_leaf(agreement.as_str(), *version, &entry.leaf);
        check_inclusion(&leaf, *stream, record.streams, proof, &record.heads).is_ok()
    })
}

/// In what `next` is not what must come after `last`, by what `last` itself says.
fn follow(last: &Entry, next: &Record, path: &[Hash]) -> Vec<Misplaced> {
    let record = &last.record;
    let mut defects = Vec::new();
    let mut expect = |member, found: String, holds: bool, expected: String| {
        if !holds {
            defects.push(Misplaced { index: next.index, member, found, expected });
        }
    };
    expect("previous", next.previous.to_string(), next.previous == last.leaf, last.leaf.to_string());
    let streams = record.streams.saturating_add(u64::from(record.version == 1));
    expect("streams", next.streams.to_string(), next.streams == streams, streams.to_string());
    let (at, earliest) = (next.recorded_at, record.recorded_at);
    expect("recorded_at", at.to_string(), at >= earliest, format!("{earliest} at the earliest"));
    if let Some(heads) = heads_after(last, path) {
        expect("heads", next.heads.to_string(), next.heads == heads, heads.to_string());
    }
    defects
}

/// The root over all streams' heads with `last` taken in, where `path` leads to it from the one that `last` names.
fn heads_after(last: &Entry, path: &[Hash]) -> Option<Hash> {
    let Record { agreement, agreement_previous, heads, stream, streams, version, .. } = &last.record;
    let head = heads_leaf(agreement.as_str(), *version, &last.leaf);
    if *version == 1 {
        let mut tree = Frontier::from_peaks(*streams, path.to_vec()).ok().filter(|tree| tree.root() == *heads)?;
        tree.push(head);
        return Some(tree.root());
    }
    let replaced = heads_leaf(agreement.as_str(), version.checked_sub(1)?, agreement_previous);
    check_inclusion(&replaced, *stream, *streams, path, heads).ok()?;
    match check_inclusion(&head, *stream, *streams, path, heads) {
        Err(InclusionError::Root { computed, .. }) => Some(computed),
        _ => None,
    }
}
