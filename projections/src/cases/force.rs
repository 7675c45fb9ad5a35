//! When the agreement is in force, and what keeps it from being so.

use serde_json::json;

use crate::given::{World, approval, opening, text_a, with};
use crate::status::{ContestCode, NoteCode};

fn determination(from: &str, on: &str) -> serde_json::Value {
    json!({"in_force_from": from, "occurred_on": on})
}

#[test]
fn case_04_all_approved_and_all_but_one_signed_is_not_in_force() {
    let mut world = World::of_parties(25);
    world.on_day("2023-06-01").complete(1..=24, "2023-05-08");
    world.approve("p25", "2023-05-22");
    let now = world.now();
    assert_eq!((now.approved, now.signed, now.bound), (25, 24, 0));
    assert!(!now.in_force && !now.conditions_met);
    assert_eq!(now.missing.len(), 1);
    let missing = &now.missing[0];
    assert_eq!((missing.number, missing.party.as_str(), missing.approval, missing.signature), (25, "p25", false, true));
    // The registrar can't say otherwise, and is told who is missing.
    let refusal = world.refused("registrar", "entry_into_force_determined", determination("2023-05-22", "2023-06-01"));
    assert_eq!(refusal.slug, "conditions-not-met");
    assert!(refusal.reason.contains("25 p25 (signature)"), "{refusal}");
    // The last signature brings it into force, on the latest legal date, and not a day earlier.
    world.sign("p25", "2023-05-31");
    let early = determination("2023-05-31", "2023-05-30");
    assert_eq!(world.slug("registrar", "entry_into_force_determined", early), "conditions-not-met");
    let now = world.now();
    assert!(now.in_force && !now.determined && now.missing.is_empty());
    assert_eq!((now.in_force_since.unwrap().to_string().as_str(), now.bound), ("2023-05-31", 25));
    assert!(!world.status("2023-05-30").in_force);
    world.given("registrar", "entry_into_force_determined", determination("2023-05-31", "2023-06-01"));
    assert!(world.now().determined && world.now().in_force && !world.now().contested);
    assert_eq!(
        world.slug("registrar", "entry_into_force_determined", determination("2023-05-31", "2023-06-01")),
        "determined-already"
    );
}

#[test]
fn case_10_a_record_posted_to_the_wrong_agreement_is_taken_back() {
    let mut world = World::of_parties(2);
    world.on_day("2023-05-09");
    let before = world.now();
    let posted = world.approve("p1", "2023-05-08");
    assert_eq!(world.counts().0, 1);
    let retracted = world.given("p1", "record_retracted", json!({"version": posted, "occurred_on": "2023-05-09"}));
    // Counts go back; both records stay where they are.
    assert_eq!((world.now().approved, world.now().missing), (before.approved, before.missing));
    assert_eq!(world.agreement.entries[&posted].retracted_by, Some(retracted));
    assert_eq!(world.agreement.version, retracted);
    // The right one can be recorded, and the wrong one can't be taken back twice.
    assert_eq!(
        world.slug("p1", "record_retracted", json!({"version": posted, "occurred_on": "2023-05-09"})),
        "record-retracted"
    );
    world.approve("p1", "2023-05-08");
    assert_eq!(world.counts().0, 1);
}

#[test]
fn case_11_an_annulled_approval_leaves_the_history_and_contests_the_determination() {
    let mut world = World::of_parties(9);
    world.on_day("2023-06-01").complete(1..=8, "2023-05-08");
    let ninth = world.approve("p9", "2023-06-01");
    world.sign("p9", "2023-06-01");
    let determined = world.given("registrar", "entry_into_force_determined", determination("2023-06-01", "2023-06-01"));
    let challenge = json!({"decision": ninth, "kind": "appeal", "occurred_on": "2023-06-20"});
    let challenged = world.on_day("2023-06-21").given("p9", "decision_challenged", challenge);
    assert!(world.now().in_force && !world.now().contested);
    assert!(world.row("p9").has(NoteCode::Challenged));
    let annulment = json!({"by": "Hämeenlinnan hallinto-oikeus", "challenge": challenged, "decision": ninth,
        "occurred_on": "2023-11-01", "outcome": "annulled"});
    let annulled = world.on_day("2023-11-02").given("p9", "challenge_resolved", annulment);
    let now = world.now();
    assert!(now.in_force && now.determined && now.contested);
    assert_eq!(now.in_force_since.unwrap().to_string(), "2023-06-01");
    assert_eq!((now.approved, now.bound), (8, 8));
    let why = &now.contested_why[0];
    assert_eq!((why.code, why.version), (ContestCode::ApprovalAnnulled, Some(annulled)));
    assert_eq!(why.party.as_ref().unwrap().as_str(), "p9");
    assert_eq!(why.by.as_ref().unwrap().as_str(), "Hämeenlinnan hallinto-oikeus");
    assert_eq!(now.missing[0].why.unwrap().as_str(), "annulled");
    // History keeps 1.6.: on every date before the judgment nothing is contested.
    let then = world.status("2023-10-31");
    assert!(then.in_force && !then.contested && then.approved == 9);
    assert_eq!(then.determinations[0].version, determined);
    assert!(world.known("2023-10-31").status("2023-11-02").approved == 9);
    // Before it was in force there was nothing to contest.
    let before = world.status("2023-05-07");
    assert!(!before.in_force && !before.contested && before.approved == 0);
}

