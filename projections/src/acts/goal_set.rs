//! `goal_set`: a goal of an interface area, with its indicators.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::line::Language;
use super::line::Line;
use super::line::Words;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Sets a goal of an interface area and the indicators by which it is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalSet {
    /// Version of the `annex_deposited` that sets it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annex: Option<u64>,
    /// The interface area.
    pub area: Slug,
    /// Slug, unique within the agreement. The same slug again replaces the goal.
    pub id: Slug,
    /// By what it is followed; none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// What is aimed at.
    pub names: Words,
    /// By when, where that is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// What is measured, and which way is good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Which way is better, where that is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<Better>,
    /// Slug, unique within the goal.
    pub id: Slug,
    /// What is measured.
    pub names: Words,
    /// Its unit, such as `%` or `kpl`.
    pub unit: Line,
}

/// Which way an indicator is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

impl Better {
    /// All of them.
    pub const ALL: &[Better] = &[Better::Higher, Better::Lower];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Better::Higher => "higher",
            Better::Lower => "lower",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "goal_set",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "A goal of an interface area, with its indicators.",
    args: &["area", "name"],
    schema: with_common::<GoalSet>,
};

impl ActType for GoalSet {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("area", self.area.to_string()), ("name", self.names.in_language(Language::Fi).to_owned())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.annex.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/annex", "/area", "/id", "/indicators", "/party", "/invented"]
    }
}

fn decide(_act: &GoalSet, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
