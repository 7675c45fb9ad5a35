//! `text_error_proposed`: somebody found an error in a text (VCLT 79).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::subject::Subject;
use super::text_deposited::TextRole;
use super::text_opened_for_approval::check_deadline;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::{Case, twice};
use crate::refusal::Refusal;
use crate::texts;

/// Proposes to correct an error in a text that nobody meant; by the registrar or a party. Parties can object
/// until a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextErrorProposed {
    /// What is wrong, place by place.
    pub corrections: Vec<TextCorrection>,
    /// The last day for objections. It is contractual: a Sunday stays a Sunday.
    pub objections_by: Date,
    /// SHA-256 of the text with the error, in hex.
    pub text: Digest,
}

/// One error and what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextCorrection {
    /// Where, such as `4 § 2 mom.`
    pub place: Line,
    /// What should stand there.
    pub right: Line,
    /// What stands there.
    pub wrong: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_error_proposed",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrRegistrar,
    summary: "An error in a text is to be put right.",
    args: &["corrections", "deadline", "digest"],
    schema: with_common::<TextErrorProposed>,
};

impl ActType for TextErrorProposed {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("corrections", self.corrections.len().to_string()),
            ("deadline", self.objections_by.to_string()),
            ("digest", self.text.to_string()),
        ])
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/text", "/invented"]
    }
}

fn decide(act: &TextErrorProposed, case: &Case<'_>) -> Result<(), Refusal> {
    check_corrections(act)?;
    check_deadline(Some(act.objections_by), "data.objections_by", case)?;
    let version = case.held(&act.text, "data.text")?;
    if let Some((entry, rectified)) = texts::rectified(case.agreement, &act.text) {
        let reason = format!("record {} has put errors in this text right", entry.version);
        return Err(Refusal::new(
            "text-rectified",
            "data.text",
            reason,
            format!("name the corrected text, {}", rectified.text),
        ));
    }
    let Some((entry, text)) = case.agreement.live_at(version).zip(texts::deposit_at(case.agreement, version)) else {
        return Ok(());
    };
    if text.role == TextRole::Draft {
        let reason = format!("the text in record {version} is a draft");
        return Err(Refusal::new("text-error-draft", "data.text", reason, "deposit a better draft"));
    }
    match text.dated(entry).filter(|dated| *dated > case.occurred_on()) {
        Some(dated) => {
            let reason = format!("the text in record {version} is of {dated}, later than {}", case.occurred_on());
            Err(Refusal::new("date-before-cause", "data.occurred_on", reason, format!("{dated} or later")))
        }
        None => Ok(()),
    }
}

/// At least one, each of something, and none twice.
fn check_corrections(act: &TextErrorProposed) -> Result<(), Refusal> {
    if act.corrections.is_empty() {
        let reason = "a correction of a text says what is wrong in it";
        return Err(Refusal::new("correction-empty", "data.corrections", reason, "name each place"));
    }
    let same = |it: &TextCorrection| it.wrong == it.right;
    if let Some(at) = act.corrections.iter().position(same) {
        let member = format!("data.corrections[{at}].right");
        return Err(Refusal::new(
            "correction-empty",
            member,
            "wrong and right are the same",
            "say how it should read, or leave the place out",
        ));
    }
    let places: Vec<(&Line, &Line)> = act.corrections.iter().map(|it| (&it.place, &it.wrong)).collect();
    match twice(&places) {
        Some((place, wrong)) => {
            let reason = format!("{wrong} in {place} is named twice");
            Err(Refusal::new("named-twice", "data.corrections", reason, "say in place which one is meant"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, digest, text_a, text_error, with};

    #[test]
    fn given_a_text_when_an_error_is_proposed_then_it_is_shown_and_nothing_changes() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").approve("p1", "2023-05-08");
        let version = world.given("p2", "text_error_proposed", text_error("2023-06-01", "2023-06-18"));
        let now = world.now();
        let row = &now.text_errors[0];
        assert_eq!((row.version, row.text.to_string(), row.state.as_str()), (version, text_a(), "open"));
        assert_eq!((row.proposed_by.as_ref().unwrap().as_str(), row.corrections.len()), ("p2", 1));
        assert_eq!((now.approved, now.texts.len()), (1, 1));
        assert!(world.status("2023-05-31").text_errors.is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        let draft = json!({"digest": digest("draft"), "language": "fi", "occurred_on": "2023-02-14", "role": "draft", "titles": {"fi": "Luonnos"}});
        world.on_day("2023-06-01").given("registrar", "text_deposited", draft);
        let error = text_error("2023-06-01", "2023-06-15");
        let one = error["corrections"][0].clone();
        for (change, slug) in [
            (json!({"corrections": []}), "correction-empty"),
            (json!({"corrections": [with(one.clone(), json!({"right": one["wrong"]}))]}), "correction-empty"),
            (json!({"corrections": [one, one]}), "named-twice"),
            (json!({"objections_by": "2023-05-31"}), "deadline-before-opening"),
            (json!({"text": digest("nothing")}), "text-unknown"),
            (json!({"text": digest("draft")}), "text-error-draft"),
            (json!({"occurred_on": "2023-02-13"}), "date-before-cause"),
            (json!({"occurred_on": "2023-06-02"}), "date-in-future"),
        ] {
            let data: Value = with(error.clone(), change.clone());
            assert_eq!(world.slug("registrar", "text_error_proposed", data), slug, "{change}");
        }
        world.register("outsider");
        assert_eq!(world.slug("outsider", "text_error_proposed", error), "actor-not-on-roster");
    }
}
