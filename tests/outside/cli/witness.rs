//! `sinetti witness`, and a ledger that asks it: as processes, as operators run them.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use sinetti::client::Client;
use sinetti_events::log::note::Note;
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;

use crate::program::{Server, json, key, run, say, sinetti};

/// A port that was free a moment ago: ledger and witness each must know the other's address.
fn free_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

fn get(url: &str, path: &str) -> Value {
    Client::new(url).unwrap().json(path).unwrap().unwrap()
}

/// Waits until the witness at `at` stands so; what hangs here is stopped by the test runner.
fn until(url: &str, at: usize, state: &str) -> Value {
    loop {
        let log = get(url, "/api/v1/log");
        if log["witnesses"][at]["state"] == state {
            return log;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// An empty demonstration ledger in `dir`, stopped again: its two verifier keys.
fn founded(dir: &Path) -> Vec<String> {
    let server = Server::start(dir, &["--demo=empty"]);
    let keys = get(&server.url, "/api/v1/log")["log_keys"].clone();
    server.stop();
    serde_json::from_value(keys).unwrap()
}

#[test]
fn a_ledger_is_cosigned_by_two_witnesses_and_names_the_third_that_is_down() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let log_keys = founded(&data);
    let address = free_port();
    let log = ["--log", &log_keys[0], "--log", &log_keys[1]];
    let file = |name: &str| dir.path().join(name).display().to_string();

    let first = key(dir.path(), "w1");
    let state = file("w1.db");
    let ledger_url = format!("http://{address}");
    let reads = ["--log-url", &ledger_url];
    let own = ["--key", first.to_str().unwrap(), "--name", "tampere.example/w", "--state", &state];
    let w1 = Server::witness(&[&own[..], &log, &reads].concat());
    key(dir.path(), "w2");
    let w2 = Server::witness(&[&["--key", &file("w2.pem"), "--state", &file("w2.db")][..], &log].concat());
    key(dir.path(), "w3");
    let w3 = Server::witness(&[&["--key", &file("w3.pem"), "--state", &file("w3.db")][..], &log].concat());

    let vkeys: Vec<String> = [&w1, &w2, &w3].iter().map(|witness| witness.printed("witness key").to_owned()).collect();
    let lines: Vec<String> = [("tampere", &w1), ("nokia", &w2), ("auditor", &w3)]
        .iter()
        .zip(&vkeys)
        .map(|((name, witness), vkey)| format!("witness {name} {vkey} {}\n", witness.url))
        .collect();
    let policy = format!("{}group needed 2 tampere nokia auditor\nquorum needed\n", lines.concat());
    fs::write(dir.path().join("policy"), &policy).unwrap();
    let logs: String = log_keys.iter().map(|key| format!("log {key}\n")).collect();
    let strict = format!("{logs}{}group needed all tampere nokia auditor\nquorum needed\n", lines.concat());
    fs::write(dir.path().join("own-policy"), strict).unwrap();
    w3.stop();

    let ledger = Server::start_at(&address, &data, &["--demo=empty", "--witness-policy", &file("policy")]);
    assert_eq!(ledger.url, ledger_url);
    for (at, state) in [(0, "cosigned"), (1, "cosigned"), (2, "unreachable")] {
        let log = until(&ledger.url, at, state);
        assert_eq!(log["witnesses"][at]["vkeys"][0], vkeys[at]);
    }
    say(&data, &ledger.url, "7");
    until(&ledger.url, 0, "cosigned");
    let log = until(&ledger.url, 1, "cosigned");
    let published = Policy::parse(log["policy"].as_str().unwrap().as_bytes()).unwrap();
    let checkpoint = Client::new(&ledger.url).unwrap().bytes("/checkpoint").unwrap().unwrap();
    assert_eq!(log["checkpoint"].as_str().unwrap().as_bytes(), checkpoint);
    assert_eq!(log["cosigned"], log["checkpoint"]);
    let judgement = published.judge(&Note::parse(&checkpoint).unwrap()).unwrap();
    assert_eq!((judgement.logs.len(), judgement.witnesses.len(), judgement.shortfall), (2, 2, None));
    assert!(!log["policy"].as_str().unwrap().contains("http"), "addresses stay with the operator");

    let all = get(&ledger.url, "/api/v1/log/checkpoints?limit=100");
    let all = all["checkpoints"].as_array().unwrap();
    let cosigned: Vec<usize> = all.iter().map(|item| item["cosignatures"].as_array().unwrap().len()).collect();
    let (before, since) = cosigned.split_at(cosigned.len() - 2);
    assert!(before.iter().all(|count| *count == 0) && since == [2, 2], "{cosigned:?}");
    let page = get(&ledger.url, "/api/v1/log/checkpoints?limit=1");
    assert_eq!(page["checkpoints"][0], all[0]);

    // A receipt of a later act, asked for again, carries them; so does its proof.
    let proof = Client::new(&ledger.url).unwrap().bytes("/api/v1/agreements/registry/events/1/proof").unwrap().unwrap();
    let keys: Vec<VerifierKey> = vkeys.iter().map(|key| key.parse().unwrap()).collect();
    let proof = sinetti_events::log::proof::TlogProof::parse(&proof).unwrap();
    assert_eq!(proof.checkpoint.open(&keys).unwrap().len(), 2);

    // So does the evidence bundle, with the earlier checkpoint that they cosigned; its own policy is met.
    let bundle = file("evidence.zip");
    let (code, _, stderr) = run(&["export", "pirkanmaa-puitesopimus-2023", "-o", &bundle, "--server", &ledger.url]);
    assert_eq!(code, 0, "{stderr}");
    let bytes = fs::read(&bundle).unwrap();
    let name = format!("cosigned/{}", all[all.len() - 2]["size"]);
    assert!(bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name}");
    let (code, stdout, stderr) = run(&["verify", &bundle]);
    assert!(code == 0 && stdout.contains("tampere.example/w"), "{stdout}{stderr}");
    let (code, stdout, _) = run(&["verify", &bundle, "--policy", &file("own-policy")]);
    assert!(code == 1 && stdout.contains("quorum"), "the third is asked for: {stdout}");

    // What verifies, verifies with witnesses too.
    let (code, stdout, stderr) = run(&["verify", "--server", &ledger.url]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    ledger.stop();
    let (code, stdout, stderr) =
        run(&["verify", "--database-url", &format!("sqlite:{}/demo/sinetti.db", data.display())]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    w1.stop();
    w2.stop();
}

#[test]
fn an_old_backup_put_back_with_its_anchor_is_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let (data, old) = (dir.path().join("data"), dir.path().join("old"));
    let log_keys = founded(&data);
    fs::create_dir(&old).unwrap();
    sinetti().args(["key", "new", "--no-passphrase", "--out"]).arg(dir.path().join("w.pem")).assert().success();
    for file in fs::read_dir(data.join("demo")).unwrap().map(|file| file.unwrap()) {
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), old.join(file.file_name())).unwrap();
        }
    }
    let (key, state) = (dir.path().join("w.pem").display().to_string(), dir.path().join("w.db").display().to_string());
    let witness = Server::witness(&["--key", &key, "--state", &state, "--log", &log_keys[0]]);
    let asked = format!("{} {}", witness.printed("witness key"), witness.url);
    let ledger = Server::start(&data, &["--demo=empty", "--witness", &asked]);
    until(&ledger.url, 0, "cosigned");
    say(&data, &ledger.url, "7");
    let log = until(&ledger.url, 0, "cosigned");
    let size = log["witnesses"][0]["newest"]["size"].as_u64().unwrap();
    ledger.stop();
    for file in fs::read_dir(&old).unwrap().map(|file| file.unwrap()) {
        fs::copy(file.path(), data.join("demo").join(file.file_name())).unwrap();
    }
    let restored = Server::start(&data, &["--demo=empty", "--witness", &asked]);
    let ready = Client::new(&restored.url).unwrap().bytes("/readyz").unwrap_err().to_string();
    assert!(ready.contains(&format!("of {size} records")) && ready.contains("old backup"), "{ready}");
    assert!(data.join("demo").join(format!("witnessed-{size}.checkpoint")).is_file());
    assert_eq!(json(&["status", "--json", "--server", &restored.url])["agreements"].as_array().unwrap().len(), 3);
}

