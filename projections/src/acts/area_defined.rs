//! `area_defined`: an interface area that the opening did not have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::agreement_opened::InterfaceArea;
use super::line::Language;
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Defines a further interface area (yhdyspinta); by the registrar, where the parties agreed on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaDefined {
    /// Version of the `amendment_proposed` that brought it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<u64>,
    /// The area.
    pub area: InterfaceArea,
    /// Where it was agreed.
    pub basis: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "area_defined",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A further interface area of the agreement.",
    args: &["area", "name"],
    schema: with_common::<AreaDefined>,
};

impl ActType for AreaDefined {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("area", self.area.id.to_string()), ("name", self.area.names.in_language(Language::Fi).to_owned())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.amendment.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/area/id", "/area/number", "/amendment", "/invented"]
    }
}

fn decide(_act: &AreaDefined, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
