//! `comment_submitted`: a party comments in a comment round.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::decision_recorded::{Effect, Minutes, Resolution};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::agreement::Entry;
use crate::case::Case;
use crate::refusal::Refusal;
use crate::seats;
use sinetti_events::primitives::ids::PartyId;

/// A comment on a draft; by a party. One after the deadline is accepted and marked. It is no position on
/// approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentSubmitted {
    /// The comment itself (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Commitment>,
    /// Version of the own `decision_recorded` that gives it, where an organ did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// SHA-256 of the comment as a document, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Digest>,
    /// Version of the `comment_round_opened`.
    pub round: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "comment_submitted",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party comments on a draft.",
    args: &["target"],
    schema: with_common::<CommentSubmitted>,
};

impl ActType for CommentSubmitted {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.round.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        std::iter::once(self.round).chain(self.decision).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/round", "/party", "/invented"]
    }
}

fn decide(act: &CommentSubmitted, case: &Case<'_>) -> Result<(), Refusal> {
    let round = case.of_kind(act.round, "comment_round_opened", "data.round")?;
    case.check_after(round)?;
    check_invited(round, case)?;
    check_decision(act, case)?;
    check_repeated(act, case)
}

/// Where a round asks some, those comment: each for its own seat or one that it took.
fn check_invited(round: &Entry, case: &Case<'_>) -> Result<(), Refusal> {
    let (Act::CommentRoundOpened(opened), Some(party)) = (&round.act, case.party()) else { return Ok(()) };
    let seats = seats::on(case.agreement, case.occurred_on());
    let speaks = |invited: &PartyId| {
        let mut theirs = seats.iter().filter(|held| held.seat.party == *invited);
        invited == party || theirs.any(|held| held.is_held_by(party, case.occurred_on()))
    };
    if opened.invited.is_empty() || opened.invited.iter().any(speaks) {
        return Ok(());
    }
    let names: Vec<&str> = opened.invited.iter().map(PartyId::as_str).collect();
    let reason = format!("round {} does not ask {party}", round.version);
    Err(Refusal::new("comment-not-invited", "data.round", reason, format!("it asks: {}", names.join(", "))))
}

/// What an organ decided is an opinion, adopted before it is sent.
fn check_decision(act: &CommentSubmitted, case: &Case<'_>) -> Result<(), Refusal> {
    let Some(version) = act.decision else { return Ok(()) };
    let (entry, decision) = case.own_decision(version, "data.decision")?;
    case.check_after(entry)?;
    let opinion = matches!(decision.effect, Effect::StateOpinion | Effect::Unknown);
    let adopted = !matches!(
        decision.resolution,
        Resolution::NotCompetent
            | Resolution::Rejected
            | Resolution::Returned
            | Resolution::Tabled
            | Resolution::Withdrawn
    );
    if opinion && adopted && decision.minutes != Minutes::Agenda {
        return Ok(());
    }
    let (resolution, effect) = (decision.resolution.as_str(), decision.effect.as_str());
    let reason = format!("decision {version} gives no opinion: {resolution}, {effect}");
    Err(Refusal::new(
        "comment-decision",
        "data.decision",
        reason,
        "an adopted decision with effect state_opinion; a position on approval is no comment",
    ))
}

