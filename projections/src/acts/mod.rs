//! What can be said: one file per event type, and the list of them all.
//!
//! A new type is a new file, a variant of [`Act`], an entry of [`TYPES`] and an arm where the
//! compiler asks for one.

pub mod agreement_opened;
pub mod challenge_resolved;
pub mod codes;
pub mod comment_round_opened;
pub mod common;
pub mod decision_challenged;
pub mod decision_layers;
pub mod decision_recorded;
pub mod draft_presented;
pub mod entry_into_force_determined;
mod key_enrolled;
pub mod line;
pub mod minutes_confirmed;
pub mod minutes_reinspected;
pub mod organ;
pub mod party_registered;
pub mod party_succeeded;
pub mod personal_data_erased;
pub mod pointer;
pub mod record_confirmed;
pub mod record_corrected;
pub mod record_retracted;
pub mod signing_mandate_recorded;
pub mod subject;
pub mod text_deposited;
pub mod text_signed;
mod types;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use sinetti_events::format::payload::EventType;
use sinetti_events::keys::key_enrolled::KeyEnrolled;
use sinetti_events::keys::key_revoked::KeyRevoked;
use sinetti_events::keys::key_threshold_set::KeyThresholdSet;
use sinetti_events::keys::ledger_founded::LedgerFounded;
use sinetti_events::keys::log_keys_changed::LogKeysChanged;

pub use agreement_opened::AgreementOpened;
pub use challenge_resolved::ChallengeResolved;
pub use comment_round_opened::CommentRoundOpened;
pub use common::Common;
pub use decision_challenged::DecisionChallenged;
pub use decision_recorded::DecisionRecorded;
pub use draft_presented::DraftPresented;
pub use entry_into_force_determined::EntryIntoForceDetermined;
pub use minutes_confirmed::MinutesConfirmed;
pub use minutes_reinspected::MinutesReinspected;
pub use party_registered::PartyRegistered;
pub use party_succeeded::PartySucceeded;
pub use personal_data_erased::PersonalDataErased;
pub use record_confirmed::RecordConfirmed;
pub use record_corrected::RecordCorrected;
pub use record_retracted::RecordRetracted;
pub use signing_mandate_recorded::SigningMandateRecorded;
pub use text_deposited::TextDeposited;
pub use text_signed::TextSigned;
pub use types::{Actors, StreamKind, TYPES, TypeInfo};

use crate::case::Case;
use crate::event::BadEvent;
use crate::refusal::Refusal;

/// An act: the members of one event type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant's type says what it is")]
pub enum Act {
    AgreementOpened(Box<AgreementOpened>),
    ChallengeResolved(ChallengeResolved),
    CommentRoundOpened(CommentRoundOpened),
    DecisionChallenged(DecisionChallenged),
    DecisionRecorded(Box<DecisionRecorded>),
    DraftPresented(DraftPresented),
    EntryIntoForceDetermined(EntryIntoForceDetermined),
    KeyEnrolled(Box<KeyEnrolled>),
    KeyRevoked(KeyRevoked),
    KeyThresholdSet(KeyThresholdSet),
    LedgerFounded(Box<LedgerFounded>),
    LogKeysChanged(LogKeysChanged),
    MinutesConfirmed(MinutesConfirmed),
    MinutesReinspected(Box<MinutesReinspected>),
    PartyRegistered(Box<PartyRegistered>),
    PartySucceeded(PartySucceeded),
    PersonalDataErased(PersonalDataErased),
    RecordConfirmed(RecordConfirmed),
    RecordCorrected(RecordCorrected),
    RecordRetracted(RecordRetracted),
    SigningMandateRecorded(SigningMandateRecorded),
    TextDeposited(Box<TextDeposited>),
    TextSigned(Box<TextSigned>),
}

impl Act {
    /// Parses `data` of an event of type `kind`.
    ///
    /// # Errors
    ///
    /// No such type; or the member that the type does not have, or not so.
    pub fn parse(kind: &EventType, data: &RawValue) -> Result<(Common, Act), BadEvent> {
        let members = serde_json::from_str(data.get())
            .map_err(|error| BadEvent::Member { member: "data".into(), reason: error.to_string() })?;
        Act::of_members(kind.as_str(), members)
    }

    /// The event type's name.
    pub fn kind(&self) -> &'static str {
        self.info().name
    }

    /// The members of the type alone.
    pub(crate) fn members(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(tagged)) => match tagged.into_iter().next() {
                Some((_, Value::Object(members))) => members,
                _ => Map::new(),
            },
            _ => Map::new(),
        }
    }

    /// Parses the members of `data`, common ones included.
    pub(crate) fn of_members(kind: &str, mut members: Map<String, Value>) -> Result<(Common, Act), BadEvent> {
        let info = TYPES.iter().find(|info| info.name == kind);
        let info = info.ok_or_else(|| BadEvent::UnknownType(kind.to_owned()))?;
        let common = if info.is_of_keys() { Common::default() } else { Common::take(&mut members)? };
        if !info.is_of_keys() && common.occurred_on.is_none() {
            let reason = "missing; say when it happened, as YYYY-MM-DD".to_owned();
            return Err(BadEvent::Member { member: "data.occurred_on".into(), reason });
        }
        let act = typed(kind, members)?;
        Ok((common, act))
    }
}

