//! `welfare_report_adopted`: a joint report or plan on wellbeing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::negotiation_held::check_parties;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
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

fn decide(act: &WelfareReportAdopted, case: &Case<'_>) -> Result<(), Refusal> {
    check_parties(&act.parties, 1, "data.parties", case)?;
    if act.from_year > act.to_year || !YEARS.contains(&act.from_year) || !YEARS.contains(&act.to_year) {
        let reason = format!("{} to {} are no years that it could cover", act.from_year, act.to_year);
        return Err(Refusal::new(
            "years-order",
            "data.to_year",
            reason,
            format!("from_year is not after to_year, both from {} to {}", YEARS.start(), YEARS.end()),
        ));
    }
    let same = case.agreement.of_kind("welfare_report_adopted").find(|entry| match &entry.act {
        Act::WelfareReportAdopted(other) => {
            entry.common.occurred_on == case.common.occurred_on
                && (other.part, other.from_year, other.to_year) == (act.part, act.from_year, act.to_year)
                && other.parties.iter().any(|party| act.parties.contains(party))
        }
        _ => false,
    });
    match same {
        Some(entry) => {
            let reason = format!("record {} is its adoption on that day", entry.version);
            Err(Refusal::new(
                "welfare-report-recorded-already",
                "data",
                reason,
                "correct that record, or retract it if it was sent in error",
            ))
        }
        None => Ok(()),
    }
}

/// The years that a report or plan can cover.
const YEARS: std::ops::RangeInclusive<u64> = 2000..=2999;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};

    fn report() -> Value {
        json!({"from_year": 2023, "occurred_on": "2023-05-08", "part": "report_and_plan", "parties": ["p1", "p2"], "to_year": 2025})
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (change, slug) in [
            (json!({"parties": []}), "participants-too-few"),
            (json!({"parties": ["p1", "p1"]}), "named-twice"),
            (json!({"parties": ["p1", "outsider"]}), "participant-not-on-roster"),
            (json!({"parties": ["p2", "p3"]}), "not-a-participant"),
            (json!({"from_year": 2026}), "years-order"),
            (json!({"from_year": 23}), "years-order"),
            (json!({"to_year": 20_250}), "years-order"),
            (json!({"part": "summary"}), "data-malformed"),
        ] {
            let mut world = World::with_areas(3);
            world.on_day("2023-06-01").register("outsider");
            assert_eq!(world.slug("p1", "welfare_report_adopted", with(report(), change.clone())), slug, "{change}");
        }
    }

    #[test]
    fn one_adoption_is_recorded_once() {
        let mut world = World::with_areas(3);
        world.on_day("2023-06-01").given("p1", "welfare_report_adopted", report());
        assert_eq!(world.slug("p2", "welfare_report_adopted", report()), "welfare-report-recorded-already");
        world.given("p2", "welfare_report_adopted", with(report(), json!({"part": "plan"})));
        world.given("p3", "welfare_report_adopted", with(report(), json!({"parties": ["p3"]})));
    }
}
