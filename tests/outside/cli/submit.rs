//! `sinetti submit` and the three steps: receipts, refusals, repeats, and servers that lie.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use serde_json::Value;

use crate::program::{Server, run, sinetti};

const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";

/// A signed note of Tampere's board in `dir`, for the ledger of `server`.
fn envelope(dir: &Path, server: &Server, key: &str) {
    let members = [
        "--on=2025-02-10",
        "--invented",
        "--field=organ.kind=board",
        "--field=organ.name=kaupunginhallitus",
        "--field=section=7",
        "--field=resolution=adopted",
        "--field=effect=note",
        "--field=minutes=confirmed",
        "--field=finality=not_appealable",
        "--field=presenter=Maija Esimerkki",
    ];
    let draft = ["draft", "decision_recorded", "--agreement", AGREEMENT, "--party", "tampere", "--server", &server.url];
    sinetti().args(draft).args(members).args(["--out", "p.json"]).current_dir(dir).assert().success();
    sinetti().args(["sign", "p.json", "--key", key, "--out", "e.json"]).current_dir(dir).assert().success();
}

fn submit(dir: &Path, url: &str, args: &[&str]) -> (i32, String) {
    let run = sinetti().args(["submit", "e.json", "--server", url]).args(args).current_dir(dir).output().unwrap();
    (run.status.code().unwrap(), String::from_utf8(run.stderr).unwrap())
}

#[test]
fn a_receipt_is_checked_and_kept_and_submitting_is_safe_to_repeat() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    envelope(dir.path(), &server, "demo/keys/tampere.pem");
    let (code, said) = submit(dir.path(), &server.url, &["--disclosures", "p.disclosures.json"]);
    assert!(code == 0 && said.contains("Recorded as version 2"), "{said}");
    let receipt: Value = serde_json::from_slice(&fs::read(dir.path().join("e.receipt.json")).unwrap()).unwrap();
    assert_eq!(receipt["version"], 2);
    let (code, said) = submit(dir.path(), &server.url, &["--disclosures", "p.disclosures.json"]);
    assert!(code == 0 && said.contains("Recorded before"), "{said}");
    // The log's key pinned: its own passes, another's does not.
    let log: Value = sinetti::client::Client::new(&server.url).unwrap().json("/api/v1/log").unwrap().unwrap();
    let own = log["vkey"].as_str().unwrap();
    assert_eq!(submit(dir.path(), &server.url, &["--log-key", own]).0, 0);
    let other = "localhost/sinetti-demo+1eb19a55+AbxAGTrZ+Bvp8cZ6jk5GQ6bZ8S3K3Cdk1WzN2ZC8bd0h";
    let (code, _) = submit(dir.path(), &server.url, &["--log-key", other]);
    assert_ne!(code, 0);
    server.stop();
}

#[test]
fn a_refusal_is_1_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    envelope(dir.path(), &server, "demo/keys/nokia.pem");
    let (code, said) = submit(dir.path(), &server.url, &[]);
    assert!(code == 1 && said.contains("key-of-another-party") && said.contains("nokia"), "{said}");
    assert!(!dir.path().join("e.receipt.json").exists());
    let edited = fs::read_to_string(dir.path().join("e.json")).unwrap().replace("\"sig\":\"", "\"sig\":\"AAAA");
    fs::write(dir.path().join("e.json"), edited).unwrap();
    let (code, said) = submit(dir.path(), &server.url, &[]);
    assert!(code == 1 && said.contains("not 64 bytes"), "{said}");
    server.stop();
}

#[test]
fn another_ledger_is_noticed_before_anything_is_sent() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let place = ["--ledger", "localhost/muu", "--seen", "0:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="];
    let draft = ["draft", "minutes_confirmed", "--agreement", AGREEMENT, "--party", "tampere", "--on=2025-02-10"];
    let run = |args: &[&str]| sinetti().args(args).current_dir(dir.path()).assert().success();
    run(&[&draft[..], &place, &["--field=decision=2", "--out=p.json"]].concat());
    run(&["sign", "p.json", "--key", "demo/keys/tampere.pem", "--out", "e.json"]);
    let (code, said) = submit(dir.path(), &server.url, &[]);
    assert!(code == 1 && said.contains("is for the ledger localhost/muu"), "{said}");
    server.stop();
}

