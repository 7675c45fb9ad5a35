//! Decisions through their lives: from the agenda to legal force, or out of it.

use serde_json::{Value, json};

use crate::given::{World, approval, with};
use crate::status::{ContestCode, NoteCode};

fn of(decision: u64, date: &str, more: Value) -> Value {
    with(json!({"decision": decision, "occurred_on": date}), more)
}

fn finality(world: &World, on: &str) -> &'static str {
    world.status(on).parties[0].decision.as_ref().unwrap().finality.unwrap().as_str()
}

fn ends_on(world: &World, on: &str) -> Option<String> {
    world.status(on).parties[0].decision.as_ref()?.estimate.map(|it| it.ends_on.to_string())
}

#[test]
fn from_the_agenda_through_an_appeal_to_legal_force() {
    let mut world = World::of_parties(2);
    let open = json!({"finality": "open"});
    let agenda =
        with(with(approval("2023-03-27"), open.clone()), json!({"minutes": "agenda", "resolution": "unknown"}));
    world.on_day("2023-03-27").given("p1", "decision_recorded", agenda);
    assert_eq!(world.row("p1").why(), Some("agenda_only"));
    let decided = with(with(approval("2023-03-27"), open), json!({"minutes": "unconfirmed"}));
    let decision = world.on_day("2023-03-28").given("p1", "decision_recorded", decided);
    assert_eq!(world.row("p1").why(), Some("minutes_not_confirmed"));
    world.on_day("2023-03-31").given("p1", "minutes_confirmed", of(decision, "2023-03-31", json!({})));
    assert!(world.row("p1").approved && world.row("p1").has(NoteCode::FinalityOpen));
    world.on_day("2023-04-03").given("p1", "minutes_published", of(decision, "2023-04-03", json!({})));
    assert_eq!(ends_on(&world, "2023-04-03").as_deref(), Some("2023-05-10"));
    world.on_day("2023-05-09").sign("p1", "2023-05-09");
    assert!(world.row("p1").has(NoteCode::SignedNotFinal));
    let appeal = of(decision, "2023-05-10", json!({"kind": "appeal"}));
    let appeal = world.on_day("2023-05-12").given("p1", "decision_challenged", appeal);
    assert_eq!((finality(&world, "2023-05-12"), ends_on(&world, "2023-05-12")), ("challenged", None));
    assert!(world.row("p1").approved);
    let upheld = json!({"by": "Hämeenlinnan hallinto-oikeus", "challenge": appeal, "outcome": "upheld"});
    world.on_day("2024-02-01").given("p1", "challenge_resolved", of(decision, "2024-01-15", upheld));
    assert_eq!((finality(&world, "2024-01-14"), finality(&world, "2024-01-15")), ("challenged", "open"));
    world.given(
        "p1",
        "decision_became_final",
        of(decision, "2024-02-01", json!({"certificate": {"issuer": "Hämeenlinnan hallinto-oikeus"}})),
    );
    let row = world.row("p1");
    assert_eq!(finality(&world, "2024-02-01"), "final");
    assert!(!row.has(NoteCode::SignedNotFinal) && !row.has(NoteCode::FinalityOpen));
    // One approval, of the meeting's date, from the first day to the last.
    assert_eq!((row.decisions.len(), row.approved_on.unwrap().to_string().as_str()), (2, "2023-03-27"));
    // What was known on each day stays what it was.
    assert_eq!(world.known("2023-03-30").status("2024-02-01").approved, 0);
    assert_eq!(
        world.known("2023-05-01").status("2024-02-01").parties[0].decision.as_ref().unwrap().finality.unwrap().as_str(),
        "open"
    );
}

#[test]
fn the_golden_case_of_the_finality_clock() {
    for (organ, means, end) in [("board", "rectification_claim", "2023-04-24"), ("council", "appeal", "2023-05-10")] {
        let mut world = World::of_parties(2);
        let data = json!({"finality": "open", "organ": {"kind": organ, "name": "toimielin"}});
        let decision = world.on_day("2023-06-01").given("p1", "decision_recorded", with(approval("2023-03-27"), data));
        world.given("p1", "minutes_published", of(decision, "2023-04-03", json!({})));
        let estimate = world.row("p1").decision.unwrap().estimate.unwrap();
        assert!(estimate.estimate);
        let days = [estimate.published_on, estimate.notice_on, estimate.ends_on].map(|date| date.to_string());
        assert_eq!((estimate.means.as_str(), days), (means, ["2023-04-03", "2023-04-10", end].map(str::to_owned)));
        assert_eq!(finality(&world, "2023-06-01"), "open");
    }
}

#[test]
fn a_corrected_decision_has_another_time_and_one_that_only_notes_has_none() {
    let mut world = World::of_parties(2);
    let data = json!({"finality": "open", "organ": {"kind": "board", "name": "kunnanhallitus"}});
    let decision = world.on_day("2023-06-01").given("p1", "decision_recorded", with(approval("2023-03-27"), data));
    let published = world.given("p1", "minutes_published", of(decision, "2023-04-03", json!({})));
    let correct = |world: &mut World, version: u64, field: &str, old: &str, new: &str| {
        let changes = json!([{"field": field, "old": old, "new": new}]);
        world.given(
            "p1",
            "record_corrected",
            json!({"changes": changes, "occurred_on": "2023-06-01", "version": version}),
        )
    };
    let now = "2023-06-01";
    assert_eq!(ends_on(&world, now).as_deref(), Some("2023-04-24"));
    correct(&mut world, decision, "/organ/kind", "board", "council");
    assert_eq!(ends_on(&world, now).as_deref(), Some("2023-05-10"));
    correct(&mut world, published, "/occurred_on", "2023-04-03", "2023-04-04");
    assert_eq!(ends_on(&world, now).as_deref(), Some("2023-05-11"));
    let noted = correct(&mut world, decision, "/effect", "approve", "note");
    assert_eq!((ends_on(&world, now), world.row("p1").why()), (None, Some("noted")));
    world.given("p1", "record_retracted", json!({"occurred_on": "2023-06-01", "version": noted}));
    // Minutes that turn out not to be inspected were not published as such.
    correct(&mut world, decision, "/minutes", "confirmed", "unconfirmed");
    assert_eq!((ends_on(&world, now), world.row("p1").decision.unwrap().published_on), (None, None));
    world.given("p1", "minutes_confirmed", of(decision, "2023-04-03", json!({})));
    assert_eq!(ends_on(&world, now).as_deref(), Some("2023-05-11"));
    // The meeting was later than the publication that is recorded: the publication is of something else.
    correct(&mut world, decision, "/occurred_on", "2023-03-27", "2023-04-24");
    assert_eq!(ends_on(&world, now), None);
}

