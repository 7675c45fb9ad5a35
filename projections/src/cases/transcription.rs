//! What the registrar writes down of others' public acts: counted, graded, and never more than
//! its source says.

use serde_json::json;

use crate::given::{World, approval, text_a, text_b, with};
use crate::status::{ActGrade, ContestCode, NoteCode};

const SOURCE: &str = "https://example.fi/tiedote";

fn transcribed(party: &str, date: &str) -> serde_json::Value {
    let board = json!({"kind": "board", "name": "maakuntahallitus"});
    let what = json!({"finality": null, "minutes": "reported", "organ": board, "party": party, "section": null, "source": SOURCE});
    with(approval(date), what)
}

/// A world whose text is known by title and date only, in version 3.
fn without_text() -> (World, u64) {
    let mut world = World::of_parties(2);
    world.given("registrar", "record_retracted", json!({"version": 2, "occurred_on": "2023-02-14"}));
    let described = json!({"date": "2023-02-14", "digest_unknown": true, "language": "fi", "role": "approval",
        "titles": {"fi": "Puitesopimus"}, "occurred_on": "2023-02-14"});
    let version = world.given("registrar", "text_deposited", described);
    (world, version)
}

#[test]
fn a_transcribed_approval_of_a_described_text_counts_and_says_its_grade() {
    let (mut world, text) = without_text();
    let data = with(transcribed("p1", "2023-03-27"), json!({"subject": {"deposit": text}}));
    let version = world.on_day("2023-05-01").given("registrar", "decision_recorded", data);
    let row = world.row("p1");
    assert!(row.approved && row.has(NoteCode::ApprovedByTranscription));
    assert_eq!(row.decision.unwrap().grade, ActGrade::Transcribed);
    assert_eq!(row.acts, [version]);
}

#[test]
fn the_party_makes_it_its_own_and_ties_it_to_the_held_text() {
    let (mut world, text) = without_text();
    let data = with(transcribed("p1", "2023-03-27"), json!({"subject": {"deposit": text}}));
    let version = world.on_day("2023-05-01").given("registrar", "decision_recorded", data);
    world.deposit(&text_b(), "2023-05-01");
    // Another text is up for approval now; the transcription alone says nothing about it.
    assert!(!world.row("p1").approved);
    let confirmation = json!({"digest": text_b(), "occurred_on": "2023-05-01", "version": version});
    assert_eq!(world.slug("p2", "record_confirmed", confirmation.clone()), "record-of-another-party");
    world.given("p1", "record_confirmed", confirmation.clone());
    let row = world.row("p1");
    assert!(row.approved && !row.has(NoteCode::ApprovedByTranscription));
    assert_eq!(row.decision.unwrap().grade, ActGrade::Confirmed);
    assert_eq!(world.slug("p1", "record_confirmed", confirmation), "confirmed-already");
    // What the party has confirmed, the registrar no longer changes alone.
    let correction =
        json!({"changes": [{"field": "/section", "new": "7"}], "occurred_on": "2023-05-01", "version": version});
    assert_eq!(world.slug("registrar", "record_corrected", correction), "record-confirmed");
    assert_eq!(
        world.slug("registrar", "record_retracted", json!({"occurred_on": "2023-05-01", "version": version})),
        "record-confirmed"
    );
}

#[test]
fn a_confirmation_can_be_taken_back_and_given_again() {
    let mut world = World::of_parties(2);
    let version = world.on_day("2023-05-01").given("registrar", "decision_recorded", transcribed("p1", "2023-03-27"));
    let confirmation = json!({"occurred_on": "2023-05-01", "version": version});
    let confirmed = world.given("p1", "record_confirmed", confirmation.clone());
    assert_eq!(world.row("p1").decision.unwrap().grade, ActGrade::Confirmed);
    world.given("p1", "record_retracted", json!({"occurred_on": "2023-05-01", "version": confirmed}));
    assert_eq!(world.row("p1").decision.unwrap().grade, ActGrade::Transcribed);
    world.given("p1", "record_confirmed", confirmation);
    assert_eq!(world.row("p1").decision.unwrap().grade, ActGrade::Confirmed);
}

