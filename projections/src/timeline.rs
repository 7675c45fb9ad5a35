//! The trail of one agreement, one line a record. Words are the reader's: a line names a
//! message and its arguments, and pages and the command line put it into a language.

use std::collections::BTreeMap;

use serde::Serialize;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::{Date, Instant};

use crate::acts::Act;
use crate::acts::decision_recorded::DecisionRecorded;
use crate::acts::line::Language;
use crate::acts::organ::Organ;
use crate::acts::subject::Subject;
use crate::agreement::{Agreement, Entry};
use crate::registry::Registry;

/// One record of the trail.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Who spoke.
    pub actor: PartyId,
    /// What the message needs; codes as they stand in events.
    pub args: BTreeMap<&'static str, String>,
    /// Versions of the corrections that stand; `args` are as corrected.
    pub corrected_by: Vec<u64>,
    /// Version of the confirmation by the party whose act was transcribed.
    pub confirmed_by: Option<u64>,
    /// Whether it was made up for a demonstration.
    pub invented: bool,
    /// Event type.
    pub kind: &'static str,
    /// Message id, one of [`MESSAGES`].
    pub message: &'static str,
    /// When it happened.
    pub occurred_on: Option<Date>,
    /// Whose act it is; none for the registrar's own and for a party that the source does not name.
    pub party: Option<PartyId>,
    /// Whose act it is in words, where the source names no party.
    pub party_described: Option<String>,
    /// When the ledger recorded it.
    pub recorded_at: Instant,
    /// Version of the record that took it back.
    pub retracted_by: Option<u64>,
    /// Where the registrar has it from.
    pub source: Option<String>,
    /// Whether one of its keys may have been somebody else's.
    pub suspect: bool,
    /// Whether the registrar transcribed it from a public source.
    pub transcribed: bool,
    /// Place in the stream.
    pub version: u64,
}

/// Every message id with its arguments. All are always there, empty where nothing is to be said.
pub const MESSAGES: &[(&str, &[&str])] = &[
    ("timeline-agreement-opened", &["parties", "title"]),
    ("timeline-challenge-resolved", &["by", "outcome", "target"]),
    ("timeline-comment-round-opened", &["deadline"]),
    ("timeline-decision-challenged", &["challenge", "target"]),
    (
        "timeline-decision-recorded",
        &["case", "effect", "minutes", "organ", "organ_kind", "resolution", "section", "subject"],
    ),
    ("timeline-draft-presented", &["organ", "organ_kind"]),
    ("timeline-entry-into-force-determined", &["from", "with"]),
    ("timeline-minutes-confirmed", &["target"]),
    ("timeline-minutes-reinspected", &["changes", "organ", "section", "target"]),
    ("timeline-record-confirmed", &["target"]),
    ("timeline-record-corrected", &["changes", "fields", "target"]),
    ("timeline-record-retracted", &["target"]),
    ("timeline-signing-mandate-recorded", &["needed", "roles"]),
    ("timeline-text-deposited", &["digest", "language", "role", "title"]),
    ("timeline-text-signed", &["digest", "grade", "role"]),
];

/// All records in order, retracted ones included.
pub fn timeline(agreement: &Agreement, registry: &Registry) -> Vec<Line> {
    agreement.entries.values().filter_map(|entry| line(entry, registry)).collect()
}

fn line(entry: &Entry, registry: &Registry) -> Option<Line> {
    let (message, args) = said(&entry.act)?;
    Some(Line {
        actor: entry.actor.clone(),
        args,
        corrected_by: entry.corrected_by.clone(),
        confirmed_by: entry.confirmed_by,
        invented: entry.common.invented,
        kind: entry.act.kind(),
        message,
        occurred_on: entry.common.occurred_on,
        party: entry.party().cloned(),
        party_described: entry.common.party_described.as_ref().map(ToString::to_string),
        recorded_at: entry.recorded_at,
        retracted_by: entry.retracted_by,
        source: entry.common.source.as_ref().map(ToString::to_string),
        suspect: entry.is_suspect(registry),
        transcribed: entry.is_transcription(),
        version: entry.version,
    })
}

type Said = (&'static str, BTreeMap<&'static str, String>);

