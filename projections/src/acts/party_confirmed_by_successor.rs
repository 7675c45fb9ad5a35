//! `party_confirmed_by_successor`: a successor stands by what its predecessor did.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args, listed};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A party that continues another confirms its acts in this agreement, and says what becomes of its seat. Nothing
/// becomes approved or signed by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyConfirmedBySuccessor {
    /// Versions of the predecessor's acts that it confirms; none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<u64>,
    /// Whom it continues, by a `party_succeeded` of the registry.
    pub predecessor: PartyId,
    /// What becomes of the predecessor's seat; it stays open as it is when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatSuccession>,
}

/// What becomes of a predecessor's seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatSuccession {
    /// It is one with the successor's own seat: the roster has one seat less from that day.
    Merged,
    /// The successor holds it: its own acts count there from that day.
    Taken,
}

impl SeatSuccession {
    /// All of them.
    pub const ALL: &[SeatSuccession] = &[SeatSuccession::Merged, SeatSuccession::Taken];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            SeatSuccession::Merged => "merged",
            SeatSuccession::Taken => "taken",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "party_confirmed_by_successor",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A successor stands by its predecessor's acts.",
    args: &["acts", "seat", "with"],
    schema: with_common::<PartyConfirmedBySuccessor>,
};

impl ActType for PartyConfirmedBySuccessor {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("acts", listed(&self.acts)),
            ("seat", self.seat.map(|seat| seat.as_str().to_owned()).unwrap_or_default()),
            ("with", self.predecessor.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.acts.clone()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/acts", "/predecessor", "/seat", "/party", "/invented"]
    }
}

fn decide(_act: &PartyConfirmedBySuccessor, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
