//! From when to when an agreement is in force: its term, its end, and the gap that a late renewal leaves.

use sinetti_events::primitives::time::Date;

use crate::acts::rules::Term;
use crate::acts::{Act, AgreementEnded};
use crate::agreement::{Agreement, Entry};
use crate::amendments::{self, Amended};
use crate::force::{Force, Standing};

/// A time during which the agreement is in force without interruption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day, where it is past.
    pub last_day: Option<Date>,
}

/// How an agreement goes, as of a date: what its seats have done, what is amended, and when it is in force.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    /// The amendments that were proposed, in the order of the log.
    pub amendments: Vec<Amended<'a>>,
    /// What its seats have done.
    pub force: Force<'a>,
    /// From when to when it is in force.
    pub periods: Vec<Period>,
}

impl<'a> Course<'a> {
    /// As of `on`; none before the agreement is opened.
    pub fn of(agreement: &'a Agreement, on: Date) -> Option<Course<'a>> {
        let force = Force::of(agreement, on)?;
        let amendments = amendments::amendments(&force);
        let periods = periods(&force, &amendments);
        Some(Course { amendments, force, periods })
    }

    /// Since when it is in force without interruption; none when it is not.
    pub fn in_force_since(&self) -> Option<Date> {
        self.periods.last().filter(|period| period.last_day.is_none()).map(|period| period.from)
    }

    /// Since when it is in force between the hub and the party of a seat, under a bilateral rule.
    pub fn pair_since(&self, other: &Standing<'a>) -> Option<Date> {
        let hub = self.force.standing(self.force.hub()?)?;
        let stays = hub.left.is_none() && other.left.is_none();
        let start = self.force.pair_start(other).filter(|_| stays)?;
        Some(start.max(self.in_force_since()?))
    }

    /// Whether it binds the party of a seat today: that party has done what is asked, still holds to it, and stays.
    pub fn binds(&self, standing: &Standing<'a>) -> bool {
        let pair = |other: &Standing<'a>| {
            let met = self.force.pair_met_since(&other.seat.party);
            self.pair_since(other).is_some_and(|since| met.is_some_and(|met| met <= since))
        };
        match self.force.hub() {
            Some(hub) if *hub == standing.seat.party => self.force.standings.iter().any(pair),
            Some(_) => pair(standing),
            None => {
                self.in_force_since().is_some() && standing.left.is_none() && standing.done(self.force.rule).is_some()
            }
        }
    }

    /// Whether the party of a seat is in: the agreement is in force and it is one of its parties, contested or not.
    pub fn is_within(&self, standing: &Standing<'a>) -> bool {
        let others = || self.force.standings.iter();
        self.in_force_since().is_some()
            && match self.force.hub() {
                Some(hub) if *hub == standing.seat.party => others().any(|other| self.pair_since(other).is_some()),
                Some(_) => self.pair_since(standing).is_some(),
                None => self.force.is_party(standing, self.force.on),
            }
    }

    /// The term in effect.
    pub fn term(&self) -> Option<&'a Term> {
        term_on(&amendments::terms(&self.force, &self.amendments), self.force.on)
    }
}

/// The periods up to the date of `force`, in order. A term that is over ends one, and a renewal that enters into
/// force later begins another: what lies between stays a gap.
fn periods<'a>(force: &Force<'a>, amendments: &[Amended<'a>]) -> Vec<Period> {
    let Some(start) = force.start() else { return Vec::new() };
    let terms = amendments::terms(force, amendments);
    let end = end(force.agreement, force.on).map(|(_, act)| act.last_day);
    let in_force = |date: Date| {
        let over = term_on(&terms, date).is_some_and(|term| term.is_over(date));
        date >= start && !over && end.is_none_or(|last| date <= last) && force.parties_on(date) >= 2
    };
    let mut periods: Vec<Period> = Vec::new();
    for date in bounds(force, start, &terms, end) {
        match (periods.last_mut().filter(|period| period.last_day.is_none()), in_force(date)) {
            (None, true) => periods.push(Period { from: date, last_day: None }),
            (Some(period), false) => period.last_day = date.0.yesterday().ok().map(Date),
            _ => {}
        }
    }
    periods
}

/// The record that ends the agreement, by `on`.
pub fn end(agreement: &Agreement, on: Date) -> Option<(&Entry, &AgreementEnded)> {
    agreement.of_kind("agreement_ended").filter(|entry| entry.happened_by(on)).find_map(|entry| match &entry.act {
        Act::AgreementEnded(act) => Some((entry, act)),
        _ => None,
    })
}

/// The term in effect on `date`: the last that began by then.
pub(crate) fn term_on<'a>(terms: &[(Option<Date>, &'a Term)], date: Date) -> Option<&'a Term> {
    terms.iter().rev().find(|(from, _)| from.is_none_or(|from| from <= date)).map(|(_, term)| *term)
}

/// The dates up to that of `force` on which force can begin or end.
fn bounds(force: &Force<'_>, start: Date, terms: &[(Option<Date>, &Term)], end: Option<Date>) -> Vec<Date> {
    let lasts = terms.iter().filter_map(|(_, term)| match term {
        Term::Fixed { until } => Some(*until),
        _ => None,
    });
    let after = lasts.chain(end).filter_map(|last| last.0.tomorrow().ok().map(Date));
    let begun = terms.iter().filter_map(|(from, _)| *from);
    let mut bounds: Vec<Date> = after.chain(begun).chain(force.changes()).chain([start]).collect();
    bounds.retain(|date| (start..=force.on).contains(date));
    bounds.sort();
    bounds
}
