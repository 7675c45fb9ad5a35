//! What a status says: the JSON of `GET /api/v1/agreements/{a}`, but for `as_of`.

mod amendment;
mod decision;
mod dispute;
mod force;
mod seat;
mod signature;
mod text;

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Date;

pub use amendment::{Amendment, BoundParty, TextGroup};
pub use decision::{ConditionRow, DecisionRow, Unattributed};
pub use dispute::{Dispute, Resolved, View};
pub use force::{Contest, Determination, Ending, MergedSeat, Pair, Period};
pub use seat::{Footnote, Missing, Note, Provisional, Row, Taken, Withdrawal};
pub use signature::{RoleSigned, SignatureRow};
pub use text::{TextErrorRow, TextRow};

use crate::acts::AgreementOpened;
use crate::acts::line::Words;
use crate::acts::rules::{Rules, Term};
use crate::duties::Duty;
use crate::status::annexes::Annex;
use crate::status::areas::Area;
use crate::status::drafted::Drafting;
use crate::status::forums::ForumRow;

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
