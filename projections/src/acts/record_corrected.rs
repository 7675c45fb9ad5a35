//! `record_corrected`: an entry was wrong; the act itself is what it was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::pointer::Change;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::pointer::{BadChange, Pointer};
use crate::agreement::{BadCorrection, Entry, Original};
use crate::case::Case;
use crate::refusal::Refusal;

/// Corrects members of an earlier record; by its own actor. The record stays as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordCorrected {
    /// What was wrong, one change a member.
    pub changes: Vec<Change>,
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
    /// Version of the record.
    pub version: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "record_corrected",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrRegistrar,
    summary: "An earlier record was written wrong.",
    args: &["changes", "fields", "target"],
    schema: with_common::<RecordCorrected>,
};

impl ActType for RecordCorrected {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        {
            let fields: Vec<&str> = self.changes.iter().map(|change| change.field.as_str()).collect();
            args([
                ("changes", self.changes.len().to_string()),
                ("fields", fields.join(", ")),
                ("target", self.version.to_string()),
            ])
        }
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.version]
    }

    fn is_about_records(&self) -> bool {
        true
    }
}

fn decide(act: &RecordCorrected, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.record(act.version, "data.version")?;
    check_own(entry, case)?;
    if act.changes.is_empty() {
        return Err(Refusal::new(
            "correction-empty",
            "data.changes",
            "a correction changes something",
            "name each member that was wrong: field, old and new",
        ));
    }
    check_changes(entry, &act.changes, case)
}

/// Who wrote a record corrects or retracts it; what a party has confirmed is the party's word.
pub(super) fn check_own(entry: &Entry, case: &Case<'_>) -> Result<(), Refusal> {
    if entry.actor != *case.actor {
        let reason = format!("record {} was written by {}", entry.version, entry.actor);
        return Err(Refusal::new(
            "record-of-another-party",
            "data.version",
            reason,
            "its own actor corrects or retracts it",
        ));
    }
    match (entry.confirmed_by, &entry.common.party) {
        (Some(by), Some(party)) => {
            let reason = format!("{party} has confirmed record {} in record {by}", entry.version);
            Err(Refusal::new(
                "record-confirmed",
                "data.version",
                reason,
                format!("{party} first retracts its confirmation, or records the act itself"),
            ))
        }
        _ => Ok(()),
    }
}

/// Whether `changes` fit the record as it stands and the result would itself be allowed.
pub(super) fn check_changes(entry: &Entry, changes: &[Change], case: &Case<'_>) -> Result<(), Refusal> {
    check_targets(entry, changes)?;
    let stands = Original { act: entry.act.clone(), common: entry.common.clone() };
    let (common, act) = stands.changed(changes.iter()).map_err(|bad| refused(&bad, changes))?;
    let before = case.agreement.without(entry.version);
    let corrected =
        Case { agreement: &before, actor: &entry.actor, common: &common, correcting: Some(entry.version), ..*case };
    let judged = corrected.check_common(&act).and_then(|()| act.decide(&corrected));
    judged.map_err(|refusal| Refusal {
        reason: format!(
            "as corrected, record {} would be refused ({}): {}",
            entry.version, refusal.member, refusal.reason
        ),
        member: "data.changes".into(),
        ..refusal
    })
}

/// No member twice, and none on which other records rest.
fn check_targets(entry: &Entry, changes: &[Change]) -> Result<(), Refusal> {
    if entry.act.of_type().is_about_records() {
        let reason = format!("record {} is itself about another record", entry.version);
        return Err(Refusal::new("correction-of-correction", "data.version", reason, "retract it and record it again"));
    }
    for (at, change) in changes.iter().enumerate() {
        let member = format!("data.changes[{at}].field");
        if changes[..at].iter().any(|earlier| earlier.field.overlaps(&change.field)) {
            return Err(Refusal::new(
                "named-twice",
                member,
                format!("{} is changed twice", change.field),
                "change each member once, the whole of it or its parts",
            ));
        }
        let fixed = entry
            .act
            .of_type()
            .fixed_members()
            .iter()
            .any(|fixed| Pointer::try_from((*fixed).to_owned()).is_ok_and(|fixed| fixed.overlaps(&change.field)));
        if fixed {
            let reason = format!("other records rest on {}; it can't be corrected", change.field);
            return Err(Refusal::new(
                "correction-not-possible",
                member,
                reason,
                "retract the record and record the act again; an agreement's roster and rule change by amendment only",
            ));
        }
    }
    Ok(())
}

