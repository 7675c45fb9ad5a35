//! The shape of an agreement's state, for the OpenAPI document. The state itself is
//! [`sinetti_projections::status::Status`]; a test holds the two together.

use utoipa::ToSchema;

/// The state of one agreement, as known at a moment and in force on a date.
#[derive(ToSchema)]
#[schema(as = AgreementState)]
#[allow(dead_code, reason = "describes what the projection serialises to")]
pub struct Described {
    /// Agreement id.
    #[schema(example = "pirkanmaa-puitesopimus-2023")]
    agreement: String,
    /// The amendments that were proposed: rule, who has accepted, whom each binds since when, who is missing.
    amendments: Vec<serde_json::Value>,
    /// The annexes of interface areas, each with the state of every party.
    annexes: Vec<serde_json::Value>,
    /// How many seats have approved the current text.
    approved: u64,
    /// The interface areas, with goals, division of work and counterparts.
    areas: Vec<serde_json::Value>,
    /// Where this was read from.
    as_of: AsOf,
    /// How many parties are bound.
    bound: u64,
    /// The agreement's own conditions of entry into force hold.
    conditions_met: bool,
    /// What counts is contested.
    contested: bool,
    /// Why, and by whom.
    contested_why: Vec<serde_json::Value>,
    /// Version of the deposit of the text that is to be approved.
    current_text: Option<u64>,
    /// The ledger is a demonstration: acts in it may be invented.
    demonstration: bool,
    /// The registrar has determined entry into force.
    determined: bool,
    /// The determinations, with their versions.
    determinations: Vec<serde_json::Value>,
    /// The disputes that were raised, with all views.
    disputes: Vec<serde_json::Value>,
    /// What was prepared: phases, comment rounds with their comments, openings for approval.
    drafting: serde_json::Value,
    /// Negotiations and reports that the law asks for: done, due or overdue, and by when.
    duties: Vec<serde_json::Value>,
    /// How the agreement ended, or by which day it does.
    ending: Option<serde_json::Value>,
    /// The forums in which the parties meet, ended ones too.
    forums: Vec<serde_json::Value>,
    /// In force by its own rule; under a bilateral rule between any pair.
    in_force: bool,
    /// Under a bilateral rule: the pairs between which it is in force.
    in_force_pairs: Vec<serde_json::Value>,
    /// From when to when it was in force and is.
    in_force_periods: Vec<serde_json::Value>,
    /// Since when without interruption.
    in_force_since: Option<String>,
    /// An act that is shown was made up for a demonstration.
    invented: bool,
    /// The moment that was asked about, when one was.
    known_at: Option<String>,
    /// The seats that were made one with a successor's own.
    merged_seats: Vec<serde_json::Value>,
    /// The seats whose approval or signature the rule asks for and that have not given it, each with why.
    missing: Vec<serde_json::Value>,
    /// The date that this is about.
    on: String,
    /// How the agreement was opened, as corrected: roster, rules, forums, principles, areas.
    opening: serde_json::Value,
    /// The roster in its order; per seat `approved`, `signed`, its decisions, signature, acts and notes.
    parties: Vec<serde_json::Value>,
    /// How many different parties hold the seats now, after mergers and the like.
    parties_current: u64,
    /// How many seats the roster has: what the rule counts.
    parties_total: u64,
    /// The agreement's rules as amended, and whether the text states them or they are assumed.
    rule: serde_json::Value,
    /// How many seats have signed the current text.
    signed: u64,
    /// For how long it is made, as amended.
    term: serde_json::Value,
    /// Proposed corrections of errors in texts, and what became of them.
    text_errors: Vec<serde_json::Value>,
    /// The parties by the amendments that bind them: one consolidated text for each group.
    text_groups: Vec<serde_json::Value>,
    /// The texts, with their digests where known.
    texts: Vec<serde_json::Value>,
    /// Titles by language.
    titles: serde_json::Value,
    /// Acts of which the source names no party: counted for nobody.
    unattributed: Vec<serde_json::Value>,
}

/// The place in the ledger that an answer shows.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the ledger serialises")]
pub struct AsOf {
    /// Index of the agreement's newest record.
    index: u64,
    /// Its version.
    version: u64,
    /// Its leaf hash in base64; with `version` it makes an author's `seen`.
    leaf: String,
    /// Version of the registry.
    registry_version: u64,
    /// Size of the newest published checkpoint.
    checkpoint: u64,
}
