//! The goals of an interface area as they are shown, with what parties reported of them.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::codes::ActGrade;
use crate::acts::goal_set::{Better, Indicator};
use crate::acts::indicator_reported::Period;
use crate::acts::line::{Line, Words};
use crate::acts::slug::Slug;
use crate::acts::{GoalSet, IndicatorReported};
use crate::agreement::{Agreement, Entry};
use crate::goals::{self, Values};

/// One goal, as it was set last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// Version of the annex that sets it.
    pub annex: Option<u64>,
    /// Its slug.
    pub id: Slug,
    /// By what it is followed.
    pub indicators: Vec<IndicatorRow>,
    /// Whether it was made up for a demonstration.
    pub invented: bool,
    /// What is aimed at.
    pub names: Words,
    /// The versions that it replaces.
    pub replaces: Vec<u64>,
    /// Whose act it is; none for the registrar's own.
    pub set_by: Option<PartyId>,
    /// When it was set.
    pub set_on: Option<Date>,
    /// By when.
    pub until: Option<Date>,
    /// Version of the record.
    pub version: u64,
}

/// One indicator with its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndicatorRow {
    /// Which way is better, where that is meant.
    pub better: Option<Better>,
    /// Its slug.
    pub id: Slug,
    /// What is measured.
    pub names: Words,
    /// The value of each party's newest period, by party.
    pub newest: Vec<Reported>,
    /// All values, by period.
    pub series: Vec<PeriodValues>,
    /// Its unit.
    pub unit: Line,
}

/// The values of one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeriodValues {
    /// The period.
    pub period: Period,
    /// Each party's value, by party.
    pub values: Vec<Reported>,
}

/// One value that a party reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// By whose word it is known.
    pub grade: ActGrade,
    /// Whether it was made up for a demonstration.
    pub invented: bool,
    /// Whose.
    pub party: PartyId,
    /// Of which period.
    pub period: Period,
    /// When it was reported.
    pub reported_on: Option<Date>,
    /// The value, a decimal number with a point.
    pub value: String,
    /// Version of the record.
    pub version: u64,
}

/// The goals of `area` as of `on`, by slug.
pub(super) fn goals(agreement: &Agreement, area: &Slug, on: Date) -> Vec<Goal> {
    let of_area = goals::goals(agreement, on).into_iter().filter(|(_, act)| act.area == *area);
    of_area.map(|(entry, act)| goal(agreement, entry, act, on)).collect()
}

fn goal(agreement: &Agreement, entry: &Entry, act: &GoalSet, on: Date) -> Goal {
    let others =
        goals::versions(agreement).into_iter().filter(|(other, set)| set.id == act.id && other.happened_by(on));
    Goal {
        annex: act.annex,
        id: act.id.clone(),
        indicators: act.indicators.iter().map(|it| indicator(agreement, &act.id, it, on)).collect(),
        invented: entry.common.invented,
        names: act.names.clone(),
        replaces: others.map(|(other, _)| other.version).filter(|version| *version != entry.version).collect(),
        set_by: entry.party().cloned(),
        set_on: entry.common.occurred_on,
        until: act.until,
        version: entry.version,
    }
}

fn indicator(agreement: &Agreement, goal: &Slug, indicator: &Indicator, on: Date) -> IndicatorRow {
    let values = goals::values(agreement, goal, &indicator.id, on);
    let mut newest = Values::new();
    for of_period in values.values() {
        newest.extend(of_period);
    }
    let series = values
        .into_iter()
        .map(|((to, from), of_period)| PeriodValues { period: Period { from, to }, values: rows(of_period) });
    IndicatorRow {
        better: indicator.better,
        id: indicator.id.clone(),
        names: indicator.names.clone(),
        newest: rows(newest),
        series: series.collect(),
        unit: indicator.unit.clone(),
    }
}

fn rows(values: Values<'_>) -> Vec<Reported> {
    let row = |(party, (entry, act)): (&PartyId, (&Entry, &IndicatorReported))| Reported {
        grade: entry.grade(),
        invented: entry.common.invented,
        party: party.clone(),
        period: act.period.clone(),
        reported_on: entry.common.occurred_on,
        value: act.decimal(),
        version: entry.version,
    };
    values.into_iter().map(row).collect()
}
