//! Founding through the engine, on a database of its own: once, twice, and interrupted.

use std::path::Path;
use std::time::Duration;

use sinetti_events::primitives::ids::{PartyId, StreamId};

use super::{Founded, Founding, Kind, Notice, ensure, found, keys};
use crate::keyfile;
use crate::ledger::{Ledger, Options};

async fn open(dir: &Path, kind: Kind) -> Ledger {
    let origin = if kind == Kind::Real { "localhost/sinetti" } else { "localhost/sinetti-demo" };
    Ledger::open(Options::new(dir, origin.parse().unwrap())).await.unwrap()
}

fn founding(dir: &Path, kind: Kind) -> Founding<'_> {
    Founding { dir, kind, passphrase_file: None, terminal: false }
}

async fn start(dir: &Path, kind: Kind) -> (Ledger, Option<Founded>) {
    let ledger = open(dir, kind).await;
    let founded = ensure(&ledger, founding(dir, kind), &mut |_: Notice| ()).await.unwrap();
    (ledger, founded)
}

/// All event ids, stream by stream; each once.
async fn events(ledger: &Ledger) -> Vec<String> {
    let mut ids = Vec::new();
    for stream in super::agreement_ids().unwrap().into_iter().chain([StreamId::registry()]) {
        for entry in ledger.records(&stream, 0, 1000).await.unwrap() {
            let payload = sinetti_events::format::payload::Payload::parse(&entry.record.envelope.payload).unwrap();
            ids.push(payload.event.to_string());
        }
    }
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    ids
}

#[tokio::test]
async fn a_second_start_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, founded) = start(dir.path(), Kind::Real).await;
    let founded = founded.unwrap();
    assert_eq!(ledger.health().size, founded.records);
    assert_eq!(events(&ledger).await.len() as u64, founded.records);
    ledger.close().await;
    drop(ledger);
    let (again, nothing) = start(dir.path(), Kind::Real).await;
    assert_eq!((nothing, again.health().size), (None, founded.records));
}

#[tokio::test]
async fn repeating_all_of_it_is_harmless() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, founded) = start(dir.path(), Kind::DemoEmpty).await;
    let keys = keys(&founding(dir.path(), Kind::DemoEmpty), &mut |_| ()).unwrap();
    assert_eq!(found(&ledger, &keys, Kind::DemoEmpty).await.ok(), founded);
    assert_eq!(Some(ledger.health().size), founded.map(|founded| founded.records));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_founding_goes_on_without_doubling() {
    let dir = tempfile::tempdir().unwrap();
    let (mut interruptions, mut patience) = (0, Duration::from_millis(20));
    let (ledger, founded) = loop {
        let ledger = open(dir.path(), Kind::Demo).await;
        let mut silent = |_: Notice| ();
        let whole = ensure(&ledger, founding(dir.path(), Kind::Demo), &mut silent);
        match tokio::time::timeout(patience, whole).await {
            Ok(founded) => break (ledger, founded.unwrap().unwrap()),
            // What was on its way is recorded or not, as after a crash; nobody is told.
            Err(_) => interruptions += 1,
        }
        ledger.close().await;
        patience *= 2;
    };
    assert!(interruptions > 1, "the interruptions never came; make them shorter");
    assert_eq!(ledger.health().size, founded.records);
    assert_eq!(events(&ledger).await.len() as u64, founded.records);
    assert!(!dir.path().join("founding").exists());
}

#[tokio::test]
async fn what_was_begun_is_finished_whatever_the_next_start_asks_for() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("founding"), "demo-empty").unwrap();
    let (ledger, founded) = start(dir.path(), Kind::Demo).await;
    assert_eq!(founded.unwrap().records, 1 + 85 + 85 + 3);
    assert_eq!(ledger.health().size, 1 + 85 + 85 + 3);
}

#[tokio::test]
async fn a_demonstration_leaves_every_partys_key_and_text_to_try_with() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, _) = start(dir.path(), Kind::DemoEmpty).await;
    let registry = ledger.registry(None).await.unwrap();
    assert!(registry.demonstration);
    for key in registry.keyring.keys() {
        let path = super::demo_key(dir.path(), &key.party);
        let private = keyfile::read(&path, None).unwrap();
        assert_eq!(crate::author::public_key(&private).unwrap(), key.public_key, "{}", key.party);
    }
    assert!(super::demo_key(dir.path(), &PartyId::registrar()).exists());
    assert!(dir.path().join("texts/pirkanmaa.txt").exists());
}
