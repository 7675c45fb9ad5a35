//! `counterpart_ended`: a counterpart is one no more.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::counterparts;
use crate::refusal::Refusal;

/// Ends an assignment on `occurred_on`; by the party that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterpartEnded {
    /// Version of the `counterpart_assigned`.
    pub assignment: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "counterpart_ended",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A counterpart is one no more.",
    args: &["target"],
    schema: with_common::<CounterpartEnded>,
};

impl ActType for CounterpartEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.assignment.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.assignment]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/assignment", "/party", "/invented"]
    }
}

fn decide(act: &CounterpartEnded, case: &Case<'_>) -> Result<(), Refusal> {
    let member = "data.assignment";
    let entry = case.record(act.assignment, member)?;
    if !matches!(entry.act, Act::CounterpartAssigned(_)) {
        let reason = format!("record {} is {}, not an assignment", act.assignment, entry.act.kind());
        return Err(Refusal::new("record-of-another-type", member, reason, "name a counterpart_assigned"));
    }
    if entry.party() != case.party() {
        let whose = entry.party().map_or("a party that its source does not name", PartyId::as_str);
        let reason = format!("record {} is of {whose}", act.assignment);
        return Err(Refusal::new("record-of-another-party", member, reason, "a party ends its own assignments"));
    }
    case.check_after(entry)?;
    match counterparts::end(case.agreement, act.assignment) {
        Some(end) => {
            let reason = format!("record {} ends it already", end.version);
            Err(Refusal::new("counterpart-ended-already", member, reason, "nothing is left to end"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::World;

    fn end(assignment: u64, on: &str) -> Value {
        json!({"assignment": assignment, "occurred_on": on})
    }

    #[test]
    fn given_a_counterpart_when_it_ends_then_the_gap_is_back_from_that_day() {
        let mut world = World::with_areas(2);
        let data = json!({"area": "health-promotion", "occurred_on": "2023-05-08", "office": "rehtori"});
        let version = world.on_day("2023-06-01").given("p2", "counterpart_assigned", data);
        let ended = world.given("p2", "counterpart_ended", end(version, "2023-05-20"));
        let gaps = |world: &World, on: &str| world.status(on).areas[0].counterparts.municipalities.missing.len();
        assert_eq!((gaps(&world, "2023-05-19"), gaps(&world, "2023-05-20")), (0, 1));
        assert_eq!(world.slug("p2", "counterpart_ended", end(version, "2023-05-21")), "counterpart-ended-already");
        world.given("p2", "record_retracted", json!({"occurred_on": "2023-06-01", "version": ended}));
        assert_eq!(gaps(&world, "2023-06-01"), 0);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::with_areas(3);
        let data = json!({"area": "health-promotion", "occurred_on": "2023-05-08", "office": "rehtori"});
        let version = world.on_day("2023-06-01").given("p2", "counterpart_assigned", data);
        assert_eq!(world.slug("p3", "counterpart_ended", end(version, "2023-05-20")), "record-of-another-party");
        assert_eq!(world.slug("p2", "counterpart_ended", end(1, "2023-05-20")), "record-of-another-type");
        assert_eq!(world.slug("p2", "counterpart_ended", end(version, "2023-05-07")), "date-before-cause");
    }
}
