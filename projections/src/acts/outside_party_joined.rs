//! `outside_party_joined`: a party outside the roster joins an annex.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::annexes;
use crate::case::Case;
use crate::refusal::Refusal;
use crate::seats;

/// A registered party without a seat takes part in an annex that lets such parties join; by itself, or the
/// registrar transcribing. It never counts in the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsidePartyJoined {
    /// Version of the `annex_deposited`.
    pub annex: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "outside_party_joined",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party outside the roster takes part in an annex.",
    args: &["target"],
    schema: with_common::<OutsidePartyJoined>,
};

impl ActType for OutsidePartyJoined {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.annex.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.annex]
    }

    fn needs_seat(&self) -> bool {
        false
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/annex", "/party", "/invented"]
    }
}

fn decide(act: &OutsidePartyJoined, case: &Case<'_>) -> Result<(), Refusal> {
    let annex = annexes::named(case, act.annex, "data.annex")?;
    if !annex.act.outside_parties {
        let reason = format!("the annex of record {} is for parties of the roster", act.annex);
        return Err(Refusal::new(
            "outside-party-not-allowed",
            "data.annex",
            reason,
            "a party outside the roster joins an annex that was deposited with outside_parties: true",
        ));
    }
    case.check_after(annex.entry)?;
    let member = if case.actor.is_registrar() { "data.party" } else { "actor" };
    let Some(party) = case.party().filter(|party| case.registry.parties.contains_key(party)) else {
        let reason = "a party that takes part in an annex is registered in this ledger";
        return Err(Refusal::new(
            "party-unknown",
            member,
            reason,
            "the registrar registers it first, with party_registered; then name it by its id",
        ));
    };
    if seats::held_by(case.agreement, party, case.occurred_on()).is_some() {
        let reason = format!("{party} is on this agreement's roster");
        return Err(Refusal::new(
            "outside-party-has-seat",
            member,
            reason,
            "it joins the annex like the others of the roster, without this",
        ));
    }
    if annexes::outside_annexes_of(case.agreement, party).iter().any(|it| it.version() == act.annex) {
        let reason = format!("{party} takes part in the annex of record {} already", act.annex);
        return Err(Refusal::new(
            "outside-party-joined-already",
            "data.annex",
            reason,
            "it joins by approving and signing, or committing, like the others",
        ));
    }
    Ok(())
}
