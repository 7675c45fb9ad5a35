//! `condition_settled`: a condition of an approval is settled.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::decision_recorded::{ConditionKind, DecisionRecorded};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::agreement::Entry;
use crate::case::Case;
use crate::conditions;
use crate::refusal::Refusal;

/// What became of a condition: the approving party says it of a suspensive condition, once; each other party answers
/// a reservation for itself, and may accept after it had objected. A declaration needs no settling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionSettled {
    /// Its place in the `conditions` of the decision, from 0.
    pub condition: u64,
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// What became of it.
    pub outcome: ConditionOutcome,
}

/// What became of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConditionOutcome {
    /// Of a reservation: this party accepts it.
    Accepted,
    /// Of a suspensive condition: it can no longer be fulfilled.
    Failed,
    /// Of a suspensive condition: it is fulfilled.
    Fulfilled,
    /// Of a reservation: this party objects to it.
    Objected,
}

impl ConditionOutcome {
    /// All of them.
    pub const ALL: &[ConditionOutcome] = &[
        ConditionOutcome::Accepted,
        ConditionOutcome::Failed,
        ConditionOutcome::Fulfilled,
        ConditionOutcome::Objected,
    ];

    /// The kind of condition that it settles.
    pub fn kind(self) -> ConditionKind {
        match self {
            ConditionOutcome::Accepted | ConditionOutcome::Objected => ConditionKind::Reservation,
            ConditionOutcome::Failed | ConditionOutcome::Fulfilled => ConditionKind::Suspensive,
        }
    }

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            ConditionOutcome::Accepted => "accepted",
            ConditionOutcome::Failed => "failed",
            ConditionOutcome::Fulfilled => "fulfilled",
            ConditionOutcome::Objected => "objected",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "condition_settled",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A condition of an approval is settled.",
    args: &["condition", "outcome", "target"],
    schema: with_common::<ConditionSettled>,
};

impl ActType for ConditionSettled {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("condition", (self.condition + 1).to_string()),
            ("outcome", self.outcome.as_str().to_owned()),
            ("target", self.decision.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/condition", "/decision", "/party", "/invented"]
    }
}

fn decide(act: &ConditionSettled, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, decision) = case.decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    let kind = check_condition(act, decision)?;
    if kind == ConditionKind::Suspensive {
        case.own_decision(act.decision, "data.decision")?;
        return check_repeated(act, case);
    }
    check_answering(act, entry, decision, case)?;
    check_answer(act, case)
}

/// There is such a condition, and the outcome is one of its kind.
fn check_condition(act: &ConditionSettled, decision: &DecisionRecorded) -> Result<ConditionKind, Refusal> {
    let member = "data.condition";
    let place = usize::try_from(act.condition).ok();
    let Some(condition) = place.and_then(|place| decision.conditions.get(place)) else {
        let reason = format!("decision {} has no condition {}", act.decision, act.condition);
        let count = decision.conditions.len();
        let accepted =
            if count == 0 { "it has none".to_owned() } else { format!("it has 0 to {}, counted from 0", count - 1) };
        return Err(Refusal::new("condition-unknown", member, reason, accepted));
    };
    let accepted = match condition.kind {
        ConditionKind::Declaration => {
            let reason = "it is a mere declaration: the approval counts without any settling";
            return Err(Refusal::new("condition-declaration", member, reason, "nothing is to be recorded"));
        }
        ConditionKind::Reservation => "a reservation is accepted or objected to, by each other party",
        ConditionKind::Suspensive => "a suspensive condition is fulfilled or failed, as the approving party says",
    };
    if act.outcome.kind() == condition.kind {
        return Ok(condition.kind);
    }
    let reason = format!("{} is no outcome of such a condition", act.outcome.as_str());
    Err(Refusal::new("condition-outcome", "data.outcome", reason, accepted))
}

