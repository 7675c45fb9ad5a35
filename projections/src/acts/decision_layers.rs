//! The layers of a decision: what happened to the proposal, what it would do, whether it can
//! still change, and what the minutes are. See [`crate::approval`] for what follows from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
