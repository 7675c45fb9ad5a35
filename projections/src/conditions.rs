//! What an approval hangs on: the conditions of a decision, and how far each is settled as of a date.
//!
//! A suspensive condition is settled by the approving party's own word that it is fulfilled; a reservation by the
//! acceptance of every other seat; a declaration needs no settling.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::condition_settled::ConditionOutcome;
use crate::acts::decision_recorded::{ConditionKind, DecisionRecorded};
use crate::acts::rules::EntryIntoForce;
use crate::agreement::{Agreement, Entry};
use crate::annexes;
use crate::approval::{self, WhyNot};
use crate::seats::{self, Held};

/// How far a condition is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionState {
    /// A reservation that all others have accepted.
    Accepted,
    /// A mere declaration: nothing is to be settled.
    Declared,
    /// A suspensive condition that can no longer be fulfilled.
    Failed,
    /// A suspensive condition that is fulfilled.
    Fulfilled,
    /// A reservation to which somebody objects.
    Objected,
    /// Not settled.
    Open,
}

impl ConditionState {
    /// All of them.
    pub const ALL: &'static [ConditionState] = &[
        ConditionState::Accepted,
        ConditionState::Declared,
        ConditionState::Failed,
        ConditionState::Fulfilled,
        ConditionState::Objected,
        ConditionState::Open,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            ConditionState::Accepted => "accepted",
            ConditionState::Declared => "declared",
            ConditionState::Failed => "failed",
            ConditionState::Fulfilled => "fulfilled",
            ConditionState::Objected => "objected",
            ConditionState::Open => "open",
        }
    }
}

/// One condition of a decision, as of a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement<'a> {
    /// The seats that have accepted a reservation.
    pub accepted: Vec<&'a PartyId>,
    /// The seats whose answer to a reservation is awaited.
    pub awaited: Vec<&'a PartyId>,
    /// The record that settled it, or the last that it takes.
    pub by: Option<&'a Entry>,
    /// What it does to the approval.
    pub kind: ConditionKind,
    /// The seats that object to a reservation.
    pub objected: Vec<&'a PartyId>,
    /// Since when it is settled, a legal date.
    pub settled_on: Option<Date>,
    /// How far it is settled.
    pub state: ConditionState,
}

/// Every condition of the decision at `entry`, in its order, as of `on`.
pub fn settlements<'a>(
    agreement: &'a Agreement,
    entry: &'a Entry,
    decision: &DecisionRecorded,
    on: Date,
) -> Vec<Settlement<'a>> {
    let one = |(at, kind): (usize, ConditionKind)| match kind {
        ConditionKind::Declaration => Settlement::new(kind, ConditionState::Declared),
        ConditionKind::Suspensive => suspensive(agreement, entry, at as u64, on),
        ConditionKind::Reservation => reservation(agreement, entry, decision, at as u64, on),
    };
    decision.conditions.iter().map(|condition| condition.kind).enumerate().map(one).collect()
}

/// Since when all that the decision hangs on is settled; none when it hangs on nothing.
///
/// # Errors
///
/// Something is not settled: what failed first, then what is objected to.
pub fn settled_on(
    agreement: &Agreement,
    entry: &Entry,
    decision: &DecisionRecorded,
    on: Date,
) -> Result<Option<Date>, WhyNot> {
    let all = settlements(agreement, entry, decision, on);
    let has = |state| all.iter().any(|it| it.state == state);
    if has(ConditionState::Failed) {
        return Err(WhyNot::ConditionFailed);
    }
    if has(ConditionState::Objected) {
        return Err(WhyNot::ReservationObjected);
    }
    if has(ConditionState::Open) {
        return Err(WhyNot::Conditional);
    }
    Ok(all.iter().filter_map(|it| it.settled_on).max())
}

/// The live answers to one condition that were given on or before `on`, in legal order.
pub(crate) fn answers<'a>(
    agreement: &'a Agreement,
    version: u64,
    condition: u64,
    on: Date,
) -> Vec<(&'a Entry, ConditionOutcome)> {
    let given = agreement.about(version).filter(|entry| entry.happened_by(on));
    let answer = |entry: &'a Entry| match &entry.act {
        Act::ConditionSettled(act) if act.decision == version && act.condition == condition => {
            Some((entry, act.outcome))
        }
        _ => None,
    };
    let mut answers: Vec<(&'a Entry, ConditionOutcome)> = given.filter_map(answer).collect();
    answers.sort_by_key(|(entry, _)| (entry.common.occurred_on, entry.version));
    answers
}

