//! `counterpart_ended`: a counterpart is one no more.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Ends an assignment on `occurred_on`; by the party that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterpartEnded {
    /// Version of the `counterpart_assigned`.
    pub assignment: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "counterpart_ended",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A counterpart is one no more.",
    args: &["target"],
    schema: with_common::<CounterpartEnded>,
};

impl ActType for CounterpartEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.assignment.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.assignment]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/assignment", "/party", "/invented"]
    }
}

fn decide(_act: &CounterpartEnded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
