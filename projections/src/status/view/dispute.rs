//! Disputes, with all views.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::dispute_recorded::DisputeMatter;
use crate::acts::dispute_resolved::DisputeOutcome;
use crate::acts::line::Line;
use crate::status::codes::ActGrade;

/// A dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// The record that it is about; none when it is about the agreement.
    pub about: Option<u64>,
    /// The other views, in the order of the log.
    pub answers: Vec<View>,
    /// What is disputed.
    pub matter: DisputeMatter,
    /// Whether it goes on.
    pub open: bool,
    /// How it ended.
    pub resolved: Option<Resolved>,
    /// The view of the party that raised it.
    pub view: View,
}

/// One party's view of what is disputed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// By whose word it is known.
    pub grade: ActGrade,
    /// When it was given.
    pub occurred_on: Option<Date>,
    /// Whose; none where the source names nobody.
    pub party: Option<PartyId>,
    /// Version of the record, with the position as its disclosure.
    pub version: u64,
}

/// How a dispute ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolved {
    /// Who settled it.
    pub by: Line,
    /// When.
    pub occurred_on: Option<Date>,
    /// How.
    pub outcome: DisputeOutcome,
    /// Version of the record.
    pub version: u64,
}
