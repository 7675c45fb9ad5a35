//! Reading, one statement a question.

use sinetti_events::chain::StreamHead;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::node::NodeId;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteExecutor};

use super::SqliteStore;
use crate::store::error::StoreError;
use crate::store::rows::{
    CheckpointRow, CosignatureRow, DisclosureRow, Head, RecordRow, StateRow, StreamRow, TimestampRow,
};

impl SqliteStore {
    pub(crate) async fn head(&self) -> Result<Head, StoreError> {
        head(&self.readers).await
    }

    pub(crate) async fn count_records(&self) -> Result<(u64, u64), StoreError> {
        let row = sqlx::query(include_str!("sql/count_records.sql")).fetch_one(&self.readers).await?;
        Ok((number(&row, "records")?, number(&row, "beyond")?))
    }

    pub(crate) async fn records(&self, from: u64, to: u64, limit: u32) -> Result<Vec<RecordRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/records_from.sql"));
        let query = query.bind(integer(from)).bind(integer(to)).bind(limit);
        rows(query.fetch_all(&self.readers).await?, record)
    }

    pub(crate) async fn stream_records(
        &self,
        agreement: &StreamId,
        after: u64,
        to: u64,
        limit: u32,
    ) -> Result<Vec<RecordRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/stream_records.sql")).bind(agreement.as_str());
        let query = query.bind(integer(after)).bind(integer(to)).bind(limit);
        rows(query.fetch_all(&self.readers).await?, record)
    }

    pub(crate) async fn stream_heads(&self) -> Result<Vec<StreamRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/stream_heads.sql"));
        rows(query.fetch_all(&self.readers).await?, stream_head)
    }

    pub(crate) async fn record_of(&self, event: &EventId) -> Result<Option<RecordRow>, StoreError> {
        record_of(&self.readers, event).await
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
    }

    pub(crate) async fn nodes(&self, ids: &[NodeId]) -> Result<Vec<Option<Hash>>, StoreError> {
        let asked: Vec<(u8, u64)> = ids.iter().map(|id| (id.level, id.index)).collect();
        let query = sqlx::query(include_str!("sql/nodes.sql")).bind(serde_json::json!(asked).to_string());
        rows(query.fetch_all(&self.readers).await?, |row| optional_hash(row, "hash"))
    }

    pub(crate) async fn count_nodes(&self) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar(include_str!("sql/count_nodes.sql")).fetch_one(&self.readers).await?;
        Ok(count.unsigned_abs())
    }

    pub(crate) async fn structure(&self) -> Result<Vec<String>, StoreError> {
        let said: Vec<String> =
            sqlx::query_scalar(include_str!("sql/integrity_check.sql")).fetch_all(&self.readers).await?;
        Ok(said.into_iter().filter(|line| line != "ok").collect())
    }

    pub(crate) async fn newest_checkpoint(&self) -> Result<Option<CheckpointRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/newest_checkpoint.sql"));
        query.fetch_optional(&self.readers).await?.as_ref().map(checkpoint).transpose()
    }

    pub(crate) async fn checkpoint_covering(&self, index: u64) -> Result<Option<CheckpointRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/checkpoint_covering.sql")).bind(integer(index));
        query.fetch_optional(&self.readers).await?.as_ref().map(checkpoint).transpose()
    }

    pub(crate) async fn checkpoints(&self, size: u64, limit: u32) -> Result<Vec<CheckpointRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/checkpoints_from.sql")).bind(integer(size)).bind(limit);
        rows(query.fetch_all(&self.readers).await?, checkpoint)
    }

    pub(crate) async fn cosignatures(&self, size: u64) -> Result<Vec<CosignatureRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/cosignatures.sql")).bind(integer(size));
        rows(query.fetch_all(&self.readers).await?, cosignature)
    }

    pub(crate) async fn cosigned_from(&self, size: u64, limit: u32) -> Result<Vec<CheckpointRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/cosigned_from.sql")).bind(integer(size)).bind(limit);
        rows(query.fetch_all(&self.readers).await?, checkpoint)
    }

    pub(crate) async fn cosigned_down(&self, size: u64, limit: u32) -> Result<Vec<CheckpointRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/cosigned_down.sql")).bind(integer(size)).bind(limit);
        rows(query.fetch_all(&self.readers).await?, checkpoint)
    }

    pub(crate) async fn last_cosigned(&self, vkey: &str) -> Result<Option<CosignatureRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/last_cosigned.sql")).bind(vkey);
        query.fetch_optional(&self.readers).await?.as_ref().map(cosignature).transpose()
    }

    pub(crate) async fn timestamps(&self, size: u64, most: u64, limit: u32) -> Result<Vec<TimestampRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/timestamps_from.sql")).bind(integer(size)).bind(integer(most));
        rows(query.bind(limit).fetch_all(&self.readers).await?, timestamp)
    }

    pub(crate) async fn newest_timestamp(&self, size: u64) -> Result<Option<TimestampRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/newest_timestamp.sql")).bind(integer(size));
        query.fetch_optional(&self.readers).await?.as_ref().map(timestamp).transpose()
    }

    pub(crate) async fn states(&self) -> Result<Vec<StateRow>, StoreError> {
        rows(sqlx::query(include_str!("sql/states.sql")).fetch_all(&self.readers).await?, state)
    }

    pub(crate) async fn disclosures(&self, agreement: &StreamId) -> Result<Vec<DisclosureRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/disclosures.sql")).bind(agreement.as_str());
        rows(query.fetch_all(&self.readers).await?, disclosure)
    }

    pub(crate) async fn all_disclosures(&self) -> Result<Vec<DisclosureRow>, StoreError> {
        let query = sqlx::query(include_str!("sql/all_disclosures.sql"));
        rows(query.fetch_all(&self.readers).await?, disclosure)
    }
}

