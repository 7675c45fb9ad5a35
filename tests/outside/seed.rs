//! Founding from outside: what a first start leaves, and what a killed one.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;
use snapbox::cmd::cargo_bin;

use crate::program::{json, run};

const PIRKANMAA: &str = "pirkanmaa-puitesopimus-2023";
const POHJOIS_POHJANMAA: &str = "pohjois-pohjanmaa-strateginen-2023";
const VARSINAIS_SUOMI: &str = "varsinais-suomi-yhteistyosopimus-2023";

#[test]
fn killed_again_and_again_while_founding_it_is_whole_in_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let (mut killed, mut patience) = (0, Duration::from_millis(100));
    while !serves_within(dir.path(), &["--demo"], patience) {
        killed += 1;
        patience = patience * 4 / 3;
    }
    assert!(killed > 2, "it founded faster than it was killed; make the first patience shorter");
    let database = format!("sqlite:{}", dir.path().join("demo/sinetti.db").display());
    assert_eq!(counts(&database, PIRKANMAA), (18, 16, 25));
    assert_eq!(counts(&database, POHJOIS_POHJANMAA), (32, 32, 32));
    assert_eq!(counts(&database, VARSINAIS_SUOMI), (12, 10, 28));
    let (code, stdout, stderr) = run(&["verify", "--database-url", &database]);
    assert_eq!(code, 0, "{stdout}{stderr}");
}

#[test]
fn a_real_ledger_counts_the_one_proven_approval() {
    let dir = tempfile::tempdir().unwrap();
    while !serves_within(dir.path(), &[], Duration::from_secs(60)) {}
    let database = format!("sqlite:{}", dir.path().join("sinetti.db").display());
    assert_eq!(counts(&database, PIRKANMAA), (1, 0, 25));
    assert_eq!(counts(&database, POHJOIS_POHJANMAA), (0, 0, 32));
    assert_eq!(counts(&database, VARSINAIS_SUOMI), (0, 0, 28));
    // Without a terminal the registrar's passphrase lies beside its key, and opens it.
    let key = dir.path().join("registrar.pem");
    let passphrase = dir.path().join("registrar.passphrase");
    let (key, passphrase) = (key.to_str().unwrap(), passphrase.to_str().unwrap());
    let (code, _, stderr) = run(&["key", "show", key, "--passphrase-file", passphrase]);
    assert_eq!(code, 0, "{stderr}");
}

/// Starts a server and ends it: with SIGTERM once it serves, with SIGKILL if it doesn't by then.
/// It never ends by itself, whatever an earlier kill left.
fn serves_within(dir: &Path, args: &[&str], patience: Duration) -> bool {
    let said = tempfile::NamedTempFile::new().unwrap();
    let mut child = Command::new(cargo_bin("sinetti"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(dir)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(said.reopen().unwrap())
        .spawn()
        .unwrap();
    let serves = first_line(&mut child).recv_timeout(patience).is_ok();
    if serves {
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    } else {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "{ended:?}: {}", std::fs::read_to_string(said.path()).unwrap());
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    assert!(!serves || status.success(), "{status}");
    serves
}

/// The first line that it prints, once it does; the pipe is drained to its end.
fn first_line(child: &mut Child) -> mpsc::Receiver<String> {
    let (found, line) = mpsc::channel();
    let stdout = child.stdout.take().unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let _ = found.send(line);
        }
    });
    line
}

/// Approved, signed, parties, straight from the database.
fn counts(database: &str, agreement: &str) -> (u64, u64, u64) {
    let state: Value = json(&["status", agreement, "--database-url", database, "--json"]);
    let count = |member: &str| state[member].as_u64().unwrap();
    (count("approved"), count("signed"), count("parties_total"))
}
