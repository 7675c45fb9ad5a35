//! Anything that anybody may say of an agreement, in any order: what properties are tried on.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::given::{World, amendment, approval, conditional, digest, signature, text_a, text_b, with};

/// Seats of the opening: `p1` to `p3`. `p4` has none and may come to one.
pub const PARTIES: u64 = 3;

/// Something that somebody says: actor, type, members.
pub type Said = (String, &'static str, Value);

/// How many sequences each property is tried on: 96, or as many as `PROPTEST_CASES` asks for.
pub fn tried() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if default.cases == 256 { 96 } else { default.cases };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

/// A day of 2023.
pub fn date() -> impl Strategy<Value = String> {
    (1u8..=12, 1u8..=28).prop_map(|(month, day)| format!("2023-{month:02}-{day:02}"))
}

fn party() -> impl Strategy<Value = String> {
    (1..=PARTIES + 1).prop_map(|n| format!("p{n}"))
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![text_a(), text_a(), text_b(), digest("m")])
}

pub fn decision() -> impl Strategy<Value = Value> {
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
    (date(), resolution, effect, minutes, text(), 1u8..4, prop::sample::select(vec!["final", "open"])).prop_map(
        |(date, resolution, effect, minutes, text, section, finality)| {
            let changes = json!({"resolution": resolution, "effect": effect, "minutes": minutes, "finality": finality,
            "section": section.to_string(), "subject": {"digest": text}});
            let conditions = ["suspensive", "reservation"];
            let hangs = effect == "approve_conditionally";
            with(if hangs { conditional(&date, &conditions) } else { approval(&date) }, changes)
        },
    )
}

/// What concerns decisions, signatures and records.
pub fn deciding() -> impl Strategy<Value = Said> {
    prop_oneof![
        4 => (party(), decision()).prop_map(|(party, data)| (party, "decision_recorded", data)),
        // Much of what is said is what is asked for, so that agreements do enter into force.
        3 => (party(), date()).prop_map(|(party, date)| (party, "decision_recorded", approval(&date))),
        3 => (party(), date()).prop_map(|(party, date)| {
            let subject = json!({"section": "9", "subject": {"digest": digest("m")}});
            (party, "decision_recorded", with(approval(&date), subject))
        }),
        3 => (party(), date()).prop_map(|(party, date)| {
            (party, "text_signed", with(signature("a", &date), json!({"text": digest("m")})))
        }),
        2 => (party(), date(), prop::sample::select(vec!["a", "b"]), text()).prop_map(|(party, date, role, text)| {
            (party, "text_signed", with(signature(role, &date), json!({"text": text})))
        }),
        1 => (party(), date()).prop_map(|(party, date)| {
            let data = json!({"minor_technical_changes": false, "occurred_on": date, "required": {"kind": "all"}, "roles": ["a", "b"]});
            (party, "signing_mandate_recorded", data)
        }),
        2 => (own_record(), date())
            .prop_map(|((party, version), date)| (party, "record_retracted", json!({"version": version, "occurred_on": date}))),
        1 => (own_record(), date())
            .prop_map(|((party, decision), date)| (party, "minutes_confirmed", json!({"decision": decision, "occurred_on": date}))),
        1 => (own_record(), date()).prop_map(|((party, version), date)| {
            let changes = json!([{"field": "/effect", "old": "approve", "new": "note"}]);
            (party, "record_corrected", json!({"version": version, "occurred_on": date, "changes": changes}))
        }),
        2 => (own_record(), date()).prop_map(|((party, decision), date)| {
            (party, "decision_challenged", json!({"decision": decision, "kind": "appeal", "occurred_on": date}))
        }),
        1 => (own_record(), date()).prop_map(|((party, decision), date)| {
            (party, "challenge_resolved", json!({"by": "oikeus", "decision": decision, "outcome": "annulled", "occurred_on": date}))
        }),
        4 => (own_record(), date(), any::<prop::sample::Index>())
            .prop_map(|((party, record), date, kind)| later(party, record, &date, kind)),
        1 => (date(), any::<bool>()).prop_map(|(date, other)| {
            let digest = if other { text_b() } else { text_a() };
            ("registrar".to_owned(), "text_opened_for_approval", json!({"occurred_on": date, "text": {"digest": digest}}))
        }),
        1 => date().prop_map(|date| {
            ("registrar".to_owned(), "entry_into_force_determined", json!({"in_force_from": date, "occurred_on": date}))
        }),
        6 => conditions(),
    ]
}

