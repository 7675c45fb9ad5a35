//! `text_error_proposed`: somebody found an error in a text (VCLT 79).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Proposes to correct an error in a text that nobody meant; by the registrar or a party. Parties can object
/// until a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextErrorProposed {
    /// What is wrong, place by place.
    pub corrections: Vec<TextCorrection>,
    /// The last day for objections. It is contractual: a Sunday stays a Sunday.
    pub objections_by: Date,
    /// SHA-256 of the text with the error, in hex.
    pub text: Digest,
}

/// One error and what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextCorrection {
    /// Where, such as `4 § 2 mom.`
    pub place: Line,
    /// What should stand there.
    pub right: Line,
    /// What stands there.
    pub wrong: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_error_proposed",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrRegistrar,
    summary: "An error in a text is to be put right.",
    args: &["corrections", "deadline", "digest"],
    schema: with_common::<TextErrorProposed>,
};

impl ActType for TextErrorProposed {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("corrections", self.corrections.len().to_string()),
            ("deadline", self.objections_by.to_string()),
            ("digest", self.text.to_string()),
        ])
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/text", "/invented"]
    }
}

fn decide(_act: &TextErrorProposed, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
