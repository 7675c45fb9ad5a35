//! `agreement_ended`: the agreement ends for all.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args, optional};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// The agreement is in force no more for anybody; by the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementEnded {
    /// Where that is decided or agreed.
    pub basis: Line,
    /// How.
    pub kind: EndKind,
    /// The last day in force.
    pub last_day: Date,
    /// The agreement of this ledger that takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<StreamId>,
}

/// How an agreement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndKind {
    /// Its term is over and nothing renewed it.
    Lapsed,
    /// Another agreement takes its place (VCLT 59).
    Replaced,
    /// The parties agreed to end it, or none is left (VCLT 54, 55).
    Terminated,
}

impl EndKind {
    /// All of them.
    pub const ALL: &[EndKind] = &[EndKind::Lapsed, EndKind::Replaced, EndKind::Terminated];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            EndKind::Lapsed => "lapsed",
            EndKind::Replaced => "replaced",
            EndKind::Terminated => "terminated",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "agreement_ended",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "The agreement ends for all.",
    args: &["basis", "ending", "from", "with"],
    schema: with_common::<AgreementEnded>,
};

impl ActType for AgreementEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("basis", self.basis.to_string()),
            ("ending", self.kind.as_str().to_owned()),
            ("from", self.last_day.to_string()),
            ("with", optional(self.replaced_by.as_ref())),
        ])
    }
}

fn decide(_act: &AgreementEnded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
