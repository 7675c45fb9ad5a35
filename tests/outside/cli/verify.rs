//! `sinetti verify` finds what a server or a database hides; `status` and `history` from both.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use sqlx::Connection as _;

use super::submit::relay;
use crate::program::{Server, json, run};

const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";

fn database(dir: &Path) -> String {
    format!("sqlite:{}", dir.join("demo/sinetti.db").display())
}

/// Runs SQL on the database behind the program's back.
fn vandalise(url: &str, statements: &[&str]) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
        for statement in statements {
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(*statement)).execute(&mut connection).await.unwrap();
            assert!(statement.starts_with("DROP") || done.rows_affected() > 0, "{statement} changed nothing");
        }
        connection.close().await.unwrap();
    });
}

/// Names of all triggers, to be dropped first.
fn drop_triggers(url: &str) {
    let names: Vec<String> = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
        let query = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
        let names = sqlx::query_scalar(query).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        names
    });
    assert!(!names.is_empty(), "records are append-only by trigger");
    for name in names {
        vandalise(url, &[&format!("DROP TRIGGER {name}")]);
    }
}

#[test]
fn state_and_history_are_the_same_from_a_server_and_from_its_database() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo"]);
    let database = database(dir.path());
    for args in [&["status", AGREEMENT, "--json"][..], &["status", AGREEMENT, "--known-at", "2020-01-01", "--json"]] {
        let from_server = run(&[args, &["--server", &server.url]].concat());
        let from_database = run(&[args, &["--database-url", &database]].concat());
        assert_eq!(from_server.0, from_database.0);
        if from_server.0 == 0 {
            let shown = |text: &str| {
                let mut state: Value = serde_json::from_str(text).unwrap();
                let state = state.as_object_mut().unwrap();
                state.remove("known_at");
                state.clone()
            };
            let (server, database) = (shown(&from_server.1), shown(&from_database.1));
            for (member, value) in &database {
                assert_eq!(server.get(member), Some(value), "{member}");
            }
        }
    }
    let history = ["history", AGREEMENT, "--lang", "en"];
    let from_server = run(&[&history[..], &["--server", &server.url]].concat());
    let from_database = run(&[&history[..], &["--database-url", &database]].concat());
    assert_eq!(from_server, from_database);
    let lines = json(&["history", AGREEMENT, "--json", "--server", &server.url]);
    assert_eq!(lines["history"].as_array().unwrap().len(), from_server.1.lines().count());
    server.stop();
}

#[test]
fn a_server_that_changes_one_byte_of_what_it_serves_is_found_out() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let honest = relay(&server, |_, answer| answer);
    assert_eq!(run(&["verify", "--server", &honest]).0, 0);
    // Path, and which byte from the end of the answer is changed.
    for (path, from_end) in
        [("/checkpoint", 300), ("/tile/entries/000", 5_000), ("/tile/entries/000", 70), ("/tile/0/000", 1)]
    {
        let lie = move |head: &str, mut answer: Vec<u8>| {
            if head.starts_with(&format!("GET {path}")) {
                let at = answer.len() - from_end;
                answer[at] ^= 1;
            }
            answer
        };
        let (code, report, said) = run(&["verify", "--server", &relay(&server, lie)]);
        assert_eq!(code, 1, "{path} -{from_end}: {report}{said}");
    }
    server.stop();
}

#[test]
fn an_earlier_checkpoint_must_still_be_contained() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (dir.path().join("one"), dir.path().join("other"));
    let first = Server::start(&one, &["--demo=empty"]);
    let kept = sinetti::client::Client::new(&first.url).unwrap().bytes("/checkpoint").unwrap().unwrap();
    fs::write(dir.path().join("kept"), kept).unwrap();
    let since = dir.path().join("kept").display().to_string();
    assert_eq!(run(&["verify", "--server", &first.url, "--since", &since]).0, 0);
    first.stop();
    // A ledger of the same name with another history: a fork.
    let second = Server::start(&other, &["--demo=empty"]);
    let (code, report, _) = run(&["verify", "--server", &second.url, "--since", &since]);
    assert!(code == 1 && report.contains("since"), "{report}");
    assert_eq!(run(&["verify", "--server", &second.url]).0, 0);
    second.stop();
}

/// The server commits records, moves the anchor, stores the checkpoint: between these steps a reader
/// sees one without the other.
#[test]
fn a_database_that_a_server_is_writing_verifies_at_any_moment() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let enough = Arc::new(AtomicBool::new(false));
    let writer = {
        let (enough, url, dir) = (enough.clone(), server.url.clone(), dir.path().to_owned());
        std::thread::spawn(move || {
            let registrar = dir.join("demo/keys/registrar.pem").display().to_string();
            let mut written = 0;
            while !enough.load(Ordering::SeqCst) {
                deposit(&url, &registrar, written);
                written += 1;
            }
            written
        })
    };
    let database = database(dir.path());
    let found: Vec<String> = (0..25)
        .map(|_| run(&["verify", "--database-url", &database]))
        .filter(|(code, _, _)| *code != 0)
        .map(|(_, report, said)| report + &said)
        .collect();
    enough.store(true, Ordering::SeqCst);
    assert!(writer.join().unwrap() > 0);
    assert_eq!(found, [""; 0]);
    server.stop();
}

