//! What is decided, and what merely looks decided.

use serde_json::json;

use crate::given::{World, approval, text_a, with};
use crate::status::NoteCode;

#[test]
fn case_01_adopted_note_is_no_approval() {
    let mut world = World::of_parties(2);
    world.on_day("2023-03-28");
    let note = with(
        approval("2023-03-27"),
        json!({"effect": "note", "organ": {"kind": "board", "name": "kaupunginhallitus"}}),
    );
    world.given("p1", "decision_recorded", note);
    assert_eq!(world.counts(), (0, 0, 2));
    let row = world.row("p1");
    assert!(!row.approved);
    assert_eq!(row.decision.unwrap().resolution.as_str(), "adopted");
    assert_eq!(world.row("p1").why(), Some("noted"));
    assert_eq!(world.now().missing[0].why.map(|why| why.as_str()), Some("noted"));
}

#[test]
fn case_02_a_proposal_to_the_council_is_no_approval_until_the_council_decides() {
    let mut world = World::of_parties(2);
    world.on_day("2023-04-30");
    let board = json!({"kind": "board", "name": "kunnanhallitus"});
    let proposal = with(approval("2023-03-27"), json!({"effect": "propose_to_superior", "organ": board}));
    world.given("p1", "decision_recorded", proposal);
    assert_eq!((world.counts().0, world.row("p1").why()), (0, Some("proposed_to_superior")));
    world.given("p1", "decision_recorded", with(approval("2023-04-24"), json!({"section": "8"})));
    let row = world.row("p1");
    assert!(row.approved);
    assert_eq!(row.approved_on.unwrap().to_string(), "2023-04-24");
    assert_eq!(row.decisions.len(), 2);
}

#[test]
fn case_03_a_late_opinion_is_a_late_comment_and_no_position() {
    let mut world = World::of_parties(2);
    world.on_day("2023-11-01");
    // 15.10.2023 is a Sunday, and a contractual deadline stays there.
    let round = json!({"deadline": "2023-10-15", "occurred_on": "2023-09-14", "subject": {"digest": text_a()}});
    world.given("registrar", "comment_round_opened", round);
    for (party, date, why) in [("p1", "2023-10-15", "commented"), ("p2", "2023-10-19", "commented_late")] {
        let opinion = with(approval(date), json!({"effect": "state_opinion", "finality": "not_appealable"}));
        world.given(party, "decision_recorded", opinion);
        assert_eq!(world.row(party).why(), Some(why));
    }
    assert_eq!(world.counts(), (0, 0, 2));
}

#[test]
fn case_03_the_next_monday_is_late_too() {
    let mut world = World::of_parties(2);
    world.on_day("2023-11-01");
    world.given("registrar", "comment_round_opened", json!({"deadline": "2023-10-15", "occurred_on": "2023-09-14"}));
    let opinion = with(approval("2023-10-16"), json!({"effect": "state_opinion"}));
    world.given("p1", "decision_recorded", opinion);
    assert_eq!(world.row("p1").why(), Some("commented_late"));
}

#[test]
fn case_07_reinspected_minutes_keep_the_decision_and_its_date() {
    let mut world = World::of_parties(2);
    let wrong = with(approval("2023-02-20"), json!({"section": "43", "effect": "note", "subject": null}));
    let decision = world.on_day("2023-02-25").given("p1", "decision_recorded", wrong);
    assert_eq!(world.row("p1").why(), Some("noted"));
    let reinspection = json!({
        "changes": [
            {"field": "/effect", "old": "note", "new": "approve"},
            {"field": "/subject", "new": {"digest": text_a()}},
        ],
        "decision": decision, "occurred_on": "2023-03-13",
        "organ": {"kind": "board", "name": "aluehallitus"}, "section": "58",
    });
    let corrected = world.on_day("2023-03-14").given("p1", "minutes_reinspected", reinspection);
    // One approval, dated 20.2., corrected 13.3.
    let row = world.row("p1");
    assert_eq!((row.approved, row.decisions.len()), (true, 1));
    assert_eq!(row.approved_on.unwrap().to_string(), "2023-02-20");
    assert_eq!(row.decision.as_ref().unwrap().corrected_by, [corrected]);
    assert!(row.has(NoteCode::Reinspected));
    assert_eq!(world.status("2023-02-20").approved, 1);
    // As known on 1.3. the old record shows, on whatever date is asked.
    let known = world.known("2023-03-01");
    assert_eq!(known.status("2023-03-14").approved, 0);
    assert_eq!(known.status("2023-03-14").parties[0].why(), Some("noted"));
}

#[test]
fn case_08_recorded_late_is_pending_as_known_and_approved_in_law() {
    let mut world = World::of_parties(2);
    world.on_day("2023-05-05").approve("p1", "2023-03-27");
    assert_eq!(world.known("2023-04-01").status("2023-04-01").approved, 0);
    assert_eq!(world.known("2023-04-01").status("2023-04-01").missing[0].why.unwrap().as_str(), "pending");
    assert_eq!(world.status("2023-04-01").approved, 1);
    assert_eq!(world.status("2023-03-26").approved, 0);
}

