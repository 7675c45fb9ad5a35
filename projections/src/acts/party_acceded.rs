//! `party_acceded`: a further party takes a seat.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::agreement_opened::{Seat, population_missing};
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::amendments;
use crate::case::Case;
use crate::refusal::Refusal;
use crate::seats;
use crate::withdrawal;
use sinetti_events::primitives::ids::PartyId;

/// Gives a registered party a seat at the end of the roster; by the registrar. It still has to approve and sign
/// like the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyAcceded {
    /// Version of the `amendment_proposed` that admits it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<u64>,
    /// Where the text or the parties let it accede.
    pub basis: Line,
    /// The seat: the next number, and the party.
    pub seat: Seat,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "party_acceded",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A further party takes a seat.",
    args: &["number", "with"],
    schema: with_common::<PartyAcceded>,
};

impl ActType for PartyAcceded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("number", self.seat.number.to_string()), ("with", self.seat.party.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.amendment.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/amendment", "/seat", "/invented"]
    }
}

fn decide(act: &PartyAcceded, case: &Case<'_>) -> Result<(), Refusal> {
    let (party, on) = (&act.seat.party, case.occurred_on());
    if !case.registry.parties.contains_key(party) {
        let reason = format!("no party {party} is registered in this ledger");
        return Err(Refusal::new(
            "party-unknown",
            "data.seat.party",
            reason,
            "the registrar registers it first, with party_registered",
        ));
    }
    if let Some(succession) = case.registry.ended(party, on) {
        let reason = format!("{party} ended on {}", succession.occurred_on);
        return Err(Refusal::new("party-ended", "data.seat.party", reason, "its successor accedes"));
    }
    case.check_not_ended()?;
    act.amendment.map_or(Ok(()), |version| amendments::check_in_force(case, version))?;
    check_no_seat(party, case)?;
    let next = seats::next_number(case.agreement);
    if case.correcting.is_none() && act.seat.number != next {
        let reason = format!("{} is not the next number", act.seat.number);
        return Err(Refusal::new("numbering-gap", "data.seat.number", reason, format!("the next number is {next}")));
    }
    let counted = case.agreement.opening().is_some_and(|opened| opened.rules.counts_population());
    if counted && act.seat.population.is_none() {
        return Err(population_missing(&act.seat, "data.seat.population".to_owned()));
    }
    Ok(())
}

