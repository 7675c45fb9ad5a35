//! What holds whatever is said, in whatever order.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::said::{begun, date, deciding, decision, of_force, said, scene, tried, world_by, world_of};
use crate::acts::decision_recorded::Finality;
use crate::agreement::Agreement;
use crate::given::{World, approval, with};
use crate::registry::Registry;
use crate::status::{DecisionRow, Row, Status};

/// The state without what depends on when and where it was recorded.
fn shown(world: &World, on: &str) -> Value {
    let mut status = world.status(on);
    status.texts.clear();
    let mut value = serde_json::to_value(status).unwrap();
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for name in ["version", "acts", "corrected_by", "recorded_at", "acceded_by"] {
                members.remove(name);
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Where all must have done what is asked, nothing is missing when it is done, and something when not, unless a
/// party has come or gone since.
fn check_all(now: &Status) -> Result<(), TestCaseError> {
    let all = matches!(now.rule.entry_into_force.as_str(), "all_approved" | "all_approved_and_signed");
    let came = now.parties.iter().any(|row| row.acceded_by.is_some());
    let went = !now.merged_seats.is_empty() || now.parties.iter().any(|row| row.withdrawal.is_some());
    if all && !came && !went {
        prop_assert_eq!(now.conditions_met, now.missing.is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(tried())]

    #[test]
    fn the_state_is_the_fold_of_prefix_and_suffix(said in prop::collection::vec(said(), 0..25), cut in 0usize..40) {
        let world = world_of(&said);
        let (mut agreement, mut registry) = (Agreement::default(), Registry::default());
        for (at, event) in world.events.iter().enumerate() {
            if at == cut {
                // The state cache: what is read back is exactly what was written.
                agreement = serde_json::from_str(&serde_json::to_string(&agreement).unwrap()).unwrap();
                registry = serde_json::from_slice(&serde_json::to_vec(&registry).unwrap()).unwrap();
            }
            if event.payload.agreement.is_registry() { registry.evolve(event) } else { agreement.evolve(event) }
        }
        prop_assert_eq!(&agreement, &world.agreement);
        prop_assert_eq!(&registry, &world.registry);
        prop_assert_eq!(serde_json::to_string(&agreement).unwrap(), serde_json::to_string(&world.agreement).unwrap());
    }

    #[test]
    fn counts_never_exceed_the_roster_and_agree_with_the_rows(scene in scene(), said in prop::collection::vec(said(), 0..30), on in date()) {
        let now = world_by(&scene, &said).status(&on);
        let total = now.parties_total;
        prop_assert!(total <= 5 && now.parties_current <= total + 1 && total == now.parties.len() as u64);
        prop_assert!(now.approved <= total && now.signed <= total && now.bound <= now.approved);
        let count = |of: fn(&Row) -> bool| now.parties.iter().filter(|row| of(row)).count() as u64;
        prop_assert_eq!((now.approved, now.signed, now.bound), (count(|row| row.approved), count(|row| row.signed), count(|row| row.bound)));
        for row in &now.parties {
            let counted = row.decisions.iter().filter(|decision| decision.counted).count();
            prop_assert_eq!(row.approved, counted > 0);
            prop_assert!(!row.bound || row.withdrawal.as_ref().is_none_or(|it| !it.in_effect));
            prop_assert!(row.provisional.is_none() || !row.bound);
        }
    }

    #[test]
    fn it_is_in_force_only_under_its_rule(scene in scene(), said in prop::collection::vec(said(), 0..30), on in date()) {
        let now = world_by(&scene, &said).status(&on);
        prop_assert!(now.in_force || now.bound == 0);
        prop_assert!(!now.in_force || now.conditions_met || now.contested);
        prop_assert!(!now.in_force || now.bound >= 2 || now.contested);
        prop_assert_eq!(now.in_force, now.in_force_since.is_some_and(|since| since.to_string() <= on));
        check_all(&now)?;
        let ended = now.ending.as_ref().is_some_and(|ending| ending.last_day.to_string() < on);
        prop_assert!(!ended || !now.in_force);
        for (at, period) in now.in_force_periods.iter().enumerate() {
            prop_assert_eq!(period.last_day.is_none(), now.in_force && at + 1 == now.in_force_periods.len());
            prop_assert!(period.last_day.is_none_or(|last| period.from <= last));
        }
    }

    #[test]
    fn an_amendment_binds_parties_only_under_its_rule(scene in scene(), said in prop::collection::vec(said(), 0..30), on in date()) {
        let now = world_by(&scene, &said).status(&on);
        for shown in &now.amendments {
            prop_assert!(shown.accepted <= shown.asked && shown.asked <= now.parties_total);
            prop_assert!(shown.accepted <= shown.approved && shown.bound.len() as u64 <= now.parties_total);
            prop_assert_eq!(shown.asked - shown.accepted, shown.missing.len() as u64);
            prop_assert!(!shown.in_force || now.in_force && (shown.conditions_met || now.contested));
            prop_assert!(shown.in_force || shown.bound.is_empty());
            let since = |day: &sinetti_events::primitives::time::Date| day.to_string() <= on;
            prop_assert!(shown.bound.iter().all(|bound| since(&bound.since) && Some(bound.since) >= shown.in_force_since));
            if shown.rule.as_str() == "binds_accepting" {
                prop_assert!(shown.bound.len() as u64 <= shown.accepted);
            }
        }
        // Every party is in one group, and nobody else is in any.
        let mut grouped: Vec<_> = now.text_groups.iter().flat_map(|group| &group.parties).collect();
        let count = grouped.len();
        grouped.sort();
        grouped.dedup();
        prop_assert_eq!(grouped.len(), count);
        prop_assert!(grouped.iter().all(|party| now.parties.iter().any(|row| row.party == **party)));
    }

    #[test]
    fn what_was_known_at_a_time_never_changes(scene in scene(), said in prop::collection::vec(said(), 1..20), cut in 0usize..20, on in date()) {
        let (mut world, mut then) = (begun(&scene), begun(&scene));
        for (at, (actor, kind, data)) in said.iter().enumerate() {
            let day = format!("2024-02-{:02}", at + 1);
            let _ = world.on_day(&day).say(actor, kind, data.clone());
            if at <= cut {
                let _ = then.on_day(&day).say(actor, kind, data.clone());
            }
        }
        prop_assert_eq!(world.known(&format!("2024-02-{:02}", cut + 1)).status(&on), then.status(&on));
    }

    #[test]
    fn what_is_retracted_is_as_if_it_had_never_been_said(said in prop::collection::vec(said(), 0..15), extra in decision(), on in date()) {
        let without = world_of(&said);
        let mut with = without.clone();
        if let Ok(version) = with.say("p1", "decision_recorded", extra) {
            with.given("p1", "record_retracted", json!({"version": version, "occurred_on": "2024-01-01"}));
            prop_assert_eq!(shown(&without, &on), shown(&with, &on));
        }
    }

    #[test]
    fn nor_does_it_stay_what_of_force_or_membership_is_retracted(scene in scene(), said in prop::collection::vec(said(), 0..15), extra in of_force(), on in date()) {
        let without = world_by(&scene, &said);
        let mut with = without.clone();
        let (actor, kind, data) = extra;
        if let Ok(version) = with.say(&actor, kind, data) {
            with.given(&actor, "record_retracted", json!({"version": version, "occurred_on": "2024-01-01"}));
            prop_assert_eq!(shown(&without, &on), shown(&with, &on));
            prop_assert!(with.agreement.entries.contains_key(&version));
        }
    }

    #[test]
    fn whatever_is_retracted_is_as_if_it_had_never_been_said(scene in scene(), said in prop::collection::vec(said(), 0..20), extra in prop_oneof![deciding(), of_force()], on in date()) {
        let without = world_by(&scene, &said);
        let mut with = without.clone();
        let (actor, kind, data) = extra;
        let Ok(version) = with.say(&actor, kind, data) else { return Ok(()) };
        if with.say(&actor, "record_retracted", json!({"version": version, "occurred_on": "2024-01-01"})).is_ok() {
            // By which record something most likely fell is a guess, and the newest record is a good one.
            let judged = |world: &World| {
                let mut shown = shown(world, &on);
                for why in shown["contested_why"].as_array_mut().unwrap() {
                    why["occurred_on"] = Value::Null;
                }
                shown
            };
            prop_assert_eq!(judged(&without), judged(&with), "{}", kind);
        }
    }

    #[test]
    fn a_correction_and_its_retraction_leave_the_record_as_it_was(said in prop::collection::vec(said(), 0..15), on in date()) {
        let mut world = world_of(&said);
        let version = world.given("p1", "decision_recorded", with(approval("2023-12-31"), json!({"section": "99", "effect": "note"})));
        let before = world.clone();
        let correction = json!({"version": version, "occurred_on": "2024-01-01",
            "changes": [{"field": "/effect", "old": "note", "new": "state_opinion"}, {"field": "/case_number", "new": "1/2023"}]});
        let correction = world.given("p1", "record_corrected", correction);
        prop_assert_eq!(world.agreement.entries[&version].corrected_by.clone(), vec![correction]);
        world.given("p1", "record_retracted", json!({"version": correction, "occurred_on": "2024-01-01"}));
        prop_assert_eq!(&world.agreement.entries[&version], &before.agreement.entries[&version]);
        prop_assert_eq!(shown(&world, &on), shown(&before, &on));
    }

    #[test]
    fn no_members_make_it_panic(text in "\\PC{0,40}", number in 0u64..1 << 53, name in "[a-z_]{1,12}", at in 0usize..30) {
        let mut world = world_of(&[]);
        let info = &crate::acts::TYPES[at % crate::acts::TYPES.len()];
        let data = json!({"occurred_on": "2023-05-08", "version": number, "decision": number, "text": text, name: text});
        if let Ok(raw) = serde_json::value::to_raw_value(&data) {
            let _ = crate::acts::Act::parse(&info.name.parse().unwrap(), &raw);
        }
        let _ = world.say("p1", "record_retracted", json!({"version": number, "occurred_on": "2023-05-08"}));
        let _ = world.say("p1", "minutes_confirmed", json!({"decision": number, "occurred_on": "2023-05-08"}));
    }
}

#[test]
fn the_properties_are_tried_on_what_matters() {
    let mut runner = TestRunner::deterministic();
    let strategy = (scene(), prop::collection::vec(said(), 0..30), date());
    let mut counts = [0; 9];
    for _ in 0..150 {
        let (scene, said, on) = strategy.new_tree(&mut runner).unwrap().current();
        let now = world_by(&scene, &said).status(&on);
        let seats = now.parties.iter().any(|row| row.acceded_by.is_some() || !row.taken_by.is_empty());
        let seen = [
            now.in_force,
            now.in_force && now.contested,
            now.amendments.iter().any(|amendment| amendment.in_force),
            now.parties.iter().any(|row| row.withdrawal.is_some()),
            now.ending.is_some(),
            seats || !now.merged_seats.is_empty(),
            decisions(&now).any(|decision| !decision.conditions.is_empty()),
            decisions(&now).any(|decision| decision.conditions.iter().any(|it| it.settled_on.is_some())),
            decisions(&now).any(|it| it.published_on.is_some() || it.finality == Some(Finality::Challenged)),
        ];
        counts.iter_mut().zip(seen).for_each(|(count, seen)| *count += u32::from(seen));
    }
    assert!(counts.iter().all(|count| *count >= 2), "{counts:?}");
}

fn decisions(status: &Status) -> impl Iterator<Item = &DecisionRow> {
    status.parties.iter().flat_map(|row| &row.decisions)
}
