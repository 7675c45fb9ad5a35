//! States of a pair of annex and party: stable names that pages and programs put into words.

use serde::{Deserialize, Serialize};

/// How far a party has come with an annex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// It holds for the party.
    Joined,
    /// It holds for the party, which has given notice.
    Leaving,
    /// The party's notice has taken effect.
    Left,
    /// The annex is not for this party.
    NotEligible,
    /// The party has done nothing about it.
    NotJoined,
    /// The party has done part of what joining takes.
    Partial,
    /// The party has done all; it holds once another has, too.
    Ready,
}

/// Why an annex does not hold for a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartWhyNot {
    /// It has neither approved nor signed it.
    ApprovalAndSignatureMissing,
    /// It has signed it and not approved.
    ApprovalMissing,
    /// The county has not committed.
    CountyNotCommitted,
    /// The decision on which its commitment rests counts no more.
    DecisionFallen,
    /// It ended its part.
    Ended,
    /// Nobody else is in it.
    NobodyElse,
    /// It has not committed.
    NotCommitted,
    /// The annex is not for it.
    NotEligible,
    /// It has approved it and not signed.
    SignatureMissing,
    /// It has left the agreement of which the annex is part.
    Withdrawn,
}

impl PartState {
    /// All of them.
    pub const ALL: &'static [PartState] = &[
        PartState::Joined,
        PartState::Leaving,
        PartState::Left,
        PartState::NotEligible,
        PartState::NotJoined,
        PartState::Partial,
        PartState::Ready,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            PartState::Joined => "joined",
            PartState::Leaving => "leaving",
            PartState::Left => "left",
            PartState::NotEligible => "not_eligible",
            PartState::NotJoined => "not_joined",
            PartState::Partial => "partial",
            PartState::Ready => "ready",
        }
    }

    /// Whether the annex holds for the party.
    pub fn holds(self) -> bool {
        matches!(self, PartState::Joined | PartState::Leaving)
    }
}

impl PartWhyNot {
    /// All of them.
    pub const ALL: &'static [PartWhyNot] = &[
        PartWhyNot::ApprovalAndSignatureMissing,
        PartWhyNot::ApprovalMissing,
        PartWhyNot::CountyNotCommitted,
        PartWhyNot::DecisionFallen,
        PartWhyNot::Ended,
        PartWhyNot::NobodyElse,
        PartWhyNot::NotCommitted,
        PartWhyNot::NotEligible,
        PartWhyNot::SignatureMissing,
        PartWhyNot::Withdrawn,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            PartWhyNot::ApprovalAndSignatureMissing => "approval_and_signature_missing",
            PartWhyNot::ApprovalMissing => "approval_missing",
            PartWhyNot::CountyNotCommitted => "county_not_committed",
            PartWhyNot::DecisionFallen => "decision_fallen",
            PartWhyNot::Ended => "ended",
            PartWhyNot::NobodyElse => "nobody_else",
            PartWhyNot::NotCommitted => "not_committed",
            PartWhyNot::NotEligible => "not_eligible",
            PartWhyNot::SignatureMissing => "signature_missing",
            PartWhyNot::Withdrawn => "withdrawn",
        }
    }
}
