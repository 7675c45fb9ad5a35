//! `sinetti serve`: first and later starts, and what stops one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use crate::program::{Server, json, run};

fn log(server: &Server) -> Value {
    sinetti::client::Client::new(&server.url).unwrap().json("/api/v1/log").unwrap().unwrap()
}

/// Starts a server that must not start: its exit code and what it says.
fn refused(dir: &Path, args: &[&str]) -> (i32, String) {
    let dir = dir.display().to_string();
    let (code, stdout, stderr) = run(&[&["serve", "--listen", "127.0.0.1:0", "--data-dir", &dir], args].concat());
    assert_eq!(stdout, "");
    (code, stderr)
}

#[test]
fn a_first_start_founds_the_real_ledger_and_a_later_one_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::write(dir.path().join("sana"), "rekisterinpitäjän sana\n").unwrap();
    let sana = dir.path().join("sana").display().to_string();
    let server = Server::start(&data, &["--registrar-passphrase-file", &sana]);
    let founded = log(&server);
    assert_eq!(founded["demonstration"], Value::from(false));
    assert!(server.banner.contains(founded["record_0"].as_str().unwrap()), "{}", server.banner);
    assert!(server.banner.contains(founded["vkey"].as_str().unwrap()), "{}", server.banner);
    let agreements = json(&["status", "--json", "--server", &server.url]);
    let totals: Vec<u64> =
        agreements["agreements"].as_array().unwrap().iter().map(|a| a["parties_total"].as_u64().unwrap()).collect();
    assert_eq!(totals.iter().sum::<u64>(), 25 + 32 + 28);
    server.stop();

    let registrar = data.join("registrar.pem");
    assert!(sinetti::keyfile::read(&registrar, Some("rekisterinpitäjän sana")).is_ok());
    for name in ["registrar.pem", "log-ed25519.pem", "log-ml-dsa-44.pem"] {
        assert_eq!(fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    // The registrar's key is not needed any more, and moves away.
    fs::remove_file(registrar).unwrap();
    let again = Server::start(&data, &[]);
    assert_eq!(log(&again)["record_0"], founded["record_0"]);
    again.stop();
}

#[test]
fn a_passphrase_file_that_is_missing_or_empty_stops_the_founding_which_then_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let file = dir.path().join("sana");
    let given = ["--registrar-passphrase-file", &file.display().to_string()];
    for (text, reason) in [(None, "No such file"), (Some("\n"), "it is empty")] {
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
        }
        let (code, said) = refused(&data, &given);
        assert!(code == 3 && said.contains(reason) && said.contains("Write the passphrase into it"), "{said}");
        assert!(!data.join("registrar.pem").exists());
    }
    fs::write(&file, "sana\n").unwrap();
    Server::start(&data, &given).stop();
    assert!(sinetti::keyfile::read(&data.join("registrar.pem"), Some("sana")).is_ok());
}

#[test]
fn without_a_passphrase_file_a_made_one_lies_beside_the_key() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &[]).stop();
    let beside = dir.path().join("registrar.passphrase");
    assert_eq!(fs::metadata(&beside).unwrap().permissions().mode() & 0o777, 0o600);
    let passphrase = fs::read_to_string(beside).unwrap();
    assert!(sinetti::keyfile::read(&dir.path().join("registrar.pem"), Some(passphrase.trim_end())).is_ok());
}

#[test]
fn the_origin_is_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &["--origin", "sinetti.example.fi/koe"]).stop();
    // Without --origin, what the database says.
    let again = Server::start(dir.path(), &[]);
    assert_eq!(log(&again)["origin"], "sinetti.example.fi/koe");
    again.stop();
    let (code, said) = refused(dir.path(), &["--origin", "sinetti.example.fi/muu"]);
    assert_eq!(code, 3);
    assert!(said.contains("holds the ledger sinetti.example.fi/koe"), "{said}");
}

