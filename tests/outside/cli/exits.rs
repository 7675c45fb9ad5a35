//! Exit codes: 1 refused, 2 wrong usage, 3 out of reach; and what each error says: golden texts.

use std::fs;
use std::net::TcpListener;

use crate::program::{golden, key, sinetti};

/// Nothing listens at port 1 of loopback.
const NOBODY: &str = "http://127.0.0.1:1";

/// Runs in an empty directory; compares stderr and the exit code; stdout stays empty.
fn fails(args: &[&str], code: i32, name: &str) {
    let dir = tempfile::tempdir().unwrap();
    let result = sinetti().args(args).current_dir(dir.path()).stdin("").assert();
    result.code(code).stdout_eq("").stderr_eq(golden(&format!("errors/{name}.txt")));
}

#[test]
fn wrong_usage_is_2() {
    fails(&["verfy"], 2, "command-unknown");
    fails(&["verify"], 2, "verify-what");
    fails(&["key", "new", "--out", "k.pem"], 2, "passphrase-unsaid");
    fails(&["key", "new", "--out", "k.pem", "--purpose", "sing"], 2, "purpose-unknown");
    fails(&["status", "--server", "localhost:8080"], 2, "address");
    fails(&["draft", "text_sined", "--agreement", "a", "--party", "b", "--server", NOBODY], 2, "type-unknown");
    fails(&["serve", "--listen", "0.0.0.0:0"], 2, "origin-needed");
    fails(&["serve", "--demo", "--origin", "sinetti.example.fi"], 2, "origin-of-demonstration");
    fails(&["serve", "--origin", "sinetti.example.fi-demo"], 2, "origin-of-no-demonstration");
    fails(&["verify", "--database-url", "postgres://x"], 2, "database-url");
}

#[test]
fn out_of_reach_is_3() {
    fails(&["status", "--server", NOBODY], 3, "nobody-there");
    fails(&["verify", "--server", NOBODY], 3, "verify-nobody-there");
    fails(&["verify", "--database-url", "sqlite:none/sinetti.db"], 3, "database-missing");
    fails(&["status", "--database-url", "sqlite:none/sinetti.db"], 3, "status-database-missing");
    fails(&["rebuild", "--database-url", "sqlite:none/sinetti.db"], 3, "rebuild-database-missing");
    fails(&["export-tiles", "log", "--database-url", "sqlite:none/sinetti.db"], 3, "export-database-missing");
    fails(&["export", "a", "--server", NOBODY], 3, "export-nobody-there");
    fails(&["verify", "none.sinetti.zip"], 3, "verify-bundle-missing");
    fails(&["key", "show", "none.pem"], 3, "key-missing");
    fails(&["sign", "none.json", "--key", "none.pem"], 3, "payload-missing");
    fails(&["serve", "--listen", "127.0.0.1:0", "--data-dir", "/proc/none"], 3, "directory");
}

#[test]
fn a_port_that_is_taken_is_3_and_founds_nothing() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let result = sinetti().args(["serve", "--listen", &address]).current_dir(dir.path()).assert().code(3);
    let text = String::from_utf8(result.get_output().stderr.clone()).unwrap();
    assert!(text.contains(&address) && text.contains("give another --listen"), "{text}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn refused_is_1() {
    fails(&["sign", "-", "--key", "k.pem"], 1, "payload-empty");
    let dir = tempfile::tempdir().unwrap();
    key(dir.path(), "k");
    let again = sinetti().args(["key", "new", "--no-passphrase", "--out", "k.pem"]).current_dir(dir.path()).assert();
    again.code(1).stderr_eq(golden("errors/key-exists.txt"));
    fs::write(dir.path().join("sinetti.db"), b"not a database, but long enough to look at").unwrap();
    let damaged = sinetti().args(["verify", "--database-url", "sqlite:sinetti.db"]).current_dir(dir.path()).assert();
    damaged.code(1);
}

#[test]
fn nothing_but_the_result_goes_to_stdout() {
    let output = sinetti().arg("status").args(["--server", NOBODY, "--json"]).output().unwrap();
    assert!(output.stdout.is_empty());
    assert!(!output.stderr.contains(&0x1b), "no colours under NO_COLOR");
}
