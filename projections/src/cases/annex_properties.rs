//! What holds of annexes whatever is said about them, in whatever order.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::said::tried;
use crate::acts::annex_deposited::AnnexForm;
use crate::given::{World, approval, digest, signature, with};

/// Something that somebody says about an annex: actor, type, members.
type Said = (&'static str, &'static str, Value);

/// Versions of the description and of the agreement in [`world`].
const ANNEXES: [u64; 2] = [4, 6];

/// The county `p1`, `p2`, `p3`, and `kelpo` outside the roster, with an annex of each form.
fn world() -> World {
    let mut world = World::with_areas(3);
    world.register_as("kelpo", "other");
    let described = world.on_day("2024-01-01").annex_with("annex", json!({"outside_parties": true}));
    let signed = json!({"county": null, "form": "agreement", "outside_parties": true});
    assert_eq!([described, world.annex_with("other", signed)], ANNEXES);
    world
}

fn date() -> impl Strategy<Value = String> {
    (3u8..=12, 1u8..=28).prop_map(|(month, day)| format!("2023-{month:02}-{day:02}"))
}

fn party() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["p1", "p2", "p3", "kelpo"])
}

fn annex() -> impl Strategy<Value = u64> {
    prop::sample::select(ANNEXES.to_vec())
}

/// Acts that happen on a day, as opposed to records about records.
fn act() -> impl Strategy<Value = Said> {
    let effect = prop::sample::select(vec!["approve", "approve", "approve", "reject", "withdraw", "note"]);
    let text = || prop::sample::select(vec!["annex", "other", "other"]);
    prop_oneof![
        3 => (party(), annex(), date())
            .prop_map(|(party, annex, date)| (party, "annex_committed", json!({"annex": annex, "occurred_on": date}))),
        2 => (annex(), date()).prop_map(|(annex, date)| {
            ("kelpo", "outside_party_joined", json!({"annex": annex, "occurred_on": date}))
        }),
        3 => (party(), annex(), date(), date()).prop_map(|(party, annex, date, from)| {
            (party, "annex_commitment_ended", json!({"annex": annex, "occurred_on": date, "takes_effect_on": from}))
        }),
        5 => (party(), text(), effect, date(), 1u8..9).prop_map(|(party, text, effect, date, section)| {
            let change = json!({"effect": effect, "section": section.to_string(), "subject": {"digest": digest(text)}});
            (party, "decision_recorded", with(approval(&date), change))
        }),
        5 => (party(), text(), date()).prop_map(|(party, text, date)| {
            (party, "text_signed", with(signature("a", &date), json!({"text": digest(text)})))
        }),
        1 => (party(), 7u64..30, date()).prop_map(|(party, decision, date)| {
            (party, "challenge_resolved", json!({"by": "oikeus", "decision": decision, "outcome": "annulled", "occurred_on": date}))
        }),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        6 => act(),
        1 => (party(), 7u64..30).prop_map(|(party, version)| {
            (party, "record_retracted", json!({"version": version, "occurred_on": "2024-01-01"}))
        }),
    ]
}

fn world_of(said: &[Said]) -> World {
    let mut world = world();
    for (actor, kind, data) in said {
        let _ = world.say(actor, kind, data.clone());
    }
    world
}

/// The counts of the agreement itself.
fn counts(world: &World, on: &str) -> Value {
    let status = serde_json::to_value(world.status(on)).unwrap();
    let names =
        ["approved", "bound", "conditions_met", "in_force", "missing", "parties_current", "parties_total", "signed"];
    names.iter().map(|name| (name.to_string(), status[*name].clone())).collect()
}

proptest! {
    #![proptest_config(tried())]

    #[test]
    fn nothing_about_an_annex_and_nobody_outside_changes_a_count_of_the_roster(said in prop::collection::vec(said(), 0..25), on in date()) {
        let mut world = world();
        let before = counts(&world, &on);
        for (actor, kind, data) in said {
            let _ = world.say(actor, kind, data);
            prop_assert_eq!(&counts(&world, &on), &before);
        }
        prop_assert_eq!(world.status(&on).parties.len(), 3);
    }

    #[test]
    fn an_annex_holds_for_nobody_alone_and_a_description_for_nobody_without_the_county(said in prop::collection::vec(said(), 0..30), on in date()) {
        for annex in world_of(&said).status(&on).annexes {
            let holds = annex.parties.iter().filter(|part| part.state.holds()).count() as u64;
            prop_assert_eq!(holds, annex.joined);
            prop_assert_ne!(holds, 1);
            prop_assert_eq!(annex.in_force, holds > 0);
            let county = annex.parties[0].state.holds();
            prop_assert!(annex.form == AnnexForm::Agreement || county == (holds > 0));
            for part in &annex.parties {
                prop_assert_eq!(part.state.holds(), part.why_not.is_none());
                prop_assert_eq!(part.state.holds(), part.joined_on.is_some_and(|joined| joined <= annex_date(&on)));
                prop_assert!(part.joined_on.is_none_or(|joined| annex.in_force_since.is_some_and(|since| since <= joined)));
            }
        }
    }

    #[test]
    fn what_happens_later_changes_nothing_of_an_earlier_day(said in prop::collection::vec(said(), 0..25), later in prop::collection::vec(act(), 1..6), on in date()) {
        let mut world = world_of(&said);
        let before = world.status(&on).annexes;
        for (actor, kind, data) in later {
            if data["occurred_on"].as_str() > Some(on.as_str()) {
                let _ = world.say(actor, kind, data);
            }
        }
        prop_assert_eq!(world.status(&on).annexes, before);
    }

    #[test]
    fn what_is_retracted_is_as_if_it_had_never_been_said(said in prop::collection::vec(said(), 0..25), extra in act(), on in date()) {
        let mut world = world_of(&said);
        let before = world.status(&on);
        let (actor, kind, data) = extra;
        if let Ok(version) = world.say(actor, kind, data) {
            world.given(actor, "record_retracted", json!({"version": version, "occurred_on": "2024-01-01"}));
            let now = world.status(&on);
            prop_assert_eq!((now.annexes, now.areas, now.duties), (before.annexes, before.areas, before.duties));
        }
    }
}

fn annex_date(on: &str) -> sinetti_events::primitives::time::Date {
    on.parse().unwrap()
}
