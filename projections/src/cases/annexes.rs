//! Who is part of which annex, and that it changes nothing for the agreement itself.

use serde_json::{Value, json};

use crate::given::{World, approval, digest, signature, with};
use crate::status::{NoteCode, annex_chart};

/// The members of a status that count the agreement itself.
fn counts(world: &World) -> Value {
    let status = serde_json::to_value(world.now()).unwrap();
    let named = ["approved", "bound", "conditions_met", "in_force", "in_force_since", "missing", "parties_current"];
    let more = ["parties_total", "signed", "contested", "current_text"];
    named.iter().chain(&more).map(|name| (name.to_string(), status[*name].clone())).collect()
}

fn commit(world: &mut World, annex: u64, party: &str, date: &str) {
    world.given(party, "annex_committed", json!({"annex": annex, "occurred_on": date}));
}

#[test]
fn case_16_a_description_is_part_of_the_agreement_for_who_has_committed_and_not_for_lieto() {
    let mut world = World::with_areas(4);
    let annex = world.on_day("2023-10-01").annex("description");
    commit(&mut world, annex, "p1", "2023-05-08");
    commit(&mut world, annex, "p2", "2023-05-22");
    commit(&mut world, annex, "p4", "2023-09-01");
    let states = |on: &str| -> Vec<&'static str> {
        world.status(on).annexes[0].parties.iter().map(|part| part.state.as_str()).collect()
    };
    assert_eq!(states("2023-10-01"), ["joined", "joined", "not_joined", "joined"]);
    assert_eq!(states("2023-08-31"), ["joined", "joined", "not_joined", "not_joined"]);
    assert_eq!(states("2023-05-21"), ["ready", "not_joined", "not_joined", "not_joined"]);
    let shown = &world.now().annexes[0];
    assert_eq!((shown.joined, shown.in_force_since.unwrap().to_string().as_str()), (3, "2023-05-22"));
    let joined: Vec<Option<String>> = shown.parties.iter().map(|it| it.joined_on.map(|on| on.to_string())).collect();
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(joined, [day("2023-05-22"), day("2023-05-22"), None, day("2023-09-01")]);
}

#[test]
fn an_annex_that_is_signed_is_in_force_from_when_two_have_and_for_each_from_its_own_later_act() {
    let mut world = World::with_areas(4);
    let annex = world.on_day("2023-10-01").annex("agreement");
    let approve = |world: &mut World, party: &str, day: &str| {
        world.given(party, "decision_recorded", with(approval(day), json!({"subject": {"digest": digest("annex")}})));
    };
    let sign = |world: &mut World, party: &str, day: &str| {
        world.given(party, "text_signed", with(signature("a", day), json!({"text": digest("annex")})));
    };
    approve(&mut world, "p2", "2023-05-08");
    sign(&mut world, "p2", "2023-05-15");
    assert_eq!(world.part(annex, "p2").why_not.unwrap().as_str(), "nobody_else");
    sign(&mut world, "p3", "2023-05-20");
    assert_eq!(world.part(annex, "p3").why_not.unwrap().as_str(), "approval_missing");
    assert_eq!(world.part(annex, "p3").approval_why, None);
    approve(&mut world, "p3", "2023-06-12");
    approve(&mut world, "p4", "2023-07-01");
    assert_eq!(world.part(annex, "p4").why_not.unwrap().as_str(), "signature_missing");
    sign(&mut world, "p4", "2023-08-01");
    let joined = |party: &str| world.part(annex, party).joined_on.map(|on| on.to_string());
    // The first waits for the second; the third is later than both.
    assert_eq!(joined("p2").as_deref(), Some("2023-06-12"));
    assert_eq!(joined("p3").as_deref(), Some("2023-06-12"));
    assert_eq!(joined("p4").as_deref(), Some("2023-08-01"));
    assert_eq!(joined("p1"), None);
    assert_eq!(world.now().annexes[0].joined, 3);
}

