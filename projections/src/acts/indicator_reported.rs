//! `indicator_reported`: a value of an indicator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::goals;
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

/// How many decimals a value can have.
const MAX_DECIMALS: u64 = 9;

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

fn decide(act: &IndicatorReported, case: &Case<'_>) -> Result<(), Refusal> {
    check_indicator(act, case)?;
    if act.decimals > MAX_DECIMALS {
        let reason = format!("{} decimals are more than a value has here", act.decimals);
        return Err(Refusal::new(
            "decimals-too-many",
            "data.decimals",
            reason,
            format!("0 to {MAX_DECIMALS}; round the value"),
        ));
    }
    if act.period.from > act.period.to {
        let reason = format!("the period ends on {}, before it begins", act.period.to);
        return Err(Refusal::new("period-order", "data.period", reason, "from is its first day and to its last"));
    }
    if act.period.to > case.occurred_on() {
        let reason = format!("the period ends on {}, after the report of {}", act.period.to, case.occurred_on());
        return Err(Refusal::new(
            "period-not-over",
            "data.period.to",
            reason,
            "report a period once it is over, or the part of it that is",
        ));
    }
    Ok(())
}

/// An indicator of the goal as that record sets it, or as it was replaced since.
fn check_indicator(act: &IndicatorReported, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.record(act.goal, "data.goal")?;
    let Some(named) = goals::goal_at(case.agreement, act.goal) else {
        let reason = format!("record {} is {}, not a goal", act.goal, entry.act.kind());
        return Err(Refusal::new("record-of-another-type", "data.goal", reason, "name a goal_set"));
    };
    case.check_after(entry)?;
    let goals = goals::goals(case.agreement, case.occurred_on());
    let successor = goals.into_iter().map(|(_, goal)| goal).filter(|goal| goal.id == named.id);
    let mut known: Vec<&Slug> =
        std::iter::once(named).chain(successor).flat_map(|goal| &goal.indicators).map(|it| &it.id).collect();
    if known.contains(&&act.indicator) {
        return Ok(());
    }
    known.sort();
    known.dedup();
    let known: Vec<&str> = known.into_iter().map(Slug::as_str).collect();
    let accepted = if known.is_empty() { "it has none".to_owned() } else { format!("one of: {}", known.join(", ")) };
    let reason = format!("the goal {} has no indicator {}", named.id, act.indicator);
    Err(Refusal::new("indicator-unknown", "data.indicator", reason, accepted))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::given::{World, with};
    use crate::given_areas::goal;

    fn report(goal: u64, value: i64, year: u64) -> Value {
        json!({"decimals": 1, "goal": goal, "indicator": "loneliness", "occurred_on": format!("{}-02-01", year + 1),
            "period": {"from": format!("{year}-01-01"), "to": format!("{year}-12-31")}, "value": value})
    }

    fn world() -> (World, u64) {
        let mut world = World::with_areas(3);
        let goal = world.on_day("2026-06-01").given("registrar", "goal_set", goal());
        (world, goal)
    }

    #[test]
    fn given_reports_then_the_newest_stands_first_and_the_series_goes_by_period() {
        let (mut world, goal) = world();
        for (party, value, year) in [("p2", 98, 2024), ("p2", 101, 2023), ("p3", 77, 2023)] {
            world.given(party, "indicator_reported", report(goal, value, year));
        }
        let indicator = world.now().areas[0].goals[0].indicators[0].clone();
        let newest: Vec<(&str, &str)> =
            indicator.newest.iter().map(|it| (it.party.as_str(), it.value.as_str())).collect();
        assert_eq!(newest, [("p2", "9.8"), ("p3", "7.7")]);
        let series: Vec<(String, usize)> =
            indicator.series.iter().map(|it| (it.period.to.to_string(), it.values.len())).collect();
        assert_eq!(series, [("2023-12-31".to_owned(), 2), ("2024-12-31".to_owned(), 1)]);
        assert_eq!(world.status("2024-06-01").areas[0].goals[0].indicators[0].newest[0].value, "10.1");
    }

    #[test]
    fn the_same_period_again_replaces_and_taken_back_it_shows_the_earlier() {
        let (mut world, goal) = world();
        world.given("p2", "indicator_reported", report(goal, 101, 2023));
        let again = with(report(goal, 99, 2023), json!({"occurred_on": "2024-05-01"}));
        let again = world.given("p2", "indicator_reported", again);
        let value = |world: &World| world.now().areas[0].goals[0].indicators[0].newest[0].value.clone();
        assert_eq!(value(&world), "9.9");
        world.given("p2", "record_retracted", json!({"occurred_on": "2026-06-01", "version": again}));
        assert_eq!(value(&world), "10.1");
    }

    #[test]
    fn values_follow_the_goal_to_its_successor() {
        let (mut world, first) = world();
        world.given("p2", "indicator_reported", report(first, 101, 2023));
        let mut indicators = goal()["indicators"].clone();
        indicators.as_array_mut().unwrap().push(json!({"id": "exercise", "names": {"fi": "Liikunta"}, "unit": "h"}));
        let changes = json!({"indicators": indicators, "occurred_on": "2024-03-01"});
        world.given("registrar", "goal_set", with(goal(), changes));
        assert_eq!(world.now().areas[0].goals[0].indicators[0].newest[0].value, "10.1");
        // The version that was replaced stands for its successor.
        let exercise = json!({"indicator": "exercise"});
        world.given("p2", "indicator_reported", with(report(first, 52, 2024), exercise.clone()));
        assert_eq!(world.now().areas[0].goals[0].indicators[1].newest[0].value, "5.2");
        let early = with(report(first, 52, 2023), exercise);
        assert_eq!(world.slug("p2", "indicator_reported", early), "indicator-unknown");
    }

    #[test]
    fn values_of_a_goal_that_was_retracted_are_gone_and_none_can_be_added() {
        let (mut world, goal) = world();
        world.given("p2", "indicator_reported", report(goal, 101, 2023));
        world.given("registrar", "record_retracted", json!({"occurred_on": "2026-06-01", "version": goal}));
        assert!(world.now().areas[0].goals.is_empty());
        assert_eq!(world.slug("p2", "indicator_reported", report(goal, 101, 2024)), "record-retracted");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (change, slug) in [
            (json!({"goal": 1}), "record-of-another-type"),
            (json!({"indicator": "exercise"}), "indicator-unknown"),
            (json!({"decimals": 10}), "decimals-too-many"),
            (json!({"period": {"from": "2024-01-01", "to": "2023-12-31"}}), "period-order"),
            (json!({"period": {"from": "2024-01-01", "to": "2024-02-02"}}), "period-not-over"),
            (json!({"occurred_on": "2023-05-07"}), "date-before-cause"),
            (json!({"value": "9.8"}), "data-malformed"),
        ] {
            let (mut world, goal) = world();
            let data = with(report(goal, 101, 2023), change.clone());
            assert_eq!(world.slug("p2", "indicator_reported", data), slug, "{change}");
        }
    }

    #[test]
    fn a_value_is_written_with_its_decimals() {
        for (value, decimals, written) in
            [(123, 1, "12.3"), (-5, 2, "-0.05"), (0, 0, "0"), (7, 3, "0.007"), (i64::MIN, 9, "-9223372036.854775808")]
        {
            let period = Period { from: "2023-01-01".parse().unwrap(), to: "2023-12-31".parse().unwrap() };
            let act =
                IndicatorReported { decimals, goal: 1, indicator: "a".to_owned().try_into().unwrap(), period, value };
            assert_eq!(act.decimal(), written);
        }
    }
}
