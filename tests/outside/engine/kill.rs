//! `kill -9` under load, again and again on one ledger: whatever was acknowledged is there.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use ed25519_dalek::SigningKey;
use serde_json::json;
use sinetti::author::{self, Heading};
use sinetti::ledger::{Ledger, Options, Submission};
use sinetti_events::format::payload::Seen;
use sinetti_events::log::checkpoint::verify_checkpoint;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};

const DIRECTORY: &str = "SINETTI_TEST_KILL_DIRECTORY";
const ROUND: &str = "SINETTI_TEST_KILL_ROUND";
const ROUNDS: u64 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_keeps_what_it_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged: BTreeMap<u64, Hash> = BTreeMap::new();
    for round in 0..ROUNDS {
        let before = acknowledged.len();
        acknowledged.extend(run_until_killed(dir.path(), round));
        assert!(acknowledged.len() > before, "the child acknowledged something");
        assert_kept(dir.path(), &acknowledged).await;
    }
}

/// What the test above starts and kills. Started by anybody else it has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn child_under_load() {
    let (Ok(dir), Ok(round)) = (std::env::var(DIRECTORY), std::env::var(ROUND)) else { return };
    let ledger = Ledger::open(options(Path::new(&dir))).await.unwrap();
    assert!(ledger.health().writable, "{:?}", ledger.health());
    let first = found(&ledger).await;
    let round: u64 = round.parse().unwrap();
    let mut tasks = Vec::new();
    for task in 0..8 {
        let ledger = ledger.clone();
        tasks.push(tokio::spawn(async move {
            for number in 0..1000 {
                let event =
                    party(&ledger, &first, &format!("p{round}-{task}-{number}"), round << 32 | task << 16 | number);
                let receipt = ledger.submit(event).await.unwrap().receipt;
                let mut out = std::io::stdout().lock();
                writeln!(out, "\nacknowledged {} {}", receipt.entry.record.index, receipt.entry.leaf).unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

fn run_until_killed(dir: &Path, round: u64) -> BTreeMap<u64, Hash> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["engine::kill::child_under_load", "--exact", "--nocapture"])
        .env(DIRECTORY, dir)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = BTreeMap::new();
    // A different moment each round: 17, 30, 43, … acknowledgements.
    while acknowledged.len() < 17 + 13 * usize::try_from(round).unwrap() {
        acknowledged.extend(parse(&lines.next().unwrap().unwrap()));
    }
    child.kill().unwrap();
    acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| parse(&line)));
    child.wait().unwrap();
    acknowledged
}

/// The last line may be cut off; then nobody was told.
fn parse(line: &str) -> Option<(u64, Hash)> {
    let (index, leaf) = line.strip_prefix("acknowledged ")?.split_once(' ')?;
    Some((index.parse().ok()?, leaf.parse().ok()?))
}

async fn assert_kept(dir: &Path, acknowledged: &BTreeMap<u64, Hash>) {
    let options = options(dir);
    let url = options.database_url.clone();
    let ledger = Ledger::open(options).await.unwrap();
    assert!(ledger.health().writable, "{:?}", ledger.health());
    let note = ledger.checkpoint().await.unwrap();
    let checkpoint = verify_checkpoint(note.as_bytes(), ledger.origin(), &ledger.log_keys()).unwrap();
    for entry in ledger.records(&StreamId::registry(), 0, 100_000).await.unwrap() {
        if let Some(leaf) = acknowledged.get(&entry.record.index) {
            assert_eq!(entry.leaf, *leaf);
        }
    }
    for (index, leaf) in acknowledged {
        let proof = ledger.proof(&StreamId::registry(), index + 1).await.unwrap().unwrap();
        TlogProof::parse(proof.as_bytes()).unwrap().check(leaf, &checkpoint).unwrap();
    }
    ledger.close().await;
    assert_eq!(sinetti::ledger::check(&url, Some(dir)).await.unwrap().differences, []);
}

fn options(dir: &Path) -> Options {
    Options::new(dir, "localhost/sinetti".parse().unwrap())
}

/// Record 0, made where there is none.
async fn found(ledger: &Ledger) -> Hash {
    let registrar = registrar();
    if let Some(first) = ledger.record(&StreamId::registry(), 1).await.unwrap() {
        return first.leaf;
    }
    let key = author::public_key(&registrar).unwrap();
    let data = json!({
        "log_keys": ledger.log_keys(),
        "registrar_keys": [{"public_key": key, "purposes": ["manage", "record"]}],
    });
    let founding = event(ledger, "ledger_founded", data, author::NOTHING_SEEN, u64::MAX);
    ledger.submit(founding).await.unwrap().receipt.entry.leaf
}

fn party(ledger: &Ledger, first: &Hash, id: &str, number: u64) -> Submission {
    let data = json!({"id": id, "kind": "other", "names": {"fi": id}, "occurred_on": "2020-01-01"});
    event(ledger, "party_registered", data, author::seen(1, *first), number)
}

fn event(ledger: &Ledger, kind: &str, data: serde_json::Value, seen: Seen, number: u64) -> Submission {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&Digest::of(&number.to_be_bytes()).0[..8]);
    let heading = Heading {
        ledger: ledger.origin().clone(),
        agreement: StreamId::registry(),
        actor: PartyId::registrar(),
        event: EventId::new(1_700_000_000_000, &random),
        seen,
        kind: kind.parse().unwrap(),
        until: None,
    };
    let draft = author::draft(heading, data, Vec::new(), || [0; 16]).unwrap();
    let envelope = author::sign(draft.payload, &[&registrar()]);
    Submission { agreement: StreamId::registry(), envelope, disclosures: Vec::new(), if_match: None }
}

fn registrar() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}
