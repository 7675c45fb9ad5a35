//! What is being signed, in plain words.

use serde_json::Value;
use sinetti_events::format::disclosure::{Disclosed, Disclosure};
use sinetti_events::format::payload::Payload;
use sinetti_projections::acts::Act;

/// Every member of `payload`, one a line; personal values where their disclosures are at hand.
pub fn describe(payload: &Payload, act: &Act, disclosures: &[Disclosure]) -> String {
    let summary = act.info().summary;
    let mut text = format!(
        "{} says in {}, ledger {}:\n  {} ({})\n",
        payload.actor, payload.agreement, payload.ledger, summary, payload.kind
    );
    let data: Value = serde_json::from_str(payload.data.get()).unwrap_or_default();
    lines(&data, "", disclosures, &mut text);
    if let Some(until) = payload.until {
        text.push_str(&format!("  not to be recorded after: {until}\n"));
    }
    let seen = match payload.seen.version {
        0 => "as the first record of this stream".to_owned(),
        version => format!("having seen this stream up to version {version}"),
    };
    text.push_str(&format!("  {seen}; event {}\n", payload.event));
    text
}

fn lines(value: &Value, pointer: &str, disclosures: &[Disclosure], text: &mut String) {
    match value {
        Value::Object(members) if is_commitment(value) => {
            let shown = disclosures.iter().find(|disclosure| disclosure.pointer == pointer);
            let shown = shown.map_or_else(|| "(kept apart; digest only)".to_owned(), |found| said(&found.value));
            debug_assert_eq!(members.len(), 1);
            text.push_str(&format!("  {}: {shown}\n", name(pointer)));
        }
        Value::Object(members) => {
            for (member, value) in members {
                lines(value, &format!("{pointer}/{member}"), disclosures, text);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                lines(value, &format!("{pointer}/{at}"), disclosures, text);
            }
        }
        Value::String(words) => text.push_str(&format!("  {}: {words}\n", name(pointer))),
        other => text.push_str(&format!("  {}: {other}\n", name(pointer))),
    }
}

fn is_commitment(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.len() == 1 && members.contains_key("sd"))
}

fn said(value: &Disclosed) -> String {
    match value {
        Disclosed::Text(text) => text.clone(),
        Disclosed::Paragraphs(texts) => texts.join(" / "),
    }
}

/// `/organ/name` → `organ name`.
fn name(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace(['/', '_'], " ")
}
