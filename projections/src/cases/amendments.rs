//! How an agreement changes: amendments by three rules, renewals, and the texts of those that they bind.

use serde_json::{Value, json};

use crate::given::{World, amendment, approval, digest, signature, with};
use crate::status::{Amendment, ContestCode};

fn determination(from: &str, amendment: Option<u64>) -> Value {
    let data = json!({"in_force_from": from, "occurred_on": "2024-01-01"});
    with(data, json!({"amendment": amendment}))
}

impl World {
    /// Approves and signs the amendment `name` for the parties with these numbers.
    pub fn accept(&mut self, numbers: impl IntoIterator<Item = u64>, name: &str, date: &str) {
        for number in numbers {
            let party = format!("p{number}");
            let text = digest(name);
            let decision = with(approval(date), json!({"section": "7", "subject": {"digest": text}}));
            self.given(&party, "decision_recorded", decision);
            self.given(&party, "text_signed", with(signature("kunnanjohtaja", date), json!({"text": text})));
        }
    }

    fn amendment(&self, at: usize) -> Amendment {
        self.now().amendments[at].clone()
    }
}

/// In force between so many parties since 8.5.2023, with the amendment `m` proposed on 1.6.2023.
fn world(count: u64, rule: &str) -> (World, u64) {
    let mut world = World::of_parties(count);
    world.on_day("2024-01-01").complete(1..=count, "2023-05-08");
    world.deposit_amendment("m");
    let version = world.given("registrar", "amendment_proposed", amendment("m", rule));
    (world, version)
}

#[test]
fn case_15_accepted_by_20_of_25_it_is_in_force_among_20_where_it_binds_who_accepts() {
    let (mut world, version) = world(25, "binds_accepting");
    world.accept(1..=1, "m", "2023-09-01");
    assert!(!world.amendment(0).in_force && world.amendment(0).bound.is_empty());
    world.accept(2..=20, "m", "2023-09-20");
    let shown = world.amendment(0);
    assert_eq!((shown.asked, shown.accepted, shown.approved, shown.signed), (25, 20, 20, 20));
    assert_eq!((shown.missing.len(), shown.missing[0].number, shown.bound.len()), (5, 21, 20));
    assert!(shown.in_force && shown.conditions_met && shown.binds_all_from.is_none());
    // Not before a second has accepted it, for the first either.
    assert_eq!(shown.in_force_since.unwrap().to_string(), "2023-09-20");
    assert_eq!(shown.bound[0].since.to_string(), "2023-09-20");
    // Two groups, and a text for each.
    let consolidated = |name: &str, consolidates: Value| {
        json!({"consolidates": consolidates, "digest": digest(name), "language": "fi", "occurred_on": "2023-10-01",
            "role": "consolidated", "titles": {"fi": "Ajantasainen teksti"}})
    };
    let text = world.given("registrar", "text_deposited", consolidated("c", json!([version])));
    let groups = world.now().text_groups;
    let told: Vec<(&[u64], usize, Option<u64>)> =
        groups.iter().map(|it| (it.amendments.as_slice(), it.parties.len(), it.consolidated)).collect();
    assert_eq!(told, [(&[][..], 5, None), (&[version][..], 20, Some(text))]);
    assert_eq!(world.amendment(0).groups, groups);
    // One that accepts later is bound from its own acceptance.
    world.accept(21..=21, "m", "2023-12-01");
    let since = |on: &str| world.status(on).amendments[0].bound.iter().map(|it| it.since.to_string()).max().unwrap();
    assert_eq!((since("2023-11-30"), since("2023-12-01")), ("2023-09-20".to_owned(), "2023-12-01".to_owned()));
    assert_eq!(world.status("2023-11-30").amendments[0].bound.len(), 20);
}

