//! From the first draft to the text that the parties are asked to approve.

use serde_json::json;

use crate::given::{World, approval, digest, text_a, with};

#[test]
fn an_agreement_is_drafted_commented_presented_and_opened_and_nothing_of_it_approves_anything() {
    let mut world = World::of_parties(3);
    let subject = json!({"digest": digest("luonnos")});
    let draft = json!({"digest": digest("luonnos"), "language": "fi", "occurred_on": "2023-02-01", "role": "draft",
        "titles": {"fi": "Luonnos"}});
    world.on_day("2023-06-01").given("registrar", "text_deposited", draft);
    let phase = json!({"occurred_on": "2023-01-20", "phase": "mapping_of_common_tasks"});
    world.given("registrar", "preparation_phase_recorded", phase);
    let round = json!({"deadline": "2023-03-05", "occurred_on": "2023-02-14", "subject": subject});
    let round = world.given("registrar", "comment_round_opened", round);
    // Managers discuss it in a forum, which can't decide.
    let forum = json!({"kind": "forum", "name": "kuntajohtajafoorumi"});
    let presented = json!({"occurred_on": "2023-02-20", "subject": subject, "to": forum});
    world.given("registrar", "draft_presented", presented);
    let decided = json!({"organ": forum, "subject": subject});
    assert_eq!(world.slug("p1", "decision_recorded", with(approval("2023-02-20"), decided)), "forum-never-competent");
    // A board gives an opinion in time, another sends its own a day late; 5.3.2023 is a Sunday.
    let opinion = json!({"effect": "state_opinion", "finality": "not_appealable", "subject": subject});
    for (party, date) in [("p1", "2023-03-05"), ("p2", "2023-03-06")] {
        let decision = world.given(party, "decision_recorded", with(approval("2023-02-27"), opinion.clone()));
        let comment = json!({"decision": decision, "occurred_on": date, "round": round});
        world.given(party, "comment_submitted", comment);
    }
    assert_eq!((world.row("p1").why(), world.row("p2").why()), (Some("commented"), Some("commented_late")));
    assert_eq!((world.counts(), world.row("p3").why()), ((0, 0, 3), None));
    let opened = json!({"answer_by": "2023-05-31", "occurred_on": "2023-03-27", "text": {"digest": text_a()}});
    world.given("registrar", "text_opened_for_approval", opened);
    // An approval of the draft approves the draft.
    let of_draft = world.given("p3", "decision_recorded", with(approval("2023-04-03"), json!({"subject": subject})));
    assert_eq!((world.counts().0, world.row("p3").why()), (0, Some("superseded_text")));
    world.given("p3", "record_retracted", json!({"occurred_on": "2023-06-01", "version": of_draft}));
    for party in ["p1", "p2", "p3"] {
        world.given(party, "decision_recorded", with(approval("2023-05-08"), json!({"section": "40"})));
    }
    assert_eq!(world.now().approved, 3);
    let drafting = world.now().drafting;
    assert_eq!((drafting.phases.len(), drafting.presentations.len()), (1, 1));
    let late: Vec<bool> = drafting.comment_rounds[0].comments.iter().map(|it| it.late).collect();
    assert_eq!(late, [false, true]);
    // As of the day on which it was opened, nothing had been approved yet.
    assert_eq!((world.status("2023-03-27").approved, world.status("2023-03-27").texts.len()), (0, 2));
}

#[test]
fn a_round_that_is_retracted_takes_the_mark_of_lateness_with_it() {
    let mut world = World::of_parties(2);
    let round = json!({"deadline": "2023-03-05", "occurred_on": "2023-02-14"});
    let round = world.on_day("2023-06-01").given("registrar", "comment_round_opened", round);
    let opinion = with(approval("2023-03-06"), json!({"effect": "state_opinion"}));
    let decision = world.given("p1", "decision_recorded", opinion);
    let comment = json!({"decision": decision, "occurred_on": "2023-03-06", "round": round});
    world.given("p1", "comment_submitted", comment);
    assert_eq!(world.row("p1").why(), Some("commented_late"));
    world.given("registrar", "record_retracted", json!({"occurred_on": "2023-06-01", "version": round}));
    assert_eq!(world.row("p1").why(), Some("commented"));
    assert!(world.now().drafting.comment_rounds.is_empty());
}
