//! Leaving: notices of withdrawal, their revocation, and from when a party is bound no more
//! (VCLT 54, 56, 67, 68). Leaving undoes neither approval nor signature, and ends nothing for the rest.

use jiff::Span;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::{Act, WithdrawalNotified};
use crate::agreement::{Agreement, Entry};
use crate::seats::Held;

/// The notice for the seat of `party` that stands as of `on`: given and not revoked by then.
pub fn notice<'a>(
    agreement: &'a Agreement,
    party: &'a PartyId,
    on: Date,
) -> Option<(&'a Entry, &'a WithdrawalNotified)> {
    let mut notices = agreement.acts_of(party, on).into_iter().rev().filter_map(as_notice);
    notices.find(|(entry, _)| revocation(agreement, entry.version, on).is_none())
}

/// Since when the seat of `party` is bound no more, as of `on`.
pub fn left(agreement: &Agreement, party: &PartyId, on: Date) -> Option<Date> {
    notice(agreement, party, on).map(|(_, act)| act.takes_effect_on).filter(|day| *day <= on)
}

/// The same of a seat, from the acts of those who speak there.
pub(crate) fn left_by(agreement: &Agreement, held: &Held<'_>, on: Date) -> Option<Date> {
    let takers = held.takers.iter().map(|taker| taker.party);
    let acts = std::iter::once(&held.seat.party).chain(takers).flat_map(|party| agreement.of_party(party));
    let notices = acts.filter(|entry| entry.happened_by(on) && entry.common.occurred_on >= held.acts_from);
    let stand = notices.filter_map(as_notice).filter(|(entry, _)| revocation(agreement, entry.version, on).is_none());
    stand.map(|(_, act)| act.takes_effect_on).filter(|day| *day <= on).max()
}

/// The revocation, on or before `on`, of the notice at `version`.
pub fn revocation(agreement: &Agreement, version: u64, on: Date) -> Option<&Entry> {
    agreement.about(version).find(|entry| entry.happened_by(on) && matches!(entry.act, Act::WithdrawalRevoked(_)))
}

/// The first day on which a withdrawal can take effect that is notified on `notified`, with a notice of so many
/// whole months: the same day of that month, or its last where it has no such day. None beyond the year 9999.
pub fn earliest(notified: Date, months: u64) -> Option<Date> {
    let months = Span::new().try_months(i64::try_from(months).ok()?).ok()?;
    let day = notified.0.checked_add(months).ok().map(Date)?;
    // At least the next day: a notice takes effect later than it is given.
    Some(day.max(Date(notified.0.tomorrow().ok()?)))
}

fn as_notice(entry: &Entry) -> Option<(&Entry, &WithdrawalNotified)> {
    match &entry.act {
        Act::WithdrawalNotified(act) => Some((entry, act)),
        _ => None,
    }
}
