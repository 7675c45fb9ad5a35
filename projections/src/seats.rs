//! The seats of an agreement in time: those of its opening, those that acceding parties got, less
//! those that a successor made one with its own; and who holds each.
//!
//! A succession in the registry changes nothing here. What an agreement requires changes by the
//! record that says so: `party_acceded` and `party_confirmed_by_successor`.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::agreement_opened::Seat;
use crate::acts::party_confirmed_by_successor::SeatSuccession;
use crate::acts::{Act, PartyAcceded};
use crate::agreement::{Agreement, Entry};
use crate::withdrawal;

/// A seat, from its first day to its last.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<'a> {
    /// Version of the `party_acceded` that gave it; none for those of the opening.
    pub acceded_by: Option<u64>,
    /// Acts before this day don't count there: it is the seat of a party that had left and came back.
    pub acts_from: Option<Date>,
    /// Its first day, for a seat that an acceding party got.
    pub from: Option<Date>,
    /// Since when it is in the roster no more, and why.
    pub gone: Option<Gone<'a>>,
    /// Number, party and population as they were said.
    pub seat: &'a Seat,
    /// The successors that took it, in legal order: their acts count there too.
    pub takers: Vec<Taker<'a>>,
}

/// How a seat left the roster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gone<'a> {
    /// Version of the record.
    pub by: u64,
    /// The party whose seat it is one with.
    pub into: &'a PartyId,
    /// The first day without it.
    pub on: Date,
    /// True when the party itself came back to another seat, after it had left.
    pub returned: bool,
}

/// A successor that took a seat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taker<'a> {
    /// From when its acts count there.
    pub from: Date,
    /// Who.
    pub party: &'a PartyId,
    /// Version of the record.
    pub version: u64,
}

/// All seats that there ever were, by number.
pub fn seats(agreement: &Agreement) -> Vec<Held<'_>> {
    let roster = agreement.opening().map_or(&[][..], |opened| &opened.roster);
    let mut seats: Vec<Held<'_>> = roster.iter().map(|seat| Held::new(seat, None)).collect();
    for entry in changes(agreement) {
        match &entry.act {
            Act::PartyAcceded(act) => accede(agreement, &mut seats, entry, act),
            Act::PartyConfirmedBySuccessor(act) => {
                if let (Some(kind), Some(by), Some(on)) = (act.seat, entry.party(), entry.common.occurred_on) {
                    succeed(&mut seats, &act.predecessor, kind, Taker { from: on, party: by, version: entry.version });
                }
            }
            _ => {}
        }
    }
    seats.sort_by_key(|held| held.seat.number);
    seats
}

/// The seats of the roster on `on`, by number.
pub fn on(agreement: &Agreement, on: Date) -> Vec<Held<'_>> {
    let mut seats = seats(agreement);
    seats.retain(|held| held.is_there(on));
    seats
}

/// The seat at which `party` speaks on `on`, its own first.
pub fn held_by<'a>(agreement: &'a Agreement, party: &PartyId, on: Date) -> Option<Held<'a>> {
    seat_of(&seats(agreement), party, on).cloned()
}

/// Whether the log ever gave `party` a seat: in the opening, by accession or by taking one.
pub fn has_seat(agreement: &Agreement, party: &PartyId) -> bool {
    let opened = agreement.opening().is_some_and(|opened| opened.roster.iter().any(|seat| seat.party == *party));
    opened
        || changes(agreement).into_iter().any(|entry| match &entry.act {
            Act::PartyAcceded(act) => act.seat.party == *party,
            Act::PartyConfirmedBySuccessor(act) => {
                act.seat == Some(SeatSuccession::Taken) && entry.party() == Some(party)
            }
            _ => false,
        })
}

/// Whose acts count at the seat of `party` as of `on`, each with the day from which they do. For a
/// party without a seat of its own: its own.
pub(crate) fn voices<'a>(agreement: &'a Agreement, party: &'a PartyId, on: Date) -> Vec<(&'a PartyId, Option<Date>)> {
    if changes(agreement).is_empty() {
        return vec![(party, None)];
    }
    let seats = self::on(agreement, on);
    let Some(held) = seats.into_iter().find(|held| held.seat.party == *party) else { return vec![(party, None)] };
    let takers = held.takers.iter().filter(|taker| taker.from <= on).map(|taker| (taker.party, Some(taker.from)));
    std::iter::once((party, held.acts_from)).chain(takers).collect()
}

/// The last day, by `on`, from which `party` speaks at a seat where what it did before does not count.
pub(crate) fn anew(agreement: &Agreement, party: &PartyId, on: Date) -> Option<Date> {
    let seats = self::on(agreement, on);
    let came_back = seats.iter().filter(|held| held.seat.party == *party).filter_map(|held| held.acts_from);
    let taken = seats.iter().flat_map(|held| &held.takers).filter(|taker| taker.party == party && taker.from <= on);
    came_back.chain(taken.map(|taker| taker.from)).max()
}

