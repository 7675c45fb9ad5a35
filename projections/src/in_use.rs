//! What other records rest on, and that is therefore not retracted under them: an interface area, a forum, an annex.

use crate::acts::Act;
use crate::acts::slug::Slug;
use crate::agreement::{Agreement, Entry};
use crate::annexes::Annex;
use crate::texts;

/// A live record that rests on what `entry` says, if there is one.
pub(crate) fn user<'a>(agreement: &'a Agreement, entry: &Entry) -> Option<&'a Entry> {
    match &entry.act {
        Act::AnnexDeposited(_) => agreement.about(entry.version).next().or_else(|| signature(agreement, entry)),
        Act::AreaDefined(act) => agreement.live().find(|other| area(&other.act) == Some(&act.area.id)),
        Act::ForumEstablished(act) => agreement.live().find(|other| forum(&other.act) == Some(&act.forum.id)),
        _ => None,
    }
}

/// A signature of the annex's text, which could be given because the annex was put to the parties.
fn signature<'a>(agreement: &'a Agreement, entry: &Entry) -> Option<&'a Entry> {
    let annex = Annex::of(agreement, entry)?;
    agreement.of_kind("text_signed").find(|other| match &other.act {
        Act::TextSigned(act) => texts::group_of_digest(agreement, &act.text) == Some(annex.text),
        _ => false,
    })
}

/// The area that an act is about, but for its own definition.
fn area(act: &Act) -> Option<&Slug> {
    match act {
        Act::AnnexDeposited(act) => Some(&act.area),
        Act::CounterpartAssigned(act) => Some(&act.area),
        Act::DivisionOfWorkSet(act) => Some(&act.area),
        Act::GoalSet(act) => Some(&act.area),
        _ => None,
    }
}

/// The forum that an act is about, but for its own establishment.
fn forum(act: &Act) -> Option<&Slug> {
    match act {
        Act::ForumEnded(act) => Some(&act.forum),
        Act::NegotiationHeld(act) => act.forum.as_ref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, digest, signature, with};
    use crate::given_areas::goal;

    fn retraction(version: u64) -> Value {
        json!({"occurred_on": "2023-06-01", "version": version})
    }

    #[test]
    fn an_annex_with_a_commitment_or_a_signature_stays_until_those_are_retracted() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2023-06-01").annex("description");
        let commitment = world.given("p2", "annex_committed", json!({"annex": annex, "occurred_on": "2023-05-08"}));
        let refusal = world.refused("registrar", "record_retracted", retraction(annex));
        assert_eq!(refusal.slug, "record-in-use");
        assert!(refusal.reason.contains(&format!("record {commitment}")), "{refusal}");
        world.given("p2", "record_retracted", retraction(commitment));
        world.given("registrar", "record_retracted", retraction(annex));
        let signed = world.annex_with("other", json!({"county": null, "form": "agreement"}));
        world.given("p2", "text_signed", with(signature("a", "2023-05-08"), json!({"text": digest("other")})));
        assert_eq!(world.slug("registrar", "record_retracted", retraction(signed)), "record-in-use");
    }

    #[test]
    fn an_area_with_a_goal_and_a_forum_that_met_stay() {
        let mut world = World::with_areas(3);
        let area = json!({"id": "housing", "names": {"fi": "Asuminen"}, "number": 3});
        let area = json!({"area": area, "basis": "b", "occurred_on": "2023-05-01"});
        let area = world.on_day("2023-06-01").given("registrar", "area_defined", area);
        let set = world.given("p2", "goal_set", with(goal(), json!({"area": "housing"})));
        assert_eq!(world.slug("registrar", "record_retracted", retraction(area)), "record-in-use");
        world.given("p2", "record_retracted", retraction(set));
        world.given("registrar", "record_retracted", retraction(area));
        let forum = json!({"id": "managers", "kind": "management", "names": {"fi": "Johtajakokous"}});
        let forum = json!({"basis": "b", "forum": forum, "occurred_on": "2023-05-01"});
        let forum = world.given("registrar", "forum_established", forum);
        let met = json!({"attending": ["p2", "p3"], "forum": "managers", "kind": "forum", "occurred_on": "2023-05-08"});
        world.given("p2", "negotiation_held", met);
        assert_eq!(world.slug("registrar", "record_retracted", retraction(forum)), "record-in-use");
    }
}
