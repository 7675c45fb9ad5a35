//! `comment_submitted`: a party comments in a comment round.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A comment on a draft; by a party. One after the deadline is accepted and marked. It is no position on
/// approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentSubmitted {
    /// The comment itself (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Commitment>,
    /// Version of the own `decision_recorded` that gives it, where an organ did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// SHA-256 of the comment as a document, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Digest>,
    /// Version of the `comment_round_opened`.
    pub round: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "comment_submitted",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party comments on a draft.",
    args: &["target"],
    schema: with_common::<CommentSubmitted>,
};

impl ActType for CommentSubmitted {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.round.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        std::iter::once(self.round).chain(self.decision).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/round", "/party", "/invented"]
    }
}

fn decide(_act: &CommentSubmitted, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
