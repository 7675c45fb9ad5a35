//! `minutes_confirmed`: the minutes of a decision were inspected and confirmed.

use super::decision_recorded::Minutes;
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

/// Confirms the minutes of one decision; by its party, or the registrar transcribing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesConfirmed {
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// SHA-256 of the extract of the confirmed minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
}

pub(super) fn decide(act: &MinutesConfirmed, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, decision) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    if case.is_transcription() && !entry.is_transcription() {
        let reason = "the party recorded this decision itself; its minutes are its own to confirm";
        return Err(Refusal::new("transcription-of-own-act", "data.decision", reason));
    }
    if decision.minutes != Minutes::Unconfirmed {
        let reason = format!("the minutes of decision {} are recorded as {}", entry.version, decision.minutes.as_str());
        return Err(Refusal::new("minutes-not-unconfirmed", "data.decision", reason)
            .but("only unconfirmed minutes are confirmed; an agenda is corrected first, with what was decided"));
    }
    let confirmed = case
        .agreement
        .live()
        .find(|other| matches!(&other.act, Act::MinutesConfirmed(it) if it.decision == act.decision));
    match confirmed {
        Some(other) => {
            let reason = format!("record {} confirms these minutes already", other.version);
            Err(Refusal::new("minutes-confirmed-already", "data.decision", reason))
        }
        None => Ok(()),
    }
}
