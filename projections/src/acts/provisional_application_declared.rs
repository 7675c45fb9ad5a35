//! `provisional_application_declared`: a party applies a text before it is in force (VCLT 25).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::line::Words;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A party applies the current text provisionally. It counts as neither approval nor signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalApplicationDeclared {
    /// Version of the own `decision_recorded`, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// The first day.
    pub from: Date,
    /// Which parts, where not all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Words>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "provisional_application_declared",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party applies the text before it is in force.",
    args: &["from"],
    schema: with_common::<ProvisionalApplicationDeclared>,
};

impl ActType for ProvisionalApplicationDeclared {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("from", self.from.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.decision.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(_act: &ProvisionalApplicationDeclared, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