#[test]
fn what_can_not_witness_does_not_start() {
    let dir = tempfile::tempdir().unwrap();
    let log_keys = founded(&dir.path().join("data"));
    let own = key(dir.path(), "w").display().to_string();
    let log_key = dir.path().join("data/demo/log-ed25519.pem").display().to_string();
    let state = dir.path().join("w.db").display().to_string();
    let refused = |args: &[&str]| {
        let args = [&["witness", "--listen", "127.0.0.1:0", "--state", &state], args].concat();
        let (code, stdout, stderr) = run(&args);
        assert_eq!(stdout, "");
        (code, stderr)
    };
    let (code, text) = refused(&["--key", &log_key, "--log", &log_keys[0]]);
    assert!(code == 2 && text.contains("a log can't witness itself"), "{text}");
    let (code, text) = refused(&["--key", &own]);
    assert!(code == 2 && text.contains("--log"), "{text}");
    let (code, _) = refused(&["--key", "none.pem", "--log", &log_keys[0]]);
    assert_eq!(code, 3);
    let (code, text) = refused(&["--key", &own, "--ml-dsa-key", &own, "--log", &log_keys[0]]);
    assert!(code == 1 && text.contains("ML-DSA-44"), "{text}");
    let (code, text) = refused(&["--key", &own, "--log", &log_keys[0], "--log-url", "other=http://127.0.0.1:1"]);
    assert!(code == 2 && text.contains("ORIGIN=URL") || text.contains("no server address"), "{text}");
    let other = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    let (code, text) =
        refused(&["--key", &own, "--log", &log_keys[0], "--log", other, "--log-url", "http://127.0.0.1:1"]);
    assert!(code == 2 && text.contains("ORIGIN=URL"), "{text}");

    let serve =
        |witness: &str| run(&["serve", "--listen", "127.0.0.1:0", "--data-dir", "/proc/none", "--witness", witness]);
    for bad in
        ["x", "x http://127.0.0.1:1", &format!("{} http://127.0.0.1:1", log_keys[0]), &format!("{other} nowhere")]
    {
        let (code, _, text) = serve(bad);
        assert!(code == 2 || code == 3, "{bad}: {text}");
    }
}

