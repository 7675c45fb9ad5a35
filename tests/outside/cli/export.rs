//! `sinetti export` and `sinetti verify BUNDLE`: one file, verified where nothing else is.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::submit::relay;
use crate::program::{Server, golden, run, sinetti};

const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";

fn path(dir: &Path, name: &str) -> String {
    dir.join(name).display().to_string()
}

#[test]
fn server_and_database_give_the_same_file_and_it_is_verified_without_either() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo"]);
    let database = format!("sqlite:{}", dir.path().join("demo/sinetti.db").display());
    let (one, other) = (path(dir.path(), "one.zip"), path(dir.path(), "other.zip"));
    let (code, stdout, stderr) = run(&["export", AGREEMENT, "-o", &one, "--server", &server.url]);
    assert_eq!((code, stdout.trim()), (0, one.as_str()), "{stderr}");
    assert!(stderr.contains("verified"), "{stderr}");
    let documents = dir.path().join("demo/documents").display().to_string();
    let args = ["export", AGREEMENT, "-o", &other, "--database-url", &database];
    assert_eq!(run(&[&args[..], &["--documents", &documents]].concat()).0, 0);
    assert!(fs::read(&one).unwrap() == fs::read(&other).unwrap(), "the same checkpoint gives the same bytes");
    let without = path(dir.path(), "without.zip");
    let args = ["export", AGREEMENT, "-o", &without, "--server", &server.url, "--without-documents"];
    assert_eq!(run(&args).0, 0);
    assert!(fs::metadata(&without).unwrap().len() < fs::metadata(&one).unwrap().len());
    let since = path(dir.path(), "checkpoint");
    let client = sinetti::client::Client::new(&server.url).unwrap();
    fs::write(&since, client.bytes("/checkpoint").unwrap().unwrap()).unwrap();
    let log: Value = client.json("/api/v1/log").unwrap().unwrap();
    let policy = path(dir.path(), "policy");
    fs::write(&policy, log["policy"].as_str().unwrap()).unwrap();
    server.stop();

    let (code, report, _) = run(&["verify", &one]);
    assert!(code == 0 && report.contains("verified: every check of the bundle holds"), "{report}");
    let pinned = ["--log-key", log["vkey"].as_str().unwrap(), "--since", &since, "--policy", &policy];
    let (code, report, _) = run(&[&["verify", &one][..], &pinned].concat());
    assert!(code == 0 && report.contains("your policy"), "{report}");
    // It does not overwrite what lies there.
    let (code, _, stderr) = run(&["export", AGREEMENT, "-o", &one, "--database-url", &database]);
    assert!(code == 1 && stderr.contains("exists already"), "{stderr}");
}

#[test]
fn every_stream_has_its_evidence_and_what_is_none_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &["--demo"]).stop();
    let database = format!("sqlite:{}", dir.path().join("demo/sinetti.db").display());
    for stream in ["registry", "pohjois-pohjanmaa-strateginen-2023", "varsinais-suomi-yhteistyosopimus-2023"] {
        let args = ["export", stream, "--database-url", &database];
        let output = sinetti().args(args).current_dir(dir.path()).output().unwrap();
        let name = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && name.starts_with(stream) && name.ends_with(".sinetti.zip\n"), "{name}");
        let (code, report, _) = run(&["verify", &path(dir.path(), name.trim())]);
        assert!(code == 0, "{stream}: {report}");
    }
    let (code, _, stderr) = run(&["export", "no-such-agreement", "--database-url", &database]);
    assert!(code == 1 && stderr.contains("no-such-agreement"), "{stderr}");
}

