//! Approvals that hang on something, and what becomes of them.

use serde_json::{Value, json};

use crate::given::{World, conditional, with};
use crate::status::{ContestCode, NoteCode};

fn settled(decision: u64, outcome: &str, date: &str) -> Value {
    json!({"condition": 0, "decision": decision, "occurred_on": date, "outcome": outcome})
}

#[test]
fn the_last_condition_brings_the_agreement_into_force_on_its_own_day() {
    let mut world = World::of_parties(2);
    world.on_day("2023-12-01").complete([2], "2023-05-08");
    let decision = world.given("p1", "decision_recorded", conditional("2023-05-22", &["suspensive"]));
    world.sign("p1", "2023-05-30");
    let refusal = world.refused(
        "registrar",
        "entry_into_force_determined",
        json!({"in_force_from": "2023-05-30", "occurred_on": "2023-06-01"}),
    );
    assert!(refusal.slug == "conditions-not-met" && refusal.reason.contains("1 p1 (approval)"), "{refusal}");
    let record = world.given("p1", "condition_settled", settled(decision, "fulfilled", "2023-09-04"));
    let determined = json!({"in_force_from": "2023-09-04", "occurred_on": "2023-09-05"});
    world.given("registrar", "entry_into_force_determined", determined);
    assert!(world.now().in_force && !world.status("2023-09-03").in_force);
    // It was not fulfilled after all: contested, and said by what.
    let retracted = world.given("p1", "record_retracted", json!({"occurred_on": "2023-12-01", "version": record}));
    let now = world.now();
    assert_eq!(
        (now.contested_why[0].code, now.contested_why[0].version),
        (ContestCode::ApprovalFallen, Some(retracted))
    );
    assert_eq!(now.missing[0].why.unwrap().as_str(), "conditional");
    // Fulfilled a week later, the conditions of entry into force were met later than was said.
    world.given("p1", "condition_settled", settled(decision, "fulfilled", "2023-09-11"));
    assert_eq!(world.now().contested_why[0].code, ContestCode::ConditionsLater);
}

#[test]
fn an_acceptance_that_is_taken_back_contests_the_approval_that_hung_on_it() {
    let mut world = World::of_parties(2);
    world.on_day("2023-12-01").complete([2], "2023-05-08");
    let decision = world.given("p1", "decision_recorded", conditional("2023-05-08", &["reservation"]));
    world.sign("p1", "2023-05-08");
    let accepted = world.given("p2", "condition_settled", settled(decision, "accepted", "2023-06-01"));
    let determined = json!({"in_force_from": "2023-06-01", "occurred_on": "2023-06-01"});
    world.given("registrar", "entry_into_force_determined", determined);
    assert!(!world.now().contested);
    let retracted = world.given("p2", "record_retracted", json!({"occurred_on": "2023-12-01", "version": accepted}));
    let why = &world.now().contested_why[0];
    assert_eq!((why.code, why.version), (ContestCode::ApprovalFallen, Some(retracted)));
    assert_eq!(why.party.as_ref().unwrap().as_str(), "p1");
}

#[test]
fn a_successor_answers_for_the_seat_that_it_took() {
    let mut world = World::of_parties(3);
    let decision =
        world.on_day("2024-06-01").given("p1", "decision_recorded", conditional("2023-05-08", &["reservation"]));
    world.given("p2", "condition_settled", settled(decision, "accepted", "2023-06-01"));
    world.register("p9");
    let absorbed =
        json!({"kind": "absorbed", "occurred_on": "2024-01-01", "predecessors": ["p3"], "successors": ["p9"]});
    world.given("registrar", "party_succeeded", absorbed);
    assert_eq!(world.row("p1").decision.unwrap().conditions[0].awaited[0].as_str(), "p3");
    let taken = json!({"occurred_on": "2024-01-15", "predecessor": "p3", "seat": "taken"});
    world.given("p9", "party_confirmed_by_successor", taken);
    world.given("p9", "condition_settled", settled(decision, "accepted", "2024-02-01"));
    let row = world.row("p1");
    assert!(row.approved && row.has(NoteCode::ConditionsSettled));
    assert_eq!(row.approved_on.unwrap().to_string(), "2024-02-01");
}

#[test]
fn a_seat_that_became_one_with_another_is_waited_for_no_more() {
    let mut world = World::of_parties(3);
    let decision =
        world.on_day("2024-06-01").given("p1", "decision_recorded", conditional("2023-05-08", &["reservation"]));
    world.given("p2", "condition_settled", settled(decision, "accepted", "2023-06-01"));
    let absorbed =
        json!({"kind": "absorbed", "occurred_on": "2024-01-01", "predecessors": ["p3"], "successors": ["p2"]});
    world.given("registrar", "party_succeeded", absorbed);
    // The succession alone changes nothing.
    assert_eq!(world.row("p1").why(), Some("conditional"));
    let merged = json!({"occurred_on": "2024-01-15", "predecessor": "p3", "seat": "merged"});
    world.given("p2", "party_confirmed_by_successor", merged);
    assert_eq!(world.row("p1").approved_on.unwrap().to_string(), "2024-01-15");
    assert_eq!(world.status("2024-01-14").approved, 0);
}

#[test]
fn a_settled_approval_falls_like_any_other() {
    let mut world = World::of_parties(2);
    let decision =
        world.on_day("2023-12-01").given("p1", "decision_recorded", conditional("2023-05-08", &["suspensive"]));
    world.given("p1", "condition_settled", settled(decision, "fulfilled", "2023-06-01"));
    let rejection = with(crate::given::approval("2023-10-02"), json!({"effect": "reject", "section": "50"}));
    let rejection = world.given("p1", "decision_recorded", rejection);
    assert_eq!((world.status("2023-10-01").approved, world.now().approved), (1, 0));
    world.given("p1", "record_retracted", json!({"occurred_on": "2023-12-01", "version": rejection}));
    let annulled =
        json!({"by": "hallinto-oikeus", "decision": decision, "occurred_on": "2023-11-01", "outcome": "annulled"});
    world.given("p1", "challenge_resolved", annulled);
    assert_eq!(world.row("p1").why(), Some("annulled"));
}
