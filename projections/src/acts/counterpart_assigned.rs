//! `counterpart_assigned`: a party names who works with the others in an interface area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Names a party's counterpart (vastinpari) in an interface area: an office, and its holder as a disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterpartAssigned {
    /// The interface area.
    pub area: Slug,
    /// Who holds the office (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Commitment>,
    /// The office, such as `hyvinvointikoordinaattori`; never a person's name.
    pub office: Line,
    /// The unit, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Line>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "counterpart_assigned",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party names its counterpart in an interface area.",
    args: &["area", "office"],
    schema: with_common::<CounterpartAssigned>,
};

impl ActType for CounterpartAssigned {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("area", self.area.to_string()), ("office", self.office.to_string())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/area", "/party", "/invented"]
    }
}

fn decide(_act: &CounterpartAssigned, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
