//! `signing_mandate_recorded`: who may sign for a party, and how many must.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{self, ActType, Args, args};
use super::line::Line;
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::{Case, check_named_once};
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

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "signing_mandate_recorded",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "Who may sign for a party, and how many must.",
    args: &["needed", "roles"],
    schema: with_common::<SigningMandateRecorded>,
};

impl ActType for SigningMandateRecorded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("needed", self.needed().to_string()), ("roles", act_type::listed(&self.roles))])
    }

    fn names(&self) -> Vec<Subject> {
        self.text.map(Subject::Digest).into_iter().collect()
    }
}

fn decide(act: &SigningMandateRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    if act.roles.is_empty() {
        let reason = "a mandate names at least one role";
        return Err(Refusal::new(
            "mandate-roles",
            "data.roles",
            reason,
            "who may sign by office, such as Kaupunginjohtaja",
        ));
    }
    check_named_once(&act.roles, "data.roles")?;
    let roles = act.roles.len() as u64;
    if !(1..=roles).contains(&act.needed()) {
        let reason = format!("{} of {roles} roles can't be required", act.needed());
        return Err(Refusal::new("mandate-count", "data.required.k", reason, format!("1 to {roles}")));
    }
    if let Some(version) = act.decision {
        let (decision, _) = case.own_decision(version, "data.decision")?;
        case.check_after(decision)?;
    }
    act.text.as_ref().map_or(Ok(()), |digest| case.held(digest, "data.text").map(drop))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, text_a, text_b, with};

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        let other = world.on_day("2023-06-01").approve("p2", "2023-05-08");
        let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-05-08", "required": {"kind": "all"}, "roles": ["a", "b"]});
        for (change, slug) in [
            (json!({"roles": []}), "mandate-roles"),
            (json!({"roles": ["a", "a"]}), "named-twice"),
            (json!({"required": {"k": 3, "kind": "k_of_n"}}), "mandate-count"),
            (json!({"required": {"kind": "k_of_n"}}), "data-malformed"),
            (json!({"required": {"k": 1, "kind": "all"}}), "data-malformed"),
            (json!({"minor_technical_changes": null}), "data-malformed"),
            (json!({"decision": other}), "record-of-another-party"),
            (json!({"decision": 2}), "record-of-another-type"),
            (json!({"text": text_b()}), "text-unknown"),
        ] {
            assert_eq!(
                world.slug("p1", "signing_mandate_recorded", with(mandate.clone(), change.clone())),
                slug,
                "{change}"
            );
        }
        world.given("p1", "signing_mandate_recorded", mandate);
    }

    #[test]
    fn a_mandate_for_one_text_is_none_for_another() {
        let mut world = World::of_parties(2);
        let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-05-08", "required": {"kind": "all"}, "roles": ["a", "b"], "text": text_a()});
        world.on_day("2023-06-01").given("p1", "signing_mandate_recorded", mandate);
        assert_eq!(world.row("p1").signatures, "0/2");
        world.deposit(&text_b(), "2023-05-20");
        assert_eq!(world.row("p1").signatures, "0/1");
    }
}
