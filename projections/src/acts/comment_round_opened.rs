//! `comment_round_opened`: parties are asked to comment on a draft by a date.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::subject::Subject;

/// Opens a round of comments. A later comment is accepted and marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentRoundOpened {
    /// Last day. It is contractual: a Sunday stays a Sunday.
    pub deadline: Date,
    /// Who is asked; everybody on the roster when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invited: Vec<PartyId>,
    /// The text, where it is deposited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
}
