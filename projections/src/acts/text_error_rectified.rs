//! `text_error_rectified`: an error in a text is put right from the beginning (VCLT 79(4)).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::{Act, TextErrorProposed};
use crate::case::Case;
use crate::refusal::Refusal;
use crate::texts;
use sinetti_events::primitives::ids::PartyId;

/// Puts the corrected text in the place of the one with the error, from the beginning; by the registrar, after
/// the last day for objections and only without any. Approvals and signatures of the one count for the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextErrorRectified {
    /// Version of the `text_error_proposed`.
    pub proposal: u64,
    /// SHA-256 of the corrected text, in hex; deposited with `rectifies`.
    pub text: Digest,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_error_rectified",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A text with its error put right takes the place of the one with it.",
    args: &["digest", "target"],
    schema: with_common::<TextErrorRectified>,
};

impl ActType for TextErrorRectified {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("digest", self.text.to_string()), ("target", self.proposal.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.proposal]
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/proposal", "/text", "/invented"]
    }
}

fn decide(act: &TextErrorRectified, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.of_kind(act.proposal, "text_error_proposed", "data.proposal")?;
    case.check_after(entry)?;
    let Some(error) = texts::error_at(case.agreement, act.proposal) else { return Ok(()) };
    if let Some((rectified, _)) = texts::rectified(case.agreement, &error.text) {
        let reason = format!("record {} has put errors in this text right already", rectified.version);
        return Err(Refusal::new(
            "text-rectified",
            "data.proposal",
            reason,
            "propose a further error in the text that took its place",
        ));
    }
    check_time(act, error, case)?;
    check_text(act, case)
}

/// The time for objections is over, and no objection stands.
fn check_time(act: &TextErrorRectified, error: &TextErrorProposed, case: &Case<'_>) -> Result<(), Refusal> {
    if case.occurred_on() <= error.objections_by {
        let reason = format!("parties can object until {}", error.objections_by);
        return Err(Refusal::new("objections-open", "data.occurred_on", reason, "a later date"));
    }
    let objection = case.agreement.about(act.proposal).find(|it| matches!(&it.act, Act::TextErrorObjected(_)));
    match objection {
        Some(it) => {
            let whose = it.party().map_or("a party that its source does not name", PartyId::as_str);
            let reason = format!("{whose} objects, in record {}", it.version);
            Err(Refusal::new(
                "objection-stands",
                "data.proposal",
                reason,
                "agree, and propose the error anew; or record a dispute",
            ))
        }
        None => Ok(()),
    }
}

