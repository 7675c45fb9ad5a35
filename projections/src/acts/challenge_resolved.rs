//! `challenge_resolved`: what became of a challenge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;

/// The outcome of a challenge; by the decision's party, or the registrar transcribing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChallengeResolved {
    /// The organ or court that resolved it, such as `Hämeenlinnan hallinto-oikeus`.
    pub by: Line,
    /// Version of the `decision_challenged`; all that are pending when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<u64>,
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// What became of it.
    pub outcome: ChallengeOutcome,
}

/// What became of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeOutcome {
    /// The decision is set aside: from this date on it counts no more.
    Annulled,
    /// Not examined; the decision stands.
    Dismissed,
    /// Examined; the decision stands.
    Upheld,
    /// The challenger gave it up; the decision stands.
    Withdrawn,
}

impl ChallengeOutcome {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            ChallengeOutcome::Annulled => "annulled",
            ChallengeOutcome::Dismissed => "dismissed",
            ChallengeOutcome::Upheld => "upheld",
            ChallengeOutcome::Withdrawn => "withdrawn",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "challenge_resolved",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A court or organ resolved a challenge of a decision.",
    args: &["by", "outcome", "target"],
    schema: with_common::<ChallengeResolved>,
};

impl ActType for ChallengeResolved {
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
            ("target", self.decision.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/challenge", "/decision", "/invented", "/party"]
    }
}

fn decide(act: &ChallengeResolved, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, _) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    let Some(version) = act.challenge else { return Ok(()) };
    let challenge = case.record(version, "data.challenge")?;
    if !matches!(&challenge.act, Act::DecisionChallenged(it) if it.decision == act.decision) {
        let reason = format!("record {version} is no challenge of decision {}", act.decision);
        return Err(Refusal::new(
            "record-of-another-type",
            "data.challenge",
            reason,
            "name its decision_challenged, or leave the member out",
        ));
    }
    case.check_after(challenge)?;
    let resolved = case
        .agreement
        .about(act.decision)
        .find(|other| matches!(&other.act, Act::ChallengeResolved(it) if it.challenge == Some(version)));
    match resolved {
        Some(other) => {
            let reason = format!("record {} resolves challenge {version} already", other.version);
            Err(Refusal::new(
                "challenge-resolved-already",
                "data.challenge",
                reason,
                "correct that record, or retract it if it never happened",
            ))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::World;
    use crate::status::NoteCode;

    #[test]
    fn given_two_challenges_when_one_is_resolved_then_the_other_is_pending() {
        let mut world = World::of_parties(2);
        let decision = world.on_day("2023-12-01").approve("p1", "2023-05-08");
        let challenge = |kind: &str, date: &str| json!({"decision": decision, "kind": kind, "occurred_on": date});
        let first = world.given("p1", "decision_challenged", challenge("take_up", "2023-05-10"));
        let second = world.given("p1", "decision_challenged", challenge("appeal", "2023-05-20"));
        let outcome = |challenge: u64, outcome: &str| json!({"by": "kunnanhallitus", "challenge": challenge, "decision": decision, "occurred_on": "2023-06-01", "outcome": outcome});
        world.given("p1", "challenge_resolved", outcome(first, "upheld"));
        assert_eq!(world.slug("p1", "challenge_resolved", outcome(first, "upheld")), "challenge-resolved-already");
        assert!(world.row("p1").has(NoteCode::Challenged) && world.counts().0 == 1);
        world.given("p1", "challenge_resolved", outcome(second, "dismissed"));
        assert!(!world.row("p1").has(NoteCode::Challenged) && world.counts().0 == 1);
        let finality = world.row("p1").decision.unwrap().finality.unwrap();
        assert_eq!(finality.as_str(), "final");
    }

    #[test]
    fn an_annulled_decision_is_challenged_no_more_and_a_new_one_counts() {
        let mut world = World::of_parties(2);
        let decision = world.on_day("2023-12-01").approve("p1", "2023-05-08");
        let annulled =
            json!({"by": "hallinto-oikeus", "decision": decision, "occurred_on": "2023-11-01", "outcome": "annulled"});
        assert_eq!(world.slug("p2", "challenge_resolved", annulled.clone()), "record-of-another-party");
        world.given("p1", "challenge_resolved", annulled);
        let challenge = json!({"decision": decision, "kind": "appeal", "occurred_on": "2023-11-20"});
        assert_eq!(world.slug("p1", "decision_challenged", challenge), "decision-annulled");
        assert_eq!(world.counts().0, 0);
        world.approve("p1", "2023-11-27");
        assert_eq!(world.counts().0, 1);
    }

    #[test]
    fn a_challenge_of_another_decision_is_not_resolved_here() {
        let mut world = World::of_parties(2);
        let decision = world.on_day("2023-12-01").approve("p1", "2023-05-08");
        let other = world.approve("p1", "2023-05-22");
        let challenge = world.given(
            "p1",
            "decision_challenged",
            json!({"decision": other, "kind": "appeal", "occurred_on": "2023-06-01"}),
        );
        for (challenge, date, slug) in [
            (challenge, "2023-11-01", "record-of-another-type"),
            (decision, "2023-11-01", "record-of-another-type"),
            (challenge, "2023-05-01", "date-before-cause"),
        ] {
            let data = json!({"by": "hallinto-oikeus", "challenge": challenge, "decision": decision, "occurred_on": date, "outcome": "annulled"});
            assert_eq!(world.slug("p1", "challenge_resolved", data), slug);
        }
    }
}
