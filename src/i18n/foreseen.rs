//! What an event would say and do if it were recorded, in plain words: for who is about to sign it.

use serde_json::Value as Json;
use sinetti_events::primitives::time::Date;
use sinetti_projections::difference::{Difference, DifferenceCode};
use sinetti_projections::status::DecisionRow;
use sinetti_projections::timeline::timeline;

use super::{Lang, Words, history, names, t};
use crate::ledger::Preview;

/// What the ledger understands, in the words of its trail.
pub fn sentence(lang: Lang, preview: &Preview, on: Date) -> String {
    let after = &preview.after;
    let lines = timeline(&after.agreement, &after.registry);
    let line = lines.iter().rev().find(|line| line.version == preview.version);
    match line.filter(|_| !preview.payload.agreement.is_registry()) {
        Some(line) => history::sentence(lang, line, &after.registry, on),
        None => in_registry(lang, preview, on),
    }
}

/// Acts of the registry: who says what about whom.
fn in_registry(lang: Lang, preview: &Preview, on: Date) -> String {
    let payload = &preview.payload;
    let data: Json = serde_json::from_str(payload.data.get()).unwrap_or_default();
    let about = ["party", "id"].iter().find_map(|name| data.get(name)?.as_str()).unwrap_or("–");
    let who = names::party(lang, &preview.after.registry, &payload.actor, on).text;
    let act = Words(lang).term("type", payload.kind.as_str());
    t(lang, "foreseen-registry", &[("who", who.into()), ("act", act.into()), ("about", about.into())])
}

/// What follows: whether it counts, how far a signature is, and what of the state changes.
pub fn effects(
    lang: Lang,
    preview: &Preview,
    decision: Option<&DecisionRow>,
    signatures: Option<&str>,
    changes: &[Difference],
) -> Vec<String> {
    let w = Words(lang);
    if preview.recorded {
        return vec![w.with("foreseen-recorded", "version", preview.version)];
    }
    let mut effects: Vec<String> = decision.into_iter().map(|row| counted(w, row)).collect();
    effects.extend(signatures.map(|signatures| match is_whole(signatures) {
        true => w.with("foreseen-signed", "signatures", signatures),
        false => w.with("foreseen-signed-in-part", "signatures", signatures),
    }));
    effects.extend(changes.iter().filter_map(|change| changed(lang, change)));
    if effects.is_empty() {
        effects.push(w.get("foreseen-history-only"));
    }
    effects
}

fn counted(w: Words, row: &DecisionRow) -> String {
    match row.why_not {
        None => w.get("foreseen-counted"),
        Some(why) => w.with("foreseen-not-counted", "why", w.term("why", why.as_str())),
    }
}

/// `1/2` is half of a joint signature.
fn is_whole(signatures: &str) -> bool {
    signatures.split_once('/').is_some_and(|(done, of)| done == of)
}

/// The counts of the whole agreement, and whether it is in force; the rest is for programs.
fn changed(lang: Lang, change: &Difference) -> Option<String> {
    let id = match (change.code, change.after.as_deref()) {
        (DifferenceCode::Approved, _) => "foreseen-approved",
        (DifferenceCode::Signed, _) => "foreseen-signatures",
        (DifferenceCode::Bound, _) => "foreseen-bound",
        (DifferenceCode::InForce, Some("true")) => "foreseen-in-force",
        (DifferenceCode::InForce, _) => "foreseen-not-in-force",
        (DifferenceCode::Contested, Some(_)) => "foreseen-contested",
        _ => return None,
    };
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".to_owned());
    Some(t(lang, id, &[("before", side(&change.before).into()), ("after", side(&change.after).into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(code: DifferenceCode, before: &str, after: &str) -> Difference {
        Difference { after: Some(after.to_owned()), before: Some(before.to_owned()), code, party: None, version: None }
    }

    #[test]
    fn counts_are_told_with_both_numbers_and_details_left_to_programs() {
        let told = changed(Lang::En, &change(DifferenceCode::Approved, "20", "21"));
        assert!(told.is_some_and(|text| text.contains("20") && text.contains("21")));
        assert_eq!(changed(Lang::En, &change(DifferenceCode::ApprovedOn, "–", "2023-04-17")), None);
    }

    #[test]
    fn half_of_a_joint_signature_is_not_whole() {
        assert!(!is_whole("1/2"));
        assert!(is_whole("2/2"));
    }
}
