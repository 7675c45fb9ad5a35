//! `sinetti sign`.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::Payload;

use crate::program::{golden, key, sinetti};

/// As a person writes it: any order, any white space.
pub const PAYLOAD: &str = r#"{
  "type": "text_signed",
  "ledger": "localhost/sinetti-demo",
  "agreement": "pirkanmaa-puitesopimus-2023",
  "actor": "tampere",
  "event": "018bcfe5-6800-7707-8707-070707070707",
  "seen": { "version": 3, "hash": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
  "data": {
    "role": "pormestari",
    "grade": "ledger_key",
    "occurred_on": "2025-03-03",
    "text": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  }
}
"#;

fn signed(dir: &Path, input: &str, keys: &[&str]) -> Envelope {
    let keys = keys.iter().flat_map(|key| ["--key", key]);
    let output = sinetti().args(["sign", "-"]).args(keys).current_dir(dir).stdin(input.as_bytes()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_hand_written_payload_is_made_canonical_shown_and_signed() {
    let dir = tempfile::tempdir().unwrap();
    key(dir.path(), "k");
    let shown = sinetti().args(["sign", "-", "--key", "k.pem"]).current_dir(dir.path()).stdin(PAYLOAD).assert();
    shown.success().stderr_eq(golden("sign.txt"));
    let envelope = signed(dir.path(), PAYLOAD, &["k.pem"]);
    let payload = Payload::parse(&envelope.payload).unwrap();
    assert_eq!(payload.to_bytes().unwrap(), envelope.payload);
    assert_eq!(payload.actor.as_str(), "tampere");
}

#[test]
fn signatures_add_up_over_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    key(dir.path(), "a");
    key(dir.path(), "b");
    let both = signed(dir.path(), PAYLOAD, &["a.pem", "b.pem"]);
    let one = signed(dir.path(), PAYLOAD, &["a.pem"]);
    let then = signed(dir.path(), &serde_json::to_string(&one).unwrap(), &["b.pem"]);
    assert_eq!(both, then);
    let again = sinetti().args(["sign", "-", "--key", "a.pem"]).current_dir(dir.path());
    again.stdin(serde_json::to_string(&one).unwrap()).assert().code(1);
}

#[test]
fn what_can_not_be_recorded_is_not_signed() {
    let dir = tempfile::tempdir().unwrap();
    key(dir.path(), "k");
    let cases = [
        (r#""role": "pormestari","#, r#""role": "pormestari", "role": "muu","#, "duplicate member"),
        (r#""version": 3"#, r#""version": 3.5"#, "only integers"),
        (r#""version": 3"#, r#""version": null"#, "null"),
        ("pormestari", "Ma\u{308}ntta\u{308}n johtaja", "NFC"),
        ("pormestari", "porme\u{202e}stari", "U+202E"),
        (r#""role": "pormestari","#, "", "role"),
        (r#""role""#, r#""rooli""#, "rooli"),
        ("text_signed", "text_sined", "no event type"),
        ("ledger_key", "golden", "grade"),
        (r#""ledger": "localhost/sinetti-demo","#, "", "ledger"),
        ("018bcfe5-6800-7707", "018bcfe5-6800-4707", "UUID"),
    ];
    for (old, new, expected) in cases {
        let input = PAYLOAD.replace(old, new);
        assert_ne!(input, PAYLOAD);
        let output =
            sinetti().args(["sign", "-", "--key", "k.pem"]).current_dir(dir.path()).stdin(input).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{new}: {said}");
        assert!(said.contains(expected), "{new}: {said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn deep_and_long_input_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    key(dir.path(), "k");
    let deep = "[".repeat(100_000);
    let long = PAYLOAD.replace("pormestari", &"p".repeat(50_000));
    let endless = " ".repeat(5 << 20);
    for input in [deep, long, endless] {
        let run = sinetti().args(["sign", "-", "--key", "k.pem"]).current_dir(dir.path()).stdin(input);
        run.assert().code(1);
    }
}

#[test]
fn an_envelope_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    key(dir.path(), "k");
    fs::write(dir.path().join("e.json"), "mine").unwrap();
    let args = ["sign", "-", "--key", "k.pem", "--out", "e.json"];
    sinetti().args(args).current_dir(dir.path()).stdin(PAYLOAD).assert().code(1);
    assert_eq!(fs::read_to_string(dir.path().join("e.json")).unwrap(), "mine");
    let _: Value = serde_json::to_value(signed(dir.path(), PAYLOAD, &["k.pem"])).unwrap();
}
