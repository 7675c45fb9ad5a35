//! `text_opened_for_approval`: the parties are asked to approve a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{self, ActType, Args, args, optional};
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Asks the parties to approve a deposited text; by the registrar. It is the current text from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextOpenedForApproval {
    /// The day by which an answer is asked for. It is contractual: a Sunday stays a Sunday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
    /// The text.
    pub text: Subject,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_opened_for_approval",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "The parties are asked to approve a text.",
    args: &["deadline", "subject"],
    schema: with_common::<TextOpenedForApproval>,
};

impl ActType for TextOpenedForApproval {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("deadline", optional(self.answer_by.as_ref())), ("subject", act_type::subject(Some(&self.text)))])
    }

    fn names(&self) -> Vec<Subject> {
        vec![self.text]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/text", "/invented"]
    }
}

fn decide(_act: &TextOpenedForApproval, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