#[test]
fn without_a_determination_a_fallen_approval_ends_the_force_and_is_named() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01").complete([1, 2], "2023-05-08");
    assert!(world.now().in_force);
    let annulment = json!({"by": "hallinto-oikeus", "decision": 3, "occurred_on": "2023-11-01", "outcome": "annulled"});
    world.on_day("2023-11-02").given("p1", "challenge_resolved", annulment);
    let now = world.now();
    assert!(!now.in_force && !now.contested);
    assert_eq!(now.missing[0].why.unwrap().as_str(), "annulled");
    assert!(world.status("2023-10-31").in_force);
}

#[test]
fn case_12_an_absorbed_party_leaves_its_seat_and_no_silent_completeness() {
    let mut world = World::of_parties(25);
    world.on_day("2024-01-02").complete((1..=25).filter(|n| *n != 2), "2023-05-08");
    let draft = with(approval("2023-05-08"), json!({"resolution": "tabled"}));
    let tabled = world.given("p2", "decision_recorded", draft);
    let absorbed =
        json!({"kind": "absorbed", "predecessors": ["p2"], "successors": ["p1"], "occurred_on": "2024-01-01"});
    world.given("registrar", "party_succeeded", absorbed);
    let now = world.now();
    assert_eq!((now.parties_total, now.parties_current, now.approved, now.signed), (25, 24, 24, 24));
    assert!(!now.in_force);
    let missing = &now.missing[0];
    assert_eq!((missing.number, missing.party.as_str()), (2, "p2"));
    assert_eq!(missing.successors.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["p1"]);
    // The successor's row carries what its predecessor did, as a footnote.
    let successor = world.row("p1");
    assert_eq!(successor.footnotes[0].acts, [tabled]);
    assert_eq!(successor.footnotes[0].predecessors[0].as_str(), "p2");
    assert!(world.row("p2").has(NoteCode::Ended));
    assert_eq!(world.status("2023-12-31").parties_current, 25);
    // The one that ended says nothing more; what it did before can still be transcribed.
    for date in ["2023-12-11", "2024-01-02"] {
        assert_eq!(world.slug("p2", "decision_recorded", approval(date)), "party-ended");
        assert_eq!(world.slug("p2", "text_signed", crate::given::signature("a", date)), "party-ended");
    }
    let transcribed = |date| with(approval(date), json!({"party": "p2", "source": "pöytäkirja"}));
    assert_eq!(world.slug("registrar", "decision_recorded", transcribed("2024-01-02")), "party-ended");
    world.given("registrar", "decision_recorded", transcribed("2023-12-11"));
    assert!(world.now().parties[1].approved && !world.now().in_force);
    // Only a record that says so makes the roster 24, from its own day.
    let merged = json!({"occurred_on": "2024-01-02", "predecessor": "p2", "seat": "merged"});
    world.given("p1", "party_confirmed_by_successor", merged);
    let now = world.now();
    assert_eq!((now.parties_total, now.parties_current, now.approved, now.signed), (24, 24, 24, 24));
    assert_eq!((now.merged_seats[0].number, now.in_force_since.unwrap().to_string().as_str()), (2, "2024-01-02"));
    assert_eq!((world.status("2024-01-01").parties_total, world.status("2024-01-01").in_force), (25, false));
}

