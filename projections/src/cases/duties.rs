//! What the law asks of the parties, what is due and when, and who was missing.

use serde_json::{Value, json};

use crate::duties::{Duty, DutyKind};
use crate::given::{World, opening, with};

fn held(kind: &str, attending: &[&str], on: &str) -> Value {
    let data = json!({"attending": attending, "kind": kind, "occurred_on": on});
    if kind == "yearly_ministry" { with(data, json!({"ministry": "sosiaali- ja terveysministeriö"})) } else { data }
}

fn of(world: &World, kind: DutyKind, on: &str) -> Vec<Duty> {
    world.status(on).duties.into_iter().filter(|duty| duty.kind == kind).collect()
}

fn shown(duty: &Duty) -> (String, &'static str, Vec<&str>) {
    (duty.due_on.to_string(), duty.state.as_str(), duty.missing.iter().map(|party| party.as_str()).collect())
}

#[test]
fn per_council_term_the_county_negotiates_with_all_its_municipalities_and_the_absent_are_named() {
    let mut world = World::with_council(4);
    world.on_day("2026-01-15");
    let kind = DutyKind::CouncilTerm;
    assert_eq!(of(&world, kind, "2022-02-28"), []);
    let all = vec!["p1", "p2", "p3", "p4"];
    assert_eq!(shown(&of(&world, kind, "2023-02-14")[0]), ("2025-05-31".into(), "due", all.clone()));
    let first = world.given("p1", "negotiation_held", held("council_term", &["p1", "p2", "liitto"], "2024-03-01"));
    assert_eq!(shown(&of(&world, kind, "2024-03-01")[0]), ("2025-05-31".into(), "due", vec!["p3", "p4"]));
    assert_eq!(shown(&of(&world, kind, "2024-02-29")[0]).2, all);
    // Who was absent can negotiate another day; all have, and then it is done.
    let second = world.given("p1", "negotiation_held", held("council_term", &["p1", "p3"], "2025-05-31"));
    let terms = of(&world, kind, "2025-06-01");
    assert_eq!(shown(&terms[0]), ("2025-05-31".into(), "overdue", vec!["p4"]));
    assert_eq!(shown(&terms[1]), ("2029-05-31".into(), "due", all.clone()));
    world.given("p1", "negotiation_held", held("council_term", &["p1", "p4"], "2024-09-01"));
    let done = &of(&world, kind, "2025-06-01")[0];
    assert_eq!((done.state.as_str(), done.done_on.unwrap().to_string().as_str()), ("done", "2025-05-31"));
    assert_eq!((done.done_by.len(), done.done_by[0], done.done_by[2]), (3, first, second));
    // A negotiation of the old term does nothing for the new one.
    assert_eq!(shown(&of(&world, kind, "2026-01-15")[1]).2, all);
}

#[test]
fn every_year_they_negotiate_on_health_promotion() {
    let mut world = World::with_areas(3);
    world.on_day("2026-01-15");
    world.given("p1", "negotiation_held", held("yearly_health_promotion", &["p1", "p2", "p3"], "2024-11-20"));
    world.given("p1", "negotiation_held", held("yearly_health_promotion", &["p1", "p2"], "2025-11-20"));
    world.given("p1", "negotiation_held", held("council_term", &["p1", "p2", "p3"], "2023-11-20"));
    let years = of(&world, DutyKind::YearlyHealthPromotion, "2026-01-15");
    let shown: Vec<_> = years.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            ("2023-12-31".into(), "overdue", vec!["p1", "p2", "p3"]),
            ("2024-12-31".into(), "done", vec![]),
            ("2025-12-31".into(), "overdue", vec!["p3"]),
            ("2026-12-31".into(), "due", vec!["p1", "p2", "p3"]),
        ]
    );
    assert_eq!(years[0].basis, "612/2021 § 7");
}

