//! `decision_replaced`: a later decision takes the place of an earlier one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::decision_recorded::{Minutes, Resolution};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::agreement::{Agreement, Entry};
use crate::case::Case;
use crate::refusal::Refusal;

/// The same party decided the matter anew: the earlier decision counts no more from the date of the later one, as
/// long as that one stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionReplaced {
    /// Version of the later `decision_recorded`.
    pub by: u64,
    /// Version of the earlier one.
    pub decision: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "decision_replaced",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A later decision takes the place of an earlier one.",
    args: &["by", "target"],
    schema: with_common::<DecisionReplaced>,
};

impl ActType for DecisionReplaced {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("by", self.by.to_string()), ("target", self.decision.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision, self.by]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/by", "/decision", "/party", "/invented"]
    }
}

fn decide(act: &DecisionReplaced, case: &Case<'_>) -> Result<(), Refusal> {
    let (earlier, _) = case.own_decision(act.decision, "data.decision")?;
    let (later, decision) = case.own_decision(act.by, "data.by")?;
    case.check_after(later)?;
    check_order(act, earlier, later)?;
    if decision.minutes == Minutes::Agenda
        || !matches!(decision.resolution, Resolution::Adopted | Resolution::AdoptedAmended)
    {
        let reason = format!("decision {} decided nothing: {}", act.by, decision.resolution.as_str());
        return Err(Refusal::new("replacement-undecided", "data.by", reason, "name an adopted decision"));
    }
    check_repeated(act, case)
}

/// What is replaced was decided before, or on the same day in another section.
fn check_order(act: &DecisionReplaced, earlier: &Entry, later: &Entry) -> Result<(), Refusal> {
    if act.by == act.decision {
        let reason = "a decision does not take its own place";
        return Err(Refusal::new("replacement-order", "data.by", reason, "name the later decision"));
    }
    match (earlier.common.occurred_on, later.common.occurred_on) {
        (Some(before), Some(after)) if after < before => {
            let reason = format!("decision {} is of {after}, before decision {} of {before}", act.by, act.decision);
            Err(Refusal::new("replacement-order", "data.by", reason, "a later decision takes an earlier one's place"))
        }
        _ => Ok(()),
    }
}

/// A decision is replaced once, and never by one whose place it took itself.
fn check_repeated(act: &DecisionReplaced, case: &Case<'_>) -> Result<(), Refusal> {
    if let Some((record, _)) = replaced(case.agreement, act.decision) {
        let reason = format!("record {record} says by what decision {} was replaced", act.decision);
        return Err(Refusal::new(
            "replaced-already",
            "data.decision",
            reason,
            format!("retract record {record} if it is wrong, or say by what its successor was replaced"),
        ));
    }
    let mut next = act.by;
    // Each decision is replaced at most once, and none in a circle so far: this ends.
    while let Some((record, by)) = replaced(case.agreement, next) {
        if by == act.decision {
            let reason = format!("by record {record} decision {} took that place itself", act.decision);
            return Err(Refusal::new("replacement-order", "data.by", reason, "name a decision that still stands"));
        }
        next = by;
    }
    Ok(())
}

