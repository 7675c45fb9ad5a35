//! `challenge_resolved`: what became of a challenge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::line::Line;
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

pub(super) fn decide(act: &ChallengeResolved, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, _) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    let Some(version) = act.challenge else { return Ok(()) };
    let challenge = case.record(version, "data.challenge")?;
    if !matches!(&challenge.act, Act::DecisionChallenged(it) if it.decision == act.decision) {
        let reason = format!("record {version} is no challenge of decision {}", act.decision);
        return Err(Refusal::new("record-of-another-type", "data.challenge", reason)
            .but("name its decision_challenged, or leave the member out"));
    }
    case.check_after(challenge)?;
    let resolved = case
        .agreement
        .live()
        .find(|other| matches!(&other.act, Act::ChallengeResolved(it) if it.challenge == Some(version)));
    match resolved {
        Some(other) => {
            let reason = format!("record {} resolves challenge {version} already", other.version);
            Err(Refusal::new("challenge-resolved-already", "data.challenge", reason)
                .but("correct that record, or retract it if it never happened"))
        }
        None => Ok(()),
    }
}
