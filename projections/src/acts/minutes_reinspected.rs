//! `minutes_reinspected`: an organ inspected minutes again (uudelleen tarkastaminen).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::organ::{Organ, Section};
use super::pointer::Change;
use super::record_corrected;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// The minutes of one decision were inspected again, and perhaps corrected. The decision keeps
/// its own date; `occurred_on` is the date of the re-inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesReinspected {
    /// Case number of the re-inspection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<Line>,
    /// What changed in the decision as recorded; none when nothing did or it is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// SHA-256 of the extract of the re-inspected minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
    /// Who inspected them again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<Organ>,
    /// In which section (§) of its own minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "minutes_reinspected",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "The minutes of a decision were inspected again.",
    args: &["changes", "organ", "section", "target"],
    schema: with_common::<MinutesReinspected>,
};

impl ActType for MinutesReinspected {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("changes", self.changes.len().to_string()),
            ("organ", self.organ.as_ref().map(|organ| organ.name.to_string()).unwrap_or_default()),
            ("section", self.section.clone().map(String::from).unwrap_or_default()),
            ("target", self.decision.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn is_about_records(&self) -> bool {
        true
    }
}

fn decide(act: &MinutesReinspected, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, _) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    if act.changes.is_empty() {
        return Ok(());
    }
    if case.is_transcription() && !entry.is_transcription() {
        let reason = "the party recorded this decision itself; what its minutes say is its own to change";
        return Err(Refusal::new(
            "transcription-of-own-act",
            "data.changes",
            reason,
            "transcribe the re-inspection without changes",
        ));
    }
    record_corrected::check_changes(entry, &act.changes, case)
}
