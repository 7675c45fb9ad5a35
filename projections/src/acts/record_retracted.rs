//! `record_retracted`: a record was submitted in error.

use super::act_type::{ActType, Args, args};
use super::record_corrected::check_own;
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::{Act, TextDeposited};
use crate::agreement::{Agreement, Entry};
use crate::case::Case;
use crate::in_use;
use crate::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

/// Takes back an earlier record's effect; by its own actor. Never for an act that happened:
/// an annulled or replaced decision happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordRetracted {
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
    /// Version of the record.
    pub version: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "record_retracted",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrRegistrar,
    summary: "An earlier record was submitted in error.",
    args: &["target"],
    schema: with_common::<RecordRetracted>,
};

impl ActType for RecordRetracted {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.version.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.version]
    }

    fn is_about_records(&self) -> bool {
        true
    }
}

fn decide(act: &RecordRetracted, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.record(act.version, "data.version")?;
    check_own(entry, case)?;
    match &entry.act {
        Act::AgreementOpened(_) => {
            let reason = "the opening of an agreement can't be retracted";
            Err(Refusal::new("retraction-of-opening", "data.version", reason, "correct it, or open another agreement"))
        }
        Act::RecordRetracted(_) => {
            let reason = "a retraction can't be retracted";
            Err(Refusal::new("retraction-of-retraction", "data.version", reason, "record the act again"))
        }
        Act::TextDeposited(text) => check_text_unused(entry, text, case),
        Act::RecordCorrected(_) | Act::MinutesReinspected(_) => check_changes_unused(entry, case),
        _ => check_unused(entry, case),
    }
}

/// What another record rests on stays.
fn check_unused(entry: &Entry, case: &Case<'_>) -> Result<(), Refusal> {
    match in_use::user(case.agreement, entry) {
        Some(other) => {
            let reason = format!("record {} rests on it", other.version);
            Err(Refusal::new("record-in-use", "data.version", reason, "what rests on it is retracted first"))
        }
        None => Ok(()),
    }
}

/// A text that another record names stays.
fn check_text_unused(entry: &Entry, text: &TextDeposited, case: &Case<'_>) -> Result<(), Refusal> {
    let names = |other: &&Entry| other.version != entry.version && other.act.names_text(entry.version, text);
    match case.agreement.live().find(names) {
        Some(other) => {
            let reason = format!("record {} refers to this text", other.version);
            Err(Refusal::new("text-in-use", "data.version", reason, "what refers to it is retracted first"))
        }
        None => Ok(()),
    }
}

/// What later corrections built upon stays.
fn check_changes_unused(entry: &Entry, case: &Case<'_>) -> Result<(), Refusal> {
    let target = match &entry.act {
        Act::RecordCorrected(act) => act.version,
        Act::MinutesReinspected(act) => act.decision,
        _ => return Ok(()),
    };
    let Some(corrected) = case.agreement.live_at(target) else { return Ok(()) };
    if corrected.without_correction(case.agreement, entry.version) {
        return Ok(());
    }
    let reason = format!("later corrections of record {target} build on this one");
    Err(Refusal::new("correction-in-use", "data.version", reason, "retract the later corrections first, newest first"))
}

impl Act {
    /// Whether it names the text deposited at `version`.
    fn names_text(&self, version: u64, text: &TextDeposited) -> bool {
        self.of_type().names().iter().any(|named| match named {
            Subject::Digest(named) => text.digest == Some(*named),
            Subject::Deposit(named) => version == *named,
        })
    }
}

impl Entry {
    /// Whether the corrections that stand against it still fit each other without the one at `version`.
    fn without_correction(&self, agreement: &Agreement, version: u64) -> bool {
        let Some(original) = &self.original else { return true };
        let others = agreement.changes(self.version).filter(|(by, _)| *by != version).flat_map(|(_, changes)| changes);
        original.changed(others).is_ok()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, with};
    use crate::status::ContestCode;

    fn retraction(version: u64) -> Value {
        json!({"occurred_on": "2023-06-01", "version": version})
    }

    #[test]
    fn a_retraction_stands() {
        let mut world = World::of_parties(2);
        let version = world.on_day("2023-06-01").approve("p1", "2023-05-08");
        let by = world.given("p1", "record_retracted", retraction(version));
        assert_eq!(world.slug("p1", "record_retracted", retraction(by)), "retraction-of-retraction");
        assert_eq!(world.slug("p1", "record_retracted", retraction(0)), "record-unknown");
        assert_eq!(world.slug("p1", "record_retracted", retraction(99)), "record-unknown");
    }

    #[test]
    fn what_is_retracted_can_not_be_referred_to() {
        let mut world = World::of_parties(2);
        let unconfirmed = with(approval("2023-05-08"), json!({"minutes": "unconfirmed"}));
        let version = world.on_day("2023-06-01").given("p1", "decision_recorded", unconfirmed);
        world.given("p1", "record_retracted", retraction(version));
        let refers = json!({"decision": version, "occurred_on": "2023-06-01"});
        assert_eq!(world.slug("p1", "minutes_confirmed", refers.clone()), "record-retracted");
        assert_eq!(
            world.slug("p1", "decision_challenged", with(refers, json!({"kind": "appeal"}))),
            "record-retracted"
        );
    }

    #[test]
    fn retracting_the_confirmation_of_minutes_takes_the_count_back() {
        let mut world = World::of_parties(2);
        let unconfirmed = with(approval("2023-05-08"), json!({"minutes": "unconfirmed"}));
        let version = world.on_day("2023-06-01").given("p1", "decision_recorded", unconfirmed);
        let confirmed =
            world.given("p1", "minutes_confirmed", json!({"decision": version, "occurred_on": "2023-05-11"}));
        assert_eq!(world.counts().0, 1);
        world.given("p1", "record_retracted", retraction(confirmed));
        assert_eq!((world.counts().0, world.row("p1").why()), (0, Some("minutes_not_confirmed")));
    }

    #[test]
    fn retracting_a_signature_or_a_determination_is_seen() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").complete([1, 2], "2023-05-08");
        let determined = json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"});
        let version = world.given("registrar", "entry_into_force_determined", determined);
        world.given("p2", "record_retracted", retraction(6));
        let now = world.now();
        assert!(now.in_force && now.contested && now.contested_why[0].code == ContestCode::SignatureFallen);
        world.given("registrar", "record_retracted", retraction(version));
        assert!(!world.now().in_force && !world.now().contested && !world.now().determined);
    }
}
