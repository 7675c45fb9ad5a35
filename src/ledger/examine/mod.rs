//! The whole database, read once and held against itself: bytes, columns, chains, tree, heads,
//! checkpoints, cached states, disclosures, anchor, indexes. Reports every difference, never only the first.
//!
//! Signatures of events and the domain rules are replayed by `sinetti verify`
//! (`sinetti_projections::audit`); here only for records that no checkpoint covers yet.

mod compare;
mod resume;

#[cfg(test)]
pub(crate) use resume::tests::resumes;

use std::collections::{BTreeMap, HashMap, VecDeque};

use sinetti_events::chain::{Chain, StreamHead};
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::{BadCheckpoint, Checkpoint};
use sinetti_events::log::note::Note;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{Origin, StreamId};
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;
use sinetti_projections::decide::decide;
use sinetti_projections::event::Event;

use super::fold::{States, event_of};
use super::published::Tip;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::rows::{CheckpointRow, DisclosureRow, RecordRow};

/// Rows read at a time.
const PAGE: u32 = 500;

/// Newest checkpoints whose signatures are verified at start; `check` verifies all.
const VERIFIED_AT_START: usize = 1000;

/// Records of a ledger that is read as a whole at every start.
const READ_AT_START: u64 = 50_000;

/// One place where the database differs from what its records say.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The table, or `anchor`; `database` for what is of no one table.
    pub table: &'static str,
    /// Which row: an index, a stream, a size.
    pub place: String,
    /// What does not fit.
    pub reason: String,
}

/// What was found.
pub(crate) struct Examined {
    /// Ends of the chains.
    pub(crate) chain: Chain,
    /// Right edge of the tree.
    pub(crate) frontier: Frontier,
    /// Folds of all streams.
    pub(crate) states: States,
    /// Leaf of record 0.
    pub(crate) first: Option<Hash>,
    /// Newest records by stream number.
    pub(crate) tips: Vec<Tip>,
    /// All that does not fit.
    pub(crate) differences: Vec<Difference>,
    /// Per stream the first record that must not be shown.
    pub(crate) damaged: HashMap<StreamId, (u64, String)>,
    /// Size of the newest checkpoint that verifies.
    pub(crate) proven_size: Option<u64>,
    /// That checkpoint with what it covers, when it was the one looked for.
    pub(crate) proven: Option<Proven>,
}

/// A checkpoint that verifies against the stored records.
#[derive(Debug, Clone)]
pub(crate) struct Proven {
    /// As stored.
    pub(crate) row: CheckpointRow,
    /// What it says.
    pub(crate) checkpoint: Checkpoint,
    /// States as of it.
    pub(crate) states: States,
    /// Newest records as of it.
    pub(crate) tips: Vec<Tip>,
}

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Signatures of the newest checkpoints only.
    Start,
    /// Signatures of every checkpoint, every cosignature, and what every timestamp is over.
    Full,
}

/// What a start looks at: everything in a ledger of ordinary size, its end in a large one, so that
/// starting does not take longer for ever.
///
/// # Errors
///
/// The database can't be read.
pub(crate) async fn examine_at_start(
    store: &Store,
    origin: &Origin,
    anchor: Option<CheckpointRow>,
) -> Result<Examined, StoreError> {
    if let Some(anchor) = anchor.as_ref().filter(|anchor| anchor.size > READ_AT_START)
        && let Some(found) = resume::resume(store, origin, anchor).await?
    {
        return Ok(found);
    }
    examine(store, origin, anchor, Depth::Start).await
}

/// Reads everything. `anchor` is what the anchor holds.
///
/// # Errors
///
/// The database can't be read.
pub(crate) async fn examine(
    store: &Store,
    origin: &Origin,
    anchor: Option<CheckpointRow>,
    depth: Depth,
) -> Result<Examined, StoreError> {
    let (_, beyond) = store.count_records().await?;
    let newest = store.newest_checkpoint().await?;
    let likely = anchor.iter().chain(&newest).map(|row| row.size).find(|size| *size <= beyond).unwrap_or(0);
    let found = walk(store, origin, anchor.clone(), depth, likely).await?;
    match found.proven_size {
        // The likely one does not verify, an earlier one does: states as of that.
        Some(size) if found.proven.is_none() => walk(store, origin, anchor, depth, size).await,
        _ => Ok(found),
    }
}

