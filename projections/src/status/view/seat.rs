//! The seats of the roster.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::decision::DecisionRow;
use super::signature::SignatureRow;
use crate::acts::codes::Code;
use crate::acts::line::Words;
use crate::acts::party_registered::{MunicipalityType, PartyKind};
use crate::acts::party_succeeded::SuccessionKind;
use crate::approval::WhyNot;
use crate::status::codes::NoteCode;

/// One seat of the roster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Version of the record by which it acceded; none for the seats of the opening.
    pub acceded_by: Option<u64>,
    /// Versions of its live acts up to `on`, in legal order.
    pub acts: Vec<u64>,
    /// Whether it has approved the current text.
    pub approved: bool,
    /// Since when, a legal date.
    pub approved_on: Option<Date>,
    /// Whether the agreement binds it.
    pub bound: bool,
    /// Typed codes.
    pub codes: Vec<Code>,
    /// The decision that counts; else its newest one.
    pub decision: Option<DecisionRow>,
    /// All its decisions up to `on`, in legal order, but for those about an annex or an amendment.
    pub decisions: Vec<DecisionRow>,
    /// Mergers and the like that touch it.
    pub footnotes: Vec<Footnote>,
    /// Whether an act of it that is shown was made up for a demonstration.
    pub invented: bool,
    /// What it is by law; none when it is not registered.
    pub kind: Option<PartyKind>,
    /// What a municipality calls itself.
    pub municipality_type: Option<MunicipalityType>,
    /// Its names on `on`; none when it is not registered.
    pub names: Option<Words>,
    /// What a reader should know besides.
    pub notes: Vec<Note>,
    /// Number in the roster.
    pub number: u64,
    /// Its id.
    pub party: PartyId,
    /// The declaration by which it applies the text provisionally.
    pub provisional: Option<Provisional>,
    /// Its signature of the current text.
    pub signature: Option<SignatureRow>,
    /// Roles that have signed of those that must: `1/2`.
    pub signatures: String,
    /// Whether it has signed the current text, by all who must.
    pub signed: bool,
    /// Since when, a legal date.
    pub signed_on: Option<Date>,
    /// Whether an act of it was by a key that may have been somebody else's.
    pub suspect: bool,
    /// The successors that took the seat, in legal order: their acts count there too.
    pub taken_by: Vec<Taken>,
    /// Its notice of withdrawal.
    pub withdrawal: Option<Withdrawal>,
}

/// A party applies the text before it is in force for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provisional {
    /// Since when.
    pub from: Date,
    /// Which parts, where not all.
    pub scope: Option<Words>,
    /// Version of the declaration.
    pub version: u64,
}

/// A notice of withdrawal that was not revoked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Whether the party has left: it is bound no more.
    pub in_effect: bool,
    /// When it was given.
    pub notified_on: Option<Date>,
    /// The first day on which the party is bound no more.
    pub takes_effect_on: Date,
    /// Version of the notice.
    pub version: u64,
}

/// A successor that took a seat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// From when its acts count there.
    pub from: Date,
    /// Who.
    pub party: PartyId,
    /// Version of the record.
    pub version: u64,
}

/// What a reader should know of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub code: NoteCode,
    /// The record that it is about, where there is one.
    pub version: Option<u64>,
}

/// A succession that touches a seat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Footnote {
    /// Versions of the predecessors' live acts in this agreement.
    pub acts: Vec<u64>,
    /// How.
    pub kind: SuccessionKind,
    /// From when.
    pub occurred_on: Date,
    /// Who was there before.
    pub predecessors: Vec<PartyId>,
    /// Version of the record in the registry stream.
    pub registry_version: u64,
    /// Who is there after.
    pub successors: Vec<PartyId>,
}

/// What a seat has not done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// True when its approval is missing.
    pub approval: bool,
    /// Its names.
    pub names: Option<Words>,
    /// Number in the roster.
    pub number: u64,
    /// The seat's party.
    pub party: PartyId,
    /// True when its signature is missing and the rule asks for it.
    pub signature: bool,
    /// Roles that have signed of those that must: `1/2`.
    pub signatures: String,
    /// Who continues the seat's party, where it has ended.
    pub successors: Vec<PartyId>,
    /// Why the approval is missing; none when only the signature is.
    pub why: Option<WhyNot>,
}
