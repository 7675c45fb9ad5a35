//! What holds whatever is said of decisions, conditions and signatures, in whatever order.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::agreement::Agreement;
use crate::given::{World, approval, conditional, signature, text_a, text_b, with};
use crate::registry::Registry;

const PARTIES: u64 = 3;

/// Something that somebody says: actor, type, members.
type Said = (String, &'static str, Value);

fn date() -> impl Strategy<Value = String> {
    (1u8..=12, 1u8..=28).prop_map(|(month, day)| format!("2023-{month:02}-{day:02}"))
}

fn party() -> impl Strategy<Value = String> {
    (1..=PARTIES).prop_map(|n| format!("p{n}"))
}

fn decision() -> impl Strategy<Value = Value> {
    let resolution =
        prop::sample::select(vec!["adopted", "adopted", "adopted_amended", "rejected", "tabled", "withdrawn"]);
    let effect = prop::sample::select(vec![
        "approve",
        "approve",
        "approve",
        "approve_conditionally",
        "note",
        "reject",
        "withdraw",
        "propose_to_superior",
    ]);
    let minutes = prop::sample::select(vec!["confirmed", "unconfirmed", "agenda"]);
    (date(), resolution, effect, minutes, any::<bool>(), 1u8..4).prop_map(|(date, resolution, effect, minutes, other, section)| {
        let digest = if other { text_b() } else { text_a() };
        let changes = json!({"resolution": resolution, "effect": effect, "minutes": minutes, "section": section.to_string(),
            "subject": {"digest": digest}});
        let hangs = if effect == "approve_conditionally" { conditional(&date, &["suspensive", "reservation"]) } else { approval(&date) };
        with(hangs, changes)
    })
}

fn said() -> impl Strategy<Value = Said> {
    let record = 1u64..30;
    prop_oneof![
        4 => (party(), decision()).prop_map(|(party, data)| (party, "decision_recorded", data)),
        3 => (party(), date(), prop::sample::select(vec!["a", "b"]))
            .prop_map(|(party, date, role)| (party, "text_signed", signature(role, &date))),
        1 => (party(), date()).prop_map(|(party, date)| {
            let data = json!({"minor_technical_changes": false, "occurred_on": date, "required": {"kind": "all"}, "roles": ["a", "b"]});
            (party, "signing_mandate_recorded", data)
        }),
        2 => (party(), record.clone(), date())
            .prop_map(|(party, version, date)| (party, "record_retracted", json!({"version": version, "occurred_on": date}))),
        1 => (party(), record.clone(), date())
            .prop_map(|(party, decision, date)| (party, "minutes_confirmed", json!({"decision": decision, "occurred_on": date}))),
        1 => (party(), record.clone(), date()).prop_map(|(party, version, date)| {
            let changes = json!([{"field": "/effect", "old": "approve", "new": "note"}]);
            (party, "record_corrected", json!({"version": version, "occurred_on": date, "changes": changes}))
        }),
        1 => (party(), record.clone(), date()).prop_map(|(party, decision, date)| {
            (party, "decision_challenged", json!({"decision": decision, "kind": "appeal", "occurred_on": date}))
        }),
        4 => (party(), record.clone(), date(), any::<prop::sample::Index>()).prop_map(|(party, record, date, kind)| later(party, record, &date, kind)),
        1 => (date(), any::<bool>()).prop_map(|(date, other)| {
            let digest = if other { text_b() } else { text_a() };
            ("registrar".to_owned(), "text_opened_for_approval", json!({"occurred_on": date, "text": {"digest": digest}}))
        }),
        1 => (party(), record, date()).prop_map(|(party, decision, date)| {
            (party, "challenge_resolved", json!({"by": "oikeus", "decision": decision, "outcome": "annulled", "occurred_on": date}))
        }),
        1 => date().prop_map(|date| ("registrar".to_owned(), "entry_into_force_determined", json!({"in_force_from": date, "occurred_on": date}))),
    ]
}

/// Something that follows on the record at `record`, which is often no fitting one.
fn later(party: String, record: u64, date: &str, kind: prop::sample::Index) -> Said {
    let of = |more: Value| with(json!({"decision": record, "occurred_on": date}), more);
    let settled = |condition: u64, outcome: &str| of(json!({"condition": condition, "outcome": outcome}));
    let (kind, data) = kind
        .get(&[
            ("minutes_published", of(json!({}))),
            ("decision_became_final", of(json!({"certificate": {"issuer": "hallinto-oikeus"}}))),
            ("decision_challenged", of(json!({"kind": "extraordinary"}))),
            ("decision_replaced", of(json!({"by": record + 1}))),
            ("condition_settled", settled(0, "fulfilled")),
            ("condition_settled", settled(1, "accepted")),
            ("condition_settled", settled(1, "objected")),
            ("signature_invalidated", json!({"ground": "not_authorised", "occurred_on": date, "signature": record})),
        ])
        .clone();
    (party, kind, data)
}

fn world_of(said: &[Said]) -> World {
    let mut world = World::of_parties(PARTIES);
    world.on_day("2024-01-01").deposit(&text_b(), "2023-06-01");
    for (actor, kind, data) in said {
        let _ = world.say(actor, kind, data.clone());
    }
    world
}

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
            for name in ["version", "acts", "corrected_by", "recorded_at"] {
                members.remove(name);
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

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
    fn counts_never_exceed_the_roster_and_agree_with_the_rows(said in prop::collection::vec(said(), 0..25), on in date()) {
        let now = world_of(&said).status(&on);
        prop_assert!(now.approved <= PARTIES && now.signed <= PARTIES && now.bound <= PARTIES);
        prop_assert_eq!(now.approved, now.parties.iter().filter(|row| row.approved).count() as u64);
        prop_assert_eq!(now.signed, now.parties.iter().filter(|row| row.signed).count() as u64);
        prop_assert_eq!(now.conditions_met, now.missing.is_empty());
        prop_assert!(now.in_force || now.bound == 0);
        prop_assert!(!now.in_force || now.conditions_met || now.contested);
        for row in &now.parties {
            let counted = row.decisions.iter().filter(|decision| decision.counted).count();
            prop_assert_eq!(row.approved, counted > 0);
        }
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
    fn whatever_is_retracted_is_as_if_it_had_never_been_said(said in prop::collection::vec(said(), 0..20), extra in said(), on in date()) {
        let without = world_of(&said);
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
