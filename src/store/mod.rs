//! Where records are kept. Every backend is native and passes one conformance suite.
//!
//! [`Store`] reads, and can be shared; [`Writer`] is owned by the one task that writes; a
//! [`Turn`] is its transaction, which begins by locking the ledger's head.

pub mod anchor;
pub mod error;
pub mod rows;
pub mod sqlite;

#[cfg(test)]
mod conformance;

use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::tree::node::NodeId;

use error::StoreError;
use rows::{Batch, CheckpointRow, CosignatureRow, DisclosureRow, Head, RecordRow, StateRow, StreamRow, TimestampRow};
use sqlite::{SqliteStore, SqliteTurn, SqliteWriter};

/// Reads committed data only.
#[derive(Debug, Clone)]
pub enum Store {
    /// A file.
    Sqlite(SqliteStore),
}

/// The writing end; there is one.
#[derive(Debug)]
pub enum Writer {
    /// A connection of its own.
    Sqlite(SqliteWriter),
}

/// A transaction that holds the ledger's head. Dropped without commit, it leaves nothing.
pub enum Turn<'a> {
    /// `BEGIN IMMEDIATE`.
    Sqlite(SqliteTurn<'a>),
}

impl Store {
    /// Opens for reading and writing; makes the database and its tables when they are not there.
    ///
    /// # Errors
    ///
    /// Another process writes it, it can't be written, or its schema is newer than this program.
    pub async fn open(url: &str) -> Result<(Store, Writer), StoreError> {
        let (store, writer) = sqlite::open(url).await?;
        Ok((Store::Sqlite(store), Writer::Sqlite(writer)))
    }

    /// The same, for a database that must be there.
    ///
    /// # Errors
    ///
    /// It is not there, or [`Store::open`] fails.
    pub async fn open_existing(url: &str) -> Result<(Store, Writer), StoreError> {
        sqlite::check_exists(url)?;
        Store::open(url).await
    }

    /// Opens for reading only, as of one moment; a server may be writing meanwhile.
    ///
    /// # Errors
    ///
    /// It is not there, or is no database of this kind.
    pub async fn open_reader(url: &str) -> Result<Store, StoreError> {
        Ok(Store::Sqlite(sqlite::open_reader(url).await?))
    }

    /// The end of the ledger as the head row says.
    ///
    /// # Errors
    ///
    /// The database fails, as for all that follow.
    pub async fn head(&self) -> Result<Head, StoreError> {
        let Store::Sqlite(store) = self;
        store.head().await
    }

    /// Number of records by counting, and the first index beyond them.
    pub async fn count_records(&self) -> Result<(u64, u64), StoreError> {
        let Store::Sqlite(store) = self;
        store.count_records().await
    }

    /// Records `from..to` in order, `limit` rows at most.
    pub async fn records(&self, from: u64, to: u64, limit: u32) -> Result<Vec<RecordRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.records(from, to, limit).await
    }

    /// Records of one stream after version `after` and below index `to`, in order.
    pub async fn stream_records(
        &self,
        agreement: &StreamId,
        after: u64,
        to: u64,
        limit: u32,
    ) -> Result<Vec<RecordRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.stream_records(agreement, after, to, limit).await
    }

    /// The record of an event id.
    pub async fn record_of(&self, event: &EventId) -> Result<Option<RecordRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.record_of(event).await
    }

    /// The heads of all streams, by number.
    pub async fn stream_heads(&self) -> Result<Vec<StreamRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.stream_heads().await
    }

    /// Stored tree nodes, in the order asked for.
    pub async fn nodes(&self, ids: &[NodeId]) -> Result<Vec<Option<Hash>>, StoreError> {
        let Store::Sqlite(store) = self;
        store.nodes(ids).await
    }

    /// How many tree nodes are stored.
    pub async fn count_nodes(&self) -> Result<u64, StoreError> {
        let Store::Sqlite(store) = self;
        store.count_nodes().await
    }

    /// What the database itself finds wrong with how it keeps rows and indexes: an index that
    /// misses a row hides it, though the row is whole.
    pub async fn structure(&self) -> Result<Vec<String>, StoreError> {
        let Store::Sqlite(store) = self;
        store.structure().await
    }

    /// The newest stored checkpoint.
    pub async fn newest_checkpoint(&self) -> Result<Option<CheckpointRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.newest_checkpoint().await
    }

    /// The earliest checkpoint that contains record `index`.
    pub async fn checkpoint_covering(&self, index: u64) -> Result<Option<CheckpointRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.checkpoint_covering(index).await
    }

    /// Checkpoints of `size` records and more, in order.
    pub async fn checkpoints(&self, size: u64, limit: u32) -> Result<Vec<CheckpointRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.checkpoints(size, limit).await
    }

    /// Cosignatures of the checkpoint of `size` records, each key's earliest first.
    pub async fn cosignatures(&self, size: u64) -> Result<Vec<CosignatureRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.cosignatures(size).await
    }

    /// Checkpoints of `size` records and more that bear cosignatures, in order.
    pub async fn cosigned_from(&self, size: u64, limit: u32) -> Result<Vec<CheckpointRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.cosigned_from(size, limit).await
    }

    /// Checkpoints of at most `size` records that bear cosignatures, the newest first.
    pub async fn cosigned_down(&self, size: u64, limit: u32) -> Result<Vec<CheckpointRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.cosigned_down(size, limit).await
    }

    /// The newest cosignature by one key.
    pub async fn last_cosigned(&self, vkey: &str) -> Result<Option<CosignatureRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.last_cosigned(vkey).await
    }

    /// Timestamps of checkpoints of `size` to `most` records, in order.
    pub async fn timestamps(&self, size: u64, most: u64, limit: u32) -> Result<Vec<TimestampRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.timestamps(size, most, limit).await
    }

    /// The timestamp of the largest checkpoint of at most `size` records that has one.
    pub async fn newest_timestamp(&self, size: u64) -> Result<Option<TimestampRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.newest_timestamp(size).await
    }

    /// All cached states.
    pub async fn states(&self) -> Result<Vec<StateRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.states().await
    }

    /// Disclosures still held for one stream, in order of its records.
    pub async fn disclosures(&self, agreement: &StreamId) -> Result<Vec<DisclosureRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.disclosures(agreement).await
    }

    /// Every disclosure still held.
    pub async fn all_disclosures(&self) -> Result<Vec<DisclosureRow>, StoreError> {
        let Store::Sqlite(store) = self;
        store.all_disclosures().await
    }

    /// Lets go of the database.
    pub async fn close(&self) {
        let Store::Sqlite(store) = self;
        store.close().await;
    }
}

