//! `signing_mandate_recorded`: who may sign for a party, and how many must.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::line::Line;
use crate::case::{Case, twice};
use crate::refusal::Refusal;

/// Names the roles that sign for a party; by the party, or the registrar transcribing.
/// Roles, never persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SigningMandateRecorded {
    /// Version of the `decision_recorded` that gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// Whether they may sign a text that differs from the approved one by minor technical changes.
    pub minor_technical_changes: bool,
    /// How many of the roles must sign.
    pub required: Required,
    /// The roles, none twice.
    pub roles: Vec<Line>,
    /// For this text only; for every text of the agreement when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Digest>,
}

/// How many of the roles must sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Required {
    /// Every one.
    All {},
    /// Any one.
    Any {},
    /// So many of them.
    KOfN {
        /// 1 to the number of roles.
        k: u64,
    },
}

impl SigningMandateRecorded {
    /// How many roles must sign.
    pub fn needed(&self) -> u64 {
        match self.required {
            Required::All {} => self.roles.len() as u64,
            Required::Any {} => 1,
            Required::KOfN { k } => k,
        }
    }
}

pub(super) fn decide(act: &SigningMandateRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    if act.roles.is_empty() {
        return Err(Refusal::new("mandate-roles", "data.roles", "a mandate names at least one role"));
    }
    if let Some(role) = twice(&act.roles) {
        return Err(Refusal::new("named-twice", "data.roles", format!("{role} is named twice")));
    }
    let roles = act.roles.len() as u64;
    if !(1..=roles).contains(&act.needed()) {
        let reason = format!("{} of {roles} roles can't be required", act.needed());
        return Err(Refusal::new("mandate-count", "data.required.k", reason).but(format!("1 to {roles}")));
    }
    if let Some(version) = act.decision {
        let (decision, _) = case.own_decision(version, "data.decision")?;
        case.check_after(decision)?;
    }
    act.text.as_ref().map_or(Ok(()), |digest| case.held(digest, "data.text").map(drop))
}