fn refused(bad: &BadCorrection, changes: &[Change]) -> Refusal {
    let member = |change: &Change, name: &str| {
        let at = changes.iter().position(|other| other == change).unwrap_or_default();
        format!("data.changes[{at}].{name}")
    };
    match bad {
        BadCorrection::Change(change, BadChange::Old { stands }) => {
            let stands = stands.as_ref().map_or("nothing".to_owned(), ToString::to_string);
            Refusal::new(
                "correction-old",
                member(change, "old"),
                format!("{} is not what it says", change.field),
                format!("what stands there now is {stands}"),
            )
        }
        BadCorrection::Change(change, BadChange::Nothing) => {
            let accepted = "say what should stand there, or leave this change out";
            Refusal::new("correction-empty", member(change, "new"), "old and new are the same", accepted)
        }
        BadCorrection::Change(change, BadChange::Place) => Refusal::new(
            "correction-place",
            member(change, "field"),
            format!("there is no such place as {}", change.field),
            "a JSON pointer into the record's data, such as /section",
        ),
        BadCorrection::Result(bad) => {
            let reason = format!("as corrected it would be no act of its type: {bad}");
            let accepted = "a change after which the record still follows the schema of its type";
            Refusal::new("correction-malformed", "data.changes", reason, accepted)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, text_a, text_b, with};
    use crate::status::{ContestCode, NoteCode};

    fn correction(version: u64, changes: Value) -> Value {
        json!({"changes": changes, "occurred_on": "2023-06-01", "version": version})
    }

    #[test]
    fn given_a_record_when_corrected_then_it_reads_as_corrected_and_keeps_what_was_written() {
        let mut world = World::of_parties(2);
        let version = world.on_day("2023-06-01").approve("p1", "2023-05-09");
        let changes = json!([{"field": "/occurred_on", "old": "2023-05-09", "new": "2023-05-08"}, {"field": "/case_number", "new": "1/2023"}]);
        let by = world.given("p1", "record_corrected", correction(version, changes));
        let entry = &world.agreement.entries[&version];
        assert_eq!(entry.corrected_by, [by]);
        assert_eq!(entry.common.occurred_on.unwrap().to_string(), "2023-05-08");
        assert_eq!(entry.original.as_ref().unwrap().common.occurred_on.unwrap().to_string(), "2023-05-09");
        assert_eq!(world.row("p1").approved_on.unwrap().to_string(), "2023-05-08");
        assert_eq!(world.row("p1").decision.unwrap().case_number.unwrap().as_str(), "1/2023");
        assert!(world.row("p1").has(NoteCode::Corrected));
    }

    #[test]
    fn a_correction_of_a_correction_changes_what_stands_and_later_ones_are_taken_back_first() {
        let mut world = World::of_parties(2);
        let version = world.on_day("2023-06-01").approve("p1", "2023-05-08");
        let change = |old: &str, new: &str| json!([{"field": "/section", "old": old, "new": new}]);
        let first = world.given("p1", "record_corrected", correction(version, change("21", "22")));
        let refusal = world.refused("p1", "record_corrected", correction(version, change("21", "23")));
        assert_eq!((refusal.slug, refusal.member.as_str()), ("correction-old", "data.changes[0].old"));
        assert!(refusal.accepted.contains("22"));
        let second = world.given("p1", "record_corrected", correction(version, change("22", "23")));
        let retraction = |version: u64| json!({"occurred_on": "2023-06-01", "version": version});
        assert_eq!(world.slug("p1", "record_retracted", retraction(first)), "correction-in-use");
        world.given("p1", "record_retracted", retraction(second));
        assert_eq!(world.row("p1").decision.unwrap().section.unwrap().as_str(), "22");
        world.given("p1", "record_retracted", retraction(first));
        assert_eq!(world.row("p1").decision.unwrap().section.unwrap().as_str(), "21");
        assert_eq!(world.agreement.entries[&version].original, None);
    }

    #[test]
    fn what_the_rules_would_refuse_is_no_correction() {
        let mut world = World::of_parties(2);
        let version = world.on_day("2023-06-01").approve("p1", "2023-05-08");
        world.given("p1", "decision_recorded", with(approval("2023-05-08"), json!({"section": "22"})));
        let change = |field: &str, old: Value, new: Value| json!([{"field": field, "old": old, "new": new}]);
        for (changes, slug) in [
            (change("/occurred_on", json!("2023-05-08"), json!("2024-05-08")), "date-in-future"),
            (change("/section", json!("21"), json!("22")), "decision-recorded-already"),
            (change("/organ/kind", json!("council"), json!("forum")), "forum-never-competent"),
            (change("/subject/digest", json!(text_a()), json!(text_b())), "text-unknown"),
            (change("/organ/kind", json!("council"), json!("king")), "correction-malformed"),
            (json!([{"field": "/occurred_on", "old": "2023-05-08"}]), "correction-malformed"),
            (json!([{"field": "/subject", "old": {"digest": text_a()}}]), "subject-missing"),
            (json!([{"field": "/invented", "new": true}]), "correction-not-possible"),
            (json!([{"field": "/party", "new": "p2"}]), "correction-not-possible"),
            (json!([{"field": "/source", "new": "x"}]), "transcription-not-yours"),
            (json!([{"field": "/colour", "new": "red"}]), "correction-malformed"),
            (json!([{"field": "/organ/name/x", "new": "red"}]), "correction-place"),
            (change("/section", json!("21"), json!("21")), "correction-empty"),
            (
                json!([{"field": "/section", "old": "21", "new": "23"}, {"field": "/section", "old": "23", "new": "24"}]),
                "named-twice",
            ),
            (json!([]), "correction-empty"),
            (json!([{"field": "section", "old": "21", "new": "23"}]), "data-malformed"),
        ] {
            assert_eq!(world.slug("p1", "record_corrected", correction(version, changes.clone())), slug, "{changes}");
        }
    }

    #[test]
    fn records_about_records_are_not_corrected() {
        let mut world = World::of_parties(2);
        let version = world.on_day("2023-06-01").approve("p1", "2023-05-08");
        let by = world.given(
            "p1",
            "record_corrected",
            correction(version, json!([{"field": "/case_number", "new": "1/2023"}])),
        );
        let again = correction(by, json!([{"field": "/changes/0/new", "old": "1/2023", "new": "2/2023"}]));
        assert_eq!(world.slug("p1", "record_corrected", again), "correction-of-correction");
        assert_eq!(
            world.slug("p1", "record_corrected", correction(99, json!([{"field": "/x", "new": 1}]))),
            "record-unknown"
        );
    }

    #[test]
    fn what_was_signed_is_not_corrected_by_a_key_that_may_not_sign() {
        let mut world = World::of_parties(2);
        let version = world.on_day("2023-06-01").sign("p1", "2023-05-08");
        let changes = json!([{"field": "/role", "old": "hallituksen puheenjohtaja", "new": "kunnanjohtaja"}]);
        assert_eq!(world.slug("p1", "record_corrected", correction(version, changes)), "correction-not-possible");
        let changes = json!([{"field": "/occurred_on", "old": "2023-05-08", "new": "2023-05-09"}]);
        world.given("p1", "record_corrected", correction(version, changes));
        assert_eq!(world.row("p1").signed_on.unwrap().to_string(), "2023-05-09");
    }

    #[test]
    fn a_correction_after_the_determination_contests_it() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").complete([1, 2], "2023-05-08");
        world.given(
            "registrar",
            "entry_into_force_determined",
            json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"}),
        );
        let later = json!([{"field": "/occurred_on", "old": "2023-05-08", "new": "2023-05-10"}]);
        world.given("p1", "record_corrected", correction(3, later));
        let now = world.now();
        assert_eq!(now.contested_why[0].code, ContestCode::ConditionsLater);
        assert!(now.in_force && now.in_force_since.unwrap().to_string() == "2023-05-08");
        world.given(
            "p1",
            "record_corrected",
            correction(3, json!([{"field": "/effect", "old": "approve", "new": "note"}])),
        );
        let now = world.now();
        assert_eq!((now.contested_why[0].code, now.approved, now.bound), (ContestCode::ApprovalFallen, 1, 1));
        assert_eq!(now.contested_why[0].party.as_ref().unwrap().as_str(), "p1");
    }
}
