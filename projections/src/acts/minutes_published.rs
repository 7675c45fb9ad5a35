//! `minutes_published`: the minutes of a decision were published: the time for appeal begins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// The minutes are publicly available in the information network (KuntaL § 140); `occurred_on` is the day. The
/// time for appeal runs from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesPublished {
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// SHA-256 of the extract as published, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
    /// Where they can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Line>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "minutes_published",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "The minutes of a decision were published.",
    args: &["target"],
    schema: with_common::<MinutesPublished>,
};

impl ActType for MinutesPublished {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.decision.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(_act: &MinutesPublished, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