/// One walk through everything, which remembers the states as of `target` records.
async fn walk(
    store: &Store,
    origin: &Origin,
    anchor: Option<CheckpointRow>,
    depth: Depth,
    target: u64,
) -> Result<Examined, StoreError> {
    let newest = store.newest_checkpoint().await?;
    let signed = anchor.as_ref().or(newest.as_ref()).map_or(0, |row| row.size);
    let mut walk = Walk::new(origin, anchor, store.all_disclosures().await?, depth, target);
    walk.signed = signed;
    walk.checkpoints(store).await?;
    loop {
        let rows = store.records(walk.chain.size(), u64::MAX, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        let completed = walk.take(rows);
        walk.compare_nodes(store, completed).await?;
        walk.checkpoints(store).await?;
    }
    walk.compare_ends(store).await?;
    walk.compare_states(store).await?;
    walk.compare_structure(store).await?;
    if depth == Depth::Full {
        walk.compare_cosignatures(store).await?;
        walk.compare_timestamps(store).await?;
    }
    walk.close();
    Ok(walk.found)
}

/// The walk through all records.
struct Walk {
    found: Examined,
    chain: Chain,
    anchor: Option<CheckpointRow>,
    disclosures: HashMap<String, Vec<DisclosureRow>>,
    /// Checkpoints read but not yet reached, by size, and how far they are read.
    waiting: BTreeMap<u64, CheckpointRow>,
    read_to: Option<u64>,
    /// Checkpoints whose root fits, the newest at the end; their signatures are verified last.
    reached: VecDeque<(CheckpointRow, Checkpoint)>,
    depth: Depth,
    /// Records that were signed for: to the anchor; without one, to the newest stored checkpoint.
    signed: u64,
    /// Size whose states are remembered, and those.
    target: u64,
    snapshot: Option<(States, Vec<Tip>)>,
}

impl Walk {
    fn new(
        origin: &Origin,
        anchor: Option<CheckpointRow>,
        disclosures: Vec<DisclosureRow>,
        depth: Depth,
        target: u64,
    ) -> Walk {
        let mut by_event: HashMap<String, Vec<DisclosureRow>> = HashMap::new();
        for row in disclosures {
            by_event.entry(row.event_id.clone()).or_default().push(row);
        }
        let chain = Chain::new(origin.clone());
        let found = Examined {
            chain: chain.clone(),
            frontier: Frontier::new(),
            states: States::default(),
            first: None,
            tips: Vec::new(),
            differences: Vec::new(),
            damaged: HashMap::new(),
            proven_size: None,
            proven: None,
        };
        Walk {
            found,
            chain,
            anchor,
            disclosures: by_event,
            waiting: BTreeMap::new(),
            read_to: None,
            reached: VecDeque::new(),
            depth,
            signed: 0,
            target,
            snapshot: None,
        }
    }

    fn differs(&mut self, table: &'static str, place: impl ToString, reason: impl ToString) {
        self.found.differences.push(Difference { table, place: place.to_string(), reason: reason.to_string() });
    }

    /// Takes in records; gives the nodes that they complete.
    fn take(&mut self, rows: Vec<RecordRow>) -> Vec<(NodeId, Hash)> {
        let mut completed = Vec::new();
        for row in rows {
            let index = self.chain.size();
            if row.index != index {
                self.differs("record", index, format!("is missing; the next is {}", row.index));
            }
            let claimed = row.node.clone().or(Some(row.leaf.clone()));
            let (stream, event_id) = (row.agreement.clone(), row.event_id.clone());
            let leaf = match row.intact() {
                Ok(entry) => self.entry(entry, &event_id),
                Err(damaged) => self.damage(index, &stream, damaged.reason, claimed.as_deref()),
            };
            completed.extend(self.found.frontier.push(leaf));
            self.found.first.get_or_insert(leaf);
            self.reach();
        }
        completed
    }

    /// One record whose bytes have their leaf.
    fn entry(&mut self, entry: Entry, event_id: &str) -> Hash {
        for misplaced in self.chain.check(&entry) {
            self.differs("record", misplaced.index, &misplaced);
        }
        match event_of(&entry) {
            Ok(event) => self.event(&entry, &event, event_id),
            Err(bad) => {
                let reason = format!("holds an event that this program does not know: {bad}");
                self.damage_stream(entry.record.index, &entry.record.agreement, reason);
            }
        }
        self.chain.push(&entry);
        let record = &entry.record;
        let head = StreamHead { agreement: record.agreement.clone(), version: record.version, leaf: entry.leaf };
        self.tip(Tip { head, index: record.index });
        entry.leaf
    }

    fn event(&mut self, entry: &Entry, event: &Event, event_id: &str) {
        let index = entry.record.index;
        if event.payload.event.to_string() != event_id {
            self.differs("record", index, "the column event_id differs from the bytes");
        }
        if event.payload.agreement != entry.record.agreement {
            self.differs("record", index, "the payload names another agreement than the record");
        }
        // What a checkpoint covers was checked when it was signed.
        if index >= self.signed {
            self.recheck(entry, event);
        }
        for row in self.disclosures.remove(event_id).unwrap_or_default() {
            self.disclosure(&row, event);
        }
        self.found.states.evolve(event);
    }

    /// A record that was committed but not yet signed for: all that admitted it, again.
    fn recheck(&mut self, entry: &Entry, event: &Event) {
        let registry = self.found.states.registry().clone();
        let index = entry.record.index;
        match registry.keyring.authenticate(&event.payload, &entry.record.envelope) {
            Err(refusal) => self.differs("record", index, format!("is not authentic: {refusal}")),
            Ok(signers) if signers != event.signers => self.differs("record", index, "has other signers"),
            Ok(_) => {}
        }
        let agreement = self.found.states.agreement(&event.payload.agreement);
        if let Err(refusal) = decide(&registry, &agreement, event) {
            self.differs("record", index, format!("breaks a rule: {refusal}"));
        }
    }

    fn disclosure(&mut self, row: &DisclosureRow, event: &Event) {
        let place = format!("{} {}", row.event_id, row.pointer);
        let parsed: Result<Disclosure, _> = serde_json::from_str(&row.disclosure);
        let data = serde_json::from_str(event.payload.data.get()).unwrap_or_default();
        match parsed {
            Err(error) => self.differs("disclosure", place, error),
            Ok(disclosure)
                if disclosure.pointer != row.pointer || row.agreement != event.payload.agreement.as_str() =>
            {
                self.differs("disclosure", place, "its columns differ from what it discloses");
            }
            Ok(disclosure) => {
                if let Err(bad) = disclosure.check(event.payload.event, &data) {
                    self.differs("disclosure", place, bad);
                }
            }
        }
    }

    /// A record that is not shown. Its place in the tree is what the tree says, so that one
    /// damaged record is one difference.
    fn damage(&mut self, index: u64, stream: &str, reason: String, claimed: Option<&[u8]>) -> Hash {
        let leaf = claimed.and_then(|bytes| bytes.try_into().ok()).map_or(Hash::ZERO, Hash);
        match stream.parse::<StreamId>() {
            Ok(stream) => self.damage_stream(index, &stream, reason),
            Err(_) => self.differs("record", index, reason),
        }
        self.chain.skip(leaf);
        leaf
    }

    fn damage_stream(&mut self, index: u64, stream: &StreamId, reason: String) {
        self.differs("record", index, &reason);
        self.found.damaged.entry(stream.clone()).or_insert((index, reason));
    }

    fn tip(&mut self, tip: Tip) {
        let tips = &mut self.found.tips;
        match tips.iter_mut().rev().find(|known| known.head.agreement == tip.head.agreement) {
            Some(known) => *known = tip,
            None => tips.push(tip),
        }
    }

    /// Reads checkpoints as far as the walk has come, and a page more.
    async fn checkpoints(&mut self, store: &Store) -> Result<(), StoreError> {
        while self.read_to.is_none_or(|to| to <= self.chain.size() + u64::from(PAGE)) {
            let from = self.read_to.unwrap_or(0);
            let rows = store.checkpoints(from, PAGE).await?;
            self.read_to = Some(rows.last().map_or(u64::MAX, |row| row.size + 1));
            self.waiting.extend(rows.into_iter().map(|row| (row.size, row)));
        }
        if self.chain.size() == 0 {
            self.reach();
        }
        Ok(())
    }

    /// Compares the checkpoints of exactly the present size: stored ones and the anchor.
    fn reach(&mut self) {
        let size = self.found.frontier.size();
        if size == self.target {
            self.snapshot = Some((self.found.states.clone(), self.found.tips.clone()));
        }
        if let Some(row) = self.waiting.remove(&size) {
            self.compare_root(row, "checkpoint");
        }
        if let Some(row) = self.anchor.clone().filter(|anchor| anchor.size == size) {
            self.compare_root(row, "anchor");
        }
    }

    fn compare_root(&mut self, row: CheckpointRow, table: &'static str) {
        match root_of(&row) {
            Err(reason) => self.differs(table, row.size, reason),
            Ok(checkpoint) if checkpoint.size != row.size || checkpoint.root != self.found.frontier.root() => {
                self.differs(table, row.size, "the records give another tree than was signed");
            }
            Ok(checkpoint) => self.reached.push_back((row, checkpoint)),
        }
        if self.reached.len() > VERIFIED_AT_START {
            let oldest = self.reached.pop_front();
            if let Some((row, _)) = oldest.filter(|_| self.depth == Depth::Full) {
                self.verify_one(&row);
            }
        }
    }

    /// What no record answered to, and the signatures.
    fn close(&mut self) {
        let size = self.chain.size();
        for (beyond, _) in std::mem::take(&mut self.waiting) {
            self.differs("checkpoint", beyond, format!("was signed for more records than the {size} that are there"));
        }
        if let Some(anchor) = self.anchor.clone().filter(|anchor| anchor.size > size) {
            self.differs("anchor", anchor.size, format!("has seen more records than the {size} that are there"));
        }
        for event in std::mem::take(&mut self.disclosures).into_keys() {
            self.differs("disclosure", event, "belongs to no record");
        }
        self.verify_signatures();
        self.found.chain = self.chain.clone();
    }
}

fn root_of(row: &CheckpointRow) -> Result<Checkpoint, String> {
    let note = Note::parse(row.note.as_bytes()).map_err(|bad| bad.to_string())?;
    note.text().parse().map_err(|bad: BadCheckpoint| bad.to_string())
}
