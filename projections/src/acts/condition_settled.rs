//! `condition_settled`: a condition of an approval is settled.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// What became of a condition: the approving party says it of a suspensive condition; each other party answers a
/// reservation for itself.
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

fn decide(_act: &ConditionSettled, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
