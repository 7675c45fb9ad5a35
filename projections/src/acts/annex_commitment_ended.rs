//! `annex_commitment_ended`: a party leaves an annex.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Ends a party's part in an annex, of either form; by that party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnexCommitmentEnded {
    /// Version of the `annex_deposited`.
    pub annex: u64,
    /// Version of the own `decision_recorded`, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// The first day on which the annex binds the party no more.
    pub takes_effect_on: Date,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "annex_commitment_ended",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party leaves an annex.",
    args: &["from", "target"],
    schema: with_common::<AnnexCommitmentEnded>,
};

impl ActType for AnnexCommitmentEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("from", self.takes_effect_on.to_string()), ("target", self.annex.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        std::iter::once(self.annex).chain(self.decision).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/annex", "/decision", "/party", "/invented"]
    }
}

fn decide(_act: &AnnexCommitmentEnded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
