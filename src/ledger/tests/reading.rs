//! What readers get.

use serde_json::json;
use sinetti_events::format::disclosure::Disclosed;
use sinetti_events::format::record::Entry;
use sinetti_events::log::tile::{Tile, decode_entries, decode_hashes};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Instant;

use std::path::Path;

use super::world::{World, agreement, differences};
use crate::author::Personal;
use crate::ledger::Ledger;

#[tokio::test]
async fn a_view_as_known_then_is_the_view_of_then() {
    let world = World::new();
    let ledger = world.founded().await;
    let then: Instant = ledger.now();
    let before = ledger.view(&agreement(), None).await.unwrap().unwrap();
    world.pass(1000);
    ledger.submit(world.text(&ledger).await).await.unwrap();
    ledger.submit(world.party(&ledger, "orivesi").await).await.unwrap();
    let now = ledger.view(&agreement(), None).await.unwrap().unwrap();
    let known = ledger.view(&agreement(), Some(then)).await.unwrap().unwrap();
    assert_eq!(*known.agreement, *before.agreement);
    assert_eq!(*known.registry, *before.registry);
    assert_eq!((known.as_of.version, known.as_of.leaf, known.as_of.index), (1, before.as_of.leaf, 3));
    assert_eq!((now.as_of.version, now.as_of.checkpoint, now.as_of.registry_version), (2, 6, 4));
    let all = ledger.view(&agreement(), Some(ledger.now())).await.unwrap().unwrap();
    assert_eq!(*all.agreement, *now.agreement);
    assert_eq!(*all.registry, *now.registry);
    assert_eq!(ledger.registry(Some(then)).await.unwrap().version, 3);
    let early: Instant = "2026-11-22T11:59:59.999Z".parse().unwrap();
    assert!(ledger.view(&agreement(), Some(early)).await.unwrap().is_none());
    assert!(ledger.view(&"none".parse().unwrap(), None).await.unwrap().is_none());
}

#[tokio::test]
async fn tiles_hold_the_published_tree() {
    let world = World::new();
    let ledger = world.founded().await;
    for _ in 0..3 {
        ledger.submit(world.text(&ledger).await).await.unwrap();
    }
    let tile: Tile = "tile/0/000.p/7".parse().unwrap();
    let hashes = decode_hashes(&ledger.tile(&tile).await.unwrap().unwrap(), 7).unwrap();
    let tile: Tile = "tile/entries/000.p/7".parse().unwrap();
    let bundle = ledger.tile(&tile).await.unwrap().unwrap();
    let entries = decode_entries(&bundle, 7).unwrap();
    for (hash, bytes) in hashes.iter().zip(entries) {
        assert_eq!(Entry::parse(bytes.to_vec()).unwrap().leaf, *hash);
    }
    for beyond in ["tile/0/000.p/8", "tile/0/000", "tile/1/000.p/1", "tile/entries/001.p/1", "tile/63/000.p/1"] {
        assert_eq!(ledger.tile(&beyond.parse().unwrap()).await.unwrap(), None, "{beyond}");
    }
}

