//! Amendments: who has accepted each, since when it is in force, and whom it binds.
//!
//! A party accepts an amendment as it accepts the agreement: it approves the amendment's text, and signs it where
//! the agreement asks for signatures. Parties are asked that are bound by the agreement or, where it takes all of
//! them, belong to it; a party that has left is asked no more.

use std::collections::BTreeMap;

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::rules::{AmendmentRule, Rules, Term};
use crate::acts::text_deposited::TextRole;
use crate::acts::{Act, AmendmentProposed, EntryIntoForceDetermined};
use crate::agreement::{Agreement, Entry};
use crate::case::Case;
use crate::force::{self, Force, Standing};
use crate::periods;
use crate::refusal::Refusal;
use crate::texts;

/// A proposed amendment, as of the date of its [`Force`].
#[derive(Debug, Clone)]
pub struct Amended<'a> {
    /// What is proposed.
    pub act: &'a AmendmentProposed,
    /// Since when it binds every party.
    pub binds_all_from: Option<Date>,
    /// The registrar's determination.
    pub determination: Option<(&'a Entry, &'a EntryIntoForceDetermined)>,
    /// The record that proposes it.
    pub entry: &'a Entry,
    /// The group of its text.
    pub group: Option<u64>,
    /// Since when its conditions hold.
    pub met_since: Option<Date>,
    /// Since when it is in force between some: as determined, else as computed.
    pub since: Option<Date>,
    /// What every seat has done about its text.
    standings: Vec<Standing<'a>>,
}

/// Parties for which the same amendments are in force, and so the same text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextGroup<'a> {
    /// Versions of the amendments, in order.
    pub amendments: Vec<u64>,
    /// Version of the newest text that consolidates just these.
    pub consolidated: Option<u64>,
    /// The parties, in the order of the roster.
    pub parties: Vec<&'a PartyId>,
}

/// The amendments that were proposed by the date of `force`, in the order of the log.
pub fn amendments<'a>(force: &Force<'a>) -> Vec<Amended<'a>> {
    let proposed = force.agreement.of_kind("amendment_proposed").filter(|entry| entry.happened_by(force.on));
    proposed.filter_map(|entry| Amended::of(force, entry)).collect()
}

/// The amendment at `version`, as of the date of `force`.
pub fn amendment<'a>(force: &Force<'a>, version: u64) -> Option<Amended<'a>> {
    force.agreement.live_at(version).and_then(|entry| Amended::of(force, entry))
}

/// The terms that the agreement has had, each with its first day; the opening's has none.
pub(crate) fn terms<'a>(force: &Force<'a>, amendments: &[Amended<'a>]) -> Vec<(Option<Date>, &'a Term)> {
    let opened = force.agreement.opening().map(|opened| (None, &opened.term));
    let renewed = bind_all(amendments).filter_map(|(from, act)| Some((Some(from), act.new_term.as_ref()?)));
    opened.into_iter().chain(renewed).collect()
}

/// The agreement's rules on `on`, as amended by what binds all.
pub fn rules(agreement: &Agreement, on: Date) -> Option<Rules> {
    let force = Force::of(agreement, on)?;
    Some(amended_rules(&agreement.opening()?.rules, &amendments(&force)))
}

/// `rules` with what `amendments` that bind all made of them.
pub(crate) fn amended_rules(rules: &Rules, amendments: &[Amended<'_>]) -> Rules {
    let mut rules = rules.clone();
    for (_, act) in bind_all(amendments) {
        rules.amendment = act.new_amendment_rule.clone().or(rules.amendment);
        rules.withdrawal = act.new_withdrawal.or(rules.withdrawal);
    }
    rules
}

/// The parties by the amendments that bind them; those bound by none too.
pub fn text_groups<'a>(force: &Force<'a>, amendments: &[Amended<'a>]) -> Vec<TextGroup<'a>> {
    let mut groups: BTreeMap<Vec<u64>, Vec<&'a PartyId>> = BTreeMap::new();
    let bound: Vec<(u64, Vec<(&PartyId, Date)>)> =
        amendments.iter().map(|amended| (amended.entry.version, amended.bound(force))).collect();
    for standing in force.standings.iter().filter(|standing| force.is_party(standing, force.on)) {
        let party = &standing.seat.party;
        let binds = bound.iter().filter(|(_, bound)| bound.iter().any(|(other, _)| *other == party));
        groups.entry(binds.map(|(version, _)| *version).collect()).or_default().push(party);
    }
    let group = |(amendments, parties): (Vec<u64>, Vec<&'a PartyId>)| TextGroup {
        consolidated: consolidated(force, &amendments),
        amendments,
        parties,
    };
    groups.into_iter().map(group).collect()
}

/// The newest text that has just `amendments` in it.
fn consolidated(force: &Force<'_>, amendments: &[u64]) -> Option<u64> {
    let texts = texts::deposits(force.agreement).rev().filter(|(entry, text)| {
        let mut has = text.consolidates.clone();
        has.sort_unstable();
        !has.is_empty() && entry.happened_by(force.on) && text.role == TextRole::Consolidated && has == amendments
    });
    texts.map(|(entry, _)| texts::group(force.agreement, entry.version)).next()
}

/// What an act rests on that names the amendment of the record `version`: that it is in force by then.
pub(crate) fn check_in_force(case: &Case<'_>, version: u64) -> Result<(), Refusal> {
    case.of_kind(version, "amendment_proposed", "data.amendment")?;
    let force = Force::of(case.agreement, case.occurred_on());
    if force.and_then(|force| amendment(&force, version)).is_some_and(|amended| amended.since.is_some()) {
        return Ok(());
    }
    let reason = format!("the amendment of record {version} is not in force on {}", case.occurred_on());
    Err(Refusal::new("amendment-not-in-force", "data.amendment", reason, "record it once enough have accepted that"))
}

/// What binds all, in the order in which it came to.
fn bind_all<'a>(amendments: &[Amended<'a>]) -> impl Iterator<Item = (Date, &'a AmendmentProposed)> {
    let mut binding: Vec<(Date, u64, &AmendmentProposed)> =
        amendments.iter().filter_map(|it| Some((it.binds_all_from?, it.entry.version, it.act))).collect();
    binding.sort_by_key(|(from, version, _)| (*from, *version));
    binding.into_iter().map(|(from, _, act)| (from, act))
}

