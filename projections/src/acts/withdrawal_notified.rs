//! `withdrawal_notified`: a party gives notice that it leaves the agreement (VCLT 56, 67).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::amendments;
use crate::case::Case;
use crate::periods::Course;
use crate::provisional;
use crate::refusal::Refusal;
use crate::seats;
use crate::withdrawal;

/// Gives notice of withdrawal. Until it takes effect it can be revoked; it does not end the agreement for the
/// rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalNotified {
    /// Version of the own `decision_recorded`, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
    /// The first day on which the party is bound no more.
    pub takes_effect_on: Date,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "withdrawal_notified",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party gives notice that it leaves.",
    args: &["from"],
    schema: with_common::<WithdrawalNotified>,
};

impl ActType for WithdrawalNotified {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("from", self.takes_effect_on.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.decision.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(act: &WithdrawalNotified, case: &Case<'_>) -> Result<(), Refusal> {
    let (party, on) = (case.named_party()?, case.occurred_on());
    case.check_not_ended()?;
    if let Some(version) = act.decision {
        let (decision, _) = case.own_decision(version, "data.decision")?;
        case.check_after(decision)?;
    }
    // What the organ decided is what the notice carries out: it takes nothing back before.
    match act.decision {
        Some(version) => check_bound(party, &Case { agreement: &case.agreement.without(version), ..*case })?,
        None => check_bound(party, case)?,
    }
    if let Some((entry, notice)) = seats::held_by(case.agreement, party, on)
        .and_then(|held| withdrawal::notice(case.agreement, &held.seat.party, on))
    {
        let reason = format!("by record {} it leaves on {}", entry.version, notice.takes_effect_on);
        return Err(Refusal::new(
            "withdrawal-notified-already",
            "data",
            reason,
            "revoke that notice with withdrawal_revoked first, to give another",
        ));
    }
    check_day(act, case)
}

/// Who leaves is in: the agreement is in force for it, or it applies it provisionally.
fn check_bound(party: &PartyId, case: &Case<'_>) -> Result<(), Refusal> {
    let on = case.occurred_on();
    let held = seats::held_by(case.agreement, party, on);
    let course = Course::of(case.agreement, on);
    let bound = held.zip(course).is_some_and(|(held, course)| {
        let standing = course.force.standing(&held.seat.party);
        standing.is_some_and(|standing| course.is_within(standing) || provisional::applied(&course, standing).is_some())
    });
    if bound {
        return Ok(());
    }
    let reason = format!("the agreement is not in force for {party} on {on}");
    Err(Refusal::new(
        "not-bound",
        "data.occurred_on",
        reason,
        "before that, a decision with effect withdraw takes an approval back",
    ))
}

/// Later than the notice, and no earlier than the agreement's notice allows.
fn check_day(act: &WithdrawalNotified, case: &Case<'_>) -> Result<(), Refusal> {
    let on = case.occurred_on();
    let months = amendments::rules(case.agreement, on).and_then(|rules| rules.withdrawal).map_or(0, |it| it.months);
    let Some(earliest) = withdrawal::earliest(on, months) else { return Ok(()) };
    if act.takes_effect_on >= earliest {
        return Ok(());
    }
    let reason = format!("a withdrawal of which notice is given on {on} takes no effect on {}", act.takes_effect_on);
    let why = if months == 0 { "later than its notice".to_owned() } else { format!("{months} months after it") };
    Err(Refusal::new("withdrawal-date", "data.takes_effect_on", reason, format!("{earliest} or later: {why}")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, opening, signature, text_a, with};
    use crate::status::NoteCode;

    fn notice(date: &str, effect: &str) -> Value {
        json!({"occurred_on": date, "takes_effect_on": effect})
    }

    /// Three parties between which the agreement is in force since 8.5.2023.
    fn world() -> World {
        let mut world = World::of_parties(3);
        world.on_day("2024-06-01").complete(1..=3, "2023-05-08");
        world
    }

    #[test]
    fn given_an_agreement_in_force_when_a_party_leaves_then_it_is_bound_no_more_from_that_day_only() {
        let mut world = world();
        let version = world.given("p2", "withdrawal_notified", notice("2024-03-01", "2024-05-01"));
        for (on, bound) in [("2024-02-29", 3), ("2024-03-01", 3), ("2024-04-30", 3), ("2024-05-01", 2)] {
            let then = world.status(on);
            assert_eq!((then.approved, then.signed, then.bound, then.parties_total), (3, 3, bound, 3), "{on}");
            assert!(then.in_force && !then.contested && then.missing.is_empty(), "{on}");
        }
        let row = world.row("p2");
        assert!(row.has(NoteCode::Withdrawn) && row.signed && !row.bound && row.withdrawal.unwrap().version == version);
        let before = &world.status("2024-04-30").parties[1];
        assert!(before.has(NoteCode::WithdrawalNotified) && before.bound);
    }

    #[test]
    fn a_notice_is_as_long_as_the_agreement_says_by_the_calendar() {
        let mut world = World::founded("2024-06-01");
        for party in ["p1", "p2"] {
            world.register(party);
        }
        let mut data = opening(2, json!({"kind": "all_approved_and_signed"}));
        data["rules"]["withdrawal"] = json!({"months": 6});
        world.given("registrar", "agreement_opened", data);
        world.deposit(&text_a(), "2023-02-14");
        world.complete([1, 2], "2023-05-08");
        // February has no 31st: its last day it is.
        for (date, early, first) in
            [("2024-03-15", "2024-09-14", "2024-09-15"), ("2023-08-31", "2024-02-28", "2024-02-29")]
        {
            let refusal = world.refused("p2", "withdrawal_notified", notice(date, early));
            assert_eq!((refusal.slug, refusal.member.as_str()), ("withdrawal-date", "data.takes_effect_on"));
            assert!(refusal.accepted.starts_with(first), "{date}");
            world.clone().given("p2", "withdrawal_notified", notice(date, first));
        }
    }

    #[test]
    fn a_decision_to_leave_does_not_undo_the_approval() {
        let mut world = world();
        let decision = with(approval("2024-02-20"), json!({"effect": "withdraw", "subject": null}));
        let decision = world.given("p2", "decision_recorded", decision);
        let leaving = with(notice("2024-03-01", "2024-05-01"), json!({"decision": decision}));
        world.given("p2", "withdrawal_notified", leaving);
        let now = world.now();
        assert_eq!((now.approved, now.signed, now.bound, now.contested), (3, 3, 2, false));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (actor, change, slug) in [
            ("p2", json!({"takes_effect_on": "2024-03-01"}), "withdrawal-date"),
            ("p2", json!({"takes_effect_on": "2024-02-01"}), "withdrawal-date"),
            ("p2", json!({"occurred_on": "2023-05-07"}), "not-bound"),
            ("p2", json!({"decision": 2}), "record-of-another-type"),
            ("p2", json!({"decision": 3}), "record-of-another-party"),
            ("p2", json!({"takes_effect_on": null}), "data-malformed"),
            ("p9", json!({}), "actor-not-on-roster"),
            ("registrar", json!({}), "transcription-party"),
            ("registrar", json!({"party_described": "eräs kunta", "source": "x"}), "transcription-party"),
        ] {
            let data = with(notice("2024-03-01", "2024-05-01"), change.clone());
            assert_eq!(world().slug(actor, "withdrawal_notified", data), slug, "{actor} {change}");
        }
        let mut world = world();
        world.given("p2", "withdrawal_notified", notice("2024-03-01", "2024-12-31"));
        let again = notice("2024-04-01", "2024-10-31");
        assert_eq!(world.slug("p2", "withdrawal_notified", again), "withdrawal-notified-already");
    }

    #[test]
    fn before_it_is_in_force_there_is_nothing_to_leave() {
        let mut world = World::of_parties(2);
        world.on_day("2024-06-01").complete([1], "2023-05-08");
        assert_eq!(world.slug("p1", "withdrawal_notified", notice("2024-03-01", "2024-05-01")), "not-bound");
    }

    #[test]
    fn a_party_that_left_consents_to_nothing_until_it_accedes_again() {
        let mut world = world();
        world.given("p2", "withdrawal_notified", notice("2024-03-01", "2024-04-01"));
        let anew = with(approval("2024-05-02"), json!({"section": "9"}));
        assert_eq!(world.slug("p2", "decision_recorded", anew.clone()), "party-withdrawn");
        assert_eq!(world.slug("p2", "text_signed", signature("b", "2024-04-01")), "party-withdrawn");
        assert_eq!(world.slug("p2", "withdrawal_notified", notice("2024-05-02", "2024-05-20")), "party-withdrawn");
        // What it did before can still be recorded.
        world.given("p2", "text_signed", signature("b", "2024-03-31"));
        let seat = json!({"number": 4, "party": "p2"});
        let early = json!({"basis": "14 §", "occurred_on": "2024-03-31", "seat": seat});
        assert_eq!(world.slug("registrar", "party_acceded", early.clone()), "seat-held-already");
        world.given("registrar", "party_acceded", with(early, json!({"occurred_on": "2024-05-01"})));
        // It has one seat, a new one, and has to approve and sign anew; what was stays told.
        let now = world.now();
        assert_eq!((now.parties_total, now.approved, now.bound, now.in_force), (3, 2, 2, true));
        assert_eq!(now.parties.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 4]);
        assert_eq!(now.in_force_since.unwrap().to_string(), "2023-05-08");
        assert_eq!(world.status("2024-04-30").approved, 3);
        world.given("p2", "decision_recorded", anew);
        // The same role that signed before signs again.
        world.sign("p2", "2024-05-03");
        assert_eq!((world.now().approved, world.now().signed, world.now().bound), (3, 3, 3));
    }

    #[test]
    fn nobody_agrees_alone() {
        let mut world = world();
        for (party, day) in [("p2", "2024-04-01"), ("p3", "2024-05-01")] {
            world.given(party, "withdrawal_notified", notice("2024-03-01", day));
        }
        assert!(world.status("2024-04-30").in_force);
        let now = world.now();
        assert_eq!((now.in_force, now.bound, now.signed), (false, 0, 3));
        let ending = now.ending.unwrap();
        assert_eq!((ending.kind.as_str(), ending.last_day.to_string().as_str()), ("terminated", "2024-04-30"));
        assert_eq!(now.in_force_periods[0].last_day, Some(ending.last_day));
    }

    #[test]
    fn leaving_a_bilateral_agreement_ends_the_pair_and_the_hub_ends_all() {
        let mut world = World::with_rule(4, json!({"hub": "p1", "kind": "each_when_approved_and_signed"}));
        world.on_day("2024-06-01").complete([1, 2, 3], "2023-05-08");
        assert_eq!(world.slug("p4", "withdrawal_notified", notice("2024-03-01", "2024-04-01")), "not-bound");
        world.given("p2", "withdrawal_notified", notice("2024-03-01", "2024-04-01"));
        let pairs = |world: &World, on: &str| -> Vec<u64> {
            world.status(on).in_force_pairs.iter().map(|pair| pair.number).collect()
        };
        assert_eq!((pairs(&world, "2024-03-31"), pairs(&world, "2024-04-01")), (vec![2, 3], vec![3]));
        assert_eq!((world.status("2024-03-31").bound, world.status("2024-04-01").bound), (3, 2));
        world.given("p1", "withdrawal_notified", notice("2024-03-01", "2024-05-01"));
        assert_eq!(pairs(&world, "2024-04-30"), [3]);
        let now = world.now();
        assert!(!now.in_force && now.in_force_pairs.is_empty() && now.bound == 0 && now.signed == 3);
        assert!(world.status("2023-05-08").in_force);
    }
}
