//! `annex_deposited`: an annex of an interface area is put to the parties.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::slug::Slug;
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Deposits an annex to one interface area: a text of role `annex`, its form, and who can join. Not everyone
/// needs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnexDeposited {
    /// The interface area.
    pub area: Slug,
    /// The wellbeing services county; needed for form `description`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<PartyId>,
    /// Who of the roster can join; everybody when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eligible: Vec<PartyId>,
    /// How a party joins.
    pub form: AnnexForm,
    /// True when parties outside the roster can join too; else left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside_parties: bool,
    /// SHA-256 of the annex's text, in hex.
    pub text: Digest,
}

/// How a party joins an annex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnnexForm {
    /// An agreement of its own: in force between those who approved and signed it.
    Agreement,
    /// A description that is part of the agreement for a municipality once it and the county have committed.
    Description,
}

impl AnnexForm {
    /// All of them.
    pub const ALL: &[AnnexForm] = &[AnnexForm::Agreement, AnnexForm::Description];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            AnnexForm::Agreement => "agreement",
            AnnexForm::Description => "description",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "annex_deposited",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "An annex of an interface area that parties can join.",
    args: &["area", "digest", "form"],
    schema: with_common::<AnnexDeposited>,
};

impl ActType for AnnexDeposited {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("area", self.area.to_string()),
            ("digest", self.text.to_string()),
            ("form", self.form.as_str().to_owned()),
        ])
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/area", "/county", "/eligible", "/form", "/outside_parties", "/text", "/invented"]
    }
}

fn decide(_act: &AnnexDeposited, _case: &Case<'_>) -> Result<(), Refusal> {
    Ok(())
}
