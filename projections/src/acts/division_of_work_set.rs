//! `division_of_work_set`: who does what in an interface area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::line::Words;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::annex_parts;
use crate::annexes;
use crate::areas;
use crate::case::{Case, check_named_once, twice};
use crate::refusal::Refusal;

/// Sets who is responsible for which task of an interface area. A later one for the same area replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DivisionOfWorkSet {
    /// The interface area.
    pub area: Slug,
    /// The tasks; none twice.
    pub tasks: Vec<Task>,
}

/// One task and who does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Who takes part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributing: Vec<PartyId>,
    /// Slug, unique within the area.
    pub id: Slug,
    /// What is done.
    pub names: Words,
    /// Who is responsible; at least one.
    pub responsible: Vec<PartyId>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "division_of_work_set",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "Who does what in an interface area.",
    args: &["area", "tasks"],
    schema: with_common::<DivisionOfWorkSet>,
};

impl ActType for DivisionOfWorkSet {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("area", self.area.to_string()), ("tasks", self.tasks.len().to_string())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/area", "/party", "/invented"]
    }
}

fn decide(act: &DivisionOfWorkSet, case: &Case<'_>) -> Result<(), Refusal> {
    areas::named(case, &act.area, "data.area")?;
    if act.tasks.is_empty() {
        let reason = "a division of work has tasks";
        return Err(Refusal::new("tasks-missing", "data.tasks", reason, "name at least one"));
    }
    let ids: Vec<&Slug> = act.tasks.iter().map(|task| &task.id).collect();
    check_named_once(&ids, "data.tasks")?;
    act.tasks.iter().enumerate().try_for_each(|(at, task)| check_task(act, at, task, case))
}

/// Somebody is responsible, and everybody who is named can be.
fn check_task(act: &DivisionOfWorkSet, at: usize, task: &Task, case: &Case<'_>) -> Result<(), Refusal> {
    let member = |name: &str| format!("data.tasks[{at}].{name}");
    if task.responsible.is_empty() {
        let reason = format!("nobody is responsible for {}", task.id);
        return Err(Refusal::new("responsible-missing", member("responsible"), reason, "name at least one party"));
    }
    let named: Vec<&PartyId> = task.responsible.iter().chain(&task.contributing).collect();
    if let Some(party) = twice(&named) {
        let reason = format!("{party} is named twice for {}", task.id);
        return Err(Refusal::new(
            "named-twice",
            format!("data.tasks[{at}]"),
            reason,
            "a party is responsible or contributes",
        ));
    }
    match named.into_iter().find(|party| !takes_part(act, party, case)) {
        Some(party) => {
            let reason = format!("{party} is neither on the roster nor part of an annex of {}", act.area);
            Err(Refusal::new(
                "task-party",
                format!("data.tasks[{at}]"),
                reason,
                "name parties of the roster, or outside parties for which an annex of the area holds",
            ))
        }
        None => Ok(()),
    }
}

fn takes_part(act: &DivisionOfWorkSet, party: &PartyId, case: &Case<'_>) -> bool {
    let (agreement, on) = (case.agreement, case.occurred_on());
    let annexes = annexes::outside_annexes_of(agreement, party).into_iter().filter(|annex| annex.act.area == act.area);
    agreement.has_seat(party) || annexes.into_iter().any(|annex| annex_parts::holds_for(agreement, &annex, party, on))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};

    fn task(id: &str, responsible: &[&str], contributing: &[&str]) -> Value {
        let task =
            json!({"contributing": contributing, "id": id, "names": {"fi": "Tehtävä"}, "responsible": responsible});
        if contributing.is_empty() { with(task, json!({"contributing": null})) } else { task }
    }

    fn division(tasks: Value) -> Value {
        json!({"area": "health-promotion", "occurred_on": "2023-05-08", "tasks": tasks})
    }

    #[test]
    fn given_a_division_when_a_later_one_is_set_then_it_replaces_the_whole_from_its_date() {
        let mut world = World::with_areas(3);
        world.on_day("2024-06-01");
        let both = json!([task("report", &["p1"], &["p2", "p3"]), task("events", &["p2"], &[])]);
        let first = world.given("p1", "division_of_work_set", division(both));
        let later = with(division(json!([task("report", &["p2"], &["p1"])])), json!({"occurred_on": "2024-03-01"}));
        let second = world.given("p2", "division_of_work_set", later);
        let shown = |on: &str| world.status(on).areas[0].division.clone().map(|it| (it.version, it.tasks.len()));
        assert_eq!(shown("2023-05-07"), None);
        assert_eq!(shown("2024-02-29"), Some((first, 2)));
        assert_eq!(shown("2024-03-01"), Some((second, 1)));
        assert!(world.now().areas[1].division.is_none());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (tasks, slug) in [
            (json!([]), "tasks-missing"),
            (json!([task("report", &[], &["p1"])]), "responsible-missing"),
            (json!([task("report", &["p1"], &[]), task("report", &["p2"], &[])]), "named-twice"),
            (json!([task("report", &["p1"], &["p1"])]), "named-twice"),
            (json!([task("report", &["p1", "p1"], &[])]), "named-twice"),
            (json!([task("report", &["p1"], &["outsider"])]), "task-party"),
        ] {
            let mut world = World::with_areas(3);
            world.on_day("2024-06-01").register("outsider");
            assert_eq!(world.slug("p1", "division_of_work_set", division(tasks.clone())), slug, "{tasks}");
        }
        let mut world = World::with_areas(3);
        let elsewhere = with(division(json!([task("a", &["p1"], &[])])), json!({"area": "transport"}));
        assert_eq!(world.on_day("2024-06-01").slug("p1", "division_of_work_set", elsewhere), "area-unknown");
    }
}
