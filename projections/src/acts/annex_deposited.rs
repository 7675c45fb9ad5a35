//! `annex_deposited`: an annex of an interface area is put to the parties.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::party_registered::PartyKind;
use super::slug::Slug;
use super::subject::Subject;
use super::text_deposited::TextRole;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::annexes;
use crate::areas;
use crate::case::{Case, check_named_once};
use crate::refusal::Refusal;
use crate::texts;

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

fn decide(act: &AnnexDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    areas::named(case, &act.area, "data.area")?;
    check_text(act, case)?;
    check_county(act, case)?;
    check_named_once(&act.eligible, "data.eligible")?;
    match act.eligible.iter().find(|party| !case.agreement.has_seat(party)) {
        Some(party) => {
            let reason = format!("{party} is not on this agreement's roster");
            Err(Refusal::new(
                "annex-party",
                "data.eligible",
                reason,
                "list parties of the roster; others join by outside_party_joined where outside_parties is true",
            ))
        }
        None => Ok(()),
    }
}

/// Its text is held here as an annex, and put to the parties once.
fn check_text(act: &AnnexDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    let version = case.held(&act.text, "data.text")?;
    let text = texts::deposit_at(case.agreement, version);
    if text.is_none_or(|text| text.role != TextRole::Annex || text.technical_changes_of.is_some()) {
        let reason = format!("the text in record {version} is not deposited as an annex of its own");
        return Err(Refusal::new(
            "annex-text",
            "data.text",
            reason,
            "the text is deposited with role annex, without technical_changes_of",
        ));
    }
    case.check_after(case.record(version, "data.text")?)?;
    match annexes::of_text(case.agreement, texts::group(case.agreement, version)) {
        Some(annex) => {
            let reason = format!("record {} puts this text to the parties already", annex.version());
            Err(Refusal::new(
                "annex-deposited-already",
                "data.text",
                reason,
                "refer to that record; a changed annex is another text",
            ))
        }
        None => Ok(()),
    }
}

/// A description is committed to by the county and each party; an agreement has no such side.
fn check_county(act: &AnnexDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    let wrong = |reason: String, accepted: &str| Err(Refusal::new("annex-county", "data.county", reason, accepted));
    match (act.form, &act.county) {
        (AnnexForm::Agreement, None) => Ok(()),
        (AnnexForm::Agreement, Some(_)) => {
            wrong("an annex of form agreement is between all who sign it".to_owned(), "leave it out")
        }
        (AnnexForm::Description, None) => {
            wrong("an annex of form description joins each party with the county".to_owned(), "name the county")
        }
        (AnnexForm::Description, Some(county)) => {
            let kind = case.registry.parties.get(county).map(|party| party.registered.kind);
            if case.agreement.has_seat(county) && kind == Some(PartyKind::WellbeingServicesCounty) {
                return Ok(());
            }
            let reason = format!("{county} is no wellbeing services county of this agreement's roster");
            wrong(reason, "name the county that has a seat")
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, digest, text_a, with};
    use crate::given_areas::annex;

    #[test]
    fn given_a_text_of_role_annex_when_deposited_as_one_then_every_seat_has_a_state() {
        let mut world = World::with_areas(3);
        let version = world.annex("description");
        let now = world.now();
        assert_eq!(now.annexes.len(), 1);
        let shown = &now.annexes[0];
        assert_eq!((shown.version, shown.area.as_str(), shown.parties.len()), (version, "health-promotion", 3));
        assert!(!shown.in_force && shown.joined == 0);
        assert!(shown.parties.iter().all(|part| part.state.as_str() == "not_joined"));
        assert_eq!(now.areas[0].annexes, [version]);
        assert!(now.areas[1].annexes.is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (change, slug) in [
            (json!({"area": "transport"}), "area-unknown"),
            (json!({"text": digest("unknown")}), "text-unknown"),
            (json!({"text": text_a()}), "annex-text"),
            (json!({"county": null}), "annex-county"),
            (json!({"county": "p2"}), "annex-county"),
            (json!({"county": "nobody"}), "annex-county"),
            (json!({"form": "agreement"}), "annex-county"),
            (json!({"form": "contract"}), "data-malformed"),
            (json!({"eligible": ["p2", "p2"]}), "named-twice"),
            (json!({"eligible": ["p9"]}), "annex-party"),
            (json!({"eligible": []}), "data-malformed"),
            (json!({"outside_parties": false}), "data-malformed"),
            (json!({"occurred_on": "2023-02-13"}), "date-before-cause"),
        ] {
            let mut world = World::with_areas(3);
            world.annex_text("annex");
            let refusal = world.refused("registrar", "annex_deposited", with(annex("description"), change.clone()));
            assert_eq!(refusal.slug, slug, "{change}: {refusal}");
        }
        let mut world = World::with_areas(3);
        world.annex_text("annex");
        assert_eq!(world.slug("p1", "annex_deposited", annex("description")), "actor-not-allowed");
    }

    #[test]
    fn one_text_is_put_to_the_parties_once() {
        let mut world = World::with_areas(3);
        let version = world.annex("description");
        let again = annex("description");
        assert_eq!(world.slug("registrar", "annex_deposited", again.clone()), "annex-deposited-already");
        let retraction: Value = json!({"occurred_on": "2023-02-14", "version": version});
        world.given("registrar", "record_retracted", retraction);
        assert!(world.now().annexes.is_empty());
        world.given("registrar", "annex_deposited", again);
    }
}
