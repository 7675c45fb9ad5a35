//! `negotiation_held`: a negotiation that the law or the agreement asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A negotiation was held on `occurred_on`, and who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NegotiationHeld {
    /// Who of the roster took part; at least two, but one with a ministry.
    pub attending: Vec<PartyId>,
    /// The forum, for kind `forum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forum: Option<Slug>,
    /// Which negotiation.
    pub kind: NegotiationKind,
    /// The ministry, for kind `yearly_ministry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ministry: Option<Line>,
    /// SHA-256 of its minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
}

/// Which negotiation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NegotiationKind {
    /// Once in a council term, the county and all its municipalities (act 611/2021 § 14).
    CouncilTerm,
    /// A meeting of a forum of the agreement.
    Forum,
    /// Yearly on the promotion of health and wellbeing (act 612/2021 § 7).
    YearlyHealthPromotion,
    /// Yearly between the county and a ministry.
    YearlyMinistry,
}

impl NegotiationKind {
    /// All of them.
    pub const ALL: &[NegotiationKind] = &[
        NegotiationKind::CouncilTerm,
        NegotiationKind::Forum,
        NegotiationKind::YearlyHealthPromotion,
        NegotiationKind::YearlyMinistry,
    ];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            NegotiationKind::CouncilTerm => "council_term",
            NegotiationKind::Forum => "forum",
            NegotiationKind::YearlyHealthPromotion => "yearly_health_promotion",
            NegotiationKind::YearlyMinistry => "yearly_ministry",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "negotiation_held",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "A negotiation was held.",
    args: &["attending", "negotiation"],
    schema: with_common::<NegotiationHeld>,
};

impl ActType for NegotiationHeld {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("attending", self.attending.len().to_string()), ("negotiation", self.kind.as_str().to_owned())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/kind", "/party", "/invented"]
    }
}

fn decide(_act: &NegotiationHeld, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