#[test]
fn a_confirmation_does_not_move_an_approval_to_another_text() {
    let mut world = World::of_parties(2);
    let version = world.on_day("2023-05-01").given("registrar", "decision_recorded", transcribed("p1", "2023-03-27"));
    world.deposit(&text_b(), "2023-05-01");
    let draft = json!({"digest": crate::given::digest("draft"), "language": "fi", "role": "draft", "titles": {"fi": "Luonnos"},
        "occurred_on": "2023-05-01"});
    world.given("registrar", "text_deposited", draft);
    for digest in [text_b(), crate::given::digest("draft")] {
        let moved = json!({"digest": digest, "occurred_on": "2023-05-01", "version": version});
        assert_eq!(world.slug("p1", "record_confirmed", moved), "confirmation-text");
    }
    let own = json!({"digest": text_a(), "occurred_on": "2023-05-01", "version": version});
    world.given("p1", "record_confirmed", own);
    for (target, slug) in [(1, "not-a-transcription"), (99, "record-unknown")] {
        assert_eq!(world.slug("p1", "record_confirmed", json!({"occurred_on": "2023-05-01", "version": target})), slug);
    }
}

#[test]
fn the_held_text_joins_its_description_and_is_named_by_digest_from_then_on() {
    let (mut world, text) = without_text();
    let old = with(transcribed("p1", "2023-03-27"), json!({"subject": {"deposit": text}}));
    world.on_day("2023-05-01").given("registrar", "decision_recorded", old);
    let held = json!({"digest": text_a(), "language": "fi", "role": "approval", "same_text_as": text,
        "titles": {"fi": "Puitesopimus"}, "occurred_on": "2023-05-01"});
    world.given("registrar", "text_deposited", held);
    assert!(world.row("p1").approved);
    let refusal =
        world.refused("p2", "decision_recorded", with(approval("2023-04-24"), json!({"subject": {"deposit": text}})));
    assert_eq!(refusal.slug, "subject-by-digest");
    assert!(refusal.accepted.contains(&text_a()));
}

#[test]
fn an_outcome_that_the_source_does_not_give_stays_unknown() {
    let mut world = World::of_parties(2);
    let data = with(
        transcribed("p1", "2023-03-27"),
        json!({"effect": "unknown", "resolution": "unknown", "subject": null, "competent": null}),
    );
    world.on_day("2023-05-01").given("registrar", "decision_recorded", data);
    assert_eq!((world.row("p1").why(), world.counts().0), (Some("unknown_outcome"), 0));
}

#[test]
fn a_party_that_the_source_does_not_name_counts_for_nobody() {
    let mut world = World::of_parties(2);
    let note = with(
        transcribed("p1", "2023-03-27"),
        json!({"party": null, "party_described": "erään kaupungin kaupunginhallitus",
        "effect": "note", "section": "73", "subject": null}),
    );
    world.on_day("2023-05-01").given("registrar", "decision_recorded", note.clone());
    world.given(
        "registrar",
        "decision_recorded",
        with(note, json!({"effect": "approve", "section": "74", "subject": {"digest": text_a()}})),
    );
    let now = world.now();
    assert_eq!((now.approved, now.unattributed.len()), (0, 2));
    let why: Vec<_> =
        now.unattributed.iter().map(|it| it.decision.as_ref().unwrap().why_not.unwrap().as_str()).collect();
    assert_eq!(why, ["unattributed", "unattributed"]);
    assert!(now.parties.iter().all(|row| row.acts.is_empty()));
}

#[test]
fn what_a_transcription_must_and_must_not_have() {
    let mut world = World::of_parties(2);
    world.on_day("2023-05-01").register("outsider");
    let good = transcribed("p1", "2023-03-27");
    for (change, slug) in [
        (json!({"party": null}), "transcription-party"),
        (json!({"party_described": "joku"}), "transcription-party"),
        (json!({"source": null}), "transcription-source"),
        (json!({"party": "outsider"}), "actor-not-on-roster"),
        (json!({"party": "nobody"}), "actor-not-on-roster"),
        (json!({"party": "registrar"}), "actor-not-on-roster"),
    ] {
        assert_eq!(world.slug("registrar", "decision_recorded", with(good.clone(), change.clone())), slug, "{change}");
    }
    for (member, value) in [("party", "p1"), ("party", "p2"), ("party_described", "me"), ("source", "minutes")] {
        let own = with(approval("2023-03-27"), json!({member: value}));
        assert_eq!(world.slug("p1", "decision_recorded", own), "transcription-not-yours");
    }
    for (change, slug) in [
        (json!({"resolution": "unknown"}), "outcome-unknown"),
        (json!({"effect": "unknown"}), "outcome-unknown"),
        (json!({"minutes": "reported"}), "minutes-reported"),
        (json!({"finality": null}), "finality-missing"),
        (json!({"section": null}), "section-missing"),
    ] {
        assert_eq!(
            world.slug("p1", "decision_recorded", with(approval("2023-03-27"), change.clone())),
            slug,
            "{change}"
        );
    }
}

