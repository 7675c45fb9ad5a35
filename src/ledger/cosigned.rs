//! Published checkpoints with the cosignatures of their witnesses: what shows from outside that a
//! record was there, and when.

use std::collections::HashSet;

use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::{Note, NoteSignature, Signed};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::consistency::{check_consistency, consistency_nodes};
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::{NodeId, peak_ids};

use super::Ledger;
use super::errors::ReadError;
use super::read::unproven;
use crate::store::Store;
use crate::store::rows::{CheckpointRow, CosignatureRow};

/// Cosigned checkpoints that are held against the policy.
const LOOK_BACK: u32 = 8;

/// Whether the cosignatures of a key, written as its vkey, are wanted.
pub(super) type Counts<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// A published checkpoint and who cosigned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// What the log and its witnesses signed.
    pub checkpoint: Checkpoint,
    /// The signed note: the log's signatures, then one cosignature of each witness's key.
    pub note: Note,
    /// The witnesses' keys with the times that they state, in the order of the note.
    pub witnesses: Vec<Signed>,
}

impl Ledger {
    /// The earliest published checkpoint that contains record `index` and bears a cosignature:
    /// the time by which, on a witness's word, the record was there.
    ///
    /// # Errors
    ///
    /// A stored checkpoint is damaged, or the database fails.
    pub async fn cosigned(&self, index: u64) -> Result<Option<Cosigned>, ReadError> {
        self.cosigned_by(index, &|_| true).await
    }

    /// The same by witnesses that `counts` accepts, and with their cosignatures alone.
    pub(super) async fn cosigned_by(&self, index: u64, counts: Counts<'_>) -> Result<Option<Cosigned>, ReadError> {
        let size = self.size();
        let mut from = index.saturating_add(1);
        while let Some(row) = self.store().cosigned_from(from, 1).await?.pop().filter(|row| row.size <= size) {
            let cosigned = self.with_cosignatures_by(&row, counts).await?;
            if !cosigned.witnesses.is_empty() {
                return Ok(Some(cosigned));
            }
            from = row.size.saturating_add(1);
        }
        Ok(None)
    }

    /// The newest published checkpoint whose cosignatures meet the policy that the ledger publishes;
    /// looks back over some, for the newest ones may not be cosigned yet.
    ///
    /// # Errors
    ///
    /// A stored checkpoint is damaged, or the database fails.
    pub async fn newest_cosigned(&self) -> Result<Option<Cosigned>, ReadError> {
        let policy = self.policy();
        for row in self.store().cosigned_down(self.size(), LOOK_BACK).await? {
            let cosigned = self.with_cosignatures(&row).await?;
            let counts = policy.judge(&cosigned.note).is_ok_and(|judgement| judgement.shortfall.is_none());
            if counts && !cosigned.witnesses.is_empty() {
                return Ok(Some(cosigned));
            }
        }
        Ok(None)
    }

    /// Published checkpoints of more than `after` records with their cosignatures, in order, `limit` at most.
    ///
    /// # Errors
    ///
    /// A stored checkpoint is damaged, or the database fails.
    pub async fn checkpoints(&self, after: u64, limit: u32) -> Result<Vec<Cosigned>, ReadError> {
        let size = self.size();
        let mut checkpoints = Vec::new();
        for row in self.store().checkpoints(after.saturating_add(1), limit).await? {
            if row.size <= size {
                checkpoints.push(self.with_cosignatures(&row).await?);
            }
        }
        Ok(checkpoints)
    }

    /// A stored checkpoint with the earliest cosignature of each key that verifies: by when its records
    /// were there. The log's own signatures are not verified here.
    pub(super) async fn with_cosignatures(&self, row: &CheckpointRow) -> Result<Cosigned, ReadError> {
        self.with_cosignatures_by(row, &|_| true).await
    }

    /// The same with the newest cosignature of each key: until when, on the witnesses' word, the log
    /// stood there. A note has one signature of a key at most (signed-note).
    pub(super) async fn with_newest_cosignatures(&self, row: &CheckpointRow) -> Result<Cosigned, ReadError> {
        let mut rows = self.store().cosignatures(row.size).await?;
        rows.reverse();
        let mut newest = first_of_each_key(rows);
        newest.reverse();
        bearing(row, &newest)
    }

