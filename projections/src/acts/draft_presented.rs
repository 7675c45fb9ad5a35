//! `draft_presented`: a draft was shown to an organ or forum.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::organ::Organ;
use super::subject::Subject;
use crate::case::Case;
use crate::refusal::Refusal;

/// A draft was presented; nobody decided anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPresented {
    /// The text, where it is deposited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// To whom.
    pub to: Organ,
}

pub(super) fn decide(act: &DraftPresented, case: &Case<'_>) -> Result<(), Refusal> {
    act.subject.as_ref().map_or(Ok(()), |subject| case.check_subject(subject, "data.subject"))
}