/// A suspensive condition is settled once.
fn check_repeated(act: &ConditionSettled, case: &Case<'_>) -> Result<(), Refusal> {
    let settled = case.agreement.about(act.decision).find(
        |it| matches!(&it.act, Act::ConditionSettled(it) if it.decision == act.decision && it.condition == act.condition),
    );
    settled.map_or(Ok(()), |other| Err(settled_already(other)))
}

/// A reservation is answered by those with whom its party agrees.
fn check_answering(
    act: &ConditionSettled,
    entry: &Entry,
    decision: &DecisionRecorded,
    case: &Case<'_>,
) -> Result<(), Refusal> {
    let Some(party) = case.party() else { return Ok(()) };
    let asked = conditions::answering(case.agreement, entry, decision, case.occurred_on());
    if asked.iter().any(|held| held.is_held_by(party, case.occurred_on())) {
        return Ok(());
    }
    let names: Vec<&str> = asked.iter().map(|held| held.seat.party.as_str()).collect();
    let reason = format!("the reservation of decision {} is not for {party} to answer", act.decision);
    Err(Refusal::new("reservation-not-yours", "data.decision", reason, format!("those asked: {}", names.join(", "))))
}

/// An acceptance stands; an objection may be followed by acceptance.
fn check_answer(act: &ConditionSettled, case: &Case<'_>) -> Result<(), Refusal> {
    let theirs = case.agreement.about(act.decision).filter(|other| case.speaks_for(other));
    let answers = theirs.filter_map(|other| match &other.act {
        Act::ConditionSettled(it) if it.decision == act.decision && it.condition == act.condition => {
            Some((other, it.outcome))
        }
        _ => None,
    });
    match answers.max_by_key(|(other, _)| (other.common.occurred_on, other.version)) {
        Some((other, ConditionOutcome::Objected)) if act.outcome == ConditionOutcome::Accepted => {
            case.check_after(other)
        }
        Some((other, _)) => Err(settled_already(other)),
        None => Ok(()),
    }
}

