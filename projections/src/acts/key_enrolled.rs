//! `key_enrolled`: what the registry asks of it beyond the rules of keys.

use sinetti_events::keys::key_enrolled::KeyEnrolled;

use super::act_type::{ActType, Args};
use super::types::{Actors, StreamKind, TypeInfo, own};
use crate::case::Case;
use crate::refusal::Refusal;

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "key_enrolled",
    stream: StreamKind::Registry,
    actors: Actors::PartyOrRegistrar,
    summary: "A key begins to speak for a party.",
    args: &[],
    schema: own::<KeyEnrolled>,
};

impl ActType for KeyEnrolled {
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

fn decide(act: &KeyEnrolled, case: &Case<'_>) -> Result<(), Refusal> {
    let party = &act.party;
    if !party.is_registrar() && !case.registry.parties.contains_key(party) {
        return Err(Refusal::new(
            "party-unknown",
            "data.party",
            format!("no party {party} is registered in this ledger"),
            "the registrar registers it first, with party_registered",
        ));
    }
    match case.registry.ended(party, case.today()) {
        Some(succession) => {
            let reason = format!("{party} ended on {}; nobody speaks for it any more", succession.occurred_on);
            Err(Refusal::new("party-ended", "data.party", reason, "enrol keys for its successor"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, public_key};

    #[test]
    fn a_key_is_enrolled_for_a_registered_party_that_exists() {
        let mut world = World::of_parties(2);
        let key = |party: &str| json!({"party": party, "public_key": public_key(9), "purposes": ["manage"]});
        assert_eq!(world.slug("registrar", "key_enrolled", key("nobody")), "party-unknown");
        let absorbed =
            json!({"kind": "absorbed", "predecessors": ["p1"], "successors": ["p2"], "occurred_on": "2023-02-14"});
        world.given("registrar", "party_succeeded", absorbed);
        assert_eq!(world.slug("registrar", "key_enrolled", key("p1")), "party-ended");
        world.enrol("p2", 9);
        assert_eq!(world.slug("registrar", "key_enrolled", key("p2")), "key-known");
        let refusal = world.refused(
            "p1",
            "key_enrolled",
            json!({"party": "p2", "public_key": public_key(8), "purposes": ["manage"]}),
        );
        assert_eq!((refusal.slug, refusal.member.as_str()), ("actor-not-allowed", "data.party"));
    }

    #[test]
    fn key_acts_have_no_date_of_their_own() {
        let mut world = World::of_parties(2);
        let dated =
            json!({"occurred_on": "2023-02-14", "party": "p1", "public_key": public_key(9), "purposes": ["manage"]});
        assert_eq!(world.slug("registrar", "key_enrolled", dated), "data-malformed");
    }
}
