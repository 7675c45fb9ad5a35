//! `decision_replaced`: a later decision takes the place of an earlier one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// The same party decided the matter anew: the earlier decision counts no more from the date of the later one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionReplaced {
    /// Version of the later `decision_recorded`.
    pub by: u64,
    /// Version of the earlier one.
    pub decision: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "decision_replaced",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A later decision takes the place of an earlier one.",
    args: &["by", "target"],
    schema: with_common::<DecisionReplaced>,
};

impl ActType for DecisionReplaced {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("by", self.by.to_string()), ("target", self.decision.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision, self.by]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/by", "/decision", "/party", "/invented"]
    }
}

fn decide(_act: &DecisionReplaced, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