#[test]
fn half_of_a_joint_signature_joins_nobody() {
    let mut world = World::with_areas(3);
    let annex = world.on_day("2023-10-01").annex("agreement");
    let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-05-01", "required": {"kind": "all"}, "roles": ["a", "b"]});
    world.given("p2", "signing_mandate_recorded", mandate);
    let about = json!({"subject": {"digest": digest("annex")}});
    for party in ["p2", "p3"] {
        world.given(party, "decision_recorded", with(approval("2023-05-08"), about.clone()));
        world.given(party, "text_signed", with(signature("a", "2023-05-15"), json!({"text": digest("annex")})));
    }
    let part = world.part(annex, "p2");
    assert_eq!((part.state.as_str(), part.signatures.as_deref()), ("partial", Some("1/2")));
    assert_eq!(world.part(annex, "p3").state.as_str(), "ready");
    world.given("p2", "text_signed", with(signature("b", "2023-06-01"), json!({"text": digest("annex")})));
    assert_eq!(world.part(annex, "p3").joined_on.unwrap().to_string(), "2023-06-01");
}

#[test]
fn an_annulled_approval_takes_its_party_out_and_leaves_the_earlier_days() {
    let mut world = World::with_areas(3);
    let annex = world.on_day("2023-12-01").annex("agreement");
    let about = json!({"subject": {"digest": digest("annex")}});
    for party in ["p2", "p3"] {
        world.given(party, "decision_recorded", with(approval("2023-05-08"), about.clone()));
        world.given(party, "text_signed", with(signature("a", "2023-05-15"), json!({"text": digest("annex")})));
    }
    let decision = world.part(annex, "p3").version.unwrap();
    let annulment =
        json!({"by": "hallinto-oikeus", "decision": decision, "occurred_on": "2023-11-01", "outcome": "annulled"});
    world.given("p3", "challenge_resolved", annulment);
    let part = world.part(annex, "p3");
    assert_eq!((part.state.as_str(), part.why_not.unwrap().as_str()), ("partial", "approval_missing"));
    assert_eq!(part.approval_why.unwrap().as_str(), "annulled");
    assert_eq!(part.left_on.unwrap().to_string(), "2023-11-01");
    assert_eq!(world.part(annex, "p2").state.as_str(), "ready");
    assert_eq!(world.status("2023-10-31").annexes[0].joined, 2);
}

#[test]
fn nothing_about_an_annex_changes_a_count_or_a_row_of_the_agreement() {
    let mut world = World::with_areas(3);
    world.on_day("2023-10-01").complete([2], "2023-05-08");
    let (before, rows) = (counts(&world), world.now().parties);
    world.annex("agreement");
    let described = world.annex_with("other", json!({}));
    let about = json!({"subject": {"digest": digest("annex")}});
    for party in ["p1", "p2", "p3"] {
        world.given(party, "decision_recorded", with(approval("2023-06-08"), about.clone()));
        world.given(party, "text_signed", with(signature("a", "2023-06-15"), json!({"text": digest("annex")})));
        commit(&mut world, described, party, "2023-06-15");
    }
    let rejecting = with(with(approval("2023-09-01"), about), json!({"effect": "reject"}));
    world.given("p2", "decision_recorded", rejecting);
    assert_eq!(world.now().annexes.iter().map(|annex| annex.joined).collect::<Vec<_>>(), [3, 3]);
    assert_eq!(counts(&world), before);
    for (row, was) in world.now().parties.iter().zip(&rows) {
        assert!(!row.has(NoteCode::SignedOtherText), "{:?}", row.notes);
        assert_eq!((&row.decision, &row.decisions, &row.signature), (&was.decision, &was.decisions, &was.signature));
        assert_eq!((&row.notes, row.why()), (&was.notes, was.why()));
    }
}

