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
use crate::amendments::Amended;
use crate::approval;
use crate::conditions;
use crate::disputes;
use crate::finality;
use crate::force::{self, Force, Standing};
use crate::periods::Course;
use crate::registry::Registry;
use crate::signing;
use crate::texts;

/// Every reason why what counts is contested, as of the date of `course`.
pub(super) fn contested<'a>(course: &Course<'a>, registry: &Registry) -> Vec<Contest> {
    let (agreement, on) = (course.force.agreement, course.force.on);
    let mut why = fallen(&course.force);
    if why.is_empty() {
        why.extend(conditions_fallen(&course.force));
    }
    why.extend(course.amendments.iter().filter_map(|amended| amendment_fallen(amended, on)));
    why.extend(course.force.standings.iter().flat_map(|standing| undone(agreement, standing, on)));
    why.extend(course.force.standings.iter().flat_map(|standing| undone_signatures(agreement, standing, on)));
    why.extend(disputed(agreement, on));
    why.extend(suspects(agreement, registry, on));
    why
}

/// The acts that a determination rested on and that hold no more.
fn fallen(force: &Force<'_>) -> Vec<Contest> {
    let (agreement, rule, on) = (force.agreement, force.rule, force.on);
    let threshold = matches!(rule, EntryIntoForce::Threshold { .. });
    let mut why = Vec::new();
    for standing in &force.standings {
        let Some(from) = rests_on(force, standing).filter(|from| *from <= on) else { continue };
        let needed = !threshold || force.met_since().is_none() && force.is_party(standing, on);
        if !needed || !standing.held.is_there(from) {
            continue;
        }
        let lacks_signature = force::asks_signatures(rule) && standing.signed.is_none();
        let late = !threshold && standing.done(rule) > Some(from);
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

/// The conditions of a determination of the whole, where no single seat tells why they hold no more.
fn conditions_fallen(force: &Force<'_>) -> Option<Contest> {
    let (_, act) = force::determination(force.agreement, None).filter(|(_, act)| act.in_force_from <= force.on)?;
    let code = match force.met_since() {
        Some(met) if met <= act.in_force_from => return None,
        Some(_) => ContestCode::ConditionsLater,
        None => ContestCode::ApprovalFallen,
    };
    let causes = force.all().filter_map(|it| cause(force.agreement, &it.seat.party, force.on));
    Some(causes.max_by_key(|entry| entry.version).map_or_else(|| Contest::bare(code), |entry| Contest::of(code, entry)))
}

/// An amendment that was determined and whose conditions hold no more, or were met later.
fn amendment_fallen(amended: &Amended<'_>, on: Date) -> Option<Contest> {
    let (entry, act) = amended.determination.filter(|(_, act)| act.in_force_from <= on)?;
    let holds = amended.met_since.is_some_and(|met| met <= act.in_force_from);
    (!holds).then(|| Contest::of(ContestCode::AmendmentFallen, entry))
}

/// What parties dispute.
fn disputed(agreement: &Agreement, on: Date) -> Vec<Contest> {
    let open = disputes::disputes(agreement, on).into_iter().filter(|dispute| dispute.is_open(agreement));
    open.map(|it| Contest { party: it.entry.party().cloned(), ..Contest::of(ContestCode::Disputed, it.entry) })
        .collect()
}

/// What the party itself recorded and the registrar's word alone took its effect from.
fn undone<'a>(agreement: &'a Agreement, standing: &Standing<'a>, on: Date) -> Vec<Contest> {
    let party = &standing.seat.party;
    let Some(text) = texts::current(agreement, on).filter(|_| standing.approved.is_none()) else { return Vec::new() };
    let decisions = approval::decisions_of(agreement, party, on).into_iter();
    let own = decisions.filter(|(entry, decision)| {
        let approves = matches!(decision.effect, Effect::Approve | Effect::ApproveConditionally);
        let settled = conditions::settled_on(agreement, entry, decision, on).is_ok();
        entry.grade() != ActGrade::Transcribed && approves && settled
    });
    let undone = own.filter_map(|(entry, _)| approval::undone_by(agreement, entry, text, on));
    let alone = undone.filter(|by| by.grade() == ActGrade::Transcribed);
    alone
        .map(|by| Contest { party: Some(party.clone()), ..Contest::of(ContestCode::UndoneByTranscription, by) })
        .collect()
}

/// The party's own signatures from which the registrar's word alone took their effect.
fn undone_signatures(agreement: &Agreement, standing: &Standing<'_>, on: Date) -> Vec<Contest> {
    let party = &standing.seat.party;
    if standing.signed.is_some() {
        return Vec::new();
    }
    let signatures = signing::signatures_of(agreement, party, on).into_iter();
    let undone = signatures.filter_map(|(entry, _)| signing::invalidation(agreement, entry.version, on));
    let alone = undone.filter(|by| by.grade() == ActGrade::Transcribed);
    alone
        .map(|by| Contest { party: Some(party.clone()), ..Contest::of(ContestCode::UndoneByTranscription, by) })
        .collect()
}

/// From when a determination says that the seat is bound.
fn rests_on(force: &Force<'_>, standing: &Standing<'_>) -> Option<Date> {
    let pairs = force::determinations(force.agreement).filter(|(_, act)| act.with_party.is_some());
    match force.hub() {
        Some(hub) if *hub == standing.seat.party => pairs.map(|(_, act)| act.in_force_from).min(),
        Some(_) => force.pair_determination(standing).map(|(_, act)| act.in_force_from),
        None => force::determination(force.agreement, None).map(|(_, act)| act.in_force_from),
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
    let of_party = |version: u64| agreement.entries.get(&version).is_some_and(|entry| entry.party() == Some(party));
    // The answer to a reservation is another party's, and this one's approval hangs on it.
    let theirs = |version: u64| match agreement.entries.get(&version).map(|entry| &entry.act) {
        Some(Act::ConditionSettled(act)) => of_party(version) || of_party(act.decision),
        _ => of_party(version),
    };
    // The retraction of what neither approves nor signs, such as a dispute, takes nothing.
    let carries = |version: u64| agreement.entries.get(&version).is_some_and(|entry| carries_weight(&entry.act));
    agreement.live().rev().find(|entry| match &entry.act {
        Act::RecordRetracted(act) => theirs(act.version) && carries(act.version),
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

/// Whether approvals or signatures can rest on an act of this kind.
fn carries_weight(act: &Act) -> bool {
    matches!(
        act,
        Act::ConditionSettled(_)
            | Act::DecisionRecorded(_)
            | Act::DecisionReplaced(_)
            | Act::MinutesConfirmed(_)
            | Act::MinutesReinspected(_)
            | Act::RecordConfirmed(_)
            | Act::RecordCorrected(_)
            | Act::SignatureInvalidated(_)
            | Act::SigningMandateRecorded(_)
            | Act::TextSigned(_)
    )
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
