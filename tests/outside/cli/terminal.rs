//! What a person at a terminal is asked. The terminal is `script`'s (util-linux).

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use sinetti_events::format::payload::Payload;
use snapbox::cmd::cargo_bin;

/// Runs `sinetti args` on a terminal in `dir`, typing each answer a moment after the one before.
fn typed(dir: &Path, args: &str, answers: &[&str]) -> (Option<i32>, String) {
    let command = format!("{} {args}", cargo_bin("sinetti").display());
    let mut child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(dir)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for answer in answers {
        // Asking for a passphrase throws away what was typed before the question.
        std::thread::sleep(Duration::from_millis(1_500));
        writeln!(stdin, "{answer}").unwrap();
    }
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn missing_members_are_asked_for_until_they_fit() {
    let dir = tempfile::tempdir().unwrap();
    let place = "--ledger localhost/sinetti --seen 3:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let draft = format!("draft minutes_confirmed --agreement a-b --party tampere {place} --out p.json");
    let (code, said) = typed(dir.path(), &draft, &["viimeinen", "2", "", "2025-02-10"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("decision is a whole number, not \"viimeinen\""), "{said}");
    assert!(said.contains("(calendar date)"), "{said}");
    let payload = Payload::parse(fs::read(dir.path().join("p.json")).unwrap().trim_ascii_end()).unwrap();
    assert_eq!(payload.data.get(), r#"{"decision":2,"occurred_on":"2025-02-10"}"#);
}

#[test]
fn a_new_passphrase_is_asked_for_twice_and_not_shown() {
    let dir = tempfile::tempdir().unwrap();
    let answers = ["", "salasana", "salasena", "salasana", "salasana"];
    let (code, said) = typed(dir.path(), "key new --out k.pem", &answers);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("protects nothing") && said.contains("They differ") && !said.contains("salas"), "{said}");
    assert!(sinetti::keyfile::read(&dir.path().join("k.pem"), Some("salasana")).is_ok());
    let (code, said) = typed(dir.path(), "key show k.pem", &["salasana"]);
    assert!(code == Some(0) && said.contains("public key"), "{said}");
}