#[test]
fn a_real_ledger_is_no_demonstration_and_an_anchor_is_of_one_ledger() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &[]).stop();
    Server::start(dir.path(), &["--demo=empty"]).stop();
    let [real, demo] = ["sinetti.db", "demo/sinetti.db"].map(|name| dir.path().join(name));
    let url = |path: &Path| format!("sqlite:{}", path.display());
    let (code, said) = refused(dir.path(), &["--demo", "--database-url", &url(&real)]);
    assert!(code == 3 && said.contains("is no demonstration. Leave --demo out"), "{said}");
    let (code, said) = refused(dir.path(), &["--database-url", &url(&demo)]);
    assert!(code == 3 && said.contains("holds a demonstration, localhost/sinetti-demo. Add --demo"), "{said}");
    fs::copy(dir.path().join("demo/anchor.db"), dir.path().join("anchor.db")).unwrap();
    let server = Server::start(dir.path(), &[]);
    let ready = sinetti::client::Client::new(&server.url).unwrap().bytes("/readyz").unwrap_err().to_string();
    assert!(ready.contains("is of the ledger localhost/sinetti-demo, not of localhost/sinetti"), "{ready}");
    server.stop();
}

#[test]
fn two_servers_never_share_a_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let first = Server::start(dir.path(), &["--demo=empty"]);
    let (code, said) = refused(dir.path(), &["--demo=empty"]);
    assert_eq!(code, 3);
    assert!(said.contains("in use by another process"), "{said}");
    first.stop();
}

#[test]
fn a_demonstration_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo"]);
    let log = log(&server);
    assert_eq!((&log["demonstration"], &log["origin"]), (&Value::from(true), &Value::from("localhost/sinetti-demo")));
    let agreements = json(&["status", "--json", "--server", &server.url]);
    assert!(agreements["agreements"].as_array().unwrap().iter().all(|agreement| agreement["invented"] == true));
    let (code, text, _) = run(&["history", "pirkanmaa-puitesopimus-2023", "--server", &server.url]);
    assert!(code == 0 && text.contains("[invented]") && text.contains("[transcribed]"), "{text}");
    let (code, report, _) = run(&["verify", "--server", &server.url]);
    assert_eq!(code, 0, "{report}");
    // The real ledger lies elsewhere and was not touched.
    assert!(dir.path().join("demo/sinetti.db").is_file() && !dir.path().join("sinetti.db").exists());
    server.stop();
}

#[test]
fn a_database_that_was_put_back_to_an_earlier_state_is_served_but_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("demo");
    Server::start(dir.path(), &["--demo=empty"]).stop();
    let backup: Vec<(std::path::PathBuf, Vec<u8>)> = fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("sinetti.db"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let registrar = data.join("keys/registrar.pem").display().to_string();
    let keep = dir.path().display().to_string();
    let decision = [
        "decide",
        "--agreement",
        "pirkanmaa-puitesopimus-2023",
        "--party",
        "tampere",
        "--key",
        &registrar.replace("registrar", "tampere"),
        "--keep",
        &keep,
        "--on",
        "2025-02-10",
        "--organ-kind",
        "board",
        "--organ",
        "kaupunginhallitus",
        "--section",
        "7",
        "--resolution",
        "adopted",
        "--effect",
        "note",
        "--minutes",
        "confirmed",
        "--finality",
        "not_appealable",
        "--invented",
        "--server",
    ];
    let (code, _, said) = run(&[&decision[..], &[&server.url]].concat());
    assert_eq!(code, 0, "{said}");
    server.stop();
    for (path, bytes) in backup {
        fs::write(path, bytes).unwrap();
    }
    let database = format!("sqlite:{}", data.join("sinetti.db").display());
    let (code, report, _) = run(&["verify", "--database-url", &database]);
    assert!(code == 1 && report.contains("anchor"), "{report}");
    let server = Server::start(dir.path(), &["--demo=empty"]);
    assert!(json(&["status", "--json", "--server", &server.url])["agreements"].is_array());
    let (code, _, said) = run(&[&decision[..], &[&server.url]].concat());
    assert!(code == 3 && said.contains("safe"), "{said}");
    server.stop();
}
