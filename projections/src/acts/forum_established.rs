//! `forum_established`: a forum that the opening did not have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::forum::Forum;
use super::line::Language;
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Establishes a forum of the agreement; by the registrar, where the parties agreed on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForumEstablished {
    /// Where it was agreed.
    pub basis: Line,
    /// The forum.
    pub forum: Forum,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "forum_established",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A further forum of the agreement.",
    args: &["forum", "name"],
    schema: with_common::<ForumEstablished>,
};

impl ActType for ForumEstablished {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("forum", self.forum.id.to_string()), ("name", self.forum.names.in_language(Language::Fi).to_owned())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/forum/id", "/invented"]
    }
}

fn decide(_act: &ForumEstablished, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