/// The text was deposited as the one that puts these errors right.
fn check_text(act: &TextErrorRectified, case: &Case<'_>) -> Result<(), Refusal> {
    let version = case.held(&act.text, "data.text")?;
    let deposit = texts::deposit_at(case.agreement, version);
    if deposit.and_then(|text| text.rectifies) != Some(act.proposal) {
        let reason = format!("the text in record {version} does not say that it puts these errors right");
        return Err(Refusal::new(
            "rectified-text",
            "data.text",
            reason,
            format!("deposit the corrected text with rectifies: {}", act.proposal),
        ));
    }
    case.agreement.live_at(version).map_or(Ok(()), |entry| case.check_after(entry))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, digest, signature, text_a, text_error, with};

    fn corrected(proposal: u64) -> Value {
        json!({"digest": digest("corrected"), "language": "fi", "occurred_on": "2023-06-05", "rectifies": proposal,
            "role": "approval", "titles": {"fi": "Puitesopimus"}})
    }

    fn rectified(proposal: u64, date: &str) -> Value {
        json!({"occurred_on": date, "proposal": proposal, "text": digest("corrected")})
    }

    /// Text A in version 2 with p1's approval and signature, and the proposal of an error.
    fn proposed() -> (World, u64) {
        let mut world = World::of_parties(2);
        world.on_day("2023-07-01").complete([1], "2023-05-08");
        let proposal = world.given("registrar", "text_error_proposed", text_error("2023-06-01", "2023-06-18"));
        (world, proposal)
    }

    #[test]
    fn given_a_corrected_text_when_it_is_rectified_then_it_is_the_text_from_the_beginning() {
        let (mut world, proposal) = proposed();
        let deposit = world.given("registrar", "text_deposited", corrected(proposal));
        // Until then it is a text of its own, and not the current one.
        assert_eq!((world.now().current_text, world.now().texts[1].group), (Some(2), deposit));
        let record = world.given("registrar", "text_error_rectified", rectified(proposal, "2023-06-19"));
        let now = world.now();
        assert_eq!((now.current_text, now.texts[1].group, now.approved, now.signed), (Some(2), 2, 1, 1));
        assert_eq!((now.texts[0].rectified_by, now.texts[1].rectifies), (Some(deposit), Some(proposal)));
        assert_eq!(now.text_errors[0].state.as_str(), "rectified");
        assert_eq!(world.status("2023-05-08").approved, 1);
        // Approvals of the corrected text count, on whatever date.
        let of = json!({"subject": {"digest": digest("corrected")}});
        world.given("p2", "decision_recorded", with(approval("2023-05-22"), of));
        assert_eq!(world.now().approved, 2);
        // Without the record, they are two texts again.
        world.given("registrar", "record_retracted", json!({"occurred_on": "2023-07-01", "version": record}));
        assert_eq!((world.now().approved, world.row("p2").why()), (1, Some("superseded_text")));
    }

    #[test]
    fn after_that_the_text_with_the_error_is_not_named_any_more() {
        let (mut world, proposal) = proposed();
        world.given("registrar", "text_deposited", corrected(proposal));
        world.given("registrar", "text_error_rectified", rectified(proposal, "2023-06-19"));
        let refusal = world.refused("p2", "decision_recorded", approval("2023-06-20"));
        assert_eq!(refusal.slug, "text-rectified");
        assert!(refusal.accepted.contains(&digest("corrected")));
        assert_eq!(world.slug("p2", "text_signed", signature("a", "2023-06-20")), "text-rectified");
        // What was done before is recorded as it was.
        world.given("p2", "decision_recorded", approval("2023-06-19"));
        let signed = with(signature("a", "2023-06-20"), json!({"text": digest("corrected")}));
        world.given("p2", "text_signed", signed);
        assert!(world.now().in_force);
        assert_eq!(
            world.slug("registrar", "text_error_proposed", text_error("2023-06-20", "2023-07-20")),
            "text-rectified"
        );
    }

    #[test]
    fn not_before_the_day_after_the_last_for_objections_nor_while_one_stands() {
        let (mut world, proposal) = proposed();
        let data = rectified(proposal, "2023-06-19");
        assert_eq!(world.slug("registrar", "text_error_rectified", data.clone()), "text-unknown");
        world.given("registrar", "text_deposited", corrected(proposal));
        assert_eq!(
            world.slug("registrar", "text_error_rectified", rectified(proposal, "2023-06-18")),
            "objections-open"
        );
        assert_eq!(world.slug("p1", "text_error_rectified", data.clone()), "actor-not-allowed");
        let other = with(data.clone(), json!({"text": text_a()}));
        assert_eq!(world.slug("registrar", "text_error_rectified", other), "rectified-text");
        let objection = json!({"occurred_on": "2023-06-10", "proposal": proposal});
        let objection = world.given("p2", "text_error_objected", objection);
        let refusal = world.refused("registrar", "text_error_rectified", data.clone());
        assert_eq!(refusal.slug, "objection-stands");
        assert!(refusal.reason.contains("p2"), "{refusal}");
        world.given("p2", "record_retracted", json!({"occurred_on": "2023-07-01", "version": objection}));
        world.given("registrar", "text_error_rectified", data.clone());
        assert_eq!(world.slug("registrar", "text_error_rectified", data), "text-rectified");
        let late = json!({"occurred_on": "2023-06-10", "proposal": proposal});
        assert_eq!(world.slug("p2", "text_error_objected", late), "text-rectified");
    }

    #[test]
    fn the_corrected_text_is_the_same_but_for_its_errors() {
        let (mut world, proposal) = proposed();
        for (change, slug) in [
            (json!({"role": "amendment"}), "rectified-text"),
            (json!({"language": "sv", "titles": {"sv": "Ramavtal"}}), "rectified-text"),
            (json!({"technical_changes_of": text_a()}), "rectified-text"),
            (json!({"same_text_as": 2}), "text-language-taken"),
            (json!({"digest": null, "digest_unknown": true, "date": "2023-06-05"}), "rectified-text"),
            (json!({"rectifies": 2}), "record-of-another-type"),
        ] {
            let data = with(corrected(proposal), change.clone());
            assert_eq!(world.slug("registrar", "text_deposited", data), slug, "{change}");
        }
        // Also once the agreement is in force, when no other text for approval is deposited.
        world.complete([2], "2023-05-08");
        world.given("registrar", "text_deposited", corrected(proposal));
        world.given("registrar", "text_error_rectified", rectified(proposal, "2023-06-19"));
        assert!(world.now().in_force && !world.now().contested);
        let again = with(corrected(proposal), json!({"digest": digest("again")}));
        assert_eq!(world.slug("registrar", "text_deposited", again), "text-rectified");
    }

    #[test]
    fn a_correction_of_the_correction_is_the_same_text_too() {
        let (mut world, first) = proposed();
        world.given("registrar", "text_deposited", corrected(first));
        world.given("registrar", "text_error_rectified", rectified(first, "2023-06-19"));
        let error = with(text_error("2023-06-20", "2023-06-25"), json!({"text": digest("corrected")}));
        let second = world.given("p1", "text_error_proposed", error);
        let deposit = with(corrected(second), json!({"digest": digest("again"), "occurred_on": "2023-06-21"}));
        world.given("registrar", "text_deposited", deposit);
        let again = with(rectified(second, "2023-06-26"), json!({"text": digest("again")}));
        world.given("registrar", "text_error_rectified", again);
        assert!(world.now().texts.iter().all(|text| text.group == 2));
        assert_eq!((world.now().approved, world.now().signed), (1, 1));
    }
}