/// The next number that an acceding party gets.
pub fn next_number(agreement: &Agreement) -> u64 {
    seats(agreement).last().map_or(1, |held| held.seat.number + 1)
}

/// How many people stand behind `held` on `on`: by its own figure and those of the seats that are one with it.
pub fn population(seats: &[Held<'_>], held: &Held<'_>, on: Date) -> u64 {
    let own = held.seat.population.as_ref().map_or(0, |population| population.count);
    let merged = seats.iter().filter(|other| {
        let gone = other.gone.filter(|gone| !gone.returned && gone.on <= on);
        gone.is_some_and(|gone| seat_of(seats, gone.into, gone.on).is_some_and(|it| it.seat.number == held.seat.number))
    });
    merged.fold(own, |sum, other| sum.saturating_add(population_before(seats, other)))
}

/// What a seat that is gone brought along.
fn population_before(seats: &[Held<'_>], gone: &Held<'_>) -> u64 {
    match gone.gone.and_then(|gone| gone.on.0.yesterday().ok()) {
        Some(last) => population(seats, gone, Date(last)),
        None => 0,
    }
}

impl<'a> Held<'a> {
    fn new(seat: &'a Seat, from: Option<Date>) -> Held<'a> {
        Held { acceded_by: None, acts_from: None, from, gone: None, seat, takers: Vec::new() }
    }

    /// Whether the roster has it on `on`.
    pub fn is_there(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.gone.is_none_or(|gone| gone.on > on)
    }

    /// Whether `party` speaks there on `on`.
    pub fn is_held_by(&self, party: &PartyId, on: Date) -> bool {
        self.seat.party == *party || self.takers.iter().any(|taker| taker.party == party && taker.from <= on)
    }

    /// Who holds it on `on`: the last that took it, else the party that it was given to.
    pub fn holder(&self, on: Date) -> &PartyId {
        let taken = self.takers.iter().rev().find(|taker| taker.from <= on);
        taken.map_or(&self.seat.party, |taker| taker.party)
    }

    /// The last day that can be told of it: `on`, or its own last.
    pub fn last_told(&self, on: Date) -> Date {
        let last = self.gone.filter(|gone| gone.on <= on).and_then(|gone| gone.on.0.yesterday().ok());
        last.map_or(on, Date)
    }
}

/// The live records that change the roster or who holds its seats, in legal order.
fn changes(agreement: &Agreement) -> Vec<&Entry> {
    let kinds = ["party_acceded", "party_confirmed_by_successor"];
    let mut changes: Vec<&Entry> = kinds.iter().flat_map(|kind| agreement.of_kind(kind)).collect();
    changes.sort_by_key(|entry| (entry.common.occurred_on, entry.version));
    changes
}

/// A further seat. A party that had left comes back to it, and its old one is gone.
fn accede<'a>(agreement: &'a Agreement, seats: &mut Vec<Held<'a>>, entry: &'a Entry, act: &'a PartyAcceded) {
    let Some(on) = entry.common.occurred_on else { return };
    let mut seat = Held { acceded_by: Some(entry.version), ..Held::new(&act.seat, Some(on)) };
    if let Some(old) = seats.iter_mut().find(|held| held.is_there(on) && held.is_held_by(&act.seat.party, on)) {
        seat.acts_from = withdrawal::left_by(agreement, old, on);
        old.gone = Some(Gone { by: entry.version, into: &act.seat.party, on, returned: true });
    }
    seats.push(seat);
}

/// A successor takes its predecessor's seat, or makes it one with its own.
fn succeed<'a>(seats: &mut [Held<'a>], predecessor: &PartyId, kind: SeatSuccession, by: Taker<'a>) {
    let holds = |held: &Held<'_>| held.is_there(by.from) && held.holder(by.from) == predecessor;
    let own = seats.iter().position(|held| holds(held) && held.seat.party == *predecessor);
    let Some(held) = own.or_else(|| seats.iter().position(holds)).and_then(|at| seats.get_mut(at)) else { return };
    match kind {
        SeatSuccession::Taken => held.takers.push(by),
        SeatSuccession::Merged => {
            held.gone = Some(Gone { by: by.version, into: by.party, on: by.from, returned: false });
        }
    }
}

/// The seat at which `party` speaks on `on`, its own first.
pub(crate) fn seat_of<'s, 'a>(seats: &'s [Held<'a>], party: &PartyId, on: Date) -> Option<&'s Held<'a>> {
    let speaks = |held: &&Held<'_>| held.is_there(on) && held.is_held_by(party, on);
    let own = seats.iter().filter(speaks).find(|held| held.seat.party == *party);
    own.or_else(|| seats.iter().find(speaks))
}
