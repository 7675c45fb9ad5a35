//! When the agreement is in force by its own rule.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::agreement_opened::Seat;
use crate::acts::decision_recorded::Effect;
use crate::acts::rules::{EntryIntoForce, Share};
use crate::acts::{Act, EntryIntoForceDetermined};
use crate::agreement::{Agreement, Entry};
use crate::approval;
use crate::seats::{self, Held};
use crate::signing;
use crate::texts;
use crate::withdrawal;

/// How an agreement stands by its own rule, as of a date.
#[derive(Debug, Clone)]
pub struct Force<'a> {
    /// Of which agreement.
    pub agreement: &'a Agreement,
    /// As of when.
    pub on: Date,
    /// Its rule.
    pub rule: &'a EntryIntoForce,
    /// What the seats of the roster on `on` have done.
    pub standings: Vec<Standing<'a>>,
    /// What seats had done that were there before `on`.
    gone: Vec<Standing<'a>>,
}

/// What one seat has done, as of a date.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// The record by which it approved, and its legal date.
    pub approved: Option<(&'a Entry, Date)>,
    /// From when to when it is in the roster, and who speaks there.
    pub held: Held<'a>,
    /// Since when it is bound no more, by its withdrawal.
    pub left: Option<Date>,
    /// The seat.
    pub seat: &'a Seat,
    /// When it had signed, by all who must.
    pub signed: Option<Date>,
}

impl<'a> Force<'a> {
    /// As of `on`; none before the agreement is opened.
    pub fn of(agreement: &'a Agreement, on: Date) -> Option<Force<'a>> {
        let rule = &agreement.opening()?.rules.entry_into_force;
        let text = texts::current(agreement, on);
        let seats = seats::seats(agreement).into_iter().filter(|held| held.from.is_none_or(|from| from <= on));
        let (standings, gone) =
            seats.map(|held| Standing::of(agreement, held, text, on)).partition(|standing| standing.held.is_there(on));
        Some(Force { agreement, on, rule, standings, gone })
    }

    /// From when the conditions of entry into force hold: the earliest date on which all seats that the roster
    /// then had (or, by a threshold, a sufficient share of them) had done what is asked and had not left. What
    /// changes in the roster afterwards doesn't undo it. None when they don't hold, or when the rule is bilateral.
    pub fn met_since(&self) -> Option<Date> {
        if matches!(self.rule, EntryIntoForce::EachWhenApprovedAndSigned { .. }) {
            return None;
        }
        let mut dates: Vec<Date> = self.changes().filter(|date| *date <= self.on).collect();
        dates.sort();
        dates.into_iter().find(|date| self.holds(*date))
    }

    /// The first day on which the agreement is in force, under a bilateral rule between any pair: as the registrar
    /// has determined it, else as computed. None before that day.
    pub fn start(&self) -> Option<Date> {
        let start = match self.hub() {
            Some(_) => self.all().filter_map(|standing| self.pair_start(standing)).min(),
            None => determination(self.agreement, None).map(|(_, act)| act.in_force_from).or_else(|| self.met_since()),
        };
        start.filter(|start| *start <= self.on)
    }

    /// The same of the hub and one seat.
    pub fn pair_start(&self, other: &Standing<'_>) -> Option<Date> {
        let determined = self.pair_determination(other).map(|(_, act)| act.in_force_from);
        determined.or_else(|| self.pair_met(other)).filter(|start| *start <= self.on)
    }

    /// The determination of the pair: not that of an earlier seat of a party that left and came back.
    pub fn pair_determination(&self, other: &Standing<'_>) -> Option<(&'a Entry, &'a EntryIntoForceDetermined)> {
        let of_seat = |from: Date| other.held.is_there(from);
        determination(self.agreement, Some(&other.seat.party)).filter(|(_, act)| of_seat(act.in_force_from))
    }

    /// Whether a seat is a party's on `date`: it is there, has not left, and has done what is asked. Where the
    /// agreement takes all, the seats of its opening belong to it in any case; and where it was determined that
    /// they are bound, those whose approval fell: what falls is contested, and takes no vote from anybody.
    pub fn is_party(&self, standing: &Standing<'_>, date: Date) -> bool {
        let stays = standing.held.is_there(date) && standing.left.is_none_or(|left| left > date);
        let takes_all = matches!(self.rule, EntryIntoForce::AllApproved {} | EntryIntoForce::AllApprovedAndSigned {});
        stays
            && (standing.done(self.rule).is_some_and(|done| done <= date)
                || takes_all && standing.held.from.is_none()
                || self.was_determined(standing, date))
    }

    /// Whether a determination rests, or may rest, on what the seat had done.
    fn was_determined(&self, standing: &Standing<'_>, date: Date) -> bool {
        let by = |found: Option<(&Entry, &EntryIntoForceDetermined)>| {
            found.is_some_and(|(_, act)| act.in_force_from <= date && standing.held.is_there(act.in_force_from))
        };
        match self.hub() {
            Some(hub) if *hub == standing.seat.party => {
                determinations(self.agreement).any(|found| found.1.with_party.is_some() && by(Some(found)))
            }
            Some(_) => by(self.pair_determination(standing)),
            None => by(determination(self.agreement, None)) && self.once_approved(standing),
        }
    }

    /// Whether the seat ever took a decision that would approve the text, whatever became of it. That of an
    /// amendment or an annex is another text's.
    fn once_approved(&self, standing: &Standing<'_>) -> bool {
        let text = texts::current(self.agreement, self.on);
        let decisions = approval::decisions_of(self.agreement, &standing.seat.party, standing.held.last_told(self.on));
        decisions.iter().any(|(entry, decision)| {
            decision.effect == Effect::Approve && approval::group_approved(self.agreement, entry, decision) == text
        })
    }

    /// How many parties there are on `date`; under a bilateral rule none when the hub is not among them.
    pub fn parties_on(&self, date: Date) -> usize {
        let parties: Vec<&Standing<'_>> = self.all().filter(|standing| self.is_party(standing, date)).collect();
        let hub = self.hub().is_none_or(|hub| parties.iter().any(|standing| standing.seat.party == *hub));
        if hub { parties.len() } else { 0 }
    }

    /// The dates on which a seat came, went, had done what is asked, or left.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Date> {
        let changes = |it: &Standing<'_>| [it.done(self.rule), it.held.from, it.held.gone.map(|gone| gone.on), it.left];
        self.all().flat_map(changes).flatten()
    }

