//! `text_deposited`: a text of the agreement, named by its SHA-256.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args, optional};
use super::line::{Language, Line, Words};
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::{Case, check_named_once};
use crate::force::{self, Force};
use crate::refusal::Refusal;
use crate::texts;

/// Deposits one language version of a text; by the registrar. The document itself is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextDeposited {
    /// Length of the document in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Versions of the `amendment_proposed` that a text of role `consolidated` has in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consolidates: Vec<u64>,
    /// Date that the text bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// SHA-256 of the document, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// True for a text that the ledger does not hold and knows by title and date only; else left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub digest_unknown: bool,
    /// Language of this version.
    pub language: Language,
    /// Media type of the document, such as `application/pdf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Line>,
    /// Version of the `text_error_proposed` whose errors this text puts right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rectifies: Option<u64>,
    /// What it is for.
    pub role: TextRole,
    /// Version of an earlier deposit of the same text: another language, or the description
    /// of a text that is now held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_text_as: Option<u64>,
    /// Digest of the text that this one differs from by minor technical changes only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical_changes_of: Option<Digest>,
    /// Titles by language.
    pub titles: Words,
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextRole {
    /// Amends the agreement.
    Amendment,
    /// Belongs to the agreement, on its own terms.
    Annex,
    /// The text that the parties are asked to approve.
    Approval,
    /// Main text and amendments in one.
    Consolidated,
    /// Not yet for approval.
    Draft,
}

impl TextRole {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            TextRole::Amendment => "amendment",
            TextRole::Annex => "annex",
            TextRole::Approval => "approval",
            TextRole::Consolidated => "consolidated",
            TextRole::Draft => "draft",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_deposited",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A text of the agreement, named by its SHA-256.",
    args: &["digest", "language", "role", "title"],
    schema: with_common::<TextDeposited>,
};

impl ActType for TextDeposited {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("digest", optional(self.digest.as_ref())),
            ("language", self.language.as_str().to_owned()),
            ("role", self.role.as_str().to_owned()),
            ("title", self.titles.in_language(self.language).to_owned()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.rectifies.into_iter().chain(self.consolidates.iter().copied()).collect()
    }

    fn names(&self) -> Vec<Subject> {
        {
            let same = self.same_text_as.map(Subject::Deposit);
            let changed = self.technical_changes_of.map(Subject::Digest);
            same.into_iter().chain(changed).collect()
        }
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &[
            "/consolidates",
            "/digest",
            "/digest_unknown",
            "/invented",
            "/language",
            "/rectifies",
            "/role",
            "/same_text_as",
            "/technical_changes_of",
        ]
    }
}

fn decide(act: &TextDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    check_digest(act, case)?;
    if act.titles.get(act.language).is_none() {
        let member = format!("data.titles.{}", act.language.as_str());
        return Err(Refusal::new("title-missing", member, "no title in the text's own language", "give its title"));
    }
    check_same_text(act, case)?;
    check_consolidates(act, case)?;
    check_technical(act, case)?;
    check_rectifies(act, case)?;
    if act.opens_approval() && case.correcting.is_none() && is_settled(case) {
        let reason = "the agreement's text is settled: what it takes to be in force was done for it";
        return Err(Refusal::new(
            "text-settled",
            "data.role",
            reason,
            "deposit a change of it with role amendment, another language of it with same_text_as",
        ));
    }
    Ok(())
}

/// One of the two, and a digest once only.
fn check_digest(act: &TextDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    match (&act.digest, act.digest_unknown) {
        (Some(_), true) => {
            let reason = "digest and digest_unknown exclude each other";
            Err(Refusal::new("digest-or-unknown", "data.digest_unknown", reason, "leave digest_unknown out"))
        }
        (None, false) => {
            let reason = "name the text by its SHA-256";
            Err(Refusal::new(
                "digest-or-unknown",
                "data.digest",
                reason,
                "say digest_unknown: true with title and date for a text that the ledger does not hold",
            ))
        }
        (None, true) if act.date.is_none() => {
            let reason = "a text whose digest is not known is named by title and date";
            Err(Refusal::new("date-of-text-missing", "data.date", reason, "the date that stands on the text"))
        }
        (None, true) => Ok(()),
        (Some(digest), false) => match texts::held(case.agreement, digest) {
            Some((version, _)) => {
                let reason = format!("record {version} deposits this very text already");
                Err(Refusal::new("text-deposited-already", "data.digest", reason, "refer to that record"))
            }
            None => Ok(()),
        },
    }
}