#[test]
fn case_15_accepted_by_20_of_25_it_is_not_in_force_where_all_must_accept() {
    let (mut world, version) = world(25, "unanimous");
    world.accept(1..=20, "m", "2023-09-20");
    let shown = world.amendment(0);
    assert_eq!((shown.accepted, shown.in_force, shown.conditions_met, shown.bound.len()), (20, false, false, 0));
    assert_eq!(world.now().text_groups.len(), 1);
    let refusal = world.refused("registrar", "entry_into_force_determined", determination("2023-09-20", Some(version)));
    assert_eq!(refusal.slug, "conditions-not-met");
    assert!(
        refusal.reason.contains("20 of 25") && refusal.reason.contains("25 p25 (approval and signature)"),
        "{refusal}"
    );
    world.accept(21..=25, "m", "2023-11-15");
    let shown = world.amendment(0);
    assert_eq!((shown.in_force, shown.bound.len(), shown.missing.len()), (true, 25, 0));
    assert_eq!(shown.binds_all_from.unwrap().to_string(), "2023-11-15");
    assert!(!world.status("2023-11-14").amendments[0].in_force);
    // The agreement itself is what it was.
    assert_eq!(world.now().in_force_since.unwrap().to_string(), "2023-05-08");
}

#[test]
fn a_share_of_the_parties_binds_all() {
    let (mut world, _) = world(3, "unanimous");
    world.deposit_amendment("n");
    let rule = json!({"kind": "threshold", "parties": {"denominator": 3, "numerator": 2}});
    world.given("p3", "amendment_proposed", with(amendment("n", "unanimous"), json!({"rule": rule})));
    world.accept([1], "n", "2023-09-01");
    assert!(!world.amendment(1).in_force);
    world.accept([2], "n", "2023-09-20");
    let shown = world.amendment(1);
    assert_eq!((shown.in_force, shown.accepted, shown.bound.len(), shown.missing.len()), (true, 2, 3, 1));
    assert_eq!(shown.binds_all_from.unwrap().to_string(), "2023-09-20");
}

#[test]
fn approval_without_signature_is_no_acceptance_where_the_agreement_asks_for_both() {
    let (mut world, _) = world(2, "unanimous");
    world.accept([1], "m", "2023-09-01");
    let subject = json!({"section": "7", "subject": {"digest": digest("m")}});
    world.given("p2", "decision_recorded", with(approval("2023-09-02"), subject));
    let shown = world.amendment(0);
    assert_eq!((shown.approved, shown.signed, shown.accepted, shown.in_force), (2, 1, 1, false));
    assert!(!shown.missing[0].approval && shown.missing[0].signature);
    // What was decided about the amendment changes nothing of the agreement itself.
    assert_eq!((world.now().approved, world.now().signed), (2, 2));
}

#[test]
fn new_rules_hold_from_when_the_amendment_binds_all() {
    let (mut world, _) = world(3, "binds_accepting");
    world.deposit_amendment("n");
    let new = json!({"new_amendment_rule": {"kind": "unanimous"}, "new_withdrawal": {"months": 12}});
    world.given("registrar", "amendment_proposed", with(amendment("n", "binds_accepting"), new));
    world.accept([1, 2], "n", "2023-09-01");
    assert!(world.amendment(1).in_force && world.now().rule.withdrawal.is_none());
    let early = json!({"occurred_on": "2023-12-15", "takes_effect_on": "2023-12-31"});
    world.clone().given("p3", "withdrawal_notified", early.clone());
    world.accept([3], "n", "2023-12-01");
    let now = world.now();
    assert_eq!(now.amendments[1].binds_all_from.unwrap().to_string(), "2023-12-01");
    assert_eq!((now.rule.withdrawal.unwrap().months, now.rule.amendment.unwrap().as_str()), (12, "unanimous"));
    assert!(world.status("2023-11-30").rule.withdrawal.is_none());
    assert_eq!(world.slug("p3", "withdrawal_notified", early), "withdrawal-date");
    world.deposit_amendment("o");
    assert_eq!(
        world.slug(
            "p1",
            "amendment_proposed",
            with(amendment("o", "binds_accepting"), json!({"occurred_on": "2024-01-01"}))
        ),
        "amendment-rule"
    );
}