/// A condition settled by who may: by the decision's own party, or for a reservation by another.
fn conditions() -> impl Strategy<Value = Said> {
    let outcome = prop::sample::select(vec![
        ("p1", 5, 0, "fulfilled"),
        ("p2", 6, 0, "fulfilled"),
        ("p1", 5, 0, "failed"),
        ("p2", 5, 1, "accepted"),
        ("p3", 5, 1, "accepted"),
        ("p3", 6, 1, "objected"),
    ]);
    (outcome, date()).prop_map(|((party, decision, condition, outcome), date)| {
        let data = json!({"condition": condition, "decision": decision, "occurred_on": date, "outcome": outcome});
        (party.to_owned(), "condition_settled", data)
    })
}

/// What follows on the record at `record`, which is often no fitting one.
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

/// A party and a record that may be its own: in an agreement that is in force when it begins, often its decision.
fn own_record() -> impl Strategy<Value = (String, u64)> {
    let begun = (1..=PARTIES, 0u64..2).prop_map(|(n, signature)| (format!("p{n}"), 2 + 2 * n + signature));
    prop_oneof![(party(), 1u64..30), begun]
}

/// What concerns force, membership and disputes, by those who may say it.
pub fn of_force() -> impl Strategy<Value = Said> {
    let record = 1u64..30;
    let registrar = |kind: &'static str| move |data: Value| ("registrar".to_owned(), kind, data);
    prop_oneof![
        2 => (date(), date(), prop::sample::select(vec![None, None, Some(10)])).prop_map(|(from, date, amendment)| {
            // Whatever the computed date: a later one was agreed.
            let data = json!({"agreed_later": {"source": "x"}, "in_force_from": from, "occurred_on": date});
            with(data, json!({"amendment": amendment}))
        }).prop_map(registrar("entry_into_force_determined")),
        2 => (party(), date(), date())
            .prop_map(|(party, date, day)| (party, "withdrawal_notified", json!({"occurred_on": date, "takes_effect_on": day}))),
        1 => (party(), record.clone(), date())
            .prop_map(|(party, notice, date)| (party, "withdrawal_revoked", json!({"notice": notice, "occurred_on": date}))),
        1 => (party(), date(), date())
            .prop_map(|(party, date, from)| (party, "provisional_application_declared", json!({"from": from, "occurred_on": date}))),
        1 => (party(), record.clone(), date()).prop_map(|(party, declaration, date)| {
            (party, "provisional_application_ended", json!({"declaration": declaration, "occurred_on": date}))
        }),
        2 => (4u64..6, party(), date())
            .prop_map(|(number, party, date)| json!({"basis": "x", "occurred_on": date, "seat": {"number": number, "party": party}}))
            .prop_map(registrar("party_acceded")),
        3 => (continued(), prop::sample::select(vec!["merged", "taken"]), date()).prop_map(|((before, after), seat, date)| {
            let data = json!({"occurred_on": date, "predecessor": before, "seat": seat});
            (after.to_owned(), "party_confirmed_by_successor", data)
        }),
        2 => (date(), prop::sample::select(vec!["unanimous", "binds_accepting"]))
            .prop_map(|(date, rule)| with(amendment("m", rule), json!({"occurred_on": date})))
            .prop_map(registrar("amendment_proposed")),
        1 => (party(), prop::option::of(record.clone()), prop::option::of(record.clone()), date()).prop_map(|(party, about, answers, date)| {
            let data = json!({"matter": "validity", "occurred_on": date});
            (party, "dispute_recorded", with(data, json!({"about": about, "answers": answers})))
        }),
        1 => (party(), record, date()).prop_map(|(party, dispute, date)| {
            (party, "dispute_resolved", json!({"by": "x", "dispute": dispute, "occurred_on": date, "outcome": "agreed"}))
        }),
        1 => (date(), date())
            .prop_map(|(date, day)| json!({"basis": "x", "kind": "terminated", "last_day": day, "occurred_on": date}))
            .prop_map(registrar("agreement_ended")),
    ]
}

