//! `decision_became_final`: a decision has legal force.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::decision_recorded::{DecisionRecorded, Finality};
use super::line::Line;
use super::minutes_published::check_confirmed;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::agreement::Entry;
use crate::case::Case;
use crate::finality;
use crate::refusal::Refusal;

/// A decision has become final (lainvoimainen); by its party, or the registrar transcribing. Refused while a
/// challenge is pending, after an annulment, and, without a certificate, before the estimated time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionBecameFinal {
    /// The certificate of legal force (lainvoimaisuustodistus), where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// Version of the `decision_recorded`.
    pub decision: u64,
}

/// A certificate of legal force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// SHA-256 of the certificate, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The court or authority that gave it.
    pub issuer: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "decision_became_final",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A decision became final.",
    args: &["issuer", "target"],
    schema: with_common::<DecisionBecameFinal>,
};

impl ActType for DecisionBecameFinal {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("issuer", self.certificate.as_ref().map(|it| it.issuer.to_string()).unwrap_or_default()),
            ("target", self.decision.to_string()),
        ])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/decision", "/party", "/invented"]
    }
}

fn decide(act: &DecisionBecameFinal, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, decision) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    check_confirmed(entry, decision, case)?;
    check_standing(act, entry, decision, case)?;
    check_repeated(act, decision, case)?;
    check_time(act, entry, decision, case)
}

/// What was set aside or is under challenge has no legal force, and what can't be challenged gains none.
fn check_standing(
    act: &DecisionBecameFinal,
    entry: &Entry,
    decision: &DecisionRecorded,
    case: &Case<'_>,
) -> Result<(), Refusal> {
    let on = case.occurred_on();
    if let Some(challenge) = finality::pending_challenges(case.agreement, act.decision, on).first() {
        let reason =
            format!("record {} challenges decision {}, and nothing resolves it", challenge.version, act.decision);
        return Err(Refusal::new(
            "challenge-pending",
            "data.decision",
            reason,
            "record challenge_resolved first; legal force begins after it",
        ));
    }
    match finality::finality(case.agreement, entry, decision, on) {
        Some(Finality::Annulled) => {
            let reason = format!("decision {} was set aside", act.decision);
            Err(Refusal::new(
                "decision-annulled",
                "data.decision",
                reason,
                "a decision that still stands; a new one is recorded with decision_recorded",
            ))
        }
        Some(Finality::NotAppealable) => {
            let reason = format!("decision {} is recorded as one that can't be appealed", act.decision);
            Err(Refusal::new(
                "not-appealable",
                "data.decision",
                reason,
                "nothing is to be recorded; correct its finality if it could be appealed",
            ))
        }
        _ => Ok(()),
    }
}

/// Once; a certificate may follow what was only said.
fn check_repeated(act: &DecisionBecameFinal, decision: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    let said = case.agreement.about(act.decision).find_map(|other| match &other.act {
        Act::DecisionBecameFinal(it) => Some((other.version, it.certificate.is_some())),
        _ => None,
    });
    let by = match said {
        Some((version, certified)) if certified || act.certificate.is_none() => version,
        None if decision.finality == Some(Finality::Final) && act.certificate.is_none() => act.decision,
        _ => return Ok(()),
    };
    let reason = format!("record {by} says so already");
    Err(Refusal::new(
        "final-already",
        "data.decision",
        reason,
        "a certificate can still be added; a premature record is retracted first",
    ))
}

