//! Since when it is in force, between whom, and how it ends, as it is shown.

use sinetti_events::primitives::time::Date;

use super::view::{Determination, Ending, MergedSeat, Pair, Period};
use crate::acts::agreement_ended::EndKind;
use crate::acts::rules::Term;
use crate::agreement::Agreement;
use crate::amendments::Amended;
use crate::force;
use crate::periods::{self, Course};
use crate::seats;

/// The pairs between which a bilateral agreement is in force.
pub(super) fn pairs(course: &Course<'_>) -> Vec<Pair> {
    let Some(hub) = course.force.hub() else { return Vec::new() };
    let pair = |standing: &force::Standing<'_>| {
        let party = &standing.seat.party;
        let met = course.force.pair_met_since(party);
        let determined = course.force.pair_determination(standing).map(|(_, act)| act.in_force_from);
        Some(Pair {
            contested: determined.is_some_and(|from| met.is_none_or(|met| met > from)),
            determined: determined.is_some(),
            hub: hub.clone(),
            number: standing.seat.number,
            party: party.clone(),
            since: course.pair_since(standing)?,
        })
    };
    course.force.standings.iter().filter_map(pair).collect()
}

/// The determinations of the agreement itself that the registrar had made by the date.
pub(super) fn determinations(agreement: &Agreement, on: Date) -> Vec<Determination> {
    let made = force::determinations(agreement).filter(|(entry, act)| entry.happened_by(on) && act.amendment.is_none());
    made.map(|(entry, act)| Determination {
        in_force_from: act.in_force_from,
        occurred_on: entry.common.occurred_on,
        version: entry.version,
        with_party: act.with_party.clone(),
    })
    .collect()
}

pub(super) fn periods(course: &Course<'_>) -> Vec<Period> {
    course.periods.iter().map(|period| Period { from: period.from, last_day: period.last_day }).collect()
}

/// By the record that ends it; else by its term, or because fewer than two parties are left.
pub(super) fn ending(course: &Course<'_>) -> Option<Ending> {
    let (agreement, on) = (course.force.agreement, course.force.on);
    let pending = |amended: &&Amended<'_>| amended.act.new_term.is_some() && amended.binds_all_from.is_none();
    let renewals: Vec<u64> = course.amendments.iter().filter(pending).map(|amended| amended.entry.version).collect();
    if let Some((entry, act)) = periods::end(agreement, on) {
        return Some(Ending {
            basis: Some(act.basis.clone()),
            kind: act.kind,
            last_day: act.last_day,
            renewals_pending: renewals,
            replaced_by: act.replaced_by.clone(),
            version: Some(entry.version),
        });
    }
    let stopped = course.periods.last()?.last_day?;
    let lapsed = matches!(course.term(), Some(Term::Fixed { until }) if *until < on);
    Some(Ending {
        basis: None,
        kind: if lapsed { EndKind::Lapsed } else { EndKind::Terminated },
        last_day: stopped,
        renewals_pending: renewals,
        replaced_by: None,
        version: None,
    })
}

/// The seats that are gone by the date because a successor made them one with its own.
pub(super) fn merged_seats(agreement: &Agreement, on: Date) -> Vec<MergedSeat> {
    let merged = |held: seats::Held<'_>| {
        let gone = held.gone.filter(|gone| gone.on <= on && !gone.returned)?;
        let (number, party) = (held.seat.number, held.seat.party.clone());
        Some(MergedSeat { into: gone.into.clone(), number, on: gone.on, party, version: gone.by })
    };
    seats::seats(agreement).into_iter().filter_map(merged).collect()
}
