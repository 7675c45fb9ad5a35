//! `decision_recorded`: what an organ decided, in the four layers from which approval is derived.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::hash::Digest;

use super::line::Line;
use super::organ::{Organ, Section};
use super::subject::Subject;

/// One decision of one organ. `occurred_on` is the date of the meeting.
///
/// An adopted proposal is not an approved agreement: [`Resolution`] says what happened to the
/// proposal, [`Effect`] what the proposal would do. See [`crate::approval`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecorded {
    /// Case number (asianumero), as the party writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<Line>,
    /// Present when the actor asserts that the organ is competent for this; a forum never is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competent: Option<Competence>,
    /// Conditions, reservations and declarations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The decision verbatim (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Commitment>,
    /// Dissents and statements for the minutes (personal data: disclosures).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissents: Vec<Commitment>,
    /// What the proposal would do.
    pub effect: Effect,
    /// Whether it can still change by appeal; left out only where a source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finality: Option<Finality>,
    /// Heading of the matter in the minutes; names of people are left out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Line>,
    /// What the minutes are.
    pub minutes: Minutes,
    /// SHA-256 of the extract of the minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
    /// Who decided.
    pub organ: Organ,
    /// Who prepared it (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparer: Option<Commitment>,
    /// Who presented it (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presenter: Option<Commitment>,
    /// The proposal verbatim (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Commitment>,
    /// Whose proposal the resolution is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal_kind: Option<ProposalKind>,
    /// What happened to the proposal.
    pub resolution: Resolution,
    /// The section (§), such as `43`; left out only where a source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// Statement of the matter verbatim (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Commitment>,
    /// The text that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The vote, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Vote>,
}

/// Why the organ may decide this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// The provision, such as a section of the party's administrative regulations.
    pub basis: Line,
}

/// Something that an approval hangs on, or only says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What it does to the approval.
    pub kind: ConditionKind,
    /// Its words (personal data: a disclosure).
    pub text: Commitment,
}

/// What a condition does to an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// A mere statement: the approval counts, with a footnote.
    Declaration,
    /// The approval counts once the others accept it.
    Reservation,
    /// The approval counts once it is fulfilled.
    Suspensive,
}

/// What the minutes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Minutes {
    /// Only an agenda: nothing was decided by it.
    Agenda,
    /// Inspected and confirmed.
    Confirmed,
    /// Known from a notice, bulletin or other report; in transcriptions only.
    Reported,
    /// Not yet confirmed.
    Unconfirmed,
}

/// Whose proposal a resolution is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// A member's proposal against the presenter's.
    CounterProposal,
    /// The presenter's (pohjaehdotus).
    Presenter,
    /// The presenter's as changed at the meeting.
    PresenterAmended,
}

/// What happened to the proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// As proposed.
    Adopted,
    /// With changes; `effect` is of the changed proposal.
    AdoptedAmended,
    /// The organ found that it may not decide.
    NotCompetent,
    /// Voted or argued down.
    Rejected,
    /// Sent back for preparation.
    Returned,
    /// Left for a later meeting.
    Tabled,
    /// The source does not say; in transcriptions and agendas only.
    Unknown,
    /// Taken off the agenda.
    Withdrawn,
}

/// What the proposal would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Approve the subject.
    Approve,
    /// Approve the subject on conditions.
    ApproveConditionally,
    /// Authorise somebody to sign.
    AuthoriseSigning,
    /// Commit to an annex.
    Commit,
    /// Note for information (merkitä tiedoksi).
    Note,
    /// Propose to a superior organ.
    ProposeToSuperior,
    /// Not approve the subject.
    Reject,
    /// Give an opinion or comment.
    StateOpinion,
    /// The source does not say; in transcriptions only.
    Unknown,
    /// Withdraw from what was approved.
    Withdraw,
}

/// Whether a decision can still change by appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finality {
    /// Set aside.
    Annulled,
    /// Taken up, claimed against or appealed.
    Challenged,
    /// Has legal force.
    Final,
    /// No appeal lies (preparation, opinions).
    NotAppealable,
    /// Time for appeal runs.
    Open,
}

/// Votes counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Blank or abstained.
    pub abstained: u64,
    /// Against the proposal.
    pub against: u64,
    /// For the proposal.
    #[serde(rename = "for")]
    pub in_favour: u64,
}

impl Resolution {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Resolution::Adopted => "adopted",
            Resolution::AdoptedAmended => "adopted_amended",
            Resolution::NotCompetent => "not_competent",
            Resolution::Rejected => "rejected",
            Resolution::Returned => "returned",
            Resolution::Tabled => "tabled",
            Resolution::Unknown => "unknown",
            Resolution::Withdrawn => "withdrawn",
        }
    }
}

impl Effect {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Approve => "approve",
            Effect::ApproveConditionally => "approve_conditionally",
            Effect::AuthoriseSigning => "authorise_signing",
            Effect::Commit => "commit",
            Effect::Note => "note",
            Effect::ProposeToSuperior => "propose_to_superior",
            Effect::Reject => "reject",
            Effect::StateOpinion => "state_opinion",
            Effect::Unknown => "unknown",
            Effect::Withdraw => "withdraw",
        }
    }
}

impl Finality {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Finality::Annulled => "annulled",
            Finality::Challenged => "challenged",
            Finality::Final => "final",
            Finality::NotAppealable => "not_appealable",
            Finality::Open => "open",
        }
    }
}

impl Minutes {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Minutes::Agenda => "agenda",
            Minutes::Confirmed => "confirmed",
            Minutes::Reported => "reported",
            Minutes::Unconfirmed => "unconfirmed",
        }
    }
}