#[test]
fn the_registrar_signs_nothing_and_changes_nothing_for_a_party() {
    let mut world = World::of_parties(2);
    let own = world.on_day("2023-05-01").given(
        "p1",
        "decision_recorded",
        with(approval("2023-03-27"), json!({"minutes": "unconfirmed"})),
    );
    let signature = with(crate::given::signature("a", "2023-05-01"), json!({"party": "p1", "source": SOURCE}));
    assert_eq!(world.slug("registrar", "text_signed", signature), "actor-not-allowed");
    let confirmed = json!({"decision": own, "occurred_on": "2023-04-01", "party": "p1", "source": SOURCE});
    assert_eq!(world.slug("registrar", "minutes_confirmed", confirmed.clone()), "transcription-of-own-act");
    let changes = json!({"changes": [{"field": "/effect", "old": "approve", "new": "note"}]});
    assert_eq!(
        world.slug("registrar", "minutes_reinspected", with(confirmed.clone(), changes)),
        "transcription-of-own-act"
    );
    // That minutes were inspected again is public, and changes nothing by itself.
    world.given("registrar", "minutes_reinspected", confirmed);
    for (kind, data) in [
        ("record_retracted", json!({"version": own, "occurred_on": "2023-05-01"})),
        (
            "record_corrected",
            json!({"version": own, "occurred_on": "2023-05-01", "changes": [{"field": "/section", "old": "21", "new": "22"}]}),
        ),
    ] {
        assert_eq!(world.slug("registrar", kind, data.clone()), "record-of-another-party");
        assert_eq!(world.slug("p2", kind, data), "record-of-another-party");
    }
}

#[test]
fn the_partys_own_record_of_a_transcribed_decision_is_pointed_to_the_transcription() {
    let mut world = World::of_parties(2);
    let data = with(transcribed("p1", "2023-03-27"), json!({"section": "21"}));
    let version = world.on_day("2023-05-01").given("registrar", "decision_recorded", data);
    let own = with(approval("2023-03-27"), json!({"organ": {"kind": "board", "name": "Maakuntahallitus"}}));
    let refusal = world.refused("p1", "decision_recorded", own);
    assert_eq!(refusal.slug, "decision-recorded-already");
    assert!(refusal.accepted.contains(&format!("record_confirmed {{\"version\": {version}}}")));
}

#[test]
fn what_only_the_registrar_says_against_a_partys_own_act_is_contested_until_confirmed() {
    let mut world = World::of_parties(2);
    let own = world.on_day("2023-12-01").approve("p1", "2023-05-08");
    let annulled = json!({"by": "hallinto-oikeus", "decision": own, "occurred_on": "2023-11-01", "outcome": "annulled",
        "party": "p1", "source": SOURCE});
    let version = world.given("registrar", "challenge_resolved", annulled);
    let now = world.now();
    assert_eq!((now.approved, now.contested), (0, true));
    let why = &now.contested_why[0];
    assert_eq!((why.code, why.version), (ContestCode::UndoneByTranscription, Some(version)));
    world.given("p1", "record_confirmed", json!({"occurred_on": "2023-12-01", "version": version}));
    assert_eq!((world.now().approved, world.now().contested), (0, false));
}

#[test]
fn a_transcribed_rejection_against_an_own_approval_is_contested() {
    let mut world = World::of_parties(2);
    world.on_day("2023-12-01").approve("p1", "2023-05-08");
    let rejection = with(transcribed("p1", "2023-08-14"), json!({"effect": "reject"}));
    world.given("registrar", "decision_recorded", rejection);
    assert_eq!(world.now().contested_why[0].code, ContestCode::UndoneByTranscription);
    assert_eq!(world.row("p1").decisions[0].why_not.unwrap().as_str(), "later_rejected");
}
