//! Duties that the law sets the parties of an agreement: what is due and when, what was done, and
//! who was missing.
//!
//! Which of them apply follows from the agreement's legal bases and from what its parties are by
//! law. From when: the period that runs on the day of the opening is the first.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::indicator_reported::Period;
use crate::acts::negotiation_held::NegotiationKind;
use crate::acts::party_registered::PartyKind;
use crate::acts::welfare_report_adopted::WelfarePart;
use crate::agreement::{Agreement, Entry};
use crate::council_terms;
use crate::legal_bases;
use crate::registry::Registry;
use crate::seats::{self, Held};

/// At most so many periods of a kind are told, the latest: whatever date is asked about.
const MOST_PERIODS: usize = 40;

/// The first year in which the counties had the tasks of act 612/2021.
const FIRST_YEAR: i16 = 2023;

/// One duty in one period, as of a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Duty {
    /// The provision that sets it, such as `611/2021 § 14`.
    pub basis: String,
    /// The records by which it was done, or partly done.
    pub done_by: Vec<u64>,
    /// When all had done it.
    pub done_on: Option<Date>,
    /// The last day for it.
    pub due_on: Date,
    /// Whether a record by which it was done was made up for a demonstration.
    pub invented: bool,
    /// What.
    pub kind: DutyKind,
    /// Who has not taken part.
    pub missing: Vec<PartyId>,
    /// Whose duty it is.
    pub parties: Vec<PartyId>,
    /// In which period.
    pub period: Period,
    /// Whether it is done.
    pub state: DutyState,
}

/// What the law asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// Once in a council term the county and its municipalities negotiate (act 611/2021 § 14).
    CouncilTerm,
    /// The county's welfare plan, once in a council term (act 612/2021 § 7).
    WelfarePlan,
    /// The county's welfare report, once in a council term (act 612/2021 § 7).
    WelfareReport,
    /// Yearly the county and its municipalities negotiate on health promotion (act 612/2021 § 7).
    YearlyHealthPromotion,
    /// Yearly the county negotiates with a ministry (act 612/2021 § 24 as enacted).
    YearlyMinistry,
}

/// Whether a duty is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// By all whose duty it is.
    Done,
    /// Not yet, and its period runs.
    Due,
    /// Not in its period, as far as is recorded.
    Overdue,
}

impl DutyKind {
    /// All of them.
    pub const ALL: &'static [DutyKind] = &[
        DutyKind::CouncilTerm,
        DutyKind::WelfarePlan,
        DutyKind::WelfareReport,
        DutyKind::YearlyHealthPromotion,
        DutyKind::YearlyMinistry,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            DutyKind::CouncilTerm => "council_term",
            DutyKind::WelfarePlan => "welfare_plan",
            DutyKind::WelfareReport => "welfare_report",
            DutyKind::YearlyHealthPromotion => "yearly_health_promotion",
            DutyKind::YearlyMinistry => "yearly_ministry",
        }
    }

    /// The provision that sets it.
    fn basis(self) -> &'static str {
        match self {
            DutyKind::CouncilTerm => "611/2021 § 14",
            DutyKind::YearlyMinistry => "612/2021 § 24",
            DutyKind::WelfarePlan | DutyKind::WelfareReport | DutyKind::YearlyHealthPromotion => "612/2021 § 7",
        }
    }

    /// Whether an agreement that rests on the provision that `line` names shows it.
    fn rests_on(self, line: &str) -> bool {
        let names = |act, section| legal_bases::names(line, act, section);
        match self {
            DutyKind::CouncilTerm => names("611/2021", 14),
            // The negotiation with the ministry deals with what that of section 7 is about.
            DutyKind::YearlyMinistry => names("612/2021", 7) || names("612/2021", 24),
            DutyKind::WelfarePlan | DutyKind::WelfareReport | DutyKind::YearlyHealthPromotion => names("612/2021", 7),
        }
    }

    /// Whether municipalities do it together with the county, or the county for itself.
    fn is_joint(self) -> bool {
        matches!(self, DutyKind::CouncilTerm | DutyKind::YearlyHealthPromotion)
    }

    /// The periods in which it is to be done, from the one that runs on `opened` to that of `on`.
    fn periods(self, opened: Date, on: Date) -> Vec<Period> {
        match self {
            DutyKind::YearlyHealthPromotion | DutyKind::YearlyMinistry => years(opened, on),
            DutyKind::CouncilTerm | DutyKind::WelfarePlan | DutyKind::WelfareReport => {
                council_terms::between(opened, on, MOST_PERIODS)
            }
        }
    }

    /// Who has done it by the act of `entry`; none when that is about something else.
    fn done_by(self, entry: &Entry) -> Option<&[PartyId]> {
        let (done, parties) = match &entry.act {
            Act::NegotiationHeld(act) => {
                let kind = match act.kind {
                    NegotiationKind::CouncilTerm => self == DutyKind::CouncilTerm,
                    NegotiationKind::Forum => false,
                    NegotiationKind::YearlyHealthPromotion => self == DutyKind::YearlyHealthPromotion,
                    NegotiationKind::YearlyMinistry => self == DutyKind::YearlyMinistry,
                };
                (kind, &act.attending)
            }
            Act::WelfareReportAdopted(act) => {
                let part = match act.part {
                    WelfarePart::Plan => self == DutyKind::WelfarePlan,
                    WelfarePart::Report => self == DutyKind::WelfareReport,
                    WelfarePart::ReportAndPlan => matches!(self, DutyKind::WelfarePlan | DutyKind::WelfareReport),
                };
                (part, &act.parties)
            }
            _ => return None,
        };
        done.then_some(parties)
    }
}

