//! `record_corrected`: an entry was wrong; the act itself is what it was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::pointer::Change;
use crate::acts::Act;
use crate::acts::pointer::{BadChange, Pointer};
use crate::agreement::{BadCorrection, Entry, Original};
use crate::case::Case;
use crate::refusal::Refusal;

/// Corrects members of an earlier record; by its own actor. The record stays as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordCorrected {
    /// What was wrong, one change a member.
    pub changes: Vec<Change>,
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
    /// Version of the record.
    pub version: u64,
}

pub(super) fn decide(act: &RecordCorrected, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.record(act.version, "data.version")?;
    check_own(entry, case)?;
    if act.changes.is_empty() {
        return Err(Refusal::new("correction-empty", "data.changes", "a correction changes something"));
    }
    check_changes(entry, &act.changes, case)
}

/// Who wrote a record corrects or retracts it; what a party has confirmed is the party's word.
pub(super) fn check_own(entry: &Entry, case: &Case<'_>) -> Result<(), Refusal> {
    if entry.actor != *case.actor {
        let reason = format!("record {} was written by {}", entry.version, entry.actor);
        return Err(Refusal::new("record-of-another-party", "data.version", reason)
            .but("its own actor corrects or retracts it"));
    }
    match (entry.confirmed_by, &entry.common.party) {
        (Some(by), Some(party)) => {
            let reason = format!("{party} has confirmed record {} in record {by}", entry.version);
            Err(Refusal::new("record-confirmed", "data.version", reason)
                .but(format!("{party} first retracts its confirmation, or records the act itself")))
        }
        _ => Ok(()),
    }
}

/// Whether `changes` fit the record as it stands and the result would itself be allowed.
pub(super) fn check_changes(entry: &Entry, changes: &[Change], case: &Case<'_>) -> Result<(), Refusal> {
    check_targets(entry, changes)?;
    let stands = Original { act: entry.act.clone(), common: entry.common.clone() };
    let (common, act) = stands.changed(changes.iter()).map_err(|bad| refused(&bad, changes))?;
    let mut before = case.agreement.clone();
    before.entries.remove(&entry.version);
    let corrected =
        Case { agreement: &before, actor: &entry.actor, common: &common, correcting: Some(entry.version), ..*case };
    let judged = corrected.check_common(&act).and_then(|()| act.decide(&corrected));
    judged.map_err(|refusal| Refusal {
        reason: format!(
            "as corrected, record {} would be refused ({}): {}",
            entry.version, refusal.member, refusal.reason
        ),
        member: "data.changes".into(),
        ..refusal
    })
}

/// No member twice, and none on which other records rest.
fn check_targets(entry: &Entry, changes: &[Change]) -> Result<(), Refusal> {
    if entry.act.is_about_records() {
        let reason = format!("record {} is itself about another record", entry.version);
        return Err(
            Refusal::new("correction-of-correction", "data.version", reason).but("retract it and record it again")
        );
    }
    for (at, change) in changes.iter().enumerate() {
        let member = format!("data.changes[{at}].field");
        if changes[..at].iter().any(|earlier| earlier.field.overlaps(&change.field)) {
            return Err(Refusal::new("named-twice", member, format!("{} is changed twice", change.field)));
        }
        let fixed = entry
            .act
            .fixed_members()
            .iter()
            .any(|fixed| Pointer::try_from((*fixed).to_owned()).is_ok_and(|fixed| fixed.overlaps(&change.field)));
        if fixed {
            let reason = format!("other records rest on {}; it can't be corrected", change.field);
            return Err(Refusal::new("correction-not-possible", member, reason).but(
                "retract the record and record the act again; an agreement's roster and rule change by amendment only",
            ));
        }
    }
    Ok(())
}

fn refused(bad: &BadCorrection, changes: &[Change]) -> Refusal {
    let member = |change: &Change, name: &str| {
        let at = changes.iter().position(|other| other == change).unwrap_or_default();
        format!("data.changes[{at}].{name}")
    };
    match bad {
        BadCorrection::Change(change, BadChange::Old { stands }) => {
            let stands = stands.as_ref().map_or("nothing".to_owned(), ToString::to_string);
            Refusal::new("correction-old", member(change, "old"), format!("{} is not what it says", change.field))
                .but(format!("what stands there now is {stands}"))
        }
        BadCorrection::Change(change, BadChange::Nothing) => {
            Refusal::new("correction-empty", member(change, "new"), "old and new are the same")
        }
        BadCorrection::Change(change, BadChange::Place) => Refusal::new(
            "correction-place",
            member(change, "field"),
            format!("there is no such place as {}", change.field),
        ),
        BadCorrection::Result(bad) => {
            let reason = format!("as corrected it would be no act of its type: {bad}");
            Refusal::new("correction-malformed", "data.changes", reason)
        }
    }
}

impl Act {
    /// Whether it corrects, retracts or confirms another record.
    pub(crate) fn is_about_records(&self) -> bool {
        matches!(
            self,
            Act::RecordCorrected(_) | Act::RecordRetracted(_) | Act::RecordConfirmed(_) | Act::MinutesReinspected(_)
        )
    }

    /// Members that no correction touches, because other records rest on them.
    fn fixed_members(&self) -> &'static [&'static str] {
        match self {
            Act::AgreementOpened(_) => &["/roster", "/rules/entry_into_force", "/invented"],
            Act::TextDeposited(_) => &["/digest", "/digest_unknown", "/role", "/technical_changes_of", "/invented"],
            Act::TextSigned(_) => &["/text", "/invented"],
            _ => &["/party", "/invented"],
        }
    }
}
