//! The anchor: the newest published checkpoint, kept outside the database.
//!
//! A database can't vouch for its own end: cut short, or restored from an old backup, it passes
//! every check of its own. The anchor remembers how far the ledger has spoken, and is moved by
//! compare-and-swap only, before a checkpoint is shown to anybody.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};

use super::error::StoreError;
use super::rows::CheckpointRow;

/// A small SQLite file of its own with one row.
#[derive(Debug)]
pub struct Anchor {
    connection: SqliteConnection,
}

const CREATE: &str = "CREATE TABLE IF NOT EXISTS anchor \
    (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, note TEXT NOT NULL) STRICT";
const READ: &str = "SELECT id, size, note FROM anchor LIMIT 2";
const TOUCH: &str = "UPDATE anchor SET size = size";
const SET_FIRST: &str = "INSERT INTO anchor (id, size, note) VALUES (1, ?1, ?2)";
const MOVE: &str = "UPDATE anchor SET size = ?1, note = ?2 WHERE id = 1 AND size = ?3 AND note = ?4";

impl Anchor {
    /// Opens the anchor; makes an empty one when it is not there.
    ///
    /// # Errors
    ///
    /// The file can't be opened or written.
    pub async fn open(path: &Path) -> Result<Anchor, StoreError> {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let options = options.journal_mode(SqliteJournalMode::Truncate).synchronous(SqliteSynchronous::Full);
        let mut connection = options.disable_statement_logging().connect().await?;
        sqlx::query(CREATE).execute(&mut connection).await?;
        // A file that can be opened but not written shows here, not after the first event is stored.
        let mut turn = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(TOUCH).execute(&mut *turn).await?;
        turn.rollback().await?;
        Ok(Anchor { connection })
    }

    /// Reads an anchor without changing what it says; `None` when there is no file or no row.
    ///
    /// # Errors
    ///
    /// The file is there but can't be read.
    pub async fn peek(path: &Path) -> Result<Option<CheckpointRow>, StoreError> {
        if !path.is_file() {
            return Ok(None);
        }
        match Anchor::read_at(path, true).await {
            // A killed server left a move half done; SQLite takes it back before it reads.
            Err(StoreError::ReadOnly(_)) => Anchor::read_at(path, false).await,
            row => row,
        }
    }

    async fn read_at(path: &Path, read_only: bool) -> Result<Option<CheckpointRow>, StoreError> {
        let options = SqliteConnectOptions::new().filename(path).read_only(read_only);
        let mut anchor = Anchor { connection: options.disable_statement_logging().connect().await? };
        let row = anchor.read().await;
        anchor.close().await;
        row
    }

    /// The checkpoint that it holds; none before the first.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub async fn read(&mut self) -> Result<Option<CheckpointRow>, StoreError> {
        let rows = sqlx::query(READ).fetch_all(&mut self.connection).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        if rows.len() > 1 || row.try_get::<i64, _>("id")? != 1 {
            return Err(StoreError::Damaged("anchor: its one row is not row 1".to_owned()));
        }
        let size: i64 = row.try_get("size")?;
        let size = u64::try_from(size).map_err(|_| StoreError::Damaged("anchor: size is negative".to_owned()))?;
        Ok(Some(CheckpointRow { size, note: row.try_get("note")? }))
    }

    /// Moves from `old` to `new`, durably, if it still stands at `old`.
    ///
    /// # Errors
    ///
    /// It stood elsewhere, or the file can't be written; after the latter it may have moved.
    pub async fn swap(&mut self, old: Option<&CheckpointRow>, new: &CheckpointRow) -> Result<(), StoreError> {
        let integer = |size: u64| i64::try_from(size).unwrap_or(i64::MAX);
        let query = match old {
            None => sqlx::query(SET_FIRST).bind(integer(new.size)).bind(&new.note),
            Some(old) => {
                let query = sqlx::query(MOVE).bind(integer(new.size)).bind(&new.note);
                query.bind(integer(old.size)).bind(&old.note)
            }
        };
        match query.execute(&mut self.connection).await {
            Ok(done) if done.rows_affected() == 1 => Ok(()),
            Ok(_) => Err(moved()),
            Err(error) if error.as_database_error().is_some_and(|e| e.is_unique_violation()) => Err(moved()),
            Err(error) => Err(error.into()),
        }
    }

    /// Lets go of the file.
    pub async fn close(self) {
        let _ = self.connection.close().await;
    }
}

