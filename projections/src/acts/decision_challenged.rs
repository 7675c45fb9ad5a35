//! `decision_challenged`: a decision was taken up, claimed against or appealed.

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::finality;
use crate::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A challenge of one decision; by its party, or the registrar transcribing. It stays counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionChallenged {
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// How.
    pub kind: ChallengeKind,
}

/// How a decision is challenged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeKind {
    /// Appeal to an administrative court (kunnallisvalitus; KuntaL § 135).
    Appeal,
    /// Extraordinary appeal against a final decision to the Supreme Administrative Court: restoration of a lapsed
    /// time or annulment (menetetyn määräajan palauttaminen, purku; act 808/2019). Legal force stays meanwhile.
    Extraordinary,
    /// Claim for a revised decision (oikaisuvaatimus; KuntaL § 134).
    RectificationClaim,
    /// Taken up by a superior organ (otto-oikeus; KuntaL § 92).
    TakeUp,
}

impl ChallengeKind {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            ChallengeKind::Appeal => "appeal",
            ChallengeKind::Extraordinary => "extraordinary",
            ChallengeKind::RectificationClaim => "rectification_claim",
            ChallengeKind::TakeUp => "take_up",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "decision_challenged",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A decision was taken up, claimed against or appealed.",
    args: &["challenge", "target"],
    schema: with_common::<DecisionChallenged>,
};

impl ActType for DecisionChallenged {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("challenge", self.kind.as_str().to_owned()), ("target", self.decision.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/challenge", "/decision", "/invented", "/party"]
    }
}

fn decide(act: &DecisionChallenged, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, _) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    let on = case.occurred_on();
    if let Some(annulment) = finality::annulment(case.agreement, act.decision, on) {
        let reason = format!("decision {} was set aside already, by record {}", act.decision, annulment.version);
        return Err(Refusal::new(
            "decision-annulled",
            "data.decision",
            reason,
            format!("a decision that still stands, or a day before the one of record {}", annulment.version),
        ));
    }
    // Legal force ends the ordinary ways; a court that restores a lapsed time does so on an extraordinary appeal.
    match finality::became_final(case.agreement, act.decision, on) {
        Some(entry) if act.kind != ChallengeKind::Extraordinary => {
            let reason = format!("decision {} had become final by then, by record {}", act.decision, entry.version);
            Err(Refusal::new(
                "decision-final",
                "data.kind",
                reason,
                "kind extraordinary; or retract a record of finality that was premature",
            ))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, approval, with};
    use crate::status::NoteCode;

    #[test]
    fn a_final_decision_is_challenged_extraordinarily_only_and_stays_final_meanwhile() {
        let mut world = World::of_parties(2);
        let data = with(approval("2023-05-08"), json!({"finality": "open"}));
        let decision = world.on_day("2024-12-01").given("p1", "decision_recorded", data);
        let of = |date: &str, more: serde_json::Value| with(json!({"decision": decision, "occurred_on": date}), more);
        world.given("p1", "decision_became_final", of("2023-07-01", json!({})));
        for kind in ["appeal", "rectification_claim", "take_up"] {
            let late = of("2023-07-01", json!({"kind": kind}));
            assert_eq!(world.slug("p1", "decision_challenged", late), "decision-final", "{kind}");
        }
        let challenge = world.given("p1", "decision_challenged", of("2024-02-01", json!({"kind": "extraordinary"})));
        let row = world.row("p1");
        assert_eq!(row.decision.as_ref().unwrap().finality.unwrap().as_str(), "final");
        assert!(row.approved && row.has(NoteCode::ExtraordinaryChallenge) && !row.has(NoteCode::Challenged));
        let annulled = json!({"by": "korkein hallinto-oikeus", "challenge": challenge, "outcome": "annulled"});
        world.given("p1", "challenge_resolved", of("2024-11-01", annulled));
        assert_eq!((world.status("2024-10-31").approved, world.now().approved), (1, 0));
        assert!(!world.row("p1").has(NoteCode::ExtraordinaryChallenge));
    }
}
