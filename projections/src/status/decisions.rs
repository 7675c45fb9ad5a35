//! Decisions as they are shown.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::codes::ActGrade;
use super::view::{ConditionRow, DecisionRow, Unattributed};
use crate::acts::Act;
use crate::acts::decision_recorded::{DecisionRecorded, Minutes};
use crate::agreement::{Agreement, Entry};
use crate::approval::{self, WhyNot};
use crate::conditions::{self, Settlement};
use crate::finality;
use crate::texts;

/// One decision, counted or with the reason why not.
pub(super) fn decision(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> DecisionRow {
    let counted = match texts::current(agreement, on) {
        Some(text) => approval::counts_as_approval(agreement, entry, decision, text, on),
        None => approval::counts_as_approval(agreement, entry, decision, 0, on).and(Err(WhyNot::SupersededText)),
    };
    let confirmed = decision.minutes == Minutes::Unconfirmed && finality::has_minutes(agreement, entry, decision);
    DecisionRow {
        case_number: decision.case_number.clone(),
        conditions: conditions(agreement, entry, decision, on),
        corrected_by: entry.corrected_by.clone(),
        counted: counted.is_ok(),
        date: entry.common.occurred_on,
        effect: decision.effect,
        estimate: finality::estimate(agreement, entry, decision, on),
        finality: finality::finality(agreement, entry, decision, on),
        grade: entry.grade(),
        heading: decision.heading.clone(),
        invented: entry.common.invented,
        minutes: if confirmed { Minutes::Confirmed } else { decision.minutes },
        organ: decision.organ.clone(),
        published_on: finality::publication(agreement, entry, decision, on).and_then(|it| it.common.occurred_on),
        replaced_by: replaced_by(agreement, entry, on),
        resolution: decision.resolution,
        section: decision.section.clone(),
        source: entry.common.source.clone(),
        version: entry.version,
        why_not: counted.err(),
    }
}

fn conditions(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> Vec<ConditionRow> {
    let owned = |parties: Vec<&PartyId>| parties.into_iter().cloned().collect();
    let row = |(condition, it): (usize, Settlement<'_>)| ConditionRow {
        accepted: owned(it.accepted),
        awaited: owned(it.awaited),
        condition: condition as u64,
        kind: it.kind,
        objected: owned(it.objected),
        settled_on: it.settled_on,
        state: it.state,
    };
    conditions::settlements(agreement, entry, decision, on).into_iter().enumerate().map(row).collect()
}

fn replaced_by(agreement: &Agreement, entry: &Entry, on: Date) -> Option<u64> {
    match &approval::replacement(agreement, entry, on)?.act {
        Act::DecisionReplaced(act) => Some(act.by),
        _ => None,
    }
}

/// The acts of parties that the source does not name.
pub(super) fn unattributed(agreement: &Agreement, on: Date) -> Vec<Unattributed> {
    let row = |entry: &Entry| {
        Some(Unattributed {
            decision: match &entry.act {
                Act::DecisionRecorded(act) => Some(decision(agreement, entry, act, on)),
                _ => None,
            },
            described: entry.common.party_described.clone()?,
            kind: entry.act.kind().to_owned(),
            occurred_on: entry.common.occurred_on,
            source: entry.common.source.clone(),
            version: entry.version,
        })
    };
    agreement.live().filter(|entry| entry.happened_by(on)).filter_map(row).collect()
}

impl Entry {
    /// By whose word the act is known.
    pub fn grade(&self) -> ActGrade {
        match (self.is_transcription(), self.confirmed_by) {
            (true, Some(_)) => ActGrade::Confirmed,
            (true, None) => ActGrade::Transcribed,
            (false, _) => ActGrade::Own,
        }
    }
}