fn moved() -> StoreError {
    StoreError::Moved("the anchor is not where this process left it".to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn row(size: u64, note: &str) -> CheckpointRow {
        CheckpointRow { size, note: note.to_owned() }
    }

    #[tokio::test]
    async fn moves_only_from_where_it_stands() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("anchor.db");
        let mut anchor = Anchor::open(&path).await.unwrap();
        assert_eq!(anchor.read().await.unwrap(), None);
        anchor.swap(None, &row(0, "a")).await.unwrap();
        assert!(matches!(anchor.swap(None, &row(1, "x")).await, Err(StoreError::Moved(_))));
        anchor.swap(Some(&row(0, "a")), &row(2, "b")).await.unwrap();
        assert!(matches!(anchor.swap(Some(&row(0, "a")), &row(3, "c")).await, Err(StoreError::Moved(_))));
        assert!(matches!(anchor.swap(Some(&row(2, "a")), &row(3, "c")).await, Err(StoreError::Moved(_))));
        anchor.close().await;
        assert_eq!(Anchor::peek(&path).await.unwrap(), Some(row(2, "b")));
    }

    #[tokio::test]
    async fn an_anchor_that_can_only_be_read_is_found_out_when_it_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("anchor.db");
        let mut anchor = Anchor::open(&path).await.unwrap();
        anchor.swap(None, &row(1, "a")).await.unwrap();
        anchor.close().await;
        // SQLite refuses to write a file of a later format, whoever asks: byte 18 of its header.
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[18] = 9;
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(Anchor::open(&path).await, Err(StoreError::ReadOnly(_))));
        assert_eq!(Anchor::peek(&path).await.unwrap(), Some(row(1, "a")));
    }

    #[tokio::test]
    async fn a_move_that_was_killed_half_way_is_read_as_it_stood_before() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("anchor.db");
        let mut anchor = Anchor::open(&path).await.unwrap();
        anchor.swap(None, &row(1, &"a".repeat(9000))).await.unwrap();
        // A page cache of nothing spills the change into the file before its commit.
        sqlx::raw_sql("PRAGMA cache_size = 1; PRAGMA cache_spill = 1").execute(&mut anchor.connection).await.unwrap();
        let mut turn = anchor.connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::query(MOVE)
            .bind(2)
            .bind("b".repeat(90_000))
            .bind(1)
            .bind("a".repeat(9000))
            .execute(&mut *turn)
            .await
            .unwrap();
        let killed = dir.path().join("killed.db");
        std::fs::copy(&path, &killed).unwrap();
        std::fs::copy(dir.path().join("anchor.db-journal"), dir.path().join("killed.db-journal")).unwrap();
        turn.rollback().await.unwrap();
        assert!(matches!(Anchor::read_at(&killed, true).await, Err(StoreError::ReadOnly(_))));
        assert_eq!(Anchor::peek(&killed).await.unwrap(), Some(row(1, &"a".repeat(9000))));
    }

    #[tokio::test]
    async fn a_row_of_another_number_is_no_empty_anchor() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("anchor.db");
        let mut anchor = Anchor::open(&path).await.unwrap();
        anchor.swap(None, &row(1, "a")).await.unwrap();
        let moved = "PRAGMA ignore_check_constraints = ON; UPDATE anchor SET id = 9";
        sqlx::raw_sql(moved).execute(&mut anchor.connection).await.unwrap();
        assert!(matches!(anchor.read().await, Err(StoreError::Damaged(_))));
    }

    #[tokio::test]
    async fn peeking_makes_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("anchor.db");
        assert_eq!(Anchor::peek(&path).await.unwrap(), None);
        assert!(!path.exists());
    }
}
