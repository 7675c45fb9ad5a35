//! What is contested, by whom and why. Nothing flips silently: when an act on which a
//! determination rested falls, the history stays and this says so.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::codes::{ActGrade, ContestCode};
use super::view::Contest;
use crate::acts::Act;
use crate::acts::decision_recorded::Effect;
use crate::acts::rules::EntryIntoForce;
use crate::agreement::{Agreement, Entry};
use crate::approval;
use crate::finality;
use crate::force::{self, Standing};
use crate::registry::Registry;
use crate::texts;

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
    why.extend(standings.iter().flat_map(|standing| undone(agreement, standing, on)));
    why.extend(suspects(agreement, registry, on));
    why
}

/// The acts that a determination rested on and that hold no more.
fn fallen(agreement: &Agreement, rule: &EntryIntoForce, standings: &[Standing<'_>], on: Date) -> Vec<Contest> {
    let mut why = Vec::new();
    for standing in standings {
        if rests_on(agreement, rule, standing).is_none_or(|from| from > on) {
            continue;
        }
        let lacks_signature = force::asks_signatures(rule) && standing.signed.is_none();
        let late = standing.done(rule) > rests_on(agreement, rule, standing);
        if standing.approved.is_none() {
            why.push(fallen_approval(agreement, standing, on));
        } else if lacks_signature {
            why.push(Contest::caused(ContestCode::SignatureFallen, agreement, standing, on));
        } else if late {
            why.push(Contest::caused(ContestCode::ConditionsLater, agreement, standing, on));
        }
    }
    why
}

/// What the party itself recorded and the registrar's word alone took its effect from.
fn undone<'a>(agreement: &'a Agreement, standing: &Standing<'a>, on: Date) -> Vec<Contest> {
    let party = &standing.seat.party;
    let Some(text) = texts::current(agreement, on).filter(|_| standing.approved.is_none()) else { return Vec::new() };
    let decisions = approval::decisions_of(agreement, party, on).into_iter();
    let own = decisions
        .filter(|(entry, decision)| entry.grade() != ActGrade::Transcribed && decision.effect == Effect::Approve);
    let undone = own.filter_map(|(entry, _)| approval::undone_by(agreement, entry, text, on));
    let alone = undone.filter(|by| by.grade() == ActGrade::Transcribed);
    alone
        .map(|by| Contest { party: Some(party.clone()), ..Contest::of(ContestCode::UndoneByTranscription, by) })
        .collect()
}

/// From when a determination says that the seat is bound.
fn rests_on(agreement: &Agreement, rule: &EntryIntoForce, standing: &Standing<'_>) -> Option<Date> {
    let party = &standing.seat.party;
    match rule {
        EntryIntoForce::EachWhenApprovedAndSigned { hub } if hub == party => {
            let pairs = agreement.of_kind("entry_into_force_determined").filter_map(|entry| match &entry.act {
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
    let annulment = decisions.iter().rev().find_map(|(entry, _)| finality::annulment(agreement, entry.version, on));
    match annulment {
        Some(entry) => Contest {
            by: match &entry.act {
                Act::ChallengeResolved(act) => Some(act.by.clone()),
                _ => None,
            },
            party: Some(party.clone()),
            ..Contest::of(ContestCode::ApprovalAnnulled, entry)
        },
        None => Contest::caused(ContestCode::ApprovalFallen, agreement, standing, on),
    }
}

/// Acts by keys that may have been somebody else's: they keep their effect, and are contested.
fn suspects(agreement: &Agreement, registry: &Registry, on: Date) -> Vec<Contest> {
    let suspect = agreement.live().filter(|entry| entry.happened_by(on) && entry.is_suspect(registry));
    suspect
        .map(|entry| Contest { party: entry.party().cloned(), ..Contest::of(ContestCode::SuspectKey, entry) })
        .collect()
}

/// The newest record that can have taken something from what `party` had done by `on`.
fn cause<'a>(agreement: &'a Agreement, party: &PartyId, on: Date) -> Option<&'a Entry> {
    let theirs = |version: u64| agreement.entries.get(&version).is_some_and(|entry| entry.party() == Some(party));
    agreement.live().rev().find(|entry| match &entry.act {
        Act::RecordRetracted(act) => theirs(act.version),
        Act::RecordCorrected(act) => theirs(act.version),
        Act::MinutesReinspected(act) => theirs(act.decision) && !act.changes.is_empty(),
        Act::DecisionReplaced(act) => theirs(act.decision),
        Act::SignatureInvalidated(act) => theirs(act.signature) && entry.happened_by(on),
        Act::SigningMandateRecorded(_) => entry.party() == Some(party) && entry.happened_by(on),
        Act::DecisionRecorded(act) => {
            let against = matches!(act.effect, Effect::Reject | Effect::Withdraw);
            against && entry.party() == Some(party) && entry.happened_by(on)
        }
        _ => false,
    })
}

impl Contest {
    /// What fell, with the record that most likely made it fall.
    fn caused(code: ContestCode, agreement: &Agreement, standing: &Standing<'_>, on: Date) -> Contest {
        let party = &standing.seat.party;
        let contest = cause(agreement, party, on).map_or_else(|| Contest::bare(code), |entry| Contest::of(code, entry));
        Contest { party: Some(party.clone()), ..contest }
    }

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
