//! What a monitor remembers, in one SQLite file: the checkpoint that it saw last, every record and
//! node under it, and what was found. A look is one transaction, durable before it is told.

mod found;
mod log;
mod standing;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::Note;
use sinetti_projections::audit::Standing;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Row as _};
use tokio::runtime::Runtime;

use super::MonitorError;
use crate::store::error::StoreError;

pub use found::Found;

/// `PRAGMA application_id` of a monitor's state: "Sine" in ASCII.
const APPLICATION: i64 = 0x5369_6e65;

/// States made by another program are made anew from the records.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The newest checkpoint that was found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// As signed.
    pub note: String,
    /// What it says.
    pub checkpoint: Checkpoint,
}

/// What the file remembers of the ledger.
pub struct Remembered {
    /// The checkpoint.
    pub kept: Kept,
    /// Where its replay stands; none when another program made it, or it can't be read: then the
    /// records are to be judged anew.
    pub standing: Option<Standing>,
    /// The bundle that is read again next.
    pub reread: u64,
}

/// The file, which no other process has open.
pub struct State {
    runtime: Runtime,
    connection: SqliteConnection,
    path: PathBuf,
    _lock: File,
}

impl Kept {
    /// A checkpoint to be kept, its signatures unchecked.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn of(note: &[u8]) -> Result<Kept, String> {
        let note = Note::parse(note).map_err(|bad| bad.to_string())?;
        let checkpoint: Checkpoint =
            note.text().parse().map_err(|bad: sinetti_events::log::checkpoint::BadCheckpoint| bad.to_string())?;
        Ok(Kept { note: note.as_str().to_owned(), checkpoint })
    }
}

impl State {
    /// Opens the file; makes it where it is not there.
    ///
    /// # Errors
    ///
    /// It is in use, can't be read or written, or is something else.
    pub fn open(path: &Path) -> Result<State, MonitorError> {
        let lock = lock(path)?;
        let io = |reason: std::io::Error| MonitorError::Io { path: path.to_owned(), reason };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(io)?;
        let connection = runtime.block_on(connect(path))?;
        Ok(State { runtime, connection, path: path.to_owned(), _lock: lock })
    }

    /// Begins a look's transaction.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn begin(&mut self) -> Result<(), MonitorError> {
        self.run("BEGIN IMMEDIATE")
    }

    /// Makes all that was written since [`State::begin`] durable.
    ///
    /// # Errors
    ///
    /// The disk fails.
    pub fn commit(&mut self) -> Result<(), MonitorError> {
        self.run("COMMIT")
    }

    /// Takes all of it back.
    ///
    /// # Errors
    ///
    /// The disk fails.
    pub fn rollback(&mut self) -> Result<(), MonitorError> {
        self.run("ROLLBACK")
    }

    fn run(&mut self, sql: &'static str) -> Result<(), MonitorError> {
        let done = self.runtime.block_on(async { sqlx::raw_sql(sql).execute(&mut self.connection).await });
        done.map(drop).map_err(|error| self.failed(error))
    }

    /// Runs a statement that has one bind.
    fn put(&mut self, sql: &'static str, bind: String) -> Result<(), MonitorError> {
        let query = sqlx::query(sql).bind(bind);
        let done = self.runtime.block_on(async { query.execute(&mut self.connection).await });
        done.map(drop).map_err(|error| self.failed(error))
    }

    /// Runs a query that has one bind or none.
    fn rows(&mut self, sql: &'static str, bind: Option<String>) -> Result<Vec<SqliteRow>, MonitorError> {
        let query = sqlx::query(sql);
        let query = match bind {
            Some(bind) => query.bind(bind),
            None => query,
        };
        let rows = self.runtime.block_on(async { query.fetch_all(&mut self.connection).await });
        rows.map_err(|error| self.failed(error))
    }

    fn failed(&self, error: sqlx::Error) -> MonitorError {
        failed(&self.path, error)
    }

    pub(super) fn damaged(&self, reason: impl ToString) -> MonitorError {
        MonitorError::Damaged { path: self.path.clone(), reason: reason.to_string() }
    }
}

async fn connect(path: &Path) -> Result<SqliteConnection, MonitorError> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let options = options.journal_mode(SqliteJournalMode::Truncate).synchronous(SqliteSynchronous::Full);
    let failed = |error| failed(path, error);
    // Looked at before anything is changed: it may be somebody else's.
    let looking = SqliteConnectOptions::new().filename(path).create_if_missing(true).disable_statement_logging();
    let mut looking = looking.connect().await.map_err(failed)?;
    let id: i64 = sqlx::query("PRAGMA application_id").fetch_one(&mut looking).await.map_err(failed)?.get(0);
    let tables = sqlx::query("SELECT count(*) FROM sqlite_schema").fetch_one(&mut looking).await;
    let tables: i64 = tables.map_err(failed)?.get(0);
    sqlx::Connection::close(looking).await.map_err(failed)?;
    if id != APPLICATION && (id != 0 || tables != 0) {
        return Err(MonitorError::NoState(path.to_owned()));
    }
    let mut connection = options.disable_statement_logging().connect().await.map_err(failed)?;
    let tables = concat!("PRAGMA application_id = 1399418469;\n", include_str!("sql/tables.sql"));
    sqlx::raw_sql(tables).execute(&mut connection).await.map_err(failed)?;
    Ok(connection)
}

fn failed(path: &Path, error: sqlx::Error) -> MonitorError {
    let path = path.to_owned();
    match StoreError::from(error) {
        StoreError::Damaged(reason) | StoreError::Schema(reason) => MonitorError::Damaged { path, reason },
        reason => MonitorError::Store { path, reason },
    }
}

/// Keeps a second monitor away.
fn lock(path: &Path) -> Result<File, MonitorError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let failed = |reason: std::io::Error| MonitorError::Io { path: path.to_owned(), reason };
    let file = File::options().create(true).append(true).open(PathBuf::from(name)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(MonitorError::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// SQLite's integers are signed; places and sizes stay below 2^63.
fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
