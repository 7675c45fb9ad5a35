//! A long history of each of the three agreements, scripted, signed and recorded for real: draft,
//! approval, signatures, entry into force, an amendment, annexes of both forms, a merger, an
//! annulment, a withdrawal. After each step the state is written down; the file is committed, so
//! that a rule that changes shows what it changes.
//!
//! `SINETTI_WRITE_DOCS=1 cargo nextest run -p sinetti-projections --test histories` writes the
//! golden files and `docs/examples/events.json` anew. All acts are invented.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../vectors/builder.rs"]
#[allow(dead_code, reason = "the vectors use the rest")]
mod builder;
mod examples;
mod golden;
mod script;

use std::collections::BTreeSet;
use std::path::PathBuf;

use sinetti_projections::acts::{StreamKind, TYPES};

const AGREEMENTS: [&str; 3] = ["pirkanmaa", "pohjois-pohjanmaa", "varsinais-suomi"];

#[test]
fn every_step_leaves_the_state_that_the_golden_file_has() {
    for name in AGREEMENTS {
        let told = script::Script::read(name).run();
        let path = folder().join(format!("{name}.golden.txt"));
        golden::prove(&path, &golden::render(&told));
    }
}

#[test]
fn every_type_of_an_agreement_occurs_and_its_line_has_all_arguments() {
    let mut seen = BTreeSet::new();
    for name in AGREEMENTS {
        let told = script::Script::read(name).run();
        let last = told.last().unwrap();
        for line in sinetti_projections::timeline::timeline(&last.agreement, &last.registry) {
            let info = TYPES.iter().find(|info| info.name == line.kind).unwrap();
            assert_eq!(line.args.keys().copied().collect::<Vec<_>>(), info.args, "{}", line.kind);
            seen.insert(line.kind);
        }
    }
    let all = TYPES.iter().filter(|info| info.stream == StreamKind::Agreement).map(|info| info.name);
    assert_eq!(all.filter(|name| !seen.contains(name)).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn the_examples_of_all_types_are_fresh_and_verify() {
    let all: Vec<script::Told> = AGREEMENTS.iter().flat_map(|name| script::Script::read(name).run()).collect();
    let examples = examples::of(&all);
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/events.json"));
    golden::prove(&path, &(serde_json::to_string_pretty(&examples).unwrap() + "\n"));
    examples::check(&serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap());
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/histories"))
}
