//! The verdict on one record that a monitor accuses, from the history that its evidence shows: offline,
//! by somebody who has neither the log nor any word from whoever accuses.
//!
//! That the log vouches for the record and for the history, and whether the history is all of what matters, was
//! checked before (`sinetti_events::log::evidence`). Here is judged what the record says.

use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::log::evidence::Before;
use sinetti_events::primitives::ids::StreamId;

use super::evidence::links::Links;
use super::finding::{Finding, Verdict};
use super::judge::Judge;
use super::resume::Past;

/// What the history comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// The record breaks a rule, or does not stand where it should: all that was found, the gravest first.
    Broken(Vec<Finding>),
    /// Something about it is unknown to this program.
    Unknown(Vec<Finding>),
    /// The records before it allow it.
    Allowed,
    /// Records are left out that could allow it.
    Incomplete(String),
}

/// Judges the accused record on the records before it.
pub fn judge(before: &Before) -> Judgement {
    let at = before.accused.record.index;
    if !before.misplaced.is_empty() {
        let misplaced = before.misplaced.iter().map(|defect| {
            Finding::tampered(Some(at), &format!("record.{}", defect.member), "record-misplaced", defect)
        });
        return Judgement::Broken(misplaced.collect());
    }
    if let Some(reason) = &before.incomplete {
        return Judgement::Incomplete(reason.clone());
    }
    let mut findings = replay(before);
    findings.retain(|finding| finding.verdict > Verdict::Suspect);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.verdict));
    match findings.first().map(|finding| finding.verdict) {
        None => Judgement::Allowed,
        Some(Verdict::Tampered) => Judgement::Broken(findings),
        Some(_) => Judgement::Unknown(findings),
    }
}

/// What is found of the accused record; what is found of those before is for evidence of its own.
fn replay(before: &Before) -> Vec<Finding> {
    let Before { accused, entries, .. } = before;
    let mut judge = Judge::partial();
    let mut links = Links::new(accused.record.ledger.clone());
    for entry in entries {
        take(entry, &accused.record.agreement, &mut judge, &links);
        links.push(entry);
    }
    judge.findings.clear();
    let record = &accused.record;
    let misplaced = links.check(accused, &record.agreement, links.version(&record.agreement).saturating_add(1));
    take(accused, &record.agreement, &mut judge, &links);
    let misplaced = misplaced.into_iter().map(|defect| {
        Finding::tampered(Some(record.index), &format!("record.{}", defect.member), "record-misplaced", &defect)
    });
    misplaced.chain(std::mem::take(&mut judge.findings)).collect()
}

/// Lets `judge` judge a record of the registry or of the accused record's stream. Of others nothing matters but who
/// said what: of those only single records are here.
fn take(entry: &Entry, stream: &StreamId, judge: &mut Judge, links: &Links) {
    let Entry { leaf, record, .. } = entry;
    if record.index == 0 {
        judge.found(*leaf);
    }
    if record.agreement == StreamId::registry() || record.agreement == *stream {
        return judge.entry(record.index, entry, |stream| links.version(stream));
    }
    if let Ok(payload) = Payload::parse(&record.envelope.payload) {
        judge.learn(Past { authors: vec![(payload.event, payload.actor)], ..Past::default() });
    }
}
