//! Conformance with C2SP tlog-witness v1.0.0, status by status; each test quotes what it holds to.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use ed25519_dalek::SigningKey;
use sinetti_events::log::evidence::{Evidence, Proven};
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::note::{Note, NoteSignature};
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::log::vkey::{KeyName, VerifierKey};
use sinetti_events::log::witness::{AddCheckpoint, parse_cosignatures};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::consistency::consistency_nodes;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::client::log_id;
use super::*;
use crate::clock::Clock;
use crate::http::Config;

const ORIGIN: &str = "localhost/sinetti";
const OTHER: &str = "Another.example/log";
const NOW: u64 = 1_790_000_000;

/// A log with the same leaves as every other, up to where it forks.
struct Ledger {
    origin: &'static str,
    trees: Vec<Frontier>,
    nodes: BTreeMap<NodeId, Hash>,
    keys: Vec<SigningKey>,
    extension: &'static str,
}

impl Ledger {
    fn new(origin: &'static str, fork: u64) -> Ledger {
        let (mut tree, mut nodes) = (Frontier::new(), BTreeMap::new());
        let mut trees = vec![tree.clone()];
        for index in 0..40u64 {
            let salt = u8::from(index >= fork);
            nodes.extend(tree.push(Hash::leaf(&[&index.to_be_bytes()[..], &[salt]].concat())));
            trees.push(tree.clone());
        }
        Ledger { origin, trees, nodes, keys: vec![key(1)], extension: "" }
    }

    fn root(&self, size: u64) -> Hash {
        self.trees[usize::try_from(size).unwrap()].root()
    }

    fn vkeys(&self) -> Vec<VerifierKey> {
        self.keys.iter().map(|key| NoteSigner::Ed25519(key).verifier_key(&name(self.origin)).unwrap()).collect()
    }

    fn note(&self, size: u64, root: Hash) -> Note {
        let text = format!("{}\n{size}\n{root}\n{}", self.origin, self.extension);
        let sign = |key: &SigningKey| NoteSigner::Ed25519(key).sign_text(&name(self.origin), &text, 0).unwrap();
        let lines: Vec<NoteSignature> = self.keys.iter().map(sign).collect();
        Note::new(&text, &lines).unwrap()
    }

    fn proof(&self, old: u64, new: u64) -> Vec<Hash> {
        let plan = consistency_nodes(old, new).unwrap();
        let hashes: Vec<Hash> = plan.nodes().iter().map(|id| self.nodes[id]).collect();
        plan.prove(&hashes).unwrap()
    }

    /// What an honest log sends.
    fn request(&self, old: u64, new: u64) -> AddCheckpoint {
        let proof = if old <= new { self.proof(old, new) } else { Vec::new() };
        AddCheckpoint { old, proof, checkpoint: self.note(new, self.root(new)) }
    }
}

pub(super) struct Answer {
    pub(super) status: u16,
    kind: String,
    pub(super) body: String,
}

struct Stand {
    dir: TempDir,
    clock: Clock,
    router: Router,
    vkeys: Vec<VerifierKey>,
}

impl Stand {
    async fn new() -> Stand {
        let start = sinetti_events::primitives::time::Instant::from_unix_ms(NOW as i64 * 1000).unwrap();
        let (dir, clock) = (tempfile::tempdir().unwrap(), Clock::fixed(start));
        let (router, vkeys) = open(&dir, &clock).await;
        Stand { dir, clock, router, vkeys }
    }

    /// The same witness after its process was started anew.
    async fn restarted(self) -> Stand {
        let Stand { dir, clock, router, .. } = self;
        drop(router);
        let (router, vkeys) = open(&dir, &clock).await;
        Stand { dir, clock, router, vkeys }
    }

    async fn post(&self, body: impl Into<Body>) -> Answer {
        ask(self.router.clone(), Method::POST, "/add-checkpoint", body).await
    }

    async fn add(&self, request: &AddCheckpoint) -> Answer {
        self.post(request.to_string()).await
    }

    async fn get(&self, path: &str) -> Answer {
        ask(self.router.clone(), Method::GET, path, Body::empty()).await
    }

