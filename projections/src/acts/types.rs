//! The list of event types.

use schemars::{JsonSchema, Schema, schema_for};
use serde_json::Value;

use super::*;

/// Which kind of stream an event type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamKind {
    /// The stream of one agreement.
    Agreement,
    /// The stream of the ledger, its parties and keys.
    Registry,
}

/// Who may say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Actors {
    /// A party for itself.
    Party,
    /// A party for itself, or the registrar in its own name.
    PartyOrRegistrar,
    /// A party for itself, or the registrar transcribing a party's public act with its source.
    PartyOrTranscribed,
    /// The registrar.
    Registrar,
}

/// What is known of an event type before any event.
pub struct TypeInfo {
    /// Its name, snake_case.
    pub name: &'static str,
    /// Where it belongs.
    pub stream: StreamKind,
    /// Who may say it.
    pub actors: Actors,
    /// One sentence.
    pub summary: &'static str,
    /// JSON Schema of `data`.
    pub schema: fn() -> Schema,
}

impl TypeInfo {
    /// Whether it is an act of keys: signed with purpose `manage`, without `occurred_on`.
    pub fn is_of_keys(&self) -> bool {
        matches!(
            self.name,
            "key_enrolled" | "key_revoked" | "key_threshold_set" | "ledger_founded" | "log_keys_changed"
        )
    }
}

impl Act {
    /// What is known of its type.
    pub fn info(&self) -> &'static TypeInfo {
        match self {
            Act::AgreementOpened(_) => &TYPES[0],
            Act::ChallengeResolved(_) => &TYPES[1],
            Act::CommentRoundOpened(_) => &TYPES[2],
            Act::DecisionChallenged(_) => &TYPES[3],
            Act::DecisionRecorded(_) => &TYPES[4],
            Act::DraftPresented(_) => &TYPES[5],
            Act::EntryIntoForceDetermined(_) => &TYPES[6],
            Act::KeyEnrolled(_) => &TYPES[7],
            Act::KeyRevoked(_) => &TYPES[8],
            Act::KeyThresholdSet(_) => &TYPES[9],
            Act::LedgerFounded(_) => &TYPES[10],
            Act::LogKeysChanged(_) => &TYPES[11],
            Act::MinutesConfirmed(_) => &TYPES[12],
            Act::MinutesReinspected(_) => &TYPES[13],
            Act::PartyRegistered(_) => &TYPES[14],
            Act::PartySucceeded(_) => &TYPES[15],
            Act::PersonalDataErased(_) => &TYPES[16],
            Act::RecordConfirmed(_) => &TYPES[17],
            Act::RecordCorrected(_) => &TYPES[18],
            Act::RecordRetracted(_) => &TYPES[19],
            Act::SigningMandateRecorded(_) => &TYPES[20],
            Act::TextDeposited(_) => &TYPES[21],
            Act::TextSigned(_) => &TYPES[22],
        }
    }
}

