//! `sinetti serve` with a timestamp authority that openssl is, and what `verify` says of its timestamps.

use std::net::TcpListener;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::Value;
use sinetti::client::Client;
use sinetti::timestamp::Authority;
use sinetti_events::log::note::Note;

use crate::program::{Server, run};
use crate::tsa::Tsa;

/// One authority for all tests of a process; they don't change it.
static TSA: LazyLock<Tsa> = LazyLock::new(Tsa::new);

const CHAIN: [&str; 3] = ["root", "middle", "tsa"];

fn start(data: &Path, authority: &str) -> Server {
    let pinned = TSA.file(&CHAIN);
    Server::start(data, &["--demo=empty", "--timestamp-authority", authority, "--timestamp-ca", &pinned])
}

fn log(server: &Server) -> Value {
    Client::new(&server.url).unwrap().json("/api/v1/log").unwrap().unwrap()
}

fn bytes(server: &Server, path: &str) -> Option<Vec<u8>> {
    Client::new(&server.url).unwrap().bytes(path).unwrap()
}

/// Waits until `/api/v1/log` says so of timestamps; what hangs here is stopped by the test runner.
fn until(server: &Server, member: &str, said: impl Fn(&Value) -> bool) -> Value {
    loop {
        let log = log(server);
        if said(&log["timestamps"][member]) {
            return log;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A ledger that was founded before anybody was asked for timestamps.
fn founded(data: &Path) {
    Server::start(data, &["--demo=empty"]).stop();
}

#[test]
fn a_served_ledger_is_timestamped_and_whoever_pins_the_authority_verifies_it() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    founded(&data);
    let server = start(&data, &TSA.serve("tsa"));
    let log = until(&server, "newest", Value::is_object);
    let timestamps = &log["timestamps"];
    assert_eq!((&timestamps["authority"], &timestamps["state"]), (&"CN=tsa".into(), &"stamped".into()));
    assert_eq!(timestamps["newest"]["authority"], "CN=tsa");
    let size = timestamps["newest"]["size"].as_u64().unwrap();
    let token = bytes(&server, &format!("/api/v1/log/timestamps/{size}")).unwrap();
    let note = Note::parse(log["checkpoint"].as_str().unwrap().as_bytes()).unwrap();
    let own = note.signed_as(&log["origin"].as_str().unwrap().parse().unwrap()).unwrap();
    let stamp = Authority::parse(&TSA.pem(&CHAIN)).unwrap().verify(&token, own.as_str().as_bytes()).unwrap();
    assert_eq!(timestamps["newest"]["time"], stamp.said.time.to_string());
    let listed =
        Client::new(&server.url).unwrap().json::<Value>(&format!("/api/v1/log/checkpoints?after={}", size - 1));
    assert_eq!(listed.unwrap().unwrap()["checkpoints"][0]["timestamp"], timestamps["newest"]);
    for none in ["0", "1000000", "18446744073709551616", "01", "x"] {
        assert_eq!(bytes(&server, &format!("/api/v1/log/timestamps/{none}")), None, "{none}");
    }
    assert_eq!(bytes(&server, "/readyz").unwrap(), b"ready\n");

    let bundle = dir.path().join("bundle.zip").display().to_string();
    let agreement = "pirkanmaa-puitesopimus-2023";
    let (code, _, stderr) = run(&["export", agreement, "--out", &bundle, "--server", &server.url]);
    assert_eq!(code, 0, "{stderr}");
    server.stop();
    let (code, stdout, _) = run(&["verify", &bundle, "--timestamp-ca", &TSA.file(&CHAIN)]);
    let line = format!("timestamp   of the first {size} records: there by {}, says CN=tsa\n", stamp.said.time);
    assert!(code == 0 && stdout.contains(&line), "{stdout}");
    let (code, stdout, _) = run(&["verify", &bundle, "--without-timestamps"]);
    assert!(code == 0 && stdout.contains("of which nothing is proven"), "{stdout}");
    let (code, stdout, _) = run(&["verify", &bundle]);
    assert!(code == 1 && stdout.contains("(timestamp-unpinned)") && stdout.contains("--timestamp-ca FILE"), "{stdout}");
    let (code, stdout, _) = run(&["verify", &bundle, "--timestamp-ca", &Tsa::new().file(&CHAIN)]);
    assert!(code == 1 && stdout.contains("(timestamp-by-another)"), "{stdout}");
}

#[test]
fn a_server_that_is_killed_while_it_asks_is_timestamped_after_its_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    founded(&data);
    // Takes the question, and never answers.
    let hangs = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = start(&data, &format!("http://{}/", hangs.local_addr().unwrap()));
    let (asked, _) = hangs.accept().unwrap();
    assert!(log(&server)["timestamps"]["newest"].is_null());
    server.kill();
    drop(asked);
    let server = start(&data, "http://127.0.0.1:1/");
    until(&server, "state", |state| state == "unreachable");
    assert_eq!(bytes(&server, "/readyz").unwrap(), b"ready\ntimestamps: unreachable\n");
    server.kill();
    let server = start(&data, &TSA.serve("tsa"));
    until(&server, "newest", Value::is_object);
    server.stop();
    // What is kept stays when nobody is asked any more.
    let server = Server::start(&data, &["--demo=empty"]);
    let timestamps = &log(&server)["timestamps"];
    assert!(timestamps["newest"].is_object() && timestamps["state"].is_null(), "{timestamps}");
    server.stop();
    let database = format!("sqlite:{}/demo/sinetti.db", data.display());
    let (code, stdout, _) = run(&["verify", "--database-url", &database]);
    assert_eq!(code, 0, "{stdout}");
}

#[test]
fn what_can_be_no_authority_stops_the_start_before_anything_is_founded() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let (pinned, root) = (TSA.file(&CHAIN), TSA.file(&["root"]));
    let refused = |args: &[&str]| {
        let start = ["serve", "--listen", "127.0.0.1:0", "--data-dir", data.to_str().unwrap()];
        let (code, stdout, stderr) = run(&[&start[..], args].concat());
        assert_eq!(stdout, "");
        (code, stderr)
    };
    let url = "https://tsa.example.fi/tsa";
    let cases: [(&[&str], i32, &str); 6] = [
        (&["--timestamp-authority", url], 2, "--timestamp-ca"),
        (&["--timestamp-ca", &pinned], 2, "--timestamp-authority"),
        (&["--timestamp-authority", url, "--timestamp-ca", &pinned, "--timestamp-every", "0"], 2, "1..=10080"),
        (
            &["--timestamp-authority", "https://me:secret@tsa.example.fi", "--timestamp-ca", &pinned],
            2,
            "without a user",
        ),
        (&["--timestamp-authority", url, "--timestamp-ca", &pinned, "--timestamp-policy", "x"], 2, "object identifier"),
        (&["--timestamp-authority", url, "--timestamp-ca", &root], 1, "extended key usage timeStamping"),
    ];
    for (args, expected, said) in cases {
        let (code, stderr) = refused(args);
        assert!(code == expected && stderr.contains(said), "{args:?}: {code} {stderr}");
        assert!(!stderr.contains("secret"), "{stderr}");
    }
    assert!(!data.join("sinetti.db").exists());
}
