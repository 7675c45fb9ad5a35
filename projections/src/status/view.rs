//! What a status says: the JSON of `GET /api/v1/agreements/{a}`, but for `as_of`.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};

use super::annexes::Annex;
use super::areas::Area;
use super::codes::{ActGrade, ContestCode, NoteCode, TextErrorState};
use super::drafted::Drafting;
use super::forums::ForumRow;
use crate::acts::AgreementOpened;
use crate::acts::agreement_ended::EndKind;
use crate::acts::codes::Code;
use crate::acts::decision_recorded::{ConditionKind, Effect, Finality, Minutes, Resolution};
use crate::acts::dispute_recorded::DisputeMatter;
use crate::acts::dispute_resolved::DisputeOutcome;
use crate::acts::line::{Language, Line, Words};
use crate::acts::organ::{Organ, Section};
use crate::acts::party_registered::{MunicipalityType, PartyKind};
use crate::acts::party_succeeded::SuccessionKind;
use crate::acts::rules::{AmendmentRule, Rules, Term};
use crate::acts::text_deposited::TextRole;
use crate::acts::text_error_proposed::TextCorrection;
use crate::acts::text_signed::Grade;
use crate::approval::WhyNot;
use crate::conditions::ConditionState;
use crate::duties::Duty;
use crate::finality_clock::Estimate;

/// The state of one agreement as of a date, by the records that are known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Its id.
    pub agreement: StreamId,
    /// The amendments that were proposed, in the order of the log.
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
    /// Whether something is contested: a determination whose conditions hold no more, an act by a key that may
    /// have been somebody else's, or what a party disputes.
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
    /// The disputes that were raised, with all views.
    pub disputes: Vec<Dispute>,
    /// How it was prepared.
    pub drafting: Drafting,
    /// What the law asks of the parties, by the day on which it is due.
    pub duties: Vec<Duty>,
    /// How it ended, or by which day it does.
    pub ending: Option<Ending>,
    /// The forums in which the parties meet, those that are over included.
    pub forums: Vec<ForumRow>,
    /// Whether it is in force by its own rule; under a bilateral rule between any pair.
    pub in_force: bool,
    /// Under a bilateral rule: the pairs between which it is in force.
    pub in_force_pairs: Vec<Pair>,
    /// From when to when it was in force and is: a late renewal leaves a gap.
    pub in_force_periods: Vec<Period>,
    /// Since when without interruption.
    pub in_force_since: Option<Date>,
    /// Whether any act that is shown was made up for a demonstration.
    pub invented: bool,
    /// The seats that were made one with a successor's own.
    pub merged_seats: Vec<MergedSeat>,
    /// The seats whose approval or signature the rule asks for and that have not given it; those of parties that
    /// acceded later too, and under a threshold all, however many are enough.
    pub missing: Vec<Missing>,
    /// The date that this is about.
    pub on: Date,
    /// How it was opened, as corrected.
    pub opening: AgreementOpened,
    /// The roster, in its order.
    pub parties: Vec<Row>,
    /// How many different parties hold the seats now, after mergers and the like.
    pub parties_current: u64,
    /// How many seats the roster has: what the rule counts. It changes by accession, and by the record with which
    /// a successor makes its predecessor's seat one with its own; never by a merger alone.
    pub parties_total: u64,
    /// The agreement's rules, as amended.
    pub rule: Rules,
    /// How many seats have signed the current text.
    pub signed: u64,
    /// For how long it is made, as amended.
    pub term: Term,
    /// While it is in force: the parties by the amendments that bind them, with one consolidated text for each group.
    pub text_groups: Vec<TextGroup>,
    /// Errors in texts, proposed, objected to and put right.
    pub text_errors: Vec<TextErrorRow>,
    /// The texts.
    pub texts: Vec<TextRow>,
    /// Titles by language.
    pub titles: Words,
    /// Acts of which the source names no party: counted for nobody.
    pub unattributed: Vec<Unattributed>,
}

/// A proposed amendment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// How many of those asked have accepted it: approved and, where the agreement asks for it, signed.
    pub accepted: u64,
    /// How many of those asked have approved its text.
    pub approved: u64,
    /// The articles that it changes.
    pub articles: Vec<Line>,
    /// How many parties are asked: those of the agreement that have not left.
    pub asked: u64,
    /// Since when it binds every party; its new rules and term hold from then.
    pub binds_all_from: Option<Date>,
    /// The parties that it binds.
    pub bound: Vec<BoundParty>,
    /// Whether the conditions of its rule hold.
    pub conditions_met: bool,
    /// Whether the registrar has determined it, on or before the date.
    pub determined: bool,
    /// While it is in force: the parties by the amendments that bind them.
    pub groups: Vec<TextGroup>,
    /// Whether it is in force between some parties.
    pub in_force: bool,
    /// Since when.
    pub in_force_since: Option<Date>,
    /// Who of those asked has not accepted it, and what is missing.
    pub missing: Vec<Missing>,
    /// The rule by which it binds.
    pub rule: AmendmentRule,
    /// How many of those asked have signed its text.
    pub signed: u64,
    /// SHA-256 of its text, in hex.
    pub text: Digest,
    /// Titles of its text by language.
    pub titles: Option<Words>,
    /// Version of the record that proposes it.
    pub version: u64,
}

/// A party that an amendment binds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoundParty {
    /// Who.
    pub party: PartyId,
    /// Since when.
    pub since: Date,
}

/// Parties that the same amendments bind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextGroup {
    /// Versions of the amendments; none for those who hold to the text as it was approved.
    pub amendments: Vec<u64>,
    /// Version of the text that consolidates just these, where one is deposited.
    pub consolidated: Option<u64>,
    /// The parties.
    pub parties: Vec<PartyId>,
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

/// A time in force without interruption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day, where it is past.
    pub last_day: Option<Date>,
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
    /// Digest of the approved text from which the signed one differs by minor technical changes.
    pub differs_from: Option<Digest>,
    /// With what kind of signature.
    pub grade: Grade,
    /// The role for which a substitute signed.
    pub on_behalf_of_role: Option<Line>,
    /// The signer's own role.
    pub role: Line,
    /// SHA-256 of the scan of a signature on paper.
    pub scan: Option<Digest>,
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
