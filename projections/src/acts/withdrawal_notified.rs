//! `withdrawal_notified`: a party gives notice that it leaves the agreement (VCLT 56, 67).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Gives notice of withdrawal. Until it takes effect it can be revoked; it does not end the agreement for the
/// rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalNotified {
    /// Version of the own `decision_recorded`, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
    /// The first day on which the party is bound no more.
    pub takes_effect_on: Date,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "withdrawal_notified",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party gives notice that it leaves.",
    args: &["from"],
    schema: with_common::<WithdrawalNotified>,
};

impl ActType for WithdrawalNotified {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("from", self.takes_effect_on.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.decision.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(_act: &WithdrawalNotified, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
