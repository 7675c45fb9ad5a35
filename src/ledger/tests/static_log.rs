//! The log as static files: the same bytes as the server's, proven before they are written, checkpoint last.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;

use super::world::World;
use crate::http;
use crate::ledger::Ledger;
use crate::objects::Folder;
use crate::objects::s3_server::S3Server;
use crate::static_log::{ExportError, Exported, export};

type Files = BTreeMap<String, Vec<u8>>;

/// Every file of a directory but the lock, by path.
fn files(dir: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files.extend(self::files(&path).into_iter().map(|(rest, bytes)| (format!("{name}/{rest}"), bytes)));
        } else if name != ".sinetti.lock" {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

/// Each file is what the server serves under the same path.
async fn assert_served(ledger: &Ledger, files: &Files) {
    let router: Router = http::router(ledger.clone(), http::Config::default());
    for (path, bytes) in files {
        let request = Request::get(format!("/{path}")).body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(to_bytes(answer.into_body(), usize::MAX).await.unwrap(), *bytes, "{path}");
    }
}

async fn run(ledger: &Ledger, dir: &Path) -> Result<Exported, ExportError> {
    export(ledger, &Folder::directory(dir).unwrap(), false, &mut |_, _| {}).await
}

async fn grow(world: &World, ledger: &Ledger, to: u64) {
    while ledger.health().size < to {
        ledger.submit(world.text(ledger).await).await.unwrap();
    }
}

fn done(from: u64, size: u64, written: u64, kept: u64, removed: u64) -> Exported {
    Exported { size, from, written, kept, removed }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_export_adds_what_is_new_and_everything_is_as_the_server_serves_it() {
    let world = World::new();
    let ledger = world.founded().await;
    let dir = tempfile::tempdir().unwrap();
    let server = S3Server::start().await;
    let storage = server.folder("log");
    let mut progress = Vec::new();
    let mut told = |at, of| progress.push((at, of));
    assert_eq!(run(&ledger, dir.path()).await.unwrap(), done(0, 4, 2, 0, 0));
    assert_eq!(export(&ledger, &storage, false, &mut told).await.unwrap(), done(0, 4, 2, 0, 0));
    assert_eq!(progress, [(4, 4)]);
    assert_eq!(run(&ledger, dir.path()).await.unwrap(), done(4, 4, 0, 2, 0));
    for (size, expected) in [
        (7, done(4, 7, 2, 0, 0)),
        (255, done(7, 255, 2, 0, 0)),
        (256, done(255, 256, 3, 0, 6)),
        (260, done(256, 260, 2, 1, 0)),
    ] {
        grow(&world, &ledger, size).await;
        assert_eq!(run(&ledger, dir.path()).await.unwrap(), expected);
        assert_eq!(export(&ledger, &storage, false, &mut |_, _| {}).await.unwrap(), expected);
        let files = files(dir.path());
        assert_served(&ledger, &files).await;
        assert_eq!(server.files("log/"), files);
    }
    let paths: Vec<String> = files(dir.path()).into_keys().collect();
    assert_eq!(
        paths,
        ["checkpoint", "tile/0/000", "tile/0/001.p/4", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/4",]
    );
    let expected = ("application/octet-stream".to_owned(), "public, max-age=31536000, immutable".to_owned());
    assert_eq!(server.headers("log/tile/entries/000"), expected);
    // A database that is read while its server writes gives the same.
    let reader = Ledger::read(&world.options().database_url).await.unwrap();
    assert_eq!(run(&reader, dir.path()).await.unwrap(), done(260, 260, 0, 3, 0));
    let all = export(&reader, &Folder::directory(dir.path()).unwrap(), true, &mut |_, _| {}).await.unwrap();
    assert_eq!(all, done(260, 260, 0, 5, 0));
}

#[tokio::test]
async fn the_checkpoint_is_written_last_and_stays_when_a_tile_fails() {
    let world = World::new();
    let ledger = world.founded().await;
    let dir = tempfile::tempdir().unwrap();
    run(&ledger, dir.path()).await.unwrap();
    let before = files(dir.path());
    grow(&world, &ledger, 9).await;
    // Where the next tile must go lies a folder.
    fs::create_dir_all(dir.path().join("tile/0/000.p/9/x")).unwrap();
    assert!(run(&ledger, dir.path()).await.is_err());
    assert_eq!(fs::read(dir.path().join("checkpoint")).unwrap(), before["checkpoint"]);
    fs::remove_dir_all(dir.path().join("tile/0/000.p/9")).unwrap();
    // What was written of the failed export is kept.
    assert_eq!(run(&ledger, dir.path()).await.unwrap(), done(4, 9, 1, 1, 0));
    assert_served(&ledger, &files(dir.path())).await;
}

#[tokio::test]
async fn another_history_another_ledger_and_an_older_state_are_never_written_over() {
    let world = World::new();
    let ledger = world.founded().await;
    grow(&world, &ledger, 6).await;
    ledger.close().await;
    drop(ledger);
    let other = world.copy();
    let dir = tempfile::tempdir().unwrap();
    let ledger = world.open().await;
    grow(&world, &ledger, 8).await;
    run(&ledger, dir.path()).await.unwrap();
    let published = files(dir.path());

    let restored = other.open().await;
    let error = run(&restored, dir.path()).await.unwrap_err();
    assert!(matches!(error, ExportError::Ahead { there: 8, here: 6, .. }), "{error}");
    other.pass(5);
    grow(&other, &restored, 9).await;
    let error = run(&restored, dir.path()).await.unwrap_err();
    assert!(matches!(error, ExportError::Fork { size: 8, .. }), "{error}");
    assert_eq!(files(dir.path()), published, "nothing was written over");

    let text = String::from_utf8(published["checkpoint"].clone()).unwrap();
    for (note, expected) in [
        (text.replacen("localhost/sinetti", "localhost/other", 1), "holds the log of localhost/other"),
        ("nonsense".to_owned(), "is no checkpoint"),
    ] {
        fs::write(dir.path().join("checkpoint"), note).unwrap();
        let error = run(&ledger, dir.path()).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[tokio::test]
async fn a_damaged_or_missing_tile_is_told_and_mended_by_a_look_at_all() {
    let world = World::new();
    let ledger = world.founded().await;
    grow(&world, &ledger, 300).await;
    let dir = tempfile::tempdir().unwrap();
    run(&ledger, dir.path()).await.unwrap();
    let whole = files(dir.path());
    let all = async || export(&ledger, &Folder::directory(dir.path()).unwrap(), true, &mut |_, _| {}).await;
    // What later exports go on from is damaged: they begin again, and find it.
    for tile in ["tile/1/000.p/1", "tile/0/000", "tile/entries/000"] {
        let path = dir.path().join(tile);
        let mut bytes = whole[tile].clone();
        bytes[5] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let error = all().await.unwrap_err();
        assert!(matches!(error, ExportError::Differs { .. }) && error.to_string().contains(tile), "{error}");
        if tile == "tile/1/000.p/1" {
            assert!(matches!(run(&ledger, dir.path()).await, Err(ExportError::Differs { .. })));
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(all().await.unwrap(), done(300, 300, 1, 4, 0));
        assert_eq!(files(dir.path()), whole);
    }
    fs::remove_file(dir.path().join("tile/1/000.p/1")).unwrap();
    assert_eq!(run(&ledger, dir.path()).await.unwrap(), done(300, 300, 1, 4, 0));
    assert_eq!(files(dir.path()), whole);
}
