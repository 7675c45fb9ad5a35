//! `text_error_rectified`: an error in a text is put right from the beginning (VCLT 79(4)).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Puts the corrected text in the place of the one with the error, from the beginning; by the registrar, after
/// the last day for objections and only without any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextErrorRectified {
    /// Version of the `text_error_proposed`.
    pub proposal: u64,
    /// SHA-256 of the corrected text, in hex; deposited with `rectifies`.
    pub text: Digest,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_error_rectified",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A text with its error put right takes the place of the one with it.",
    args: &["digest", "target"],
    schema: with_common::<TextErrorRectified>,
};

impl ActType for TextErrorRectified {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("digest", self.text.to_string()), ("target", self.proposal.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.proposal]
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/proposal", "/text", "/invented"]
    }
}

fn decide(_act: &TextErrorRectified, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
