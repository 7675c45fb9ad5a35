//! Writing: the one connection that may, in turns.

use std::fs::File;
use std::time::Duration;

use serde_json::json;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, StreamId};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Sqlite, Transaction};

use super::PATIENCE;
use super::read::{self, integer};
use crate::store::error::StoreError;
use crate::store::rows::{Batch, CheckpointRow, CosignatureRow, Head, RecordRow, StateRow, TimestampRow};

/// How long the writer waits for those who read an old state, where it can try again later.
const SHORT: Duration = Duration::from_millis(250);

/// The writing connection, and the lock that makes it the only one.
#[derive(Debug)]
pub struct SqliteWriter {
    connection: SqliteConnection,
    _lock: File,
}

/// One `BEGIN IMMEDIATE` transaction.
pub struct SqliteTurn<'a> {
    transaction: Transaction<'a, Sqlite>,
    head: Head,
}

impl SqliteWriter {
    pub(super) fn new(connection: SqliteConnection, lock: File) -> SqliteWriter {
        SqliteWriter { connection, _lock: lock }
    }

    pub(crate) async fn begin(&mut self) -> Result<SqliteTurn<'_>, StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        let head = read::head(&mut *transaction).await?;
        Ok(SqliteTurn { transaction, head })
    }

    pub(crate) async fn store_checkpoint(&mut self, checkpoint: &CheckpointRow) -> Result<(), StoreError> {
        let query = sqlx::query(include_str!("sql/insert_checkpoint.sql"));
        query.bind(integer(checkpoint.size)).bind(&checkpoint.note).execute(&mut self.connection).await?;
        Ok(())
    }

    pub(crate) async fn store_cosignatures(&mut self, rows: &[CosignatureRow]) -> Result<(), StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        for row in rows {
            let key = sqlx::query(include_str!("sql/insert_witness_key.sql")).bind(&row.vkey);
            key.execute(&mut *transaction).await?;
            let query = sqlx::query(include_str!("sql/insert_cosignature.sql")).bind(integer(row.size)).bind(&row.vkey);
            query.bind(integer(row.time)).bind(&row.signature).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub(crate) async fn store_timestamp(&mut self, row: &TimestampRow) -> Result<(), StoreError> {
        let query = sqlx::query(include_str!("sql/insert_timestamp.sql")).bind(integer(row.size));
        let query = query.bind(row.time.unix_ms()).bind(&row.authority).bind(&row.token);
        query.execute(&mut self.connection).await?;
        Ok(())
    }

    pub(crate) async fn replace_states(&mut self, states: &[StateRow]) -> Result<(), StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(include_str!("sql/delete_states.sql")).execute(&mut *transaction).await?;
        for state in states {
            put_state(&mut transaction, state).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub(crate) async fn forget_erased(&mut self) -> Result<bool, StoreError> {
        self.wait_for_readers(SHORT).await?;
        // Row: whether readers kept it from being done, pages in the log, pages moved.
        let busy: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut self.connection).await?;
        self.wait_for_readers(PATIENCE).await?;
        Ok(busy == 0)
    }

    async fn wait_for_readers(&mut self, limit: Duration) -> Result<(), StoreError> {
        let sql = format!("PRAGMA busy_timeout = {}", limit.as_millis());
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut self.connection).await?;
        Ok(())
    }

    pub(crate) async fn close(self) {
        // The lock is released after the connection has let go of the file. What closing answers
        // changes nothing: all that was acknowledged is durable already.
        let _ = self.connection.close().await;
    }

    #[cfg(test)]
    pub(crate) async fn run(&mut self, sql: &'static str) -> Result<u64, StoreError> {
        Ok(sqlx::raw_sql(sql).execute(&mut self.connection).await?.rows_affected())
    }
}

