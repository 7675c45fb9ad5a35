//! Decisions as they are shown.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::decision_recorded::{ConditionKind, Effect, Finality, Minutes, Resolution};
use crate::acts::line::Line;
use crate::acts::organ::{Organ, Section};
use crate::approval::WhyNot;
use crate::conditions::ConditionState;
use crate::finality_clock::Estimate;
use crate::status::codes::ActGrade;

/// One decision as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// Case number.
    pub case_number: Option<Line>,
    /// Its conditions, reservations and declarations, in its order.
    pub conditions: Vec<ConditionRow>,
    /// Versions of the corrections that stand.
    pub corrected_by: Vec<u64>,
    /// Whether it counts as approval of the current text.
    pub counted: bool,
    /// Date of the meeting.
    pub date: Option<Date>,
    /// What the proposal would do.
    pub effect: Effect,
    /// When the time for challenging it ends by the calendar, while it may run: an estimate, never finality.
    pub estimate: Option<Estimate>,
    /// Finality on `on`, challenges included.
    pub finality: Option<Finality>,
    /// By whose word it is known.
    pub grade: ActGrade,
    /// Heading of the matter.
    pub heading: Option<Line>,
    /// Whether it was made up for a demonstration.
    pub invented: bool,
    /// What the minutes are; `confirmed` when they were confirmed since.
    pub minutes: Minutes,
    /// Who decided.
    pub organ: Organ,
    /// When its minutes were published, for the last time.
    pub published_on: Option<Date>,
    /// Version of the later decision that took its place.
    pub replaced_by: Option<u64>,
    /// What happened to the proposal.
    pub resolution: Resolution,
    /// Section (§).
    pub section: Option<Section>,
    /// Where the registrar has it from.
    pub source: Option<Line>,
    /// Version of the record.
    pub version: u64,
    /// Why it does not count.
    pub why_not: Option<WhyNot>,
}

/// One condition of a decision and how far it is settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConditionRow {
    /// The seats that have accepted a reservation.
    pub accepted: Vec<PartyId>,
    /// The seats whose answer to a reservation is awaited.
    pub awaited: Vec<PartyId>,
    /// Its place in the decision, from 0.
    pub condition: u64,
    /// What it does to the approval.
    pub kind: ConditionKind,
    /// The seats that object to a reservation.
    pub objected: Vec<PartyId>,
    /// Since when it is settled.
    pub settled_on: Option<Date>,
    /// How far it is settled.
    pub state: ConditionState,
}

/// An act of which the source names no party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unattributed {
    /// The decision, where it is one.
    pub decision: Option<DecisionRow>,
    /// Whose act it was, in the source's words.
    pub described: Line,
    /// Event type.
    pub kind: String,
    /// When.
    pub occurred_on: Option<Date>,
    /// Where the registrar has it from.
    pub source: Option<Line>,
    /// Version of the record.
    pub version: u64,
}
