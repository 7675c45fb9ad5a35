//! `record_confirmed`: a party makes a transcription of its act its own.

use super::act_type::{ActType, Args, args};
use super::subject::Subject;
use super::text_deposited::TextRole;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::{Act, DecisionRecorded};
use crate::case::Case;
use crate::refusal::Refusal;
use crate::texts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

/// Confirms what the registrar transcribed; by the party whose act it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConfirmed {
    /// SHA-256 of the text that the act was about, now that the ledger holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Version of the transcription.
    pub version: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "record_confirmed",
    stream: StreamKind::Agreement,
    actors: Actors::Party,
    summary: "A party makes a transcription of its act its own.",
    args: &["target"],
    schema: with_common::<RecordConfirmed>,
};

impl ActType for RecordConfirmed {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.version.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.version]
    }

    fn names(&self) -> Vec<Subject> {
        self.digest.map(Subject::Digest).into_iter().collect()
    }

    fn is_about_records(&self) -> bool {
        true
    }
}

fn decide(act: &RecordConfirmed, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.record(act.version, "data.version")?;
    if !entry.is_transcription() || entry.common.party.is_none() {
        let reason = format!("record {} is no transcription of a named party's act", act.version);
        return Err(Refusal::new(
            "not-a-transcription",
            "data.version",
            reason,
            "a party confirms what the registrar transcribed of it; the rest is somebody's own word already",
        ));
    }
    if entry.party() != Some(case.actor) {
        let whose = entry.party().map_or("another party", |party| party.as_str());
        return Err(Refusal::new(
            "record-of-another-party",
            "data.version",
            format!("record {} is of {whose}", act.version),
            "a party confirms its own acts",
        ));
    }
    if let Some(by) = entry.confirmed_by {
        let reason = format!("record {by} confirms it already");
        return Err(Refusal::new("confirmed-already", "data.version", reason, "nothing more is needed"));
    }
    case.check_after(entry)?;
    match (&act.digest, &entry.act) {
        (None, _) => Ok(()),
        (Some(digest), Act::DecisionRecorded(decision)) => check_text(digest, decision, case),
        (Some(_), other) => {
            let reason = format!("record {} is {}, which names no text", act.version, other.kind());
            Err(Refusal::new("confirmation-text", "data.digest", reason, "leave digest out"))
        }
    }
}

/// The digest is of a text for approval (or an annex or amendment, where that was named), and of the one that the transcription named, where that is known.
fn check_text(digest: &Digest, decision: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    let version = case.held(digest, "data.digest")?;
    let role = texts::deposit_at(case.agreement, version).map(|text| text.role);
    let group = texts::group(case.agreement, version);
    let named = decision.subject.as_ref().and_then(|subject| texts::group_of(case.agreement, subject));
    let known = named.is_some_and(|named| !texts::digests(case.agreement, named).is_empty());
    let apart = named.filter(|named| texts::stands_apart(case.agreement, *named));
    let apart = apart.and_then(|named| texts::deposit_at(case.agreement, named)).map(|text| text.role);
    if role != Some(apart.unwrap_or(TextRole::Approval)) || known && named != Some(group) {
        let reason = "this is not the text that the transcribed decision was about";
        return Err(Refusal::new(
            "confirmation-text",
            "data.digest",
            reason,
            "name the digest of that text, or retract nothing and record the decision yourself if the transcription is wrong",
        ));
    }
    Ok(())
}