/// Mergers, which the registry knows: they end `p3` or `p2`.
fn succession() -> impl Strategy<Value = Said> {
    (continued(), date()).prop_map(|((before, after), date)| {
        let data = json!({"kind": "absorbed", "occurred_on": date, "predecessors": [before], "successors": [after]});
        ("registrar".to_owned(), "party_succeeded", data)
    })
}

/// Who may be continued by whom.
fn continued() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![("p3", "p4"), ("p3", "p1"), ("p2", "p1")])
}

pub fn said() -> impl Strategy<Value = Said> {
    prop_oneof![10 => deciding(), 8 => of_force(), 1 => succession()]
}

/// Where it begins.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The rule of entry into force: of all, of each with `p1`, of two thirds.
    rule: Value,
    /// Whether all have done what is asked before anything is said, and an amendment is proposed.
    done: bool,
    /// Whether two have accepted the amendment, too; or, where not all is done, approved on conditions.
    accepted: bool,
    /// Whether that was determined.
    determined: bool,
}

pub fn scene() -> impl Strategy<Value = Scene> {
    let rule = prop::sample::select(vec![
        json!({"kind": "all_approved_and_signed"}),
        json!({"kind": "all_approved"}),
        json!({"hub": "p1", "kind": "each_when_approved_and_signed"}),
        json!({"kind": "threshold", "parties": {"denominator": 3, "numerator": 2}, "signatures": false}),
    ]);
    (rule, prop::bool::weighted(0.6), any::<bool>(), any::<bool>())
        .prop_map(|(rule, done, accepted, determined)| Scene { rule, done, accepted, determined })
}

/// An agreement with texts a and, from November, b for approval, that of the amendment m, and a party without a seat.
pub fn begun(scene: &Scene) -> World {
    let mut world = World::with_rule(PARTIES, scene.rule.clone());
    world.register("p4");
    world.on_day("2024-01-01").deposit_amendment("m");
    if !scene.done {
        world.deposit(&text_b(), "2023-11-01");
        for party in ["p1", "p2"].iter().filter(|_| scene.accepted) {
            world.given(party, "decision_recorded", conditional("2023-02-20", &["suspensive", "reservation"]));
        }
        return world;
    }
    world.complete(1..=PARTIES, "2023-02-20");
    let rule = if scene.accepted { "binds_accepting" } else { "unanimous" };
    world.given("registrar", "amendment_proposed", with(amendment("m", rule), json!({"occurred_on": "2023-02-20"})));
    for party in ["p1", "p2"].iter().filter(|_| scene.accepted) {
        let subject = json!({"section": "9", "subject": {"digest": digest("m")}});
        world.given(party, "decision_recorded", with(approval("2023-03-01"), subject));
        world.given(party, "text_signed", with(signature("a", "2023-03-01"), json!({"text": digest("m")})));
    }
    if scene.determined {
        let determined = json!({"in_force_from": "2023-02-20", "occurred_on": "2023-02-21"});
        let pair = scene.rule["hub"].is_string().then_some("p2");
        world.given("registrar", "entry_into_force_determined", with(determined, json!({"with_party": pair})));
    }
    world
}

pub fn world_of(said: &[Said]) -> World {
    let rule = json!({"kind": "all_approved_and_signed"});
    world_by(&Scene { rule, done: false, accepted: false, determined: false }, said)
}

pub fn world_by(scene: &Scene, said: &[Said]) -> World {
    let mut world = begun(scene);
    for (actor, kind, data) in said {
        let _ = world.say(actor, kind, data.clone());
    }
    world
}
