//! `decision_challenged`: a decision was taken up, claimed against or appealed.

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
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

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "decision_challenged",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A decision was taken up, claimed against or appealed.",
    args: &["challenge", "target"],
    schema: with_common::<DecisionChallenged>,
};

impl ActType for DecisionChallenged {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("challenge", self.kind.as_str().to_owned()), ("target", self.decision.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/challenge", "/decision", "/invented", "/party"]
    }
}

fn decide(act: &DecisionChallenged, case: &Case<'_>) -> Result<(), Refusal> {
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