/// Every event type, by name.
pub const TYPES: &[TypeInfo] = &[
    TypeInfo {
        name: "agreement_opened",
        stream: StreamKind::Agreement,
        actors: Actors::Registrar,
        summary: "Opens an agreement: titles, roster, rules, forums, interface areas.",
        schema: with_common::<AgreementOpened>,
    },
    TypeInfo {
        name: "challenge_resolved",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrTranscribed,
        summary: "A court or organ resolved a challenge of a decision.",
        schema: with_common::<ChallengeResolved>,
    },
    TypeInfo {
        name: "comment_round_opened",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrRegistrar,
        summary: "Parties are asked to comment on a draft by a date.",
        schema: with_common::<CommentRoundOpened>,
    },
    TypeInfo {
        name: "decision_challenged",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrTranscribed,
        summary: "A decision was taken up, claimed against or appealed.",
        schema: with_common::<DecisionChallenged>,
    },
    TypeInfo {
        name: "decision_recorded",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrTranscribed,
        summary: "What an organ of a party decided.",
        schema: with_common::<DecisionRecorded>,
    },
    TypeInfo {
        name: "draft_presented",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrRegistrar,
        summary: "A draft was shown to an organ or forum.",
        schema: with_common::<DraftPresented>,
    },
    TypeInfo {
        name: "entry_into_force_determined",
        stream: StreamKind::Agreement,
        actors: Actors::Registrar,
        summary: "States from when the agreement is in force.",
        schema: with_common::<EntryIntoForceDetermined>,
    },
    TypeInfo {
        name: "key_enrolled",
        stream: StreamKind::Registry,
        actors: Actors::PartyOrRegistrar,
        summary: "A key begins to speak for a party.",
        schema: own::<KeyEnrolled>,
    },
    TypeInfo {
        name: "key_revoked",
        stream: StreamKind::Registry,
        actors: Actors::PartyOrRegistrar,
        summary: "A key stops speaking for a party.",
        schema: own::<KeyRevoked>,
    },
    TypeInfo {
        name: "key_threshold_set",
        stream: StreamKind::Registry,
        actors: Actors::PartyOrRegistrar,
        summary: "How many keys a party's key events need.",
        schema: own::<KeyThresholdSet>,
    },
    TypeInfo {
        name: "ledger_founded",
        stream: StreamKind::Registry,
        actors: Actors::Registrar,
        summary: "Record 0: the keys of the log and of the registrar.",
        schema: own::<LedgerFounded>,
    },
    TypeInfo {
        name: "log_keys_changed",
        stream: StreamKind::Registry,
        actors: Actors::Registrar,
        summary: "The log's keys are changed.",
        schema: own::<LogKeysChanged>,
    },
    TypeInfo {
        name: "minutes_confirmed",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrTranscribed,
        summary: "The minutes of a decision were confirmed.",
        schema: with_common::<MinutesConfirmed>,
    },
    TypeInfo {
        name: "minutes_reinspected",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrTranscribed,
        summary: "The minutes of a decision were inspected again.",
        schema: with_common::<MinutesReinspected>,
    },
    TypeInfo {
        name: "party_registered",
        stream: StreamKind::Registry,
        actors: Actors::Registrar,
        summary: "A legal person that can be a party.",
        schema: with_common::<PartyRegistered>,
    },
    TypeInfo {
        name: "party_succeeded",
        stream: StreamKind::Registry,
        actors: Actors::Registrar,
        summary: "Parties merge, split, are absorbed, or change name or business id.",
        schema: with_common::<PartySucceeded>,
    },
    TypeInfo {
        name: "personal_data_erased",
        stream: StreamKind::Registry,
        actors: Actors::PartyOrRegistrar,
        summary: "A disclosure is erased; the chain stays.",
        schema: with_common::<PersonalDataErased>,
    },
    TypeInfo {
        name: "record_confirmed",
        stream: StreamKind::Agreement,
        actors: Actors::Party,
        summary: "A party makes a transcription of its act its own.",
        schema: with_common::<RecordConfirmed>,
    },
    TypeInfo {
        name: "record_corrected",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrRegistrar,
        summary: "An earlier record was written wrong.",
        schema: with_common::<RecordCorrected>,
    },
    TypeInfo {
        name: "record_retracted",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrRegistrar,
        summary: "An earlier record was submitted in error.",
        schema: with_common::<RecordRetracted>,
    },
    TypeInfo {
        name: "signing_mandate_recorded",
        stream: StreamKind::Agreement,
        actors: Actors::PartyOrTranscribed,
        summary: "Who may sign for a party, and how many must.",
        schema: with_common::<SigningMandateRecorded>,
    },
    TypeInfo {
        name: "text_deposited",
        stream: StreamKind::Agreement,
        actors: Actors::Registrar,
        summary: "A text of the agreement, named by its SHA-256.",
        schema: with_common::<TextDeposited>,
    },
    TypeInfo {
        name: "text_signed",
        stream: StreamKind::Agreement,
        actors: Actors::Party,
        summary: "One role signs one text for its party.",
        schema: with_common::<TextSigned>,
    },
];

fn own<T: JsonSchema>() -> Schema {
    schema_for!(T)
}

/// The type's own members and the common ones in one schema.
fn with_common<T: JsonSchema>() -> Schema {
    let mut schema = schema_for!(T);
    let common = schema_for!(Common);
    for place in ["properties", "$defs"] {
        let Some(Value::Object(members)) = common.get(place) else { continue };
        let all = schema.ensure_object().entry(place).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(all) = all {
            all.extend(members.clone());
        }
    }
    let required = schema.ensure_object().entry("required").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(required) = required {
        required.push("occurred_on".into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order_and_complete() {
        assert!(TYPES.is_sorted_by(|left, right| left.name < right.name));
        for info in TYPES {
            let unknown = Act::of_members(info.name, Map::new());
            assert!(!matches!(unknown, Err(BadEvent::UnknownType(_))), "{}", info.name);
        }
    }

    #[test]
    fn schemas_hold_own_and_common_members() {
        for info in TYPES {
            let schema = (info.schema)();
            let has = |name: &str| schema.pointer(&format!("/properties/{name}")).is_some();
            assert_eq!(has("occurred_on"), !info.is_of_keys(), "{}", info.name);
            assert_eq!(schema.get("additionalProperties"), Some(&Value::Bool(false)), "{}", info.name);
        }
    }
}
