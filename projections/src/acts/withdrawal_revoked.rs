//! `withdrawal_revoked`: a party stays after all (VCLT 68).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Revokes a notice of withdrawal before it takes effect; by the same party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRevoked {
    /// Version of the `withdrawal_notified`.
    pub notice: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "withdrawal_revoked",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A notice of withdrawal is revoked.",
    args: &["target"],
    schema: with_common::<WithdrawalRevoked>,
};

impl ActType for WithdrawalRevoked {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.notice.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.notice]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/notice", "/party", "/invented"]
    }
}

fn decide(_act: &WithdrawalRevoked, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