/// One text has one document in each language, and one role.
fn check_same_text(act: &TextDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    let member = "data.same_text_as";
    let Some(version) = act.same_text_as else { return Ok(()) };
    if case.correcting.is_some_and(|correcting| version >= correcting) {
        return Err(Refusal::new(
            "record-unknown",
            member,
            format!("record {version} is no earlier one"),
            "the version of a text that was deposited before this one",
        ));
    }
    let entry = case.record(version, member)?;
    let Some(other) = texts::deposit_at(case.agreement, version) else {
        let reason = format!("record {version} is {}, not a text", entry.act.kind());
        return Err(Refusal::new("record-of-another-type", member, reason, "name a text_deposited"));
    };
    if other.role != act.role {
        let reason = format!("record {version} has role {}, this one {}", other.role.as_str(), act.role.as_str());
        return Err(Refusal::new("text-role", "data.role", reason, "one text has one role"));
    }
    let group = texts::group(case.agreement, version);
    let held = texts::deposits(case.agreement).find(|(entry, text)| {
        texts::group(case.agreement, entry.version) == group && text.language == act.language && text.digest.is_some()
    });
    match held {
        Some((entry, _)) if act.digest.is_some() => {
            let reason = format!("record {} holds this text in {} already", entry.version, act.language.as_str());
            Err(Refusal::new(
                "text-language-taken",
                "data.language",
                reason,
                "another document is another text: leave same_text_as out, or name technical_changes_of",
            ))
        }
        _ => Ok(()),
    }
}

/// Only a consolidated text has amendments in it.
fn check_consolidates(act: &TextDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    if act.role != TextRole::Consolidated && !act.consolidates.is_empty() {
        let reason = format!("a text of role {} consolidates nothing", act.role.as_str());
        return Err(Refusal::new(
            "text-consolidates",
            "data.consolidates",
            reason,
            "leave it out, or deposit the text with role consolidated",
        ));
    }
    check_named_once(&act.consolidates, "data.consolidates")?;
    let mut named = act.consolidates.iter().enumerate();
    named.try_for_each(|(at, version)| {
        case.of_kind(*version, "amendment_proposed", &format!("data.consolidates[{at}]")).map(drop)
    })
}

fn check_technical(act: &TextDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    let member = "data.technical_changes_of";
    let Some(digest) = &act.technical_changes_of else { return Ok(()) };
    let version = case.held(digest, member)?;
    let base = texts::deposit_at(case.agreement, version);
    let chained = base.is_some_and(|base| base.technical_changes_of.is_some());
    if act.same_text_as.is_some() || chained || base.map(|base| base.role) != Some(act.role) {
        let reason =
            "a text differs by technical changes from one other text of the same role, itself not such a version";
        return Err(Refusal::new(
            "technical-changes",
            member,
            reason,
            "name the text as it was approved, and leave same_text_as out",
        ));
    }
    Ok(())
}

/// A text that puts errors right is the same in all but them, and joins the other by text_error_rectified alone.
fn check_rectifies(act: &TextDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    let member = "data.rectifies";
    let Some(proposal) = act.rectifies else { return Ok(()) };
    let entry = case.of_kind(proposal, "text_error_proposed", member)?;
    let Some(error) = texts::error_at(case.agreement, entry.version) else { return Ok(()) };
    if let Some((rectified, _)) = texts::rectified(case.agreement, &error.text) {
        let reason = format!("record {} has put this text right already", rectified.version);
        return Err(Refusal::new(
            "text-rectified",
            member,
            reason,
            "propose a further error in the text that took its place",
        ));
    }
    let wrong = texts::held(case.agreement, &error.text).map(|(_, text)| (text.role, text.language));
    let bare = act.digest.is_some() && act.same_text_as.is_none() && act.technical_changes_of.is_none();
    if bare && wrong == Some((act.role, act.language)) {
        return Ok(());
    }
    Err(Refusal::new(
        "rectified-text",
        member,
        "this is not the same text with its errors put right",
        "it is held, has the role and language of the text with the errors, and no same_text_as or technical_changes_of",
    ))
}

