//! SQLite: one file, one writer, readers apart.
//!
//! Write-ahead log with `synchronous=FULL`: a commit is durable when it returns. What the file
//! can't vouch for, its own end, the anchor does (`store::anchor`).

mod read;
mod write;

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};

use super::error::StoreError;

pub use write::{SqliteTurn, SqliteWriter};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");

/// SQLite before this can lose committed data when the write-ahead log is reset.
const OLDEST: (u32, u32, u32) = (3, 51, 3);

/// How long a connection waits for another's lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// Readers at a time.
const READERS: u32 = 4;

/// Reads, on connections that can't write.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    readers: SqlitePool,
}

/// Opens for writing: takes the lock, makes file and tables where they are missing.
pub(super) async fn open(url: &str) -> Result<(SqliteStore, SqliteWriter), StoreError> {
    let options = parse(url)?;
    let path = options.get_filename().to_owned();
    let lock = lock(&path)?;
    let create = !url.contains("mode=ro");
    if create {
        make_private(&path)?;
    }
    let connection = writable(options.clone().create_if_missing(create)).await;
    let connection = connection.map_err(|error| error.at(&path))?;
    Ok((readers(options), SqliteWriter::new(connection, lock)))
}

/// A connection to a database of ours, which it can write.
async fn writable(options: SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    check_ours(&options).await?;
    let mut connection = writing(options).connect().await?;
    check_version(&mut connection).await?;
    MIGRATIONS.run(&mut connection).await?;
    check_writable(&mut connection).await?;
    Ok(connection)
}

/// Whether a file is there.
pub(super) fn check_exists(url: &str) -> Result<(), StoreError> {
    let path = parse(url)?.get_filename().to_owned();
    if path.is_file() { Ok(()) } else { Err(StoreError::Missing(path)) }
}

/// Opens for reading.
pub(super) async fn open_reader(url: &str) -> Result<SqliteStore, StoreError> {
    let options = parse(url)?;
    let path = options.get_filename().to_owned();
    if !path.is_file() {
        return Err(StoreError::Missing(path));
    }
    let store = snapshot(options);
    let applied: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(&store.readers)
        .await
        .map_err(|error| StoreError::from(error).at(&path))?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max();
    match applied {
        Some(version) if Some(version) > known => Err(StoreError::NewerSchema(version)),
        Some(version) if Some(version) == known => Ok(store),
        _ => Err(StoreError::Schema("it has not been migrated; start `sinetti serve` on it once".to_owned())),
    }
}

fn parse(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    let refuse = |reason: &str| StoreError::Url { url: url.to_owned(), reason: reason.to_owned() };
    if !url.starts_with("sqlite:") {
        return Err(refuse("this program knows sqlite only"));
    }
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(refuse("a ledger is not kept in memory"));
    }
    let options = SqliteConnectOptions::from_str(url).map_err(|error| refuse(&error.to_string()))?;
    Ok(options.busy_timeout(PATIENCE).disable_statement_logging())
}

fn writing(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // Erased personal data is overwritten, not merely unlinked.
        .pragma("secure_delete", "ON")
        // Rarer checkpoints of the write-ahead log: steadier commit times.
        .pragma("wal_autocheckpoint", "16000")
        // REPLACE must not get past the append-only triggers.
        .pragma("recursive_triggers", "ON")
        .pragma("trusted_schema", "OFF")
}

/// Each question sees the newest commit.
fn readers(options: SqliteConnectOptions) -> SqliteStore {
    let pool = SqlitePoolOptions::new().max_connections(READERS).min_connections(0);
    SqliteStore { readers: pool.connect_lazy_with(reading(options)) }
}

/// All questions see one commit, though a server goes on writing.
fn snapshot(options: SqliteConnectOptions) -> SqliteStore {
    let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let pool = pool.after_connect(|connection, _| {
        Box::pin(async move { sqlx::query("BEGIN").execute(connection).await.map(|_| ()) })
    });
    SqliteStore { readers: pool.connect_lazy_with(reading(options)) }
}

fn reading(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.create_if_missing(false).read_only(true).pragma("query_only", "ON")
}

/// A file that can be opened but not written shows here, not at the first event.
async fn check_writable(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut turn = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("UPDATE ledger_head SET size = size").execute(&mut *turn).await?;
    Ok(turn.rollback().await?)
}

/// Another program's database is left as it is, its journal included.
async fn check_ours(options: &SqliteConnectOptions) -> Result<(), StoreError> {
    let mut connection = options.connect().await?;
    let query = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name = '_sqlx_migrations' DESC LIMIT 1";
    let table: Option<String> = sqlx::query_scalar(query).fetch_optional(&mut connection).await?;
    connection.close().await?;
    match table {
        Some(table) if table != "_sqlx_migrations" => Err(StoreError::Foreign(table)),
        _ => Ok(()),
    }
}

async fn check_version(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    if parse_version(&version) >= Some(OLDEST) { Ok(()) } else { Err(StoreError::OldSqlite(version)) }
}

fn parse_version(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// A new file is for this user only: it will hold personal data. SQLite gives its log the same mode.
fn make_private(path: &Path) -> Result<(), StoreError> {
    match File::options().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::ReadOnly(format!("{}: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

/// Beside the database, so that servers with different data directories see it too.
fn lock(database: &Path) -> Result<File, StoreError> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let failed = |error: std::io::Error| StoreError::ReadOnly(format!("{}: {error}", path.display()));
    let file = File::options().create(true).append(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse(database.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(parse_version("3.51.3") >= Some(OLDEST));
        assert!(parse_version("3.100.0") >= Some(OLDEST));
        assert!(parse_version("3.51.2") < Some(OLDEST));
        assert!(parse_version("nonsense") < Some(OLDEST));
    }

    #[test]
    fn other_databases_are_refused_by_name() {
        for url in ["postgres://localhost/x", "sqlite::memory:", "sqlite:x?mode=memory", "x.db", "sqlite:x?mode=odd"] {
            assert!(matches!(parse(url), Err(StoreError::Url { .. })), "{url}");
        }
    }
}