    /// From when they hold between the hub and one party, under the bilateral rule.
    pub fn pair_met_since(&self, party: &PartyId) -> Option<Date> {
        self.pair_met(self.standing(party)?)
    }

    fn pair_met(&self, other: &Standing<'_>) -> Option<Date> {
        let hub = self.standing(self.hub().filter(|hub| **hub != other.seat.party)?)?;
        let since = hub.done(self.rule)?.max(other.done(self.rule)?);
        let left = [hub.left, other.left].into_iter().flatten().min();
        Some(since).filter(|since| left.is_none_or(|left| *since < left))
    }

    /// Under the bilateral rule: the party of the seat with which each of the others agrees.
    pub fn hub(&self) -> Option<&'a PartyId> {
        match self.rule {
            EntryIntoForce::EachWhenApprovedAndSigned { hub } => Some(hub),
            _ => None,
        }
    }

    /// The standing of the seat of `party`.
    pub fn standing(&self, party: &PartyId) -> Option<&Standing<'a>> {
        self.standings.iter().find(|standing| standing.seat.party == *party)
    }

    /// Whether what the rule asks was done, by all or under a bilateral rule by any pair.
    pub fn is_met(&self) -> bool {
        self.met_since().is_some() || self.standings.iter().any(|standing| self.pair_met(standing).is_some())
    }

    /// The standings of all seats that there were by `on`.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Standing<'a>> {
        self.standings.iter().chain(&self.gone)
    }

    /// Whether the conditions hold on `date`, by what is known of it as of `on`.
    fn holds(&self, date: Date) -> bool {
        let there: Vec<&Standing<'_>> = self.all().filter(|standing| standing.held.is_there(date)).collect();
        let done: Vec<&Standing<'_>> =
            there.iter().copied().filter(|standing| standing.is_done_by(self.rule, date)).collect();
        // Whatever the rule: nobody agrees alone.
        done.len() >= 2
            && match self.rule {
                EntryIntoForce::Threshold { parties, population, .. } => {
                    self.reach(*parties, *population, (&done, &there), date)
                }
                _ => done.len() == there.len(),
            }
    }

    /// Whether `some` of `all` seats reach a share of parties, and of population where one is asked.
    pub(crate) fn reach(
        &self,
        parties: Share,
        population: Option<Share>,
        (some, all): (&[&Standing<'_>], &[&Standing<'_>]),
        on: Date,
    ) -> bool {
        let seats: Vec<Held<'_>> = self.all().map(|standing| standing.held.clone()).collect();
        let people = |of: &[&Standing<'_>]| {
            of.iter().fold(0_u64, |sum, it| sum.saturating_add(seats::population(&seats, &it.held, on)))
        };
        parties.is_reached(some.len() as u64, all.len() as u64)
            && population.is_none_or(|share| share.is_reached(people(some), people(all)))
    }
}

