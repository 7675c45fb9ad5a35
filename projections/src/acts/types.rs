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
    /// A party for itself, or the registrar in its own name or transcribing a party's act.
    Any,
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
    /// Names of the arguments of its line in the trail, in order.
    pub args: &'static [&'static str],
    /// JSON Schema of `data`.
    pub schema: fn() -> Schema,
}

impl TypeInfo {
    /// The type of that name.
    pub fn named(name: &str) -> Option<&'static TypeInfo> {
        TYPES.iter().copied().find(|info| info.name == name)
    }

    /// The id of its message in the trail: `timeline-` and its name with hyphens.
    pub fn message(&self) -> String {
        format!("timeline-{}", self.name.replace('_', "-"))
    }

    /// Whether the registrar may record it as somebody else's act.
    pub fn is_transcribable(&self) -> bool {
        matches!(self.actors, Actors::Any | Actors::PartyOrTranscribed)
    }

    /// Whether it is an act of keys: signed with purpose `manage`, without `occurred_on`.
    pub fn is_of_keys(&self) -> bool {
        matches!(
            self.name,
            "key_enrolled" | "key_revoked" | "key_threshold_set" | "ledger_founded" | "log_keys_changed"
        )
    }
}

/// Every event type, by name.
pub const TYPES: &[&TypeInfo] = &[
    &agreement_ended::INFO,
    &agreement_opened::INFO,
    &amendment_proposed::INFO,
    &annex_commitment_ended::INFO,
    &annex_committed::INFO,
    &annex_deposited::INFO,
    &area_defined::INFO,
    &challenge_resolved::INFO,
    &comment_round_opened::INFO,
    &comment_submitted::INFO,
    &condition_settled::INFO,
    &counterpart_assigned::INFO,
    &counterpart_ended::INFO,
    &decision_became_final::INFO,
    &decision_challenged::INFO,
    &decision_recorded::INFO,
    &decision_replaced::INFO,
    &dispute_recorded::INFO,
    &dispute_resolved::INFO,
    &division_of_work_set::INFO,
    &draft_presented::INFO,
    &entry_into_force_determined::INFO,
    &forum_ended::INFO,
    &forum_established::INFO,
    &goal_set::INFO,
    &indicator_reported::INFO,
    &key_enrolled::INFO,
    &key_revoked::INFO,
    &key_threshold_set::INFO,
    &ledger_founded::INFO,
    &log_keys_changed::INFO,
    &minutes_confirmed::INFO,
    &minutes_published::INFO,
    &minutes_reinspected::INFO,
    &negotiation_held::INFO,
    &outside_party_joined::INFO,
    &party_acceded::INFO,
    &party_confirmed_by_successor::INFO,
    &party_registered::INFO,
    &party_succeeded::INFO,
    &personal_data_erased::INFO,
    &preparation_phase_recorded::INFO,
    &provisional_application_declared::INFO,
    &provisional_application_ended::INFO,
    &record_confirmed::INFO,
    &record_corrected::INFO,
    &record_retracted::INFO,
    &signature_invalidated::INFO,
    &signing_mandate_recorded::INFO,
    &text_deposited::INFO,
    &text_error_objected::INFO,
    &text_error_proposed::INFO,
    &text_error_rectified::INFO,
    &text_opened_for_approval::INFO,
    &text_signed::INFO,
    &welfare_report_adopted::INFO,
    &withdrawal_notified::INFO,
    &withdrawal_revoked::INFO,
];

/// The type's own members in one schema.
pub(super) fn own<T: JsonSchema>() -> Schema {
    schema_for!(T)
}

/// The type's own members and the common ones in one schema.
pub(super) fn with_common<T: JsonSchema>() -> Schema {
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
    fn no_type_needs_a_member_with_a_common_ones_name() {
        for info in TYPES.iter().filter(|info| !info.is_of_keys()) {
            let schema = (info.schema)();
            let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
            for name in ["invented", "party", "party_described", "source"] {
                assert!(!required.contains(&Value::from(name)), "{}: {name}", info.name);
            }
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
