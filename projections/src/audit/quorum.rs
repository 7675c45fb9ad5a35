//! Whether those who should have cosigned a checkpoint did.

use serde::Serialize;
use sinetti_events::log::note::Note;
use sinetti_events::log::policy::{Policy, PolicyRefusal};

use super::finding::Finding;

/// A policy held against a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quorum {
    /// Whose policy it was.
    pub policy: WhosePolicy,
    /// Whether its quorum is met.
    pub met: bool,
}

/// Who says whose cosignatures are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhosePolicy {
    /// The auditor, who brought it along.
    Auditor,
    /// The ledger, which publishes it.
    Ledger,
}

impl Quorum {
    /// Holds `policy` against a checkpoint; a finding when the quorum is not met, no listed log
    /// signed it, or a signature fails.
    pub fn judge(policy: &Policy, whose: WhosePolicy, note: &Note) -> (Quorum, Option<Finding>) {
        let member = "checkpoint.signatures";
        let words = whose.words();
        let finding = match policy.judge(note) {
            Ok(judgement) => judgement.shortfall.map(|shortfall| {
                Finding::unverifiable(None, member, "quorum-not-met", format!("{words}, {shortfall}"))
            }),
            Err(error @ PolicyRefusal::NoLog { .. }) => {
                Some(Finding::tampered(None, member, "log-not-in-policy", format!("{words}: {error}")))
            }
            Err(error) => Some(Finding::tampered(None, member, "cosignature", format!("{words}: {error}"))),
        };
        (Quorum { policy: whose, met: finding.is_none() }, finding)
    }
}

impl WhosePolicy {
    fn words(self) -> &'static str {
        match self {
            WhosePolicy::Auditor => "by your policy",
            WhosePolicy::Ledger => "by the policy that the ledger itself publishes",
        }
    }
}
