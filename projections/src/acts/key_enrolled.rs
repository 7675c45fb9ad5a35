//! `key_enrolled`: what the registry asks of it beyond the rules of keys.

use sinetti_events::keys::key_enrolled::KeyEnrolled;

use crate::case::Case;
use crate::refusal::Refusal;

pub(super) fn decide(act: &KeyEnrolled, case: &Case<'_>) -> Result<(), Refusal> {
    let party = &act.party;
    if !party.is_registrar() && !case.registry.parties.contains_key(party) {
        return Err(Refusal::new(
            "party-unknown",
            "data.party",
            format!("no party {party} is registered in this ledger"),
        )
        .but("the registrar registers it first, with party_registered"));
    }
    match case.registry.ended(party, case.today()) {
        Some(succession) => {
            let reason = format!("{party} ended on {}; nobody speaks for it any more", succession.occurred_on);
            Err(Refusal::new("party-ended", "data.party", reason).but("enrol keys for its successor"))
        }
        None => Ok(()),
    }
}
