//! The interface areas of an agreement as they are shown.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::counterparts::{self, Counterparts};
use super::goals::{self, Goal};
use crate::acts::Act;
use crate::acts::division_of_work_set::Task;
use crate::acts::line::Words;
use crate::acts::slug::Slug;
use crate::agreement::Agreement;
use crate::annexes::{self, place};
use crate::areas;
use crate::registry::Registry;

/// One interface area, as of a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Versions of its annexes.
    pub annexes: Vec<u64>,
    /// Who works with the others there, on both sides.
    pub counterparts: Counterparts,
    /// Version of the record that has it: 1 for those of the opening.
    pub defined_by: u64,
    /// Who does what, as it was set last.
    pub division: Option<Division>,
    /// The goal that the agreement's text sets.
    pub goal: Option<Words>,
    /// The goals that were set since, with what was reported of them.
    pub goals: Vec<Goal>,
    /// Its slug.
    pub id: Slug,
    /// Its names.
    pub names: Words,
    /// Its number.
    pub number: u64,
}

/// Who does what in an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Division {
    /// Whether it was made up for a demonstration.
    pub invented: bool,
    /// Whose act it is; none for the registrar's own.
    pub set_by: Option<PartyId>,
    /// When it was set.
    pub set_on: Option<Date>,
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Version of the record.
    pub version: u64,
}

/// All that there are as of `on`, by number.
pub(super) fn areas(agreement: &Agreement, registry: &Registry, on: Date) -> Vec<Area> {
    let known = areas::areas_on(agreement, on).into_iter();
    let mut shown: Vec<Area> = known
        .map(|(entry, area)| Area {
            annexes: annexes_of(agreement, &area.id, on),
            counterparts: counterparts::counterparts(agreement, registry, &area.id, on),
            defined_by: entry.version,
            division: division(agreement, &area.id, on),
            goal: area.goal.clone(),
            goals: goals::goals(agreement, &area.id, on),
            id: area.id.clone(),
            names: area.names.clone(),
            number: area.number,
        })
        .collect();
    shown.sort_by_key(|area| area.number);
    shown
}

fn annexes_of(agreement: &Agreement, area: &Slug, on: Date) -> Vec<u64> {
    let of = annexes::annexes(agreement).filter(|annex| annex.act.area == *area && annex.entry.happened_by(on));
    of.map(|annex| annex.version()).collect()
}

/// The last that was set by `on`.
fn division(agreement: &Agreement, area: &Slug, on: Date) -> Option<Division> {
    let set = agreement.of_kind("division_of_work_set").filter(|entry| entry.happened_by(on));
    let of_area = set.filter_map(|entry| match &entry.act {
        Act::DivisionOfWorkSet(act) if act.area == *area => Some((entry, act)),
        _ => None,
    });
    of_area.max_by_key(|(entry, _)| place(entry)).map(|(entry, act)| Division {
        invented: entry.common.invented,
        set_by: entry.party().cloned(),
        set_on: entry.common.occurred_on,
        tasks: act.tasks.clone(),
        version: entry.version,
    })
}
