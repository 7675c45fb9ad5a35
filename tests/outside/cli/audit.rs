//! `sinetti audit`: a monitor as a process, and what it finds judged by somebody else.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use sinetti::client::Client;
use snapbox::cmd::cargo_bin;

use crate::program::{Server, golden, run, say, sinetti};

/// An empty demonstration ledger in `dir`, stopped again: its verifier keys.
fn founded(dir: &Path) -> Vec<String> {
    let server = Server::start(dir, &["--demo=empty"]);
    let log: Value = Client::new(&server.url).unwrap().json("/api/v1/log").unwrap().unwrap();
    server.stop();
    serde_json::from_value(log["log_keys"].clone()).unwrap()
}

/// Copies what lies in a stopped server's directory.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(|file| file.unwrap()) {
        let place = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy(&file.path(), &place);
        } else {
            fs::copy(file.path(), place).unwrap();
        }
    }
}

struct Watch {
    dir: tempfile::TempDir,
}

impl Watch {
    fn new() -> Watch {
        Watch { dir: tempfile::tempdir().unwrap() }
    }

    fn state(&self) -> String {
        self.dir.path().join("ledger.monitor").display().to_string()
    }

    fn once(&self, url: &str, more: &[&str]) -> (i32, String, String) {
        let state = self.state();
        run(&[&["audit", "follow", "--once", "--server", url, "--state", &state][..], more].concat())
    }

    fn json(&self, url: &str) -> (i32, Value) {
        let (code, stdout, stderr) = self.once(url, &["--json"]);
        assert!(stdout.starts_with('{'), "{stderr}");
        (code, serde_json::from_str(&stdout).unwrap())
    }
}

#[test]
fn a_ledger_is_followed_and_the_exit_code_says_how_it_went() {
    let dir = tempfile::tempdir().unwrap();
    let watch = Watch::new();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let (code, stdout, stderr) = watch.once(&server.url, &[]);
    assert!(code == 0 && stdout.contains("every check holds") && stdout.contains("trust root"), "{stdout}{stderr}");
    say(dir.path(), &server.url, "7");
    let (code, sight) = watch.json(&server.url);
    assert_eq!((code, &sight["verdict"], &sight["new"]), (0, &"valid".into(), &1.into()), "{sight}");
    assert_eq!(sight["findings"], serde_json::json!([]));
    let url = server.url.clone();
    server.stop();
    let (code, _, stderr) = watch.once(&url, &[]);
    assert!(code == 3 && stderr.contains("can't be reached"), "{stderr}");
    let other = tempfile::tempdir().unwrap();
    let real = Server::start(other.path(), &[]);
    let (code, stdout, _) = watch.once(&real.url, &[]);
    assert!(code == 1 && stdout.contains("other-ledger"), "{stdout}");
    let database = other.path().join("sinetti.db").display().to_string();
    let url = real.url.clone();
    real.stop();
    let (code, _, stderr) = run(&["audit", "follow", "--once", "--server", &url, "--state", &database]);
    assert!(code == 1 && stderr.contains("is no state of a monitor"), "{stderr}");
}

