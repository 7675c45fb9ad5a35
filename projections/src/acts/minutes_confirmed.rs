//! `minutes_confirmed`: the minutes of a decision were inspected and confirmed.

use super::act_type::{ActType, Args, args};
use super::decision_recorded::Minutes;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

/// Confirms the minutes of one decision; by its party, or the registrar transcribing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesConfirmed {
    /// Version of the `decision_recorded`.
    pub decision: u64,
    /// SHA-256 of the extract of the confirmed minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "minutes_confirmed",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "The minutes of a decision were confirmed.",
    args: &["target"],
    schema: with_common::<MinutesConfirmed>,
};

impl ActType for MinutesConfirmed {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.decision.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.decision]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/challenge", "/decision", "/invented", "/party"]
    }
}

fn decide(act: &MinutesConfirmed, case: &Case<'_>) -> Result<(), Refusal> {
    let (entry, decision) = case.own_decision(act.decision, "data.decision")?;
    case.check_after(entry)?;
    if case.is_transcription() && !entry.is_transcription() {
        let reason = "the party recorded this decision itself; its minutes are its own to confirm";
        return Err(Refusal::new(
            "transcription-of-own-act",
            "data.decision",
            reason,
            "ask the party to record minutes_confirmed, with its own key",
        ));
    }
    if decision.minutes != Minutes::Unconfirmed {
        let reason = format!("the minutes of decision {} are recorded as {}", entry.version, decision.minutes.as_str());
        return Err(Refusal::new(
            "minutes-not-unconfirmed",
            "data.decision",
            reason,
            "only unconfirmed minutes are confirmed; an agenda is corrected first, with what was decided",
        ));
    }
    let confirmed = case.agreement.about(act.decision).find(|other| matches!(&other.act, Act::MinutesConfirmed(_)));
    match confirmed {
        Some(other) => {
            let reason = format!("record {} confirms these minutes already", other.version);
            let accepted = format!("nothing more is needed; correct record {} if it is wrong", other.version);
            Err(Refusal::new("minutes-confirmed-already", "data.decision", reason, accepted))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, approval, with};

    #[test]
    fn only_its_own_unconfirmed_minutes_and_once() {
        let mut world = World::of_parties(2);
        let unconfirmed = with(approval("2023-05-08"), json!({"minutes": "unconfirmed"}));
        let version = world.on_day("2023-06-01").given("p1", "decision_recorded", unconfirmed);
        let confirmed = json!({"decision": version, "occurred_on": "2023-05-11"});
        assert_eq!(world.slug("p2", "minutes_confirmed", confirmed.clone()), "record-of-another-party");
        assert_eq!(world.slug("registrar", "minutes_confirmed", confirmed.clone()), "transcription-party");
        for (change, slug) in [
            (json!({"decision": 1}), "record-of-another-type"),
            (json!({"decision": 99}), "record-unknown"),
            (json!({"occurred_on": "2023-05-07"}), "date-before-cause"),
        ] {
            assert_eq!(world.slug("p1", "minutes_confirmed", with(confirmed.clone(), change)), slug);
        }
        world.given("p1", "minutes_confirmed", confirmed.clone());
        assert_eq!(world.slug("p1", "minutes_confirmed", confirmed), "minutes-confirmed-already");
        let other = world.approve("p2", "2023-05-08");
        let confirmed = json!({"decision": other, "occurred_on": "2023-05-11"});
        assert_eq!(world.slug("p2", "minutes_confirmed", confirmed), "minutes-not-unconfirmed");
    }
}
