//! `personal_data_erased`: a disclosure is erased; the chain stays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::{EventId, PartyId};

use super::act_type::{ActType, Args};
use super::pointer::Pointer;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// Names the disclosure that is erased; by the party whose event it was, or the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonalDataErased {
    /// The event that committed to it.
    pub event: EventId,
    /// RFC 6901 pointer within that event's `data`.
    pub pointer: Pointer,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "personal_data_erased",
    stream: StreamKind::Registry,
    actors: Actors::PartyOrRegistrar,
    summary: "A disclosure is erased; the chain stays.",
    args: &[],
    schema: with_common::<PersonalDataErased>,
};

impl ActType for PersonalDataErased {
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

fn decide(act: &PersonalDataErased, case: &Case<'_>) -> Result<(), Refusal> {
    let same =
        |it: &&crate::registry::Erasure| it.event == act.event && it.pointer == act.pointer && it.by == *case.actor;
    match case.registry.erasures.iter().find(same) {
        Some(earlier) => {
            let reason = format!("registry record {} names this disclosure as erased already", earlier.version);
            Err(Refusal::new(
                "erased-already",
                "data.pointer",
                reason,
                "nothing more is needed; name another disclosure",
            ))
        }
        None => Ok(()),
    }
}

/// Whether `actor` may erase what the author of the named event disclosed; `owner` is that author,
/// known to whoever has all events at hand.
///
/// # Errors
///
/// There is no such event, or it is somebody else's.
pub fn check_owner(actor: &PartyId, owner: Option<&PartyId>) -> Result<(), Refusal> {
    match owner {
        None => Err(Refusal::new(
            "erased-event-unknown",
            "data.event",
            "the ledger has no event of this id",
            "the id of a recorded event, as its payload has it",
        )),
        Some(owner) if actor == owner || actor.is_registrar() => Ok(()),
        Some(owner) => {
            let reason = format!("{actor} can't erase what {owner} said");
            Err(Refusal::new("actor-not-allowed", "actor", reason, format!("{owner} or the registrar can")))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::check_owner;
    use crate::given::{World, with};

    #[test]
    fn it_shows_as_erased_when_its_own_party_or_the_registrar_says_so() {
        let mut world = World::of_parties(2);
        let version = world.approve("p1", "2023-02-14");
        let (event, p1, p2) = (world.agreement.entries[&version].event, "p1".parse().unwrap(), "p2".parse().unwrap());
        let data = json!({"event": event, "occurred_on": "2023-02-14", "pointer": "/preparer"});
        world.given("p2", "personal_data_erased", data.clone());
        assert!(!world.registry.is_erased(event, "/preparer", &p1));
        assert!(world.registry.is_erased(event, "/preparer", &p2));
        assert_eq!(world.slug("p2", "personal_data_erased", data.clone()), "erased-already");
        world.given("p1", "personal_data_erased", data.clone());
        assert!(world.registry.is_erased(event, "/preparer", &p1));
        assert!(!world.registry.is_erased(event, "/presenter", &p1));
        world.given("registrar", "personal_data_erased", with(data, json!({"pointer": "/presenter"})));
        assert!(world.registry.is_erased(event, "/presenter", &p1));
    }

    #[test]
    fn only_who_said_it_and_the_registrar_erase_it() {
        let [p1, p2, registrar] = ["p1", "p2", "registrar"].map(|id| id.parse().unwrap());
        let slug = |actor, owner| check_owner(actor, owner).map_err(|refusal| refusal.slug);
        assert_eq!(slug(&p1, Some(&p1)), Ok(()));
        assert_eq!(slug(&registrar, Some(&p1)), Ok(()));
        assert_eq!(slug(&p2, Some(&p1)), Err("actor-not-allowed"));
        assert_eq!(slug(&registrar, None), Err("erased-event-unknown"));
    }

    #[test]
    fn a_pointer_has_one_form() {
        let mut world = World::of_parties(2);
        let data = json!({"event": "018bcfe5-6800-7707-8707-070707070707", "occurred_on": "2023-02-14", "pointer": "preparer"});
        assert_eq!(world.slug("registrar", "personal_data_erased", data), "data-malformed");
    }
}
