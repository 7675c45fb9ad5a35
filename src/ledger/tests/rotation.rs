//! The log changes its keys.

use serde_json::json;
use sinetti_events::log::checkpoint::verify_checkpoint;
use sinetti_events::primitives::ids::StreamId;

use super::world::{World, assert_proven, differences, slug};
use crate::ledger::faults::Step;
use crate::log_keys::LogKeyPair;

#[tokio::test]
async fn old_and_new_keys_sign_the_first_checkpoint_with_the_change() {
    let world = World::new();
    let ledger = world.founded().await;
    let old = ledger.log_keys();
    let next = LogKeyPair::prepare_next(world.dir.path(), ledger.origin()).unwrap();
    let change = json!({"log_keys": next.verifiers()});
    let event = world.next(&ledger, &StreamId::registry(), "log_keys_changed", change).await;
    let texts = (world.text(&ledger).await, world.text(&ledger).await);
    let (before, changed, after) = tokio::join!(ledger.submit(texts.0), ledger.submit(event), ledger.submit(texts.1));
    let changed = changed.unwrap();
    assert_eq!(ledger.log_keys(), next.verifiers());
    let note = changed.receipt.proof.split_once("\n\n").unwrap().1.to_owned();
    let both = [old.clone(), next.verifiers().to_vec()].concat();
    let first = verify_checkpoint(note.as_bytes(), ledger.origin(), &both).unwrap();
    assert_eq!(first.checkpoint().size, changed.receipt.entry.record.index + 1);
    for receipt in [before.unwrap().receipt, after.unwrap().receipt] {
        if receipt.entry.record.index > changed.receipt.entry.record.index {
            assert_proven(&ledger, &receipt);
        }
    }
    ledger.close().await;
    drop(ledger);
    let ledger = world.open().await;
    assert!(ledger.health().writable);
    assert_proven(&ledger, &ledger.submit(world.text(&ledger).await).await.unwrap().receipt);
    ledger.close().await;
    assert_eq!(differences(&world).await, []);
}

#[tokio::test]
async fn a_change_that_the_old_keys_did_not_sign_for_is_found() {
    use sinetti_events::log::checkpoint::Checkpoint;
    use sinetti_events::log::note::Note;
    let world = World::new();
    let ledger = world.founded().await;
    let next = LogKeyPair::prepare_next(world.dir.path(), ledger.origin()).unwrap();
    let change = json!({"log_keys": next.verifiers()});
    let event = world.next(&ledger, &StreamId::registry(), "log_keys_changed", change).await;
    ledger.submit(event).await.unwrap();
    let first: Checkpoint = Note::parse(ledger.checkpoint().await.unwrap().as_bytes()).unwrap().text().parse().unwrap();
    ledger.submit(world.text(&ledger).await).await.unwrap();
    ledger.close().await;
    assert_eq!(differences(&world).await, []);
    // Who has the new keys alone makes a checkpoint of the same tree.
    let note = next.sign(&first, &[], 1_800_000_000).unwrap();
    super::tamper::note_of(&world, first.size, note.as_str()).await;
    let found = differences(&world).await;
    let place = first.size.to_string();
    assert!(found.iter().any(|found| found.table == "checkpoint" && found.place == place), "{found:?}");
}

#[tokio::test]
async fn keys_that_are_not_at_hand_are_not_named() {
    let world = World::new();
    let ledger = world.founded().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let next = LogKeyPair::prepare_next(elsewhere.path(), ledger.origin()).unwrap();
    let change = json!({"log_keys": next.verifiers()});
    let event = world.next(&ledger, &StreamId::registry(), "log_keys_changed", change).await;
    assert_eq!(slug(&ledger.submit(event).await), "log-keys-not-at-hand");
    assert_eq!(slug(&ledger.submit(world.text(&ledger).await).await), "accepted");
}

#[tokio::test]
async fn a_ledger_is_founded_on_its_own_keys_only() {
    let world = World::new();
    let ledger = world.open().await;
    let stranger = World::new().open().await;
    assert_eq!(slug(&ledger.submit(world.founding(&stranger)).await), "log-keys-not-at-hand");
    assert_eq!(slug(&ledger.submit(world.founding(&ledger)).await), "accepted");
}

#[tokio::test]
async fn a_crash_in_the_middle_of_a_change_ends_with_both_signatures() {
    for (step, persisted) in [
        (Step::Commit, false),
        (Step::Commit, true),
        (Step::Anchor, false),
        (Step::Anchor, true),
        (Step::Publish, false),
    ] {
        let world = World::new();
        let ledger = world.founded().await;
        let old = ledger.log_keys();
        let next = LogKeyPair::prepare_next(world.dir.path(), ledger.origin()).unwrap();
        let change = json!({"log_keys": next.verifiers()});
        let event = world.next(&ledger, &StreamId::registry(), "log_keys_changed", change).await;
        world.faults.arm(step, persisted);
        assert_eq!(slug(&ledger.submit(event.clone()).await), "ledger-unavailable");
        ledger.close().await;
        drop(ledger);
        let ledger = world.open().await;
        assert!(ledger.health().writable, "{step:?} {persisted} {:?}", ledger.health());
        let receipt = ledger.submit(event).await.unwrap().receipt;
        let note = receipt.proof.split_once("\n\n").unwrap().1.to_owned();
        let both = [old, next.verifiers().to_vec()].concat();
        verify_checkpoint(note.as_bytes(), ledger.origin(), &both).unwrap();
        assert_eq!(ledger.log_keys(), next.verifiers());
        ledger.close().await;
        drop(ledger);
        let ledger = world.open().await;
        assert!(ledger.health().writable, "{step:?} {persisted}: {:?}", ledger.health());
        ledger.close().await;
        assert_eq!(differences(&world).await, [], "{step:?} {persisted}");
    }
}

#[tokio::test]
async fn a_change_that_was_killed_while_its_files_were_renamed_goes_on() {
    let world = World::new();
    let ledger = world.founded().await;
    let next = LogKeyPair::prepare_next(world.dir.path(), ledger.origin()).unwrap();
    let change = json!({"log_keys": next.verifiers()});
    let event = world.next(&ledger, &StreamId::registry(), "log_keys_changed", change).await;
    ledger.submit(event).await.unwrap();
    ledger.close().await;
    drop(ledger);
    for back in [&["log-ed25519", "log-ml-dsa-44"][..], &["log-ml-dsa-44"], &["log-ed25519"]] {
        let killed = world.copy();
        for name in back {
            let path = |kind: &str| killed.dir.path().join(format!("{name}{kind}.pem"));
            std::fs::rename(path(""), path(".next")).unwrap();
            std::fs::copy(path(".old"), path("")).unwrap();
        }
        let ledger = killed.open().await;
        assert!(ledger.health().writable, "{back:?}: {:?}", ledger.health());
        assert_proven(&ledger, &ledger.submit(killed.text(&ledger).await).await.unwrap().receipt);
        ledger.close().await;
        drop(ledger);
        let files = std::fs::read_dir(killed.dir.path()).unwrap().map(|file| file.unwrap().file_name());
        assert!(files.into_iter().all(|name| !name.to_string_lossy().contains(".next")), "{back:?}");
        assert_eq!(differences(&killed).await, [], "{back:?}");
    }
}
