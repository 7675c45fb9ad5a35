//! `party_succeeded`: legal persons merge, split, are absorbed, or change name or business id.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args};
use super::codes::BusinessId;
use super::line::Words;
use super::party_registered::{check_business_id, check_names};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::{Case, check_named_once};
use crate::refusal::Refusal;
use crate::registry::Succession;

/// Says who continues whom; by the registrar. It takes effect on `occurred_on`.
///
/// It never makes a missing act exist and never shrinks what an agreement requires: it is
/// shown as a footnote of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartySucceeded {
    /// The new Y-tunnus, for `id_changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_id: Option<BusinessId>,
    /// How.
    pub kind: SuccessionKind,
    /// The new names, for `renamed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Words>,
    /// Who was there before. For `renamed` and `id_changed` the one party itself.
    pub predecessors: Vec<PartyId>,
    /// Who is there after. For `renamed` and `id_changed` the same one party.
    pub successors: Vec<PartyId>,
}

/// How a party is continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuccessionKind {
    /// Predecessors end in one party that was there already.
    Absorbed,
    /// Same party, another business id.
    IdChanged,
    /// Two or more end in a new one.
    Merged,
    /// Same party, another name.
    Renamed,
    /// One is divided among several.
    Split,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "party_succeeded",
    stream: StreamKind::Registry,
    actors: Actors::Registrar,
    summary: "Parties merge, split, are absorbed, or change name or business id.",
    args: &[],
    schema: with_common::<PartySucceeded>,
};

impl ActType for PartySucceeded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        Args::new()
    }
}

fn decide(act: &PartySucceeded, case: &Case<'_>) -> Result<(), Refusal> {
    for (member, parties) in [("data.predecessors", &act.predecessors), ("data.successors", &act.successors)] {
        check_named_once(parties, member)?;
        if let Some(unknown) = parties.iter().find(|party| !case.registry.parties.contains_key(party)) {
            return Err(Refusal::new(
                "party-unknown",
                member,
                format!("no party {unknown} is registered in this ledger"),
                "the registrar registers it first, with party_registered",
            ));
        }
    }
    check_shape(act)?;
    check_members(act)?;
    check_alive(act, case)?;
    let [party] = act.successors.as_slice() else { return Ok(()) };
    check_business_id(act.business_id.as_ref(), party, &[], case)?;
    act.names.as_ref().map_or(Ok(()), |names| check_names(names, std::slice::from_ref(party), case))
}

/// How many before and after, and whether they may be the same.
fn check_shape(act: &PartySucceeded) -> Result<(), Refusal> {
    let (before, after) = (act.predecessors.len(), act.successors.len());
    let same = act.successors.iter().any(|party| act.predecessors.contains(party));
    let (good, accepted) = match act.kind {
        SuccessionKind::Absorbed => {
            (before >= 1 && after == 1 && !same, "one or more that end, and one other that continues them")
        }
        SuccessionKind::Merged => {
            (before >= 2 && after == 1 && !same, "two or more that end, and one other that continues them")
        }
        SuccessionKind::Split => {
            (before == 1 && after >= 2, "one before, and two or more after (itself among them when it goes on)")
        }
        SuccessionKind::Renamed | SuccessionKind::IdChanged => {
            (before == 1 && act.predecessors == act.successors, "the one party itself, before and after")
        }
    };
    if good {
        return Ok(());
    }
    let reason = "predecessors and successors don't fit the kind of succession";
    Err(Refusal::new("succession-shape", "data.successors", reason, accepted))
}

/// New names belong to `renamed`, a new business id to `id_changed`, neither to another.
fn check_members(act: &PartySucceeded) -> Result<(), Refusal> {
    let members = [
        ("data.names", act.names.is_some(), act.kind == SuccessionKind::Renamed),
        ("data.business_id", act.business_id.is_some(), act.kind == SuccessionKind::IdChanged),
    ];
    match members.iter().find(|(_, given, wanted)| given != wanted) {
        Some((member, true, _)) => {
            Err(Refusal::new("succession-members", *member, "another kind of succession has this", "leave it out"))
        }
        Some((member, false, _)) => Err(Refusal::new(
            "succession-members",
            *member,
            "missing; it is what changes",
            "say what it is from then on",
        )),
        None => Ok(()),
    }
}

