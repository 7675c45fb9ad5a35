//! `text_error_objected`: a party objects to a proposed correction of a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Objects to a proposed correction; by a party, until the date that the proposal sets. While an objection
/// stands, the text stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextErrorObjected {
    /// Version of the `text_error_proposed`.
    pub proposal: u64,
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_error_objected",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party objects to the correction of a text.",
    args: &["target"],
    schema: with_common::<TextErrorObjected>,
};

impl ActType for TextErrorObjected {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.proposal.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.proposal]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/proposal", "/party", "/invented"]
    }
}

fn decide(_act: &TextErrorObjected, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
