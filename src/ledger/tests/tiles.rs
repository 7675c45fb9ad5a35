//! Every tile at every size, read over HTTP by a reader that knows the specification and none of our code.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use sha2::{Digest as _, Sha256};
use sinetti_events::chain::Chain;
use sinetti_events::format::envelope::{Envelope, Signature};
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;
use tower::ServiceExt as _;

use super::world::World;
use crate::http;
use crate::ledger::published::Published;
use crate::ledger::sequencer::Shared;
use crate::ledger::{Inner, Ledger};
use crate::store::rows::Batch;
use crate::store::{Store, Writer};

type Sum = [u8; 32];

fn sum(parts: &[&[u8]]) -> Sum {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// RFC 6962 § 2.1.
fn mth(leaves: &[Sum]) -> Sum {
    match leaves {
        [] => sum(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            sum(&[&[1], &mth(left), &mth(right)])
        }
    }
}

/// tlog-tiles: zero-padded elements of three digits, all but the last after an `x`.
fn path(kind: &str, index: u64, width: u64) -> String {
    let mut number = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        number = format!("x{:03}/{number}", rest % 1000);
        rest /= 1000;
    }
    let partial = if width < 256 { format!(".p/{width}") } else { String::new() };
    format!("/tile/{kind}/{number}{partial}")
}