/// Nobody ends twice, nobody goes on who has ended, and nobody takes in another after its own end.
fn check_alive(act: &PartySucceeded, case: &Case<'_>) -> Result<(), Refusal> {
    let date = case.occurred_on();
    let ended = |party: &&PartyId, until: Option<Date>| {
        case.registry
            .successions
            .iter()
            .any(|it| it.succeeded.ends(party) && until.is_none_or(|until| it.occurred_on <= until))
    };
    let ending: Vec<&PartyId> = act.predecessors.iter().filter(|party| act.ends(party)).collect();
    let gone = act.predecessors.iter().find(|party| ended(party, (!act.ends(party)).then_some(date)));
    let later = |it: &&Succession| {
        it.occurred_on >= date && it.succeeded.successors.iter().any(|party| ending.contains(&party))
    };
    let problem = match (gone, act.successors.iter().find(|party| ended(party, Some(date)))) {
        (Some(party), _) => Some(("data.predecessors", format!("{party} has ended already"))),
        (None, Some(party)) => Some(("data.successors", format!("{party} has ended by {date}"))),
        (None, None) => case.registry.successions.iter().find(later).map(|it| {
            (
                "data.occurred_on",
                format!(
                    "by registry record {} one that ends here goes on until {} at least",
                    it.version, it.occurred_on
                ),
            )
        }),
    };
    match problem {
        Some((member, reason)) => Err(Refusal::new(
            "party-ended",
            member,
            reason,
            "name parties that are there on that day; a wrong succession is retracted first",
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::acts::line::Language;
    use crate::given::{World, with};

    fn world() -> World {
        let mut world = World::founded("2024-06-01");
        for party in ["a", "b", "c", "d"] {
            world.register(party);
        }
        world
    }

    fn succession(kind: &str, predecessors: &[&str], successors: &[&str], date: &str) -> Value {
        json!({"kind": kind, "occurred_on": date, "predecessors": predecessors, "successors": successors})
    }

    fn current(world: &World, party: &str, on: &str) -> Vec<String> {
        let current = world.registry.current(&party.parse().unwrap(), on.parse().unwrap());
        current.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn given_a_merger_of_a_merger_then_the_last_one_is_current() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["a"], &["b"], "2024-01-01"));
        world.given("registrar", "party_succeeded", succession("merged", &["b", "c"], &["d"], "2024-03-01"));
        assert_eq!(current(&world, "a", "2023-12-31"), ["a"]);
        assert_eq!(current(&world, "a", "2024-01-01"), ["b"]);
        assert_eq!(current(&world, "a", "2024-03-01"), ["d"]);
    }

    #[test]
    fn a_split_leaves_several() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("split", &["a"], &["b", "c"], "2024-01-01"));
        let mut after = current(&world, "a", "2024-01-01");
        after.sort();
        assert_eq!(after, ["b", "c"]);
        world.given("registrar", "party_succeeded", succession("split", &["d"], &["c", "d"], "2024-01-01"));
        assert_eq!(current(&world, "d", "2024-01-01"), ["d"]);
    }

    #[test]
    fn a_new_name_or_business_id_ends_nobody() {
        let mut world = world();
        let renamed = with(succession("renamed", &["a"], &["a"], "2024-01-01"), json!({"names": {"fi": "Uusi kunta"}}));
        world.given("registrar", "party_succeeded", renamed);
        let changed = with(succession("id_changed", &["a"], &["a"], "2024-02-01"), json!({"business_id": "0211675-2"}));
        world.given("registrar", "party_succeeded", changed);
        let names = |on: &str| {
            world
                .registry
                .names(&"a".parse().unwrap(), on.parse().unwrap())
                .unwrap()
                .in_language(Language::Fi)
                .to_owned()
        };
        assert_eq!((names("2023-12-31").as_str(), names("2024-01-01").as_str()), ("an kunta", "Uusi kunta"));
        assert_eq!(current(&world, "a", "2024-06-01"), ["a"]);
    }

    #[test]
    fn shapes_that_no_succession_has_are_refused() {
        for (data, slug) in [
            (succession("absorbed", &["a"], &["a"], "2024-01-01"), "succession-shape"),
            (succession("absorbed", &["a"], &["b", "c"], "2024-01-01"), "succession-shape"),
            (succession("absorbed", &[], &["b"], "2024-01-01"), "succession-shape"),
            (succession("merged", &["a"], &["b"], "2024-01-01"), "succession-shape"),
            (succession("merged", &["a", "b"], &["b"], "2024-01-01"), "succession-shape"),
            (succession("split", &["a"], &["b"], "2024-01-01"), "succession-shape"),
            (succession("renamed", &["a"], &["b"], "2024-01-01"), "succession-shape"),
            (succession("renamed", &["a"], &["a"], "2024-01-01"), "succession-members"),
            (
                with(succession("absorbed", &["a"], &["b"], "2024-01-01"), json!({"names": {"fi": "x"}})),
                "succession-members",
            ),
            (succession("absorbed", &["a", "a"], &["b"], "2024-01-01"), "named-twice"),
            (succession("absorbed", &["nobody"], &["b"], "2024-01-01"), "party-unknown"),
            (succession("absorbed", &["a"], &["nobody"], "2024-01-01"), "party-unknown"),
            (succession("absorbed", &["a"], &["b"], "2025-01-01"), "date-in-future"),
            (
                with(succession("renamed", &["a"], &["a"], "2024-01-01"), json!({"names": {"fi": "bn kunta"}})),
                "party-name-known",
            ),
        ] {
            assert_eq!(world().slug("registrar", "party_succeeded", data.clone()), slug, "{data}");
        }
    }

    #[test]
    fn nobody_ends_twice_or_goes_on_after_the_end() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["a"], &["b"], "2024-01-01"));
        for data in [
            succession("absorbed", &["a"], &["c"], "2024-02-01"),
            succession("absorbed", &["a"], &["c"], "2023-12-01"),
            succession("absorbed", &["c"], &["a"], "2024-02-01"),
            succession("absorbed", &["b"], &["a"], "2023-12-01"),
            succession("absorbed", &["b"], &["c"], "2023-12-01"),
        ] {
            assert_eq!(world.slug("registrar", "party_succeeded", data.clone()), "party-ended", "{data}");
        }
        // Before its own end it could take in another.
        world.given("registrar", "party_succeeded", succession("absorbed", &["c"], &["a"], "2023-12-01"));
        assert_eq!(current(&world, "c", "2024-06-01"), ["b"]);
    }
}
