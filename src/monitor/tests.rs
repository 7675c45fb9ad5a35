//! A monitor and logs that are served from hand: every ledger of the test vectors, and logs that
//! nobody signed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{OriginalUri, State as Shared};
use axum::http::StatusCode;
use serde_json::Value;
use sinetti_events::log::evidence::{Evidence, Proven};
use sinetti_events::log::tile::{Tile, TileKind, WIDTH, encode_entries, encode_hashes};
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;
use sinetti_projections::audit::Verdict;
use sinetti_projections::audit::accusation::{self, Judgement};
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::{Monitor, MonitorError, Options, Sight};
use crate::client::Client;
use crate::clock::Clock;
use crate::http::Config;

/// A log's server by its files.
#[derive(Default)]
struct Files {
    checkpoint: Vec<u8>,
    records: Vec<Vec<u8>>,
    nodes: BTreeMap<NodeId, Hash>,
}

impl Files {
    fn new(checkpoint: &str, records: Vec<Vec<u8>>) -> Files {
        let (mut tree, mut nodes) = (Frontier::new(), BTreeMap::new());
        for record in &records {
            nodes.extend(tree.push(Hash::leaf(record)));
        }
        Files { checkpoint: checkpoint.as_bytes().to_vec(), records, nodes }
    }

    fn of_vector(vector: &Value) -> Files {
        let records = vector["input"]["records"].as_array().unwrap();
        let records = records.iter().map(|record| base64::decode(record.as_str().unwrap()).unwrap()).collect();
        Files::new(vector["input"]["checkpoint"].as_str().unwrap(), records)
    }

    fn get(&self, path: &str) -> Option<Vec<u8>> {
        if path == "/checkpoint" {
            return Some(self.checkpoint.clone());
        }
        let tile: Tile = path.trim_start_matches('/').parse().ok()?;
        let places = tile.index * WIDTH..tile.index * WIDTH + u64::from(tile.width);
        match tile.kind {
            TileKind::Entries => {
                let entries = places.map(|at| self.records.get(usize::try_from(at).unwrap()).map(Vec::as_slice));
                encode_entries(&entries.collect::<Option<Vec<_>>>()?).ok()
            }
            TileKind::Hashes { level } => {
                let hashes = places.map(|index| self.nodes.get(&NodeId { level: level * 8, index }).copied());
                Some(encode_hashes(&hashes.collect::<Option<Vec<_>>>()?))
            }
        }
    }
}

type Served = Arc<Mutex<Files>>;

/// Serves files that can be exchanged.
async fn serve(files: Files) -> (String, Served) {
    let served: Served = Arc::new(Mutex::new(files));
    let answer = |Shared(served): Shared<Served>, OriginalUri(uri): OriginalUri| async move {
        match served.lock().unwrap().get(uri.path()) {
            None => (StatusCode::NOT_FOUND, Vec::new()),
            Some(bytes) => (StatusCode::OK, bytes),
        }
    };
    let router = Router::new().fallback(answer).with_state(served.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(crate::http::run(listener, router, Config::default(), std::future::pending()));
    (url, served)
}

fn options(dir: &Path) -> Options {
    Options {
        state: dir.join("state"),
        evidence: dir.join("evidence"),
        pinned: Vec::new(),
        policy: None,
        max_age: Duration::from_secs(48 * 3600),
        patience: Duration::from_secs(900),
        looks: 1,
        pause: Duration::ZERO,
        clock: Clock::System,
    }
}

/// Looks once, as a program that is started for it.
async fn look(url: &str, options: Options) -> Result<Sight, MonitorError> {
    let client = Client::new(url).unwrap();
    let looked = tokio::task::spawn_blocking(move || Monitor::open(client, options)?.look(|_, _| {}));
    looked.await.unwrap()
}

fn vectors() -> Vec<(String, Value)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/ledger");
    let files = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| {
            let vector: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (vector["property"].as_str().unwrap().to_owned(), vector)
        })
        .collect()
}

fn vector(property: &str) -> Value {
    vectors().into_iter().find(|(name, _)| name == property).unwrap().1
}