/// The seats that answer a reservation on `on`: all others; under a bilateral rule the hub, with which its party
/// agrees; of an annex those that it is for.
pub(crate) fn answering<'a>(
    agreement: &'a Agreement,
    entry: &Entry,
    decision: &DecisionRecorded,
    on: Date,
) -> Vec<Held<'a>> {
    let mut seats = seats::on(agreement, on);
    let own = |held: &Held<'_>| entry.party().is_some_and(|party| held.is_held_by(party, on));
    let hub = agreement.opening().and_then(|opened| match &opened.rules.entry_into_force {
        EntryIntoForce::EachWhenApprovedAndSigned { hub } => Some(hub),
        _ => None,
    });
    let hub = hub.filter(|hub| !seats.iter().any(|held| held.seat.party == **hub && own(held)));
    let group = approval::group_approved(agreement, entry, decision);
    let annex = group.and_then(|group| annexes::of_text(agreement, group));
    seats.retain(|held| {
        let seat = &held.seat.party;
        !own(held) && hub.is_none_or(|hub| hub == seat) && annex.is_none_or(|annex| annex.is_for(agreement, seat, on))
    });
    seats
}

fn suspensive<'a>(agreement: &'a Agreement, entry: &Entry, at: u64, on: Date) -> Settlement<'a> {
    let kind = ConditionKind::Suspensive;
    let answers = answers(agreement, entry.version, at, on);
    match answers.into_iter().rfind(|(_, outcome)| outcome.kind() == kind) {
        Some((by, ConditionOutcome::Failed)) => {
            Settlement { by: Some(by), ..Settlement::new(kind, ConditionState::Failed) }
        }
        Some((by, _)) => {
            let settled_on = by.common.occurred_on;
            Settlement { by: Some(by), settled_on, ..Settlement::new(kind, ConditionState::Fulfilled) }
        }
        None => Settlement::new(kind, ConditionState::Open),
    }
}

/// Accepted once, on some day, all seats of that day had accepted: who comes later finds it accepted.
fn reservation<'a>(
    agreement: &'a Agreement,
    entry: &Entry,
    decision: &DecisionRecorded,
    at: u64,
    on: Date,
) -> Settlement<'a> {
    let kind = ConditionKind::Reservation;
    let answers = answers(agreement, entry.version, at, on);
    let answer = |held: &Held<'_>, day: Date| {
        let theirs = |(by, _): &&(&Entry, ConditionOutcome)| {
            let who = by.party().zip(by.common.occurred_on);
            by.happened_by(day) && who.is_some_and(|(party, given)| held.is_held_by(party, given))
        };
        answers.iter().rfind(theirs).map(|(_, outcome)| *outcome)
    };
    let with = |outcome: Option<ConditionOutcome>, day: Date| -> Vec<&'a PartyId> {
        let seats = answering(agreement, entry, decision, day).into_iter();
        seats.filter(|held| answer(held, day) == outcome).map(|held| &held.seat.party).collect()
    };
    let accepted = |day: Date| with(None, day).is_empty() && with(Some(ConditionOutcome::Objected), day).is_empty();
    let settled_on = days(agreement, entry, &answers, on).into_iter().find(|day| accepted(*day));
    let objected = with(Some(ConditionOutcome::Objected), on);
    let state = match settled_on {
        Some(_) => ConditionState::Accepted,
        None if objected.is_empty() => ConditionState::Open,
        None => ConditionState::Objected,
    };
    Settlement {
        accepted: with(Some(ConditionOutcome::Accepted), on),
        awaited: if settled_on.is_some() { Vec::new() } else { with(None, on) },
        by: answers.iter().rfind(|(by, _)| settled_on.is_some_and(|day| by.happened_by(day))).map(|(by, _)| *by),
        objected,
        settled_on,
        ..Settlement::new(kind, state)
    }
}

/// The days up to `on` on which a reservation can have come to be accepted by all: that of the decision, of each
/// answer, and of each change of the seats.
fn days(agreement: &Agreement, entry: &Entry, answers: &[(&Entry, ConditionOutcome)], on: Date) -> Vec<Date> {
    let kinds = ["party_acceded", "party_confirmed_by_successor"];
    let changed = kinds.iter().flat_map(|kind| agreement.of_kind(kind)).filter_map(|it| it.common.occurred_on);
    let answered = answers.iter().filter_map(|(by, _)| by.common.occurred_on);
    let mut days: Vec<Date> = entry.common.occurred_on.into_iter().chain(answered).chain(changed).collect();
    days.retain(|day| *day <= on && Some(*day) >= entry.common.occurred_on);
    days.sort();
    days
}

impl Settlement<'_> {
    fn new(kind: ConditionKind, state: ConditionState) -> Self {
        Settlement {
            accepted: Vec::new(),
            awaited: Vec::new(),
            by: None,
            kind,
            objected: Vec::new(),
            settled_on: None,
            state,
        }
    }
}
