//! Signs what is durably stored, and nothing else.
//!
//! Before a signature the new leaves are recomputed from bytes read back from the database, and
//! the root from those and the stored nodes of the anchored tree; memory is only compared with
//! it (one flipped bit ended the CT log Yeti 2022). The anchor moves before the checkpoint is
//! stored or shown: a signature that exists outside this function is one that the anchor knows,
//! so that no crash and no restored backup can make the ledger sign a second history.

use std::sync::Arc;

use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::{NodeId, peak_ids};

use super::faults::{Faults, Step};
use super::mirror::Mirror;
use crate::log_keys::LogKeyPair;
use crate::store::anchor::Anchor;
use crate::store::error::StoreError;
use crate::store::rows::CheckpointRow;
use crate::store::{Store, Writer};

/// Rows read at a time.
const PAGE: u32 = 500;

/// Nothing more is written by this process; why, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Stop(pub(crate) String);

/// Who signs checkpoints.
pub(crate) struct Notary {
    pub(crate) store: Store,
    pub(crate) anchor: Anchor,
    pub(crate) origin: Origin,
    pub(crate) keys: Arc<LogKeyPair>,
    pub(crate) faults: Faults,
    /// What the anchor held when last looked at.
    pub(crate) anchored: Option<CheckpointRow>,
    /// The newest stored checkpoint that verifies.
    pub(crate) stored: Option<CheckpointRow>,
}

impl Notary {
    /// Brings anchor and stored checkpoint up to the records that are there.
    ///
    /// # Errors
    ///
    /// What is stored is not what was written, the anchor was moved by another, or a write failed.
    pub(crate) async fn certify(
        &mut self,
        writer: &mut Writer,
        mirror: &Mirror,
        new_keys: Option<&LogKeyPair>,
        now: Instant,
    ) -> Result<(Checkpoint, String), Stop> {
        self.check_anchor().await?;
        let tree = self.recompute(mirror.chain.size()).await?;
        if (tree.size(), tree.root()) != (mirror.frontier.size(), mirror.frontier.root()) {
            return Err(Stop(wrong("the stored records give another tree than the one that was written")));
        }
        let checkpoint = Checkpoint { origin: self.origin.clone(), size: tree.size(), root: tree.root() };
        let row = match self.signed_before(checkpoint.size) {
            Some(row) => row,
            None => self.sign(&checkpoint, new_keys, mirror.recorded_at(now))?,
        };
        self.move_anchor(&row).await?;
        self.keep(writer, &row).await?;
        Ok((checkpoint, row.note))
    }

    /// The anchor is where this process left it.
    async fn check_anchor(&mut self) -> Result<(), Stop> {
        if self.anchor.read().await? == self.anchored {
            return Ok(());
        }
        Err(Stop(wrong("the anchor is not where this process left it; another program has moved it")))
    }

    /// The tree of the first `size` stored records: the anchored tree's stored nodes, whose root
    /// must be the anchored one, and the leaves of all later records from their bytes.
    async fn recompute(&self, size: u64) -> Result<Frontier, Stop> {
        let mut tree = self.anchored_tree().await?;
        while tree.size() < size {
            let rows = self.store.records(tree.size(), size, PAGE).await?;
            if rows.is_empty() {
                return Err(Stop(wrong(&format!("record {} can't be read back", tree.size()))));
            }
            let mut completed = Vec::new();
            for row in rows {
                if row.index != tree.size() {
                    return Err(Stop(wrong(&format!("record {} can't be read back", tree.size()))));
                }
                let entry = row.intact().map_err(|damaged| Stop(wrong(&damaged.to_string())))?;
                completed.extend(tree.push(entry.leaf));
            }
            self.compare_nodes(&completed).await?;
        }
        Ok(tree)
    }

    async fn anchored_tree(&self) -> Result<Frontier, Stop> {
        let Some(anchored) = &self.anchored else { return Ok(Frontier::new()) };
        let signed = read_checkpoint(anchored)?;
        let peaks = self.store.nodes(&peak_ids(signed.size)).await?;
        let peaks: Option<Vec<Hash>> = peaks.into_iter().collect();
        let tree = peaks.and_then(|peaks| Frontier::from_peaks(signed.size, peaks).ok());
        tree.filter(|tree| tree.root() == signed.root)
            .ok_or_else(|| Stop(wrong("the database does not hold the tree that the anchor has seen")))
    }

    async fn compare_nodes(&self, completed: &[(NodeId, Hash)]) -> Result<(), Stop> {
        let ids: Vec<NodeId> = completed.iter().map(|(id, _)| *id).collect();
        let stored = self.store.nodes(&ids).await?;
        let same = completed.iter().map(|(_, hash)| Some(*hash)).eq(stored);
        if same { Ok(()) } else { Err(Stop(wrong("stored tree nodes are not those of the stored records"))) }
    }

    /// After a crash between signing and storing, the checkpoint of this size is there already.
    fn signed_before(&self, size: u64) -> Option<CheckpointRow> {
        let mut known = self.anchored.iter().chain(&self.stored);
        known.rfind(|row| row.size == size).cloned()
    }

    /// `at` is not before the newest record, so that no record is later than its cosignature.
    fn sign(&self, checkpoint: &Checkpoint, new_keys: Option<&LogKeyPair>, at: Instant) -> Result<CheckpointRow, Stop> {
        let seconds = at.unix_ms().unsigned_abs().div_ceil(1000);
        let others: Vec<&LogKeyPair> = new_keys.into_iter().collect();
        let note = self.keys.sign(checkpoint, &others, seconds).map_err(|error| Stop(error.to_string()))?;
        Ok(CheckpointRow { size: checkpoint.size, note: note.as_str().to_owned() })
    }

    async fn move_anchor(&mut self, row: &CheckpointRow) -> Result<(), Stop> {
        if self.anchored.as_ref() == Some(row) {
            return Ok(());
        }
        self.faults.before(Step::Anchor)?;
        self.anchor.swap(self.anchored.as_ref(), row).await?;
        self.faults.after(Step::Anchor)?;
        self.anchored = Some(row.clone());
        Ok(())
    }

    async fn keep(&mut self, writer: &mut Writer, row: &CheckpointRow) -> Result<(), Stop> {
        if self.stored.as_ref().is_some_and(|stored| stored.size == row.size) {
            return Ok(());
        }
        self.faults.before(Step::Checkpoint)?;
        writer.store_checkpoint(row).await?;
        self.faults.after(Step::Checkpoint)?;
        self.stored = Some(row.clone());
        Ok(())
    }
}

/// What a stored note says. Its signatures are verified where it is read first.
pub(crate) fn read_checkpoint(row: &CheckpointRow) -> Result<Checkpoint, Stop> {
    let note = sinetti_events::log::note::Note::parse(row.note.as_bytes());
    let checkpoint = note.ok().and_then(|note| note.text().parse::<Checkpoint>().ok());
    checkpoint
        .filter(|checkpoint| checkpoint.size == row.size)
        .ok_or_else(|| Stop(wrong("a stored checkpoint is unreadable")))
}

fn wrong(what: &str) -> String {
    format!(
        "{what}. Nothing more is signed or recorded. Keep a copy of the data directory, run `sinetti verify`, \
         restore the newest backup, then start the server again"
    )
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop(format!(
            "{error} (whether the last events were recorded shows after a new start; sending them again is safe)"
        ))
    }
}