impl DutyState {
    /// All of them.
    pub const ALL: &'static [DutyState] = &[DutyState::Done, DutyState::Due, DutyState::Overdue];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            DutyState::Done => "done",
            DutyState::Due => "due",
            DutyState::Overdue => "overdue",
        }
    }
}

/// Every duty in every period up to the one of `on`, by the day on which it is due.
pub fn duties(agreement: &Agreement, registry: &Registry, on: Date) -> Vec<Duty> {
    let opened = agreement.entries.get(&1).and_then(|entry| entry.common.occurred_on);
    let Some((opening, opened)) = agreement.opening().zip(opened) else { return Vec::new() };
    let applies = |kind: &&DutyKind| opening.legal_bases.iter().any(|line| kind.rests_on(line));
    let kinds = DutyKind::ALL.iter().filter(applies);
    let periods = kinds.flat_map(|kind| kind.periods(opened, on).into_iter().map(|period| (*kind, period)));
    let mut duties: Vec<Duty> =
        periods.filter_map(|(kind, period)| Duty::of(agreement, registry, kind, period, on)).collect();
    duties.sort_by_key(|duty| (duty.due_on, duty.kind));
    duties
}

impl Duty {
    /// None where the roster has nobody whose duty it would be.
    fn of(agreement: &Agreement, registry: &Registry, kind: DutyKind, period: Period, on: Date) -> Option<Duty> {
        let told = on.min(period.to);
        let seats = bound_by(agreement, registry, kind, told)?;
        let acts = acts(agreement, kind, &period, told);
        let first = |held: &Held<'_>| {
            let there = |done: &[PartyId]| done.iter().any(|who| stands_for(registry, who, held, told));
            acts.iter().find(|(_, done)| there(done)).and_then(|(entry, _)| entry.common.occurred_on)
        };
        let firsts: Vec<Option<Date>> = seats.iter().map(first).collect();
        let parties: Vec<PartyId> = seats.iter().map(|held| held.seat.party.clone()).collect();
        let missing = parties.iter().zip(&firsts).filter(|(_, first)| first.is_none()).map(|(party, _)| party.clone());
        let missing: Vec<PartyId> = missing.collect();
        let state = match missing.is_empty() {
            true => DutyState::Done,
            false if period.to < on => DutyState::Overdue,
            false => DutyState::Due,
        };
        Some(Duty {
            basis: kind.basis().to_owned(),
            done_by: acts.iter().map(|(entry, _)| entry.version).collect(),
            done_on: firsts.into_iter().collect::<Option<Vec<Date>>>().and_then(|dates| dates.into_iter().max()),
            due_on: period.to,
            invented: acts.iter().any(|(entry, _)| entry.common.invented),
            kind,
            missing,
            parties,
            period,
            state,
        })
    }
}

/// The acts of `kind` in `period` up to `told`, in legal order, with those who took part.
fn acts<'a>(agreement: &'a Agreement, kind: DutyKind, period: &Period, told: Date) -> Vec<(&'a Entry, &'a [PartyId])> {
    let within = |entry: &&Entry| entry.common.occurred_on.is_some_and(|date| (period.from..=told).contains(&date));
    let kinds = ["negotiation_held", "welfare_report_adopted"];
    let entries = kinds.iter().flat_map(|name| agreement.of_kind(name)).filter(within);
    let mut acts: Vec<_> = entries.filter_map(|entry| Some((entry, kind.done_by(entry)?))).collect();
    acts.sort_by_key(|(entry, _)| (entry.common.occurred_on, entry.version));
    acts
}

/// Whose duty it is on `on`: the county's, and where it is joint that of the municipalities of the roster.
fn bound_by<'a>(agreement: &'a Agreement, registry: &Registry, kind: DutyKind, on: Date) -> Option<Vec<Held<'a>>> {
    let of = |wanted: PartyKind| {
        let is = |held: &Held<'_>| registry.parties.get(&held.seat.party).map(|it| it.registered.kind) == Some(wanted);
        seats::on(agreement, on).into_iter().filter(is).collect::<Vec<Held<'_>>>()
    };
    let (counties, municipalities) = (of(PartyKind::WellbeingServicesCounty), of(PartyKind::Municipality));
    if counties.is_empty() || municipalities.is_empty() {
        return None;
    }
    Some(if kind.is_joint() { [counties, municipalities].concat() } else { counties })
}

/// Whether `who`, who took part, stands for a seat on `on`: who holds it, or the successor where its party has ended.
fn stands_for(registry: &Registry, who: &PartyId, held: &Held<'_>, on: Date) -> bool {
    let party = &held.seat.party;
    let continues = registry.ended(party, on).is_some() && registry.current(party, on).contains(who);
    continues || held.is_held_by(who, on)
}

/// Calendar years, from that of `opened` to that of `on`.
fn years(opened: Date, on: Date) -> Vec<Period> {
    let first = opened.0.year().max(FIRST_YEAR);
    let year = |year: i16| {
        let day = |month, day| jiff::civil::Date::new(year, month, day).ok().map(Date);
        Some(Period { from: day(1, 1)?, to: day(12, 31)? })
    };
    let years: Vec<i16> = (first..=on.0.year()).rev().take(MOST_PERIODS).collect();
    years.into_iter().rev().filter_map(year).collect()
}
