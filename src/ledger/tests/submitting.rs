//! Events come in: one after the other, all at once, twice, wrong.

use std::collections::HashSet;

use serde_json::json;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::StreamId;

use super::world::{World, agreement, assert_proven, differences, slug};
use crate::author;

#[tokio::test]
async fn an_empty_ledger_has_the_root_of_nothing() {
    let world = World::new();
    let ledger = world.open().await;
    let note = ledger.checkpoint().await.unwrap();
    assert!(note.starts_with(&format!("localhost/sinetti\n0\n{}\n\n", Hash::empty_root())), "{note}");
    assert!(ledger.health().writable);
    ledger.close().await;
    drop(ledger);
    assert_eq!(world.open().await.checkpoint().await.unwrap(), note);
}

#[tokio::test]
async fn what_is_acknowledged_is_in_a_published_checkpoint() {
    let world = World::new();
    let ledger = world.founded().await;
    for index in 4..10 {
        let submitted = ledger.submit(world.text(&ledger).await).await.unwrap();
        assert_eq!(submitted.receipt.entry.record.index, index);
        assert!(!submitted.repeated);
        assert_proven(&ledger, &submitted.receipt);
        assert!(ledger.health().size > index);
        let note = ledger.checkpoint().await.unwrap();
        assert!(submitted.receipt.proof.ends_with(&note));
    }
    ledger.close().await;
    assert_eq!(differences(&world).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_once_are_recorded_each_once() {
    let world = World::new();
    let ledger = world.founded().await;
    let mut tasks = Vec::new();
    for _ in 0..100 {
        let (ledger, event) = (ledger.clone(), world.text(&ledger).await);
        tasks.push(tokio::spawn(async move { ledger.submit(event).await.unwrap() }));
    }
    let mut places = HashSet::new();
    for task in tasks {
        let submitted = task.await.unwrap();
        assert!(!submitted.repeated);
        assert_proven(&ledger, &submitted.receipt);
        places.insert(submitted.receipt.entry.record.index);
    }
    assert_eq!(places, (4..104).collect());
    ledger.close().await;
    assert_eq!(differences(&world).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_event_a_hundred_times_at_once_is_one_record_and_one_receipt() {
    let world = World::new();
    let ledger = world.founded().await;
    let event = world.text(&ledger).await;
    let send = |_| {
        let (ledger, event) = (ledger.clone(), event.clone());
        tokio::spawn(async move { ledger.submit(event).await.unwrap() })
    };
    let tasks: Vec<_> = (0..100).map(send).collect();
    let mut receipts = Vec::new();
    let mut first = 0;
    for task in tasks {
        let submitted = task.await.unwrap();
        first += usize::from(!submitted.repeated);
        receipts.push(submitted.receipt);
    }
    assert_eq!(first, 1);
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    assert_eq!(ledger.health().size, 5);
}

#[tokio::test]
async fn a_repeat_is_answered_though_its_signature_no_longer_counts() {
    let world = World::new();
    let ledger = world.founded().await;
    let event = world.text(&ledger).await;
    let receipt = ledger.submit(event.clone()).await.unwrap().receipt;
    let mut spoiled = event.clone();
    spoiled.envelope.signatures[0].sig = vec![0; 64];
    let again = ledger.submit(spoiled).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.receipt, receipt);
}

#[tokio::test]
async fn another_event_under_the_same_id_is_a_conflict() {
    let world = World::new();
    let ledger = world.founded().await;
    let event = world.text(&ledger).await;
    ledger.submit(event.clone()).await.unwrap();
    let text = String::from_utf8(event.envelope.payload.clone()).unwrap().replace("Luonnos", "Toinen");
    let mut other = event;
    other.envelope = author::sign(text.into_bytes(), &[&world.registrar]);
    assert_eq!(slug(&ledger.submit(other).await), "event-id-reused");
    assert_eq!(ledger.health().size, 5);
}

#[tokio::test]
async fn a_refused_event_refuses_alone() {
    let world = World::new();
    let ledger = world.founded().await;
    let good = world.text(&ledger).await;
    let mut bad = world.text(&ledger).await;
    bad.envelope.signatures[0].sig = vec![1; 64];
    let unknown = world.next(&ledger, &agreement(), "text_eaten", json!({"occurred_on": "2026-11-02"})).await;
    let other = world.text(&ledger).await;
    let (one, two, three, four) =
        tokio::join!(ledger.submit(good), ledger.submit(bad), ledger.submit(unknown), ledger.submit(other));
    let slugs = [slug(&one), slug(&two), slug(&three), slug(&four)];
    assert_eq!(slugs, ["accepted", "signature-invalid", "event-type-unknown", "accepted"]);
    assert_eq!(ledger.health().size, 6);
    ledger.close().await;
    assert_eq!(differences(&world).await, []);
}

#[tokio::test]
async fn what_is_meant_for_elsewhere_is_refused() {
    let world = World::new();
    let ledger = world.founded().await;
    let mut event = world.text(&ledger).await;
    event.agreement = "toinen".parse().unwrap();
    assert_eq!(slug(&ledger.submit(event).await), "agreement-mismatch");
    let event = world.text(&ledger).await;
    let text = String::from_utf8(event.envelope.payload.clone()).unwrap().replace("localhost/sinetti", "elsewhere/x");
    let mut other = event;
    other.envelope = author::sign(text.into_bytes(), &[&world.registrar]);
    assert_eq!(slug(&ledger.submit(other).await), "ledger-mismatch");
    assert_eq!(ledger.health().size, 4);
}

#[tokio::test]
async fn nothing_comes_before_the_founding() {
    let world = World::new();
    let ledger = world.open().await;
    let data = json!({"id": "akaa", "kind": "other", "names": {"fi": "Akaa"}, "occurred_on": "2026-11-01"});
    let event = world.event(&ledger, &StreamId::registry(), "party_registered", data, author::NOTHING_SEEN);
    assert_eq!(slug(&ledger.submit(event).await), "key-unknown");
    assert_eq!(ledger.health().size, 0);
    ledger.submit(world.founding(&ledger)).await.unwrap();
    let again = ledger.submit(world.founding(&ledger)).await;
    assert!(again.is_err());
    assert_eq!(ledger.health().size, 1);
}

#[tokio::test]
async fn seen_must_be_in_the_streams_history() {
    let world = World::new();
    let ledger = world.founded().await;
    let head = world.seen(&ledger, &agreement()).await;
    let data = || json!({"digest": "00".repeat(32), "language": "fi", "occurred_on": "2026-11-02", "role": "draft", "titles": {"fi": "L"}});
    for seen in [
        author::seen(2, head.hash.unwrap()),
        author::seen(1, Hash::leaf(b"another history")),
        author::seen(0, head.hash.unwrap()),
        author::NOTHING_SEEN,
    ] {
        let event = world.event(&ledger, &agreement(), "text_deposited", data(), seen);
        assert_eq!(slug(&ledger.submit(event).await), "seen-not-in-history");
    }
    // What has been seen need not be the newest.
    ledger.submit(world.text(&ledger).await).await.unwrap();
    let event = world.event(&ledger, &agreement(), "text_deposited", data(), head);
    assert_eq!(slug(&ledger.submit(event).await), "accepted");
}

#[tokio::test]
async fn if_match_asks_for_the_newest_version() {
    let world = World::new();
    let ledger = world.founded().await;
    let mut event = world.text(&ledger).await;
    event.if_match = Some(2);
    assert_eq!(slug(&ledger.submit(event.clone()).await), "if-match-failed");
    event.if_match = Some(1);
    assert_eq!(slug(&ledger.submit(event).await), "accepted");
}

#[tokio::test]
async fn a_clock_that_leaps_stops_recording_but_not_answering() {
    let world = World::new();
    let ledger = world.founded().await;
    let known = world.text(&ledger).await;
    ledger.submit(known.clone()).await.unwrap();
    world.pass(-4 * 60_000);
    let small_step = ledger.submit(world.text(&ledger).await).await.unwrap().receipt.entry.record.recorded_at;
    assert_eq!(small_step.to_string(), "2026-11-22T12:00:00.000Z");
    world.pass(-2 * 60_000);
    assert_eq!(slug(&ledger.submit(world.text(&ledger).await).await), "clock-leap");
    assert!(ledger.submit(known.clone()).await.unwrap().repeated);
    world.pass(500 * 86_400_000);
    assert_eq!(slug(&ledger.submit(world.text(&ledger).await).await), "clock-leap");
    ledger.close().await;
    drop(ledger);
    let options = crate::ledger::Options { accept_clock_leap: true, ..world.options() };
    let ledger = crate::ledger::Ledger::open(options).await.unwrap();
    assert_eq!(slug(&ledger.submit(world.text(&ledger).await).await), "accepted");
}

#[tokio::test]
async fn a_closed_ledger_says_so() {
    let world = World::new();
    let ledger = world.founded().await;
    let event = world.text(&ledger).await;
    ledger.close().await;
    assert!(!ledger.health().writable);
    assert_eq!(slug(&ledger.submit(event).await), "ledger-unavailable");
}

#[tokio::test]
async fn an_envelope_that_came_too_late_is_refused() {
    let world = World::new();
    let ledger = world.founded().await;
    let event = world.text(&ledger).await;
    let text = String::from_utf8(event.envelope.payload.clone()).unwrap();
    let with_until = |until: &str| {
        let payload = format!("{},\"until\":\"{until}\"}}", text.strip_suffix('}').unwrap());
        let mut event = event.clone();
        event.envelope = author::sign(payload.into_bytes(), &[&world.registrar]);
        event
    };
    assert_eq!(slug(&ledger.submit(with_until("2026-11-22T11:59:59.999Z")).await), "event-expired");
    assert_eq!(slug(&ledger.submit(with_until("2026-11-22T12:00:00.000Z")).await), "accepted");
}

/// What is sent in one order stands in that order, whichever is verified first; one that is refused
/// holds nothing up, and all that waited together share checkpoints.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn events_sent_in_an_order_are_recorded_in_it() {
    let world = World::new();
    let ledger = world.founded().await;
    let before = ledger.health().size;
    let mut submissions = Vec::new();
    for _ in 0..40 {
        submissions.push(world.text(&ledger).await);
    }
    let foreign = StreamId::registry();
    submissions[17].agreement = foreign;
    let answers = ledger.submit_in_order(submissions.clone()).await;
    assert_eq!(answers.len(), 40);
    assert_eq!(slug(&answers[17]), "agreement-mismatch");
    let recorded: Vec<u64> = answers.iter().flatten().map(|done| done.receipt.entry.record.index).collect();
    assert_eq!(recorded, (before..before + 39).collect::<Vec<_>>());
    for (sent, answer) in submissions.iter().zip(&answers) {
        let Ok(done) = answer else { continue };
        assert_eq!(done.receipt.entry.record.envelope.payload, sent.envelope.payload);
        assert_proven(&ledger, &done.receipt);
    }
    let again = ledger.submit_in_order(submissions).await;
    assert!(again.iter().flatten().all(|done| done.repeated));
    assert_eq!(ledger.health().size, before + 39);

    let late = world.text(&ledger).await;
    ledger.close().await;
    let closed = ledger.submit_in_order(vec![late]).await;
    assert_eq!(slug(&closed[0]), "ledger-unavailable");
}