/// Any event will do: the registrar deposits a text.
fn deposit(url: &str, registrar: &str, number: u32) {
    use ed25519_dalek::SigningKey;
    use serde_json::json;
    use sinetti::author::{self, Heading};
    let client = sinetti::client::Client::new(url).unwrap();
    let state: Value = client.json(&format!("/api/v1/agreements/{AGREEMENT}")).unwrap().unwrap();
    let key: SigningKey = sinetti::keyfile::read(Path::new(registrar), None).unwrap();
    let heading = Heading {
        ledger: "localhost/sinetti-demo".parse().unwrap(),
        agreement: AGREEMENT.parse().unwrap(),
        actor: "registrar".parse().unwrap(),
        event: sinetti_events::primitives::ids::EventId::new(1_750_000_000_000 + u64::from(number), &[3; 10]),
        seen: author::seen(
            state["as_of"]["version"].as_u64().unwrap(),
            state["as_of"]["leaf"].as_str().unwrap().parse().unwrap(),
        ),
        kind: "text_deposited".parse().unwrap(),
        until: None,
    };
    let digest = sinetti_events::primitives::hash::Digest::of(&number.to_be_bytes());
    let data = json!({
        "digest": digest, "invented": true, "language": "fi", "occurred_on": "2025-01-15", "role": "draft",
        "titles": {"fi": format!("Luonnos {number}")}
    });
    let draft = author::draft(heading, data, vec![], || [0; 16]).unwrap();
    client.submit(&AGREEMENT.parse().unwrap(), &author::sign(draft.payload, &[&key]), &[]).unwrap();
}

#[test]
fn every_kind_of_change_in_the_database_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &["--demo=empty"]).stop();
    let url = database(dir.path());
    drop_triggers(&url);
    let whole = fs::read(dir.path().join("demo/sinetti.db")).unwrap();
    let changes = [
        ("UPDATE record SET leaf = zeroblob(32) WHERE \"index\" = 7", "record"),
        ("DELETE FROM record WHERE \"index\" = 7", "record"),
        ("DELETE FROM record WHERE \"index\" = (SELECT max(\"index\") FROM record)", "records"),
        ("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 1 AND idx = 3", "tree_node"),
        (
            "UPDATE checkpoint SET note = replace(note, 'sinetti', 'sinettj') WHERE size = (SELECT max(size) FROM checkpoint)",
            "checkpoint",
        ),
        ("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)", "checkpoint-missing"),
        ("UPDATE stream_head SET version = version - 1", "stream_head"),
        ("UPDATE agreement_state SET state = replace(state, 'Tampere', 'Nokia')", "agreement_state"),
    ];
    for (change, word) in changes {
        vandalise(&url, &[change]);
        let (code, report, said) = run(&["verify", "--database-url", &url]);
        assert!(code == 1 && report.contains(word), "{change}: {code} {report}{said}");
        for name in ["sinetti.db-wal", "sinetti.db-shm"] {
            let _ = fs::remove_file(dir.path().join("demo").join(name));
        }
        fs::write(dir.path().join("demo/sinetti.db"), &whole).unwrap();
    }
    let (code, report, _) = run(&["verify", "--database-url", &url]);
    assert_eq!(code, 0, "{report}");
}

#[test]
fn damage_that_a_server_tells_of_is_a_verdict_and_the_other_agreements_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &["--demo=empty"]).stop();
    let url = database(dir.path());
    drop_triggers(&url);
    let one = "UPDATE record SET leaf = zeroblob(32) WHERE agreement LIKE 'varsinais%' AND version = 1";
    vandalise(&url, &[one]);
    let server = Server::start(dir.path(), &["--demo=empty"]);
    let (code, _, said) = run(&["verify", "--server", &server.url]);
    assert!(code == 1 && said.contains("record-damaged"), "{code} {said}");
    for source in [["--server", &server.url], ["--database-url", &url]] {
        let (code, text, said) = run(&[&["status"], &source[..]].concat());
        assert!(code == 1 && text.contains("NOT in force"), "{text}{said}");
        assert!(text.contains("varsinais-suomi-yhteistyosopimus-2023\n  can't be shown: record"), "{text}");
        assert_eq!(run(&[&["status", AGREEMENT], &source[..]].concat()).0, 0);
        let (code, _, said) = run(&[&["status", "varsinais-suomi-yhteistyosopimus-2023"], &source[..]].concat());
        assert!(code == 1 && said.contains("is damaged"), "{said}");
    }
    server.stop();
}

#[test]
fn the_report_for_programs_has_the_same_verdict() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &["--demo=empty"]).stop();
    let url = database(dir.path());
    assert_eq!(json(&["verify", "--json", "--database-url", &url])["verdict"], "valid");
    drop_triggers(&url);
    vandalise(&url, &["UPDATE record SET bytes = CAST(bytes || x'20' AS BLOB) WHERE \"index\" = 5"]);
    let (code, report, _) = run(&["verify", "--json", "--database-url", &url]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!((code, &report["verdict"]), (1, &Value::from("tampered")));
    assert_eq!(report["findings"][0]["index"], 5);
    // A damaged cache alone is `rebuild`'s to mend; a damaged record is not.
    assert_eq!(run(&["rebuild", "--database-url", &url]).0, 1);
    assert_eq!(run(&["rebuild", "--write", "--database-url", &url]).0, 1);
}

#[test]
fn rebuild_finds_and_mends_a_damaged_cache() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path(), &["--demo=empty"]).stop();
    let url = database(dir.path());
    assert_eq!(run(&["rebuild", "--database-url", &url]).0, 0);
    vandalise(&url, &["UPDATE agreement_state SET version = version + 1"]);
    let (code, text, _) = run(&["rebuild", "--database-url", &url]);
    assert!(code == 1 && text.contains("rebuild --write"), "{text}");
    let (code, text, _) = run(&["rebuild", "--write", "--database-url", &url]);
    assert!(code == 0 && text.contains("written anew"), "{text}");
    assert_eq!(run(&["rebuild", "--database-url", &url]).0, 0);
    assert_eq!(run(&["verify", "--database-url", &url]).0, 0);
}