/// Acts are tagged by their type, so the enum itself is the table of parsers.
fn typed(kind: &str, members: Map<String, Value>) -> Result<Act, BadEvent> {
    let mut tagged = Map::new();
    tagged.insert(kind.to_owned(), Value::Object(members.clone()));
    let act: Act = serde_path_to_error::deserialize(Value::Object(tagged)).map_err(|error| {
        let path = error.path().to_string();
        BadEvent::Member { member: path.replacen(kind, "data", 1), reason: error.inner().to_string() }
    })?;
    one_form(&members, &act.members()).map(|()| act)
}

/// There is one way to say a thing: false and empty lists are left out, and nothing is dropped
/// in parsing.
fn one_form(said: &Map<String, Value>, understood: &Map<String, Value>) -> Result<(), BadEvent> {
    let odd = said.iter().find(|(name, value)| understood.get(*name) != Some(value));
    match odd {
        None => Ok(()),
        Some((name, _)) => {
            let reason = "said in another form than its own; leave out what is false or empty, and write \
                          nothing that the type does not have";
            Err(BadEvent::Member { member: format!("data.{name}"), reason: reason.into() })
        }
    }
}

impl Act {
    /// The rules of its own type. Those of key acts are the keyring's, but for what the registry adds.
    pub(crate) fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        match self {
            Act::AgreementOpened(act) => agreement_opened::decide(act, case),
            Act::ChallengeResolved(act) => challenge_resolved::decide(act, case),
            Act::CommentRoundOpened(act) => comment_round_opened::decide(act, case),
            Act::DecisionChallenged(act) => decision_challenged::decide(act, case),
            Act::DecisionRecorded(act) => decision_recorded::decide(act, case),
            Act::DraftPresented(act) => draft_presented::decide(act, case),
            Act::EntryIntoForceDetermined(act) => entry_into_force_determined::decide(act, case),
            Act::KeyEnrolled(act) => key_enrolled::decide(act, case),
            Act::MinutesConfirmed(act) => minutes_confirmed::decide(act, case),
            Act::MinutesReinspected(act) => minutes_reinspected::decide(act, case),
            Act::PartyRegistered(act) => party_registered::decide(act, case),
            Act::PartySucceeded(act) => party_succeeded::decide(act, case),
            Act::PersonalDataErased(act) => personal_data_erased::decide(act, case),
            Act::RecordConfirmed(act) => record_confirmed::decide(act, case),
            Act::RecordCorrected(act) => record_corrected::decide(act, case),
            Act::RecordRetracted(act) => record_retracted::decide(act, case),
            Act::SigningMandateRecorded(act) => signing_mandate_recorded::decide(act, case),
            Act::TextDeposited(act) => text_deposited::decide(act, case),
            Act::TextSigned(act) => text_signed::decide(act, case),
            Act::KeyRevoked(_) | Act::KeyThresholdSet(_) | Act::LedgerFounded(_) | Act::LogKeysChanged(_) => Ok(()),
        }
    }

    /// Whether the registrar may record it as somebody else's act.
    pub(crate) fn is_transcribable(&self) -> bool {
        matches!(self, Act::DraftPresented(_) | Act::CommentRoundOpened(_))
            || self.info().actors == Actors::PartyOrTranscribed
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::given::{approval, opening, signature, with};

    fn parse(kind: &str, data: &Value) -> Result<(Common, Act), BadEvent> {
        Act::parse(&kind.parse().unwrap(), &serde_json::value::to_raw_value(data).unwrap())
    }

    #[test]
    fn what_is_parsed_is_what_was_said() {
        let rule = json!({"hub": "p1", "kind": "each_when_approved_and_signed"});
        for (kind, data) in [
            ("decision_recorded", approval("2023-05-08")),
            ("text_signed", signature("a", "2023-05-08")),
            ("agreement_opened", opening(3, rule)),
            ("record_retracted", json!({"invented": true, "occurred_on": "2023-05-08", "version": 3})),
        ] {
            let (common, act) = parse(kind, &data).unwrap();
            let mut members = act.members();
            common.put(&mut members);
            assert_eq!(Value::Object(members), data, "{kind}");
            assert_eq!(act.kind(), kind);
        }
    }

    #[test]
    fn an_unknown_type_is_told_apart_from_a_malformed_one() {
        let unknown = parse("party_acceded", &json!({})).unwrap_err();
        assert_eq!((unknown.slug(), unknown.member()), ("event-type-unknown", "type"));
        let malformed = parse("record_retracted", &json!({"occurred_on": "2023-05-08"})).unwrap_err();
        assert_eq!(malformed.slug(), "data-malformed");
        assert!(malformed.to_string().contains("`version`"), "{malformed}");
    }

    #[test]
    fn there_is_one_way_to_say_a_thing() {
        for change in [
            json!({"invented": false}),
            json!({"conditions": []}),
            json!({"colour": "red"}),
            json!({"occurred_on": null}),
        ] {
            let said = with(approval("2023-05-08"), change.clone());
            assert_eq!(parse("decision_recorded", &said).unwrap_err().slug(), "data-malformed", "{change}");
        }
    }

    #[test]
    fn a_tag_of_another_variant_hides_nothing() {
        let rule = json!({"hub": "p1", "kind": "all_approved_and_signed"});
        assert!(parse("agreement_opened", &opening(3, rule)).is_err());
        let term = with(
            opening(3, json!({"kind": "all_approved"})),
            json!({"term": {"kind": "until_further_notice", "until": "2025-01-01"}}),
        );
        assert!(parse("agreement_opened", &term).is_err());
    }
}
