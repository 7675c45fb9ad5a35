//! `division_of_work_set`: who does what in an interface area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::line::Words;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Sets who is responsible for which task of an interface area. A later one for the same area replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DivisionOfWorkSet {
    /// The interface area.
    pub area: Slug,
    /// The tasks; none twice.
    pub tasks: Vec<Task>,
}

/// One task and who does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Who takes part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributing: Vec<PartyId>,
    /// Slug, unique within the area.
    pub id: Slug,
    /// What is done.
    pub names: Words,
    /// Who is responsible; at least one.
    pub responsible: Vec<PartyId>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "division_of_work_set",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "Who does what in an interface area.",
    args: &["area", "tasks"],
    schema: with_common::<DivisionOfWorkSet>,
};

impl ActType for DivisionOfWorkSet {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("area", self.area.to_string()), ("tasks", self.tasks.len().to_string())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/area", "/party", "/invented"]
    }
}

fn decide(_act: &DivisionOfWorkSet, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