#[test]
fn a_determined_amendment_stays_and_is_contested_when_an_acceptance_falls() {
    let (mut world, version) = world(2, "unanimous");
    world.accept([1, 2], "m", "2023-09-20");
    for (data, slug) in [
        (determination("2023-09-19", Some(version)), "in-force-date"),
        (with(determination("2023-09-20", Some(version)), json!({"with_party": "p1"})), "determination-party"),
        (determination("2023-09-20", Some(3)), "record-of-another-type"),
        (with(determination("2023-09-20", Some(version)), json!({"occurred_on": "2023-09-19"})), "conditions-not-met"),
    ] {
        assert_eq!(world.slug("registrar", "entry_into_force_determined", data.clone()), slug, "{data}");
    }
    let determined =
        world.given("registrar", "entry_into_force_determined", determination("2023-09-20", Some(version)));
    assert_eq!(
        world.slug("registrar", "entry_into_force_determined", determination("2023-09-20", Some(version))),
        "determined-already"
    );
    assert!(world.amendment(0).determined && !world.now().determined && !world.now().contested);
    let about: Vec<u64> = world.agreement.of_kind("decision_recorded").map(|entry| entry.version).collect();
    let annulled =
        json!({"by": "hallinto-oikeus", "decision": about[3], "occurred_on": "2023-12-01", "outcome": "annulled"});
    world.given("p2", "challenge_resolved", annulled);
    let now = world.now();
    assert!(now.amendments[0].in_force && !now.amendments[0].conditions_met && now.contested);
    assert_eq!(
        (now.contested_why[0].code, now.contested_why[0].version),
        (ContestCode::AmendmentFallen, Some(determined))
    );
    assert!(!world.status("2023-11-30").contested);
}

#[test]
fn nothing_amends_an_agreement_that_is_not_in_force() {
    let mut world = World::of_parties(2);
    world.on_day("2024-01-01").complete([1], "2023-05-08");
    world.deposit_amendment("m");
    let version = world.given("registrar", "amendment_proposed", amendment("m", "unanimous"));
    world.accept([1, 2], "m", "2023-09-20");
    assert!(!world.amendment(0).in_force && !world.amendment(0).conditions_met);
    let refusal = world.refused("registrar", "entry_into_force_determined", determination("2023-09-20", Some(version)));
    assert!(refusal.reason.contains("not in force"), "{refusal}");
    // With the last signature both enter into force, the amendment not before the agreement.
    world.complete([2], "2023-10-10");
    assert_eq!(world.amendment(0).in_force_since, world.now().in_force_since);
}

#[test]
fn who_has_left_is_asked_no_more_and_who_accedes_is_bound_by_what_binds_all() {
    let (mut world, _) = world(3, "unanimous");
    world.accept([1, 2], "m", "2023-09-20");
    assert_eq!(world.amendment(0).asked, 3);
    world.given("p3", "withdrawal_notified", json!({"occurred_on": "2023-10-01", "takes_effect_on": "2023-11-01"}));
    let shown = world.amendment(0);
    assert_eq!((shown.asked, shown.bound.len()), (2, 2));
    assert_eq!(shown.in_force_since.unwrap().to_string(), "2023-11-01");
    world.register("p4");
    let seat = json!({"number": 4, "party": "p4"});
    let accession = json!({"basis": "14 §", "occurred_on": "2023-11-10", "seat": seat});
    world.given("registrar", "party_acceded", accession);
    assert_eq!(world.amendment(0).asked, 2);
    world.complete([4], "2023-11-20");
    let shown = world.amendment(0);
    assert_eq!(
        (shown.asked, shown.bound.len(), shown.in_force_since.unwrap().to_string().as_str()),
        (3, 3, "2023-11-01")
    );
}

#[test]
fn under_a_bilateral_rule_nothing_binds_a_pair_without_the_hub() {
    let mut world = World::with_rule(4, json!({"hub": "p1", "kind": "each_when_approved_and_signed"}));
    world.on_day("2024-01-01").complete([1, 2, 3], "2023-05-08");
    world.deposit_amendment("m");
    world.given("p1", "amendment_proposed", amendment("m", "binds_accepting"));
    world.accept([2, 3], "m", "2023-09-01");
    assert_eq!((world.amendment(0).asked, world.amendment(0).in_force), (3, false));
    world.accept([1], "m", "2023-09-20");
    let shown = world.amendment(0);
    assert!(
        shown.in_force && shown.bound.len() == 3 && shown.bound.iter().all(|it| it.since.to_string() == "2023-09-20")
    );
}

