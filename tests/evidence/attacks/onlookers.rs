//! Who looks at a ledger, and how. Each look is a real one: the program's verifier, its witness, its start.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value;
use sinetti::client::Client;
use sinetti::clock::Clock;
use sinetti::http::Config;
use sinetti::witness::{Cosigner, Log, State, Witness, router};
use sinetti_events::log::note::Note;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::log::witness::AddCheckpoint;
use sinetti_projections::audit::Verdict;
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::operator::{Files, Site, consistency, published, tree_size};
use crate::builder::{Builder, moment};
use crate::file::{self, Given, Vector};
use crate::vectors::vectors;

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Party,
    Bundle,
    Checkpoint,
    Replay,
    Witness,
    Start,
    Reader,
}

/// What came of a look: nothing when all seems well.
pub struct Report {
    /// How it looked, in words.
    pub by: String,
    /// Stable names of what it found, the gravest verdict's first.
    pub codes: Vec<String>,
}

impl Who {
    pub const ALL: [Who; 7] =
        [Who::Party, Who::Bundle, Who::Checkpoint, Who::Replay, Who::Witness, Who::Start, Who::Reader];

    pub fn in_words(self) -> &'static str {
        match self {
            Who::Party => "party, receipt",
            Who::Bundle => "auditor, bundle",
            Who::Checkpoint => "auditor, checkpoint",
            Who::Replay => "auditor, replay",
            Who::Witness => "witness",
            Who::Start => "next start",
            Who::Reader => "reader",
        }
    }
}

impl Report {
    pub fn new(by: impl Into<String>, codes: impl IntoIterator<Item = String>) -> Report {
        Report { by: by.into(), codes: codes.into_iter().collect() }
    }
}

/// Evidence that is in the auditor's hands, verified offline.
pub fn bundle(given: &Given) -> Report {
    let report = file::report(given);
    assert_eq!(report.verdict == Verdict::Valid, report.findings.is_empty());
    Report::new("`sinetti verify FILE`", report.findings.into_iter().map(|finding| finding.slug))
}

/// The same for a party, which has the checkpoint of its receipt.
pub fn receipt(given: Given, receipt: &Builder) -> Report {
    let given = Given { since: Some(receipt.checkpoint()), ..given };
    Report { by: "`sinetti verify FILE --since CHECKPOINT`, the receipt's".to_owned(), ..bundle(&given) }
}

/// A bundle of the shared vectors, each of which breaks one property: what its file says is found there.
pub fn vector(property: &'static str) -> Report {
    static ALL: LazyLock<Vec<Vector>> = LazyLock::new(vectors);
    let vector = ALL.iter().find(|vector| vector.property == property).unwrap_or_else(|| panic!("no {property}"));
    let with = match &vector.given {
        Given { policy: Some(_), .. } => " --policy MINE",
        Given { log_keys, .. } if !log_keys.is_empty() => " --log-key PINNED",
        Given { since: Some(_), .. } => " --since CHECKPOINT",
        _ => "",
    };
    let by = format!("`sinetti verify FILE{with}`, vector `{property}`");
    Report { by, ..bundle(&vector.given) }
}

/// The whole log, read over the network as the operator serves it, by `sinetti verify --server`.
pub fn replay(files: Files) -> Report {
    audit(files, None)
}

/// The same, holding it against a checkpoint kept from earlier.
pub fn checkpoint(files: Files, kept: &Builder) -> Report {
    audit(files, Some(kept.checkpoint()))
}

fn audit(files: Files, since: Option<String>) -> Report {
    let (site, dir) = (Site::of(files), tempfile::tempdir().unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_sinetti"));
    command.args(["verify", "--json", "--server", &site.url]);
    if let Some(note) = &since {
        fs::write(dir.path().join("kept"), note).unwrap();
        command.arg("--since").arg(dir.path().join("kept"));
    }
    let output = command.output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(output.status.code(), Some(i32::from(!findings.is_empty())), "{report}");
    assert_eq!(report["verdict"] == "valid", findings.is_empty());
    let codes = findings.iter().map(|finding| finding["slug"].as_str().unwrap().to_owned());
    let with = if since.is_some() { " --since CHECKPOINT" } else { "" };
    Report::new(format!("`sinetti verify --server URL{with}`"), codes)
}

/// A witness that cosigned `honest` is asked to cosign `forged`, with the best proof that can be made.
pub fn witness(honest: &Builder, forged: &Builder) -> Report {
    let by = "`add-checkpoint`, with whatever proof the operator's tree gives";
    Report { by: by.to_owned(), ..cosigning(honest, forged, false) }
}

/// A witness that reads the log's records before it cosigns, and has seen nothing yet.
pub fn reading_witness(forged: &Builder) -> Report {
    let by = "`add-checkpoint` of a reading witness that never saw the log before";
    Report { by: by.to_owned(), ..cosigning(&forged.clone().until(0), forged, true) }
}

fn cosigning(honest: &Builder, forged: &Builder, reads: bool) -> Report {
    let site = reads.then(|| Site::of(published(forged)));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let client = site.as_ref().map(|site| Client::new(&site.url).unwrap());
    let status = runtime.block_on(async {
        let router = router_of(&dir, honest.log_keys(), client).await;
        if tree_size(honest) > 0 {
            let first = AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: note(honest) };
            assert_eq!(post(&router, &first).await, 200, "it cosigned the honest tree");
        }
        let old = tree_size(honest).min(tree_size(forged));
        let request = AddCheckpoint { old, proof: consistency(forged, old), checkpoint: note(forged) };
        post(&router, &request).await
    });
    // Its reader's blocking client must not be dropped within the runtime.
    drop(site);
    Report::new("", (status != 200).then(|| status.to_string()))
}

async fn router_of(dir: &TempDir, keys: Vec<VerifierKey>, records: Option<Client>) -> axum::Router {
    let cosigner = Cosigner::new(Some("witness.example/w1".parse().unwrap()), crate::builder::key(77), None).unwrap();
    let logs = BTreeMap::from([("localhost/sinetti".to_owned(), Log::new(keys, records))]);
    let state = State::open(&dir.path().join("witness.db")).await.unwrap();
    router(Witness::new(cosigner, logs, state, Clock::fixed(moment(60))), Config::default())
}

async fn post(router: &axum::Router, request: &AddCheckpoint) -> u16 {
    let request = Request::post("/add-checkpoint").body(Body::from(request.to_string())).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    assert!(status < 500, "{status}: {}", String::from_utf8_lossy(&body));
    status
}

fn note(ledger: &Builder) -> Note {
    Note::parse(ledger.checkpoint().as_bytes()).unwrap()
}
