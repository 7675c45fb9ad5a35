//! `outside_party_joined`: a party outside the roster joins an annex.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A registered party without a seat takes part in an annex that lets such parties join; by itself, or the
/// registrar transcribing. It never counts in the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsidePartyJoined {
    /// Version of the `annex_deposited`.
    pub annex: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "outside_party_joined",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party outside the roster takes part in an annex.",
    args: &["target"],
    schema: with_common::<OutsidePartyJoined>,
};

impl ActType for OutsidePartyJoined {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.annex.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.annex]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/annex", "/party", "/invented"]
    }
}

fn decide(_act: &OutsidePartyJoined, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
