//! What can go wrong with a store, in words for the operator.

use std::path::{Path, PathBuf};

/// A store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Not a database that this program can use.
    #[error("database URL {url:?}: {reason}. Use sqlite:PATH, such as sqlite:sinetti-data/sinetti.db")]
    Url {
        /// As given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nothing there to read.
    #[error("there is no database at {0}. Check the path, or let `sinetti serve` found a ledger there")]
    Missing(PathBuf),
    /// Another process writes it.
    #[error("{0} is in use by another process. One server writes a ledger on SQLite; stop the other one first")]
    InUse(PathBuf),
    /// No permission to write.
    #[error(
        "the database can't be written: {0}. Make the file, its -wal and its directory writable for this user, or mount it read-write"
    )]
    ReadOnly(String),
    /// Disk full.
    #[error("the disk is full: {0}. Make room, then start the server again")]
    Full(String),
    /// Locked for too long.
    #[error("the database stays locked: {0}. Stop the program that holds it open, then start the server again")]
    Busy(String),
    /// SQLite itself finds the file damaged.
    #[error("the database file is damaged: {0}. Keep a copy, run `sinetti verify`, restore the newest backup")]
    Damaged(String),
    /// Tables of a later program.
    #[error(
        "the database was written by a newer program (schema version {0}). Use that program; a ledger is never migrated back"
    )]
    NewerSchema(i64),
    /// Tables that a migration of this program did not make so.
    #[error(
        "the database's tables differ from this program's schema: {0}. Restore the newest backup, or use the program that made them"
    )]
    Schema(String),
    /// A database of something else.
    #[error(
        "the database is another program's: it holds a table {0:?}, and no ledger. Give another --database-url or --data-dir"
    )]
    Foreign(String),
    /// The library is too old to trust.
    #[error(
        "SQLite {0} can lose committed data (WAL reset race before 3.51.3). Build the program with its bundled SQLite"
    )]
    OldSqlite(String),
    /// Somebody else wrote in between.
    #[error(
        "the ledger moved while this writer held it: {0}. Another program writes this database; stop it, then start the server again"
    )]
    Moved(String),
    /// Anything else that the database or the disk says.
    #[error("the database failed: {0}. Look at the disk and the system log, then start the server again")]
    Failed(String),
}

impl StoreError {
    /// Says where.
    pub(crate) fn at(self, path: &Path) -> StoreError {
        let place = |text: String| format!("{}: {text}", path.display());
        match self {
            StoreError::ReadOnly(text) => StoreError::ReadOnly(place(text)),
            StoreError::Full(text) => StoreError::Full(place(text)),
            StoreError::Busy(text) => StoreError::Busy(place(text)),
            StoreError::Damaged(text) => StoreError::Damaged(place(text)),
            StoreError::Schema(text) => StoreError::Schema(place(text)),
            StoreError::Failed(text) => StoreError::Failed(place(text)),
            other => other,
        }
    }
}

/// SQLite's primary result codes (https://sqlite.org/rescode.html).
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        let text = error.to_string();
        if matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) {
            return StoreError::Damaged(text);
        }
        if matches!(error, sqlx::Error::ColumnNotFound(_)) {
            return StoreError::Schema(text);
        }
        let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
        match code.map(|code| code & 0xff) {
            // The program's own statements are right: tables or columns are not there.
            Some(1) => StoreError::Schema(text),
            Some(5 | 6) => StoreError::Busy(text),
            Some(8) => StoreError::ReadOnly(text),
            Some(11 | 26) => StoreError::Damaged(text),
            Some(13) => StoreError::Full(text),
            _ => StoreError::Failed(text),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> StoreError {
        use sqlx::migrate::MigrateError as E;
        match error {
            E::VersionMissing(version) | E::VersionTooNew(version, _) => StoreError::NewerSchema(version),
            E::Execute(error) | E::ExecuteMigration(error, _) => error.into(),
            other => StoreError::Schema(other.to_string()),
        }
    }
}
