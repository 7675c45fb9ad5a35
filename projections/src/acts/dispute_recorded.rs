//! `dispute_recorded`: a party holds another view.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args, optional};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Records that a party disputes something; what is disputed keeps its effect and shows as contested. Both views
/// stand (VCLT 76(2), 77).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeRecorded {
    /// Version of the record that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<u64>,
    /// Version of the `dispute_recorded` that it answers with another view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<u64>,
    /// What is disputed.
    pub matter: DisputeMatter,
    /// The view (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Commitment>,
}

/// What is disputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputeMatter {
    /// How the agreement is carried out.
    Application,
    /// What the text means.
    Interpretation,
    /// Whether a record tells what happened.
    Record,
    /// Whether the agreement or an act is valid.
    Validity,
}

impl DisputeMatter {
    /// All of them.
    pub const ALL: &[DisputeMatter] =
        &[DisputeMatter::Application, DisputeMatter::Interpretation, DisputeMatter::Record, DisputeMatter::Validity];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            DisputeMatter::Application => "application",
            DisputeMatter::Interpretation => "interpretation",
            DisputeMatter::Record => "record",
            DisputeMatter::Validity => "validity",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "dispute_recorded",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party holds another view.",
    args: &["matter", "target"],
    schema: with_common::<DisputeRecorded>,
};

impl ActType for DisputeRecorded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("matter", self.matter.as_str().to_owned()), ("target", optional(self.about.as_ref()))])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.about.into_iter().chain(self.answers).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/about", "/answers", "/party", "/invented"]
    }
}

fn decide(_act: &DisputeRecorded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
