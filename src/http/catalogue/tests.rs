#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;

#[test]
fn slugs_are_unique_and_every_line_is_complete() {
    let mut seen = BTreeSet::new();
    for known in own() {
        assert!(seen.insert(known.slug), "{} stands twice", known.slug);
        assert!((400..600).contains(&known.status), "{}", known.slug);
        assert!(known.meaning.ends_with('.') && known.way_out.ends_with('.'), "{}", known.slug);
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(known.slug.bytes().all(allowed), "{}", known.slug);
    }
}

/// Both ways: what the code answers with stands in the table, and the table holds nothing else.
#[test]
fn the_table_and_the_code_name_the_same_slugs() {
    let sources = sources();
    let mut answered = BTreeSet::new();
    for code in &sources {
        in_slug_functions(code, &mut answered);
        in_calls(code, &mut answered);
    }
    let listed: BTreeSet<String> = all().iter().map(|known| known.slug.to_owned()).collect();
    let missing: Vec<_> = answered.difference(&listed).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
    let written = |slug: &str| sources.iter().any(|code| code.contains(&format!("\"{slug}\"")));
    let dead: Vec<_> = listed.iter().filter(|slug| !written(slug)).collect();
    assert!(dead.is_empty(), "in the table, but nothing answers so: {dead:?}");
}

#[test]
fn docs_problems_md_is_fresh() {
    let mut table = String::from(include_str!("problems.md.head"));
    for Known { slug, status, meaning, way_out } in all() {
        let line = format!("| `{slug}` | {status} | {meaning} | {way_out} |\n");
        table.push_str(&line);
    }
    crate::http::generated::assert_fresh("docs/problems.md", &table);
}

/// All code that can refuse something, without its tests and without the tables themselves.
fn sources() -> Vec<String> {
    let mut sources = Vec::new();
    for folder in ["src/http", "src/ledger", "events/src", "projections/src"] {
        visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut sources);
    }
    sources
}

fn visit(folder: &Path, sources: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && !["catalogue", "cases", "tests", "audit"].contains(&name) {
            visit(&path, sources);
        // What an audit finds has slugs too, but is never an answer.
        } else if name.ends_with(".rs") && !["tests.rs", "audit.rs"].contains(&name) {
            let source = fs::read_to_string(&path).unwrap();
            let code = source.split("\nmod tests {").next().unwrap();
            sources.push(without_tables(code));
        }
    }
}

fn without_tables(code: &str) -> String {
    match code.split_once("pub const SLUGS") {
        Some((before, table)) => before.to_owned() + table.split_once("\n];").unwrap().1,
        None => code.to_owned(),
    }
}

/// Literals within `fn slug`, and the first argument of calls that make a problem or refusal.
fn in_slug_functions(code: &str, slugs: &mut BTreeSet<String>) {
    for function in code.split("fn slug(").skip(1) {
        let body = function.split("\n    }\n").next().unwrap();
        slugs.extend(literals(body).filter(|literal| is_slug(literal)));
    }
}

fn in_calls(code: &str, slugs: &mut BTreeSet<String>) {
    for call in ["Problem::of(", "Refusal::new(", "slug: "] {
        for arguments in code.split(call).skip(1) {
            let first = arguments.trim_start();
            slugs.extend(first.starts_with('"').then(|| literals(first).next()).flatten());
        }
    }
}

fn literals(code: &str) -> impl Iterator<Item = String> {
    code.split('"').skip(1).step_by(2).map(str::to_owned)
}

fn is_slug(literal: &str) -> bool {
    literal.contains('-') || literal.bytes().all(|byte| byte.is_ascii_lowercase())
}