/// In force between two for a term to the end of September, with a renewal to 2027 proposed.
fn fixed() -> (World, u64) {
    let mut world = World::founded("2024-01-01");
    for party in ["p1", "p2"] {
        world.register(party);
    }
    let term = json!({"term": {"kind": "fixed", "until": "2023-09-30"}});
    let data = with(crate::given::opening(2, json!({"kind": "all_approved_and_signed"})), term);
    world.given("registrar", "agreement_opened", data);
    world.deposit(&crate::given::text_a(), "2023-02-14");
    world.complete([1, 2], "2023-05-08");
    world.deposit_amendment("m");
    let renewal = with(amendment("m", "unanimous"), json!({"new_term": {"kind": "fixed", "until": "2027-12-31"}}));
    let version = world.given("registrar", "amendment_proposed", renewal);
    (world, version)
}

#[test]
fn a_fixed_term_lapses_by_the_calendar_while_its_renewal_is_pending() {
    let (mut world, version) = fixed();
    world.accept([1], "m", "2023-09-01");
    assert!(world.status("2023-09-30").in_force && world.status("2023-09-30").ending.is_none());
    let now = world.now();
    assert!(!now.in_force && now.bound == 0);
    let ending = now.ending.unwrap();
    let told = (ending.kind.as_str(), ending.last_day.to_string(), ending.renewals_pending, ending.version);
    assert_eq!(told, ("lapsed", "2023-09-30".to_owned(), vec![version], None));
}

#[test]
fn a_renewal_that_comes_late_leaves_a_gap_that_shows() {
    let (mut world, _) = fixed();
    world.accept([1], "m", "2023-09-01");
    world.accept([2], "m", "2023-11-15");
    let now = world.now();
    assert!(now.in_force && now.ending.is_none() && now.bound == 2);
    assert_eq!(now.in_force_since.unwrap().to_string(), "2023-11-15");
    let periods: Vec<(String, Option<String>)> =
        now.in_force_periods.iter().map(|it| (it.from.to_string(), it.last_day.map(|day| day.to_string()))).collect();
    let first = ("2023-05-08".to_owned(), Some("2023-09-30".to_owned()));
    assert_eq!(periods, [first, ("2023-11-15".to_owned(), None)]);
    assert!(!world.status("2023-11-14").in_force && world.status("2023-11-15").in_force);
    assert!(!world.status("2028-01-01").in_force);
    assert_eq!(serde_json::to_value(now.term).unwrap()["until"], "2027-12-31");
}

#[test]
fn a_renewal_in_time_leaves_none() {
    let (mut world, _) = fixed();
    world.accept([1, 2], "m", "2023-09-30");
    let now = world.now();
    assert_eq!(
        (now.in_force, now.in_force_periods.len(), now.in_force_since.unwrap().to_string().as_str()),
        (true, 1, "2023-05-08")
    );
}

#[test]
fn in_the_gap_parties_may_go_on_provisionally() {
    let (mut world, _) = fixed();
    world.given("p1", "provisional_application_declared", json!({"from": "2023-10-01", "occurred_on": "2023-10-01"}));
    world.accept([1, 2], "m", "2023-11-15");
    assert!(world.status("2023-10-01").parties[0].provisional.is_some());
    assert!(world.now().parties[0].provisional.is_none());
}

#[test]
fn nothing_renews_an_agreement_that_was_ended() {
    let (mut world, version) = fixed();
    let lapsed = json!({"basis": "määräaika", "kind": "lapsed", "last_day": "2023-09-30", "occurred_on": "2023-10-02"});
    world.given("registrar", "agreement_ended", lapsed);
    world.accept([1, 2], "m", "2023-11-15");
    assert!(!world.now().in_force && !world.amendment(0).in_force);
    let determined = determination("2023-11-15", Some(version));
    assert_eq!(world.slug("registrar", "entry_into_force_determined", determined), "agreement-ended");
}