/// Who has a seat has no need of another, unless it has left.
fn check_no_seat(party: &PartyId, case: &Case<'_>) -> Result<(), Refusal> {
    let on = case.occurred_on();
    let seats = seats::seats(case.agreement);
    let speaks =
        |held: &&seats::Held<'_>| held.seat.party == *party || held.takers.iter().any(|taker| taker.party == party);
    let Some(held) = seats.iter().filter(|held| held.gone.is_none()).find(speaks) else { return Ok(()) };
    if withdrawal::left(case.agreement, &held.seat.party, on).is_some() && held.is_there(on) {
        return Ok(());
    }
    let reason = format!("{party} holds seat {} already", held.seat.number);
    Err(Refusal::new(
        "seat-held-already",
        "data.seat.party",
        reason,
        "a party accedes that has no seat, or that has left the agreement by then",
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, opening, with};
    use crate::status::NoteCode;

    fn accession(number: u64, party: &str, date: &str) -> Value {
        json!({"basis": "sopimuksen 14 §", "occurred_on": date, "seat": {"number": number, "party": party}})
    }

    /// Two parties between which the agreement is in force since 8.5.2023, and a third without a seat.
    fn world() -> World {
        let mut world = World::of_parties(2);
        world.on_day("2024-06-01").register("p3");
        world.complete([1, 2], "2023-05-08");
        world
    }

    #[test]
    fn given_an_agreement_in_force_when_a_party_accedes_then_it_has_a_seat_and_acts_like_any_other() {
        let mut world = world();
        assert_eq!(world.slug("p3", "decision_recorded", crate::given::approval("2024-05-20")), "actor-not-on-roster");
        let version = world.given("registrar", "party_acceded", accession(3, "p3", "2024-05-01"));
        let now = world.now();
        assert_eq!((now.parties_total, now.approved, now.bound), (3, 2, 2));
        assert_eq!(now.missing.iter().map(|it| it.number).collect::<Vec<_>>(), [3]);
        let row = world.row("p3");
        assert!(row.has(NoteCode::Acceded) && row.acceded_by == Some(version) && !row.bound);
        // What was in force before stays so, from the same day.
        assert!(now.in_force && now.conditions_met && now.in_force_since.unwrap().to_string() == "2023-05-08");
        world.complete([3], "2024-05-20");
        assert_eq!((world.now().approved, world.now().bound, world.now().missing.len()), (3, 3, 0));
        // On the day before the accession there were two.
        assert_eq!(world.status("2024-04-30").parties_total, 2);
    }

    #[test]
    fn a_party_that_accedes_before_all_have_done_is_one_more_to_wait_for() {
        let mut world = World::of_parties(2);
        world.on_day("2024-06-01").register("p3");
        world.complete([1], "2023-05-08");
        world.given("registrar", "party_acceded", accession(3, "p3", "2023-05-10"));
        world.complete([2], "2023-05-20");
        assert!(!world.now().in_force && !world.now().conditions_met);
        world.complete([3], "2023-05-22");
        assert_eq!(world.now().in_force_since.unwrap().to_string(), "2023-05-22");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let absorbed =
            json!({"kind": "absorbed", "predecessors": ["p4"], "successors": ["p5"], "occurred_on": "2024-01-01"});
        for (data, slug) in [
            (accession(4, "p3", "2024-05-01"), "numbering-gap"),
            (accession(2, "p3", "2024-05-01"), "numbering-gap"),
            (accession(3, "p2", "2024-05-01"), "seat-held-already"),
            (accession(3, "nobody", "2024-05-01"), "party-unknown"),
            (accession(3, "p4", "2024-05-01"), "party-ended"),
            (accession(3, "p3", "2024-06-02"), "date-in-future"),
            (with(accession(3, "p3", "2024-05-01"), json!({"basis": null})), "data-malformed"),
        ] {
            let mut world = world();
            world.register("p4");
            world.register("p5");
            world.given("registrar", "party_succeeded", absorbed.clone());
            assert_eq!(world.slug("registrar", "party_acceded", data.clone()), slug, "{data}");
        }
        assert_eq!(world().slug("p3", "party_acceded", accession(3, "p3", "2024-05-01")), "actor-not-allowed");
    }

    #[test]
    fn where_a_rule_counts_people_the_new_seat_has_a_figure() {
        let mut world = World::founded("2024-06-01");
        for party in ["p1", "p2", "p3"] {
            world.register(party);
        }
        let half = json!({"denominator": 2, "numerator": 1});
        let mut data =
            opening(2, json!({"kind": "threshold", "parties": half, "population": half, "signatures": false}));
        for seat in data["roster"].as_array_mut().unwrap() {
            seat["population"] = json!({"count": 1000, "date": "2022-12-31", "source": "Tilastokeskus"});
        }
        world.given("registrar", "agreement_opened", data);
        let refusal = world.refused("registrar", "party_acceded", accession(3, "p3", "2024-05-01"));
        assert_eq!((refusal.slug, refusal.member.as_str()), ("population-missing", "data.seat.population"));
    }

    #[test]
    fn a_retracted_accession_leaves_no_seat() {
        let mut world = world();
        let before = world.now();
        let version = world.given("registrar", "party_acceded", accession(3, "p3", "2024-05-01"));
        world.given("p3", "decision_recorded", crate::given::approval("2024-05-20"));
        world.given("registrar", "record_retracted", json!({"occurred_on": "2024-06-01", "version": version}));
        assert_eq!((world.now().parties, world.now().parties_total), (before.parties, 2));
        assert_eq!(world.slug("p3", "text_signed", crate::given::signature("a", "2024-05-20")), "actor-not-on-roster");
    }
}
