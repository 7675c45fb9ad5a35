//! `docs/events.md` says what the program takes: all below its marker is made from the types.
//!
//! `SINETTI_WRITE_DOCS=1 cargo nextest run -p sinetti-projections --test event_reference` writes it anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use sinetti_events::format::payload::EventType;
use sinetti_events::keys::purpose::Purpose;
use sinetti_projections::acts::{Actors, StreamKind, TYPES, TypeInfo};

/// Members that every act but key acts may have: told once.
const COMMON: [&str; 5] = ["occurred_on", "invented", "party", "party_described", "source"];

const MARKER: &str = "<!-- From here on made from the types by projections/tests/event_reference.rs -->\n";

#[test]
fn the_reference_of_event_types_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/events.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (head, _) = page.split_once(MARKER).expect("docs/events.md has its marker");
    let fresh = format!("{head}{MARKER}{}", reference());
    if std::env::var_os("SINETTI_WRITE_DOCS").is_some() {
        std::fs::write(&path, fresh).unwrap();
    } else {
        let differs = page.lines().zip(fresh.lines()).find(|(is, should)| is != should);
        assert!(page == fresh, "docs/events.md is stale: SINETTI_WRITE_DOCS=1 writes it anew. First: {differs:?}");
    }
}

fn reference() -> String {
    let mut out = overview() + &common();
    let mut shared: BTreeMap<String, Value> = BTreeMap::new();
    for info in TYPES {
        let schema: Value = (info.schema)().into();
        let own = members(&schema, |name| info.is_of_keys() || !COMMON.contains(&name));
        let _ = write!(out, "\n## `{}`\n\n{}\n\n{own}", info.name, described(&schema));
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            let earlier = shared.insert(name.clone(), definition.clone());
            assert!(earlier.is_none_or(|earlier| earlier == *definition), "two definitions of {name}");
        }
    }
    out.push_str("\n## Values and objects used above\n");
    for (name, definition) in &shared {
        let _ = write!(out, "\n### {name}\n\n{}\n{}", described(definition), shape(definition));
    }
    out
}

fn overview() -> String {
    let mut out = "\n## All types\n\n| type | says | stream | by | key purpose |\n|---|---|---|---|---|\n".to_owned();
    for info in TYPES {
        let kind: EventType = info.name.parse().unwrap();
        let (stream, actors) = (stream(info), actors(info));
        let purpose = Purpose::of(&kind).as_str();
        let link = format!("[`{0}`](#{0})", info.name);
        let _ = writeln!(out, "| {link} | {} | {stream} | {actors} | `{purpose}` |", info.summary);
    }
    out
}

fn common() -> String {
    let act = TYPES.iter().find(|info| !info.is_of_keys()).unwrap();
    let schema: Value = (act.schema)().into();
    let shared = members(&schema, |name| COMMON.contains(&name));
    format!("\n## Members that all acts but key acts share\n\n{shared}")
}

fn stream(info: &TypeInfo) -> &'static str {
    match info.stream {
        StreamKind::Agreement => "agreement",
        StreamKind::Registry => "`registry`",
    }
}

fn actors(info: &TypeInfo) -> &'static str {
    match info.actors {
        Actors::Any => "party, registrar, registrar transcribing",
        Actors::Party => "party",
        Actors::PartyOrRegistrar => "party, registrar",
        Actors::PartyOrTranscribed => "party, registrar transcribing",
        Actors::Registrar => "registrar",
    }
}

/// The members of an object whose names are `wanted`, by name.
fn members(schema: &Value, wanted: impl Fn(&str) -> bool) -> String {
    let mut out = "| member | | is | meaning |\n|---|---|---|---|\n".to_owned();
    let required = |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let all = schema["properties"].as_object().into_iter().flatten();
    for (name, member) in all.filter(|(name, _)| wanted(name)) {
        let need = if required(name) { "required" } else { "optional" };
        let _ = writeln!(out, "| `{name}` | {need} | {} | {} |", kind(member), described(member));
    }
    out
}

/// A definition: its values, its alternatives, its members or its pattern.
fn shape(definition: &Value) -> String {
    if let Some(alternatives) = definition["oneOf"].as_array() {
        return format!("\n{}", alternatives.iter().map(alternative).collect::<String>());
    }
    if let Some(values) = definition["enum"].as_array() {
        return format!("\n{}", values.iter().map(value).collect::<String>());
    }
    if definition["properties"].is_object() {
        return format!("\n{}", members(definition, |_| true));
    }
    format!("\nWritten as {}.\n", kind(definition))
}

fn alternative(one: &Value) -> String {
    if let Some(values) = one["enum"].as_array() {
        return values.iter().map(value).collect();
    }
    if !one["const"].is_null() {
        return format!("- `{}`: {}\n", plain(&one["const"]), described(one));
    }
    let parts = one["properties"].as_object().into_iter().flatten();
    let parts: Vec<String> = parts.map(|(name, part)| format!("`{name}`: {}", kind(part))).collect();
    format!("- {{{}}}: {}\n", parts.join(", "), described(one))
}

fn value(value: &Value) -> String {
    format!("- `{}`\n", plain(value))
}

/// In words what a value is.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or(reference);
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(either) = schema["anyOf"].as_array() {
        let one = either.iter().find(|one| one["type"] != "null");
        return one.map_or_else(String::new, kind);
    }
    if !schema["const"].is_null() {
        return format!("`{}`", plain(&schema["const"]));
    }
    match first_type(schema) {
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" if schema["additionalProperties"].is_object() => {
            format!("object of {}", kind(&schema["additionalProperties"]))
        }
        "string" => string(schema),
        other => other.to_owned(),
    }
}

fn string(schema: &Value) -> String {
    match (schema["pattern"].as_str(), schema["maxLength"].as_u64()) {
        (Some(pattern), _) => format!("string `{}`", pattern.replace('|', "\\|")),
        (None, Some(most)) => format!("string of 1 to {most} bytes"),
        (None, None) => "string".to_owned(),
    }
}

/// The one type that is not null.
fn first_type(schema: &Value) -> &str {
    let several = schema["type"].as_array().into_iter().flatten();
    let first = several.filter_map(Value::as_str).find(|name| *name != "null");
    first.or(schema["type"].as_str()).unwrap_or("any")
}

/// Doc comments are hard-wrapped, and link to code where a page has nothing.
fn described(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    let text = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join(" ");
    text.replace("[`", "`").replace("`]", "`").replace('|', "\\|")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
