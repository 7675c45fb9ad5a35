//! `party_confirmed_by_successor`: a successor stands by what its predecessor did.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args, listed};
use super::rules::EntryIntoForce;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::{Case, check_named_once};
use crate::refusal::Refusal;
use crate::seats;

/// A party that continues another confirms its acts in this agreement, and says what becomes of its seat. Nothing
/// becomes approved or signed by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyConfirmedBySuccessor {
    /// Versions of the predecessor's acts that it confirms; none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<u64>,
    /// Whom it continues, by a `party_succeeded` of the registry.
    pub predecessor: PartyId,
    /// What becomes of the predecessor's seat; it stays open as it is when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatSuccession>,
}

/// What becomes of a predecessor's seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatSuccession {
    /// It is one with the successor's own seat: the roster has one seat less from that day.
    Merged,
    /// The successor holds it: its own acts count there from that day.
    Taken,
}

impl SeatSuccession {
    /// All of them.
    pub const ALL: &[SeatSuccession] = &[SeatSuccession::Merged, SeatSuccession::Taken];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            SeatSuccession::Merged => "merged",
            SeatSuccession::Taken => "taken",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "party_confirmed_by_successor",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A successor stands by its predecessor's acts.",
    args: &["acts", "seat", "with"],
    schema: with_common::<PartyConfirmedBySuccessor>,
};

impl ActType for PartyConfirmedBySuccessor {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("acts", listed(&self.acts)),
            ("seat", self.seat.map(|seat| seat.as_str().to_owned()).unwrap_or_default()),
            ("with", self.predecessor.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.acts.clone()
    }

    fn needs_seat(&self) -> bool {
        false
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/acts", "/predecessor", "/seat", "/party", "/invented"]
    }
}

fn decide(act: &PartyConfirmedBySuccessor, case: &Case<'_>) -> Result<(), Refusal> {
    let party = case.named_party()?;
    let on = case.occurred_on();
    if !case.registry.continues(party, &act.predecessor, on) {
        let known: Vec<String> = case.registry.current(&act.predecessor, on).iter().map(ToString::to_string).collect();
        let reason = format!("by the registry, {party} does not continue {} on {on}", act.predecessor);
        return Err(Refusal::new(
            "not-a-successor",
            "data.predecessor",
            reason,
            format!(
                "as recorded there, {} is now {}; the registrar records successions with party_succeeded",
                act.predecessor,
                known.join(", ")
            ),
        ));
    }
    if act.acts.is_empty() && act.seat.is_none() {
        let reason = "it confirms no act and says nothing of the seat";
        return Err(Refusal::new("confirmation-empty", "data.acts", reason, "name acts, or say seat, or both"));
    }
    check_acts(act, party, case)?;
    act.seat.map_or(Ok(()), |seat| check_seat(act, seat, party, case))
}

/// Each is a live act of the predecessor, confirmed once by each successor.
fn check_acts(act: &PartyConfirmedBySuccessor, party: &PartyId, case: &Case<'_>) -> Result<(), Refusal> {
    check_named_once(&act.acts, "data.acts")?;
    for (at, version) in act.acts.iter().enumerate() {
        let member = format!("data.acts[{at}]");
        let entry = case.record(*version, &member)?;
        if entry.party() != Some(&act.predecessor) {
            let whose = entry.party().map_or("nobody that is named", PartyId::as_str);
            let reason = format!("record {version} is an act of {whose}");
            return Err(Refusal::new(
                "record-of-another-party",
                member,
                reason,
                format!("name acts of {}", act.predecessor),
            ));
        }
        case.check_after(entry)?;
        let confirmed = case
            .agreement
            .about(*version)
            .find(|other| matches!(other.act, Act::PartyConfirmedBySuccessor(_)) && other.party() == Some(party));
        if let Some(other) = confirmed {
            let reason = format!("{party} confirms record {version} in record {} already", other.version);
            return Err(Refusal::new("confirmed-already", member, reason, "leave it out"));
        }
    }
    Ok(())
}

