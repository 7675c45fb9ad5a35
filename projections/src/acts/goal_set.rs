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
use crate::agreement::Entry;
use crate::annexes;
use crate::areas;
use crate::case::{Case, check_named_once};
use crate::goals;
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

fn decide(act: &GoalSet, case: &Case<'_>) -> Result<(), Refusal> {
    areas::named(case, &act.area, "data.area")?;
    check_annex(act, case)?;
    if act.until.is_some_and(|until| until < case.occurred_on()) {
        let reason = format!("a goal set on {} is not aimed at a day before it", case.occurred_on());
        return Err(Refusal::new("goal-until", "data.until", reason, "the day itself, a later one, or none"));
    }
    let ids: Vec<&Slug> = act.indicators.iter().map(|indicator| &indicator.id).collect();
    check_named_once(&ids, "data.indicators")?;
    let others = goals::versions(case.agreement);
    check_same_goal(act, others.into_iter().filter(|(_, other)| other.id == act.id))
}

/// An annex that sets a goal is of the goal's area.
fn check_annex(act: &GoalSet, case: &Case<'_>) -> Result<(), Refusal> {
    let Some(version) = act.annex else { return Ok(()) };
    let annex = annexes::named(case, version, "data.annex")?;
    if annex.act.area != act.area {
        let reason = format!("the annex of record {version} is of {}, the goal of {}", annex.act.area, act.area);
        return Err(Refusal::new("goal-annex", "data.annex", reason, "name an annex of the goal's own area"));
    }
    case.check_after(annex.entry)
}

/// A goal stays in its area, and what is reported of an indicator stays comparable.
fn check_same_goal<'a>(act: &GoalSet, versions: impl Iterator<Item = (&'a Entry, &'a GoalSet)>) -> Result<(), Refusal> {
    for (entry, other) in versions {
        if other.area != act.area {
            let reason = format!("record {} sets {} in the area {}", entry.version, act.id, other.area);
            return Err(Refusal::new(
                "goal-of-another-area",
                "data.area",
                reason,
                "replace it in its own area, or give the new goal a slug of its own",
            ));
        }
        let same = |old: &&Indicator, new: &Indicator| old.id == new.id && old.unit != new.unit;
        let changed = act
            .indicators
            .iter()
            .enumerate()
            .find_map(|(at, new)| other.indicators.iter().find(|old| same(old, new)).map(|old| (at, old)));
        if let Some((at, old)) = changed {
            let reason = format!("record {} measures {} in {}", entry.version, old.id, old.unit);
            return Err(Refusal::new(
                "indicator-unit",
                format!("data.indicators[{at}].unit"),
                reason,
                "keep the unit, or give the new indicator a slug of its own",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};
    use crate::given_areas::goal;

    #[test]
    fn given_a_goal_when_its_slug_is_set_again_then_it_is_replaced_and_says_what_by() {
        let mut world = World::with_areas(2);
        let first = world.on_day("2024-06-01").given("registrar", "goal_set", goal());
        let changes = json!({"names": {"fi": "Uusi tavoite"}, "occurred_on": "2024-03-01"});
        let second = world.given("p2", "goal_set", with(goal(), changes));
        let shown = |on: &str| world.status(on).areas[0].goals.clone();
        assert_eq!((shown("2024-02-29").len(), shown("2024-02-29")[0].version), (1, first));
        let now = shown("2024-03-01");
        assert_eq!((now.len(), now[0].version, now[0].replaces.as_slice()), (1, second, &[first][..]));
        assert_eq!(now[0].set_by.as_ref().map(|party| party.as_str()), Some("p2"));
        assert!(shown("2023-05-07").is_empty());
        world.given("p2", "record_retracted", json!({"occurred_on": "2024-06-01", "version": second}));
        assert_eq!(world.now().areas[0].goals[0].version, first);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let indicator = |id: &str, unit: &str| json!({"id": id, "names": {"fi": "Mittari"}, "unit": unit});
        for (change, slug) in [
            (json!({"area": "transport"}), "area-unknown"),
            (json!({"until": "2023-05-07"}), "goal-until"),
            (json!({"indicators": [indicator("a", "%"), indicator("a", "kpl")]}), "named-twice"),
            (json!({"indicators": []}), "data-malformed"),
            (json!({"annex": 1}), "record-of-another-type"),
            (json!({"area": "employment"}), "goal-of-another-area"),
            (json!({"indicators": [indicator("loneliness", "kpl")]}), "indicator-unit"),
        ] {
            let mut world = World::with_areas(2);
            world.on_day("2024-06-01").given("registrar", "goal_set", goal());
            assert_eq!(world.slug("p2", "goal_set", with(goal(), change.clone())), slug, "{change}");
        }
    }

    #[test]
    fn an_annex_that_sets_it_is_of_its_area() {
        let mut world = World::with_areas(2);
        let annex = world.on_day("2024-06-01").annex("description");
        let other = world.annex_with("other", json!({"area": "employment"}));
        let of = |annex: u64| with(goal(), json!({"annex": annex}));
        world.given("p2", "goal_set", of(annex));
        assert_eq!(world.slug("p2", "goal_set", of(other)), "goal-annex");
    }

    #[test]
    fn its_names_can_be_corrected_and_what_values_rest_on_can_not() {
        let mut world = World::with_areas(2);
        let version = world.on_day("2024-06-01").given("registrar", "goal_set", goal());
        let correct = |field: &str, old: Value| json!({"changes": [{"field": field, "old": old, "new": "x"}], "occurred_on": "2024-06-01", "version": version});
        world.given("registrar", "record_corrected", correct("/names/fi", json!("Yksinäisyys vähenee")));
        let fixed = correct("/indicators/0/unit", json!("%"));
        assert_eq!(world.slug("registrar", "record_corrected", fixed), "correction-not-possible");
    }
}
