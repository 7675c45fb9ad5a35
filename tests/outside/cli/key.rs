//! `sinetti key`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::program::{key, sinetti};

fn shown(dir: &std::path::Path, args: &[&str]) -> Value {
    let output = sinetti().args(["key", "show", "--json"]).args(args).current_dir(dir).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_key_is_made_private_and_shown_without_its_secret() {
    let dir = tempfile::tempdir().unwrap();
    let path = key(dir.path(), "k");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let shown = shown(dir.path(), &["k.pem"]);
    let id = shown["key_id"].as_str().unwrap();
    assert!(id.starts_with(&shown["fingerprint"].as_str().unwrap().replace(' ', "")));
    let pem = fs::read_to_string(&path).unwrap();
    let secret = pem.lines().nth(1).unwrap();
    assert!(!shown.to_string().contains(secret));
}

#[test]
fn what_to_enrol_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let args =
        ["key", "new", "--no-passphrase", "--out", "k.pem", "--party", "tampere", "--purpose", "sign,manage,sign"];
    let output = sinetti().args(args).arg("--json").current_dir(dir.path()).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["enrol"]["party"], "tampere");
    assert_eq!(answer["enrol"]["purposes"], serde_json::json!(["manage", "sign"]));
    assert_eq!(answer["enrol"]["public_key"], answer["public_key"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("sinetti draft key_enrolled"));
}

#[test]
fn the_passphrase_changes_and_the_key_stays() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("old"), "vanha sana\n").unwrap();
    fs::write(dir.path().join("new"), "uusi sana").unwrap();
    let run = |args: &[&str]| sinetti().args(args).current_dir(dir.path()).assert();
    run(&["key", "new", "--out", "k.pem", "--passphrase-file", "old"]).success();
    let before = shown(dir.path(), &["k.pem", "--passphrase-file", "old"]);
    run(&["key", "passphrase", "k.pem", "--passphrase-file", "old", "--new-passphrase-file", "new"]).success();
    assert_eq!(shown(dir.path(), &["k.pem", "--passphrase-file", "new"]), before);
    run(&["key", "show", "k.pem", "--passphrase-file", "old"]).code(1);
    run(&["key", "show", "k.pem"]).code(2);
    fs::write(dir.path().join("empty"), "\n").unwrap();
    run(&["key", "show", "k.pem", "--passphrase-file", "empty"]).code(2);
}

#[test]
fn a_key_that_others_can_read_is_warned_of() {
    let dir = tempfile::tempdir().unwrap();
    let path = key(dir.path(), "k");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let output = sinetti().args(["key", "show"]).arg(&path).output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("chmod 600"));
}
