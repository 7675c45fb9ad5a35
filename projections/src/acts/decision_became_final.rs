//! `decision_became_final`: a decision has legal force.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A decision has become final; by its party, or the registrar transcribing. It overrides the estimate of the
/// calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionBecameFinal {
    /// The certificate of legal force (lainvoimaisuustodistus), where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// Version of the `decision_recorded`.
    pub decision: u64,
}

/// A certificate of legal force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// SHA-256 of the certificate, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The court or authority that gave it.
    pub issuer: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "decision_became_final",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A decision became final.",
    args: &["issuer", "target"],
    schema: with_common::<DecisionBecameFinal>,
};

impl ActType for DecisionBecameFinal {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("issuer", self.certificate.as_ref().map(|it| it.issuer.to_string()).unwrap_or_default()),
            ("target", self.decision.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(_act: &DecisionBecameFinal, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
