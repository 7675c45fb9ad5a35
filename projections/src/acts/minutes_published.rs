//! `minutes_published`: the minutes of a decision were published: the time for appeal begins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::{Act, DecisionRecorded};
use crate::agreement::Entry;
use crate::case::Case;
use crate::finality;
use crate::refusal::Refusal;

/// The minutes, once inspected, are publicly available in the information network (KuntaL § 140); `occurred_on` is
/// the day. The time for appeal runs from it. Minutes that were inspected again are published again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesPublished {
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// SHA-256 of the extract as published, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
    /// Where they can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Line>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "minutes_published",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "The minutes of a decision were published.",
    args: &["target"],
    schema: with_common::<MinutesPublished>,
};

impl ActType for MinutesPublished {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.decision.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(act: &MinutesPublished, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, decision) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    check_confirmed(entry, decision, case)?;
    check_repeated(act, case)
}

/// Minutes are published once they are inspected (KuntaL § 140): an agenda or a draft of minutes starts no time.
pub(super) fn check_confirmed(entry: &Entry, decision: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    if !finality::has_minutes(case.agreement, entry, decision) {
        let reason = format!("the minutes of decision {} are recorded as {}", entry.version, decision.minutes.as_str());
        return Err(Refusal::new(
            "minutes-not-confirmed",
            "data.decision",
            reason,
            "record minutes_confirmed first; an agenda is corrected first, with what was decided",
        ));
    }
    finality::confirmation(case.agreement, entry.version).map_or(Ok(()), |confirmed| case.check_after(confirmed))
}

/// Once, and again only after they were inspected again.
fn check_repeated(act: &MinutesPublished, case: &Case<'_>) -> Result<(), Refusal> {
    let about = || case.agreement.about(act.decision).filter(|it| it.happened_by(case.occurred_on()));
    let inspected = about().filter(|it| matches!(&it.act, Act::MinutesReinspected(_)));
    let inspected = inspected.filter_map(|it| it.common.occurred_on).max();
    let published = case.agreement.about(act.decision).find(|it| {
        let before = it.common.occurred_on <= inspected;
        matches!(&it.act, Act::MinutesPublished(_)) && !before
    });
    match published {
        Some(other) => {
            let reason = format!("record {} publishes these minutes already", other.version);
            Err(Refusal::new(
                "minutes-published-already",
                "data.decision",
                reason,
                "minutes are published again after minutes_reinspected; a wrong date is corrected",
            ))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, approval, with};

    fn published(decision: u64, date: &str) -> serde_json::Value {
        json!({"decision": decision, "occurred_on": date})
    }

    #[test]
    fn given_inspected_minutes_when_published_then_the_estimate_shows_and_is_no_finality() {
        let mut world = World::of_parties(2);
        let open = with(approval("2023-03-27"), json!({"finality": "open", "minutes": "unconfirmed"}));
        let decision = world.on_day("2023-06-01").given("p1", "decision_recorded", open);
        let refusal = world.refused("p1", "minutes_published", published(decision, "2023-04-03"));
        assert_eq!(refusal.slug, "minutes-not-confirmed");
        world.given("p1", "minutes_confirmed", json!({"decision": decision, "occurred_on": "2023-03-31"}));
        assert_eq!(world.slug("p1", "minutes_published", published(decision, "2023-03-30")), "date-before-cause");
        world.given("p1", "minutes_published", published(decision, "2023-04-03"));
        let row = world.row("p1").decision.unwrap();
        assert_eq!(row.published_on.unwrap().to_string(), "2023-04-03");
        let estimate = row.estimate.unwrap();
        assert_eq!((estimate.ends_on.to_string().as_str(), estimate.means.as_str()), ("2023-05-10", "appeal"));
        // On 1.6. the time is over by the calendar, and the decision still open by what is recorded.
        assert_eq!(row.finality.unwrap().as_str(), "open");
        assert_eq!(world.status("2023-04-02").parties[0].decision.as_ref().unwrap().estimate, None);
    }

    #[test]
    fn agendas_and_the_minutes_of_others_are_not_published_here() {
        let mut world = World::of_parties(2);
        let agenda = with(approval("2023-03-27"), json!({"minutes": "agenda"}));
        let agenda = world.on_day("2023-06-01").given("p1", "decision_recorded", agenda);
        assert_eq!(world.slug("p1", "minutes_published", published(agenda, "2023-04-03")), "minutes-not-confirmed");
        let decision = world.approve("p1", "2023-04-24");
        for (actor, decision, date, slug) in [
            ("p2", decision, "2023-04-28", "record-of-another-party"),
            ("p1", decision, "2023-04-23", "date-before-cause"),
            ("p1", 1, "2023-04-28", "record-of-another-type"),
            ("p1", 99, "2023-04-28", "record-unknown"),
            ("registrar", decision, "2023-04-28", "transcription-party"),
        ] {
            assert_eq!(world.slug(actor, "minutes_published", published(decision, date)), slug);
        }
    }

    #[test]
    fn reinspected_minutes_are_published_again_and_the_time_runs_anew() {
        let mut world = World::of_parties(2);
        let open = with(approval("2023-02-20"), json!({"finality": "open"}));
        let decision = world.on_day("2023-06-01").given("p1", "decision_recorded", open);
        let first = world.given("p1", "minutes_published", published(decision, "2023-02-24"));
        assert_eq!(
            world.slug("p1", "minutes_published", published(decision, "2023-03-17")),
            "minutes-published-already"
        );
        world.given("p1", "minutes_reinspected", json!({"decision": decision, "occurred_on": "2023-03-13"}));
        assert_eq!(
            world.slug("p1", "minutes_published", published(decision, "2023-03-10")),
            "minutes-published-already"
        );
        let second = world.given("p1", "minutes_published", published(decision, "2023-03-17"));
        let ends = |world: &World, on: &str| {
            let row = world.status(on).parties[0].decision.clone().unwrap();
            row.estimate.map(|it| it.ends_on.to_string()).unwrap_or_default()
        };
        assert_eq!(ends(&world, "2023-03-16"), "2023-04-03");
        assert_eq!(ends(&world, "2023-03-17"), "2023-04-24");
        // Taking a publication back gives the earlier view back.
        world.given("p1", "record_retracted", json!({"occurred_on": "2023-06-01", "version": second}));
        assert_eq!(ends(&world, "2023-03-17"), "2023-04-03");
        world.given("p1", "record_retracted", json!({"occurred_on": "2023-06-01", "version": first}));
        assert_eq!(ends(&world, "2023-03-17"), "");
    }
}
