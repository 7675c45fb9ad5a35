//! What a witness remembers, in one SQLite file: durable before it answers, moved by
//! compare-and-swap only, so that no kill, race or second process makes it sign two histories.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use serde_json::json;
use sinetti_events::chain::{Chain, StreamHead};
use sinetti_events::log::checkpoint::TreeHead;
use sinetti_events::log::note::Note;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Row as _, Sqlite, Transaction};
use tokio::sync::Mutex;

use super::follow::Followed;
use crate::store::error::StoreError;

/// The newest checkpoint that the witness cosigned for a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it says.
    pub head: TreeHead,
    /// The signed note: the log's signatures that were verified, and the witness's own.
    pub note: String,
    /// When it was cosigned, in seconds since 1970.
    pub time: u64,
}

/// The file, which no other process has open.
#[derive(Debug)]
pub struct State {
    connection: Mutex<SqliteConnection>,
    path: PathBuf,
    _lock: File,
}

/// The file can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// Another witness.
    #[error(
        "the state {0} is in use by another process; one witness keeps it. Stop the other one, or give another --state"
    )]
    InUse(PathBuf),
    /// The lock.
    #[error("the state {path} can't be used: {reason}. Give another with --state, or make it and its folder writable")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// SQLite.
    #[error("the state {path}: {reason}")]
    Store {
        /// Which.
        path: PathBuf,
        /// What failed.
        reason: StoreError,
    },
    /// Not what this program writes.
    #[error(
        "the state {path} is damaged: {reason}. Restore its newest backup. Never begin with an empty one under the same key: \
         the witness might sign a second history"
    )]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// Somebody else moved it.
    #[error("the state {0} is not where this witness left it; another program writes it")]
    Moved(PathBuf),
}

