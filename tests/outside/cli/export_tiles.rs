//! `sinetti export-tiles`: what it writes is what the server serves.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Server, json, run};

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn the_files_are_byte_for_byte_what_the_server_serves() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo"]);
    let database = format!("sqlite:{}", dir.path().join("demo/sinetti.db").display());
    let log = dir.path().join("log");
    let args = ["export-tiles", log.to_str().unwrap(), "--database-url", &database];
    let done = json(&[&args[..], &["--json"]].concat());
    assert!(done["size"].as_u64().unwrap() > 100, "{done}");
    let client = sinetti::client::Client::new(&server.url).unwrap();
    let files: Vec<PathBuf> = files(&log).into_iter().filter(|file| !file.ends_with(".sinetti.lock")).collect();
    assert_eq!(files.len() as u64, done["written"].as_u64().unwrap() + 1);
    for file in files {
        let path = format!("/{}", file.strip_prefix(&log).unwrap().display());
        assert_eq!(client.bytes(&path).unwrap().unwrap(), fs::read(&file).unwrap(), "{path}");
    }
    let (code, text, _) = run(&args);
    assert!(code == 0 && text.contains("0 tiles written"), "{text}");
    server.stop();
    // Another ledger of the same name is another history.
    let other = tempfile::tempdir().unwrap();
    Server::start(other.path(), &["--demo"]).stop();
    let database = format!("sqlite:{}", other.path().join("demo/sinetti.db").display());
    let (code, _, said) = run(&["export-tiles", log.to_str().unwrap(), "--database-url", &database]);
    assert!(code == 1 && said.contains("another history"), "{code} {said}");
}
