//! When an agreement is in force, between whom, and what is contested.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};

use crate::acts::agreement_ended::EndKind;
use crate::acts::line::Line;
use crate::status::codes::ContestCode;

/// One reason why what counts is contested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    /// The organ or court that set a decision aside.
    pub by: Option<Line>,
    /// What.
    pub code: ContestCode,
    /// When it happened.
    pub occurred_on: Option<Date>,
    /// Whose act.
    pub party: Option<PartyId>,
    /// When the ledger learned it.
    pub recorded_at: Option<Instant>,
    /// The record that tells it.
    pub version: Option<u64>,
}

/// The registrar's determination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Determination {
    /// The first day in force.
    pub in_force_from: Date,
    /// When the registrar determined it.
    pub occurred_on: Option<Date>,
    /// Version of the record.
    pub version: u64,
    /// Under a bilateral rule, the party.
    pub with_party: Option<PartyId>,
}

/// How an agreement ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// Where that is decided or agreed; none where the calendar or the leaving of parties did it.
    pub basis: Option<Line>,
    /// How.
    pub kind: EndKind,
    /// The last day in force.
    pub last_day: Date,
    /// Amendments that would renew it and are not in force.
    pub renewals_pending: Vec<u64>,
    /// The agreement that takes its place.
    pub replaced_by: Option<StreamId>,
    /// Version of the record, where one says it.
    pub version: Option<u64>,
}

/// A seat that was made one with another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MergedSeat {
    /// The successor, with whose seat it is one.
    pub into: PartyId,
    /// Number that it had.
    pub number: u64,
    /// The first day without it.
    pub on: Date,
    /// Whose it was.
    pub party: PartyId,
    /// Version of the record.
    pub version: u64,
}

/// A pair between which a bilateral agreement is in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Whether its determination stands without its conditions.
    pub contested: bool,
    /// Whether the registrar has determined it.
    pub determined: bool,
    /// The party with which each of the others agrees.
    pub hub: PartyId,
    /// Number of the party in the roster.
    pub number: u64,
    /// The other party.
    pub party: PartyId,
    /// Since when.
    pub since: Date,
}

/// A time in force without interruption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day, where it is past.
    pub last_day: Option<Date>,
}