/// None for acts of the registry stream, which no agreement holds.
fn said(act: &Act) -> Option<Said> {
    Some(match act {
        Act::AgreementOpened(act) => say(
            "timeline-agreement-opened",
            [("parties", act.roster.len().to_string()), ("title", act.titles.in_language(Language::Fi).to_owned())],
        ),
        Act::ChallengeResolved(act) => say(
            "timeline-challenge-resolved",
            [
                ("by", act.by.to_string()),
                ("outcome", act.outcome.as_str().to_owned()),
                ("target", act.decision.to_string()),
            ],
        ),
        Act::CommentRoundOpened(act) => say("timeline-comment-round-opened", [("deadline", act.deadline.to_string())]),
        Act::DecisionChallenged(act) => say(
            "timeline-decision-challenged",
            [("challenge", act.kind.as_str().to_owned()), ("target", act.decision.to_string())],
        ),
        Act::DecisionRecorded(act) => decision(act),
        Act::DraftPresented(act) => say("timeline-draft-presented", organ(&act.to)),
        Act::EntryIntoForceDetermined(act) => say(
            "timeline-entry-into-force-determined",
            [
                ("from", act.in_force_from.to_string()),
                ("with", act.with_party.as_ref().map(ToString::to_string).unwrap_or_default()),
            ],
        ),
        Act::MinutesConfirmed(act) => say("timeline-minutes-confirmed", [("target", act.decision.to_string())]),
        Act::MinutesReinspected(act) => say(
            "timeline-minutes-reinspected",
            [
                ("changes", act.changes.len().to_string()),
                ("organ", act.organ.as_ref().map(|organ| organ.name.to_string()).unwrap_or_default()),
                ("section", act.section.clone().map(String::from).unwrap_or_default()),
                ("target", act.decision.to_string()),
            ],
        ),
        Act::RecordConfirmed(act) => say("timeline-record-confirmed", [("target", act.version.to_string())]),
        Act::RecordCorrected(act) => {
            let fields: Vec<&str> = act.changes.iter().map(|change| change.field.as_str()).collect();
            say(
                "timeline-record-corrected",
                [
                    ("changes", act.changes.len().to_string()),
                    ("fields", fields.join(", ")),
                    ("target", act.version.to_string()),
                ],
            )
        }
        Act::RecordRetracted(act) => say("timeline-record-retracted", [("target", act.version.to_string())]),
        Act::SigningMandateRecorded(act) => {
            let roles: Vec<&str> = act.roles.iter().map(|role| role.as_str()).collect();
            say(
                "timeline-signing-mandate-recorded",
                [("needed", act.needed().to_string()), ("roles", roles.join(", "))],
            )
        }
        Act::TextDeposited(act) => say(
            "timeline-text-deposited",
            [
                ("digest", act.digest.map(|digest| digest.to_string()).unwrap_or_default()),
                ("language", act.language.as_str().to_owned()),
                ("role", act.role.as_str().to_owned()),
                ("title", act.titles.in_language(act.language).to_owned()),
            ],
        ),
        Act::TextSigned(act) => say(
            "timeline-text-signed",
            [
                ("digest", act.text.to_string()),
                ("grade", act.grade.as_str().to_owned()),
                ("role", act.counted_role().to_string()),
            ],
        ),
        Act::KeyEnrolled(_)
        | Act::KeyRevoked(_)
        | Act::KeyThresholdSet(_)
        | Act::LedgerFounded(_)
        | Act::LogKeysChanged(_)
        | Act::PartyRegistered(_)
        | Act::PartySucceeded(_)
        | Act::PersonalDataErased(_) => return None,
    })
}

