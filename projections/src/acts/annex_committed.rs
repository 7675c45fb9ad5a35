//! `annex_committed`: a party commits to an annex of form `description`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Commits to an annex of form `description`; by a party that can join it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnexCommitted {
    /// Version of the `annex_deposited`.
    pub annex: u64,
    /// Version of the own `decision_recorded` that commits, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "annex_committed",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party commits to an annex.",
    args: &["target"],
    schema: with_common::<AnnexCommitted>,
};

impl ActType for AnnexCommitted {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.annex.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        std::iter::once(self.annex).chain(self.decision).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/annex", "/decision", "/party", "/invented"]
    }
}

fn decide(_act: &AnnexCommitted, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