#[test]
fn the_chart_has_a_row_for_each_party_and_a_column_for_each_annex() {
    let mut world = World::with_areas(3);
    let first = world.on_day("2023-10-01").annex("description");
    let second = world.annex_with("other", json!({"area": "employment", "eligible": ["p2"]}));
    commit(&mut world, first, "p1", "2023-05-08");
    commit(&mut world, second, "p1", "2023-05-08");
    commit(&mut world, first, "p3", "2023-05-08");
    let chart = annex_chart(&world.now());
    let columns: Vec<(u64, &str)> = chart.columns.iter().map(|column| (column.annex, column.area.as_str())).collect();
    assert_eq!(columns, [(first, "health-promotion"), (second, "employment")]);
    let rows: Vec<(&str, Vec<&str>)> = chart
        .rows
        .iter()
        .map(|row| (row.party.as_str(), row.cells.iter().map(|cell| cell.as_str()).collect()))
        .collect();
    assert_eq!(
        rows,
        [
            ("p1", vec!["joined", "ready"]),
            ("p2", vec!["not_joined", "not_joined"]),
            ("p3", vec!["joined", "not_eligible"]),
        ]
    );
}

/// The county, two municipalities and an outsider; a description and an agreement that outsiders can join.
fn with_outsider() -> (World, u64, u64) {
    let mut world = World::with_areas(3);
    world.register_as("kelpo", "other");
    world.on_day("2023-10-01");
    let described = world.annex_with("annex", json!({"outside_parties": true}));
    let signed = json!({"area": "employment", "county": null, "form": "agreement", "outside_parties": true});
    let signed = world.annex_with("other", signed);
    (world, described, signed)
}

fn join(world: &mut World, annex: u64) {
    world.given("kelpo", "outside_party_joined", json!({"annex": annex, "occurred_on": "2023-03-01"}));
}

#[test]
fn case_17_an_outside_party_signs_the_annex_that_it_joined_and_never_the_agreement() {
    let (mut world, described, signed) = with_outsider();
    let before = counts(&world);
    let main = signature("toimitusjohtaja", "2023-05-08");
    assert_eq!(world.slug("kelpo", "text_signed", main.clone()), "actor-not-on-roster");
    join(&mut world, signed);
    for (kind, data) in [("text_signed", main), ("decision_recorded", approval("2023-05-08"))] {
        assert_eq!(world.slug("kelpo", kind, data), "outside-party");
    }
    // Not another annex either, before it takes part in that.
    let commitment = json!({"annex": described, "occurred_on": "2023-05-08"});
    assert_eq!(world.slug("kelpo", "annex_committed", commitment.clone()), "outside-party");
    let about = json!({"subject": {"digest": digest("other")}});
    for party in ["kelpo", "p2"] {
        world.given(party, "decision_recorded", with(approval("2023-05-08"), about.clone()));
        world.given(party, "text_signed", with(signature("a", "2023-05-15"), json!({"text": digest("other")})));
    }
    let part = world.part(signed, "kelpo");
    assert_eq!((part.state.as_str(), part.number), ("joined", None));
    assert_eq!(world.part(signed, "p2").state.as_str(), "joined");
    join(&mut world, described);
    commit(&mut world, described, "p1", "2023-05-08");
    world.given("kelpo", "annex_committed", commitment);
    assert_eq!(world.part(described, "kelpo").state.as_str(), "joined");
    assert_eq!(counts(&world), before);
    assert_eq!(world.now().parties.len(), 3);
    let chart = annex_chart(&world.now());
    assert_eq!((chart.rows.len(), chart.rows[3].party.as_str(), chart.rows[3].number), (4, "kelpo", None));
}