/// The predecessor has ended and its seat is still open; to be one with the successor's own, there must be one.
fn check_seat(
    act: &PartyConfirmedBySuccessor,
    seat: SeatSuccession,
    party: &PartyId,
    case: &Case<'_>,
) -> Result<(), Refusal> {
    let (on, predecessor) = (case.occurred_on(), &act.predecessor);
    let refused = |reason: String, accepted: &str| Err(Refusal::new("seat-succession", "data.seat", reason, accepted));
    if case.registry.ended(predecessor, on).is_none() {
        return refused(
            format!("{predecessor} goes on, and keeps its seat"),
            "leave seat out; a further party gets a seat with party_acceded",
        );
    }
    let seats = seats::seats(case.agreement);
    let open = seats.iter().find(|held| {
        let holder = held.takers.last().map_or(&held.seat.party, |taker| taker.party);
        holder == predecessor && held.gone.is_none() && held.is_there(on)
    });
    let Some(open) = open else {
        return refused(
            format!("{predecessor} holds no seat here on {on} that is still open"),
            "leave seat out; a seat that another holds now is passed on by naming that one as predecessor",
        );
    };
    if seat == SeatSuccession::Taken {
        return Ok(());
    }
    if seats::seat_of(&seats, party, on).is_none() {
        let reason = format!("{party} has no seat on {on} that this one could be one with");
        return refused(reason, "take the seat: taken");
    }
    match case.agreement.opening().map(|opened| &opened.rules.entry_into_force) {
        Some(EntryIntoForce::EachWhenApprovedAndSigned { hub }) if *hub == open.seat.party => {
            refused(format!("the agreement is made pair by pair with the seat of {hub}"), "take the seat: taken")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, signature, text_a, with};
    use crate::status::NoteCode;

    /// A succession of that kind on 1.1.2024.
    fn succession(kind: &str, predecessors: &[&str], successors: &[&str]) -> Value {
        json!({"kind": kind, "occurred_on": "2024-01-01", "predecessors": predecessors, "successors": successors})
    }

    fn confirmed(predecessor: &str, more: Value) -> Value {
        with(json!({"occurred_on": "2024-02-01", "predecessor": predecessor}), more)
    }

    /// Three parties, of which p1 and p3 have approved and signed, and a fourth without a seat.
    fn world() -> World {
        let mut world = World::of_parties(3);
        world.on_day("2024-06-01").register("p4");
        world.complete([1, 3], "2023-05-08");
        world
    }

    #[test]
    fn given_an_absorbed_party_when_its_successor_merges_the_seats_then_the_roster_is_one_less_and_says_so() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["p2"], &["p1"]));
        assert_eq!((world.now().parties_total, world.now().parties_current, world.now().in_force), (3, 2, false));
        let version = world.given("p1", "party_confirmed_by_successor", confirmed("p2", json!({"seat": "merged"})));
        let now = world.now();
        assert_eq!((now.parties_total, now.parties_current, now.approved, now.missing.len()), (2, 2, 2, 0));
        let merged = &now.merged_seats[0];
        assert_eq!((merged.number, merged.party.as_str(), merged.into.as_str()), (2, "p2", "p1"));
        assert_eq!((merged.version, merged.on.to_string().as_str()), (version, "2024-02-01"));
        // In force from the day on which nothing more was required, and not before.
        assert_eq!(now.in_force_since.unwrap().to_string(), "2024-02-01");
        let before = world.status("2024-01-31");
        assert!(!before.in_force && before.parties_total == 3 && before.merged_seats.is_empty());
    }

    #[test]
    fn given_a_new_municipality_when_it_takes_one_seat_and_merges_the_other_then_it_holds_one() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("merged", &["p1", "p2"], &["p4"]));
        let both = confirmed("p2", json!({"seat": "merged"}));
        assert_eq!(world.slug("p4", "party_confirmed_by_successor", both.clone()), "seat-succession");
        let taken = world.given("p4", "party_confirmed_by_successor", confirmed("p1", json!({"seat": "taken"})));
        world.given("p4", "party_confirmed_by_successor", both);
        let now = world.now();
        assert_eq!((now.parties_total, now.parties_current, now.approved, now.signed), (2, 2, 2, 2));
        let row = world.row("p1");
        assert_eq!((row.taken_by[0].party.as_str(), row.taken_by[0].version), ("p4", taken));
        assert!(row.has(NoteCode::SeatTaken) && row.has(NoteCode::Ended));
    }

    #[test]
    fn what_a_successor_does_after_it_took_the_seat_counts_there_and_nothing_before() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["p2"], &["p4"]));
        world.given("p4", "party_confirmed_by_successor", confirmed("p2", json!({"seat": "taken"})));
        world.given("p4", "decision_recorded", with(approval("2024-01-20"), json!({"section": "1"})));
        assert!(!world.row("p2").approved);
        world.given("p4", "decision_recorded", approval("2024-03-01"));
        world.given("p4", "text_signed", signature("a", "2024-03-02"));
        let row = world.row("p2");
        assert!(row.approved && row.signed && row.bound);
        assert_eq!(world.now().in_force_since.unwrap().to_string(), "2024-03-02");
        // It can take back there what it gave, and nothing of it is its predecessor's word.
        world.given("p4", "decision_recorded", with(approval("2024-04-01"), json!({"effect": "reject"})));
        assert!(!world.row("p2").approved);
        assert_eq!(world.slug("p2", "decision_recorded", approval("2024-03-01")), "party-ended");
    }

    #[test]
    fn what_a_predecessor_did_counts_at_its_seat_whoever_took_it() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["p3"], &["p4"]));
        let mandate = json!({"minor_technical_changes": false, "occurred_on": "2024-03-01", "required": {"kind": "all"}, "roles": ["x"]});
        world.given("p4", "party_confirmed_by_successor", confirmed("p3", json!({"seat": "taken"})));
        world.given("p4", "signing_mandate_recorded", mandate);
        let row = world.row("p3");
        assert!(row.approved && row.signed && row.approved_on.unwrap().to_string() == "2023-05-08");
        let unconfirmed = with(approval("2023-12-11"), json!({"minutes": "unconfirmed", "party": "p3", "source": "x"}));
        let decision = world.given("registrar", "decision_recorded", unconfirmed);
        let minutes = json!({"decision": decision, "occurred_on": "2024-03-01"});
        assert_eq!(world.slug("p1", "minutes_confirmed", minutes.clone()), "record-of-another-party");
        world.given("p4", "minutes_confirmed", minutes);
    }

    #[test]
    fn a_successor_confirms_its_predecessors_acts_without_making_any() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["p3"], &["p1"]));
        let before = world.now();
        let acts: Vec<u64> = world.row("p3").acts;
        let version = world.given("p1", "party_confirmed_by_successor", confirmed("p3", json!({"acts": acts})));
        assert_eq!((world.now().approved, world.now().missing), (before.approved, before.missing));
        let again = confirmed("p3", json!({"acts": acts}));
        assert_eq!(world.slug("p1", "party_confirmed_by_successor", again), "confirmed-already");
        assert!(world.agreement.about(acts[0]).any(|entry| entry.version == version));
    }

    #[test]
    fn a_successor_without_a_seat_takes_back_what_it_said() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["p3"], &["p4"]));
        let version = world.given("p4", "party_confirmed_by_successor", confirmed("p3", json!({"acts": [5]})));
        let retracted = |version: u64| json!({"occurred_on": "2024-06-01", "version": version});
        assert_eq!(world.slug("p4", "record_retracted", retracted(5)), "actor-not-on-roster");
        world.given("p4", "record_retracted", retracted(version));
        assert_eq!(world.agreement.about(5).count(), 0);
    }

    #[test]
    fn of_a_split_one_takes_the_seat_and_the_others_accede() {
        let mut world = world();
        world.register("p5");
        world.given("registrar", "party_succeeded", succession("split", &["p2"], &["p4", "p5"]));
        let taken = confirmed("p2", json!({"seat": "taken"}));
        world.given("p4", "party_confirmed_by_successor", taken.clone());
        for seat in ["taken", "merged"] {
            let refusal =
                world.refused("p5", "party_confirmed_by_successor", with(taken.clone(), json!({"seat": seat})));
            assert_eq!((refusal.slug, refusal.member.as_str()), ("seat-succession", "data.seat"));
        }
        let seat = json!({"number": 4, "party": "p5"});
        let accession = json!({"basis": "jako", "occurred_on": "2024-02-01", "seat": seat});
        world.given("registrar", "party_acceded", accession);
        assert_eq!((world.now().parties_total, world.now().parties_current), (4, 4));
    }

    #[test]
    fn a_party_that_goes_on_after_a_split_keeps_its_seat() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("split", &["p2"], &["p2", "p4"]));
        let taken = confirmed("p2", json!({"seat": "taken"}));
        assert_eq!(world.slug("p4", "party_confirmed_by_successor", taken), "seat-succession");
        assert_eq!(
            world.slug("p2", "party_confirmed_by_successor", confirmed("p2", json!({"seat": "taken"}))),
            "not-a-successor"
        );
    }

    #[test]
    fn a_seat_is_passed_on_by_whoever_holds_it() {
        let mut world = world();
        world.register("p5");
        world.given("registrar", "party_succeeded", succession("absorbed", &["p2"], &["p4"]));
        world.given("p4", "party_confirmed_by_successor", confirmed("p2", json!({"seat": "taken"})));
        let later = with(succession("absorbed", &["p4"], &["p5"]), json!({"occurred_on": "2024-03-01"}));
        world.given("registrar", "party_succeeded", later);
        let by_p5 = |predecessor: &str| {
            with(confirmed(predecessor, json!({"seat": "taken"})), json!({"occurred_on": "2024-03-02"}))
        };
        // p5 continues p2 too, but the seat is p4's now.
        assert_eq!(world.slug("p5", "party_confirmed_by_successor", by_p5("p2")), "seat-succession");
        world.given("p5", "party_confirmed_by_successor", by_p5("p4"));
        world.given("p5", "decision_recorded", approval("2024-03-03"));
        assert!(world.row("p2").approved && world.now().parties_current == 3);
    }

    #[test]
    fn who_has_a_seat_and_takes_another_signs_for_each() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["p2"], &["p1"]));
        assert_eq!(
            world.slug("p1", "text_signed", signature("hallituksen puheenjohtaja", "2024-03-01")),
            "role-signed-already"
        );
        world.given("p1", "party_confirmed_by_successor", confirmed("p2", json!({"seat": "taken"})));
        world.approve("p1", "2024-03-01");
        world.sign("p1", "2024-03-01");
        assert_eq!((world.now().approved, world.now().signed, world.now().parties_current), (3, 3, 2));
        assert_eq!(world.now().in_force_since.unwrap().to_string(), "2024-03-01");
        assert_eq!(world.row("p1").signed_on.unwrap().to_string(), "2023-05-08");
    }

    #[test]
    fn the_hubs_seat_is_taken_and_never_merged() {
        let mut world = World::with_rule(3, json!({"hub": "p1", "kind": "each_when_approved_and_signed"}));
        world.on_day("2024-06-01").complete([1, 2, 3], "2023-05-08");
        world.given("registrar", "party_succeeded", succession("absorbed", &["p1"], &["p2"]));
        let merged = confirmed("p1", json!({"seat": "merged"}));
        assert_eq!(world.slug("p2", "party_confirmed_by_successor", merged), "seat-succession");
        assert_eq!(world.now().in_force_pairs.len(), 2);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (actor, change, slug) in [
            ("p3", json!({}), "not-a-successor"),
            ("p4", json!({"seat": "taken"}), "not-a-successor"),
            ("p1", json!({"occurred_on": "2023-12-31"}), "not-a-successor"),
            ("p1", json!({"predecessor": "nobody"}), "not-a-successor"),
            ("p1", json!({"seat": null}), "confirmation-empty"),
            ("p1", json!({"acts": [5, 5]}), "named-twice"),
            ("p1", json!({"acts": [3]}), "record-of-another-party"),
            ("p1", json!({"acts": [99]}), "record-unknown"),
            ("p1", json!({"occurred_on": "2024-07-01"}), "date-in-future"),
            ("p2", json!({}), "party-ended"),
        ] {
            let mut world = world();
            world.given("registrar", "party_succeeded", succession("absorbed", &["p2"], &["p1"]));
            let data = with(confirmed("p2", json!({"seat": "merged"})), change.clone());
            assert_eq!(world.slug(actor, "party_confirmed_by_successor", data), slug, "{actor} {change}");
        }
    }

    #[test]
    fn the_registrar_transcribes_whose_word_it_is() {
        let mut world = world();
        world.given("registrar", "party_succeeded", succession("absorbed", &["p2"], &["p1"]));
        let data = confirmed("p2", json!({"seat": "merged", "source": "pöytäkirja"}));
        let described = with(data.clone(), json!({"party_described": "eräs kunta"}));
        assert_eq!(world.slug("registrar", "party_confirmed_by_successor", described), "transcription-party");
        world.given("registrar", "party_confirmed_by_successor", with(data, json!({"party": "p1"})));
        assert_eq!(world.now().parties_total, 2);
    }

    #[test]
    fn a_merged_seat_brings_its_people_along() {
        let mut world = World::founded("2024-06-01");
        for party in ["p1", "p2", "p3", "p4"] {
            world.register(party);
        }
        let share = |numerator: u64| json!({"denominator": 4, "numerator": numerator});
        let mut data = crate::given::opening(
            4,
            json!({"kind": "threshold", "parties": share(1), "population": share(3), "signatures": false}),
        );
        for (seat, count) in data["roster"].as_array_mut().unwrap().iter_mut().zip([30, 50, 20, 0]) {
            seat["population"] = json!({"count": count, "date": "2022-12-31", "source": "Tilastokeskus"});
        }
        world.given("registrar", "agreement_opened", data);
        world.deposit(&text_a(), "2023-02-14");
        world.approve("p1", "2023-05-08");
        world.approve("p4", "2023-05-08");
        world.given("registrar", "party_succeeded", succession("absorbed", &["p2"], &["p1"]));
        assert!(!world.now().in_force);
        // 80 of 100 people, from the day on which the seats are one.
        world.given("p1", "party_confirmed_by_successor", confirmed("p2", json!({"seat": "merged"})));
        assert_eq!(world.now().in_force_since.unwrap().to_string(), "2024-02-01");
    }
}