/// Without a certificate, not before the estimated time is over.
fn check_time(
    act: &DecisionBecameFinal,
    entry: &Entry,
    decision: &DecisionRecorded,
    case: &Case<'_>,
) -> Result<(), Refusal> {
    let clock = finality::clock(case.agreement, entry, decision, case.occurred_on());
    match clock.filter(|clock| act.certificate.is_none() && case.occurred_on() <= clock.ends_on) {
        Some(clock) => {
            let reason = format!("by the calendar the time for challenging it ends on {}", clock.ends_on);
            Err(Refusal::new(
                "final-too-early",
                "data.occurred_on",
                reason,
                "a later date, or the certificate of legal force, which overrides the calendar",
            ))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, approval, with};
    use crate::status::NoteCode;

    fn of(decision: u64, date: &str) -> serde_json::Value {
        json!({"decision": decision, "occurred_on": date})
    }

    /// A council's decision of 27.3.2023, published on 3.4.2023: open until 10.5.2023 by the calendar.
    fn open() -> (World, u64) {
        let mut world = World::of_parties(2);
        let data = with(approval("2023-03-27"), json!({"finality": "open"}));
        let decision = world.on_day("2023-12-01").given("p1", "decision_recorded", data);
        world.given("p1", "minutes_published", of(decision, "2023-04-03"));
        (world, decision)
    }

    fn finality(world: &World, on: &str) -> &'static str {
        world.status(on).parties[0].decision.as_ref().unwrap().finality.unwrap().as_str()
    }

    #[test]
    fn given_an_open_decision_when_its_time_is_over_then_only_a_record_makes_it_final() {
        let (mut world, decision) = open();
        let refusal = world.refused("p1", "decision_became_final", of(decision, "2023-05-10"));
        assert_eq!((refusal.slug, refusal.member.as_str()), ("final-too-early", "data.occurred_on"));
        assert!(refusal.reason.contains("2023-05-10"), "{refusal}");
        assert_eq!(finality(&world, "2023-12-01"), "open");
        let said = world.given("p1", "decision_became_final", of(decision, "2023-05-11"));
        assert_eq!((finality(&world, "2023-05-10"), finality(&world, "2023-05-11")), ("open", "final"));
        assert!(!world.row("p1").has(NoteCode::FinalityOpen));
        assert_eq!(world.row("p1").decision.unwrap().estimate, None);
        assert_eq!(world.slug("p1", "decision_became_final", of(decision, "2023-05-12")), "final-already");
        world.given("p1", "record_retracted", json!({"occurred_on": "2023-12-01", "version": said}));
        assert_eq!(finality(&world, "2023-05-11"), "open");
        assert!(world.row("p1").decision.unwrap().estimate.is_some());
    }

    #[test]
    fn a_certificate_overrides_the_calendar_and_may_follow_what_was_said() {
        let (mut world, decision) = open();
        let certified = |date: &str| with(of(decision, date), json!({"certificate": {"issuer": "hallinto-oikeus"}}));
        world.given("p1", "decision_became_final", certified("2023-05-09"));
        assert_eq!(finality(&world, "2023-05-09"), "final");
        assert_eq!(world.slug("p1", "decision_became_final", certified("2023-05-10")), "final-already");
        let (mut world, decision) = open();
        world.given("p1", "decision_became_final", of(decision, "2023-05-11"));
        world.given("p1", "decision_became_final", certified("2023-06-01"));
        assert_eq!(finality(&world, "2023-05-11"), "final");
    }

    #[test]
    fn nothing_becomes_final_while_it_is_challenged_or_after_it_was_set_aside() {
        let (mut world, decision) = open();
        let appeal = with(of(decision, "2023-05-02"), json!({"kind": "appeal"}));
        world.given("p1", "decision_challenged", appeal);
        assert_eq!(world.row("p1").decision.unwrap().estimate, None);
        let final_on = |date: &str| with(of(decision, date), json!({"certificate": {"issuer": "hallinto-oikeus"}}));
        assert_eq!(world.slug("p1", "decision_became_final", final_on("2023-06-01")), "challenge-pending");
        let resolved =
            |outcome: &str| with(of(decision, "2023-09-01"), json!({"by": "hallinto-oikeus", "outcome": outcome}));
        let mut annulled = world.clone();
        annulled.given("p1", "challenge_resolved", resolved("annulled"));
        assert_eq!(annulled.slug("p1", "decision_became_final", final_on("2023-10-01")), "decision-annulled");
        world.given("p1", "challenge_resolved", resolved("upheld"));
        assert_eq!(world.slug("p1", "decision_became_final", final_on("2023-08-31")), "challenge-pending");
        world.given("p1", "decision_became_final", final_on("2023-10-02"));
        assert_eq!((finality(&world, "2023-09-30"), finality(&world, "2023-10-02")), ("open", "final"));
    }

    #[test]
    fn a_challenge_that_comes_to_light_later_proves_the_record_premature() {
        let (mut world, decision) = open();
        world.given("p1", "decision_became_final", of(decision, "2023-05-11"));
        world.given("p1", "decision_challenged", with(of(decision, "2023-05-09"), json!({"kind": "appeal"})));
        assert_eq!(finality(&world, "2023-06-01"), "challenged");
        let upheld = json!({"by": "hallinto-oikeus", "outcome": "upheld"});
        world.given("p1", "challenge_resolved", with(of(decision, "2023-09-01"), upheld));
        assert_eq!(finality(&world, "2023-10-01"), "open");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        world.on_day("2023-12-01");
        let mut section = 30;
        let mut decide = |world: &mut World, change: serde_json::Value| {
            section += 1;
            let data = with(with(approval("2023-05-08"), json!({"section": section.to_string()})), change);
            world.given("p1", "decision_recorded", data)
        };
        for (change, slug) in [
            (json!({"minutes": "agenda"}), "minutes-not-confirmed"),
            (json!({"minutes": "unconfirmed"}), "minutes-not-confirmed"),
            (json!({"finality": "not_appealable"}), "not-appealable"),
            (json!({"finality": "annulled"}), "decision-annulled"),
            (json!({"finality": "final"}), "final-already"),
        ] {
            let decision = decide(&mut world, change.clone());
            assert_eq!(world.slug("p1", "decision_became_final", of(decision, "2023-10-01")), slug, "{change}");
        }
        let decision = decide(&mut world, json!({"finality": "open"}));
        assert_eq!(world.slug("p2", "decision_became_final", of(decision, "2023-10-01")), "record-of-another-party");
        assert_eq!(world.slug("p1", "decision_became_final", of(decision, "2023-05-07")), "date-before-cause");
    }
}
