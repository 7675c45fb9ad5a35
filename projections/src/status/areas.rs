//! The interface areas of an agreement as they are shown.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use crate::acts::line::Words;
use crate::acts::slug::Slug;
use crate::agreement::Agreement;
use crate::annexes;
use crate::areas;

/// One interface area, as of a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Versions of its annexes.
    pub annexes: Vec<u64>,
    /// Version of the record that has it: 1 for those of the opening.
    pub defined_by: u64,
    /// The goal that the agreement's text sets.
    pub goal: Option<Words>,
    /// Its slug.
    pub id: Slug,
    /// Its names.
    pub names: Words,
    /// Its number.
    pub number: u64,
}

/// All that there are as of `on`, by number.
pub(super) fn areas(agreement: &Agreement, on: Date) -> Vec<Area> {
    let known = areas::areas_on(agreement, on).into_iter();
    let mut shown: Vec<Area> = known
        .map(|(entry, area)| Area {
            annexes: annexes_of(agreement, &area.id, on),
            defined_by: entry.version,
            goal: area.goal.clone(),
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