#[test]
fn who_is_outside_joins_where_it_may_once_and_leaves_like_the_others() {
    let (mut world, described, _) = with_outsider();
    let closed = world.annex_with("closed", json!({}));
    let joining = |annex: u64| json!({"annex": annex, "occurred_on": "2023-03-01"});
    assert_eq!(world.slug("kelpo", "outside_party_joined", joining(closed)), "outside-party-not-allowed");
    assert_eq!(world.slug("p2", "outside_party_joined", joining(described)), "outside-party-has-seat");
    assert_eq!(world.slug("nobody", "outside_party_joined", joining(described)), "party-unknown");
    assert_eq!(world.slug("kelpo", "outside_party_joined", joining(1)), "record-of-another-type");
    join(&mut world, described);
    assert_eq!(world.slug("kelpo", "outside_party_joined", joining(described)), "outside-party-joined-already");
    assert_eq!(world.status("2023-02-28").annexes[0].parties.len(), 3);
    assert_eq!(world.part(described, "kelpo").state.as_str(), "not_joined");
    commit(&mut world, described, "p1", "2023-05-08");
    commit(&mut world, described, "kelpo", "2023-05-08");
    let end = json!({"annex": described, "occurred_on": "2023-08-01", "takes_effect_on": "2023-09-01"});
    world.given("kelpo", "annex_commitment_ended", end);
    assert_eq!(world.part(described, "kelpo").state.as_str(), "left");
    // The registrar transcribes it like any party's act.
    let source = json!({"party": "kelpo", "source": "https://example.fi"});
    let (mut world, described, _) = with_outsider();
    world.given("registrar", "outside_party_joined", with(joining(described), source));
    assert_eq!(world.part(described, "kelpo").number, None);
}

#[test]
fn an_outside_party_can_be_given_a_task_once_an_annex_of_the_area_holds_for_it() {
    let (mut world, described, _) = with_outsider();
    let task = json!({"id": "events", "names": {"fi": "Tapahtumat"}, "responsible": ["kelpo"]});
    let division = json!({"area": "health-promotion", "occurred_on": "2023-06-01", "tasks": [task]});
    join(&mut world, described);
    assert_eq!(world.slug("p1", "division_of_work_set", division.clone()), "task-party");
    commit(&mut world, described, "p1", "2023-05-08");
    commit(&mut world, described, "kelpo", "2023-05-08");
    world.given("p1", "division_of_work_set", division.clone());
    let elsewhere = with(division, json!({"area": "employment"}));
    assert_eq!(world.slug("p1", "division_of_work_set", elsewhere), "task-party");
}

#[test]
fn who_leaves_the_agreement_leaves_what_is_part_of_it_and_not_what_is_signed_apart() {
    let mut world = World::with_areas(3);
    world.on_day("2024-01-15").complete([1, 2, 3], "2023-03-01");
    let described = world.annex("description");
    let signed = world.annex_with("other", json!({"county": null, "form": "agreement"}));
    let about = json!({"subject": {"digest": digest("other")}});
    for party in ["p1", "p2", "p3"] {
        commit(&mut world, described, party, "2023-05-08");
        world.given(party, "decision_recorded", with(approval("2023-05-08"), about.clone()));
        world.given(party, "text_signed", with(signature("a", "2023-05-15"), json!({"text": digest("other")})));
    }
    world.given("p3", "withdrawal_notified", json!({"occurred_on": "2023-06-01", "takes_effect_on": "2023-12-01"}));
    assert_eq!(world.status("2023-11-30").annexes[0].joined, 3);
    let part = world.part(described, "p3");
    assert_eq!((part.state.as_str(), part.why_not.unwrap().as_str()), ("left", "withdrawn"));
    assert_eq!(part.left_on.unwrap().to_string(), "2023-12-01");
    assert!(world.part(described, "p2").state.holds() && world.part(signed, "p3").state.holds());
}

#[test]
fn a_party_that_accedes_is_told_from_its_seats_first_day_and_joins_like_the_others() {
    let mut world = World::with_areas(2);
    world.register("p9");
    world.on_day("2023-10-01").complete([1, 2], "2023-03-01");
    let annex = world.annex("description");
    commit(&mut world, annex, "p1", "2023-05-08");
    let seat = json!({"number": 3, "party": "p9"});
    world.given("registrar", "party_acceded", json!({"basis": "14 §", "occurred_on": "2023-06-01", "seat": seat}));
    commit(&mut world, annex, "p9", "2023-07-01");
    assert_eq!(world.part(annex, "p9").joined_on.unwrap().to_string(), "2023-07-01");
    assert_eq!(world.status("2023-05-31").annexes[0].parties.len(), 2);
}