/// A ledger whose checkpoint's keys or root do not hold is not followed, and found all the same.
#[tokio::test(flavor = "multi_thread")]
async fn every_vector_of_a_ledger_gets_its_verdict_and_what_a_record_breaks_is_proven_to_others() {
    let mut proven = 0;
    for (property, vector) in vectors() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::of_vector(&vector);
        // A server that serves other records than it signed has no tiles for the rest.
        let whole = files.records.len();
        let (url, _served) = serve(files).await;
        let sight = look(&url, options(dir.path())).await.unwrap();
        let expect = &vector["expect"];
        let slugs: Vec<&str> = sight.findings.iter().map(|finding| finding.slug.as_str()).collect();
        if ["record-repeated-at-the-end", "record-beyond-the-checkpoint"].contains(&property.as_str()) {
            assert_eq!(
                (sight.verdict, sight.size),
                (Verdict::Valid, whole as u64 - 1),
                "what no checkpoint covers is not there"
            );
            continue;
        }
        if sight.size != whole as u64 || whole == 0 {
            assert!(sight.verdict > Verdict::Valid && sight.new == 0, "{property}: {slugs:?}");
            continue;
        }
        assert_eq!(serde_json::to_value(sight.verdict).unwrap(), expect["verdict"], "{property}: {slugs:?}");
        if let Some(slug) = expect["slug"].as_str() {
            assert!(slugs.contains(&slug), "{property}: {slugs:?}");
        }
        for file in &sight.evidence {
            let evidence = Evidence::parse(&std::fs::read(file).unwrap()).unwrap();
            let (index, broken) = match evidence.check(&sight.log_keys) {
                Ok(Proven::Record { index, defect: Some(_), .. }) => (index, true),
                Ok(Proven::Record { index, before: Some(before), .. }) => {
                    (index, matches!(accusation::judge(&before), Judgement::Broken(_)))
                }
                other => panic!("{property}: {other:?}"),
            };
            assert!(broken, "{property}: somebody else, with the file alone, must find it broken");
            assert!(sight.findings.iter().any(|finding| finding.index == Some(index)), "{property}");
            proven += 1;
        }
        let tampered = |finding: &&sinetti_projections::audit::Finding| finding.verdict == Verdict::Tampered;
        let of_records = sight.findings.iter().filter(tampered).filter(|finding| finding.index.is_some()).count();
        assert!(sight.evidence.len() <= of_records && (sight.evidence.is_empty() == (of_records == 0)), "{property}");
        // The next look, by another process, says the same; nothing is found twice.
        let again = look(&url, options(dir.path())).await.unwrap();
        assert_eq!((&again.findings, again.new), (&sight.findings, 0), "{property}");
        assert_eq!(again.evidence, sight.evidence, "{property}");
    }
    assert!(proven > 20, "{proven}");
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_that_was_deleted_is_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let (url, _served) = serve(Files::of_vector(&vector("in-force-though-one-has-not-signed"))).await;
    let first = look(&url, options(dir.path())).await.unwrap();
    let text = std::fs::read(&first.evidence[0]).unwrap();
    std::fs::remove_dir_all(dir.path().join("evidence")).unwrap();
    let again = look(&url, options(dir.path())).await.unwrap();
    assert_eq!(std::fs::read(&again.evidence[0]).unwrap(), text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_known_signed_is_not_read_for_long_and_accuses_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let honest = vector("honest");
    let (url, served) = serve(Files::of_vector(&honest)).await;
    assert_eq!(look(&url, options(dir.path())).await.unwrap().verdict, Verdict::Valid);
    let note = honest["input"]["checkpoint"].as_str().unwrap();
    let origin = note.lines().next().unwrap();
    let root = Hash([7; 32]);
    let line = "— someone.example AAAAAAAA\n";
    for (size, slug) in
        [(1_u64 << 50, "checkpoint-signature"), (3, "checkpoint-signature"), (9, "checkpoint-signature")]
    {
        served.lock().unwrap().checkpoint = format!("{origin}\n{size}\n{root}\n\n{line}").into_bytes();
        let sight = look(&url, options(dir.path())).await.unwrap();
        let slugs: Vec<&str> = sight.findings.iter().map(|finding| finding.slug.as_str()).collect();
        assert_eq!((slugs, sight.evidence.len()), (vec![slug], 0), "{size}");
    }
    // One more record than there is, and no tile for it: nothing is said of the log.
    served.lock().unwrap().checkpoint = format!("{origin}\n10\n{root}\n\n{line}").into_bytes();
    let sight = look(&url, options(dir.path())).await.unwrap();
    assert_eq!((sight.verdict, sight.size), (Verdict::Unverifiable, 9));
    for (bytes, slug) in [("", "checkpoint-malformed"), ("\u{1b}[2J", "checkpoint-malformed")] {
        served.lock().unwrap().checkpoint = bytes.as_bytes().to_vec();
        assert_eq!(look(&url, options(dir.path())).await.unwrap().findings[0].slug, slug);
    }
    served.lock().unwrap().checkpoint = format!("example.com/other\n9\n{root}\n\n{line}").into_bytes();
    let sight = look(&url, options(dir.path())).await.unwrap();
    assert_eq!(sight.findings[0].slug, "other-ledger");
    assert!(sight.findings[0].reason.contains("--state"), "{:?}", sight.findings);
    *served.lock().unwrap() = Files::of_vector(&honest);
    assert_eq!(look(&url, options(dir.path())).await.unwrap().verdict, Verdict::Valid, "nothing stuck");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_rewrites_what_it_served_is_found_and_the_log_not_accused() {
    let dir = tempfile::tempdir().unwrap();
    let (url, served) = serve(Files::of_vector(&vector("honest"))).await;
    assert_eq!(look(&url, options(dir.path())).await.unwrap().verdict, Verdict::Valid);
    served.lock().unwrap().records[4][20] ^= 1;
    let sight = look(&url, options(dir.path())).await.unwrap();
    let found: Vec<_> = sight.findings.iter().map(|finding| (finding.slug.as_str(), finding.index)).collect();
    assert_eq!((found, sight.evidence.len()), (vec![("tile-rewritten", Some(4))], 0));
    served.lock().unwrap().records[4][20] ^= 1;
    served.lock().unwrap().nodes.insert(NodeId { level: 0, index: 5 }, Hash([5; 32]));
    let sight = look(&url, options(dir.path())).await.unwrap();
    let found: Vec<_> = sight.findings.iter().map(|finding| (finding.slug.as_str(), finding.index)).collect();
    assert_eq!(found, [("tile-rewritten", Some(5))]);
}

fn damaged(dir: &TempDir, sql: &'static str) {
    use sqlx::{ConnectOptions as _, Connection as _};
    let path = dir.path().join("state");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut connection = sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_was_changed_is_told_apart_from_a_log_that_was() {
    let (url, _served) = serve(Files::of_vector(&vector("honest"))).await;
    for sql in [
        "UPDATE monitor SET note = replace(note, char(10) || '9' || char(10), char(10) || '8' || char(10))",
        "UPDATE monitor SET note = 'x'",
        "DELETE FROM node WHERE level = 0",
        "UPDATE monitor SET program = 'another'; UPDATE record SET bytes = x'00' WHERE place = 3",
        "UPDATE monitor SET program = 'another'; DELETE FROM record WHERE place = 3",
        "UPDATE monitor SET program = 'another'; DELETE FROM record WHERE place > 3",
    ] {
        let dir = tempfile::tempdir().unwrap();
        look(&url, options(dir.path())).await.unwrap();
        let dir = tokio::task::spawn_blocking(move || {
            damaged(&dir, sql);
            dir
        });
        let dir = dir.await.unwrap();
        let error = look(&url, options(dir.path())).await.unwrap_err();
        assert!(matches!(error, MonitorError::Damaged { .. }), "{sql}: {error}");
        assert!(error.to_string().contains("Restore it from its backup"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_judged_is_judged_anew_from_the_monitors_own_records() {
    for sql in [
        "UPDATE monitor SET program = 'older', registry = '{}'; DELETE FROM agreement",
        "UPDATE monitor SET peaks = replace(peaks, 'A', 'B')",
        "DROP TABLE stream",
        "UPDATE stream SET version = version + 1",
        "DELETE FROM judged",
        "UPDATE monitor SET registry = replace(registry, '\"', ' \"')",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let (url, served) = serve(Files::of_vector(&vector("in-force-though-one-has-not-signed"))).await;
        let before = look(&url, options(dir.path())).await.unwrap();
        let dir = tokio::task::spawn_blocking(move || {
            damaged(&dir, sql);
            dir
        });
        let dir = dir.await.unwrap();
        served.lock().unwrap().records.clear();
        let sight = look(&url, options(dir.path())).await.unwrap();
        let mut findings = sight.findings.clone();
        findings.retain(|finding| finding.member != "tile");
        assert_eq!((findings, sight.size), (before.findings, before.size), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_files_and_states_in_use_are_refused_and_left_as_they_are() {
    let (url, _served) = serve(Files::of_vector(&vector("honest"))).await;
    let dir = tempfile::tempdir().unwrap();
    let foreign = dir.path().join("witness.db");
    drop(crate::witness::State::open(&foreign).await.unwrap());
    let bytes = std::fs::read(&foreign).unwrap();
    let error = look(&url, Options { state: foreign.clone(), ..options(dir.path()) }).await.unwrap_err();
    assert!(matches!(error, MonitorError::NoState(_)), "{error}");
    assert_eq!(std::fs::read(&foreign).unwrap(), bytes);
    let text = dir.path().join("notes.txt");
    std::fs::write(&text, "not a database, but long enough to be looked at as one".repeat(20)).unwrap();
    let error = look(&url, Options { state: text.clone(), ..options(dir.path()) }).await.unwrap_err();
    assert!(matches!(error, MonitorError::Damaged { .. }), "{error}");

    let own = options(dir.path());
    let busy = own.clone();
    let client = Client::new(&url).unwrap();
    let monitor = tokio::task::spawn_blocking(move || Monitor::open(client, busy).unwrap()).await.unwrap();
    assert!(matches!(look(&url, own).await, Err(MonitorError::InUse(_))));
    tokio::task::spawn_blocking(move || drop(monitor)).await.unwrap();
}
