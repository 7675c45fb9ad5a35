//! The other tables, held against what the records gave.

use std::collections::HashMap;

use sinetti_events::log::checkpoint::{Checkpoint, verify_checkpoint};
use sinetti_events::log::note::Note;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::tree::node::NodeId;

use super::{Proven, Walk};
use crate::ledger::cosigned::verified;
use crate::ledger::timestamps::check;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::rows::{CheckpointRow, StateRow};

impl Walk {
    pub(super) async fn compare_nodes(
        &mut self,
        store: &Store,
        completed: Vec<(NodeId, Hash)>,
    ) -> Result<(), StoreError> {
        let ids: Vec<NodeId> = completed.iter().map(|(id, _)| *id).collect();
        let stored = store.nodes(&ids).await?;
        for ((id, hash), stored) in completed.iter().zip(stored) {
            if stored != Some(*hash) {
                let place = format!("level {}, index {}", id.level, id.index);
                self.differs("tree_node", place, "is not the hash that the records give");
            }
        }
        Ok(())
    }

    pub(super) async fn compare_ends(&mut self, store: &Store) -> Result<(), StoreError> {
        let size = self.chain.size();
        let (records, beyond) = store.count_records().await?;
        if (records, beyond) != (size, size) {
            self.differs("record", beyond, format!("{records} rows end there, but {size} were read"));
        }
        let head = store.head().await?;
        let last = self.found.tips.iter().find(|tip| tip.index + 1 == size).map(|tip| tip.head.leaf);
        let time = self.chain.last_recorded_at();
        if head.size != size || (self.found.damaged.is_empty() && head.last != last.zip(time)) {
            self.differs("ledger_head", head.size, format!("does not name the last of {size} records"));
        }
        self.compare_heads(store).await?;
        let nodes = 2 * size - u64::from(size.count_ones());
        let stored = store.count_nodes().await?;
        if nodes != stored {
            self.differs("tree_node", stored, format!("{nodes} nodes belong to {size} records, {stored} are stored"));
        }
        Ok(())
    }

    /// Repeated in indexes, event ids and versions say which events are known: what is missing there
    /// would be recorded a second time.
    pub(super) async fn compare_structure(&mut self, store: &Store) -> Result<(), StoreError> {
        for said in store.structure().await? {
            self.differs("database", "structure", said);
        }
        Ok(())
    }

    async fn compare_heads(&mut self, store: &Store) -> Result<(), StoreError> {
        let rows = store.stream_heads().await?;
        let expected = self.chain.streams().to_vec();
        if rows.len() != expected.len() {
            self.differs("stream_head", rows.len(), format!("there are {} streams", expected.len()));
        }
        for (number, (row, head)) in rows.iter().zip(&expected).enumerate() {
            if row.number != number as u64 || row.head != *head {
                self.differs("stream_head", number, format!("is not the newest record of {}", head.agreement));
            }
        }
        Ok(())
    }

    pub(super) async fn compare_states(&mut self, store: &Store) -> Result<(), StoreError> {
        let mut cached: HashMap<String, _> =
            store.states().await?.into_iter().map(|row| (row.agreement.clone(), row)).collect();
        for tip in self.found.tips.clone() {
            let stream = &tip.head.agreement;
            let row = cached.remove(stream.as_str());
            if self.found.damaged.contains_key(stream) {
                continue;
            }
            let mut folded = self.found.states.row(stream);
            match row {
                None => self.differs("agreement_state", stream, "has no cached state"),
                Some(row) => {
                    // The registry's version then is known only to who wrote the row.
                    folded = StateRow::new(stream, folded.version, row.registry_version, folded.state);
                    if row != folded {
                        self.differs("agreement_state", stream, "the cached state is not the fold of the records");
                    }
                }
            }
        }
        for stray in cached.into_keys() {
            self.differs("agreement_state", stray, "is cached, but no record is of this stream");
        }
        Ok(())
    }

    /// Verifies the checkpoints that are left, from the newest down.
    pub(super) fn verify_signatures(&mut self) {
        while let Some((row, checkpoint)) = self.reached.pop_back() {
            if self.verify_one(&row) && self.found.proven_size.is_none() {
                self.prove(row, checkpoint);
            }
        }
    }

    /// Verifies a checkpoint's signatures by the keys that the records under it name.
    pub(super) fn verify_one(&mut self, row: &CheckpointRow) -> bool {
        let keyring = &self.found.states.registry().keyring;
        // Before record 0 nothing names keys; its checkpoint is of the first ones.
        let keys = keyring.log_keys_signing(row.size.max(1));
        let verified = verify(row, self.chain.origin(), &keys);
        if let Err(reason) = &verified {
            self.differs("checkpoint", row.size, reason);
        }
        verified.is_ok()
    }

    /// Every stored cosignature is one, by its key, on its checkpoint.
    pub(super) async fn compare_cosignatures(&mut self, store: &Store) -> Result<(), StoreError> {
        let mut from = 0;
        while let Some(row) = store.cosigned_from(from, 1).await?.pop() {
            for cosignature in store.cosignatures(row.size).await? {
                let note = Note::parse(row.note.as_bytes()).map_err(|bad| bad.to_string());
                if let Err(reason) = note.and_then(|note| verified(&note, &cosignature)) {
                    self.differs("cosignature", row.size, reason);
                }
            }
            from = row.size.saturating_add(1);
        }
        Ok(())
    }

    /// Every stored timestamp is over its checkpoint, and says the time that stands beside it.
    pub(super) async fn compare_timestamps(&mut self, store: &Store) -> Result<(), StoreError> {
        let mut from = 0;
        while let Some(row) = store.timestamps(from, u64::MAX, 1).await?.pop() {
            let checkpoint = store.checkpoints(row.size, 1).await?.pop().filter(|stored| stored.size == row.size);
            let checked = match checkpoint {
                Some(checkpoint) => check(&row, &checkpoint, self.chain.origin()),
                None => Err("there is no such checkpoint".to_owned()),
            };
            if let Err(reason) = checked {
                self.differs("checkpoint_timestamp", row.size, reason);
            }
            from = row.size.saturating_add(1);
        }
        Ok(())
    }

    fn prove(&mut self, row: CheckpointRow, checkpoint: Checkpoint) {
        self.found.proven_size = Some(row.size);
        if row.size == self.target {
            let snapshot = self.snapshot.take();
            self.found.proven = snapshot.map(|(states, tips)| Proven { row, checkpoint, states, tips });
        }
    }
}

/// An empty ledger names no keys yet; its checkpoint has nothing to prove.
fn verify(row: &CheckpointRow, origin: &Origin, keys: &[VerifierKey]) -> Result<(), String> {
    if keys.is_empty() {
        return Ok(());
    }
    verify_checkpoint(row.note.as_bytes(), origin, keys).map(|_| ()).map_err(|error| error.to_string())
}