/// Every seat's standing towards the text that is to be approved, as of `on`.
pub fn standings(agreement: &Agreement, on: Date) -> Vec<Standing<'_>> {
    Force::of(agreement, on).map(|force| force.standings).unwrap_or_default()
}

/// The registrar's determination of the agreement itself that stands; under the bilateral rule the one for `with`.
pub fn determination<'a>(
    agreement: &'a Agreement,
    with: Option<&PartyId>,
) -> Option<(&'a Entry, &'a EntryIntoForceDetermined)> {
    determinations(agreement).find(|(_, act)| act.amendment.is_none() && act.with_party.as_ref() == with)
}

/// The determinations that stand, of the agreement and of its amendments.
pub fn determinations(agreement: &Agreement) -> impl Iterator<Item = (&Entry, &EntryIntoForceDetermined)> {
    agreement.of_kind("entry_into_force_determined").filter_map(|entry| match &entry.act {
        Act::EntryIntoForceDetermined(act) => Some((entry, act)),
        _ => None,
    })
}

/// Whether `rule` asks for signatures.
pub fn asks_signatures(rule: &EntryIntoForce) -> bool {
    match rule {
        EntryIntoForce::AllApproved {} => false,
        EntryIntoForce::Threshold { signatures, .. } => *signatures,
        EntryIntoForce::AllApprovedAndSigned {} | EntryIntoForce::EachWhenApprovedAndSigned { .. } => true,
    }
}

impl<'a> Standing<'a> {
    /// Of a seat that is gone by `on`: as it stood on its last day.
    pub(crate) fn of(agreement: &'a Agreement, held: Held<'a>, text: Option<u64>, on: Date) -> Standing<'a> {
        let (seat, on) = (held.seat, held.last_told(on));
        let approved = text.and_then(|text| approval::approval(agreement, &seat.party, text, on));
        let signed = text.and_then(|text| signing::signing(agreement, &seat.party, text, on).complete_on);
        Standing { approved, left: withdrawal::left(agreement, &seat.party, on), held, seat, signed }
    }

    /// When the seat had done all that `rule` asks.
    pub fn done(&self, rule: &EntryIntoForce) -> Option<Date> {
        let (_, approved) = self.approved?;
        if asks_signatures(rule) { Some(approved.max(self.signed?)) } else { Some(approved) }
    }

    /// What of that it has not done, with whose seat it is, in words.
    pub(crate) fn lacks(&self, rule: &EntryIntoForce) -> Option<String> {
        let signature = asks_signatures(rule) && self.signed.is_none();
        let what = match (self.approved.is_none(), signature) {
            (true, true) => "approval and signature",
            (true, false) => "approval",
            (false, true) => "signature",
            (false, false) => return None,
        };
        Some(format!("{} {} ({what})", self.seat.number, self.seat.party))
    }

    /// Whether it had by `date`, and had not left again.
    pub(crate) fn is_done_by(&self, rule: &EntryIntoForce, date: Date) -> bool {
        self.done(rule).is_some_and(|done| done <= date) && self.left.is_none_or(|left| left > date)
    }
}
