//! Ledgers of ours, and a monitor that follows them: honest ones, copies that went on by themselves,
//! and such as were put back.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::evidence::{Evidence, Proven};
use sinetti_events::log::note::Note;
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::audit::Verdict;
use tempfile::TempDir;

use super::witnessed::{self, Service};
use super::world::World;
use crate::client::Client;
use crate::clock::Clock;
use crate::http;
use crate::ledger::{Ledger, Standing, Witnessing};
use crate::log_keys::LogKeyPair;
use crate::monitor::{Monitor, Options, Sight};

type Overrides = Arc<Mutex<HashMap<String, Vec<u8>>>>;

/// The monitor's own directory, and what it is started with.
struct Watch {
    dir: TempDir,
    pinned: Vec<VerifierKey>,
    policy: Option<Policy>,
    clock: Clock,
}

impl Watch {
    fn new(world: &World) -> Watch {
        let dir = tempfile::tempdir().unwrap();
        Watch { dir, pinned: Vec::new(), policy: None, clock: Clock::Fixed(world.ms.clone()) }
    }

    fn open(&self, url: &str) -> Monitor {
        let options = Options {
            state: self.dir.path().join("state"),
            evidence: self.dir.path().join("evidence"),
            pinned: self.pinned.clone(),
            policy: self.policy.clone(),
            max_age: Duration::from_secs(48 * 3600),
            patience: Duration::from_secs(900),
            looks: 2,
            pause: Duration::ZERO,
            clock: self.clock.clone(),
        };
        Monitor::open(Client::new(url).unwrap(), options).unwrap()
    }

    /// Looks once, as a program that is started for it.
    async fn look(&self, service: &Service) -> Sight {
        tokio::task::block_in_place(|| self.open(&service.url).look(|_, _| {}).unwrap())
    }
}

/// Serves a ledger; what `overrides` holds in its place.
async fn serve(ledger: &Ledger, overrides: &Overrides) -> Service {
    let overrides = overrides.clone();
    let layer = from_fn(move |request: Request<Body>, next: Next| {
        let bytes = overrides.lock().unwrap().get(request.uri().path()).cloned();
        async move {
            match bytes {
                Some(bytes) => bytes.into_response(),
                None => next.run(request).await as Response,
            }
        }
    });
    witnessed::serve(http::router(ledger.clone(), http::Config::default()).layer(layer)).await
}

async fn served(ledger: &Ledger) -> Service {
    serve(ledger, &Overrides::default()).await
}

async fn write(world: &World, ledger: &Ledger, texts: usize) {
    for _ in 0..texts {
        world.pass(1000);
        ledger.submit(world.text(ledger).await).await.unwrap();
    }
}

fn slugs(sight: &Sight) -> Vec<&str> {
    sight.findings.iter().map(|finding| finding.slug.as_str()).collect()
}