fn settled_already(other: &Entry) -> Refusal {
    let reason = format!("record {} says what became of it already", other.version);
    Refusal::new(
        "condition-settled-already",
        "data.condition",
        reason,
        "retract that record if it was sent in error; who objected can still accept",
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, conditional, with};
    use crate::status::NoteCode;

    fn settled(decision: u64, condition: u64, outcome: &str, date: &str) -> Value {
        json!({"condition": condition, "decision": decision, "occurred_on": date, "outcome": outcome})
    }

    #[test]
    fn given_a_suspensive_condition_when_it_is_fulfilled_then_the_approval_counts_from_that_day() {
        let mut world = World::of_parties(3);
        let data = conditional("2023-05-08", &["suspensive", "declaration"]);
        let decision = world.on_day("2023-12-01").given("p1", "decision_recorded", data);
        assert_eq!(world.row("p1").why(), Some("conditional"));
        let fulfilled = world.given("p1", "condition_settled", settled(decision, 0, "fulfilled", "2023-08-14"));
        let row = world.row("p1");
        assert!(row.approved && row.has(NoteCode::ConditionsSettled) && row.has(NoteCode::ApprovalWithDeclaration));
        assert_eq!(row.approved_on.unwrap().to_string(), "2023-08-14");
        assert_eq!((world.status("2023-08-13").approved, world.status("2023-08-14").approved), (0, 1));
        world.given("p1", "record_retracted", json!({"occurred_on": "2023-12-01", "version": fulfilled}));
        assert_eq!(world.row("p1").why(), Some("conditional"));
        world.given("p1", "condition_settled", settled(decision, 0, "failed", "2023-09-01"));
        assert_eq!(world.row("p1").why(), Some("condition_failed"));
        assert_eq!(world.status("2023-08-31").parties[0].why(), Some("conditional"));
    }

    #[test]
    fn all_of_several_conditions_must_be_settled() {
        let mut world = World::of_parties(2);
        let data = conditional("2023-05-08", &["suspensive", "reservation", "suspensive"]);
        let decision = world.on_day("2023-12-01").given("p1", "decision_recorded", data);
        world.given("p1", "condition_settled", settled(decision, 0, "fulfilled", "2023-07-01"));
        world.given("p2", "condition_settled", settled(decision, 1, "accepted", "2023-09-01"));
        assert_eq!(world.row("p1").why(), Some("conditional"));
        world.given("p1", "condition_settled", settled(decision, 2, "fulfilled", "2023-08-01"));
        assert_eq!(world.row("p1").approved_on.unwrap().to_string(), "2023-09-01");
    }

    #[test]
    fn a_reservation_counts_once_every_other_seat_has_accepted_it() {
        let mut world = World::of_parties(4);
        let data = conditional("2023-05-08", &["reservation"]);
        let decision = world.on_day("2023-12-01").given("p1", "decision_recorded", data);
        world.given("p2", "condition_settled", settled(decision, 0, "accepted", "2023-06-01"));
        world.given("p3", "condition_settled", settled(decision, 0, "objected", "2023-06-05"));
        let row = world.row("p1");
        assert_eq!(row.why(), Some("reservation_objected"));
        let condition = &row.decision.unwrap().conditions[0];
        let names = |parties: &[sinetti_events::primitives::ids::PartyId]| {
            parties.iter().map(|it| it.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(&condition.accepted), ["p2"]);
        assert_eq!((names(&condition.objected), names(&condition.awaited)), (vec!["p3".into()], vec!["p4".into()]));
        world.given("p4", "condition_settled", settled(decision, 0, "accepted", "2023-07-01"));
        assert_eq!(world.row("p1").why(), Some("reservation_objected"));
        // Who objected accepts after all.
        world.given("p3", "condition_settled", settled(decision, 0, "accepted", "2023-08-01"));
        assert_eq!(world.row("p1").approved_on.unwrap().to_string(), "2023-08-01");
        assert_eq!(world.status("2023-07-31").parties[0].why(), Some("reservation_objected"));
        assert_eq!(world.status("2023-06-04").parties[0].why(), Some("conditional"));
    }

    #[test]
    fn under_a_bilateral_rule_the_hub_alone_answers() {
        let mut world = World::with_rule(3, json!({"hub": "p1", "kind": "each_when_approved_and_signed"}));
        let data = conditional("2023-05-08", &["reservation"]);
        let decision = world.on_day("2023-12-01").given("p2", "decision_recorded", data);
        let accepted = settled(decision, 0, "accepted", "2023-06-01");
        let refusal = world.refused("p3", "condition_settled", accepted.clone());
        assert_eq!((refusal.slug, refusal.accepted.as_str()), ("reservation-not-yours", "those asked: p1"));
        world.given("p1", "condition_settled", accepted);
        assert!(world.row("p2").approved);
    }

    #[test]
    fn who_accedes_before_all_have_accepted_answers_too_and_who_comes_after_finds_it_accepted() {
        let accede = |world: &mut World, number: u64, date: &str| {
            world.register(&format!("p{number}"));
            let seat = json!({"number": number, "party": format!("p{number}")});
            let data = json!({"basis": "kaikkien suostumus", "occurred_on": date, "seat": seat});
            world.given("registrar", "party_acceded", data);
        };
        let mut world = World::of_parties(2);
        let data = conditional("2023-05-08", &["reservation"]);
        let decision = world.on_day("2023-12-01").given("p1", "decision_recorded", data);
        accede(&mut world, 3, "2023-06-01");
        world.given("p2", "condition_settled", settled(decision, 0, "accepted", "2023-06-15"));
        assert_eq!(world.row("p1").why(), Some("conditional"));
        assert_eq!(world.row("p1").decision.unwrap().conditions[0].awaited[0].as_str(), "p3");
        world.given("p3", "condition_settled", settled(decision, 0, "accepted", "2023-07-01"));
        accede(&mut world, 4, "2023-08-01");
        assert_eq!(world.row("p1").approved_on.unwrap().to_string(), "2023-07-01");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(3);
        let data = conditional("2023-05-08", &["suspensive", "reservation", "declaration"]);
        let decision = world.on_day("2023-12-01").given("p1", "decision_recorded", data);
        let plain = world.approve("p2", "2023-05-08");
        for (actor, decision, condition, outcome, date, slug) in [
            ("p1", decision, 3, "fulfilled", "2023-06-01", "condition-unknown"),
            ("p2", plain, 0, "fulfilled", "2023-06-01", "condition-unknown"),
            ("p1", decision, u64::MAX >> 11, "fulfilled", "2023-06-01", "condition-unknown"),
            ("p1", decision, 2, "fulfilled", "2023-06-01", "condition-declaration"),
            ("p1", decision, 0, "accepted", "2023-06-01", "condition-outcome"),
            ("p2", decision, 1, "fulfilled", "2023-06-01", "condition-outcome"),
            ("p2", decision, 0, "fulfilled", "2023-06-01", "record-of-another-party"),
            ("p1", decision, 1, "accepted", "2023-06-01", "reservation-not-yours"),
            ("p1", decision, 0, "fulfilled", "2023-05-07", "date-before-cause"),
            ("p1", 2, 0, "fulfilled", "2023-06-01", "record-of-another-type"),
        ] {
            let data = settled(decision, condition, outcome, date);
            assert_eq!(world.slug(actor, "condition_settled", data.clone()), slug, "{actor} {data}");
        }
        world.given("p1", "condition_settled", settled(decision, 0, "fulfilled", "2023-06-01"));
        let again = settled(decision, 0, "failed", "2023-07-01");
        assert_eq!(world.slug("p1", "condition_settled", again), "condition-settled-already");
        world.given("p2", "condition_settled", settled(decision, 1, "accepted", "2023-06-01"));
        for outcome in ["accepted", "objected"] {
            let again = settled(decision, 1, outcome, "2023-07-01");
            assert_eq!(world.slug("p2", "condition_settled", again), "condition-settled-already");
        }
        world.given("p3", "condition_settled", settled(decision, 1, "objected", "2023-07-01"));
        let earlier = settled(decision, 1, "accepted", "2023-06-30");
        assert_eq!(world.slug("p3", "condition_settled", earlier), "date-before-cause");
    }

    #[test]
    fn a_settled_condition_is_not_corrected_away() {
        let mut world = World::of_parties(2);
        let data = conditional("2023-05-08", &["suspensive", "declaration"]);
        let decision = world.on_day("2023-12-01").given("p1", "decision_recorded", data);
        let correct = |field: &str, old: &str, new: &str| json!({"changes": [{"field": field, "old": old, "new": new}], "occurred_on": "2023-12-01", "version": decision});
        world.given("p1", "condition_settled", settled(decision, 0, "fulfilled", "2023-06-01"));
        let changed = correct("/conditions/0/kind", "suspensive", "reservation");
        assert_eq!(world.slug("p1", "record_corrected", changed), "correction-not-possible");
        world.given("p1", "record_corrected", correct("/section", "21", "22"));
        assert!(world.row("p1").approved);
    }

    #[test]
    fn what_only_the_registrar_says_of_a_condition_is_noted() {
        let mut world = World::of_parties(2);
        let decision =
            world.on_day("2023-12-01").given("p1", "decision_recorded", conditional("2023-05-08", &["suspensive"]));
        let source = json!({"party": "p1", "source": "https://example.fi"});
        world.given("registrar", "condition_settled", with(settled(decision, 0, "fulfilled", "2023-06-01"), source));
        assert!(world.row("p1").has(NoteCode::ConditionsSettledByTranscription));
        assert!(!world.row("p1").has(NoteCode::ConditionsSettled));
        // An unconditional approval needs nothing settled.
        world.given("p2", "decision_recorded", approval("2023-05-08"));
        assert!(!world.row("p2").has(NoteCode::ConditionsSettled));
    }
}
