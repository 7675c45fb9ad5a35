//! Databases that are not what the anchor has seen, and other things that lie where a ledger should.

use std::fs;
use std::path::Path;

use super::world::{World, agreement, slug};
use crate::ledger::{Ledger, OpenError, Options};
use crate::store::error::StoreError;

/// Copies the files of a closed ledger, without its documents.
pub(super) fn copy(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

#[tokio::test]
async fn an_old_backup_is_served_for_reading_and_never_signed_upon() {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.close().await;
    drop(ledger);
    let backup = tempfile::tempdir().unwrap();
    copy(world.dir.path(), backup.path());

    let ledger = world.open().await;
    let kept = world.text(&ledger).await;
    ledger.submit(kept.clone()).await.unwrap();
    let shown = ledger.checkpoint().await.unwrap();
    ledger.close().await;
    drop(ledger);
    fs::copy(backup.path().join("sinetti.db"), world.database()).unwrap();

    let ledger = world.open().await;
    let health = ledger.health();
    assert!(!health.writable);
    assert!(health.reason.unwrap().contains("the anchor has seen a checkpoint of 5"));
    assert_eq!(ledger.checkpoint().await.unwrap(), shown, "what was shown is not taken back");
    assert_eq!(slug(&ledger.submit(kept).await), "ledger-unavailable");
    assert!(ledger.view(&agreement(), None).await.unwrap().is_some());
    assert!(ledger.proof(&agreement(), 1).await.unwrap().is_some());
}

#[tokio::test]
async fn another_history_of_the_same_length_is_not_signed_upon() {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.close().await;
    drop(ledger);
    let other = world.copy();
    for world in [&world, &other] {
        let ledger = world.open().await;
        world.pass(if std::ptr::eq(world, &other) { 5 } else { 0 });
        ledger.submit(world.text(&ledger).await).await.unwrap();
        ledger.close().await;
    }
    fs::copy(other.database(), world.database()).unwrap();
    let ledger = world.open().await;
    assert!(!ledger.health().writable);
    assert!(ledger.health().reason.unwrap().contains("anchor"), "{:?}", ledger.health());
}

#[tokio::test]
async fn a_lost_anchor_needs_the_operators_word() {
    let world = World::new();
    let ledger = world.founded().await;
    let note = ledger.checkpoint().await.unwrap();
    ledger.close().await;
    drop(ledger);
    fs::remove_file(world.dir.path().join("anchor.db")).unwrap();
    let ledger = world.open().await;
    assert!(ledger.health().reason.unwrap().contains("--accept-missing-anchor"));
    ledger.close().await;
    drop(ledger);
    let options = Options { accept_missing_anchor: true, ..world.options() };
    let ledger = Ledger::open(options).await.unwrap();
    assert!(ledger.health().writable);
    assert_eq!(ledger.checkpoint().await.unwrap(), note, "nothing is signed twice");
    ledger.submit(world.text(&ledger).await).await.unwrap();
    ledger.close().await;
    drop(ledger);
    assert!(world.open().await.health().writable);
}

#[tokio::test]
async fn lost_log_keys_are_not_replaced() {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.close().await;
    drop(ledger);
    let path = world.dir.path().join("log-ed25519.pem");
    let key = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(matches!(Ledger::open(world.options()).await, Err(OpenError::LogKeys(_))));
    let stranger = World::new();
    stranger.open().await.close().await;
    fs::copy(stranger.dir.path().join("log-ed25519.pem"), &path).unwrap();
    let ledger = world.open().await;
    assert!(ledger.health().reason.unwrap().contains("log's keys"));
    ledger.close().await;
    drop(ledger);
    fs::write(&path, key).unwrap();
    assert!(world.open().await.health().writable);
}

#[tokio::test]
async fn one_server_at_a_time() {
    let world = World::new();
    let ledger = world.founded().await;
    assert!(matches!(Ledger::open(world.options()).await, Err(OpenError::InUse(_))));
    let elsewhere = tempfile::tempdir().unwrap();
    let options = Options { data_dir: elsewhere.path().to_owned(), ..world.options() };
    assert!(matches!(Ledger::open(options).await, Err(OpenError::Store(StoreError::InUse(_)))));
    ledger.close().await;
    // Closed it keeps nobody away, whoever still holds it.
    assert!(Ledger::open(world.options()).await.is_ok());
    drop(ledger);
}

#[tokio::test]
async fn a_database_of_another_ledger_is_named() {
    let world = World::new();
    world.founded().await.close().await;
    let options = Options { origin: "localhost/other".parse().unwrap(), ..world.options() };
    let error = Ledger::open(options).await.unwrap_err();
    assert!(matches!(error, OpenError::OtherLedger { .. }));
    assert!(error.to_string().contains("--origin localhost/sinetti"));
}

#[tokio::test]
async fn what_is_no_usable_database_is_refused_with_the_way_out() {
    use sqlx::{ConnectOptions as _, Connection as _};
    let world = World::new();
    let open = async |url: String| {
        let options = Options { database_url: url, ..world.options() };
        match Ledger::open(options).await {
            Err(OpenError::Store(error)) => error,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(open("postgres://localhost/x".to_owned()).await, StoreError::Url { .. }));
    let junk = world.dir.path().join("junk.db");
    fs::write(&junk, "this is no database at all, but a text of some length").unwrap();
    assert!(matches!(open(format!("sqlite:{}", junk.display())).await, StoreError::Damaged(_)));
    let foreign = world.dir.path().join("foreign.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&foreign).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql("CREATE TABLE bookmark (url TEXT)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let before = fs::read(&foreign).unwrap();
    let error = open(format!("sqlite:{}", foreign.display())).await;
    assert!(matches!(&error, StoreError::Foreign(table) if table == "bookmark"), "{error}");
    assert_eq!(fs::read(&foreign).unwrap(), before);
    world.founded().await.close().await;
    let read_only = format!("{}?mode=ro", world.options().database_url);
    assert!(matches!(open(read_only).await, StoreError::ReadOnly(_)));
    sql(
        &world,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', 1, x'00', 0)",
    )
    .await;
    assert!(matches!(open(world.options().database_url).await, StoreError::NewerSchema(9999)));
    assert!(matches!(
        Ledger::read(&world.options().database_url).await,
        Err(OpenError::Store(StoreError::NewerSchema(9999)))
    ));
    assert!(matches!(Ledger::read("sqlite:/nonexistent/x.db").await, Err(OpenError::Store(StoreError::Missing(_)))));
}

/// Runs SQL on a closed ledger's database, as a vandal would.
pub(super) async fn sql(world: &World, statement: &'static str) {
    use sqlx::{ConnectOptions as _, Connection as _};
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(world.database()).foreign_keys(false);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
