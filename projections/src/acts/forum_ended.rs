//! `forum_ended`: a forum of the agreement ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Ends a forum; by the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForumEnded {
    /// Where that was agreed.
    pub basis: Line,
    /// Which forum.
    pub forum: Slug,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "forum_ended",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A forum of the agreement ends.",
    args: &["forum"],
    schema: with_common::<ForumEnded>,
};

impl ActType for ForumEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("forum", self.forum.to_string())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/forum", "/invented"]
    }
}

fn decide(_act: &ForumEnded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