#[test]
fn case_18_a_party_that_has_left_is_bound_no_more_and_did_sign() {
    let mut world = World::of_parties(25);
    world.on_day("2024-06-01").complete(1..=25, "2023-05-08");
    world.given("registrar", "entry_into_force_determined", determination("2023-05-08", "2023-06-01"));
    let decision = with(approval("2024-02-20"), json!({"effect": "withdraw", "subject": null}));
    let decision = world.given("p7", "decision_recorded", decision);
    assert!(!world.now().contested && world.now().approved == 25);
    let notice = json!({"decision": decision, "occurred_on": "2024-03-01", "takes_effect_on": "2024-05-01"});
    world.given("p7", "withdrawal_notified", notice);
    let now = world.now();
    assert_eq!((now.bound, now.approved, now.signed, now.parties_total), (24, 25, 25, 25));
    assert!(now.in_force && now.determined && !now.contested && now.missing.is_empty());
    assert_eq!(world.status("2024-04-30").bound, 25);
}

/// Five parties of whom two thirds, with more than half of the people, are enough; 10, 20, 30, 40 and 0 people.
fn threshold(signatures: bool) -> World {
    let mut world = World::founded("2023-02-14");
    let share = |numerator: u64, denominator: u64| json!({"denominator": denominator, "numerator": numerator});
    let people = with(share(1, 2), json!({"more_than": true}));
    let rule = json!({"kind": "threshold", "parties": share(2, 3), "population": people, "signatures": signatures});
    let mut data = opening(5, rule);
    for (seat, count) in data["roster"].as_array_mut().unwrap().iter_mut().zip([10, 20, 30, 40, 0]) {
        world.register(seat["party"].as_str().unwrap());
        seat["population"] = json!({"count": count, "date": "2022-12-31", "source": "Tilastokeskus"});
    }
    world.given("registrar", "agreement_opened", data);
    world.deposit(&text_a(), "2023-02-14");
    world
}

#[test]
fn a_threshold_takes_enough_parties_and_enough_people() {
    let mut world = threshold(false);
    world.on_day("2023-06-01").approve("p1", "2023-05-01");
    world.approve("p2", "2023-05-02");
    world.approve("p5", "2023-05-03");
    // Three of five are less than two thirds.
    assert!(!world.now().in_force);
    let refusal = world.refused("registrar", "entry_into_force_determined", determination("2023-05-03", "2023-06-01"));
    assert!(refusal.slug == "conditions-not-met" && refusal.reason.contains("4 p4 (approval)"), "{refusal}");
    // Four are enough, and have 60 of 100 people.
    world.approve("p3", "2023-05-20");
    let now = world.now();
    assert!(now.in_force && now.conditions_met && now.bound == 4);
    assert_eq!(now.in_force_since.unwrap().to_string(), "2023-05-20");
    assert_eq!((now.missing.len(), now.missing[0].number), (1, 4));
    world.given("registrar", "entry_into_force_determined", determination("2023-05-20", "2023-06-01"));
    // Who comes later is bound from then, and moves nothing.
    world.approve("p4", "2023-05-25");
    assert_eq!((world.now().bound, world.status("2023-05-24").bound), (5, 4));
    assert_eq!(world.now().in_force_since.unwrap().to_string(), "2023-05-20");
}

#[test]
fn exactly_half_of_the_people_is_not_more_than_half() {
    let mut world = threshold(false);
    world.on_day("2023-06-01");
    for party in ["p1", "p4", "p5"] {
        world.approve(party, "2023-05-01");
    }
    assert!(!world.now().in_force);
    let mut world = threshold(false);
    world.on_day("2023-06-01");
    for party in ["p1", "p2", "p3", "p5"] {
        world.approve(party, "2023-05-01");
    }
    assert!(world.now().in_force);
}

#[test]
fn a_threshold_asks_for_signatures_where_it_says_so() {
    let mut world = threshold(true);
    world.on_day("2023-06-01").complete([1, 2, 4], "2023-05-01");
    world.approve("p3", "2023-05-02");
    assert!(!world.now().in_force && world.now().missing[0].signature);
    world.sign("p3", "2023-05-30");
    assert_eq!((world.now().in_force_since.unwrap().to_string().as_str(), world.now().bound), ("2023-05-30", 4));
}

