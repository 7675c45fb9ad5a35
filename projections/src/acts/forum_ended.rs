//! `forum_ended`: a forum of the agreement ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::forums;
use crate::refusal::Refusal;

/// Ends a forum; by the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForumEnded {
    /// Where that was agreed.
    pub basis: Line,
    /// Which forum.
    pub forum: Slug,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "forum_ended",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A forum of the agreement ends.",
    args: &["forum"],
    schema: with_common::<ForumEnded>,
};

impl ActType for ForumEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("forum", self.forum.to_string())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/forum", "/invented"]
    }
}

fn decide(act: &ForumEnded, case: &Case<'_>) -> Result<(), Refusal> {
    let known = forums::named(case, &act.forum, "data.forum")?;
    if let Some(entry) = known.ended {
        let reason = format!("record {} ends {} already", entry.version, act.forum);
        return Err(Refusal::new("forum-over", "data.forum", reason, "nothing is left to end"));
    }
    match known.over_on() {
        Some(over) if over <= case.occurred_on() => {
            let reason = format!("{} was meant for the time before {over}, and lapsed by itself", act.forum);
            Err(Refusal::new("forum-over", "data.forum", reason, "nothing is left to end"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::World;

    fn end(forum: &str, on: &str) -> Value {
        json!({"basis": "johtajakokous 1.9.2023", "forum": forum, "occurred_on": on})
    }

    #[test]
    fn given_a_forum_when_it_is_ended_then_it_is_there_to_the_day_before() {
        let mut world = World::with_areas(2);
        let version = world.on_day("2023-12-01").given("registrar", "forum_ended", end("top", "2023-10-01"));
        let there = |world: &World, on: &str| world.status(on).forums[0].is_there;
        assert!(there(&world, "2023-09-30") && !there(&world, "2023-10-01"));
        assert_eq!(world.now().forums[0].ended_by, Some(version));
        assert_eq!(world.slug("registrar", "forum_ended", end("top", "2023-11-01")), "forum-over");
        world.given("registrar", "record_retracted", json!({"occurred_on": "2023-12-01", "version": version}));
        assert!(there(&world, "2023-10-01"));
    }

    #[test]
    fn what_is_not_there_does_not_end() {
        let mut world = World::with_areas(2);
        world.on_day("2023-12-01");
        assert_eq!(world.slug("registrar", "forum_ended", end("managers", "2023-10-01")), "forum-unknown");
        let temporary = json!({"id": "preparation", "kind": "management", "names": {"fi": "Valmistelu"},
            "duration": {"kind": "temporary", "until": "2023-09-30"}});
        let established = json!({"basis": "b", "forum": temporary, "occurred_on": "2023-05-08"});
        world.given("registrar", "forum_established", established);
        assert_eq!(world.slug("registrar", "forum_ended", end("preparation", "2023-05-07")), "date-before-cause");
        assert_eq!(world.slug("registrar", "forum_ended", end("preparation", "2023-10-01")), "forum-over");
        world.given("registrar", "forum_ended", end("preparation", "2023-09-30"));
    }
}
