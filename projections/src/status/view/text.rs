//! Texts, and the errors in them.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::line::{Language, Line, Words};
use crate::acts::text_deposited::TextRole;
use crate::acts::text_error_proposed::TextCorrection;
use crate::status::codes::TextErrorState;

/// One deposited text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextRow {
    /// The day by which an answer is asked for.
    pub answer_by: Option<Date>,
    /// Length in bytes.
    pub bytes: Option<u64>,
    /// Whether it is the text that is to be approved.
    pub current: bool,
    /// Date that it bears.
    pub date: Option<Date>,
    /// SHA-256, in hex; none for a text that the ledger does not hold.
    pub digest: Option<Digest>,
    /// Version of the first deposit of the same text.
    pub group: u64,
    /// Language.
    pub language: Language,
    /// Media type.
    pub media_type: Option<Line>,
    /// When the parties were asked to approve it, for the last time.
    pub opened_on: Option<Date>,
    /// Version of the deposit that puts its errors right and took its place.
    pub rectified_by: Option<u64>,
    /// Version of the proposal whose errors it puts right.
    pub rectifies: Option<u64>,
    /// What it is for.
    pub role: TextRole,
    /// Where the registrar has it from.
    pub source: Option<Line>,
    /// Digest of the text from which it differs by minor technical changes only.
    pub technical_changes_of: Option<Digest>,
    /// Titles by language.
    pub titles: Words,
    /// Version of the deposit.
    pub version: u64,
}

/// An error in a text that somebody proposed to put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextErrorRow {
    /// Digest of the text in its place, once there is one.
    pub corrected_text: Option<Digest>,
    /// What is wrong, place by place.
    pub corrections: Vec<TextCorrection>,
    /// Who objects, in legal order.
    pub objections: Vec<PartyId>,
    /// The last day for objections.
    pub objections_by: Date,
    /// The party that proposed it; none for the registrar.
    pub proposed_by: Option<PartyId>,
    /// When.
    pub proposed_on: Option<Date>,
    /// When it was put right.
    pub rectified_on: Option<Date>,
    /// How far it has come.
    pub state: TextErrorState,
    /// Digest of the text with the error.
    pub text: Digest,
    /// Version of the record.
    pub version: u64,
}