    /// The same with the cosignatures of those witnesses alone that `counts` accepts.
    pub(super) async fn with_cosignatures_by(
        &self,
        row: &CheckpointRow,
        counts: Counts<'_>,
    ) -> Result<Cosigned, ReadError> {
        let mut rows = self.store().cosignatures(row.size).await?;
        rows.retain(|row| counts(&row.vkey));
        bearing(row, &first_of_each_key(rows))
    }

    /// The proof (RFC 6962 § 2.1.2) that the tree of the first `new` records extends that of the first `old`.
    ///
    /// # Errors
    ///
    /// There are not as many records, or stored nodes are damaged.
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, ReadError> {
        if new > self.size() {
            return Err(unproven(format!("there is no published tree of {new} records yet")));
        }
        consistency(self.store(), old, new).await
    }

    fn size(&self) -> u64 {
        self.0.shared.read(|published| published.size)
    }
}

/// A consistency proof is handed out only after it has been checked.
pub(super) async fn consistency(store: &Store, old: u64, new: u64) -> Result<Vec<Hash>, ReadError> {
    let plan = consistency_nodes(old, new).map_err(|error| unproven(error.to_string()))?;
    let proof = plan.prove(&nodes(store, &plan.nodes()).await?).map_err(|error| unproven(error.to_string()))?;
    let (old_root, new_root) = (root(store, old).await?, root(store, new).await?);
    check_consistency(old, &old_root, new, &new_root, &proof).map_err(|error| unproven(error.to_string()))?;
    Ok(proof)
}

/// Root of the tree of the first `size` records, from its stored nodes.
pub(super) async fn root(store: &Store, size: u64) -> Result<Hash, ReadError> {
    let peaks = nodes(store, &peak_ids(size)).await?;
    let tree = Frontier::from_peaks(size, peaks).map_err(|bad| unproven(bad.to_string()))?;
    Ok(tree.root())
}

async fn nodes(store: &Store, ids: &[NodeId]) -> Result<Vec<Hash>, ReadError> {
    let nodes: Option<Vec<Hash>> = store.nodes(ids).await?.into_iter().collect();
    nodes.ok_or_else(|| unproven("stored tree nodes are missing".to_owned()))
}

/// The line of a stored cosignature, once it has been verified on `text`'s note.
pub(super) fn verified(note: &Note, row: &CosignatureRow) -> Result<(NoteSignature, Vec<Signed>), String> {
    let key: VerifierKey = row.vkey.parse().map_err(|bad| format!("its key: {bad}"))?;
    let line = NoteSignature { name: key.name().clone(), id: key.id(), signature: row.signature.clone() };
    let alone = Note::new(note.text(), std::slice::from_ref(&line)).map_err(|bad| bad.to_string())?;
    let signed = alone.open(&[key]).map_err(|bad| bad.to_string())?;
    match signed.first().and_then(|signed| signed.time) {
        Some(time) if time == row.time => Ok((line, signed)),
        _ => Err("its time is not the one that was signed".to_owned()),
    }
}

/// A stored checkpoint with these cosignatures, so far as they verify.
fn bearing(row: &CheckpointRow, cosignatures: &[CosignatureRow]) -> Result<Cosigned, ReadError> {
    let note = Note::parse(row.note.as_bytes()).map_err(|bad| unproven(bad.to_string()))?;
    let checkpoint =
        note.text().parse().map_err(|bad| unproven(format!("checkpoint {} is damaged: {bad}", row.size)))?;
    let mut cosigned = Cosigned { checkpoint, note, witnesses: Vec::new() };
    for row in cosignatures {
        match add(&cosigned.note, row) {
            Ok((note, signed)) => {
                cosigned.note = note;
                cosigned.witnesses.extend(signed);
            }
            Err(reason) => tracing::warn!("a stored cosignature of checkpoint {} is not shown: {reason}", row.size),
        }
    }
    Ok(cosigned)
}

fn add(note: &Note, row: &CosignatureRow) -> Result<(Note, Vec<Signed>), String> {
    let (line, signed) = verified(note, row)?;
    Ok((note.with_signature(&line).map_err(|bad| bad.to_string())?, signed))
}

/// A key signs a note once.
fn first_of_each_key(mut rows: Vec<CosignatureRow>) -> Vec<CosignatureRow> {
    let mut known = HashSet::new();
    rows.retain(|row| known.insert(row.vkey.clone()));
    rows
}
