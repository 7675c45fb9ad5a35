//! `party_succeeded`: legal persons merge, split, are absorbed, or change name or business id.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::codes::BusinessId;
use super::line::Words;
use super::party_registered::{check_business_id, check_names};
use crate::case::{Case, twice};
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

pub(super) fn decide(act: &PartySucceeded, case: &Case<'_>) -> Result<(), Refusal> {
    for (member, parties) in [("data.predecessors", &act.predecessors), ("data.successors", &act.successors)] {
        if let Some(party) = twice(parties) {
            return Err(Refusal::new("named-twice", member, format!("{party} is named twice")));
        }
        if let Some(unknown) = parties.iter().find(|party| !case.registry.parties.contains_key(party)) {
            return Err(Refusal::new(
                "party-unknown",
                member,
                format!("no party {unknown} is registered in this ledger"),
            )
            .but("the registrar registers it first, with party_registered"));
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
    Err(Refusal::new("succession-shape", "data.successors", reason).but(accepted))
}

/// New names belong to `renamed`, a new business id to `id_changed`, neither to another.
fn check_members(act: &PartySucceeded) -> Result<(), Refusal> {
    let members = [
        ("data.names", act.names.is_some(), act.kind == SuccessionKind::Renamed),
        ("data.business_id", act.business_id.is_some(), act.kind == SuccessionKind::IdChanged),
    ];
    match members.iter().find(|(_, given, wanted)| given != wanted) {
        Some((member, true, _)) => {
            Err(Refusal::new("succession-members", *member, "another kind of succession has this").but("leave it out"))
        }
        Some((member, false, _)) => Err(Refusal::new("succession-members", *member, "missing; it is what changes")),
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
        Some((member, reason)) => Err(Refusal::new("party-ended", member, reason)),
        None => Ok(()),
    }
}