/// What the only evidence file proves to somebody who has the log's keys from elsewhere.
fn proven(sight: &Sight, keys: &[VerifierKey]) -> Proven {
    let files: Vec<&PathBuf> = sight.evidence.iter().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    Evidence::parse(&std::fs::read(files[0]).unwrap()).unwrap().check(keys).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_grows_is_followed_across_restarts_of_the_monitor() {
    let world = World::new();
    let ledger = world.founded().await;
    let service = served(&ledger).await;
    let watch = Watch { pinned: ledger.log_keys(), ..Watch::new(&world) };
    let mut before = 0;
    for texts in [0, 0, 1, 3, 0, 2] {
        write(&world, &ledger, texts).await;
        let sight = watch.look(&service).await;
        let new = if before == 0 { 4 } else { texts as u64 };
        assert_eq!((sight.verdict, sight.size, sight.new), (Verdict::Valid, before + new, new), "{sight:?}");
        before = sight.size;
    }
    // One monitor that goes on looking sees the same as one that is started again.
    let mut monitor = tokio::task::block_in_place(|| watch.open(&service.url));
    for texts in [1, 0, 2] {
        write(&world, &ledger, texts).await;
        let sight = tokio::task::block_in_place(|| monitor.look(|_, _| {}).unwrap());
        assert_eq!((sight.verdict, sight.new), (Verdict::Valid, texts as u64), "{sight:?}");
    }
    tokio::task::block_in_place(|| drop(monitor));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_bundle_is_judged_in_batches_and_read_again_in_turn() {
    let world = World::new();
    let ledger = world.founded().await;
    let mut texts = Vec::new();
    for _ in 0..300 {
        texts.push(world.text(&ledger).await);
    }
    for text in texts {
        ledger.submit(text).await.unwrap();
    }
    let overrides = Overrides::default();
    let service = serve(&ledger, &overrides).await;
    let watch = Watch::new(&world);
    assert_eq!(watch.look(&service).await.verdict, Verdict::Valid);
    write(&world, &ledger, 2).await;
    let sight = watch.look(&service).await;
    assert_eq!((sight.verdict, sight.size, sight.new), (Verdict::Valid, 306, 2), "{sight:?}");
    // The second bundle is rewritten: found within as many looks as there are bundles.
    let bundle = Client::new(&service.url).unwrap();
    let mut bytes = tokio::task::block_in_place(|| bundle.bytes("/tile/entries/001.p/50").unwrap().unwrap());
    let last = bytes.len() - 5;
    bytes[last] ^= 1;
    overrides.lock().unwrap().insert("/tile/entries/001.p/50".to_owned(), bytes);
    let looks = [watch.look(&service).await, watch.look(&service).await];
    let found: Vec<_> = looks.iter().flat_map(|sight| &sight.findings).collect();
    assert!(found.len() == 1 && found[0].slug == "tile-rewritten" && found[0].index == Some(305), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_logs_keys_is_followed_and_a_pinned_old_key_is_asked_to_be_replaced() {
    let world = World::new();
    let ledger = world.founded().await;
    let old = ledger.log_keys();
    let service = served(&ledger).await;
    let (bare, pinned) = (Watch::new(&world), Watch { pinned: old.clone(), ..Watch::new(&world) });
    assert_eq!(bare.look(&service).await.log_keys, old);
    assert_eq!(pinned.look(&service).await.verdict, Verdict::Valid);
    let next = LogKeyPair::prepare_next(world.dir.path(), ledger.origin()).unwrap();
    let change = json!({"log_keys": next.verifiers()});
    let event = world.next(&ledger, &StreamId::registry(), "log_keys_changed", change).await;
    ledger.submit(event).await.unwrap();
    // Neither sees the checkpoint that both generations signed.
    write(&world, &ledger, 2).await;
    let sight = bare.look(&service).await;
    assert_eq!((sight.verdict, sight.size, sight.new), (Verdict::Valid, 7, 3), "{sight:?}");
    assert_eq!(sight.log_keys, next.verifiers());
    let sight = pinned.look(&service).await;
    assert_eq!((sight.verdict, sight.size), (Verdict::Unverifiable, 7));
    assert!(slugs(&sight).iter().all(|slug| *slug == "log-key-replaced"), "{sight:?}");
    let pinned = Watch { pinned: next.verifiers().to_vec(), ..pinned };
    assert_eq!(pinned.look(&service).await.verdict, Verdict::Valid);
    // Who begins only now, with nothing but the records, sees the same.
    assert_eq!(Watch::new(&world).look(&service).await.verdict, Verdict::Valid);
}

/// A ledger of six records, and a copy of its files, keys included, from when it had five.
async fn copied() -> (World, Ledger, World, Ledger) {
    let world = World::new();
    let ledger = world.founded().await;
    write(&world, &ledger, 1).await;
    ledger.close().await;
    drop(ledger);
    let copy = world.copy();
    copy.pass(3_600_000);
    let (ledger, other) = (world.open().await, copy.open().await);
    write(&world, &ledger, 1).await;
    (world, ledger, copy, other)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_went_on_by_itself_is_a_fork_whichever_way_it_is_shown() {
    // The fork is shown smaller, of the same size, and larger than what was seen.
    for (more, texts) in [(2, 1), (0, 1), (0, 4)] {
        let (world, ledger, copy, other) = copied().await;
        write(&world, &ledger, more).await;
        write(&copy, &other, texts).await;
        let (honest, forked) = (served(&ledger).await, served(&other).await);
        let watch = Watch::new(&world);
        assert_eq!(watch.look(&honest).await.verdict, Verdict::Valid);
        let sight = watch.look(&forked).await;
        assert_eq!((sight.verdict, slugs(&sight)), (Verdict::Tampered, vec!["forked"]), "{more} {texts}");
        let size = u64::try_from(6 + more.min(texts - 1)).unwrap();
        assert!(
            matches!(proven(&sight, &ledger.log_keys()), Proven::Fork { size: at, .. } if at == size),
            "{more} {texts}"
        );
        // It stays true when the server shows the first history again, and after a restart.
        let again = watch.look(&honest).await;
        assert_eq!(
            (again.verdict, slugs(&again), &again.evidence),
            (Verdict::Tampered, vec!["forked"], &sight.evidence)
        );
        // Nobody can be accused with another's keys.
        let evidence = Evidence::parse(&std::fs::read(&sight.evidence[0]).unwrap()).unwrap();
        assert!(evidence.check(&witnessed::vkeys(9)).is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hides_the_way_between_two_signed_trees_is_found_out() {
    let (world, ledger, copy, other) = copied().await;
    write(&copy, &other, 4).await;
    let overrides = Overrides::default();
    let (honest, forked) = (served(&ledger).await, serve(&other, &overrides).await);
    let watch = Watch::new(&world);
    watch.look(&honest).await;
    // Hashes of the honest tree under the root of the forked one.
    overrides.lock().unwrap().insert("/tile/0/000.p/9".to_owned(), vec![7; 9 * 32]);
    let sight = watch.look(&forked).await;
    assert_eq!((sight.verdict, slugs(&sight)), (Verdict::Tampered, vec!["consistency-unproven"]));
    let kept: Vec<_> = std::fs::read_dir(watch.dir.path().join("evidence")).unwrap().collect();
    assert_eq!(kept.len(), 1, "both checkpoints are kept, one in the state");
    assert_eq!(watch.look(&honest).await.verdict, Verdict::Valid, "nothing was taken over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_put_back_is_noticed_and_proven_when_it_signs_again() {
    let (world, ledger, _copy, other) = copied().await;
    write(&world, &ledger, 2).await;
    let overrides = Overrides::default();
    let (honest, restored) = (served(&ledger).await, serve(&other, &overrides).await);
    let watch = Watch::new(&world);
    assert_eq!(watch.look(&honest).await.size, 8);
    // The old checkpoint, as it was signed then: a cache could do that too.
    let sight = watch.look(&restored).await;
    assert_eq!((sight.verdict, slugs(&sight)), (Verdict::Unverifiable, vec!["checkpoint-old"]));
    assert!(sight.evidence.is_empty());
    assert_eq!(watch.look(&honest).await.verdict, Verdict::Valid, "a lagging cache is forgiven");
    // The same five records signed anew, later.
    let old: Checkpoint = Note::parse(other.checkpoint().await.unwrap().as_bytes()).unwrap().text().parse().unwrap();
    let keys = LogKeyPair::load(world.dir.path(), ledger.origin(), false).unwrap();
    let later = world.ms.load(std::sync::atomic::Ordering::SeqCst).unsigned_abs() / 1000 + 60;
    let note = keys.sign(&old, &[], later).unwrap();
    overrides.lock().unwrap().insert("/checkpoint".to_owned(), note.as_str().as_bytes().to_vec());
    let sight = watch.look(&restored).await;
    assert_eq!((sight.verdict, slugs(&sight)), (Verdict::Tampered, vec!["rolled-back"]));
    let proven = proven(&sight, &ledger.log_keys());
    assert!(matches!(proven, Proven::Rollback { earlier: (8, _), later: (5, at) } if at == later), "{proven:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_changed_on_the_way_are_not_taken_in_and_not_the_logs_doing() {
    let world = World::new();
    let ledger = world.founded().await;
    let overrides = Overrides::default();
    let service = serve(&ledger, &overrides).await;
    let watch = Watch::new(&world);
    watch.look(&service).await;
    write(&world, &ledger, 2).await;
    let client = Client::new(&service.url).unwrap();
    let path = "/tile/entries/000.p/6";
    let good = tokio::task::block_in_place(|| client.bytes(path).unwrap().unwrap());
    let mut bad = good.clone();
    let last = bad.len() - 5;
    bad[last] ^= 1;
    for (bytes, slug, verdict) in [
        (bad, "root-mismatch", Verdict::Tampered),
        (good[..good.len() - 1].to_vec(), "tile-malformed", Verdict::Tampered),
    ] {
        overrides.lock().unwrap().insert(path.to_owned(), bytes);
        let sight = watch.look(&service).await;
        assert_eq!((sight.verdict, slugs(&sight), sight.size), (verdict, vec![slug], 4));
        assert!(sight.evidence.is_empty());
    }
    overrides.lock().unwrap().clear();
    let sight = watch.look(&service).await;
    assert_eq!((sight.verdict, sight.new), (Verdict::Valid, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_whose_witnesses_fell_silent_is_frozen_and_a_quiet_one_is_not() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let ledger = world.founded().await;
    let log_keys = ledger.log_keys();
    ledger.close().await;
    drop(ledger);
    let witness = witnessed::witness(1, &world, log_keys.clone(), &dir).await;
    let renewing = Duration::from_millis(20);
    let witnessing = Witnessing { refresh: renewing, ..witnessed::witnessing(&[(1, &witness.url)]) };
    let ledger = witnessed::open(&world, witnessing).await;
    witnessed::until(&ledger, 0, Standing::Cosigned).await;
    let service = served(&ledger).await;
    let lines: BTreeMap<&str, VerifierKey> = BTreeMap::from([("w", witnessed::vkeys(1)[0].clone())]);
    let text = format!("log {}\nwitness w {}\nquorum w\n", log_keys[0], lines["w"]);
    let watch = Watch { policy: Some(Policy::parse(text.as_bytes()).unwrap()), ..Watch::new(&world) };
    let bare = Watch::new(&world);
    assert_eq!(watch.look(&service).await.verdict, Verdict::Valid);
    // Nothing is written for 100 hours, but the witness signs what stands there again.
    world.pass(100 * 3_600_000);
    let now = world.ms.load(std::sync::atomic::Ordering::SeqCst).unsigned_abs() / 1000;
    while ledger.witnesses()[0].newest.is_none_or(|(_, time)| time < now) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(watch.look(&service).await.verdict, Verdict::Valid, "quiet, not frozen");
    // The witness is gone, or the server shows an old state: nobody vouches any more.
    drop(witness);
    world.pass(47 * 3_600_000);
    assert_eq!(watch.look(&service).await.verdict, Verdict::Valid);
    world.pass(2 * 3_600_000);
    let sight = watch.look(&service).await;
    assert_eq!((sight.verdict, slugs(&sight)), (Verdict::Unverifiable, vec!["log-frozen"]));
    assert!(sight.findings[0].reason.contains("49 h old"), "{:?}", sight.findings);
    assert_eq!(bare.look(&service).await.verdict, Verdict::Valid, "without witnesses nobody can tell");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_may_take_its_time_and_is_missed_after_it() {
    let world = World::new();
    let ledger = world.founded().await;
    let service = served(&ledger).await;
    let text = format!("log {}\nwitness w {}\nquorum w\n", ledger.log_keys()[0], witnessed::vkeys(1)[0]);
    let watch = Watch { policy: Some(Policy::parse(text.as_bytes()).unwrap()), ..Watch::new(&world) };
    assert_eq!(watch.look(&service).await.verdict, Verdict::Valid);
    world.pass(901_000);
    assert_eq!(slugs(&watch.look(&service).await), ["quorum-not-met"]);
}