    /// Asserts a 200 whose lines are this witness's cosignatures on exactly `note`.
    fn assert_cosigned(&self, answer: &Answer, note: &Note) {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let lines = parse_cosignatures(answer.body.as_bytes()).unwrap();
        let signed = Note::new(note.text(), &lines).unwrap().open(&self.vkeys).unwrap();
        assert_eq!((lines.len(), signed.len()), (2, 2));
        let now = self.clock.now().unix_ms().unsigned_abs() / 1000;
        assert!(signed.iter().all(|signed| signed.time == Some(now)));
    }

    fn pass(&self, seconds: i64) {
        if let Clock::Fixed(ms) = &self.clock {
            ms.fetch_add(seconds * 1000, std::sync::atomic::Ordering::SeqCst);
        }
    }
}

pub(super) async fn ask(router: Router, method: Method, path: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder().method(method).uri(path).body(body.into()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let kind = response.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap()).to_owned();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Answer { status, kind, body: String::from_utf8(body.to_vec()).unwrap() }
}

async fn open(dir: &TempDir, clock: &Clock) -> (Router, Vec<VerifierKey>) {
    let ml_dsa = MlDsaSigningKey::from_seed(&[8; 32]);
    let cosigner = Cosigner::new(Some(name("witness.example/w1")), key(8), Some(ml_dsa)).unwrap();
    let vkeys = cosigner.verifiers().to_vec();
    let logs = [ORIGIN, OTHER].map(|origin| (origin.to_owned(), Log::new(Ledger::new(origin, 99).vkeys(), None)));
    let state = State::open(&dir.path().join("witness.db")).await.unwrap();
    (router(Witness::new(cosigner, logs.into(), state, clock.clone()), Config::default()), vkeys)
}

pub(super) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(super) fn name(text: &str) -> KeyName {
    text.parse().unwrap()
}

#[tokio::test]
async fn every_step_of_a_growing_log_is_cosigned_by_both_keys() {
    let (mut stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    for pair in [0, 0, 1, 2, 3, 7, 8, 8, 20, 33].windows(2) {
        let request = log.request(pair[0], pair[1]);
        let answer = stand.add(&request).await;
        stand.assert_cosigned(&answer, &request.checkpoint);
        stand.pass(1);
        stand = stand.restarted().await;
    }
}

#[tokio::test]
async fn the_same_checkpoint_is_cosigned_again_with_a_new_time() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    stand.add(&log.request(0, 5)).await;
    stand.pass(3600);
    let request = log.request(5, 5);
    let answer = stand.add(&request).await;
    stand.assert_cosigned(&answer, &request.checkpoint);
}

/// "If the checkpoint origin is unknown, the witness MUST respond with a 404 Not Found".
#[tokio::test]
async fn an_unknown_origin_is_404_whoever_signed() {
    let stand = Stand::new().await;
    assert_eq!(stand.add(&Ledger::new("localhost/other", 99).request(0, 5)).await.status, 404);
}

/// "If none of the signatures verify against a trusted public key, the witness MUST respond with a 403 Forbidden".
#[tokio::test]
async fn a_checkpoint_that_no_trusted_key_signed_is_403() {
    let (stand, mut log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    let good = log.request(0, 5);
    log.keys = vec![key(2)];
    assert_eq!(stand.add(&log.request(0, 5)).await.status, 403, "another key under the log's name");
    let foreign = Ledger::new("localhost/other", 99).note(5, log.root(5));
    let signed_elsewhere = Note::new(good.checkpoint.text(), foreign.signatures()).unwrap();
    assert_eq!(stand.add(&AddCheckpoint { checkpoint: signed_elsewhere, ..good.clone() }).await.status, 403);
    let other_text = good.checkpoint.text().replace("\n5\n", "\n6\n");
    let changed = Note::new(&other_text, good.checkpoint.signatures()).unwrap();
    assert_eq!(stand.add(&AddCheckpoint { checkpoint: changed, ..good }).await.status, 403, "a changed text");
}

/// "it MUST ignore signatures from unknown keys".
#[tokio::test]
async fn signatures_of_unknown_keys_are_ignored() {
    let (stand, mut log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    log.keys = vec![key(2), key(1), key(3)];
    let request = log.request(0, 5);
    let answer = stand.add(&request).await;
    stand.assert_cosigned(&answer, &request.checkpoint);
}

/// "The old size MUST be equal to or lower than the checkpoint size. Otherwise … 400 Bad Request".
#[tokio::test]
async fn an_old_size_beyond_the_checkpoints_is_400_even_when_it_is_the_stored_one() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    stand.add(&log.request(0, 9)).await;
    assert_eq!(stand.add(&log.request(9, 5)).await.status, 400);
    assert_eq!(stand.add(&log.request(10, 5)).await.status, 400);
}

/// "If it doesn't match, the witness MUST respond with a 409 Conflict … The response body MUST consist of the tree
/// size of the latest cosigned checkpoint in decimal, followed by a newline … Content-Type of text/x.tlog.size".
#[tokio::test]
async fn another_old_size_than_the_stored_one_is_409_with_the_size() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    let conflict = |answer: &Answer| (answer.status, answer.kind.clone(), answer.body.clone());
    let expected = |size: u64| (409, "text/x.tlog.size".to_owned(), format!("{size}\n"));
    assert_eq!(conflict(&stand.add(&log.request(3, 5)).await), expected(0), "never cosigned: zero");
    stand.add(&log.request(0, 9)).await;
    for (old, new) in [(0, 9), (0, 20), (5, 9), (10, 20), (0, 5)] {
        assert_eq!(conflict(&stand.add(&log.request(old, new)).await), expected(9), "{old} {new}");
    }
    let other = Ledger::new(OTHER, 99);
    assert_eq!(conflict(&stand.add(&other.request(9, 20)).await), expected(0), "each log has its own size");
}

