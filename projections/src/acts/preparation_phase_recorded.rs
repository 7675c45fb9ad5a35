//! `preparation_phase_recorded`: one phase of preparing the agreement or an annex.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args, optional};
use super::line::Line;
use super::line::Words;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::agreement::Entry;
use crate::areas;
use crate::case::{Case, twice};
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

fn decide(act: &PreparationPhaseRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    if let Some(area) = &act.area {
        areas::named(case, area, "data.area")?;
    }
    if let Some(document) = twice(&act.documents) {
        return Err(Refusal::named_twice("data.documents", &document.title));
    }
    let same = |other: &&Entry| {
        let of = match &other.act {
            Act::PreparationPhaseRecorded(it) => it.phase == act.phase && it.area == act.area,
            _ => false,
        };
        of && other.common.occurred_on == case.common.occurred_on
            && other.party() == case.party()
            && other.common.party_described == case.common.party_described
    };
    match case.agreement.of_kind(INFO.name).find(same) {
        Some(other) => {
            let reason = format!("record {} tells of this phase already", other.version);
            Err(Refusal::new("phase-recorded-already", "data", reason, "correct that record"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, digest, with};

    fn phase(phase: &str) -> Value {
        json!({"documents": [{"digest": digest("kartoitus"), "title": "Yhteisten tehtävien kartoitus"}],
            "occurred_on": "2022-11-01", "phase": phase, "summary": {"fi": "Tehtävät on kartoitettu."}})
    }

    #[test]
    fn a_phase_is_shown_with_its_documents_and_decides_nothing() {
        let mut world = World::of_parties(2);
        world.given("registrar", "preparation_phase_recorded", phase("ways_of_cooperation"));
        let earlier = with(phase("mapping_of_common_tasks"), json!({"occurred_on": "2022-09-01"}));
        world.given("p1", "preparation_phase_recorded", earlier.clone());
        let shown = world.now().drafting.phases;
        let phases: Vec<&str> = shown.iter().map(|it| it.phase.as_str()).collect();
        assert_eq!(phases, ["mapping_of_common_tasks", "ways_of_cooperation"]);
        assert_eq!(shown[0].documents[0].title.as_str(), "Yhteisten tehtävien kartoitus");
        assert_eq!((world.counts(), world.status("2022-08-31").drafting.phases.len()), ((0, 0, 2), 0));
        assert_eq!(world.slug("p1", "preparation_phase_recorded", earlier.clone()), "phase-recorded-already");
        world.given("p2", "preparation_phase_recorded", earlier);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        let document = json!({"title": "Liite"});
        for (change, slug) in [
            (json!({"area": "nowhere"}), "area-unknown"),
            (json!({"documents": [document, document]}), "named-twice"),
            (json!({"phase": "celebration"}), "data-malformed"),
            (json!({"party": "p1"}), "transcription-source"),
        ] {
            let data = with(phase("ways_of_cooperation"), change.clone());
            assert_eq!(world.slug("registrar", "preparation_phase_recorded", data), slug, "{change}");
        }
    }
}
