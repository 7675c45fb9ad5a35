//! Goals of interface areas, and the values that parties reported of their indicators.

use std::collections::BTreeMap;

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::indicator_reported::Period;
use crate::acts::slug::Slug;
use crate::acts::{Act, GoalSet, IndicatorReported};
use crate::agreement::{Agreement, Entry};
use crate::annexes::place;

/// Each party's value, with the record that reports it.
pub type Values<'a> = BTreeMap<&'a PartyId, (&'a Entry, &'a IndicatorReported)>;

/// Every version of every goal, in legal order.
pub fn versions(agreement: &Agreement) -> Vec<(&Entry, &GoalSet)> {
    let goal = |entry| as_goal(entry).map(|act| (entry, act));
    let mut versions: Vec<(&Entry, &GoalSet)> = agreement.of_kind("goal_set").filter_map(goal).collect();
    versions.sort_by_key(|(entry, _)| place(entry));
    versions
}

/// The goals as of `on`, by slug: the same slug again replaces a goal.
pub fn goals(agreement: &Agreement, on: Date) -> Vec<(&Entry, &GoalSet)> {
    let by_then = versions(agreement).into_iter().filter(|(entry, _)| entry.happened_by(on));
    let latest: BTreeMap<&Slug, (&Entry, &GoalSet)> = by_then.map(|(entry, act)| (&act.id, (entry, act))).collect();
    latest.into_values().collect()
}

/// The goal that the record at `version` set.
pub fn goal_at(agreement: &Agreement, version: u64) -> Option<&GoalSet> {
    as_goal(agreement.live_at(version)?)
}

/// The values of one indicator of the goal `goal` as of `on`, one for each party and period, by period: a party's
/// later report of the same period replaces the earlier one.
pub fn values<'a>(
    agreement: &'a Agreement,
    goal: &Slug,
    indicator: &Slug,
    on: Date,
) -> BTreeMap<(Date, Date), Values<'a>> {
    let reported = agreement.of_kind("indicator_reported").filter(|entry| entry.happened_by(on));
    let about = reported.filter_map(|entry| match &entry.act {
        Act::IndicatorReported(act) => {
            let same = act.indicator == *indicator && goal_at(agreement, act.goal).is_some_and(|set| set.id == *goal);
            same.then_some((entry.party()?, entry, act))
        }
        _ => None,
    });
    let mut values: BTreeMap<(Date, Date), Values<'a>> = BTreeMap::new();
    for (party, entry, act) in about {
        let of_period = values.entry(sorted(&act.period)).or_default();
        let earlier = of_period.get(party).is_some_and(|(other, _)| place(other) > place(entry));
        if !earlier {
            of_period.insert(party, (entry, act));
        }
    }
    values
}

/// Periods in order of their ends.
fn sorted(period: &Period) -> (Date, Date) {
    (period.to, period.from)
}

fn as_goal(entry: &Entry) -> Option<&GoalSet> {
    match &entry.act {
        Act::GoalSet(act) => Some(act),
        _ => None,
    }
}