impl<'a> Amended<'a> {
    fn of(force: &Force<'a>, entry: &'a Entry) -> Option<Amended<'a>> {
        let Act::AmendmentProposed(act) = &entry.act else { return None };
        let group = texts::group_of_digest(force.agreement, &act.text);
        let standings = force.all().map(|it| Standing::of(force.agreement, it.held.clone(), group, force.on)).collect();
        let determination =
            force::determinations(force.agreement).find(|(_, act)| act.amendment == Some(entry.version));
        let mut amended =
            Amended { act, binds_all_from: None, determination, entry, group, met_since: None, since: None, standings };
        amended.met_since = amended.first(force, |date| amended.is_met(force, date));
        let determined = determination.map(|(_, act)| act.in_force_from);
        amended.since = determined.or(amended.met_since).filter(|since| *since <= force.on);
        amended.binds_all_from = match act.rule {
            AmendmentRule::BindsAccepting {} => {
                let all = amended.first(force, |date| amended.is_accepted_by_all(force, date));
                all.and_then(|all| Some(all.max(amended.since?)))
            }
            AmendmentRule::Threshold { .. } | AmendmentRule::Unanimous {} => amended.since,
        };
        Some(amended)
    }

    /// What the seat of `party` has done about its text.
    pub fn standing(&self, party: &PartyId) -> Option<&Standing<'a>> {
        self.standings.iter().find(|standing| standing.seat.party == *party)
    }

    /// The standings of those who are asked on the date of `force`.
    pub fn asked(&self, force: &Force<'a>) -> impl Iterator<Item = &Standing<'a>> {
        let asked = force.standings.iter().filter(|standing| force.is_party(standing, force.on));
        asked.filter_map(|standing| self.of_seat(standing.seat.number))
    }

    /// The parties that it binds on the date of `force`, each with since when, in the order of the roster.
    pub fn bound(&self, force: &Force<'a>) -> Vec<(&'a PartyId, Date)> {
        let Some(since) = self.since else { return Vec::new() };
        let bound = |standing: &Standing<'a>| {
            let own = self.of_seat(standing.seat.number)?.done(force.rule);
            let from = match self.act.rule {
                AmendmentRule::BindsAccepting {} => own?.max(since).max(self.hub_accepted(force)?),
                _ => since.max(standing.held.from.unwrap_or(since)),
            };
            Some((&standing.seat.party, from))
        };
        let parties = force.standings.iter().filter(|standing| force.is_party(standing, force.on));
        parties.filter_map(bound).collect()
    }

    /// Under the bilateral rule nothing binds a pair without the hub; else since ever.
    fn hub_accepted(&self, force: &Force<'a>) -> Option<Date> {
        match force.hub() {
            Some(hub) => self.standing(hub)?.done(force.rule),
            None => self.since,
        }
    }

    /// Whether its own rule is met on `date`.
    fn is_met(&self, force: &Force<'a>, date: Date) -> bool {
        let asked: Vec<&Standing<'_>> = force.all().filter(|standing| force.is_party(standing, date)).collect();
        let accepted: Vec<&Standing<'_>> =
            asked.iter().copied().filter(|standing| self.is_accepted(force, standing.seat.number, date)).collect();
        match &self.act.rule {
            AmendmentRule::Unanimous {} => !asked.is_empty() && accepted.len() == asked.len(),
            AmendmentRule::Threshold { parties, population } => {
                force.reach(*parties, *population, (&accepted, &asked), date)
            }
            AmendmentRule::BindsAccepting {} => {
                let hub = force.hub().is_none_or(|hub| accepted.iter().any(|it| it.seat.party == *hub));
                accepted.len() >= 2 && hub
            }
        }
    }

    fn is_accepted_by_all(&self, force: &Force<'a>, date: Date) -> bool {
        let mut asked = force.all().filter(|standing| force.is_party(standing, date)).peekable();
        asked.peek().is_some() && asked.all(|standing| self.is_accepted(force, standing.seat.number, date))
    }

    fn is_accepted(&self, force: &Force<'a>, number: u64, date: Date) -> bool {
        self.of_seat(number).and_then(|standing| standing.done(force.rule)).is_some_and(|done| done <= date)
    }

    fn of_seat(&self, number: u64) -> Option<&Standing<'a>> {
        self.standings.iter().find(|standing| standing.seat.number == number)
    }

    /// The first date on which `holds`, of those on which anything changed: not before the agreement itself is in
    /// force, nor before the amendment is proposed, nor after the agreement's end.
    fn first(&self, force: &Force<'a>, holds: impl Fn(Date) -> bool) -> Option<Date> {
        let floor = force.start()?.max(self.entry.common.occurred_on?);
        let last = periods::end(force.agreement, force.on).map_or(force.on, |(_, act)| act.last_day.min(force.on));
        let accepted = self.standings.iter().filter_map(|standing| standing.done(force.rule));
        let mut dates: Vec<Date> = accepted.chain(force.changes()).chain([floor]).collect();
        dates.retain(|date| (floor..=last).contains(date));
        dates.sort();
        dates.into_iter().find(|date| holds(*date))
    }
}