#[test]
fn a_bundle_that_does_not_hold_is_kept_and_exits_with_1() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let lie = |head: &str, mut answer: Vec<u8>| {
        if head.contains("/evidence") {
            let at = answer.len() / 2;
            answer[at] ^= 1;
        }
        answer
    };
    let file = path(dir.path(), "evidence.zip");
    let (code, stdout, stderr) = run(&["export", AGREEMENT, "-o", &file, "--server", &relay(&server, lie)]);
    assert_eq!((code, stdout.trim()), (1, file.as_str()), "{stderr}");
    assert!(stderr.contains("not verified"), "{stderr}");
    let (code, report, _) = run(&["verify", &file]);
    assert!(code == 1 && report.contains("NOT verified: tampered"), "{report}");
    server.stop();
}

/// Every kind of damage that there is a vector of, by the program itself.
#[test]
fn the_exit_code_tells_the_verdict_of_every_vector() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/bundle");
    let dir = tempfile::tempdir().unwrap();
    let mut verdicts = Vec::new();
    for file in fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "json") {
            verdicts.push(verify(&folder, dir.path(), &file));
        }
    }
    for verdict in ["valid", "tampered", "unverifiable", "suspect"] {
        assert!(verdicts.iter().any(|said| said == verdict), "{verdict}");
    }
}

fn verify(folder: &Path, dir: &Path, vector: &PathBuf) -> String {
    let vector: Value = serde_json::from_slice(&fs::read(vector).unwrap()).unwrap();
    let input = &vector["input"];
    let bundle = folder.join(input["bundle"].as_str().unwrap()).display().to_string();
    let mut args = vec!["verify".to_owned(), bundle, "--json".to_owned()];
    for key in input["log_keys"].as_array().into_iter().flatten() {
        args.extend(["--log-key".to_owned(), key.as_str().unwrap().to_owned()]);
    }
    for name in ["policy", "since", "timestamp_ca"] {
        if let Some(text) = input[name].as_str() {
            let path = dir.join(name);
            fs::write(&path, text).unwrap();
            args.extend([format!("--{}", name.replace('_', "-")), path.display().to_string()]);
        }
    }
    let (code, stdout, stderr) = run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let report: Value = serde_json::from_str(&stdout).unwrap_or_default();
    let verdict = vector["expect"]["verdict"].as_str().unwrap();
    assert_eq!((code, report["verdict"].as_str()), (i32::from(verdict != "valid"), Some(verdict)), "{report} {stderr}");
    verdict.to_owned()
}

#[test]
fn the_report_for_people_names_record_file_and_reason() {
    let bundle = "tests/vectors/bundle/signed-by-a-stranger.sinetti.zip";
    let result = sinetti().args(["verify", bundle]).current_dir(env!("CARGO_MANIFEST_DIR")).assert();
    result.code(1).stdout_eq(golden("verify-bundle.txt")).stderr_eq("");
}

#[test]
fn a_policy_that_is_none_is_refused_before_anything_is_verified() {
    let dir = tempfile::tempdir().unwrap();
    let policy = path(dir.path(), "policy");
    fs::write(&policy, "quorum everybody\n").unwrap();
    let bundle = "tests/vectors/bundle/honest.sinetti.zip";
    let (code, stdout, stderr) = run(&["verify", bundle, "--policy", &policy]);
    assert!(code == 1 && stdout.is_empty() && stderr.contains("line 1"), "{stderr}");
}

#[test]
fn a_ledger_is_held_against_the_auditors_policy_too() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let log: Value = sinetti::client::Client::new(&server.url).unwrap().json("/api/v1/log").unwrap().unwrap();
    let policy = path(dir.path(), "policy");
    let database = format!("sqlite:{}", dir.path().join("demo/sinetti.db").display());
    let own = log["policy"].as_str().unwrap();
    let witness = "witness w remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2\nquorum w\n";
    for (text, code, word) in
        [(own.to_owned(), 0, "verified"), (own.replace("quorum none\n", witness), 1, "quorum-not-met")]
    {
        fs::write(&policy, text).unwrap();
        for place in [["--server", &server.url], ["--database-url", &database]] {
            let (said, report, stderr) = run(&["verify", place[0], place[1], "--policy", &policy]);
            assert!(said == code && report.contains(word), "{report}{stderr}");
        }
    }
    server.stop();
}