#[test]
fn votes_and_dissents_change_nothing() {
    let words = json!({"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
    let outcome = |more: Value| {
        let mut world = World::of_parties(2);
        let data = with(with(approval("2023-05-08"), json!({"finality": "open"})), more);
        let decision = world.on_day("2023-06-01").given("p1", "decision_recorded", data);
        world.given("p1", "minutes_published", of(decision, "2023-05-12", json!({})));
        (serde_json::to_value(world.now()).unwrap(), world.counts())
    };
    let unanimous = outcome(json!({}));
    for (for_it, against) in [(51, 0), (26, 25), (1, 50)] {
        let vote = json!({"abstained": 2, "against": against, "for": for_it});
        assert_eq!(outcome(json!({"dissents": [words, words], "vote": vote})), unanimous);
    }
}

#[test]
fn deciding_anew_keeps_what_has_held_and_contests_nothing() {
    let mut world = World::of_parties(2);
    world.on_day("2023-12-01").complete([1, 2], "2023-05-08");
    let determined = json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"});
    world.given("registrar", "entry_into_force_determined", determined);
    let anew = with(approval("2023-08-14"), json!({"section": "30"}));
    let anew = world.given("p1", "decision_recorded", anew);
    let replaced = json!({"by": anew, "decision": 3, "occurred_on": "2023-08-14"});
    let replaced = world.given("p1", "decision_replaced", replaced);
    let now = world.now();
    assert!(now.in_force && !now.contested, "{:?}", now.contested_why);
    let row = world.row("p1");
    assert_eq!(
        (row.decision.as_ref().unwrap().version, row.approved_on.unwrap().to_string().as_str()),
        (anew, "2023-05-08")
    );
    assert!(row.has(NoteCode::ApprovedAnew));
    assert_eq!(row.decisions[0].replaced_by, Some(anew));
    // A court annuls the new decision: the old one has its place back.
    let annulled = json!({"by": "hallinto-oikeus", "outcome": "annulled"});
    let mut other = world.clone();
    other.given("p1", "challenge_resolved", of(anew, "2023-11-01", annulled.clone()));
    assert_eq!(other.row("p1").decision.unwrap().version, 3);
    assert!(other.now().in_force && !other.now().contested);
    // Both fall: contested, and the history keeps its dates.
    other.given("p1", "challenge_resolved", of(3, "2023-11-02", annulled));
    assert_eq!(other.now().contested_why[0].code, ContestCode::ApprovalAnnulled);
    assert!(!other.status("2023-11-01").contested);
    // Taken back, the replacement is as if it had never been.
    world.given("p1", "record_retracted", json!({"occurred_on": "2023-12-01", "version": replaced}));
    assert_eq!((world.row("p1").decision.unwrap().version, world.now().contested), (3, false));
}

#[test]
fn a_replacement_that_lets_go_for_a_while_dates_from_itself() {
    let mut world = World::of_parties(2);
    let first = world.on_day("2023-12-01").approve("p1", "2023-05-08");
    let anew = with(crate::given::conditional("2023-08-14", &["suspensive"]), json!({"section": "30"}));
    let anew = world.given("p1", "decision_recorded", anew);
    world.given("p1", "decision_replaced", json!({"by": anew, "decision": first, "occurred_on": "2023-08-14"}));
    let fulfilled = json!({"condition": 0, "outcome": "fulfilled"});
    world.given("p1", "condition_settled", of(anew, "2023-10-02", fulfilled));
    let approved = |on: &str| world.status(on).parties[0].approved_on.map(|date| date.to_string());
    assert_eq!(approved("2023-08-13").as_deref(), Some("2023-05-08"));
    assert_eq!(approved("2023-09-01"), None);
    assert_eq!(approved("2023-10-02").as_deref(), Some("2023-10-02"));
}

#[test]
fn a_transcribed_life_is_graded_and_the_party_makes_it_its_own() {
    let mut world = World::of_parties(2);
    let source = json!({"party": "p1", "source": "https://example.fi/poytakirja"});
    let data = with(with(approval("2023-03-27"), json!({"finality": "open", "minutes": "reported"})), source.clone());
    let decision = world.on_day("2023-12-01").given("registrar", "decision_recorded", data);
    world.given("registrar", "minutes_published", of(decision, "2023-04-03", source.clone()));
    assert_eq!(ends_on(&world, "2023-12-01").as_deref(), Some("2023-05-10"));
    let last = world.given("registrar", "decision_became_final", of(decision, "2023-05-11", source));
    assert_eq!(finality(&world, "2023-05-11"), "final");
    world.given("p1", "record_confirmed", json!({"occurred_on": "2023-12-01", "version": last}));
    assert_eq!(world.agreement.entries[&last].grade().as_str(), "confirmed");
}
