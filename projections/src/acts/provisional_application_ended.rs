//! `provisional_application_ended`: a party applies a text provisionally no longer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Ends a provisional application on `occurred_on`; by the party that declared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalApplicationEnded {
    /// Version of the `provisional_application_declared`.
    pub declaration: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "provisional_application_ended",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party applies the text provisionally no longer.",
    args: &["target"],
    schema: with_common::<ProvisionalApplicationEnded>,
};

impl ActType for ProvisionalApplicationEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.declaration.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.declaration]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/declaration", "/party", "/invented"]
    }
}

fn decide(_act: &ProvisionalApplicationEnded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