impl State {
    /// Opens the file; makes it where it is not there.
    ///
    /// # Errors
    ///
    /// It is in use, or can't be read or written.
    pub async fn open(path: &Path) -> Result<State, StateError> {
        let lock = lock(path)?;
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let options = options.journal_mode(SqliteJournalMode::Truncate).synchronous(SqliteSynchronous::Full);
        let failed = |error: sqlx::Error| StateError::Store { path: path.to_owned(), reason: error.into() };
        let mut connection = options.disable_statement_logging().connect().await.map_err(failed)?;
        sqlx::raw_sql(include_str!("sql/tables.sql")).execute(&mut connection).await.map_err(failed)?;
        Ok(State { connection: Mutex::new(connection), path: path.to_owned(), _lock: lock })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was cosigned last for the log `origin`.
    ///
    /// # Errors
    ///
    /// It can't be read, or is damaged.
    pub async fn kept(&self, origin: &str) -> Result<Option<Kept>, StateError> {
        let mut connection = self.connection.lock().await;
        let query = sqlx::query(include_str!("sql/witnessed.sql")).bind(origin);
        let row = query.fetch_optional(&mut *connection).await.map_err(|error| self.failed(error))?;
        let Some(row) = row else { return Ok(None) };
        let size: i64 = row.try_get("size").map_err(|error| self.failed(error))?;
        let time: i64 = row.try_get("time").map_err(|error| self.failed(error))?;
        let note: String = row.try_get("note").map_err(|error| self.failed(error))?;
        let head = Note::parse(note.as_bytes()).ok().and_then(|note| note.text().parse::<TreeHead>().ok());
        let head = head.filter(|head| head.origin == origin && head.size == size.unsigned_abs());
        let head = head.ok_or_else(|| self.damaged(format!("the checkpoint of {origin} is unreadable")))?;
        Ok(Some(Kept { head, note, time: time.unsigned_abs() }))
    }

    /// Moves the log of `new` on from `old`, durably, with how far its records were read.
    ///
    /// # Errors
    ///
    /// It stood elsewhere, or the file can't be written; after the latter it may have moved.
    pub async fn swap(&self, old: Option<&Kept>, new: &Kept, followed: Option<&Followed>) -> Result<(), StateError> {
        let mut connection = self.connection.lock().await;
        let begun = connection.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(|error| self.failed(error))?;
        let Kept { head, note, time } = new;
        let query = match old {
            None => sqlx::query(include_str!("sql/first.sql")),
            Some(_) => sqlx::query(include_str!("sql/move.sql")),
        };
        let query = query.bind(&head.origin).bind(integer(head.size)).bind(integer(*time)).bind(note);
        let query = match old {
            None => query,
            Some(old) => query.bind(integer(old.head.size)).bind(&old.note),
        };
        match query.execute(&mut *transaction).await {
            Ok(done) if done.rows_affected() == 1 => {}
            Ok(_) => return Err(StateError::Moved(self.path.clone())),
            Err(error) if error.as_database_error().is_some_and(|error| error.is_unique_violation()) => {
                return Err(StateError::Moved(self.path.clone()));
            }
            Err(error) => return Err(self.failed(error)),
        }
        if let Some(followed) = followed {
            put_followed(&mut transaction, followed).await.map_err(|error| self.failed(error))?;
        }
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// How far the log `origin` was read; nothing, when that is not to be believed, which sends the
    /// reader back to its beginning.
    ///
    /// # Errors
    ///
    /// It can't be read.
    pub async fn followed(&self, origin: &Origin) -> Result<Option<Followed>, StateError> {
        let mut connection = self.connection.lock().await;
        let query = sqlx::query(include_str!("sql/followed.sql")).bind(origin.as_str());
        let row = query.fetch_optional(&mut *connection).await.map_err(|error| self.failed(error))?;
        let Some(row) = row else { return Ok(None) };
        let query = sqlx::query(include_str!("sql/followed_streams.sql")).bind(origin.as_str());
        let rows = query.fetch_all(&mut *connection).await.map_err(|error| self.failed(error))?;
        let streams = rows.iter().enumerate().map(|(number, row)| stream(number, row)).collect::<Option<Vec<_>>>();
        Ok(streams.and_then(|streams| resume(origin, &row, streams)))
    }

    fn failed(&self, error: sqlx::Error) -> StateError {
        StateError::Store { path: self.path.clone(), reason: error.into() }
    }

    fn damaged(&self, reason: String) -> StateError {
        StateError::Damaged { path: self.path.clone(), reason }
    }
}

async fn put_followed(transaction: &mut Transaction<'_, Sqlite>, followed: &Followed) -> Result<(), sqlx::Error> {
    let Followed { chain, tree } = followed;
    let origin = chain.origin().as_str();
    let peaks: Vec<Hash> = tree.peaks().into_iter().map(|(_, hash)| hash).collect();
    let query = sqlx::query(include_str!("sql/put_followed.sql")).bind(origin).bind(integer(tree.size()));
    let query = query.bind(json!(peaks).to_string()).bind(chain.last().map(|(leaf, _)| leaf.to_string()));
    query.bind(chain.last().map(|(_, at)| at.unix_ms())).execute(&mut **transaction).await?;
    let stream = |(number, head): (usize, &StreamHead)| json!([number, head.agreement, head.version, head.leaf]);
    let streams: serde_json::Value = chain.streams().iter().enumerate().map(stream).collect();
    let query = sqlx::query(include_str!("sql/put_followed_streams.sql")).bind(origin);
    query.bind(streams.to_string()).execute(&mut **transaction).await?;
    Ok(())
}

fn stream(number: usize, row: &sqlx::sqlite::SqliteRow) -> Option<StreamHead> {
    let stored: i64 = row.try_get("number").ok()?;
    let version: i64 = row.try_get("version").ok()?;
    let agreement = row.try_get::<&str, _>("agreement").ok()?.parse().ok()?;
    let leaf = row.try_get::<&str, _>("leaf").ok()?.parse().ok()?;
    let in_order = usize::try_from(stored).is_ok_and(|stored| stored == number);
    in_order.then_some(StreamHead { agreement, version: version.unsigned_abs(), leaf })
}

fn resume(origin: &Origin, row: &sqlx::sqlite::SqliteRow, streams: Vec<StreamHead>) -> Option<Followed> {
    let size = u64::try_from(row.try_get::<i64, _>("size").ok()?).ok()?;
    let peaks: Vec<Hash> = serde_json::from_str(row.try_get("peaks").ok()?).ok()?;
    let leaf: Option<String> = row.try_get("leaf").ok()?;
    let at: Option<i64> = row.try_get("recorded_at").ok()?;
    let last = match (leaf, at) {
        (Some(leaf), Some(at)) => Some((leaf.parse().ok()?, Instant::from_unix_ms(at).ok()?)),
        _ => None,
    };
    let tree = Frontier::from_peaks(size, peaks).ok()?;
    Some(Followed { chain: Chain::resume(origin.clone(), size, last, streams), tree })
}

/// SQLite's integers are signed; sizes and times stay below 2^63.
fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Two witnesses with one key and two memories could sign two histories.
fn lock(path: &Path) -> Result<File, StateError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let failed = |error: std::io::Error| StateError::Io { path: path.to_owned(), reason: error.to_string() };
    let file = File::options().create(true).append(true).open(PathBuf::from(name)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StateError::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kept(size: u64, root: u8, time: u64) -> Kept {
        let head = TreeHead { origin: "localhost/sinetti".to_owned(), size, root: Hash([root; 32]) };
        let note = format!("localhost/sinetti\n{size}\n{}\n\n— localhost/sinetti AAAAAAA=\n", head.root);
        Kept { head, note, time }
    }

    #[tokio::test]
    async fn a_log_moves_only_from_where_it_stands_and_never_back() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("witness.db");
        let state = State::open(&path).await.unwrap();
        assert_eq!(state.kept("localhost/sinetti").await.unwrap(), None);
        let (first, second) = (kept(3, 1, 10), kept(5, 2, 20));
        state.swap(None, &first, None).await.unwrap();
        let moved = Err(StateError::Moved(path.clone()));
        assert_eq!(state.swap(None, &second, None).await, moved);
        assert_eq!(state.swap(Some(&kept(3, 9, 10)), &second, None).await, moved, "another root of that size");
        assert_eq!(state.swap(Some(&first), &kept(2, 1, 30), None).await, moved, "smaller");
        state.swap(Some(&first), &second, None).await.unwrap();
        assert_eq!(state.swap(Some(&first), &kept(4, 1, 30), None).await, moved);
        assert_eq!(state.kept("localhost/sinetti").await.unwrap(), Some(second));
        assert_eq!(state.kept("localhost/other").await.unwrap(), None);
    }

    #[tokio::test]
    async fn how_far_a_log_was_read_is_remembered() {
        let dir = tempfile::tempdir().unwrap();
        let state = State::open(&dir.path().join("witness.db")).await.unwrap();
        let origin: Origin = "localhost/sinetti".parse().unwrap();
        assert!(state.followed(&origin).await.unwrap().is_none());
        let mut followed = Followed::new(origin.clone());
        state.swap(None, &kept(0, 0, 1), Some(&followed)).await.unwrap();
        assert_eq!(state.followed(&origin).await.unwrap().unwrap().tree, followed.tree);
        let streams = [("registry", 2u8), ("a", 7)].map(|(agreement, leaf)| StreamHead {
            agreement: agreement.parse().unwrap(),
            version: u64::from(leaf),
            leaf: Hash([leaf; 32]),
        });
        for leaf in 1..=3 {
            followed.tree.push(Hash([leaf; 32]));
        }
        let last = Some((Hash([3; 32]), Instant::from_unix_ms(1_700_000_000_123).unwrap()));
        followed.chain = Chain::resume(origin.clone(), 3, last, streams.to_vec());
        state.swap(Some(&kept(0, 0, 1)), &kept(3, 1, 2), Some(&followed)).await.unwrap();
        let read = state.followed(&origin).await.unwrap().unwrap();
        assert_eq!((read.tree, read.chain.last(), read.chain.size()), (followed.tree, last, 3));
        assert_eq!(read.chain.streams(), streams);
    }

    #[tokio::test]
    async fn one_witness_has_it_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("witness.db");
        let state = State::open(&path).await.unwrap();
        assert_eq!(State::open(&path).await.unwrap_err(), StateError::InUse(path.clone()));
        drop(state);
        assert!(State::open(&path).await.is_ok());
    }

    #[tokio::test]
    async fn a_damaged_memory_is_named_and_not_begun_anew() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("witness.db");
        std::fs::write(&path, "this is no database at all, but a text of some length").unwrap();
        assert!(matches!(State::open(&path).await, Err(StateError::Store { .. })));
        std::fs::remove_file(&path).unwrap();
        let state = State::open(&path).await.unwrap();
        let mut damaged = kept(3, 1, 10);
        damaged.note = damaged.note.replace("\n3\n", "\n4\n");
        state.swap(None, &damaged, None).await.unwrap();
        assert!(matches!(state.kept("localhost/sinetti").await, Err(StateError::Damaged { .. })));
    }
}
