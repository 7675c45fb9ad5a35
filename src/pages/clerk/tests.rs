//! The desk's page without its script.

use serde_json::Value;
use sinetti_projections::acts::TYPES;

use super::form::family_of;
use super::*;
use crate::pages::tests::world::{AGREEMENT, World};

fn is_named(id: &str) -> bool {
    Lang::ALL.into_iter().all(|lang| i18n::has(lang, id))
}

/// Every member and fixed word of a schema, with the definition that the word belongs to.
fn walk(at: &Value, definition: &str, members: &mut Vec<String>, words: &mut Vec<(String, String)>) {
    for (name, inner) in at.get("properties").and_then(Value::as_object).into_iter().flatten() {
        members.push(name.clone());
        walk(inner, definition, members, words);
    }
    let mut word = |word: &Value| words.push((definition.to_owned(), word.as_str().unwrap().to_owned()));
    at.get("enum").and_then(Value::as_array).into_iter().flatten().for_each(&mut word);
    at.get("const").into_iter().for_each(word);
    for name in ["oneOf", "anyOf"] {
        for inner in at.get(name).and_then(Value::as_array).into_iter().flatten() {
            walk(inner, definition, members, words);
        }
    }
    for (name, inner) in at.get("$defs").and_then(Value::as_object).into_iter().flatten() {
        walk(inner, name, members, words);
    }
}

#[test]
fn every_member_and_every_word_of_every_type_is_named_in_all_languages() {
    let (mut members, mut words) = (Vec::new(), Vec::new());
    for info in TYPES {
        walk(&(info.schema)().to_value(), "", &mut members, &mut words);
        assert!(is_named(&format!("type-{}", info.name.replace('_', "-"))), "{}", info.name);
    }
    // What a commitment is made of is never filled in.
    for member in members.iter().filter(|member| *member != "sd") {
        let id = format!("field-{}", member.replace('_', "-"));
        assert!(is_named(&id), "{id}");
    }
    for (definition, word) in words {
        let id = format!("{}-{}", family_of(&definition), word.replace('_', "-"));
        assert!(is_named(&id), "{id} of {definition}");
    }
}

#[test]
fn what_awaits_a_party_is_named_in_all_languages() {
    for code in sinetti_projections::awaited::AwaitedCode::ALL {
        let id = format!("awaits-{}", code.as_str().replace('_', "-"));
        assert!(is_named(&id), "{id}");
    }
}

#[tokio::test]
async fn every_type_has_a_form_for_whoever_may_say_it() {
    let world = World::with_agreement("Sopimus").await;
    for info in TYPES.iter().filter(|info| info.name != "ledger_founded") {
        let (agreement, party) = match info.stream {
            sinetti_projections::acts::StreamKind::Registry => ("registry", "registrar"),
            _ => (AGREEMENT, "yksi"),
        };
        let answer = world.get(&format!("/fi/clerk?agreement={agreement}&party={party}&act={}", info.name)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", info.name);
        let html = answer.body;
        assert!(html.contains(&format!("data-type=\"{}\"", info.name)), "{}", info.name);
        for member in (info.schema)().to_value()["required"].as_array().unwrap() {
            let member = member.as_str().unwrap();
            assert!(html.contains(&format!("data-member=\"{member}\" data-required")), "{}: {member}", info.name);
        }
    }
}

#[tokio::test]
async fn the_order_of_a_decision_is_that_of_minutes_and_the_trap_is_explained() {
    let world = World::with_agreement("Sopimus").await;
    let html = world.get(&format!("/fi/clerk?agreement={AGREEMENT}&party=yksi&act=decision_recorded")).await.body;
    let place = |member: &&str| html.find(&format!("data-member=\"{member}\"")).unwrap();
    let order =
        ["organ", "occurred_on", "section", "case_number", "effect", "resolution", "minutes", "finality", "vote"];
    assert!(order.is_sorted_by_key(place));
    assert!(html.contains("Ratkaisevaa on, mitä ehdotettiin"));
    assert!(!html.contains("data-member=\"party_described\""), "only the registrar transcribes");
    let html = world.get(&format!("/fi/clerk?agreement={AGREEMENT}&party=registrar&act=decision_recorded")).await.body;
    assert!(html.contains("data-member=\"party_described\""));
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_nothing_given_is_markup() {
    let world = World::with_agreement("<script>alert(1)</script>").await;
    for bad in
        ["agreement=muu&party=yksi", "agreement=registry&party=kolme", "agreement=registry&party=registrar&act=x"]
    {
        assert_eq!(world.get(&format!("/en/clerk?{bad}")).await.status, StatusCode::NOT_FOUND, "{bad}");
    }
    let answer =
        world.get(&format!("/sv/clerk?agreement={AGREEMENT}&party=yksi&act=text_signed&about=%22%3E%3Cimg")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.body.contains("<script>alert") && !answer.body.contains("\"><img"));
}