async fn fetch(router: &Router, path: &str) -> Option<Vec<u8>> {
    let response = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    if response.status() == StatusCode::NOT_FOUND {
        return None;
    }
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable", "{path}");
    assert_eq!(response.headers()["content-type"], "application/octet-stream", "{path}");
    Some(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

/// The hashes of tiles `from..` of a level in a tree of `size`; each has the width that it must, and nothing lies
/// beyond.
async fn level(router: &Router, size: u64, level: u32, from: u64) -> Vec<Sum> {
    let there = size.checked_shr(8 * level).unwrap_or(0);
    let mut hashes = Vec::new();
    for index in from..there.div_ceil(256) {
        let width = (there - index * 256).min(256);
        let bytes = fetch(router, &path(&level.to_string(), index, width)).await.unwrap();
        assert_eq!(bytes.len() as u64, width * 32);
        hashes.extend(bytes.chunks(32).map(|hash| Sum::try_from(hash).unwrap()));
    }
    let (next, width) = (there / 256, there % 256 + 1);
    assert_eq!(fetch(router, &path(&level.to_string(), next, width)).await, None, "size {size} level {level}");
    hashes
}

async fn bundle(router: &Router, index: u64, width: u64) -> Vec<Sum> {
    let bytes = fetch(router, &path("entries", index, width)).await.unwrap();
    let mut rest = &bytes[..];
    let mut leaves = Vec::new();
    while let [high, low, after @ ..] = rest {
        let (entry, after) = after.split_at(usize::from(*high) << 8 | usize::from(*low));
        leaves.push(sum(&[&[0], entry]));
        rest = after;
    }
    assert!(rest.is_empty());
    leaves
}

/// A database of `size` tree nodes, and of the records from `from` on.
struct Log {
    store: Store,
    /// Keeps the database's lock.
    #[allow(dead_code, reason = "held, and taken apart by the test that damages the database")]
    writer: Writer,
    leaves: Vec<Sum>,
    world: World,
}

impl Log {
    async fn of(size: u64, from: u64) -> Log {
        let world = World::new();
        let url = format!("sqlite:{}", world.database().display());
        let (store, mut writer) = Store::open(&url).await.unwrap();
        let Writer::Sqlite(ref mut sqlite) = writer;
        sqlite.run("DROP TRIGGER record_is_gapless").await.unwrap();
        let mut chain = Chain::new("localhost/sinetti".parse().unwrap());
        let mut tree = Frontier::new();
        let mut leaves = Vec::new();
        let mut batch = Batch::default();
        for index in 0..size {
            if index < from {
                let leaf = Hash(sum(&[&index.to_be_bytes()]));
                batch.nodes.extend(tree.push(leaf));
                leaves.push(leaf.0);
            } else {
                let signature = Signature { keyid: Digest([1; 32]), sig: vec![0; 64] };
                let envelope = Envelope::of_event(index.to_be_bytes().to_vec(), vec![signature]);
                let mut entry = chain.seal(&StreamId::registry(), envelope, Instant::EPOCH).unwrap();
                chain.push(&entry);
                entry.record.index = index;
                let bytes = String::from_utf8(entry.bytes.clone()).unwrap();
                let place = format!("\"index\":{},", index - from);
                entry.bytes = bytes.replacen(&place, &format!("\"index\":{index},"), 1).into_bytes();
                entry.leaf = Hash::leaf(&entry.bytes);
                batch.nodes.extend(tree.push(entry.leaf));
                leaves.push(entry.leaf.0);
                let mut random = [0; 10];
                random[..8].copy_from_slice(&index.to_be_bytes());
                batch.records.push((EventId::new(1_700_000_000_000, &random), entry));
            }
        }
        let mut turn = writer.begin().await.unwrap();
        turn.append(&batch).await.unwrap();
        turn.commit().await.unwrap();
        Log { store, writer, leaves, world }
    }

    /// The server, once the checkpoint of this size is published.
    fn served(&self, size: u64) -> Router {
        let origin: sinetti_events::primitives::ids::Origin = "localhost/sinetti".parse().unwrap();
        let mut published = Published::empty();
        let root = Hash(mth(&self.leaves[..usize::try_from(size).unwrap()]));
        published.show(&Checkpoint { origin: origin.clone(), size, root }, "");
        let ledger = Ledger::of(Inner {
            origin,
            clock: self.world.options().clock,
            store: self.store.clone(),
            shared: Arc::new(Shared::new(published, None)),
            queue: std::sync::Mutex::new(None),
            task: tokio::sync::Mutex::new(None),
            documents: None,
            log_keys: Vec::new(),
            differences: Vec::new(),
            _lock: None,
        });
        http::router(ledger, http::Config::default())
    }
}

#[tokio::test]
async fn every_size_up_to_600_has_the_tiles_that_give_its_root_and_no_others() {
    let log = Log::of(601, 0).await;
    for size in 0..=600 {
        let router = log.served(size);
        let expected = &log.leaves[..usize::try_from(size).unwrap()];
        let leaves = level(&router, size, 0, 0).await;
        assert_eq!(leaves, expected, "size {size}");
        let above: Vec<Sum> = leaves.chunks_exact(256).map(mth).collect();
        assert_eq!(level(&router, size, 1, 0).await, above, "size {size}");
        assert!(level(&router, size, 2, 0).await.is_empty());
        // Only the bundle that this size has made; the ones before it were looked at before.
        if let Some(last) = size.checked_sub(1) {
            let (index, width) = (last / 256, last % 256 + 1);
            let from = usize::try_from(index * 256).unwrap();
            assert_eq!(bundle(&router, index, width).await, expected[from..]);
            assert_eq!(fetch(&router, &path("entries", size / 256, size % 256 + 1)).await, None);
        }
    }
}

#[tokio::test]
async fn sizes_around_256_squared_have_a_third_level() {
    let first = 65_024;
    let log = Log::of(65_800, first).await;
    for size in [65_279, 65_280, 65_281, 65_535, 65_536, 65_537, 65_791, 65_792, 65_793] {
        let router = log.served(size);
        let leaves = &log.leaves[..usize::try_from(size).unwrap()];
        let from = usize::try_from(first).unwrap();
        assert_eq!(level(&router, size, 0, first / 256).await, leaves[from..], "size {size}");
        let above: Vec<Sum> = leaves.chunks_exact(256).map(mth).collect();
        assert_eq!(level(&router, size, 1, 0).await, above, "size {size}");
        let top: Vec<Sum> = leaves.chunks_exact(65_536).map(mth).collect();
        assert_eq!(level(&router, size, 2, 0).await, top, "size {size}");
        assert!(level(&router, size, 3, 0).await.is_empty());
        let (index, width) = ((size - 1) / 256, (size - 1) % 256 + 1);
        assert_eq!(bundle(&router, index, width).await, leaves[usize::try_from(index * 256).unwrap()..]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sees_a_checkpoint_finds_its_tiles_while_others_write() {
    let world = World::new();
    let ledger = world.founded().await;
    let router = http::router(ledger.clone(), http::Config::default());
    let reader = {
        let (router, mut grown) = (router.clone(), ledger.watch());
        tokio::spawn(async move {
            let mut seen = Vec::new();
            while seen.last() != Some(&44) {
                let answer = router.clone().oneshot(Request::get("/checkpoint").body(Body::empty()).unwrap());
                let note = to_bytes(answer.await.unwrap().into_body(), usize::MAX).await.unwrap();
                let note = String::from_utf8(note.to_vec()).unwrap();
                let lines: Vec<&str> = note.lines().collect();
                let size: u64 = lines[1].parse().unwrap();
                let mut leaves = Vec::new();
                if size > 0 {
                    leaves = bundle(&router, 0, size).await;
                    let bytes = fetch(&router, &path("0", 0, size)).await.unwrap();
                    assert_eq!(bytes, leaves.concat());
                }
                assert_eq!(Hash(mth(&leaves)).to_string(), lines[2]);
                seen.push(size);
                if size < 44 {
                    grown.changed().await.unwrap();
                }
            }
            seen
        })
    };
    let mut tasks = Vec::new();
    for _ in 0..40 {
        let (ledger, event) = (ledger.clone(), world.text(&ledger).await);
        tasks.push(tokio::spawn(async move { ledger.submit(event).await.unwrap() }));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    let seen = reader.await.unwrap();
    assert!(seen.is_sorted());
}

async fn asked(router: &Router, path: &str, encoding: &str) -> (HeaderMap, Vec<u8>) {
    let request = Request::get(path).header("accept-encoding", encoding).body(Body::empty()).unwrap();
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    (parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

#[tokio::test]
async fn bundles_are_compressed_for_whoever_asks_and_hashes_are_not() {
    use std::io::Read as _;
    let log = Log::of(256, 0).await;
    let router = log.served(256);
    let (plain_headers, plain) = asked(&router, "/tile/entries/000", "identity").await;
    let (headers, zipped) = asked(&router, "/tile/entries/000", "br, gzip;q=0.5").await;
    assert_eq!(headers["content-encoding"], "gzip");
    assert_eq!(headers["vary"], "accept-encoding");
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(zipped.len() * 4 < plain.len(), "{} of {}", zipped.len(), plain.len());
    let mut unzipped = Vec::new();
    flate2::read::GzDecoder::new(&zipped[..]).read_to_end(&mut unzipped).unwrap();
    assert_eq!(unzipped, plain);
    assert!(plain_headers.get("content-encoding").is_none());
    assert_ne!(headers["etag"], plain_headers["etag"], "one validator, one sequence of bytes");
    let (again, _) = asked(&router, "/tile/entries/000", "gzip").await;
    assert_eq!(again["etag"], headers["etag"]);
    let (headers, hashes) = asked(&router, "/tile/0/000", "gzip").await;
    assert!(headers.get("content-encoding").is_none());
    assert_eq!(hashes.len(), 8192);
    let (headers, _) = asked(&router, "/tile/entries/001", "gzip").await;
    assert_eq!(headers["content-type"], "application/problem+json");
}

/// A node that is stored wrongly is not served, in whatever tile it would stand: caches would keep it.
#[tokio::test]
async fn a_damaged_node_spoils_its_tiles_and_no_others() {
    let log = Log::of(600, 0).await;
    let Writer::Sqlite(mut sqlite) = log.writer;
    sqlite.run("DROP TRIGGER tree_node_refuses_update").await.unwrap();
    sqlite.run("UPDATE tree_node SET hash = zeroblob(32) WHERE (level, idx) IN ((8, 0), (0, 512))").await.unwrap();
    let log = Log { writer: Writer::Sqlite(sqlite), ..log };
    let router = log.served(600);
    for (path, status) in [
        ("/tile/0/000", 500),
        ("/tile/0/001", 200),
        ("/tile/0/002.p/1", 500),
        ("/tile/1/000.p/1", 500),
        ("/tile/1/000.p/2", 500),
        ("/tile/entries/000", 200),
        ("/tile/entries/001", 200),
        ("/tile/entries/002.p/1", 500),
    ] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(router.clone().oneshot(request).await.unwrap().status(), status, "{path}");
    }
}
