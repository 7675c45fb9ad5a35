//! A witness that reads the records before it cosigns them, against logs that sign a sound tree over
//! records that are not sound.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{OriginalUri, State as Shared};
use axum::http::StatusCode;
use sinetti_events::chain::Chain;
use sinetti_events::format::envelope::{Envelope, Signature};
use sinetti_events::format::record::{Entry, Record};
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::log::tile::{Tile, TileKind, encode_entries};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::log::witness::AddCheckpoint;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::consistency::consistency_nodes;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::tests::{ask, key, name};
use super::*;
use crate::client::Client;
use crate::clock::Clock;
use crate::http::Config;

const ORIGIN: &str = "localhost/sinetti";

/// A log of records, and the server of its entry bundles.
struct Book {
    entries: Vec<Entry>,
    tree: Frontier,
    nodes: std::collections::BTreeMap<NodeId, Hash>,
    roots: Vec<Hash>,
}

impl Book {
    /// Of `size` sound records, of which `spoil` then changes one; those after it continue it as if it were sound.
    fn new(size: u64, spoiled: Option<u64>, spoil: impl Fn(&mut Record)) -> Book {
        let mut chain = Chain::new(ORIGIN.parse().unwrap());
        let mut book = Book { entries: Vec::new(), tree: Frontier::new(), nodes: Default::default(), roots: vec![] };
        book.roots.push(book.tree.root());
        for index in 0..size {
            let stream = ["registry", "a", "b"][usize::try_from(index % 3).unwrap()];
            let signature = Signature { keyid: Digest([1; 32]), sig: vec![0; 64] };
            let envelope = Envelope::of_event(index.to_be_bytes().to_vec(), vec![signature]);
            let at = Instant::from_unix_ms(1_700_000_000_000).unwrap();
            let mut entry = chain.seal(&stream.parse().unwrap(), envelope, at).unwrap();
            if spoiled == Some(index) {
                spoil(&mut entry.record);
                entry = Entry::seal(entry.record).unwrap();
            }
            chain.push(&entry);
            book.nodes.extend(book.tree.push(entry.leaf));
            book.roots.push(book.tree.root());
            book.entries.push(entry);
        }
        book
    }

    fn sound(size: u64) -> Book {
        Book::new(size, None, |_| {})
    }

    fn request(&self, old: u64, new: u64) -> String {
        let plan = consistency_nodes(old, new).unwrap();
        let hashes: Vec<Hash> = plan.nodes().iter().map(|id| self.nodes[id]).collect();
        let root = self.roots[usize::try_from(new).unwrap()];
        let checkpoint = Checkpoint { origin: ORIGIN.parse().unwrap(), size: new, root };
        let line = NoteSigner::Ed25519(&key(1)).sign(&name(ORIGIN), &checkpoint, 0).unwrap();
        let note = sinetti_events::log::note::Note::new(&checkpoint.to_string(), &[line]).unwrap();
        AddCheckpoint { old, proof: plan.prove(&hashes).unwrap(), checkpoint: note }.to_string()
    }

    fn bundle(&self, path: &str) -> Option<Vec<u8>> {
        let tile: Tile = path.trim_start_matches('/').parse().ok()?;
        let from = usize::try_from(tile.index * 256).ok()?;
        let entries = self.entries.get(from..from + usize::from(tile.width))?;
        let bytes: Vec<&[u8]> = entries.iter().map(|entry| entry.bytes.as_slice()).collect();
        (tile.kind == TileKind::Entries).then(|| encode_entries(&bytes).ok()).flatten()
    }
}

type Served = Arc<Mutex<Option<Book>>>;

