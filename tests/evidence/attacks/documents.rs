//! Texts and minutes: another file in the place of the one that was approved.

use std::process::Command;

use sinetti_events::primitives::hash::Digest;

use super::onlookers::{Report, Who, vector};
use super::operator::{Files, Site};
use super::sheet::Row;
use crate::world::TEXT;

/// All rows of this kind.
pub fn rows() -> Vec<Row> {
    vec![swap()]
}

fn swap() -> Row {
    Row::of(
        "Swap a document",
        "Gives another file out in the place of the text that the parties approved, from the server or in a bundle.",
        "That a file is missing: an event names a document by its digest, and nobody is bound to hand it out. Whoever has a \
         copy shows by its digest that it is the one.",
    )
    .noticed(Who::Bundle, vector("document-altered"), "document-altered")
    .noticed(Who::Bundle, vector("document-that-nothing-names"), "member-unneeded")
    .noticed(Who::Bundle, vector("document-of-another-agreement"), "member-unneeded")
    .noticed(Who::Reader, fetched(), "another document")
}

/// The program asks a server for a document, and is given another.
fn fetched() -> Report {
    let digest = Digest::of(TEXT);
    let get = |served: Vec<u8>| {
        let site = Site::of(Files::from([(format!("api/v1/documents/{digest}"), served)]));
        let (dir, digest) = (tempfile::tempdir().unwrap(), digest.to_string());
        let mut command = Command::new(env!("CARGO_BIN_EXE_sinetti"));
        command.args(["document", "get", &digest, "--server", &site.url, "--out"]).arg(dir.path().join("text"));
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(get(TEXT.to_vec()).0, Some(0));
    let (code, said) = get([TEXT, b" as amended"].concat());
    assert!(code == Some(1) && said.contains("gave another document"), "{code:?} {said}");
    Report::new("`sinetti document get DIGEST`", ["another document".to_owned()])
}