/// "If the Merkle Consistency Proof doesn't verify, the witness MUST respond with a 422 Unprocessable Entity".
/// "The proof MUST be empty if the old size is zero."
#[tokio::test]
async fn a_proof_that_does_not_hold_is_422_and_changes_nothing() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    let mut request = log.request(0, 5);
    request.proof = vec![log.root(3)];
    assert_eq!(stand.add(&request).await.status, 422, "a proof from nothing");
    stand.add(&log.request(0, 5)).await;
    let good = log.request(5, 9);
    for at in 0..good.proof.len() {
        let mut request = good.clone();
        request.proof[at] = Hash::ZERO;
        assert_eq!(stand.add(&request).await.status, 422, "hash {at}");
    }
    for proof in [Vec::new(), good.proof[1..].to_vec(), [good.proof.clone(), vec![Hash::ZERO]].concat()] {
        assert_eq!(stand.add(&AddCheckpoint { proof, ..good.clone() }).await.status, 422);
    }
    let mut same = log.request(5, 5);
    same.proof = vec![Hash::ZERO];
    assert_eq!(stand.add(&same).await.status, 422, "a proof of nothing new");
    assert_eq!(stand.add(&Ledger::new(ORIGIN, 2).request(5, 9)).await.status, 422, "another history");
    let answer = stand.add(&good).await;
    stand.assert_cosigned(&answer, &good.checkpoint);
}

/// "If the old size matches the checkpoint size, the witness MUST check that the root hashes are also identical. If
/// they don't match, … 409 Conflict". The request "might be proof of log misbehavior": it is kept.
#[tokio::test]
async fn another_root_of_the_stored_size_is_409_and_kept_as_evidence() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    stand.add(&log.request(0, 5)).await;
    let forked = Ledger::new(ORIGIN, 2);
    for _ in 0..2 {
        let answer = stand.add(&forked.request(5, 5)).await;
        assert_eq!((answer.status, answer.kind.as_str()), (409, "text/plain; charset=utf-8"), "no size to go on from");
        assert!(answer.body.contains("forked"));
    }
    let files = std::fs::read_dir(stand.dir.path()).unwrap().map(|file| file.unwrap().path());
    let kept: Vec<_> = files.filter(|path| path.to_string_lossy().contains(".fork-")).collect();
    let [file] = kept.as_slice() else { panic!("{kept:?}") };
    let evidence = Evidence::parse(&std::fs::read(file).unwrap()).unwrap();
    let proven = evidence.check(&log.vkeys()).unwrap();
    assert_eq!(proven, Proven::Fork { size: 5, signed: log.root(5), other: forked.root(5) });
}

#[tokio::test]
async fn the_empty_tree_has_one_root() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    let wrong = AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: log.note(0, log.root(3)) };
    assert_eq!(stand.add(&wrong).await.status, 422);
    assert_eq!(stand.add(&log.request(0, 0)).await.status, 200);
    assert_eq!(stand.add(&wrong).await.status, 422);
}

