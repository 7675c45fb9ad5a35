//! `preparation_phase_recorded`: one phase of preparing the agreement or an annex.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args, optional};
use super::line::Line;
use super::line::Words;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A phase of preparation was done; nobody decided anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparationPhaseRecorded {
    /// The interface area that it was about; the whole agreement when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Slug>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<NamedDocument>,
    /// Which phase.
    pub phase: PreparationPhase,
    /// What was found, in a few words without names of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Words>,
}

/// A phase of preparation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PreparationPhase {
    /// Contracts and documents are drawn up.
    ContractsAndDocuments,
    /// The common tasks are mapped.
    MappingOfCommonTasks,
    /// The ways of cooperation are agreed.
    WaysOfCooperation,
}

impl PreparationPhase {
    /// All of them.
    pub const ALL: &[PreparationPhase] = &[
        PreparationPhase::ContractsAndDocuments,
        PreparationPhase::MappingOfCommonTasks,
        PreparationPhase::WaysOfCooperation,
    ];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            PreparationPhase::ContractsAndDocuments => "contracts_and_documents",
            PreparationPhase::MappingOfCommonTasks => "mapping_of_common_tasks",
            PreparationPhase::WaysOfCooperation => "ways_of_cooperation",
        }
    }
}

/// A document by its title, and by its digest where it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedDocument {
    /// SHA-256 of the document, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Its title.
    pub title: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "preparation_phase_recorded",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "A phase of the preparation was done.",
    args: &["area", "documents", "phase"],
    schema: with_common::<PreparationPhaseRecorded>,
};

impl ActType for PreparationPhaseRecorded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("area", optional(self.area.as_ref())),
            ("documents", self.documents.len().to_string()),
            ("phase", self.phase.as_str().to_owned()),
        ])
    }
}

fn decide(_act: &PreparationPhaseRecorded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
