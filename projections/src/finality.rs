//! Whether a decision can still change: challenges, annulments, publication and legal force, as of a date.

use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::challenge_resolved::ChallengeOutcome;
use crate::acts::decision_challenged::ChallengeKind;
use crate::acts::decision_recorded::{DecisionRecorded, Finality, Minutes};
use crate::agreement::{Agreement, Entry};
use crate::finality_clock::{self, Estimate};

/// The finality of a decision as of `on`: as recorded with it, and what later records made of it. The calendar
/// alone makes nothing final.
pub fn finality(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> Option<Finality> {
    if annulment(agreement, entry.version, on).is_some() {
        return Some(Finality::Annulled);
    }
    if !pending_challenges(agreement, entry.version, on).is_empty() {
        return Some(Finality::Challenged);
    }
    match became_final(agreement, entry.version, on) {
        Some(_) => Some(Finality::Final),
        None => decision.finality,
    }
}

/// The resolution that set the decision at `version` aside on or before `on`.
pub fn annulment(agreement: &Agreement, version: u64, on: Date) -> Option<&Entry> {
    agreement
        .about(version)
        .filter(|entry| entry.happened_by(on))
        .find(|entry| matches!(&entry.act, Act::ChallengeResolved(act) if act.outcome == ChallengeOutcome::Annulled))
}

/// The ordinary challenges of the decision at `version` that are not resolved as of `on`.
pub fn pending_challenges(agreement: &Agreement, version: u64, on: Date) -> Vec<&Entry> {
    pending(agreement, version, on, |kind| kind != ChallengeKind::Extraordinary)
}

/// The extraordinary ones. The decision keeps its legal force meanwhile.
pub fn pending_extraordinary(agreement: &Agreement, version: u64, on: Date) -> Vec<&Entry> {
    pending(agreement, version, on, |kind| kind == ChallengeKind::Extraordinary)
}

fn pending(agreement: &Agreement, version: u64, on: Date, wanted: impl Fn(ChallengeKind) -> bool) -> Vec<&Entry> {
    let resolved = |challenge: &Entry| {
        agreement.about(version).filter(|entry| entry.happened_by(on)).any(|entry| match &entry.act {
            Act::ChallengeResolved(act) => match act.challenge {
                Some(named) => named == challenge.version,
                None => challenge.version < entry.version,
            },
            _ => false,
        })
    };
    let challenges = challenges(agreement, version, on).filter(|(_, kind)| wanted(*kind)).map(|(entry, _)| entry);
    challenges.filter(|challenge| !resolved(challenge)).collect()
}

fn challenges(agreement: &Agreement, version: u64, on: Date) -> impl Iterator<Item = (&Entry, ChallengeKind)> {
    agreement.about(version).filter(move |entry| entry.happened_by(on)).filter_map(|entry| match &entry.act {
        Act::DecisionChallenged(act) => Some((entry, act.kind)),
        _ => None,
    })
}

/// The record by which the decision at `version` had become final on or before `on`. One that a challenge proves
/// premature, because it was pending on that very day, is none.
pub fn became_final(agreement: &Agreement, version: u64, on: Date) -> Option<&Entry> {
    let recorded = agreement.about(version).filter(|entry| matches!(&entry.act, Act::DecisionBecameFinal(_)));
    recorded.filter(|entry| entry.happened_by(on)).find(|entry| {
        entry.common.occurred_on.is_some_and(|day| pending_challenges(agreement, version, day).is_empty())
    })
}

/// Whether the minutes of the decision at `entry` say what was decided: inspected and confirmed, or reported by
/// the source of a transcription.
pub fn has_minutes(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded) -> bool {
    match decision.minutes {
        Minutes::Agenda => false,
        Minutes::Confirmed | Minutes::Reported => true,
        Minutes::Unconfirmed => confirmation(agreement, entry.version).is_some(),
    }
}

/// The record that confirms the minutes of the decision at `version`.
pub fn confirmation(agreement: &Agreement, version: u64) -> Option<&Entry> {
    agreement.about(version).find(|entry| matches!(&entry.act, Act::MinutesConfirmed(_)))
}

/// The newest publication of the decision's minutes on or before `on`. Minutes that were inspected again are
/// published again, and the time runs from then.
pub fn publication<'a>(
    agreement: &'a Agreement,
    entry: &Entry,
    decision: &DecisionRecorded,
    on: Date,
) -> Option<&'a Entry> {
    let published = agreement.about(entry.version).filter(|it| matches!(&it.act, Act::MinutesPublished(_)));
    let fits = |it: &&Entry| it.happened_by(on) && it.common.occurred_on >= entry.common.occurred_on;
    let newest = published.filter(fits).max_by_key(|it| (it.common.occurred_on, it.version));
    newest.filter(|_| has_minutes(agreement, entry, decision))
}

/// When the time for challenging the decision ends by the calendar; none until the minutes are published.
pub fn clock(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> Option<Estimate> {
    let published_on = publication(agreement, entry, decision, on)?.common.occurred_on?;
    finality_clock::estimate(decision, published_on)
}

/// The estimate that is worth showing: only while the time may run. What was challenged, or is final by a record,
/// the calendar says nothing about.
pub fn estimate(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> Option<Estimate> {
    let open = matches!(finality(agreement, entry, decision, on), None | Some(Finality::Open));
    let challenged = challenges(agreement, entry.version, on).next().is_some();
    if open && !challenged { clock(agreement, entry, decision, on) } else { None }
}