#[test]
fn a_threshold_that_is_reached_no_more_contests_its_determination() {
    let mut world = threshold(false);
    world.on_day("2023-06-01");
    for party in ["p1", "p2", "p4", "p5"] {
        world.approve(party, "2023-05-01");
    }
    world.given("registrar", "entry_into_force_determined", determination("2023-05-01", "2023-06-01"));
    let annulled = |version: u64| json!({"by": "hallinto-oikeus", "decision": version, "occurred_on": "2023-05-20", "outcome": "annulled"});
    let mut more = world.clone();
    more.approve("p3", "2023-05-02");
    // A fifth makes up for the one that falls.
    more.given("p1", "challenge_resolved", annulled(3));
    assert!(more.now().in_force && more.now().conditions_met && more.now().bound == 4);
    world.given("p1", "challenge_resolved", annulled(3));
    let now = world.now();
    assert!(now.in_force && now.contested && !now.conditions_met && now.bound == 3);
    assert_eq!(now.contested_why[0].code, ContestCode::ApprovalAnnulled);
    // Taken back as never recorded: contested too, by whatever can have done it.
    world.given("p2", "record_retracted", json!({"occurred_on": "2023-06-01", "version": 4}));
    assert!(world.now().contested);
}

#[test]
fn a_party_that_approved_before_it_was_absorbed_has_approved() {
    let mut world = World::of_parties(3);
    world.on_day("2024-01-02").complete(1..=3, "2023-05-08");
    let absorbed =
        json!({"kind": "absorbed", "predecessors": ["p2"], "successors": ["p1"], "occurred_on": "2024-01-01"});
    world.given("registrar", "party_succeeded", absorbed);
    let now = world.now();
    assert!(now.in_force);
    assert_eq!((now.parties_total, now.parties_current, now.approved), (3, 2, 3));
}

#[test]
fn an_agreed_later_date_is_when_it_begins() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01").complete([1, 2], "2023-05-08");
    for wrong in ["2023-05-07", "2023-05-09"] {
        assert_eq!(
            world.slug("registrar", "entry_into_force_determined", determination(wrong, "2023-06-01")),
            "in-force-date"
        );
    }
    let later = json!({"agreed_later": {"source": "sopimuksen 12 §"}, "in_force_from": "2024-01-01", "occurred_on": "2023-06-01"});
    world.given("registrar", "entry_into_force_determined", later);
    assert!(!world.status("2023-12-31").in_force);
    assert!(world.status("2024-01-01").in_force);
    assert_eq!(world.status("2023-12-31").bound, 0);
}

#[test]
fn all_approved_asks_for_no_signatures() {
    let mut world = World::with_rule(2, json!({"kind": "all_approved"}));
    world.on_day("2023-06-01").approve("p1", "2023-05-08");
    assert!(!world.now().in_force && !world.now().missing[0].signature);
    world.approve("p2", "2023-05-22");
    let now = world.now();
    assert!(now.in_force && now.bound == 2 && now.missing.is_empty());
    assert_eq!(now.in_force_since.unwrap().to_string(), "2023-05-22");
}

#[test]
fn a_bilateral_agreement_is_in_force_pair_by_pair() {
    let mut world = World::with_rule(4, json!({"hub": "p1", "kind": "each_when_approved_and_signed"}));
    world.on_day("2023-06-01").complete([2], "2023-05-08");
    assert!(!world.now().in_force && world.now().in_force_pairs.is_empty());
    world.complete([1], "2023-05-15");
    world.approve("p3", "2023-05-16");
    let now = world.now();
    assert!(now.in_force && now.bound == 2);
    let pairs: Vec<(u64, String)> = now.in_force_pairs.iter().map(|it| (it.number, it.since.to_string())).collect();
    assert_eq!(pairs, [(2, "2023-05-15".to_owned())]);
    let all = json!({"in_force_from": "2023-05-15", "occurred_on": "2023-06-01"});
    assert_eq!(world.slug("registrar", "entry_into_force_determined", all.clone()), "determination-party");
    for (party, slug) in [("p1", "determination-party"), ("p3", "conditions-not-met")] {
        assert_eq!(
            world.slug("registrar", "entry_into_force_determined", with(all.clone(), json!({"with_party": party}))),
            slug
        );
    }
    world.given("registrar", "entry_into_force_determined", with(all, json!({"with_party": "p2"})));
    assert!(world.now().in_force_pairs[0].determined && world.now().determined);
}

#[test]
fn a_fixed_term_ends() {
    let mut world = World::of_parties(2);
    world.on_day("2026-06-01").complete([1, 2], "2023-05-08");
    let change = json!({"changes": [{"field": "/term", "old": {"kind": "until_further_notice"}, "new": {"kind": "fixed", "until": "2025-12-31"}}],
        "version": 1, "occurred_on": "2026-06-01"});
    world.given("registrar", "record_corrected", change);
    assert!(world.status("2025-12-31").in_force);
    assert!(!world.status("2026-01-01").in_force);
    assert_eq!(world.status("2026-01-01").bound, 0);
}
