//! `dispute_resolved`: a dispute is over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

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

fn decide(_act: &DisputeResolved, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