impl SqliteTurn<'_> {
    pub(crate) fn head(&self) -> Head {
        self.head
    }

    pub(crate) async fn record_of(&mut self, event: &EventId) -> Result<Option<RecordRow>, StoreError> {
        read::record_of(&mut *self.transaction, event).await
    }

    pub(crate) async fn leaf_of(&mut self, agreement: &StreamId, version: u64) -> Result<Option<Hash>, StoreError> {
        read::leaf_of(&mut *self.transaction, agreement, version).await
    }

    pub(crate) async fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let Some((_, last)) = batch.records.last() else { return Ok(()) };
        self.execute(include_str!("sql/insert_records.sql"), records(batch)).await?;
        self.execute(include_str!("sql/insert_nodes.sql"), nodes(batch)).await?;
        self.execute(include_str!("sql/put_stream_heads.sql"), heads(batch)).await?;
        self.move_head(last.record.index + 1, &last.leaf, last.record.recorded_at.unix_ms()).await?;
        for state in &batch.states {
            put_state(&mut self.transaction, state).await?;
        }
        self.execute(include_str!("sql/insert_disclosures.sql"), disclosures(batch)).await?;
        self.erase(batch).await
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }

    async fn execute(&mut self, sql: &'static str, rows: serde_json::Value) -> Result<(), StoreError> {
        sqlx::query(sql).bind(rows.to_string()).execute(&mut *self.transaction).await?;
        Ok(())
    }

    async fn move_head(&mut self, size: u64, leaf: &Hash, recorded_at: i64) -> Result<(), StoreError> {
        let query = sqlx::query(include_str!("sql/move_ledger_head.sql")).bind(integer(size)).bind(&leaf.0[..]);
        let query = query.bind(recorded_at).bind(integer(self.head.size));
        let moved = query.execute(&mut *self.transaction).await?.rows_affected();
        if moved == 1 { Ok(()) } else { Err(StoreError::Moved("ledger_head is not where it was".to_owned())) }
    }

    async fn erase(&mut self, batch: &Batch) -> Result<(), StoreError> {
        for (event, pointer) in &batch.erased {
            let query = sqlx::query(include_str!("sql/erase_disclosure.sql")).bind(event.to_string()).bind(pointer);
            query.execute(&mut *self.transaction).await?;
        }
        Ok(())
    }
}

async fn put_state(transaction: &mut Transaction<'_, Sqlite>, state: &StateRow) -> Result<(), StoreError> {
    let query = sqlx::query(include_str!("sql/put_state.sql")).bind(&state.agreement);
    let query = query.bind(integer(state.version)).bind(integer(state.registry_version));
    query.bind(&state.state).bind(&state.digest).execute(&mut **transaction).await?;
    Ok(())
}

/// Rows travel as one JSON array each: one statement a table, whatever the size of the batch.
fn records(batch: &Batch) -> serde_json::Value {
    let row = |(event, entry): &(EventId, sinetti_events::format::record::Entry)| {
        let record = &entry.record;
        // Records are canonical JSON, so their bytes are text.
        let bytes = String::from_utf8_lossy(&entry.bytes).into_owned();
        json!([record.index, record.agreement, record.version, event, bytes, hex::encode(entry.leaf.0)])
    };
    batch.records.iter().map(row).collect()
}

fn nodes(batch: &Batch) -> serde_json::Value {
    batch.nodes.iter().map(|(id, hash)| json!([id.level, id.index, hex::encode(hash.0)])).collect()
}

fn heads(batch: &Batch) -> serde_json::Value {
    let row = |(number, head): &(u64, sinetti_events::chain::StreamHead)| {
        json!([number, head.agreement, head.version, hex::encode(head.leaf.0)])
    };
    batch.heads.iter().map(row).collect()
}

fn disclosures(batch: &Batch) -> serde_json::Value {
    let row = |(agreement, disclosure): &(StreamId, sinetti_events::format::disclosure::Disclosure)| {
        json!([disclosure.event, disclosure.pointer, agreement, json!(disclosure).to_string()])
    };
    batch.disclosures.iter().map(row).collect()
}