#[test]
fn a_fork_is_shouted_and_the_evidence_convinces_whoever_has_the_logs_key() {
    let dir = tempfile::tempdir().unwrap();
    let (data, copied) = (dir.path().join("data"), dir.path().join("copy"));
    let keys = founded(&data);
    copy(&data, &copied);
    let (one, two) = (Server::start(&data, &["--demo=empty"]), Server::start(&copied, &["--demo=empty"]));
    say(&data, &one.url, "7");
    say(&copied, &two.url, "8");
    say(&copied, &two.url, "9");
    let watch = Watch::new();
    assert_eq!(watch.once(&one.url, &["--log-key", &keys[0]]).0, 0);
    let (code, sight) = watch.json(&two.url);
    assert_eq!((code, &sight["verdict"]), (1, &"tampered".into()), "{sight}");
    assert_eq!(sight["findings"][0]["slug"], "forked");
    let file = sight["evidence"][0].as_str().unwrap();

    let (code, stdout, _) = run(&["audit", "check", file, "--log-key", &keys[0]]);
    assert!(code == 1 && stdout.contains("tampered: the log signed two histories"), "{stdout}");
    let (code, stdout, _) = run(&["audit", "check", file, "--json"]);
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &answer["verdict"], &answer["pinned"]), (1, &"unverifiable".into(), &false.into()), "{answer}");
    let stranger = tempfile::tempdir().unwrap();
    let others = founded(stranger.path());
    let (code, stdout, _) = run(&["audit", "check", file, "--log-key", &others[0]]);
    assert!(code == 1 && stdout.contains("unverifiable: the file proves nothing"), "{stdout}");
    let (code, _, stderr) = run(&["audit", "check", data.join("demo/keys/tampere.pem").to_str().unwrap()]);
    assert!(code == 1 && stderr.contains("no evidence file"), "{stderr}");
    // The first history again: what was seen is not forgotten.
    let (code, stdout, _) = watch.once(&one.url, &[]);
    assert!(code == 1 && stdout.contains("forked") && stdout.contains(file), "{stdout}");
}

/// The evidence of a vector as a file, and the log's key that a checker has from elsewhere.
fn accusation(dir: &Path, property: &str) -> (String, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/vectors/accusation/{property}.json"));
    let vector: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let file = dir.join(format!("{property}.json"));
    std::fs::write(&file, vector["input"]["evidence"].to_string()).unwrap();
    (file.display().to_string(), vector["input"]["log_keys"][0].as_str().unwrap().to_owned())
}

#[test]
fn a_broken_rule_is_judged_from_the_evidence_alone() {
    let dir = tempfile::tempdir().unwrap();
    for (property, said) in [
        (
            "record-that-the-rules-refuse",
            "tampered: the log vouches for record 13, and for all records on which it is judged",
        ),
        ("record-that-the-rules-refuse", "(text-unknown)"),
        ("record-with-false-heads", "record.heads: record 13"),
        ("record-of-an-unknown-type", "unverifiable: of record 13 this program does not know all"),
        ("record-that-is-allowed", "unverifiable: the file proves nothing: the records before record 13"),
        ("record-whose-newest-predecessor-is-left-out", "unverifiable: the file proves nothing of record 13"),
        ("record-whose-history-is-of-another-tree", "unverifiable: the file proves nothing: the history"),
        ("record-judged-by-its-history", "takes the records before it, which this file does not show"),
    ] {
        let (file, key) = accusation(dir.path(), property);
        let (code, stdout, stderr) = run(&["audit", "check", &file, "--log-key", &key]);
        assert!(code == 1 && stdout.contains(said), "{property}: {stdout}{stderr}");
    }
}

#[test]
fn a_monitor_that_is_killed_at_any_moment_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let watch = Watch::new();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let mut sections = 10..;
    for round in 0..8u64 {
        let state = watch.state();
        let mut child = std::process::Command::new(cargo_bin("sinetti"))
            .args(["audit", "follow", "--interval", "0", "--json", "--server", &server.url, "--state", &state])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        if round > 0 {
            // Killed while it looks, after it has looked, or while it takes in what is new.
            let first = lines.next().unwrap();
            assert_eq!(serde_json::from_str::<Value>(&first).unwrap()["verdict"], "valid", "{first}");
            say(dir.path(), &server.url, &sections.next().unwrap().to_string());
            for _ in 0..round % 4 {
                lines.next();
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let (code, sight) = watch.json(&server.url);
    assert_eq!((code, &sight["verdict"]), (0, &"valid".into()), "{sight}");
    let (code, verified, _) = run(&["verify", "--server", &server.url, "--json"]);
    let verified: Value = serde_json::from_str(&verified).unwrap();
    assert_eq!((code, &verified["root"], &verified["size"]), (0, &sight["root"], &sight["size"]));
}

#[test]
fn help_is_complete() {
    for command in ["follow", "check"] {
        let expected = golden(&format!("help/audit-{command}.txt"));
        sinetti().args(["audit", command, "--help"]).assert().success().stdout_eq(expected);
    }
}
