//! `welfare_report_adopted`: a joint report or plan on wellbeing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Parties adopted their joint welfare report or plan (act 612/2021 § 7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WelfareReportAdopted {
    /// SHA-256 of the document, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Digest>,
    /// The first year that it covers.
    pub from_year: u64,
    /// Report, plan, or both.
    pub part: WelfarePart,
    /// Who adopted it together.
    pub parties: Vec<PartyId>,
    /// The last year that it covers.
    pub to_year: u64,
}

/// Report, plan, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WelfarePart {
    /// The plan (hyvinvointisuunnitelma).
    Plan,
    /// The report (hyvinvointikertomus).
    Report,
    /// Both in one.
    ReportAndPlan,
}

impl WelfarePart {
    /// All of them.
    pub const ALL: &[WelfarePart] = &[WelfarePart::Plan, WelfarePart::Report, WelfarePart::ReportAndPlan];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            WelfarePart::Plan => "plan",
            WelfarePart::Report => "report",
            WelfarePart::ReportAndPlan => "report_and_plan",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "welfare_report_adopted",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "A joint welfare report or plan was adopted.",
    args: &["part", "parties", "period"],
    schema: with_common::<WelfareReportAdopted>,
};

impl ActType for WelfareReportAdopted {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("part", self.part.as_str().to_owned()),
            ("parties", self.parties.len().to_string()),
            ("period", format!("{}–{}", self.from_year, self.to_year)),
        ])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/party", "/invented"]
    }
}

fn decide(_act: &WelfareReportAdopted, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
