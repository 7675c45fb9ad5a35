//! When the agreement is in force by its own rule.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::agreement_opened::Seat;
use crate::acts::rules::EntryIntoForce;
use crate::acts::{Act, EntryIntoForceDetermined};
use crate::agreement::{Agreement, Entry};
use crate::approval;
use crate::signing;
use crate::texts;

/// What one seat has done, as of a date.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// The seat.
    pub seat: &'a Seat,
    /// The record by which it approved, and its legal date.
    pub approved: Option<(&'a Entry, Date)>,
    /// When it had signed, by all who must.
    pub signed: Option<Date>,
}

/// Every seat's standing towards the text that is to be approved, as of `on`.
pub fn standings(agreement: &Agreement, on: Date) -> Vec<Standing<'_>> {
    let text = texts::current(agreement, on);
    let seats = agreement.opening().map_or(&[][..], |opened| &opened.roster);
    let standing = |seat| Standing::of(agreement, seat, text, on);
    seats.iter().map(standing).collect()
}

/// From when the conditions of entry into force hold, for the whole roster: the latest legal
/// date of the required acts. None when one is missing, or when the rule is bilateral.
pub fn met_since(rule: &EntryIntoForce, standings: &[Standing<'_>]) -> Option<Date> {
    if matches!(rule, EntryIntoForce::EachWhenApprovedAndSigned { .. }) {
        return None;
    }
    let dates = standings.iter().map(|standing| standing.done(rule));
    dates.collect::<Option<Vec<Date>>>()?.into_iter().max()
}

/// From when they hold between the hub and one party, under the bilateral rule.
pub fn pair_met_since(rule: &EntryIntoForce, standings: &[Standing<'_>], party: &PartyId) -> Option<Date> {
    let EntryIntoForce::EachWhenApprovedAndSigned { hub } = rule else { return None };
    let done = |id: &PartyId| standings.iter().find(|standing| standing.seat.party == *id)?.done(rule);
    if party == hub { None } else { Some(done(hub)?.max(done(party)?)) }
}

/// The registrar's determination that stands; under the bilateral rule the one for `with`.
pub fn determination<'a>(
    agreement: &'a Agreement,
    with: Option<&PartyId>,
) -> Option<(&'a Entry, &'a EntryIntoForceDetermined)> {
    agreement.of_kind("entry_into_force_determined").find_map(|entry| match &entry.act {
        Act::EntryIntoForceDetermined(act) if act.with_party.as_ref() == with => Some((entry, act)),
        _ => None,
    })
}

/// Whether `rule` asks for signatures.
pub fn asks_signatures(rule: &EntryIntoForce) -> bool {
    !matches!(rule, EntryIntoForce::AllApproved {})
}

impl<'a> Standing<'a> {
    fn of(agreement: &'a Agreement, seat: &'a Seat, text: Option<u64>, on: Date) -> Standing<'a> {
        let approved = text.and_then(|text| approval::approval(agreement, &seat.party, text, on));
        let signed = text.and_then(|text| signing::signing(agreement, &seat.party, text, on).complete_on);
        Standing { seat, approved, signed }
    }

    /// When the seat had done all that `rule` asks.
    pub fn done(&self, rule: &EntryIntoForce) -> Option<Date> {
        let (_, approved) = self.approved?;
        if asks_signatures(rule) { Some(approved.max(self.signed?)) } else { Some(approved) }
    }
}
