//! Counterparts (vastinparit): who works with the others in an interface area, on both sides.

use sinetti_events::primitives::time::Date;

use crate::acts::slug::Slug;
use crate::acts::{Act, CounterpartAssigned};
use crate::agreement::{Agreement, Entry};

/// The assignments for `area` that stand on `on`, in order.
pub fn assigned<'a>(agreement: &'a Agreement, area: &Slug, on: Date) -> Vec<(&'a Entry, &'a CounterpartAssigned)> {
    let assignments = agreement.of_kind("counterpart_assigned").filter_map(|entry| match &entry.act {
        Act::CounterpartAssigned(act) if act.area == *area => Some((entry, act.as_ref())),
        _ => None,
    });
    let stands =
        |entry: &Entry| entry.happened_by(on) && end(agreement, entry.version).is_none_or(|it| !it.happened_by(on));
    assignments.filter(|(entry, _)| stands(entry)).collect()
}

/// The record that ends the assignment at `version`. An assignment is a counterpart's to the day before.
pub fn end(agreement: &Agreement, version: u64) -> Option<&Entry> {
    agreement.about(version).find(|entry| matches!(entry.act, Act::CounterpartEnded(_)))
}
