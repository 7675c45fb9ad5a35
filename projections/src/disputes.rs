//! Disputes: each view stands beside the others, and what is disputed keeps its effect (VCLT 76(2), 77).

use sinetti_events::primitives::time::Date;

use crate::acts::{Act, DisputeRecorded, DisputeResolved};
use crate::agreement::{Agreement, Entry};

/// A dispute, as of a date.
#[derive(Debug, Clone)]
pub struct Dispute<'a> {
    /// What is disputed.
    pub act: &'a DisputeRecorded,
    /// The other views of it, in the order of the log.
    pub answers: Vec<(&'a Entry, &'a DisputeRecorded)>,
    /// The record that raised it.
    pub entry: &'a Entry,
    /// How it ended.
    pub resolved: Option<(&'a Entry, &'a DisputeResolved)>,
}

/// The disputes that were raised by `on`, in the order of the log.
pub fn disputes(agreement: &Agreement, on: Date) -> Vec<Dispute<'_>> {
    let raised = agreement.of_kind("dispute_recorded").filter(|entry| entry.happened_by(on));
    let raised = raised.filter_map(|entry| as_dispute(entry).filter(|(_, act)| act.answers.is_none()));
    raised
        .map(|(entry, act)| Dispute {
            act,
            answers: answers(agreement, entry.version, on),
            entry,
            resolved: resolution(agreement, entry.version, on),
        })
        .collect()
}

/// The record that ends the dispute at `version`, on or before `on`.
pub fn resolution(agreement: &Agreement, version: u64, on: Date) -> Option<(&Entry, &DisputeResolved)> {
    agreement.about(version).filter(|entry| entry.happened_by(on)).find_map(|entry| match &entry.act {
        Act::DisputeResolved(act) => Some((entry, act)),
        _ => None,
    })
}

fn answers(agreement: &Agreement, version: u64, on: Date) -> Vec<(&Entry, &DisputeRecorded)> {
    let about = agreement.about(version).filter(|entry| entry.happened_by(on)).filter_map(as_dispute);
    about.filter(|(_, act)| act.answers == Some(version)).collect()
}

fn as_dispute(entry: &Entry) -> Option<(&Entry, &DisputeRecorded)> {
    match &entry.act {
        Act::DisputeRecorded(act) => Some((entry, act)),
        _ => None,
    }
}

impl Dispute<'_> {
    /// Whether it is open: not resolved, and what it is about stands.
    pub fn is_open(&self, agreement: &Agreement) -> bool {
        self.resolved.is_none() && self.act.about.is_none_or(|version| agreement.live_at(version).is_some())
    }
}
