//! `indicator_reported`: a value of an indicator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Reports a party's value of an indicator for a period; by that party, or the registrar transcribing. The same
/// period again replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorReported {
    /// How many of the last digits of `value` are decimals, 0 to 9.
    pub decimals: u64,
    /// Version of the `goal_set`.
    pub goal: u64,
    /// Which of its indicators.
    pub indicator: Slug,
    /// Of which period.
    pub period: Period,
    /// The value without its decimal point: 123 with 1 decimal is 12.3.
    pub value: i64,
}

/// From one day to another, both in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl IndicatorReported {
    /// The value as a decimal number with a point.
    pub fn decimal(&self) -> String {
        let decimals = usize::try_from(self.decimals).unwrap_or(usize::MAX).min(9);
        let digits = format!("{:0>1$}", self.value.unsigned_abs(), decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        let sign = if self.value < 0 { "-" } else { "" };
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.from, self.to)
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "indicator_reported",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party reports the value of an indicator.",
    args: &["indicator", "period", "target", "value"],
    schema: with_common::<IndicatorReported>,
};

impl ActType for IndicatorReported {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("indicator", self.indicator.to_string()),
            ("period", self.period.to_string()),
            ("target", self.goal.to_string()),
            ("value", self.decimal()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.goal]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/goal", "/indicator", "/party", "/invented"]
    }
}

fn decide(_act: &IndicatorReported, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
