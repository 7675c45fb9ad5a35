//! `text_opened_for_approval`: the parties are asked to approve a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{self, ActType, Args, args, optional};
use super::subject::Subject;
use super::text_deposited::{TextRole, is_settled};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;
use crate::texts;

/// Asks the parties to approve a deposited text; by the registrar. It is the current text from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextOpenedForApproval {
    /// The day by which an answer is asked for. It is contractual: a Sunday stays a Sunday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
    /// The text.
    pub text: Subject,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_opened_for_approval",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "The parties are asked to approve a text.",
    args: &["deadline", "subject"],
    schema: with_common::<TextOpenedForApproval>,
};

impl ActType for TextOpenedForApproval {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("deadline", optional(self.answer_by.as_ref())), ("subject", act_type::subject(Some(&self.text)))])
    }

    fn names(&self) -> Vec<Subject> {
        vec![self.text]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/text", "/invented"]
    }
}

fn decide(act: &TextOpenedForApproval, case: &Case<'_>) -> Result<(), Refusal> {
    case.check_subject(&act.text, "data.text")?;
    check_deadline(act.answer_by, "data.answer_by", case)?;
    let Some(group) = texts::group_of(case.agreement, &act.text) else { return Ok(()) };
    check_text(group, case)?;
    check_repeated(group, case)?;
    if case.correcting.is_none() && is_settled(case) && texts::current(case.agreement, case.today()) != Some(group) {
        let reason = "the agreement's text is settled: what it takes to be in force was done for another text";
        return Err(Refusal::new("text-settled", "data.text", reason, "deposit a change of it with role amendment"));
    }
    Ok(())
}

/// A day to answer by is not before what asks for the answer.
pub(super) fn check_deadline(deadline: Option<Date>, member: &str, case: &Case<'_>) -> Result<(), Refusal> {
    match deadline.filter(|deadline| *deadline < case.occurred_on()) {
        Some(deadline) => {
            let reason = format!("{deadline} is before {}, from when it runs", case.occurred_on());
            Err(Refusal::new("deadline-before-opening", member, reason, format!("{} or later", case.occurred_on())))
        }
        None => Ok(()),
    }
}

/// The agreement's own text, as it was deposited for approval by then.
fn check_text(group: u64, case: &Case<'_>) -> Result<(), Refusal> {
    let Some((entry, text)) = case.agreement.live_at(group).zip(texts::deposit_at(case.agreement, group)) else {
        return Ok(());
    };
    if !text.opens_approval() {
        let reason = format!("the text in record {group} has role {}", text.role.as_str());
        let reason =
            if text.role == TextRole::Approval { "a technical variant is signed, not approved".into() } else { reason };
        return Err(Refusal::new(
            "text-not-for-approval",
            "data.text",
            reason,
            "a text of role approval; amendment_proposed and annex_deposited put amendments and annexes to the parties",
        ));
    }
    match text.dated(entry).filter(|dated| *dated > case.occurred_on()) {
        Some(dated) => {
            let reason = format!("the text in record {group} is of {dated}, later than {}", case.occurred_on());
            Err(Refusal::new("date-before-cause", "data.occurred_on", reason, format!("{dated} or later")))
        }
        None => Ok(()),
    }
}

/// What was opened last is not opened again.
fn check_repeated(group: u64, case: &Case<'_>) -> Result<(), Refusal> {
    match texts::put_for_approval(case.agreement).last() {
        Some((entry, _, last)) if *last == group && entry.version != group => {
            let reason = format!("record {} opens this text already, and no other since", entry.version);
            Err(Refusal::new("text-opened-already", "data.text", reason, "correct its answer_by if that is wrong"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, digest, text_a, text_b, with};

    fn opened(text: &str, date: &str) -> Value {
        json!({"answer_by": "2023-04-30", "occurred_on": date, "text": {"digest": text}})
    }

    #[test]
    fn given_two_texts_when_one_is_opened_then_it_is_the_current_one_from_that_day() {
        let mut world = World::of_parties(2);
        let second = world.on_day("2023-06-01").deposit(&text_b(), "2023-03-01");
        world.approve("p1", "2023-05-08");
        assert_eq!((world.now().current_text, world.now().approved), (Some(second), 0));
        let record = world.given("registrar", "text_opened_for_approval", opened(&text_a(), "2023-03-27"));
        assert_eq!((world.now().current_text, world.now().approved), (Some(2), 1));
        assert_eq!(world.status("2023-03-26").current_text, Some(second));
        let row = world.now().texts[0].clone();
        assert_eq!(row.opened_on.unwrap().to_string(), "2023-03-27");
        // 30.4.2023 is a Sunday, and stays one.
        assert_eq!(row.answer_by.unwrap().to_string(), "2023-04-30");
        assert_eq!(world.status("2023-03-26").texts[0].opened_on, None);
        world.given("registrar", "record_retracted", json!({"occurred_on": "2023-06-01", "version": record}));
        assert_eq!(world.now().current_text, Some(second));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        let deposit = |text: &str, more: Value| {
            with(
                json!({"digest": digest(text), "language": "fi", "occurred_on": "2023-02-14", "role": "approval", "titles": {"fi": text}}),
                more,
            )
        };
        world.on_day("2023-06-01");
        world.given("registrar", "text_deposited", deposit("variant", json!({"technical_changes_of": text_a()})));
        for role in ["draft", "amendment", "annex", "consolidated"] {
            world.given("registrar", "text_deposited", deposit(role, json!({"role": role})));
            let data = opened(&digest(role), "2023-03-27");
            assert_eq!(world.slug("registrar", "text_opened_for_approval", data), "text-not-for-approval", "{role}");
        }
        for (text, date, slug) in [
            (digest("variant"), "2023-03-27", "text-not-for-approval"),
            (digest("nothing"), "2023-03-27", "text-unknown"),
            (text_a(), "2023-05-01", "deadline-before-opening"),
            (text_a(), "2023-02-13", "date-before-cause"),
        ] {
            assert_eq!(world.slug("registrar", "text_opened_for_approval", opened(&text, date)), slug);
        }
        let data = opened(&text_a(), "2023-03-27");
        assert_eq!(world.slug("p1", "text_opened_for_approval", data.clone()), "actor-not-allowed");
        let record = world.given("registrar", "text_opened_for_approval", data.clone());
        assert_eq!(world.slug("registrar", "text_opened_for_approval", data), "text-opened-already");
        let changes = json!([{"field": "/answer_by", "old": "2023-04-30", "new": "2023-05-31"}]);
        let correction = json!({"changes": changes, "occurred_on": "2023-06-01", "version": record});
        world.given("registrar", "record_corrected", correction);
        assert_eq!(world.now().texts[0].answer_by.unwrap().to_string(), "2023-05-31");
    }

    #[test]
    fn once_the_text_is_settled_no_other_is_opened() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").deposit(&text_b(), "2023-02-15");
        world.given("registrar", "text_opened_for_approval", opened(&text_a(), "2023-03-27"));
        world.complete([1, 2], "2023-05-08");
        let other = with(opened(&text_b(), "2023-06-01"), json!({"answer_by": null}));
        assert_eq!(world.slug("registrar", "text_opened_for_approval", other), "text-settled");
    }
}