#[test]
fn case_09_tabled_then_approved_is_two_decisions_and_one_approval() {
    let mut world = World::of_parties(2);
    world.on_day("2023-05-09");
    world.given("p1", "decision_recorded", with(approval("2023-04-03"), json!({"resolution": "tabled"})));
    assert_eq!(world.row("p1").why(), Some("tabled"));
    world.approve("p1", "2023-05-08");
    let row = world.row("p1");
    assert_eq!((row.decisions.len(), row.approved, world.counts().0), (2, true, 1));
    assert_eq!(row.decision.unwrap().date.unwrap().to_string(), "2023-05-08");
    assert_eq!(world.status("2023-05-07").approved, 0);
}

#[test]
fn case_14_rejected_in_2023_and_approved_in_2025() {
    let mut world = World::of_parties(2);
    let rejection = with(approval("2023-05-08"), json!({"effect": "reject"}));
    let rejected = world.on_day("2023-05-09").given("p1", "decision_recorded", rejection);
    assert_eq!(world.row("p1").why(), Some("rejected"));
    world.on_day("2025-09-02").approve("p1", "2025-09-01");
    let row = world.row("p1");
    assert!(row.approved);
    assert!(row.acts.contains(&rejected));
    assert!(row.has(NoteCode::EarlierRejection));
    assert_eq!(world.status("2025-08-31").approved, 0);
}

#[test]
fn a_later_rejection_undoes_an_approval_from_its_date_on() {
    let mut world = World::of_parties(2);
    world.on_day("2023-09-01").approve("p1", "2023-05-08");
    world.given("p1", "decision_recorded", with(approval("2023-08-14"), json!({"effect": "reject", "section": "30"})));
    assert_eq!(world.status("2023-08-13").approved, 1);
    assert_eq!(world.status("2023-08-14").approved, 0);
    let decisions = world.now().parties[0].decisions.clone();
    assert_eq!(decisions[0].why_not.map(|why| why.as_str()), Some("later_rejected"));
}

#[test]
fn case_21_an_agenda_item_is_recorded_and_never_counted() {
    let mut world = World::of_parties(2);
    world.on_day("2023-03-28");
    world.given("p1", "decision_recorded", with(approval("2023-03-27"), json!({"minutes": "agenda"})));
    assert_eq!((world.counts().0, world.row("p1").why()), (0, Some("agenda_only")));
    assert_eq!(
        world.slug("p1", "minutes_confirmed", json!({"decision": 3, "occurred_on": "2023-03-28"})),
        "minutes-not-unconfirmed"
    );
    // The decision itself is another record.
    world.approve("p1", "2023-03-27");
    assert_eq!(world.counts().0, 1);
}

#[test]
fn each_way_of_not_approving_has_its_own_reason() {
    let subject = json!({"digest": text_a()});
    let ways = [
        (json!({"resolution": "rejected"}), "rejected"),
        (json!({"resolution": "rejected", "effect": "note"}), "proposal_rejected"),
        (json!({"resolution": "returned"}), "returned"),
        (json!({"resolution": "withdrawn"}), "proposal_withdrawn"),
        (json!({"resolution": "not_competent"}), "not_competent"),
        (json!({"competent": null}), "not_competent"),
        (json!({"minutes": "unconfirmed"}), "minutes_not_confirmed"),
        (json!({"finality": "annulled"}), "annulled"),
        (json!({"effect": "authorise_signing"}), "authorised_signing"),
        (json!({"effect": "commit"}), "committed"),
        (json!({"effect": "withdraw"}), "withdrew"),
        (json!({"effect": "reject", "subject": subject}), "rejected"),
        (json!({"organ": {"kind": "forum", "name": "kuntajohtajafoorumi"}, "competent": null}), "not_competent"),
    ];
    for (change, why) in ways {
        let mut world = World::of_parties(2);
        world.on_day("2023-05-09").given("p1", "decision_recorded", with(approval("2023-05-08"), change.clone()));
        assert_eq!((world.counts().0, world.row("p1").why()), (0, Some(why)), "{change}");
    }
}

#[test]
fn confirming_the_minutes_makes_it_count_from_the_meeting_on() {
    let mut world = World::of_parties(2);
    world.on_day("2023-05-15");
    let decision =
        world.given("p1", "decision_recorded", with(approval("2023-05-08"), json!({"minutes": "unconfirmed"})));
    assert_eq!(world.counts().0, 0);
    world.given("p1", "minutes_confirmed", json!({"decision": decision, "occurred_on": "2023-05-11"}));
    assert_eq!(world.counts().0, 1);
    assert_eq!(world.row("p1").approved_on.unwrap().to_string(), "2023-05-08");
    assert_eq!(world.status("2023-05-08").approved, 1);
}

#[test]
fn a_conditional_approval_does_not_count_and_a_declaration_does() {
    let mut world = World::of_parties(2);
    world.on_day("2023-05-15");
    let words = json!({"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
    let conditional = json!({"effect": "approve_conditionally", "conditions": [{"kind": "suspensive", "text": words}]});
    world.given("p1", "decision_recorded", with(approval("2023-05-08"), conditional));
    let declaring = json!({"conditions": [{"kind": "declaration", "text": words}]});
    world.given("p2", "decision_recorded", with(approval("2023-05-08"), declaring));
    assert_eq!(world.row("p1").why(), Some("conditional"));
    assert!(world.row("p2").approved && world.row("p2").has(NoteCode::ApprovalWithDeclaration));
    assert_eq!(world.counts().0, 1);
}
