//! `sinetti document`: put and fetched from the command line.

use std::fs;

use sinetti_events::primitives::hash::Digest;

use super::submit::relay;
use crate::program::{Server, run};

#[test]
fn a_text_of_the_demonstration_is_put_and_fetched_again() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo"]);
    let text = dir.path().join("demo/texts/pirkanmaa.txt");
    let digest = Digest::of(&fs::read(&text).unwrap()).to_string();
    let (text, out) = (text.to_str().unwrap(), dir.path().join("out.txt").display().to_string());
    let put = ["document", "put", text, "--server", &server.url];
    let get = ["document", "get", &digest, "--server", &server.url, "--out", &out];
    // The demonstration holds its texts from the start.
    assert_eq!(run(&get).0, 0);
    assert_eq!(fs::read(&out).unwrap(), fs::read(text).unwrap());
    let (code, stdout, stderr) = run(&put);
    assert_eq!((code, stdout, stderr.contains("held it before")), (0, format!("{digest}\n"), true), "{stderr}");
    assert_eq!(run(&get).0, 1, "what lies there is not written over");
    let (code, stdout, _) = run(&["document", "get", &digest, "--server", &server.url, "--out", "-"]);
    assert_eq!((code, stdout), (0, fs::read_to_string(text).unwrap()));
    // A large document that nobody names is refused before it is sent.
    let large = dir.path().join("large");
    fs::write(&large, vec![7; 20 << 20]).unwrap();
    let (code, _, said) = run(&["document", "put", large.to_str().unwrap(), "--server", &server.url]);
    assert!(code == 1 && said.contains("document-unknown"), "{said}");
    // Who gives another document is found out.
    let liar = relay(&server, |head, mut answer| {
        if head.starts_with("GET /api/v1/documents/") {
            let last = answer.len() - 1;
            answer[last] ^= 1;
        }
        answer
    });
    let other = dir.path().join("other").display().to_string();
    let (code, _, said) = run(&["document", "get", &digest, "--server", &liar, "--out", &other]);
    assert!(code == 1 && said.contains("gave another document") && fs::metadata(&other).is_err(), "{said}");
    server.stop();
}