impl Writer {
    /// Takes the head and holds it.
    ///
    /// # Errors
    ///
    /// The database fails. After an error in any of a writer's steps nothing is known about what
    /// is stored: the process reopens the database rather than try again.
    pub async fn begin(&mut self) -> Result<Turn<'_>, StoreError> {
        let Writer::Sqlite(writer) = self;
        Ok(Turn::Sqlite(writer.begin().await?))
    }

    /// Stores a checkpoint durably.
    ///
    /// # Errors
    ///
    /// There is one of that size already, or the database fails.
    pub async fn store_checkpoint(&mut self, checkpoint: &CheckpointRow) -> Result<(), StoreError> {
        let Writer::Sqlite(writer) = self;
        writer.store_checkpoint(checkpoint).await
    }

    /// Keeps cosignatures of stored checkpoints durably; those that are there already stay as they are.
    ///
    /// # Errors
    ///
    /// There is no checkpoint of one of the sizes, or the database fails.
    pub async fn store_cosignatures(&mut self, rows: &[CosignatureRow]) -> Result<(), StoreError> {
        let Writer::Sqlite(writer) = self;
        writer.store_cosignatures(rows).await
    }

    /// Keeps the timestamp of a stored checkpoint durably; one that is there already stays as it is.
    ///
    /// # Errors
    ///
    /// There is no checkpoint of that size, or the database fails.
    pub async fn store_timestamp(&mut self, row: &TimestampRow) -> Result<(), StoreError> {
        let Writer::Sqlite(writer) = self;
        writer.store_timestamp(row).await
    }

    /// Writes the whole cache of states anew.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn replace_states(&mut self, states: &[StateRow]) -> Result<(), StoreError> {
        let Writer::Sqlite(writer) = self;
        writer.replace_states(states).await
    }

    /// Moves what was erased out of the log of recent writes too; false when somebody still reads an older state, and
    /// it has to be tried again.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn forget_erased(&mut self) -> Result<bool, StoreError> {
        let Writer::Sqlite(writer) = self;
        writer.forget_erased().await
    }

    /// Gives up the database cleanly.
    pub async fn close(self) {
        let Writer::Sqlite(writer) = self;
        writer.close().await;
    }
}

impl Turn<'_> {
    /// The head that this turn holds.
    pub fn head(&self) -> Head {
        let Turn::Sqlite(turn) = self;
        turn.head()
    }

    /// The record of an event id, if there is one.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn record_of(&mut self, event: &EventId) -> Result<Option<RecordRow>, StoreError> {
        let Turn::Sqlite(turn) = self;
        turn.record_of(event).await
    }

    /// Leaf hash of one version of a stream.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn leaf_of(&mut self, agreement: &StreamId, version: u64) -> Result<Option<Hash>, StoreError> {
        let Turn::Sqlite(turn) = self;
        turn.leaf_of(agreement, version).await
    }

    /// Writes a batch; it continues the head that this turn holds.
    ///
    /// # Errors
    ///
    /// The database refuses a row, or fails.
    pub async fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let Turn::Sqlite(turn) = self;
        turn.append(batch).await
    }

    /// Makes it durable. An error leaves open whether it is.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Turn::Sqlite(turn) = self;
        turn.commit().await
    }
}