pub(super) async fn head(executor: impl SqliteExecutor<'_>) -> Result<Head, StoreError> {
    let query = sqlx::query(include_str!("sql/ledger_head.sql"));
    let row = query.fetch_optional(executor).await?;
    let row = row.ok_or_else(|| StoreError::Damaged("the row of ledger_head is gone".to_owned()))?;
    let leaf = optional_hash(&row, "leaf")?;
    let at: Option<i64> = row.try_get("recorded_at")?;
    let at = at.map(Instant::from_unix_ms).transpose().map_err(|bad| damaged("ledger_head.recorded_at", bad))?;
    Ok(Head { size: number(&row, "size")?, last: leaf.zip(at) })
}

pub(super) async fn record_of(
    executor: impl SqliteExecutor<'_>,
    event: &EventId,
) -> Result<Option<RecordRow>, StoreError> {
    let query = sqlx::query(include_str!("sql/record_of_event.sql")).bind(event.to_string());
    query.fetch_optional(executor).await?.as_ref().map(record).transpose()
}

pub(super) async fn leaf_of(
    executor: impl SqliteExecutor<'_>,
    agreement: &StreamId,
    version: u64,
) -> Result<Option<Hash>, StoreError> {
    let query = sqlx::query(include_str!("sql/leaf_of_version.sql")).bind(agreement.as_str()).bind(integer(version));
    let row = query.fetch_optional(executor).await?;
    row.map_or(Ok(None), |row| optional_hash(&row, "leaf"))
}

/// SQLite's integers are signed; sizes stay below 2^63 (FORMATS, Encodings).
pub(super) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn rows<T>(rows: Vec<SqliteRow>, parse: impl FnMut(&SqliteRow) -> Result<T, StoreError>) -> Result<Vec<T>, StoreError> {
    rows.iter().map(parse).collect()
}

fn record(row: &SqliteRow) -> Result<RecordRow, StoreError> {
    Ok(RecordRow {
        index: number(row, "index")?,
        agreement: row.try_get("agreement")?,
        version: number(row, "version")?,
        event_id: row.try_get("event_id")?,
        bytes: row.try_get("bytes")?,
        leaf: row.try_get("leaf")?,
        node: row.try_get("node")?,
    })
}

fn stream_head(row: &SqliteRow) -> Result<StreamRow, StoreError> {
    let agreement: &str = row.try_get("agreement")?;
    let agreement = agreement.parse().map_err(|bad| damaged("stream_head.agreement", bad))?;
    let leaf = optional_hash(row, "leaf")?.ok_or_else(|| damaged("stream_head.leaf", "is missing"))?;
    let head = StreamHead { agreement, version: number(row, "version")?, leaf };
    let index: Option<i64> = row.try_get("index")?;
    Ok(StreamRow { number: number(row, "number")?, head, index: index.map(i64::unsigned_abs) })
}

fn checkpoint(row: &SqliteRow) -> Result<CheckpointRow, StoreError> {
    Ok(CheckpointRow { size: number(row, "size")?, note: row.try_get("note")? })
}

fn cosignature(row: &SqliteRow) -> Result<CosignatureRow, StoreError> {
    Ok(CosignatureRow {
        size: number(row, "size")?,
        vkey: row.try_get("vkey")?,
        time: number(row, "time")?,
        signature: row.try_get("signature")?,
    })
}

fn timestamp(row: &SqliteRow) -> Result<TimestampRow, StoreError> {
    let time: i64 = row.try_get("time")?;
    Ok(TimestampRow {
        size: number(row, "size")?,
        time: Instant::from_unix_ms(time).map_err(|bad| damaged("checkpoint_timestamp.time", bad))?,
        authority: row.try_get("authority")?,
        token: row.try_get("token")?,
    })
}

fn state(row: &SqliteRow) -> Result<StateRow, StoreError> {
    Ok(StateRow {
        agreement: row.try_get("agreement")?,
        version: number(row, "version")?,
        registry_version: number(row, "registry_version")?,
        state: row.try_get("state")?,
        digest: row.try_get("digest")?,
    })
}

fn disclosure(row: &SqliteRow) -> Result<DisclosureRow, StoreError> {
    Ok(DisclosureRow {
        event_id: row.try_get("event_id")?,
        pointer: row.try_get("pointer")?,
        agreement: row.try_get("agreement")?,
        disclosure: row.try_get("disclosure")?,
    })
}

fn number(row: &SqliteRow, column: &'static str) -> Result<u64, StoreError> {
    let number: i64 = row.try_get(column)?;
    u64::try_from(number).map_err(|_| damaged(column, "is negative"))
}

fn optional_hash(row: &SqliteRow, column: &'static str) -> Result<Option<Hash>, StoreError> {
    let bytes: Option<&[u8]> = row.try_get(column)?;
    let hash = bytes.map(|bytes| bytes.try_into().map(Hash)).transpose();
    hash.map_err(|_| damaged(column, "is not 32 bytes"))
}

fn damaged(column: &str, reason: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("column {column}: {reason}"))
}
