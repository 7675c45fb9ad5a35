//! `withdrawal_revoked`: a party stays after all (VCLT 68).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;

/// Revokes a notice of withdrawal before it takes effect; by the same party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRevoked {
    /// Version of the `withdrawal_notified`.
    pub notice: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "withdrawal_revoked",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A notice of withdrawal is revoked.",
    args: &["target"],
    schema: with_common::<WithdrawalRevoked>,
};

impl ActType for WithdrawalRevoked {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.notice.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.notice]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/notice", "/party", "/invented"]
    }
}

fn decide(act: &WithdrawalRevoked, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.own(act.notice, "withdrawal_notified", "data.notice")?;
    case.check_after(entry)?;
    if let Some(other) = case.agreement.about(act.notice).find(|it| matches!(it.act, Act::WithdrawalRevoked(_))) {
        let reason = format!("record {} revokes it already", other.version);
        let accepted = format!("nothing more is needed; correct record {} if it is wrong", other.version);
        return Err(Refusal::new("withdrawal-revoked-already", "data.notice", reason, accepted));
    }
    match &entry.act {
        Act::WithdrawalNotified(notice) if notice.takes_effect_on <= case.occurred_on() => {
            let reason = format!("the withdrawal took effect on {}", notice.takes_effect_on);
            Err(Refusal::new(
                "withdrawal-in-effect",
                "data.occurred_on",
                reason,
                "a party that has left comes back by party_acceded",
            ))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::World;

    fn world() -> (World, u64) {
        let mut world = World::of_parties(3);
        world.on_day("2024-06-01").complete(1..=3, "2023-05-08");
        let notice = json!({"occurred_on": "2024-03-01", "takes_effect_on": "2024-05-01"});
        let notice = world.given("p2", "withdrawal_notified", notice);
        (world, notice)
    }

    #[test]
    fn given_a_notice_when_it_is_revoked_in_time_then_the_party_stays() {
        let (mut world, notice) = world();
        assert_eq!(world.now().bound, 2);
        world.given("p2", "withdrawal_revoked", json!({"notice": notice, "occurred_on": "2024-04-30"}));
        assert_eq!(world.now().bound, 3);
        assert!(world.row("p2").withdrawal.is_none());
        // On the day before the revocation the notice stood.
        assert!(world.status("2024-04-29").parties[1].withdrawal.is_some());
        // It can leave another time.
        let again = json!({"occurred_on": "2024-05-02", "takes_effect_on": "2024-05-20"});
        world.given("p2", "withdrawal_notified", again);
        assert_eq!(world.now().bound, 2);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (actor, notice, date, slug) in [
            ("p2", None, "2024-05-01", "withdrawal-in-effect"),
            ("p2", None, "2024-02-29", "date-before-cause"),
            ("p3", None, "2024-04-01", "record-of-another-party"),
            ("p2", Some(3), "2024-04-01", "record-of-another-type"),
            ("p2", Some(99), "2024-04-01", "record-unknown"),
        ] {
            let (mut world, given) = world();
            let data = json!({"notice": notice.unwrap_or(given), "occurred_on": date});
            assert_eq!(world.slug(actor, "withdrawal_revoked", data), slug, "{actor} {date}");
        }
        let (mut world, notice) = world();
        let data = json!({"notice": notice, "occurred_on": "2024-04-01"});
        world.given("p2", "withdrawal_revoked", data.clone());
        assert_eq!(world.slug("p2", "withdrawal_revoked", data), "withdrawal-revoked-already");
    }

    #[test]
    fn a_successor_that_took_the_seat_revokes_its_predecessors_notice() {
        let (mut world, notice) = world();
        world.register("p4");
        let absorbed =
            json!({"kind": "absorbed", "occurred_on": "2024-03-15", "predecessors": ["p2"], "successors": ["p4"]});
        world.given("registrar", "party_succeeded", absorbed);
        let revoked = json!({"notice": notice, "occurred_on": "2024-04-01"});
        assert_eq!(world.slug("p4", "withdrawal_revoked", revoked.clone()), "actor-not-on-roster");
        let taken = json!({"occurred_on": "2024-03-20", "predecessor": "p2", "seat": "taken"});
        world.given("p4", "party_confirmed_by_successor", taken);
        world.given("p4", "withdrawal_revoked", revoked);
        assert_eq!(world.now().bound, 3);
    }
}