#[tokio::test]
async fn what_is_no_request_is_400_and_what_is_too_long_413() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    let good = log.request(0, 5).to_string();
    let two_lines =
        format!("old 0\n\n{ORIGIN}\n5\n\n{}", good.split_once("\n\n").unwrap().1.split_once("\n\n").unwrap().1);
    for bad in [
        String::new(),
        "old 0\n".to_owned(),
        good.replacen("old 0", "old 00", 1),
        good.replacen("old 0\n", "old 0\nx\n", 1),
        good.trim_end().to_owned(),
        good.replacen("\n5\n", "\n05\n", 1),
        good.replacen("old 0\n", "old 0\r\n", 1),
        two_lines,
        format!("{good}x\n"),
    ] {
        assert_eq!(stand.post(bad.clone()).await.status, 400, "{bad:?}");
    }
    assert_eq!(stand.post("a".repeat(300 * 1024)).await.status, 413);
    assert_eq!(stand.get("/add-checkpoint").await.status, 405);
    assert_eq!(stand.get("/nothing").await.status, 404);
}

/// "Extension lines MAY be included in the checkpoint by the log, and if present MUST be included in the cosigned
/// message." (tlog-cosignature)
#[tokio::test]
async fn other_logs_with_extension_lines_are_cosigned_whole() {
    let (stand, mut log) = (Stand::new().await, Ledger::new(OTHER, 99));
    log.extension = "an extension line\nanother\n";
    let request = log.request(0, 5);
    let answer = stand.add(&request).await;
    stand.assert_cosigned(&answer, &request.checkpoint);
}

#[tokio::test]
async fn a_clock_that_went_back_cosigns_nothing_until_it_is_right() {
    let (stand, log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    stand.add(&log.request(0, 5)).await;
    stand.pass(-10);
    let answer = stand.add(&log.request(5, 9)).await;
    assert_eq!(answer.status, 503, "{}", answer.body);
    stand.pass(10);
    assert_eq!(stand.add(&log.request(5, 9)).await.status, 200);
}

#[tokio::test]
async fn monitors_see_the_newest_cosigned_checkpoint() {
    let (stand, mut log) = (Stand::new().await, Ledger::new(ORIGIN, 99));
    let path = format!("/{}/checkpoint", log_id(ORIGIN));
    assert_eq!(stand.get(&path).await.status, 404);
    log.keys = vec![key(2), key(1)];
    stand.add(&log.request(0, 5)).await;
    stand.add(&log.request(5, 9)).await;
    let answer = stand.get(&path).await;
    let note = Note::parse(answer.body.as_bytes()).unwrap();
    assert_eq!(note.text(), log.note(9, log.root(9)).text());
    assert_eq!(note.signatures().len(), 3, "the trusted key's line and the witness's two");
    let known = [Ledger::new(ORIGIN, 99).vkeys(), stand.vkeys.clone()].concat();
    assert_eq!(note.open(&known).unwrap().len(), 3);
    assert_eq!(stand.get(&format!("/{}/checkpoint", log_id("localhost/other"))).await.status, 404);
    assert!(stand.get("/").await.body.contains(&stand.vkeys[0].to_string()));
}

/// The race that tlog-witness spells out: checking and persisting are one step.
#[tokio::test(flavor = "multi_thread")]
async fn of_racing_requests_one_history_is_cosigned() {
    let (stand, log, forked) = (Stand::new().await, Ledger::new(ORIGIN, 99), Ledger::new(ORIGIN, 6));
    stand.add(&log.request(0, 5)).await;
    let requests: Vec<AddCheckpoint> =
        (7..30).flat_map(|size| [log.request(5, size), forked.request(5, size)]).collect();
    let tasks: Vec<_> = requests
        .iter()
        .map(|request| tokio::spawn(ask(stand.router.clone(), Method::POST, "/add-checkpoint", request.to_string())))
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    let cosigned: Vec<usize> = (0..answers.len()).filter(|at| answers[*at].status == 200).collect();
    assert_eq!(cosigned.len(), 1, "each was about to move it from 5");
    let note = stand.get(&format!("/{}/checkpoint", log_id(ORIGIN))).await.body;
    assert!(note.starts_with(requests[cosigned[0]].checkpoint.text()));
}