#[test]
fn a_second_key_of_ml_dsa_cosigns_too() {
    let dir = tempfile::tempdir().unwrap();
    let log_keys = founded(&dir.path().join("data"));
    let own = key(dir.path(), "w").display().to_string();
    let second = dir.path().join("ml.pem").display().to_string();
    let passphrase = dir.path().join("sana");
    fs::write(&passphrase, "salasana\n").unwrap();
    let made = json(&[
        "key",
        "new",
        "--type",
        "ml-dsa-44",
        "--out",
        &second,
        "--json",
        "--passphrase-file",
        passphrase.to_str().unwrap(),
    ]);
    assert_eq!((made["type"].as_str(), made["key_id"].as_str().unwrap().len()), (Some("ml-dsa-44"), 64));
    let state = dir.path().join("w.db").display().to_string();
    let witness = Server::witness(&[
        "--key",
        &own,
        "--ml-dsa-key",
        &second,
        "--passphrase-file",
        passphrase.to_str().unwrap(),
        "--state",
        &state,
        "--log",
        &log_keys[0],
        "--log",
        &log_keys[1],
    ]);
    let keys: Vec<&str> = witness.banner.lines().filter_map(|line| line.strip_prefix("witness key  ")).collect();
    let asked: Vec<String> = keys.iter().map(|key| format!("{key} {}", witness.url)).collect();
    let ledger =
        Server::start(&dir.path().join("data"), &["--demo=empty", "--witness", &asked[0], "--witness", &asked[1]]);
    until(&ledger.url, 0, "cosigned");
    let note = Client::new(&ledger.url).unwrap().bytes("/checkpoint").unwrap().unwrap();
    let keys: Vec<VerifierKey> = keys.iter().map(|key| key.parse().unwrap()).collect();
    let types: Vec<u8> =
        Note::parse(&note).unwrap().open(&keys).unwrap().iter().map(|signed| signed.key.key().type_byte()).collect();
    assert_eq!(types, [0x04, 0x06]);
}