fn decision(act: &DecisionRecorded) -> Said {
    let subject = match act.subject {
        Some(Subject::Digest(digest)) => digest.to_string(),
        Some(Subject::Deposit(version)) => version.to_string(),
        None => String::new(),
    };
    let args = [
        ("case", act.case_number.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("effect", act.effect.as_str().to_owned()),
        ("minutes", act.minutes.as_str().to_owned()),
        ("resolution", act.resolution.as_str().to_owned()),
        ("section", act.section.clone().map(String::from).unwrap_or_default()),
        ("subject", subject),
    ];
    say("timeline-decision-recorded", args.into_iter().chain(organ(&act.organ)))
}

fn organ(organ: &Organ) -> [(&'static str, String); 2] {
    [("organ", organ.name.to_string()), ("organ_kind", organ.kind.as_str().to_owned())]
}

/// Every argument is always there, empty where there is nothing to say, so that no message
/// ever lacks one.
fn say(message: &'static str, args: impl IntoIterator<Item = (&'static str, String)>) -> Said {
    (message, args.into_iter().collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::acts::{StreamKind, TYPES};
    use crate::given::{World, approval, signature, with};

    /// Everything that can be said in an agreement, once.
    fn world() -> World {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01");
        let board = json!({"kind": "board", "name": "aluehallitus"});
        world.given(
            "registrar",
            "draft_presented",
            json!({"occurred_on": "2023-02-14", "to": {"kind": "forum", "name": "johtoryhmä"}}),
        );
        world.given(
            "registrar",
            "comment_round_opened",
            json!({"deadline": "2023-03-01", "occurred_on": "2023-02-14"}),
        );
        let decision = with(approval("2023-02-20"), json!({"minutes": "unconfirmed", "case_number": "3635/2023"}));
        let decision = world.given("p1", "decision_recorded", decision);
        let of = |more: serde_json::Value| with(json!({"decision": decision, "occurred_on": "2023-03-13"}), more);
        world.given("p1", "minutes_confirmed", of(json!({})));
        world.given("p1", "minutes_reinspected", of(json!({"organ": board, "section": "58"})));
        world.given("p1", "decision_challenged", of(json!({"kind": "take_up"})));
        world.given("p1", "challenge_resolved", of(json!({"by": "aluehallitus", "outcome": "upheld"})));
        let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-02-20", "required": {"kind": "any"}, "roles": ["a", "b"]});
        world.given("p1", "signing_mandate_recorded", mandate);
        world.given("p1", "text_signed", signature("a", "2023-05-08"));
        let source = json!({"party": "p2", "source": "https://example.fi"});
        let transcribed = world.given("registrar", "decision_recorded", with(approval("2023-05-08"), source));
        world.given("p2", "record_confirmed", json!({"occurred_on": "2023-06-01", "version": transcribed}));
        let changes = json!([{"field": "/section", "old": "21", "new": "22"}]);
        world.given(
            "p1",
            "record_corrected",
            json!({"changes": changes, "occurred_on": "2023-06-01", "version": decision}),
        );
        let wrong = world.given("p2", "text_signed", signature("b", "2023-05-08"));
        world.given("p2", "record_retracted", json!({"occurred_on": "2023-06-01", "version": wrong}));
        world.given("p2", "text_signed", signature("a", "2023-05-08"));
        world.given(
            "registrar",
            "entry_into_force_determined",
            json!({"in_force_from": "2023-05-08", "occurred_on": "2023-06-01"}),
        );
        world
    }

    #[test]
    fn every_type_of_the_stream_has_its_message_with_all_its_arguments() {
        let world = world();
        let lines = timeline(&world.agreement, &world.registry);
        assert_eq!(lines.len() as u64, world.agreement.version);
        for info in TYPES.iter().filter(|info| info.stream == StreamKind::Agreement) {
            assert!(lines.iter().any(|line| line.kind == info.name), "{}", info.name);
            let message = format!("timeline-{}", info.name.replace('_', "-"));
            assert!(MESSAGES.iter().any(|(known, _)| *known == message), "{message}");
        }
        for line in &lines {
            let (_, args) = MESSAGES.iter().find(|(message, _)| *message == line.message).unwrap();
            assert_eq!(line.args.keys().copied().collect::<Vec<_>>(), *args, "{}", line.message);
        }
    }

    #[test]
    fn a_line_says_what_became_of_its_record() {
        let world = world();
        let lines = timeline(&world.agreement, &world.registry);
        let by_kind = |kind: &str| lines.iter().find(|line| line.kind == kind).unwrap();
        let decision = by_kind("decision_recorded");
        assert_eq!((decision.args["section"].as_str(), decision.corrected_by.len()), ("22", 1));
        let transcribed = lines.iter().find(|line| line.transcribed).unwrap();
        assert_eq!((transcribed.actor.as_str(), transcribed.party.as_ref().unwrap().as_str()), ("registrar", "p2"));
        assert!(transcribed.confirmed_by.is_some());
        assert_eq!(transcribed.source.as_deref(), Some("https://example.fi"));
        let retracted: Vec<&str> =
            lines.iter().filter(|line| line.retracted_by.is_some()).map(|line| line.kind).collect();
        assert_eq!(retracted, ["text_signed"]);
    }
}
