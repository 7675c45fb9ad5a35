//! `forum_established`: a forum that the opening did not have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::forum::{Forum, ForumDuration};
use super::line::Language;
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::forums;
use crate::refusal::Refusal;

/// Establishes a forum of the agreement; by the registrar, where the parties agreed on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForumEstablished {
    /// Where it was agreed.
    pub basis: Line,
    /// The forum.
    pub forum: Forum,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "forum_established",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A further forum of the agreement.",
    args: &["forum", "name"],
    schema: with_common::<ForumEstablished>,
};

impl ActType for ForumEstablished {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("forum", self.forum.id.to_string()), ("name", self.forum.names.in_language(Language::Fi).to_owned())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/forum/id", "/invented"]
    }
}

fn decide(act: &ForumEstablished, case: &Case<'_>) -> Result<(), Refusal> {
    let known = forums::forums(case.agreement);
    if let Some(known) = known.iter().find(|known| known.forum.id == act.forum.id) {
        let reason = format!("{} is a forum of record {}", act.forum.id, known.by.version);
        return Err(Refusal::new(
            "forum-known",
            "data.forum.id",
            reason,
            "a slug is never used again, though its forum has ended; give the new forum its own",
        ));
    }
    match act.forum.duration {
        Some(ForumDuration::Temporary { until: Some(until) }) if until < case.occurred_on() => {
            let reason = format!("its last day, {until}, is before it is established, on {}", case.occurred_on());
            Err(Refusal::new(
                "forum-until",
                "data.forum.duration.until",
                reason,
                "the day of its establishment or a later one",
            ))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};

    fn forum(id: &str, duration: Value) -> Value {
        let forum = json!({"duration": duration, "id": id, "kind": "management", "names": {"fi": "Johtajakokous"}});
        json!({"basis": "puitesopimus 5 §", "forum": forum, "occurred_on": "2023-05-08"})
    }

    fn permanent(id: &str) -> Value {
        forum(id, json!({"kind": "permanent"}))
    }

    fn there(world: &World, on: &str) -> Vec<String> {
        let forums = world.status(on).forums.into_iter();
        forums.filter(|row| row.is_there).map(|row| row.forum.id.to_string()).collect()
    }

    #[test]
    fn given_forums_when_one_is_established_and_another_lapses_then_each_is_there_in_its_days() {
        let mut world = World::with_areas(2);
        world.on_day("2023-12-01");
        world.given("registrar", "forum_established", permanent("managers"));
        let temporary = json!({"kind": "temporary", "until": "2023-09-30"});
        world.given("registrar", "forum_established", forum("preparation", temporary));
        assert_eq!(there(&world, "2023-05-07"), ["top"]);
        assert_eq!(there(&world, "2023-09-30"), ["top", "managers", "preparation"]);
        assert_eq!(there(&world, "2023-10-01"), ["top", "managers"]);
        let over = world.now().forums.into_iter().find(|row| row.forum.id.as_str() == "preparation").unwrap();
        assert_eq!(over.over_on.unwrap().to_string(), "2023-10-01");
    }

    #[test]
    fn a_slug_is_never_used_again() {
        let mut world = World::with_areas(2);
        world.on_day("2023-12-01").given("registrar", "forum_established", permanent("managers"));
        for id in ["managers", "top"] {
            world.given("registrar", "forum_ended", json!({"basis": "b", "forum": id, "occurred_on": "2023-10-01"}));
            assert_eq!(world.slug("registrar", "forum_established", permanent(id)), "forum-known");
        }
        assert!(there(&world, "2023-12-01").is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let over = forum("preparation", json!({"kind": "temporary", "until": "2023-05-07"}));
        let mut world = World::with_areas(2);
        world.on_day("2023-12-01");
        assert_eq!(world.slug("registrar", "forum_established", over), "forum-until");
        assert_eq!(world.slug("p1", "forum_established", permanent("managers")), "actor-not-allowed");
        let odd = with(permanent("managers"), json!({"basis": null}));
        assert_eq!(world.slug("registrar", "forum_established", odd), "data-malformed");
        let one_day = forum("preparation", json!({"kind": "temporary", "until": "2023-05-08"}));
        world.given("registrar", "forum_established", one_day);
        assert_eq!(there(&world, "2023-05-08"), ["top", "preparation"]);
        assert_eq!(there(&world, "2023-05-09"), ["top"]);
    }
}