#[tokio::test]
async fn full_tiles_and_the_level_above_are_served() {
    let world = World::new();
    let ledger = world.founded().await;
    let mut tasks = Vec::new();
    for _ in 0..260 {
        let (ledger, event) = (ledger.clone(), world.text(&ledger).await);
        tasks.push(tokio::spawn(async move { ledger.submit(event).await.unwrap() }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    for path in ["tile/0/000", "tile/0/001.p/8", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/8"] {
        assert!(ledger.tile(&path.parse().unwrap()).await.unwrap().is_some(), "{path}");
    }
    assert_eq!(ledger.records(&agreement(), 0, 1000).await.unwrap().len(), 261);
    assert_eq!(ledger.records(&agreement(), 259, 1000).await.unwrap().len(), 2);
    ledger.close().await;
    assert_eq!(differences(&world).await, []);
}

/// The files of a directory that contain `text`.
fn files_with(dir: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if std::fs::read(&path).unwrap().windows(text.len()).any(|window| window == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn a_disclosure_can_be_erased_and_leaves_the_file() {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    let name = "Maija Esimerkki";
    let personal = vec![Personal { pointer: "/reason".to_owned(), value: Disclosed::Text(name.to_owned()) }];
    let seen = world.seen(&ledger, &agreement()).await;
    let data = json!({"occurred_on": "2026-11-03", "version": 2, "reason": {}});
    let retraction = world.personal_event(&ledger, &agreement(), "record_retracted", data, seen, personal);
    let event = retraction.disclosures[0].event;
    ledger.submit(retraction.clone()).await.unwrap();
    assert_eq!(ledger.disclosures(&agreement()).await.unwrap(), retraction.disclosures);
    let erase = json!({"event": event, "pointer": "/reason", "occurred_on": "2026-11-04"});
    let erasure = world.next(&ledger, &StreamId::registry(), "personal_data_erased", erase).await;
    ledger.submit(erasure).await.unwrap();
    assert_eq!(ledger.disclosures(&agreement()).await.unwrap(), []);
    // Sending the event again does not bring it back.
    ledger.submit(retraction).await.unwrap();
    assert_eq!(ledger.disclosures(&agreement()).await.unwrap(), []);
    assert_eq!(files_with(world.dir.path(), name), [""; 0], "while the ledger is open");
    ledger.close().await;
    assert_eq!(files_with(world.dir.path(), name), [""; 0]);
    assert_eq!(differences(&world).await, []);
}

#[tokio::test]
async fn while_another_reads_an_older_state_erasing_is_tried_again() {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    let name = "Maija Esimerkki";
    let personal = vec![Personal { pointer: "/reason".to_owned(), value: Disclosed::Text(name.to_owned()) }];
    let seen = world.seen(&ledger, &agreement()).await;
    let data = json!({"occurred_on": "2026-11-03", "version": 2, "reason": {}});
    let retraction = world.personal_event(&ledger, &agreement(), "record_retracted", data, seen, personal);
    let event = retraction.disclosures[0].event;
    ledger.submit(retraction).await.unwrap();
    let reader = Ledger::read(&world.options().database_url).await.unwrap();
    assert_eq!(reader.disclosures(&agreement()).await.unwrap().len(), 1);
    let erase = json!({"event": event, "pointer": "/reason", "occurred_on": "2026-11-04"});
    ledger.submit(world.next(&ledger, &StreamId::registry(), "personal_data_erased", erase).await).await.unwrap();
    assert_eq!(ledger.disclosures(&agreement()).await.unwrap(), [], "it is not shown any more");
    assert_ne!(files_with(world.dir.path(), name), [""; 0], "the reader still sees it");
    assert_eq!(reader.disclosures(&agreement()).await.unwrap().len(), 1);
    reader.close().await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    assert_eq!(files_with(world.dir.path(), name), [""; 0]);
}

#[tokio::test]
async fn a_database_is_read_while_a_server_writes_it() {
    let world = World::new();
    let ledger = world.founded().await;
    let reader = Ledger::read(&world.options().database_url).await.unwrap();
    assert_eq!(reader.origin(), ledger.origin());
    assert_eq!(reader.log_keys(), ledger.log_keys());
    assert_eq!(reader.checkpoint().await.unwrap(), ledger.checkpoint().await.unwrap());
    ledger.submit(world.text(&ledger).await).await.unwrap();
    assert_eq!(reader.records(&agreement(), 0, 10).await.unwrap().len(), 1);
    assert_eq!(reader.differences(), []);
    assert!(!reader.health().writable);
}

#[tokio::test]
async fn a_restart_shows_the_same() {
    let world = World::new();
    let ledger = world.founded().await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    let (note, view) = (ledger.checkpoint().await.unwrap(), ledger.view(&agreement(), None).await.unwrap().unwrap());
    let streams = ledger.streams().await.unwrap();
    ledger.close().await;
    drop(ledger);
    let ledger = world.open().await;
    assert_eq!(ledger.checkpoint().await.unwrap(), note);
    let again = ledger.view(&agreement(), None).await.unwrap().unwrap();
    assert_eq!((again.agreement, again.registry, again.as_of), (view.agreement, view.registry, view.as_of));
    assert_eq!(ledger.streams().await.unwrap(), streams);
}
