//! `amendment_proposed`: a change of the agreement is put to the parties.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args, listed};
use super::line::Line;
use super::rules::AmendmentRule;
use super::rules::Basis;
use super::rules::Notice;
use super::rules::Term;
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Proposes an amendment: a text of role `amendment`, which the parties approve and sign like the agreement
/// itself, and the rule by which it binds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendmentProposed {
    /// The articles or sections that it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Line>,
    /// Whether the agreement states the rule or it is assumed.
    pub basis: Basis,
    /// Once it binds all: the agreement's new rule on amendment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_amendment_rule: Option<AmendmentRule>,
    /// Once it binds all: the agreement's new term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_term: Option<Term>,
    /// Once it binds all: the agreement's new notice of withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_withdrawal: Option<Notice>,
    /// The rule by which it binds; the agreement's own where it states one.
    pub rule: AmendmentRule,
    /// Where the rule is stated, or why it is assumed.
    pub rule_source: Line,
    /// SHA-256 of the amendment's text, in hex.
    pub text: Digest,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "amendment_proposed",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrRegistrar,
    summary: "A change of the agreement is put to the parties.",
    args: &["articles", "digest", "rule"],
    schema: with_common::<AmendmentProposed>,
};

impl ActType for AmendmentProposed {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("articles", listed(&self.articles)),
            ("digest", self.text.to_string()),
            ("rule", self.rule.as_str().to_owned()),
        ])
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/rule", "/new_amendment_rule", "/new_term", "/new_withdrawal", "/text", "/invented"]
    }
}

fn decide(_act: &AmendmentProposed, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
