//! A ledger and its witnesses on loopback: honest, down, lying, and one that has seen more.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use ed25519_dalek::SigningKey;
use serde_json::json;
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::note::Note;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::vkey::{NoteKey, VerifierKey};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::tree::check_consistency;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::restore::sql;
use super::world::{World, agreement, assert_proven, differences, slug};
use crate::author;
use crate::clock::Clock;
use crate::http;
use crate::ledger::{Ledger, OpenError, Options, Standing, Witnessing};
use crate::log_keys::LogKeyPair;
use crate::witness::{Cosigner, Log, State, StateError, Witness, router};

/// A witness's service; stopped when dropped.
pub(super) struct Service {
    pub(super) url: String,
    task: JoinHandle<()>,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(super) async fn serve(router: Router) -> Service {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(http::run(listener, router, http::Config::default(), std::future::pending()));
    Service { url, task }
}

fn cosigner(seed: u8) -> Cosigner {
    let name = format!("witness.example/w{seed}").parse().unwrap();
    let ml_dsa = MlDsaSigningKey::from_seed(&[seed; 32]);
    Cosigner::new(Some(name), SigningKey::from_bytes(&[seed; 32]), Some(ml_dsa)).unwrap()
}

pub(super) fn vkeys(seed: u8) -> Vec<VerifierKey> {
    cosigner(seed).verifiers().to_vec()
}

/// An honest witness that remembers in `dir`, and goes by the world's clock.
pub(super) async fn witness(seed: u8, world: &World, log_keys: Vec<VerifierKey>, dir: &TempDir) -> Service {
    let state = state(&dir.path().join(format!("w{seed}.db"))).await;
    let logs = BTreeMap::from([("localhost/sinetti".to_owned(), Log::new(log_keys, None))]);
    let witness = Witness::new(cosigner(seed), logs, state, Clock::Fixed(world.ms.clone()));
    serve(router(witness, http::Config::default())).await
}

/// The state, once a service that was dropped has let go of it.
async fn state(path: &Path) -> State {
    loop {
        match State::open(path).await {
            Err(StateError::InUse(_)) => tokio::time::sleep(Duration::from_millis(5)).await,
            opened => return opened.unwrap(),
        }
    }
}

pub(super) fn witnessing(named: &[(u8, &str)]) -> Witnessing {
    let keys =
        |(seed, url): &(u8, &str)| vkeys(*seed).into_iter().map(|key| (key, (*url).to_owned())).collect::<Vec<_>>();
    let quick = Duration::from_millis(20);
    let witnessing = Witnessing::new(&named.iter().flat_map(keys).collect::<Vec<_>>()).unwrap();
    Witnessing { retry: quick, longest: quick, ..witnessing }
}

pub(super) async fn open(world: &World, witnessing: Witnessing) -> Ledger {
    Ledger::open(Options { witnessing, ..world.options() }).await.unwrap()
}

/// Until the witness at `at` stands so; what hangs here is stopped by the test runner.
pub(super) async fn until(ledger: &Ledger, at: usize, standing: Standing) {
    while ledger.witnesses()[at].standing != standing {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Keys that cosigned the newest checkpoint, by name and type.
async fn cosigners(ledger: &Ledger, keys: &[VerifierKey]) -> Vec<(String, u8)> {
    let note = Note::parse(ledger.checkpoint().await.unwrap().as_bytes()).unwrap();
    let signed = note.open(&[ledger.log_keys(), keys.to_vec()].concat()).unwrap();
    let witnesses = signed.iter().filter(|signed| keys.contains(&signed.key));
    witnesses.map(|signed| (signed.key.name().to_string(), signed.key.key().type_byte())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn checkpoints_are_cosigned_by_whom_answers_and_published_without_whom_does_not() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    ledger.close().await;
    drop(ledger);
    let honest = witness(1, &world, log_keys.clone(), &dir).await;
    let also = witness(2, &world, log_keys, &dir).await;
    let down = "http://127.0.0.1:1";
    let ledger = open(&world, witnessing(&[(1, &honest.url), (2, &also.url), (3, down)])).await;
    assert!(ledger.health().writable, "{:?}", ledger.health());
    for _ in 0..3 {
        let receipt = ledger.submit(world.text(&ledger).await).await.unwrap().receipt;
        assert_proven(&ledger, &receipt);
        until(&ledger, 0, Standing::Cosigned).await;
        until(&ledger, 1, Standing::Cosigned).await;
        let all = [vkeys(1), vkeys(2), vkeys(3)].concat();
        let mut signed = cosigners(&ledger, &all).await;
        signed.sort();
        let expected = [1, 2].map(|seed| [4, 6].map(|kind| (format!("witness.example/w{seed}"), kind))).concat();
        assert_eq!(signed, expected);
    }
    until(&ledger, 2, Standing::Unreachable).await;
    let reports = ledger.witnesses();
    assert_eq!((reports[0].newest.map(|(size, _)| size), reports[2].newest), (Some(7), None));
    assert!(reports[2].reason.as_ref().unwrap().contains("refused"), "{:?}", reports[2]);
    ledger.close().await;
    drop(ledger);
    assert_eq!(differences(&world).await, []);
    // A restart shows the same, even when no witness answers.
    drop((honest, also));
    let ledger = open(&world, Witnessing::default()).await;
    assert_eq!(cosigners(&ledger, &[vkeys(1), vkeys(2)].concat()).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_asked_for_again_carries_cosignatures_and_the_earliest_are_found() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    let text = world.text(&ledger).await;
    let bare = ledger.submit(text.clone()).await.unwrap().receipt;
    assert!(ledger.cosigned(4).await.unwrap().is_none());
    ledger.close().await;
    drop(ledger);
    let honest = witness(1, &world, log_keys, &dir).await;
    let ledger = open(&world, witnessing(&[(1, &honest.url)])).await;
    until(&ledger, 0, Standing::Cosigned).await;
    let first = ledger.cosigned(0).await.unwrap().unwrap();
    assert_eq!((first.checkpoint.size, first.witnesses.len()), (5, 2));
    world.pass(5000);
    ledger.submit(world.text(&ledger).await).await.unwrap();
    until(&ledger, 0, Standing::Cosigned).await;
    let again = ledger.submit(text).await.unwrap();
    assert!(again.repeated);
    assert_proven(&ledger, &again.receipt);
    assert_eq!((&again.receipt.entry, &bare.entry), (&bare.entry, &again.receipt.entry));
    let proof = TlogProof::parse(again.receipt.proof.as_bytes()).unwrap();
    assert_eq!(proof.checkpoint, first.note, "in the earliest cosigned checkpoint");
    assert_eq!(proof.checkpoint.open(&vkeys(1)).unwrap().len(), 2);
    let newest = TlogProof::parse(ledger.proof(&agreement(), 1).await.unwrap().unwrap().as_bytes()).unwrap();
    assert_eq!(newest.checkpoint.as_str(), ledger.checkpoint().await.unwrap());
    assert_eq!(newest.checkpoint.open(&vkeys(1)).unwrap().len(), 2);
    let second = ledger.cosigned(5).await.unwrap().unwrap();
    assert_eq!(second.checkpoint.size, 6);
    assert!(ledger.cosigned(6).await.unwrap().is_none());
    let proof = ledger.consistency(5, 6).await.unwrap();
    let (old, new) = (first.checkpoint, second.checkpoint);
    check_consistency(old.size, &old.root, new.size, &new.root, &proof).unwrap();
    assert!(ledger.consistency(5, 7).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_lies_is_named_and_changes_nothing() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    ledger.close().await;
    drop(ledger);
    let honest = witness(1, &world, log_keys.clone(), &dir).await;
    // It signs with other keys than it is known by.
    let stranger = witness(9, &world, log_keys, &dir).await;
    // It is never where it said, then nowhere, then where nobody has been.
    let asked = Arc::new(AtomicUsize::new(0));
    let moody = serve(Router::new().route(
        "/add-checkpoint",
        post(move || {
            let turn = asked.fetch_add(1, Ordering::SeqCst);
            let kind = [("content-type", "text/x.tlog.size")];
            async move { (StatusCode::CONFLICT, kind, format!("{}\n", turn % 2)) }
        }),
    ))
    .await;
    let garbage = serve(Router::new().route("/add-checkpoint", post(|| async { "no signature line\n" }))).await;
    let named = [(1, &*honest.url), (2, &stranger.url), (3, &moody.url), (4, &garbage.url)];
    let ledger = open(&world, witnessing(&named)).await;
    assert!(ledger.health().writable, "{:?}", ledger.health());
    ledger.submit(world.text(&ledger).await).await.unwrap();
    until(&ledger, 0, Standing::Cosigned).await;
    for at in 1..4 {
        until(&ledger, at, Standing::Refuses).await;
    }
    let reasons: Vec<String> = ledger.witnesses().into_iter().filter_map(|report| report.reason).collect();
    assert!(reasons[0].contains("did not sign with this key"), "{reasons:?}");
    assert!(reasons[2].contains("not as a witness does"), "{reasons:?}");
    let all = [vkeys(1), vkeys(2), vkeys(3), vkeys(4), vkeys(9)].concat();
    assert_eq!(cosigners(&ledger, &all).await.len(), 2, "the honest one's two");
    ledger.close().await;
    assert_eq!(differences(&world).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_alone_stops_no_running_ledger_but_a_start() {
    let world = World::new();
    world.founded().await.close().await;
    let larger = || async { (StatusCode::CONFLICT, [("content-type", "text/x.tlog.size")], "900\n") };
    let boaster = serve(Router::new().route("/add-checkpoint", post(larger))).await;
    let other = || async { (StatusCode::UNPROCESSABLE_ENTITY, "the proof does not hold\n") };
    let contrary = serve(Router::new().route("/add-checkpoint", post(other))).await;
    for (url, said) in [(&boaster.url, "900 records"), (&contrary.url, "the proof does not hold")] {
        let ledger = open(&world, witnessing(&[(1, url)])).await;
        let reason = ledger.health().reason.unwrap();
        assert!(reason.contains("witness.example/w1") && reason.contains(said), "{reason}");
        assert_eq!(slug(&ledger.submit(world.text(&ledger).await).await), "ledger-unavailable");
        ledger.close().await;
    }
    // What begins to lie while the ledger runs is shown, and the ledger goes on.
    let turned = Arc::new(AtomicUsize::new(0));
    let answers = turned.clone();
    let late = serve(Router::new().route(
        "/add-checkpoint",
        post(move || {
            let lies = answers.load(Ordering::SeqCst) > 0;
            async move {
                let kind = if lies { "text/x.tlog.size" } else { "text/plain" };
                let status = if lies { StatusCode::CONFLICT } else { StatusCode::SERVICE_UNAVAILABLE };
                (status, [("content-type", kind)], "900\n")
            }
        }),
    ))
    .await;
    let ledger = open(&world, witnessing(&[(1, &late.url)])).await;
    until(&ledger, 0, Standing::Refuses).await;
    turned.store(1, Ordering::SeqCst);
    until(&ledger, 0, Standing::Contradicts).await;
    assert!(ledger.health().writable);
    ledger.submit(world.text(&ledger).await).await.unwrap();
}

/// Database and anchor put back together: they agree with each other, the witness does not.
#[tokio::test(flavor = "multi_thread")]
async fn a_restored_old_backup_is_not_written_when_a_witness_has_seen_more() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    ledger.close().await;
    drop(ledger);
    let backup = world.copy();
    let honest = witness(1, &world, log_keys, &dir).await;
    let asked = witnessing(&[(1, &honest.url)]);
    let ledger = open(&world, asked.clone()).await;
    ledger.submit(world.text(&ledger).await).await.unwrap();
    until(&ledger, 0, Standing::Cosigned).await;
    let seen = ledger.checkpoint().await.unwrap();
    ledger.close().await;
    drop(ledger);

    let restored = open(&backup, asked.clone()).await;
    let reason = restored.health().reason.unwrap();
    assert!(reason.contains("w1 shows a checkpoint") && reason.contains("of 5 records"), "{reason}");
    assert_eq!(slug(&restored.submit(backup.text(&restored).await).await), "ledger-unavailable");
    assert!(restored.view(&agreement(), None).await.unwrap().is_some(), "what verifies is served");
    restored.close().await;
    drop(restored);
    let kept = std::fs::read_to_string(backup.dir.path().join("witnessed-5.checkpoint")).unwrap();
    assert_eq!(Note::parse(kept.as_bytes()).unwrap().text(), Note::parse(seen.as_bytes()).unwrap().text());
    // Without the witness it would have been written, and the log would have forked.
    let forked = open(&backup, Witnessing::default()).await;
    backup.pass(1000);
    forked.submit(backup.text(&forked).await).await.unwrap();
    forked.close().await;
    drop(forked);
    let forked = open(&backup, asked).await;
    let reason = forked.health().reason.unwrap();
    assert!(reason.contains("has signed two histories"), "{reason}");
}

/// The same while the ledger runs: a witness that comes back and has seen more stops it.
#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_shows_more_stops_a_running_ledger() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    ledger.close().await;
    drop(ledger);
    let backup = world.copy();
    let honest = witness(1, &world, log_keys, &dir).await;
    let ledger = open(&world, witnessing(&[(1, &honest.url)])).await;
    for _ in 0..3 {
        ledger.submit(world.text(&ledger).await).await.unwrap();
    }
    until(&ledger, 0, Standing::Cosigned).await;
    ledger.close().await;
    drop(ledger);
    // At the start it is away; then it is there again.
    let gate = Arc::new(AtomicUsize::new(0));
    let (open_gate, inner) = (gate.clone(), honest.url.clone());
    let client = move |path: String, body: String| {
        let url = format!("{inner}{path}");
        tokio::task::spawn_blocking(move || {
            let agent: ureq::Agent =
                ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
            let asked = if body.is_empty() { agent.get(&url).call() } else { agent.post(&url).send(body) };
            let mut response = asked.unwrap();
            let kind = response.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap()).to_owned();
            (response.status().as_u16(), kind, response.body_mut().read_to_string().unwrap())
        })
    };
    let proxy = serve(Router::new().fallback(move |uri: axum::http::Uri, body: String| {
        let (there, client) = (open_gate.load(Ordering::SeqCst) > 0, client.clone());
        async move {
            if !there {
                return (StatusCode::BAD_GATEWAY, [("content-type", "text/plain".to_owned())], String::new());
            }
            let (status, kind, body) = client(uri.path().to_owned(), body).await.unwrap();
            (StatusCode::from_u16(status).unwrap(), [("content-type", kind)], body)
        }
    }))
    .await;
    let restored = open(&backup, witnessing(&[(1, &proxy.url)])).await;
    assert!(restored.health().writable, "nobody said otherwise");
    gate.store(1, Ordering::SeqCst);
    while restored.health().writable {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let reason = restored.health().reason.unwrap();
    assert!(reason.contains("of 7 records, but the database holds 4"), "{reason}");
    assert_eq!(slug(&restored.submit(backup.text(&restored).await).await), "ledger-unavailable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_cosignature_is_named_and_not_shown() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    ledger.close().await;
    drop(ledger);
    let honest = witness(1, &world, log_keys, &dir).await;
    let ledger = open(&world, witnessing(&[(1, &honest.url)])).await;
    until(&ledger, 0, Standing::Cosigned).await;
    ledger.close().await;
    drop(ledger);
    sql(
        &world,
        "DROP TRIGGER cosignature_refuses_update; \
         UPDATE cosignature SET signature = CAST(substr(signature, 1, 20) || x'00' || substr(signature, 22) AS BLOB) WHERE witness = 1",
    )
    .await;
    let found = differences(&world).await;
    assert_eq!((found.len(), found[0].table, found[0].place.as_str()), (1, "cosignature", "4"), "{found:?}");
    let ledger = open(&world, Witnessing::default()).await;
    assert!(ledger.health().writable, "the ledger itself is whole");
    assert_eq!(cosigners(&ledger, &vkeys(1)).await.len(), 1);
}

/// A witness goes by the keys that its operator gave it, never by what the log says: the new ones are
/// given beside the old before the log changes its keys.
#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_knows_old_and_new_keys_cosigns_over_a_change_of_the_logs_keys() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let old = ledger.log_keys();
    let next = LogKeyPair::prepare_next(world.dir.path(), ledger.origin()).unwrap();
    ledger.close().await;
    drop(ledger);
    let ready = witness(1, &world, [old.clone(), next.verifiers().to_vec()].concat(), &dir).await;
    let late = witness(2, &world, old.clone(), &dir).await;
    let ledger = open(&world, witnessing(&[(1, &ready.url), (2, &late.url)])).await;
    until(&ledger, 0, Standing::Cosigned).await;
    until(&ledger, 1, Standing::Cosigned).await;
    let change = json!({"log_keys": next.verifiers()});
    let event = world.next(&ledger, &StreamId::registry(), "log_keys_changed", change).await;
    ledger.submit(event).await.unwrap();
    ledger.submit(world.text(&ledger).await).await.unwrap();
    let size = |at: usize| ledger.witnesses()[at].newest.map(|(size, _)| size);
    while size(0) != Some(6) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    until(&ledger, 1, Standing::Refuses).await;
    let reason = ledger.witnesses()[1].reason.clone().unwrap();
    assert!(reason.contains("403") && reason.contains("not signed by a key that this witness trusts"), "{reason}");
    assert!(size(1) < Some(6), "it cosigns nothing that only the new keys signed");
    // Its operator gives it the new keys, and it goes on from where it was.
    drop(late);
    let late = witness(2, &world, [old, next.verifiers().to_vec()].concat(), &dir).await;
    ledger.close().await;
    drop(ledger);
    let ledger = open(&world, witnessing(&[(1, &ready.url), (2, &late.url)])).await;
    until(&ledger, 1, Standing::Cosigned).await;
    assert_eq!(ledger.witnesses()[1].newest.map(|(size, _)| size), Some(6));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checkpoint_shows_each_witness_s_newest_word_and_receipts_its_first() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    ledger.close().await;
    drop(ledger);
    let honest = witness(1, &world, log_keys, &dir).await;
    let renewing = |url: &str| Witnessing { refresh: Duration::from_millis(20), ..witnessing(&[(1, url)]) };
    let ledger = open(&world, renewing(&honest.url)).await;
    until(&ledger, 0, Standing::Cosigned).await;
    let first = world.ms.load(std::sync::atomic::Ordering::SeqCst).unsigned_abs() / 1000;
    world.pass(90_000_000);
    let newest = first + 90_000;
    while ledger.witnesses()[0].newest.map(|(_, time)| time) != Some(newest) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let times = |note: &Note| -> Vec<Option<u64>> {
        note.open(&vkeys(1)).unwrap().into_iter().map(|signed| signed.time).collect()
    };
    let shown = async |ledger: &Ledger| times(&Note::parse(ledger.checkpoint().await.unwrap().as_bytes()).unwrap());
    assert_eq!(shown(&ledger).await, [Some(newest); 2]);
    assert_eq!(times(&ledger.cosigned(3).await.unwrap().unwrap().note), [Some(first); 2]);
    ledger.close().await;
    drop(ledger);
    let ledger = open(&world, Witnessing::default()).await;
    assert_eq!(shown(&ledger).await, [Some(newest); 2], "after a restart too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_whose_key_is_the_ledgers_own_or_signs_events_is_refused() {
    let world = World::new();
    let ledger = world.founded().await;
    let [log, log_ml_dsa] = <[VerifierKey; 2]>::try_from(ledger.log_keys()).unwrap();
    let next = LogKeyPair::prepare_next(world.dir.path(), ledger.origin()).unwrap();
    ledger.close().await;
    drop(ledger);
    let cosigns = |key: &NoteKey| {
        let key = match key {
            NoteKey::Ed25519(key) => NoteKey::Ed25519Cosignature(key.clone()),
            other => other.clone(),
        };
        VerifierKey::new("witness.example/w".parse().unwrap(), key).unwrap()
    };
    let registrar = NoteKey::Ed25519(author::public_key(&world.registrar).unwrap());
    for (key, whose) in [
        (cosigns(log.key()), "the log's own"),
        (cosigns(log_ml_dsa.key()), "the log's own"),
        (log_ml_dsa.clone(), "the log's own"),
        (cosigns(next.verifiers()[0].key()), "the log's own"),
        (cosigns(&registrar), "one that signs events"),
    ] {
        let witnessing = Witnessing::new(&[(key.clone(), "http://127.0.0.1:1".to_owned())]).unwrap();
        let refused = Ledger::open(Options { witnessing, ..world.options() }).await.err().unwrap();
        assert_eq!(refused, OpenError::WitnessKey { key: key.to_string(), whose });
        assert!(refused.to_string().contains("Make the witness a key of its own"), "{refused}");
    }
    assert!(world.open().await.health().writable, "nothing stuck");
}
