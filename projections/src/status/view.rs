//! What a status says: the JSON of `GET /api/v1/agreements/{a}`, but for `as_of`.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};

use super::annexes::Annex;
use super::areas::Area;
use super::codes::{ActGrade, ContestCode, NoteCode};
use crate::acts::AgreementOpened;
use crate::acts::codes::Code;
use crate::acts::decision_recorded::{ConditionKind, Effect, Finality, Minutes, Resolution};
use crate::acts::line::{Language, Line, Words};
use crate::acts::organ::{Organ, Section};
use crate::acts::party_registered::{MunicipalityType, PartyKind};
use crate::acts::party_succeeded::SuccessionKind;
use crate::acts::rules::Rules;
use crate::acts::text_deposited::TextRole;
use crate::acts::text_signed::Grade;
use crate::approval::WhyNot;
use crate::conditions::ConditionState;
use crate::finality_clock::Estimate;

/// The state of one agreement as of a date, by the records that are known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Its id.
    pub agreement: StreamId,
    /// Amendments. No event type makes any yet, so there are none.
    pub amendments: Vec<Amendment>,
    /// The annexes that were put to the parties, each with the state of every party.
    pub annexes: Vec<Annex>,
    /// How many seats have approved the current text.
    pub approved: u64,
    /// The interface areas, by number.
    pub areas: Vec<Area>,
    /// How many parties are bound.
    pub bound: u64,
    /// Whether the agreement's own conditions of entry into force hold; under a bilateral rule
    /// for at least one pair.
    pub conditions_met: bool,
    /// Whether something is contested: a determination whose conditions hold no more, or an act
    /// by a key that may have been somebody else's.
    pub contested: bool,
    /// Why, and by whom.
    pub contested_why: Vec<Contest>,
    /// Version of the first deposit of the text that is to be approved.
    pub current_text: Option<u64>,
    /// True in a demonstration ledger.
    pub demonstration: bool,
    /// Whether the registrar has determined entry into force, on or before `on`.
    pub determined: bool,
    /// The determinations: one, or under a bilateral rule one for each pair.
    pub determinations: Vec<Determination>,
    /// Duties. No event type makes any yet, so there are none.
    pub duties: Vec<Duty>,
    /// Whether it is in force by its own rule; under a bilateral rule between any pair.
    pub in_force: bool,
    /// Under a bilateral rule: the pairs between which it is in force.
    pub in_force_pairs: Vec<Pair>,
    /// Since when.
    pub in_force_since: Option<Date>,
    /// Whether any act that is shown was made up for a demonstration.
    pub invented: bool,
    /// The seats whose approval or signature the rule asks for and that have not given it.
    pub missing: Vec<Missing>,
    /// The date that this is about.
    pub on: Date,
    /// How it was opened, as corrected.
    pub opening: AgreementOpened,
    /// The roster, in its order.
    pub parties: Vec<Row>,
    /// How many different parties hold the seats now, after mergers and the like.
    pub parties_current: u64,
    /// How many seats the roster has: what the rule counts. Mergers don't change it.
    pub parties_total: u64,
    /// The agreement's rules.
    pub rule: Rules,
    /// How many seats have signed the current text.
    pub signed: u64,
    /// The texts.
    pub texts: Vec<TextRow>,
    /// Titles by language.
    pub titles: Words,
    /// Acts of which the source names no party: counted for nobody.
    pub unattributed: Vec<Unattributed>,
}

/// An amendment: none yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Amendment {}

/// A duty: none yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Duty {}

/// One seat of the roster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Versions of its live acts up to `on`, in legal order.
    pub acts: Vec<u64>,
    /// Whether it has approved the current text.
    pub approved: bool,
    /// Since when, a legal date.
    pub approved_on: Option<Date>,
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
}

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

/// A party's signature of the current text as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureRow {
    /// Whether all who must have signed.
    pub complete: bool,
    /// When they had, else the newest signature's date.
    pub date: Option<Date>,
    /// The roles, in legal order.
    pub roles: Vec<RoleSigned>,
}

/// One role's signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleSigned {
    /// When.
    pub date: Option<Date>,
    /// With what kind of signature.
    pub grade: Grade,
    /// The role for which a substitute signed.
    pub on_behalf_of_role: Option<Line>,
    /// The signer's own role.
    pub role: Line,
    /// The digest signed.
    pub text: Digest,
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

/// One deposited text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextRow {
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
