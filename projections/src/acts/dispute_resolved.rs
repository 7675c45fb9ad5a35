//! `dispute_resolved`: a dispute is over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::dispute_recorded::{DisputeRecorded, check_open};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;
use sinetti_events::primitives::ids::PartyId;

/// A dispute is over on `occurred_on`; by the party that raised it, or the registrar with where it is known from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeResolved {
    /// Who settled it, such as the parties or a court.
    pub by: Line,
    /// Version of the `dispute_recorded`.
    pub dispute: u64,
    /// How it ended.
    pub outcome: DisputeOutcome,
    /// On what terms (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Commitment>,
}

/// How a dispute ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputeOutcome {
    /// The parties agreed.
    Agreed,
    /// A court or other body decided it.
    Decided,
    /// Whoever raised it gave it up.
    Withdrawn,
}

impl DisputeOutcome {
    /// All of them.
    pub const ALL: &[DisputeOutcome] = &[DisputeOutcome::Agreed, DisputeOutcome::Decided, DisputeOutcome::Withdrawn];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            DisputeOutcome::Agreed => "agreed",
            DisputeOutcome::Decided => "decided",
            DisputeOutcome::Withdrawn => "withdrawn",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "dispute_resolved",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrRegistrar,
    summary: "A dispute is over.",
    args: &["by", "outcome", "target"],
    schema: with_common::<DisputeResolved>,
};

impl ActType for DisputeResolved {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("by", self.by.to_string()),
            ("outcome", self.outcome.as_str().to_owned()),
            ("target", self.dispute.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.dispute]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/dispute", "/invented"]
    }
}

fn decide(act: &DisputeResolved, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.of_kind(act.dispute, "dispute_recorded", "data.dispute")?;
    case.check_after(entry)?;
    if let Act::DisputeRecorded(DisputeRecorded { answers: Some(first), .. }) = &entry.act {
        let reason = format!("record {} is a view of a dispute", act.dispute);
        return Err(Refusal::new(
            "dispute-answer",
            "data.dispute",
            reason,
            format!("name the dispute itself, record {first}"),
        ));
    }
    check_open(act.dispute, case)?;
    let raised = case.speaks_for(entry);
    if !raised && !case.actor.is_registrar() {
        let whose = entry.party().map_or("a party that its source does not name", PartyId::as_str);
        let reason = format!("the dispute of record {} was raised by {whose}", act.dispute);
        return Err(Refusal::new(
            "record-of-another-party",
            "data.dispute",
            reason,
            "who raised it says that it is over, or the registrar with who settled it",
        ));
    }
    if act.outcome == DisputeOutcome::Withdrawn && !raised && entry.actor != *case.actor {
        let reason = "only who raised a dispute gives it up";
        return Err(Refusal::new("dispute-withdrawal", "data.outcome", reason, "agreed or decided"));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};

    fn resolved(dispute: u64, outcome: &str) -> Value {
        json!({"by": "osapuolet", "dispute": dispute, "occurred_on": "2024-05-01", "outcome": outcome})
    }

    fn world() -> (World, u64) {
        let mut world = World::of_parties(3);
        world.on_day("2024-06-01").complete(1..=3, "2023-05-08");
        let dispute = json!({"matter": "application", "occurred_on": "2024-03-01"});
        let version = world.given("p2", "dispute_recorded", dispute);
        (world, version)
    }

    #[test]
    fn given_a_dispute_when_it_is_resolved_then_nothing_is_contested_and_both_views_stay() {
        let (mut world, dispute) = world();
        let answer = json!({"answers": dispute, "matter": "application", "occurred_on": "2024-03-02"});
        world.given("p1", "dispute_recorded", answer.clone());
        assert!(world.now().contested);
        let version = world.given("p2", "dispute_resolved", resolved(dispute, "agreed"));
        let now = world.now();
        assert!(!now.contested && !now.disputes[0].open && now.disputes[0].answers.len() == 1);
        assert_eq!(now.disputes[0].resolved.as_ref().unwrap().version, version);
        assert!(world.status("2024-04-30").contested);
        // It is over: no more views, no second end.
        assert_eq!(world.slug("p3", "dispute_recorded", answer), "dispute-resolved-already");
        let again = resolved(dispute, "withdrawn");
        assert_eq!(world.slug("p2", "dispute_resolved", again), "dispute-resolved-already");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (mut world, dispute) = world();
        let answer = json!({"answers": dispute, "matter": "application", "occurred_on": "2024-03-02"});
        let answer = world.given("p1", "dispute_recorded", answer);
        for (actor, data, slug) in [
            ("p1", resolved(dispute, "agreed"), "record-of-another-party"),
            ("registrar", resolved(dispute, "withdrawn"), "dispute-withdrawal"),
            ("registrar", resolved(3, "decided"), "record-of-another-type"),
            ("p1", resolved(answer, "withdrawn"), "dispute-answer"),
            ("p2", with(resolved(dispute, "agreed"), json!({"occurred_on": "2024-02-29"})), "date-before-cause"),
            ("p2", with(resolved(dispute, "agreed"), json!({"by": null})), "data-malformed"),
        ] {
            assert_eq!(world.slug(actor, "dispute_resolved", data.clone()), slug, "{actor} {data}");
        }
        world.given(
            "registrar",
            "dispute_resolved",
            with(resolved(dispute, "decided"), json!({"by": "hallinto-oikeus"})),
        );
    }
}