#[test]
fn with_the_ministry_and_in_report_and_plan_the_duty_is_the_countys() {
    let mut world = World::with_areas(3);
    world.on_day("2024-06-01");
    world.given("p1", "negotiation_held", held("yearly_ministry", &["p1"], "2023-11-20"));
    let years = of(&world, DutyKind::YearlyMinistry, "2024-06-01");
    assert_eq!(shown(&years[0]), ("2023-12-31".into(), "done", vec![]));
    assert_eq!(shown(&years[1]), ("2024-12-31".into(), "due", vec!["p1"]));
    let report =
        json!({"from_year": 2023, "occurred_on": "2023-10-01", "part": "report", "parties": ["p2"], "to_year": 2025});
    world.given("p2", "welfare_report_adopted", report.clone());
    let state = |world: &World, kind| of(world, kind, "2024-06-01")[0].state.as_str();
    assert_eq!(state(&world, DutyKind::WelfareReport), "due");
    world.given("p1", "welfare_report_adopted", with(report.clone(), json!({"parties": ["p1", "p3"]})));
    assert_eq!((state(&world, DutyKind::WelfareReport), state(&world, DutyKind::WelfarePlan)), ("done", "due"));
    let both = json!({"occurred_on": "2024-05-01", "part": "report_and_plan", "parties": ["p1"]});
    world.given("p1", "welfare_report_adopted", with(report, both));
    assert_eq!(state(&world, DutyKind::WelfarePlan), "done");
    assert_eq!(of(&world, DutyKind::WelfareReport, "2024-06-01")[0].done_by.len(), 3);
}

#[test]
fn an_agreement_that_rests_on_neither_act_or_has_no_county_shows_none() {
    let bases = |bases: Value| with(opening(2, json!({"kind": "all_approved"})), json!({"legal_bases": bases}));
    for (kind, opened, count) in [
        ("wellbeing_services_county", bases(json!(["410/2015 § 8"])), 0),
        ("wellbeing_services_county", bases(json!(["611/2021 § 14"])), 1),
        ("wellbeing_services_county", bases(json!(["612/2021 § 7"])), 4),
        ("municipality", bases(json!(["611/2021 § 14", "612/2021 § 7"])), 0),
    ] {
        let mut world = World::founded("2023-02-14");
        world.register_as("p1", kind);
        world.register("p2");
        world.given("registrar", "agreement_opened", opened.clone());
        assert_eq!(world.now().duties.len(), count, "{kind} {}", opened["legal_bases"]);
    }
}

#[test]
fn where_a_municipality_has_ended_its_successor_stands_for_it() {
    let mut world = World::with_areas(3);
    let absorbed =
        json!({"kind": "absorbed", "occurred_on": "2024-01-01", "predecessors": ["p3"], "successors": ["p2"]});
    world.on_day("2024-06-01").given("registrar", "party_succeeded", absorbed);
    world.given("p1", "negotiation_held", held("council_term", &["p1", "p2"], "2024-03-01"));
    assert_eq!(shown(&of(&world, DutyKind::CouncilTerm, "2024-06-01")[0]).1, "done");
}

#[test]
fn what_is_retracted_was_never_held_and_what_is_known_later_was_not_known_before() {
    let mut world = World::with_areas(2);
    let kind = DutyKind::CouncilTerm;
    let version =
        world.on_day("2023-09-01").given("p1", "negotiation_held", held("council_term", &["p1", "p2"], "2023-03-01"));
    assert_eq!(of(&world, kind, "2023-03-01")[0].state.as_str(), "done");
    assert_eq!(of(&world.known("2023-08-31"), kind, "2023-03-01")[0].state.as_str(), "due");
    world.given("p1", "record_retracted", json!({"occurred_on": "2023-09-01", "version": version}));
    assert_eq!(of(&world, kind, "2023-03-01")[0].state.as_str(), "due");
}

#[test]
fn whatever_date_is_asked_about_the_answer_stays_short() {
    let world = World::with_areas(2);
    assert!(world.status("9999-12-31").duties.len() <= 40 * DutyKind::ALL.len());
    assert!(world.status("0001-01-01").duties.is_empty());
}

#[test]
fn codes_are_what_serde_writes() {
    use crate::annex_parts::{PartState, PartWhyNot};
    use crate::duties::DutyState;
    let written = |code: Value| code.as_str().unwrap().to_owned();
    DutyKind::ALL.iter().for_each(|code| assert_eq!(written(json!(code)), code.as_str()));
    DutyState::ALL.iter().for_each(|code| assert_eq!(written(json!(code)), code.as_str()));
    PartState::ALL.iter().for_each(|code| assert_eq!(written(json!(code)), code.as_str()));
    PartWhyNot::ALL.iter().for_each(|code| assert_eq!(written(json!(code)), code.as_str()));
}
