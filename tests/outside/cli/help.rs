//! `--help` is complete and stays so: golden texts.

use crate::program::{golden, sinetti};

const COMMANDS: &[&str] = &[
    "serve",
    "key",
    "draft",
    "sign",
    "submit",
    "decide",
    "approve",
    "affix",
    "erase",
    "document",
    "status",
    "history",
    "awaits",
    "export",
    "verify",
    "audit",
    "witness",
    "rebuild",
    "export-tiles",
    "bench",
    "completions",
    "import",
    "man",
];

#[test]
fn of_the_program() {
    sinetti().arg("--help").assert().success().stdout_eq(golden("help/sinetti.txt"));
}

#[test]
fn of_every_command() {
    for command in COMMANDS {
        sinetti().args([command, "--help"]).assert().success().stdout_eq(golden(&format!("help/{command}.txt")));
    }
}

#[test]
fn of_every_key_command() {
    for command in ["new", "show", "passphrase"] {
        let expected = golden(&format!("help/key-{command}.txt"));
        sinetti().args(["key", command, "--help"]).assert().success().stdout_eq(expected);
    }
}

#[test]
fn of_every_document_command() {
    for command in ["put", "get"] {
        let expected = golden(&format!("help/document-{command}.txt"));
        sinetti().args(["document", command, "--help"]).assert().success().stdout_eq(expected);
    }
}

#[test]
fn the_program_lists_exactly_these_commands() {
    let output = sinetti().arg("--help").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A summary of two lines goes on further to the right.
    let listed = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let listed: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(listed.len(), COMMANDS.len());
    assert!(listed.iter().all(|command| COMMANDS.contains(command)), "{listed:?}");
}