/// Whether all (or under a bilateral rule any pair) have done what the rule asks for the current text.
pub(super) fn is_settled(case: &Case<'_>) -> bool {
    force::determinations(case.agreement).next().is_some()
        || Force::of(case.agreement, case.today()).is_some_and(|force| force.is_met())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::acts::line::Language;
    use crate::given::{World, digest, text_a, text_b, with};

    fn text(digest: &str) -> Value {
        json!({"digest": digest, "language": "fi", "occurred_on": "2023-02-14", "role": "approval", "titles": {"fi": "Puitesopimus"}})
    }

    #[test]
    fn given_an_agreement_when_another_text_is_deposited_then_that_is_up_for_approval() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").approve("p1", "2023-05-08");
        let second = world.deposit(&text_b(), "2023-05-20");
        let now = world.now();
        assert_eq!((now.current_text, now.approved), (Some(second), 0));
        assert_eq!(world.row("p1").why(), Some("superseded_text"));
        assert_eq!(world.status("2023-05-19").approved, 1);
        let current: Vec<bool> = now.texts.iter().map(|text| text.current).collect();
        assert_eq!(current, [false, true]);
    }

    #[test]
    fn a_settled_text_is_changed_by_amendments_only() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").complete([1, 2], "2023-05-08");
        assert_eq!(world.slug("registrar", "text_deposited", text(&text_b())), "text-settled");
        world.given("registrar", "text_deposited", with(text(&text_b()), json!({"role": "amendment"})));
        let swedish = json!({"language": "sv", "same_text_as": 2, "titles": {"sv": "Ramavtal"}});
        world.given("registrar", "text_deposited", with(text(&digest("sv")), swedish));
        assert!(world.now().in_force);
    }

    #[test]
    fn a_settled_texts_title_can_still_be_corrected() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").complete([1, 2], "2023-05-08");
        let determined = json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"});
        world.given("registrar", "entry_into_force_determined", determined);
        let changes = json!([{"field": "/titles/fi", "old": "Puitesopimus", "new": "Sopimus"}]);
        world.given(
            "registrar",
            "record_corrected",
            json!({"changes": changes, "occurred_on": "2023-06-01", "version": 2}),
        );
        assert!(world.now().in_force && !world.now().contested);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let sv = json!({"sv": "Ramavtal"});
        for (change, slug) in [
            (json!({"digest": text_a()}), "text-deposited-already"),
            (json!({"digest": null}), "digest-or-unknown"),
            (json!({"digest_unknown": true}), "digest-or-unknown"),
            (json!({"digest_unknown": false}), "data-malformed"),
            (json!({"digest": null, "digest_unknown": true}), "date-of-text-missing"),
            (json!({"digest": text_b().to_uppercase()}), "data-malformed"),
            (json!({"language": "sv"}), "title-missing"),
            (json!({"same_text_as": 2}), "text-language-taken"),
            (json!({"same_text_as": 1}), "record-of-another-type"),
            (json!({"same_text_as": 3}), "record-unknown"),
            (json!({"same_text_as": 2, "role": "draft", "language": "sv", "titles": sv}), "text-role"),
            (json!({"technical_changes_of": digest("c")}), "text-unknown"),
            (json!({"technical_changes_of": text_a(), "role": "draft"}), "technical-changes"),
            (
                json!({"technical_changes_of": text_a(), "same_text_as": 2, "language": "sv", "titles": sv}),
                "technical-changes",
            ),
            (json!({"party": "p1", "source": "x"}), "transcription-not-possible"),
            (json!({"consolidates": [2]}), "text-consolidates"),
        ] {
            let mut world = World::of_parties(2);
            assert_eq!(
                world.slug("registrar", "text_deposited", with(text(&text_b()), change.clone())),
                slug,
                "{change}"
            );
        }
        assert_eq!(World::of_parties(2).slug("p1", "text_deposited", text(&text_b())), "actor-not-allowed");
    }

    #[test]
    fn a_text_that_others_name_stays_deposited() {
        let mut world = World::of_parties(2);
        let approval = world.approve("p1", "2023-02-14");
        let retraction = |version: u64| json!({"occurred_on": "2023-02-14", "version": version});
        assert_eq!(world.slug("registrar", "record_retracted", retraction(2)), "text-in-use");
        world.given("p1", "record_retracted", retraction(approval));
        world.given("registrar", "record_retracted", retraction(2));
        assert_eq!(world.now().current_text, None);
        assert_eq!(world.slug("p1", "decision_recorded", crate::given::approval("2023-02-14")), "text-unknown");
    }

    #[test]
    fn what_others_rest_on_is_beyond_correction() {
        let mut world = World::of_parties(2);
        let correct = |field: &str, old: Value, new: Value| json!({"changes": [{"field": field, "old": old, "new": new}], "occurred_on": "2023-02-14", "version": 2});
        let correction = correct("/digest", json!(text_a()), json!(text_b()));
        assert_eq!(world.slug("registrar", "record_corrected", correction), "correction-not-possible");
        world.given("registrar", "record_corrected", correct("/titles/fi", json!("Puitesopimus"), json!("Sopimus")));
        assert_eq!(world.now().texts[0].titles.in_language(Language::Fi), "Sopimus");
    }
}