/// The same comment once.
fn check_repeated(act: &CommentSubmitted, case: &Case<'_>) -> Result<(), Refusal> {
    let same = |other: &&Entry| {
        let described = other.common.party_described == case.common.party_described;
        other.party() == case.party()
            && described
            && matches!(&other.act, Act::CommentSubmitted(it) if it.as_ref() == act)
    };
    match case.agreement.about(act.round).find(same) {
        Some(other) => {
            let reason = format!("record {} is this comment already", other.version);
            Err(Refusal::new(
                "comment-submitted-already",
                "data",
                reason,
                "a further comment has words, a document or a decision of its own",
            ))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, digest, with};

    /// A round until Sunday 15.10.2023, and its version.
    fn round(invited: Value) -> (World, u64) {
        let mut world = World::of_parties(3);
        let data = with(json!({"deadline": "2023-10-15", "occurred_on": "2023-09-14"}), json!({"invited": invited}));
        let version = world.on_day("2023-11-01").given("registrar", "comment_round_opened", data);
        (world, version)
    }

    fn comment(round: u64, date: &str) -> Value {
        json!({"occurred_on": date, "round": round})
    }

    #[test]
    fn given_a_round_when_comments_come_then_the_late_ones_are_marked_and_none_is_a_position() {
        let (mut world, round) = round(Value::Null);
        world.given("p1", "comment_submitted", comment(round, "2023-10-15"));
        world.given("p2", "comment_submitted", comment(round, "2023-10-16"));
        let now = world.now();
        assert_eq!((now.approved, now.missing.len()), (0, 3));
        assert_eq!(now.missing[0].why.unwrap().as_str(), "pending");
        let shown = &now.drafting.comment_rounds[0];
        let late: Vec<(&str, bool)> =
            shown.comments.iter().map(|it| (it.party.as_ref().unwrap().as_str(), it.late)).collect();
        assert_eq!((late, shown.open), (vec![("p1", false), ("p2", true)], false));
        assert!(world.status("2023-10-15").drafting.comment_rounds[0].open);
        assert_eq!(world.status("2023-10-15").drafting.comment_rounds[0].comments.len(), 1);
        // A corrected deadline judges all comments anew.
        let changes = json!([{"field": "/deadline", "old": "2023-10-15", "new": "2023-10-16"}]);
        let correction = json!({"changes": changes, "occurred_on": "2023-11-01", "version": round});
        world.given("registrar", "record_corrected", correction);
        assert!(!world.now().drafting.comment_rounds[0].comments[1].late);
    }

    #[test]
    fn an_organs_opinion_is_late_by_the_day_on_which_it_was_sent() {
        let (mut world, round) = round(Value::Null);
        let opinion = with(approval("2023-10-13"), json!({"effect": "state_opinion", "finality": "not_appealable"}));
        let decision = world.given("p1", "decision_recorded", opinion);
        assert_eq!(world.row("p1").why(), Some("commented"));
        let sent = with(comment(round, "2023-10-17"), json!({"decision": decision}));
        let sent = world.given("p1", "comment_submitted", sent);
        assert_eq!(world.row("p1").why(), Some("commented_late"));
        world.given("p1", "record_retracted", json!({"occurred_on": "2023-11-01", "version": sent}));
        assert_eq!(world.row("p1").why(), Some("commented"));
    }

    #[test]
    fn who_is_not_asked_does_not_comment() {
        let (mut world, round) = round(json!(["p1", "p2"]));
        let refusal = world.refused("p3", "comment_submitted", comment(round, "2023-10-01"));
        assert_eq!((refusal.slug, refusal.accepted.as_str()), ("comment-not-invited", "it asks: p1, p2"));
        world.given("p2", "comment_submitted", comment(round, "2023-10-01"));
        let described = json!({"party_described": "eräs kunta", "source": "lausuntokooste"});
        world.given("registrar", "comment_submitted", with(comment(round, "2023-10-01"), described));
        assert_eq!(world.now().drafting.comment_rounds[0].comments.len(), 2);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (mut world, round) = round(Value::Null);
        let approving = world.approve("p1", "2023-10-01");
        let opinion = json!({"effect": "state_opinion", "section": "30"});
        let tabled = with(with(approval("2023-10-01"), opinion.clone()), json!({"resolution": "tabled"}));
        let tabled = world.given("p1", "decision_recorded", tabled);
        let theirs = world.given("p2", "decision_recorded", with(approval("2023-10-01"), opinion));
        for (change, slug) in [
            (json!({"round": 2}), "record-of-another-type"),
            (json!({"round": 99}), "record-unknown"),
            (json!({"occurred_on": "2023-09-13"}), "date-before-cause"),
            (json!({"decision": approving}), "comment-decision"),
            (json!({"decision": tabled}), "comment-decision"),
            (json!({"decision": theirs}), "record-of-another-party"),
        ] {
            let data = with(comment(round, "2023-10-02"), change.clone());
            assert_eq!(world.slug("p1", "comment_submitted", data), slug, "{change}");
        }
        let early = with(comment(round, "2023-09-30"), json!({"decision": theirs}));
        assert_eq!(world.slug("p2", "comment_submitted", early), "date-before-cause");
        let document = with(comment(round, "2023-10-02"), json!({"document": digest("lausunto")}));
        world.given("p1", "comment_submitted", document.clone());
        assert_eq!(world.slug("p1", "comment_submitted", document.clone()), "comment-submitted-already");
        world.given("p1", "comment_submitted", with(document, json!({"document": digest("täydennys")})));
    }
}
