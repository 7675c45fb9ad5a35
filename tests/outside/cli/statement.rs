//! `sinetti verify STATEMENT`: offline, by a pinned key, with what it proves and what not.

use std::fs;

use serde_json::Value;

use crate::program::{Server, json, run};

const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";

#[test]
fn a_statement_verifies_offline_by_the_pinned_key_and_by_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo"]);
    let client = sinetti::client::Client::new(&server.url).unwrap();
    let bytes = client.bytes(&format!("/api/v1/agreements/{AGREEMENT}/statement")).unwrap().unwrap();
    let log: Value = client.json("/api/v1/log").unwrap().unwrap();
    let page = String::from_utf8(client.bytes(&format!("/en/{AGREEMENT}")).unwrap().unwrap()).unwrap();
    assert!(page.contains(&format!("href=\"/api/v1/agreements/{AGREEMENT}/statement\"")));
    server.stop();
    let file = dir.path().join("statement.json");
    let policy = dir.path().join("policy");
    fs::write(&file, &bytes).unwrap();
    fs::write(&policy, log["policy"].as_str().unwrap()).unwrap();
    let (file, key) = (file.to_str().unwrap(), log["vkey"].as_str().unwrap());
    let (code, text, _) = run(&["verify", file, "--log-key", key]);
    assert_eq!(code, 0, "{text}");
    for part in
        ["verified: the log's key signed it", "does not prove that the state is so", "not in force", "missing: "]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(run(&["verify", file, "--policy", policy.to_str().unwrap()]).0, 0);
    let report = json(&["verify", file, "--json", "--log-key", key]);
    assert_eq!(report["verdict"], "valid");
    assert_eq!(report["statement"]["agreement"], AGREEMENT);
    let (code, text, _) = run(&["verify", file]);
    assert!(code == 1 && text.contains("NOT verified: unverifiable") && text.contains("pin the log's key"), "{text}");
    let payload = String::from_utf8(bytes).unwrap();
    let at = payload.find("\"sig\":\"").unwrap() + 10;
    let mut bent = payload.into_bytes();
    bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
    fs::write(file, bent).unwrap();
    let (code, text, _) = run(&["verify", file, "--log-key", key]);
    assert!(code == 1 && text.contains("NOT verified: tampered"), "{text}");
}
