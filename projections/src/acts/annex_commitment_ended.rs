//! `annex_commitment_ended`: a party leaves an annex.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::annex_committed::check_decision;
use super::decision_recorded::Effect;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::annex_parts;
use crate::annexes;
use crate::case::Case;
use crate::refusal::Refusal;

/// Ends a party's part in an annex, of either form; by that party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnexCommitmentEnded {
    /// Version of the `annex_deposited`.
    pub annex: u64,
    /// Version of the own `decision_recorded`, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// The first day on which the annex binds the party no more.
    pub takes_effect_on: Date,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "annex_commitment_ended",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party leaves an annex.",
    args: &["from", "target"],
    schema: with_common::<AnnexCommitmentEnded>,
};

impl ActType for AnnexCommitmentEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("from", self.takes_effect_on.to_string()), ("target", self.annex.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        std::iter::once(self.annex).chain(self.decision).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/annex", "/decision", "/party", "/invented"]
    }
}

fn decide(act: &AnnexCommitmentEnded, case: &Case<'_>) -> Result<(), Refusal> {
    let annex = annexes::named(case, act.annex, "data.annex")?;
    case.check_after(annex.entry)?;
    if act.takes_effect_on <= case.occurred_on() {
        let reason = format!("{} is not after the notice, of {}", act.takes_effect_on, case.occurred_on());
        return Err(Refusal::new(
            "end-not-after-notice",
            "data.takes_effect_on",
            reason,
            "the first day on which the annex binds the party no more, the next day at the earliest",
        ));
    }
    if let Some(version) = act.decision {
        check_decision(case, &annex, version, &[Effect::Withdraw])?;
    }
    let Some(party) = case.party() else { return Ok(()) };
    let cut = annex.last_notice(case.agreement, party, case.occurred_on());
    if annex_parts::done(case.agreement, &annex, party, case.occurred_on(), cut).is_some() {
        return Ok(());
    }
    let (reason, accepted) = match annex.ends(case.agreement, party, case.occurred_on()).last() {
        Some((entry, end)) => (
            format!("record {} ends the part of {party} in this annex from {} on", entry.version, end.takes_effect_on),
            "nothing is left to end; retract that record if it was wrong",
        ),
        None => (
            format!("{party} has no part in the annex of record {}", act.annex),
            "a party ends what it has committed to, or approved and signed",
        ),
    };
    Err(Refusal::new("annex-not-joined", "data.annex", reason, accepted))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, digest, signature, with};

    fn end(annex: u64, on: &str, from: &str) -> Value {
        json!({"annex": annex, "occurred_on": on, "takes_effect_on": from})
    }

    fn committed(parties: &[&str]) -> (World, u64) {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2024-06-01").annex("description");
        for party in parties {
            world.given(party, "annex_committed", json!({"annex": annex, "occurred_on": "2023-05-08"}));
        }
        (world, annex)
    }

    #[test]
    fn given_a_party_in_an_annex_when_it_gives_notice_then_it_is_in_until_that_takes_effect() {
        let (mut world, annex) = committed(&["p1", "p2", "p3"]);
        world.given("p2", "annex_commitment_ended", end(annex, "2023-08-01", "2023-12-31"));
        let state = |on: &str| {
            let part = world.status(on).annexes[0].parties[1].clone();
            (part.state.as_str(), part.left_on.map(|day| day.to_string()))
        };
        let left = Some("2023-12-31".to_owned());
        assert_eq!(state("2023-07-31"), ("joined", None));
        assert_eq!(state("2023-08-01"), ("leaving", left.clone()));
        assert_eq!(state("2023-12-30"), ("leaving", left.clone()));
        assert_eq!(state("2023-12-31"), ("left", left));
        // It is over for that party alone.
        assert_eq!(world.now().annexes[0].joined, 2);
    }

    #[test]
    fn when_the_county_leaves_it_holds_for_nobody() {
        let (mut world, annex) = committed(&["p1", "p2", "p3"]);
        world.given("p1", "annex_commitment_ended", end(annex, "2023-08-01", "2023-12-31"));
        let now = world.now();
        assert!(!now.annexes[0].in_force && now.annexes[0].joined == 0);
        assert_eq!(world.part(annex, "p2").why_not.unwrap().as_str(), "county_not_committed");
        assert_eq!(world.part(annex, "p2").left_on.unwrap().to_string(), "2023-12-31");
    }

    #[test]
    fn who_commits_again_is_in_again_and_without_a_gap_when_in_time() {
        let (mut world, annex) = committed(&["p1", "p2", "p3"]);
        world.given("p2", "annex_commitment_ended", end(annex, "2023-08-01", "2023-12-31"));
        world.given("p2", "annex_committed", json!({"annex": annex, "occurred_on": "2024-03-01"}));
        let part = world.part(annex, "p2");
        assert_eq!((part.state.as_str(), part.joined_on.unwrap().to_string().as_str()), ("joined", "2024-03-01"));
        assert_eq!(world.status("2024-02-29").annexes[0].parties[1].state.as_str(), "left");
        world.given("p3", "annex_commitment_ended", end(annex, "2023-08-01", "2023-12-31"));
        world.given("p3", "annex_committed", json!({"annex": annex, "occurred_on": "2023-10-01"}));
        let part = world.part(annex, "p3");
        assert_eq!((part.state.as_str(), part.joined_on.unwrap().to_string().as_str()), ("joined", "2023-05-08"));
        assert_eq!(world.status("2023-11-01").annexes[0].parties[2].state.as_str(), "joined");
    }

    #[test]
    fn a_notice_that_is_retracted_never_was() {
        let (mut world, annex) = committed(&["p1", "p2"]);
        let before = world.now().annexes;
        let notice = world.given("p2", "annex_commitment_ended", end(annex, "2023-08-01", "2023-12-31"));
        world.given("p2", "record_retracted", json!({"occurred_on": "2024-06-01", "version": notice}));
        assert_eq!(world.now().annexes, before);
    }

    #[test]
    fn a_notice_whose_day_was_written_wrong_is_corrected_from_the_start() {
        let (mut world, annex) = committed(&["p1", "p2"]);
        let notice = world.given("p2", "annex_commitment_ended", end(annex, "2023-08-01", "2023-12-31"));
        let correct = |old: &str, new: &str| json!({"changes": [{"field": "/takes_effect_on", "old": old, "new": new}], "occurred_on": "2024-06-01", "version": notice});
        let early = correct("2023-12-31", "2023-07-31");
        assert_eq!(world.slug("p2", "record_corrected", early), "end-not-after-notice");
        world.given("p2", "record_corrected", correct("2023-12-31", "2024-12-31"));
        let part = world.part(annex, "p2");
        assert_eq!((part.state.as_str(), part.left_on.unwrap().to_string().as_str()), ("leaving", "2024-12-31"));
    }

    #[test]
    fn from_an_annex_that_is_signed_a_party_leaves_and_comes_back_by_approving_and_signing_anew() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2024-06-01").annex_with("annex", json!({"county": null, "form": "agreement"}));
        let subject = json!({"subject": {"digest": digest("annex")}});
        let join = |world: &mut World, party: &str, day: &str| {
            world.given(party, "decision_recorded", with(approval(day), subject.clone()));
            world.given(party, "text_signed", with(signature("a", day), json!({"text": digest("annex")})));
        };
        for party in ["p2", "p3"] {
            join(&mut world, party, "2023-05-08");
        }
        let decided = with(with(approval("2023-07-31"), subject.clone()), json!({"effect": "withdraw"}));
        let decided = world.given("p2", "decision_recorded", decided);
        // The decision alone takes it out of nothing.
        assert_eq!(world.part(annex, "p2").state.as_str(), "joined");
        let notice = with(end(annex, "2023-08-01", "2023-12-31"), json!({"decision": decided}));
        world.given("p2", "annex_commitment_ended", notice);
        assert_eq!(world.status("2023-12-30").annexes[0].joined, 2);
        assert_eq!(world.part(annex, "p2").state.as_str(), "left");
        assert_eq!(world.part(annex, "p3").why_not.unwrap().as_str(), "nobody_else");
        world.given("p2", "decision_recorded", with(approval("2024-02-01"), subject.clone()));
        assert_eq!(world.part(annex, "p2").why_not.unwrap().as_str(), "signature_missing");
        world.given("p2", "text_signed", with(signature("a", "2024-03-01"), json!({"text": digest("annex")})));
        let part = world.part(annex, "p2");
        assert_eq!((part.state.as_str(), part.joined_on.unwrap().to_string().as_str()), ("joined", "2024-03-01"));
        assert_eq!(world.now().annexes[0].in_force_since.unwrap().to_string(), "2024-03-01");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (mut world, annex) = committed(&["p1", "p2"]);
        for (party, data, slug) in [
            ("p2", end(annex, "2023-08-01", "2023-08-01"), "end-not-after-notice"),
            ("p2", end(annex, "2023-08-01", "2023-07-01"), "end-not-after-notice"),
            ("p3", end(annex, "2023-08-01", "2023-12-31"), "annex-not-joined"),
            ("p2", end(annex, "2023-05-01", "2023-12-31"), "annex-not-joined"),
            ("p2", end(1, "2023-08-01", "2023-12-31"), "record-of-another-type"),
        ] {
            assert_eq!(world.slug(party, "annex_commitment_ended", data.clone()), slug, "{party} {data}");
        }
        let approving = with(approval("2023-07-31"), json!({"subject": {"digest": digest("annex")}}));
        let decided = world.given("p2", "decision_recorded", approving);
        let notice = with(end(annex, "2023-08-01", "2023-12-31"), json!({"decision": decided}));
        assert_eq!(world.slug("p2", "annex_commitment_ended", notice), "annex-decision");
        world.given("p2", "annex_commitment_ended", end(annex, "2023-08-01", "2023-12-31"));
        let again = world.refused("p2", "annex_commitment_ended", end(annex, "2023-09-01", "2023-12-31"));
        assert_eq!(again.slug, "annex-not-joined");
        assert!(again.reason.contains("from 2023-12-31 on"), "{again}");
    }
}
