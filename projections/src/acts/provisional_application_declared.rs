//! `provisional_application_declared`: a party applies a text before it is in force (VCLT 25).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::line::Words;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::periods::Course;
use crate::provisional;
use crate::refusal::Refusal;
use crate::seats;
use crate::texts;

/// A party applies the current text provisionally. It counts as neither approval nor signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalApplicationDeclared {
    /// Version of the own `decision_recorded`, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// The first day.
    pub from: Date,
    /// Which parts, where not all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Words>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "provisional_application_declared",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party applies the text before it is in force.",
    args: &["from"],
    schema: with_common::<ProvisionalApplicationDeclared>,
};

impl ActType for ProvisionalApplicationDeclared {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("from", self.from.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.decision.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(act: &ProvisionalApplicationDeclared, case: &Case<'_>) -> Result<(), Refusal> {
    let (party, on) = (case.named_party()?, case.occurred_on());
    case.check_not_ended()?;
    if let Some(version) = act.decision {
        let (decision, _) = case.own_decision(version, "data.decision")?;
        case.check_after(decision)?;
    }
    if act.from < on {
        let reason = format!("{} is before {on}, when the party says so", act.from);
        return Err(Refusal::new("provisional-date", "data.from", reason, format!("{on} or later")));
    }
    if texts::current(case.agreement, on).is_none() {
        let reason = "no text is deposited that it could apply";
        return Err(Refusal::new("text-unknown", "data", reason, "the registrar deposits it with text_deposited"));
    }
    let held = seats::held_by(case.agreement, party, on);
    let Some((held, course)) = held.zip(Course::of(case.agreement, on)) else { return Ok(()) };
    let Some(standing) = course.force.standing(&held.seat.party) else { return Ok(()) };
    if course.binds(standing) {
        let reason = format!("the agreement is in force for {party} on {on}");
        return Err(Refusal::new("in-force-already", "data.occurred_on", reason, "there is nothing provisional"));
    }
    match provisional::declared(&course, standing) {
        None => Ok(()),
        Some((entry, _)) => {
            let reason = format!("record {} declares it already", entry.version);
            Err(Refusal::new(
                "provisional-already",
                "data",
                reason,
                "end that one with provisional_application_ended first, to declare another scope",
            ))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, with};
    use crate::status::NoteCode;

    fn declared(date: &str, from: &str) -> Value {
        json!({"from": from, "occurred_on": date})
    }

    fn applies(world: &World, party: &str, on: &str) -> bool {
        let row = world.status(on).parties.into_iter().find(|row| row.party.as_str() == party).unwrap();
        assert_eq!(row.provisional.is_some(), row.has(NoteCode::AppliesProvisionally));
        row.provisional.is_some()
    }

    #[test]
    fn given_a_text_when_a_party_applies_it_provisionally_then_that_shows_and_counts_as_nothing() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01");
        let scope = json!({"scope": {"fi": "luku 3"}});
        let version =
            world.given("p1", "provisional_application_declared", with(declared("2023-05-01", "2023-05-10"), scope));
        assert_eq!((world.counts(), world.now().bound, world.now().in_force), ((0, 0, 2), 0, false));
        let row = world.row("p1");
        let provisional = row.provisional.unwrap();
        assert_eq!((provisional.version, provisional.from.to_string().as_str()), (version, "2023-05-10"));
        assert!(!applies(&world, "p1", "2023-05-09") && applies(&world, "p1", "2023-05-10"));
        assert!(!applies(&world, "p2", "2023-05-10"));
    }

    #[test]
    fn it_ends_when_the_agreement_is_in_force_for_the_party() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").given(
            "p1",
            "provisional_application_declared",
            declared("2023-05-01", "2023-05-01"),
        );
        world.complete([1, 2], "2023-05-20");
        assert!(applies(&world, "p1", "2023-05-19") && !applies(&world, "p1", "2023-05-20"));
        let again = declared("2023-05-21", "2023-05-21");
        assert_eq!(world.slug("p1", "provisional_application_declared", again), "in-force-already");
    }

    #[test]
    fn it_ends_when_the_party_decides_against_the_text_or_leaves() {
        let mut world = World::of_parties(3);
        world.on_day("2023-06-01");
        for party in ["p1", "p2"] {
            world.given(party, "provisional_application_declared", declared("2023-05-01", "2023-05-01"));
        }
        world.given("p1", "decision_recorded", with(approval("2023-05-10"), json!({"effect": "reject"})));
        assert!(applies(&world, "p1", "2023-05-09") && !applies(&world, "p1", "2023-05-10"));
        let leaving = json!({"occurred_on": "2023-05-10", "takes_effect_on": "2023-05-15"});
        assert_eq!(world.slug("p3", "withdrawal_notified", leaving.clone()), "not-bound");
        world.given("p2", "withdrawal_notified", leaving);
        assert!(applies(&world, "p2", "2023-05-14") && !applies(&world, "p2", "2023-05-15"));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        let other = world.on_day("2023-06-01").approve("p2", "2023-05-01");
        for (change, slug) in [
            (json!({"from": "2023-04-30"}), "provisional-date"),
            (json!({"decision": other}), "record-of-another-party"),
            (json!({"decision": 2}), "record-of-another-type"),
            (json!({"occurred_on": "2023-06-02", "from": "2023-06-02"}), "date-in-future"),
            (json!({"from": null}), "data-malformed"),
        ] {
            let data = with(declared("2023-05-01", "2023-05-01"), change.clone());
            assert_eq!(world.slug("p1", "provisional_application_declared", data), slug, "{change}");
        }
        world.given("p1", "provisional_application_declared", declared("2023-05-01", "2023-07-01"));
        let again = declared("2023-05-02", "2023-05-02");
        assert_eq!(world.slug("p1", "provisional_application_declared", again), "provisional-already");
        let mut bare = World::of_parties(2);
        bare.given("registrar", "record_retracted", json!({"occurred_on": "2023-02-14", "version": 2}));
        let refusal = bare.refused("p1", "provisional_application_declared", declared("2023-02-14", "2023-02-14"));
        assert_eq!(refusal.slug, "text-unknown");
    }
}
