//! `party_acceded`: a further party takes a seat.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::agreement_opened::Seat;
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Gives a registered party a seat at the end of the roster; by the registrar. It still has to approve and sign
/// like the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyAcceded {
    /// Version of the `amendment_proposed` that admits it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<u64>,
    /// Where the text or the parties let it accede.
    pub basis: Line,
    /// The seat: the next number, and the party.
    pub seat: Seat,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "party_acceded",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A further party takes a seat.",
    args: &["number", "with"],
    schema: with_common::<PartyAcceded>,
};

impl ActType for PartyAcceded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("number", self.seat.number.to_string()), ("with", self.seat.party.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.amendment.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/amendment", "/seat", "/invented"]
    }
}

fn decide(_act: &PartyAcceded, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
