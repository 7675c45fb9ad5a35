//! What is contested, by whom and why. Nothing flips silently: when an act on which a
//! determination rested falls, the history stays and this says so.

use sinetti_events::primitives::time::Date;

use super::codes::ContestCode;
use super::view::Contest;
use crate::acts::Act;
use crate::acts::agreement_opened::EntryIntoForce;
use crate::agreement::{Agreement, Entry};
use crate::approval;
use crate::force::{self, Standing};
use crate::registry::Registry;

/// Every reason why what counts on `on` is contested.
pub(super) fn contested(
    agreement: &Agreement,
    registry: &Registry,
    standings: &[Standing<'_>],
    on: Date,
) -> Vec<Contest> {
    let Some(opened) = agreement.opening() else { return Vec::new() };
    let rule = &opened.rules.entry_into_force;
    let mut why = fallen(agreement, rule, standings, on);
    why.extend(suspects(agreement, registry, on));
    why
}

/// The acts that a determination rested on and that hold no more.
fn fallen(agreement: &Agreement, rule: &EntryIntoForce, standings: &[Standing<'_>], on: Date) -> Vec<Contest> {
    let mut why = Vec::new();
    for standing in standings {
        let party = &standing.seat.party;
        let Some(from) = rests_on(agreement, rule, standing) else { continue };
        if from > on {
            continue;
        }
        if standing.approved.is_none() {
            why.push(fallen_approval(agreement, standing, on));
        } else if force::asks_signatures(rule) && standing.signed.is_none() {
            why.push(Contest { party: Some(party.clone()), ..Contest::bare(ContestCode::SignatureFallen) });
        } else if standing.done(rule).is_some_and(|done| done > from) {
            why.push(Contest { party: Some(party.clone()), ..Contest::bare(ContestCode::ConditionsLater) });
        }
    }
    why
}

/// From when a determination says that the seat is bound.
fn rests_on(agreement: &Agreement, rule: &EntryIntoForce, standing: &Standing<'_>) -> Option<Date> {
    let party = &standing.seat.party;
    match rule {
        EntryIntoForce::EachWhenApprovedAndSigned { hub } if hub == party => {
            let pairs = agreement.live().filter_map(|entry| match &entry.act {
                Act::EntryIntoForceDetermined(act) if act.with_party.is_some() => Some(act.in_force_from),
                _ => None,
            });
            pairs.min()
        }
        EntryIntoForce::EachWhenApprovedAndSigned { .. } => {
            force::determination(agreement, Some(party)).map(|(_, act)| act.in_force_from)
        }
        _ => force::determination(agreement, None).map(|(_, act)| act.in_force_from),
    }
}

/// An approval that was set aside, with the court that did it; else one that fell otherwise.
fn fallen_approval(agreement: &Agreement, standing: &Standing<'_>, on: Date) -> Contest {
    let party = &standing.seat.party;
    let decisions = approval::decisions_of(agreement, party, on);
    let annulment = decisions.iter().rev().find_map(|(entry, _)| approval::annulment(agreement, entry.version, on));
    match annulment {
        Some(entry) => Contest {
            by: match &entry.act {
                Act::ChallengeResolved(act) => Some(act.by.clone()),
                _ => None,
            },
            party: Some(party.clone()),
            ..Contest::of(ContestCode::ApprovalAnnulled, entry)
        },
        None => Contest { party: Some(party.clone()), ..Contest::bare(ContestCode::ApprovalFallen) },
    }
}

/// Acts by keys that may have been somebody else's: they keep their effect, and are contested.
fn suspects(agreement: &Agreement, registry: &Registry, on: Date) -> Vec<Contest> {
    let suspect = agreement.live().filter(|entry| entry.happened_by(on) && entry.is_suspect(registry));
    suspect
        .map(|entry| Contest { party: entry.party().cloned(), ..Contest::of(ContestCode::SuspectKey, entry) })
        .collect()
}

impl Contest {
    fn bare(code: ContestCode) -> Contest {
        Contest { by: None, code, occurred_on: None, party: None, recorded_at: None, version: None }
    }

    fn of(code: ContestCode, entry: &Entry) -> Contest {
        Contest {
            occurred_on: entry.common.occurred_on,
            recorded_at: Some(entry.recorded_at),
            version: Some(entry.version),
            ..Contest::bare(code)
        }
    }
}