#[test]
fn a_lost_answer_is_3_and_repeating_it_is_safe() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    envelope(dir.path(), &server, "demo/keys/tampere.pem");
    // The event arrives and is recorded; the answer is lost on the way back.
    let relay = relay(&server, |head, answer| if head.starts_with("POST") { Vec::new() } else { answer });
    let (code, said) = submit(dir.path(), &relay, &[]);
    assert!(code == 3 && said.contains("submitting the same envelope again is safe"), "{said}");
    let (code, said) = submit(dir.path(), &server.url, &[]);
    assert!(code == 0 && said.contains("Recorded before"), "{said}");
    server.stop();
}

#[test]
fn a_forged_receipt_is_not_believed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    envelope(dir.path(), &server, "demo/keys/tampere.pem");
    for (member, lie) in [("\"version\":2", "\"version\":3"), ("\"index\":", "\"index\":1"), ("index 1", "index 2")] {
        let forge = move |head: &str, answer: Vec<u8>| {
            let text = String::from_utf8(answer).unwrap();
            if !head.starts_with("POST") {
                return text.into_bytes();
            }
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            let forged = body.replace(member, lie);
            assert_ne!(forged, body, "{member}");
            let status = head.lines().next().unwrap();
            format!("{status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{forged}", forged.len()).into_bytes()
        };
        let (code, said) = submit(dir.path(), &relay(&server, forge), &[]);
        assert!(code == 1 && said.contains("Don't rely on it"), "{member}: {said}");
        assert!(!dir.path().join("e.receipt.json").exists());
    }
    server.stop();
}

#[test]
fn three_steps_in_one_keep_envelope_and_receipt() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let key = dir.path().join("demo/keys/tampere.pem").display().to_string();
    let kept = dir.path().join("kept");
    fs::create_dir(&kept).unwrap();
    let keep = kept.display().to_string();
    let speaker =
        ["--agreement", AGREEMENT, "--party", "tampere", "--key", &key, "--keep", &keep, "--server", &server.url];
    let organ = ["--on=2025-02-10", "--organ-kind=board", "--organ=kaupunginhallitus", "--section=7", "--invented"];
    let note = ["--resolution=adopted", "--effect=note", "--minutes=confirmed", "--finality=not_appealable"];
    let (code, _, said) = run(&[&["decide"][..], &speaker, &organ, &note].concat());
    assert!(code == 0 && said.contains("organ name: kaupunginhallitus"), "{said}");
    let names: Vec<String> =
        fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    // An approval of a text that nobody deposited is refused, and nothing of it is a receipt.
    let text = format!("--text={}", "ab".repeat(32));
    let approval = [text.as_str(), "--competent=hallintosääntö 20 §", "--finality=open"];
    let (code, _, said) = run(&[&["approve"][..], &speaker, &organ, &approval].concat());
    assert!(code == 1 && said.contains("HTTP 422"), "{said}");
    let receipts = fs::read_dir(&kept)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".receipt.json"));
    assert_eq!(receipts.count(), 1);
    server.stop();
}

/// A server between: passes requests on to `server`, and answers through `change` (head of the
/// request, answer). Returns its address; its thread ends with the test process.
pub fn relay(server: &Server, change: impl Fn(&str, Vec<u8>) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let target = server.url.trim_start_matches("http://").to_owned();
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let _ = pass_on(client, &target, &change);
        }
    });
    address
}

fn pass_on(mut client: TcpStream, target: &str, change: &impl Fn(&str, Vec<u8>) -> Vec<u8>) -> std::io::Result<()> {
    let request = request(&mut client)?;
    let head = String::from_utf8_lossy(&request).into_owned();
    // One request a connection, so that the answer ends where the connection does.
    let split = head.find("\r\n").unwrap() + 2;
    let mut server = TcpStream::connect(target)?;
    server.write_all(&request[..split])?;
    server.write_all(b"connection: close\r\n")?;
    server.write_all(&request[split..])?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    client.write_all(&change(&head, answer))
}

fn request(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = client.read(&mut buffer)?;
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let Some(end) = text.find("\r\n\r\n") else { continue };
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()?.parse().ok());
        if read == 0 || bytes.len() >= end + 4 + length.unwrap_or(0) {
            return Ok(bytes);
        }
    }
}