/// The live record that replaces the decision at `version`, and the decision that took its place.
fn replaced(agreement: &Agreement, version: u64) -> Option<(u64, u64)> {
    agreement.about(version).find_map(|entry| match &entry.act {
        Act::DecisionReplaced(act) if act.decision == version => Some((entry.version, act.by)),
        _ => None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, with};
    use crate::status::ContestCode;

    fn replaced(decision: u64, by: u64, date: &str) -> Value {
        json!({"by": by, "decision": decision, "occurred_on": date})
    }

    /// An approval of 8.5.2023 and a note of 14.8.2023 by the same council.
    fn decided_anew() -> (World, u64, u64) {
        let mut world = World::of_parties(2);
        let first = world.on_day("2023-12-01").approve("p1", "2023-05-08");
        let second = world.given("p1", "decision_recorded", with(approval("2023-08-14"), json!({"effect": "note"})));
        (world, first, second)
    }

    #[test]
    fn given_a_decision_when_it_is_replaced_then_it_counts_no_more_from_the_later_ones_date() {
        let (mut world, first, second) = decided_anew();
        assert_eq!(world.counts().0, 1);
        let record = world.given("p1", "decision_replaced", replaced(first, second, "2023-09-01"));
        assert_eq!((world.status("2023-08-13").approved, world.status("2023-08-14").approved), (1, 0));
        let shown = &world.now().parties[0].decisions[0];
        assert_eq!((shown.why_not.unwrap().as_str(), shown.replaced_by), ("replaced", Some(second)));
        world.given("p1", "record_retracted", json!({"occurred_on": "2023-12-01", "version": record}));
        assert_eq!(world.counts().0, 1);
    }

    #[test]
    fn a_replacement_that_falls_gives_the_place_back() {
        let (mut world, first, second) = decided_anew();
        world.given("p1", "decision_replaced", replaced(first, second, "2023-09-01"));
        let annulled =
            json!({"by": "hallinto-oikeus", "decision": second, "occurred_on": "2023-11-01", "outcome": "annulled"});
        world.given("p1", "challenge_resolved", annulled);
        assert_eq!((world.status("2023-10-31").approved, world.status("2023-11-01").approved), (0, 1));
    }

    #[test]
    fn only_an_own_later_decision_that_decides_takes_the_place() {
        let (mut world, first, second) = decided_anew();
        let other = world.approve("p2", "2023-09-11");
        let tabled = with(approval("2023-09-11"), json!({"resolution": "tabled"}));
        let tabled = world.given("p1", "decision_recorded", tabled);
        let agenda = with(approval("2023-10-11"), json!({"minutes": "agenda"}));
        let agenda = world.given("p1", "decision_recorded", agenda);
        for (decision, by, date, slug) in [
            (first, first, "2023-11-01", "replacement-order"),
            (second, first, "2023-11-01", "replacement-order"),
            (first, other, "2023-11-01", "record-of-another-party"),
            (other, first, "2023-11-01", "record-of-another-party"),
            (first, tabled, "2023-11-01", "replacement-undecided"),
            (first, agenda, "2023-11-01", "replacement-undecided"),
            (first, second, "2023-08-13", "date-before-cause"),
            (first, 2, "2023-11-01", "record-of-another-type"),
        ] {
            assert_eq!(world.slug("p1", "decision_replaced", replaced(decision, by, date)), slug, "{decision} {by}");
        }
        world.given("p1", "decision_replaced", replaced(first, second, "2023-09-01"));
        assert_eq!(world.slug("p1", "decision_replaced", replaced(first, second, "2023-09-02")), "replaced-already");
    }

    #[test]
    fn there_is_no_circle_of_replacements() {
        let mut world = World::of_parties(2);
        world.on_day("2023-12-01");
        let mut decide = |section: &str| {
            world.given("p1", "decision_recorded", with(approval("2023-05-08"), json!({"section": section})))
        };
        let (a, b, c) = (decide("1"), decide("2"), decide("3"));
        world.given("p1", "decision_replaced", replaced(a, b, "2023-06-01"));
        world.given("p1", "decision_replaced", replaced(b, c, "2023-06-01"));
        assert_eq!(world.slug("p1", "decision_replaced", replaced(c, a, "2023-06-01")), "replacement-order");
        assert_eq!(world.row("p1").decision.unwrap().version, c);
    }

    #[test]
    fn what_only_the_registrar_says_replaces_an_own_approval_is_contested() {
        let (mut world, first, second) = decided_anew();
        let source = json!({"party": "p1", "source": "https://example.fi"});
        let record = world.given("registrar", "decision_replaced", with(replaced(first, second, "2023-09-01"), source));
        let now = world.now();
        assert_eq!((now.approved, now.contested_why[0].code), (0, ContestCode::UndoneByTranscription));
        assert_eq!(now.contested_why[0].version, Some(record));
    }
}
