//! `decision_challenged`: a decision was taken up, claimed against or appealed.

use crate::approval;
use crate::case::Case;
use crate::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A challenge of one decision; by its party, or the registrar transcribing. It stays counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionChallenged {
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// How.
    pub kind: ChallengeKind,
}

/// How a decision is challenged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeKind {
    /// Appeal to an administrative court (kunnallisvalitus; KuntaL § 135).
    Appeal,
    /// Claim for a revised decision (oikaisuvaatimus; KuntaL § 134).
    RectificationClaim,
    /// Taken up by a superior organ (otto-oikeus; KuntaL § 92).
    TakeUp,
}

impl ChallengeKind {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            ChallengeKind::Appeal => "appeal",
            ChallengeKind::RectificationClaim => "rectification_claim",
            ChallengeKind::TakeUp => "take_up",
        }
    }
}

pub(super) fn decide(act: &DecisionChallenged, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, _) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    match approval::annulment(case.agreement, act.decision, case.occurred_on()) {
        Some(annulment) => {
            let reason = format!("decision {} was set aside already, by record {}", act.decision, annulment.version);
            Err(Refusal::new("decision-annulled", "data.decision", reason))
        }
        None => Ok(()),
    }
}