/// A log's server whose log can be exchanged, or be away.
async fn serve(book: Book) -> (String, Served) {
    let served: Served = Arc::new(Mutex::new(Some(book)));
    let answer = |Shared(served): Shared<Served>, OriginalUri(uri): OriginalUri| async move {
        match served.lock().unwrap().as_ref().map(|book| book.bundle(uri.path())) {
            None => (StatusCode::BAD_GATEWAY, Vec::new()),
            Some(None) => (StatusCode::NOT_FOUND, Vec::new()),
            Some(Some(bytes)) => (StatusCode::OK, bytes),
        }
    };
    let router = Router::new().fallback(answer).with_state(served.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(crate::http::run(listener, router, Config::default(), std::future::pending()));
    (url, served)
}

async fn witness(dir: &TempDir, url: &str) -> Router {
    let keys: Vec<VerifierKey> = vec![NoteSigner::Ed25519(&key(1)).verifier_key(&name(ORIGIN)).unwrap()];
    let log = Log::new(keys, Some(Client::new(url).unwrap()));
    let state = State::open(&dir.path().join("w.db")).await.unwrap();
    let cosigner = Cosigner::new(None, key(8), None).unwrap();
    router(Witness::new(cosigner, [(ORIGIN.to_owned(), log)].into(), state, Clock::System), Config::default())
}

async fn add(router: &Router, body: String) -> (u16, String) {
    let answer = ask(router.clone(), axum::http::Method::POST, "/add-checkpoint", body).await;
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_records_are_read_once_and_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let book = Book::sound(600);
    let requests = [(0, 1), (1, 5), (5, 300), (300, 600)].map(|(old, new)| book.request(old, new));
    let (url, served) = serve(book).await;
    for request in &requests[..3] {
        // A new process each time: what was read is remembered.
        let (status, text) = add(&witness(&dir, &url).await, request.clone()).await;
        assert_eq!(status, 200, "{text}");
    }
    // Only what is new is read: the earlier bundles are gone.
    let mut book = served.lock().unwrap().take().unwrap();
    for entry in &mut book.entries[..256] {
        entry.bytes = b"gone".to_vec();
    }
    *served.lock().unwrap() = Some(book);
    let (status, text) = add(&witness(&dir, &url).await, requests[3].clone()).await;
    assert_eq!(status, 200, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_whose_words_on_its_place_are_not_true_is_never_cosigned() {
    type Spoil = fn(&mut Record);
    let spoils: [(&str, Spoil); 8] = [
        ("heads", |record| record.heads = Hash([7; 32])),
        ("streams", |record| record.streams += 1),
        ("stream", |record| record.stream = 0),
        ("previous", |record| record.previous = Hash([7; 32])),
        ("agreement_previous", |record| record.agreement_previous = Hash([7; 32])),
        ("version", |record| record.version += 1),
        ("index", |record| record.index += 1),
        ("ledger", |record| record.ledger = "localhost/other".parse().unwrap()),
    ];
    for (member, spoil) in spoils {
        let dir = tempfile::tempdir().unwrap();
        let book = Book::new(12, Some(7), spoil);
        let requests = [(0, 7), (7, 8), (7, 12)].map(|(old, new)| book.request(old, new));
        let (url, _served) = serve(book).await;
        let router = witness(&dir, &url).await;
        assert_eq!(add(&router, requests[0].clone()).await.0, 200, "{member}: what is sound before it");
        for request in &requests[1..] {
            let (status, text) = add(&router, request.clone()).await;
            assert!(status == 422 && text.contains("record 7") && text.contains(member), "{member}: {status} {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_of_another_tree_than_the_signed_one_are_not_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let signed = Book::sound(9).request(0, 9);
    let (url, _served) =
        serve(Book::new(9, Some(8), |record| record.recorded_at = Instant::from_unix_ms(1_800_000_000_000).unwrap()))
            .await;
    let (status, text) = add(&witness(&dir, &url).await, signed).await;
    assert!(status == 422 && text.contains("another tree"), "{status} {text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_can_not_be_read_is_not_cosigned_now() {
    let dir = tempfile::tempdir().unwrap();
    let request = Book::sound(9).request(0, 9);
    let (url, served) = serve(Book::sound(5)).await;
    let router = witness(&dir, &url).await;
    assert_eq!(add(&router, request.clone()).await.0, 503, "records are missing");
    *served.lock().unwrap() = None;
    assert_eq!(add(&router, request.clone()).await.0, 503, "the server is away");
    *served.lock().unwrap() = Some(Book::sound(9));
    assert_eq!(add(&router, request).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_begins_to_read_later_reads_from_the_beginning() {
    let dir = tempfile::tempdir().unwrap();
    let book = Book::new(12, Some(3), |record| record.heads = Hash([7; 32]));
    let requests = [(0, 5), (5, 12)].map(|(old, new)| book.request(old, new));
    let (url, served) = serve(book).await;
    let keys = vec![NoteSigner::Ed25519(&key(1)).verifier_key(&name(ORIGIN)).unwrap()];
    let state = State::open(&dir.path().join("w.db")).await.unwrap();
    let blind = Witness::new(
        Cosigner::new(None, key(8), None).unwrap(),
        [(ORIGIN.to_owned(), Log::new(keys, None))].into(),
        state,
        Clock::System,
    );
    assert_eq!(add(&router(blind, Config::default()), requests[0].clone()).await.0, 200, "it does not read");
    let (status, text) = add(&witness(&dir, &url).await, requests[1].clone()).await;
    assert!(status == 422 && text.contains("record 3"), "{status} {text}");
    *served.lock().unwrap() = None;
    assert_eq!(add(&witness(&dir, &url).await, requests[1].clone()).await.0, 503);
}
