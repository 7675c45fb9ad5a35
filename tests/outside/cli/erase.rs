//! `sinetti erase`: names and documents go, from every file; records, proofs and digests stay.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sinetti_events::primitives::hash::Digest;

use crate::program::{Server, json, run};

const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";
const NAME: &str = "Maija Esimerkki";
const MINUTES: &str = "Läsnä: Maija Esimerkki, puheenjohtaja";

/// The files below a directory that contain the name.
fn files_with_name(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with_name(&path));
        } else if fs::read(&path).unwrap().windows(NAME.len()).any(|window| window == NAME.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn a_name_and_a_document_are_erased_from_every_file_and_everything_still_verifies() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let data = dir.path().join("demo");
    let key = |party: &str| data.join(format!("keys/{party}.pem")).display().to_string();
    let kept = dir.path().join("kept");
    fs::create_dir(&kept).unwrap();
    let (keep, ours, others) = (kept.display().to_string(), key("tampere"), key("nokia"));
    let speaker = |key| ["--key", key, "--keep", &keep, "--server", &server.url];
    // Names are shown until the time for appeal is over, so this happens today.
    let today = sinetti_projections::helsinki::date_of(sinetti::clock::Clock::System.now());
    let minutes = dir.path().join("minutes.txt");
    fs::write(&minutes, MINUTES).unwrap();
    let digest = Digest::of(MINUTES.as_bytes());
    let named = format!("--field=minutes_digest={digest}");
    let presenter = format!("--field=presenter={NAME}");
    let on = format!("--on={today}");
    let decision = [
        "decide",
        "--agreement",
        AGREEMENT,
        "--party=tampere",
        &on,
        "--invented",
        "--organ-kind=board",
        "--organ=kaupunginhallitus",
        "--section=7",
        "--resolution=adopted",
        "--effect=note",
        "--minutes=confirmed",
        "--finality=not_appealable",
    ];
    let (code, _, said) = run(&[&decision[..], &[&named, &presenter], &speaker(&ours)].concat());
    assert_eq!(code, 0, "{said}");
    assert_eq!(run(&["document", "put", minutes.to_str().unwrap(), "--server", &server.url]).0, 0);
    let page = || {
        let path = format!("/en/{AGREEMENT}/events/2");
        let bytes = sinetti::client::Client::new(&server.url).unwrap().bytes(&path).unwrap().unwrap();
        String::from_utf8(bytes).unwrap()
    };
    assert!(page().contains(NAME) && page().contains("Download the document"));
    assert!(files_with_name(&data).len() >= 2, "{:?}", files_with_name(&data));

    let erase = ["erase", AGREEMENT, "2"];
    let (code, _, said) = run(&[&erase[..], &["--all", "--party=nokia"], &speaker(&others)].concat());
    assert!(code == 1 && said.contains("actor-not-allowed"), "{said}");
    let (code, _, said) = run(&[&erase[..], &["--member=/section", "--party=tampere"], &speaker(&ours)].concat());
    assert!(code == 1 && said.contains("there is: /presenter, /minutes_digest"), "{said}");
    let (code, _, said) = run(&[&erase[..], &["--all", "--party=tampere"], &speaker(&ours)].concat());
    assert!(code == 0 && said.contains("pointer: /presenter"), "{said}");
    assert!(page().contains("erased") && page().contains("Download the document"));
    let document = ["--member=/minutes_digest", "--party=tampere", &on];
    let (code, _, said) = run(&[&erase[..], &document, &speaker(&ours)].concat());
    assert_eq!(code, 0, "{said}");
    assert!(!page().contains(NAME) && page().contains("The document was erased"));
    let (code, _, said) = run(&["document", "get", &digest.to_string(), "--out=-", "--server", &server.url]);
    assert!(code == 1 && said.contains("document-erased"), "{said}");
    assert_eq!(files_with_name(&data), [""; 0], "while the server runs");
    let (code, _, said) = run(&[&erase[..], &["--all", "--party=tampere"], &speaker(&ours)].concat());
    assert!(code == 0 && said.contains("/presenter was erased before"), "{said}");

    let database = format!("sqlite:{}", data.join("sinetti.db").display());
    for ledger in [["--server", &server.url], ["--database-url", &database]] {
        let report: Value = json(&[&["verify", "--json"][..], &ledger].concat());
        assert_eq!(report["verdict"], "valid");
    }
    server.stop();
    assert_eq!(files_with_name(&data), [""; 0]);
}
