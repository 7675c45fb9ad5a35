//! What can be said: one file per event type, and the list of them all.
//!
//! A new type is a new file, with its members, its rules and its line in the trail, and its name in
//! four lists: the modules and [`Act`] here, [`Act::of_type`], and [`TYPES`].

pub(crate) mod act_type;
pub mod agreement_ended;
pub mod agreement_opened;
pub mod amendment_proposed;
pub mod annex_commitment_ended;
pub mod annex_committed;
pub mod annex_deposited;
pub mod area_defined;
pub mod challenge_resolved;
pub mod codes;
pub mod comment_round_opened;
pub mod comment_submitted;
pub mod common;
pub mod condition_settled;
pub mod counterpart_assigned;
pub mod counterpart_ended;
pub mod decision_became_final;
pub mod decision_challenged;
pub mod decision_layers;
pub mod decision_recorded;
pub mod decision_replaced;
pub mod dispute_recorded;
pub mod dispute_resolved;
pub mod division_of_work_set;
pub mod draft_presented;
pub mod entry_into_force_determined;
pub mod forum;
pub mod forum_ended;
pub mod forum_established;
pub mod goal_set;
pub mod indicator_reported;
mod key_enrolled;
mod key_revoked;
mod key_threshold_set;
mod ledger_founded;
pub mod line;
mod log_keys_changed;
pub mod minutes_confirmed;
pub mod minutes_published;
pub mod minutes_reinspected;
pub mod negotiation_held;
pub mod organ;
pub mod outside_party_joined;
pub mod party_acceded;
pub mod party_confirmed_by_successor;
pub mod party_registered;
pub mod party_succeeded;
pub mod personal_data_erased;
pub mod pointer;
pub mod preparation_phase_recorded;
pub mod provisional_application_declared;
pub mod provisional_application_ended;
pub mod record_confirmed;
pub mod record_corrected;
pub mod record_retracted;
pub mod rules;
pub mod signature_invalidated;
pub mod signing_mandate_recorded;
pub mod slug;
pub mod subject;
pub mod text_deposited;
pub mod text_error_objected;
pub mod text_error_proposed;
pub mod text_error_rectified;
pub mod text_opened_for_approval;
pub mod text_signed;
mod types;
pub mod welfare_report_adopted;
pub mod withdrawal_notified;
pub mod withdrawal_revoked;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use sinetti_events::format::payload::EventType;
use sinetti_events::keys::key_enrolled::KeyEnrolled;
use sinetti_events::keys::key_revoked::KeyRevoked;
use sinetti_events::keys::key_threshold_set::KeyThresholdSet;
use sinetti_events::keys::ledger_founded::LedgerFounded;
use sinetti_events::keys::log_keys_changed::LogKeysChanged;

pub use agreement_ended::AgreementEnded;
pub use agreement_opened::AgreementOpened;
pub use amendment_proposed::AmendmentProposed;
pub use annex_commitment_ended::AnnexCommitmentEnded;
pub use annex_committed::AnnexCommitted;
pub use annex_deposited::AnnexDeposited;
pub use area_defined::AreaDefined;
pub use challenge_resolved::ChallengeResolved;
pub use comment_round_opened::CommentRoundOpened;
pub use comment_submitted::CommentSubmitted;
pub use common::Common;
pub use condition_settled::ConditionSettled;
pub use counterpart_assigned::CounterpartAssigned;
pub use counterpart_ended::CounterpartEnded;
pub use decision_became_final::DecisionBecameFinal;
pub use decision_challenged::DecisionChallenged;
pub use decision_recorded::DecisionRecorded;
pub use decision_replaced::DecisionReplaced;
pub use dispute_recorded::DisputeRecorded;
pub use dispute_resolved::DisputeResolved;
pub use division_of_work_set::DivisionOfWorkSet;
pub use draft_presented::DraftPresented;
pub use entry_into_force_determined::EntryIntoForceDetermined;
pub use forum_ended::ForumEnded;
pub use forum_established::ForumEstablished;
pub use goal_set::GoalSet;
pub use indicator_reported::IndicatorReported;
pub use minutes_confirmed::MinutesConfirmed;
pub use minutes_published::MinutesPublished;
pub use minutes_reinspected::MinutesReinspected;
pub use negotiation_held::NegotiationHeld;
pub use outside_party_joined::OutsidePartyJoined;
pub use party_acceded::PartyAcceded;
pub use party_confirmed_by_successor::PartyConfirmedBySuccessor;
pub use party_registered::PartyRegistered;
pub use party_succeeded::PartySucceeded;
pub use personal_data_erased::PersonalDataErased;
pub use preparation_phase_recorded::PreparationPhaseRecorded;
pub use provisional_application_declared::ProvisionalApplicationDeclared;
pub use provisional_application_ended::ProvisionalApplicationEnded;
pub use record_confirmed::RecordConfirmed;
pub use record_corrected::RecordCorrected;
pub use record_retracted::RecordRetracted;
pub use signature_invalidated::SignatureInvalidated;
pub use signing_mandate_recorded::SigningMandateRecorded;
pub use text_deposited::TextDeposited;
pub use text_error_objected::TextErrorObjected;
pub use text_error_proposed::TextErrorProposed;
pub use text_error_rectified::TextErrorRectified;
pub use text_opened_for_approval::TextOpenedForApproval;
pub use text_signed::TextSigned;
pub use types::{Actors, StreamKind, TYPES, TypeInfo};
pub use welfare_report_adopted::WelfareReportAdopted;
pub use withdrawal_notified::WithdrawalNotified;
pub use withdrawal_revoked::WithdrawalRevoked;

pub(crate) use act_type::ActType;

use crate::case::Case;
use crate::event::BadEvent;
use crate::refusal::Refusal;

/// An act: the members of one event type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant's type says what it is")]
pub enum Act {
    AgreementEnded(AgreementEnded),
    AgreementOpened(Box<AgreementOpened>),
    AmendmentProposed(Box<AmendmentProposed>),
    AnnexCommitmentEnded(AnnexCommitmentEnded),
    AnnexCommitted(AnnexCommitted),
    AnnexDeposited(Box<AnnexDeposited>),
    AreaDefined(Box<AreaDefined>),
    ChallengeResolved(ChallengeResolved),
    CommentRoundOpened(CommentRoundOpened),
    CommentSubmitted(Box<CommentSubmitted>),
    ConditionSettled(ConditionSettled),
    CounterpartAssigned(Box<CounterpartAssigned>),
    CounterpartEnded(CounterpartEnded),
    DecisionBecameFinal(DecisionBecameFinal),
    DecisionChallenged(DecisionChallenged),
    DecisionRecorded(Box<DecisionRecorded>),
    DecisionReplaced(DecisionReplaced),
    DisputeRecorded(DisputeRecorded),
    DisputeResolved(DisputeResolved),
    DivisionOfWorkSet(DivisionOfWorkSet),
    DraftPresented(DraftPresented),
    EntryIntoForceDetermined(EntryIntoForceDetermined),
    ForumEnded(ForumEnded),
    ForumEstablished(Box<ForumEstablished>),
    GoalSet(Box<GoalSet>),
    IndicatorReported(IndicatorReported),
    KeyEnrolled(Box<KeyEnrolled>),
    KeyRevoked(KeyRevoked),
    KeyThresholdSet(KeyThresholdSet),
    LedgerFounded(Box<LedgerFounded>),
    LogKeysChanged(LogKeysChanged),
    MinutesConfirmed(MinutesConfirmed),
    MinutesPublished(MinutesPublished),
    MinutesReinspected(Box<MinutesReinspected>),
    NegotiationHeld(Box<NegotiationHeld>),
    OutsidePartyJoined(OutsidePartyJoined),
    PartyAcceded(Box<PartyAcceded>),
    PartyConfirmedBySuccessor(PartyConfirmedBySuccessor),
    PartyRegistered(Box<PartyRegistered>),
    PartySucceeded(PartySucceeded),
    PersonalDataErased(PersonalDataErased),
    PreparationPhaseRecorded(PreparationPhaseRecorded),
    ProvisionalApplicationDeclared(ProvisionalApplicationDeclared),
    ProvisionalApplicationEnded(ProvisionalApplicationEnded),
    RecordConfirmed(RecordConfirmed),
    RecordCorrected(RecordCorrected),
    RecordRetracted(RecordRetracted),
    SignatureInvalidated(SignatureInvalidated),
    SigningMandateRecorded(SigningMandateRecorded),
    TextDeposited(Box<TextDeposited>),
    TextErrorObjected(TextErrorObjected),
    TextErrorProposed(Box<TextErrorProposed>),
    TextErrorRectified(TextErrorRectified),
    TextOpenedForApproval(TextOpenedForApproval),
    TextSigned(Box<TextSigned>),
    WelfareReportAdopted(WelfareReportAdopted),
    WithdrawalNotified(WithdrawalNotified),
    WithdrawalRevoked(WithdrawalRevoked),
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
        let info = TypeInfo::named(kind).ok_or_else(|| BadEvent::UnknownType(kind.to_owned()))?;
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
    /// What is known of its type.
    pub fn info(&self) -> &'static TypeInfo {
        self.of_type().info()
    }

    /// The rules of its own type. Those of key acts are the keyring's, but for what the registry adds.
    pub(crate) fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        self.of_type().decide(case)
    }

    /// The act as its type's own file sees it.
    pub(crate) fn of_type(&self) -> &dyn ActType {
        match self {
            Act::AgreementEnded(act) => act,
            Act::AgreementOpened(act) => act.as_ref(),
            Act::AmendmentProposed(act) => act.as_ref(),
            Act::AnnexCommitmentEnded(act) => act,
            Act::AnnexCommitted(act) => act,
            Act::AnnexDeposited(act) => act.as_ref(),
            Act::AreaDefined(act) => act.as_ref(),
            Act::ChallengeResolved(act) => act,
            Act::CommentRoundOpened(act) => act,
            Act::CommentSubmitted(act) => act.as_ref(),
            Act::ConditionSettled(act) => act,
            Act::CounterpartAssigned(act) => act.as_ref(),
            Act::CounterpartEnded(act) => act,
            Act::DecisionBecameFinal(act) => act,
            Act::DecisionChallenged(act) => act,
            Act::DecisionRecorded(act) => act.as_ref(),
            Act::DecisionReplaced(act) => act,
            Act::DisputeRecorded(act) => act,
            Act::DisputeResolved(act) => act,
            Act::DivisionOfWorkSet(act) => act,
            Act::DraftPresented(act) => act,
            Act::EntryIntoForceDetermined(act) => act,
            Act::ForumEnded(act) => act,
            Act::ForumEstablished(act) => act.as_ref(),
            Act::GoalSet(act) => act.as_ref(),
            Act::IndicatorReported(act) => act,
            Act::KeyEnrolled(act) => act.as_ref(),
            Act::KeyRevoked(act) => act,
            Act::KeyThresholdSet(act) => act,
            Act::LedgerFounded(act) => act.as_ref(),
            Act::LogKeysChanged(act) => act,
            Act::MinutesConfirmed(act) => act,
            Act::MinutesPublished(act) => act,
            Act::MinutesReinspected(act) => act.as_ref(),
            Act::NegotiationHeld(act) => act.as_ref(),
            Act::OutsidePartyJoined(act) => act,
            Act::PartyAcceded(act) => act.as_ref(),
            Act::PartyConfirmedBySuccessor(act) => act,
            Act::PartyRegistered(act) => act.as_ref(),
            Act::PartySucceeded(act) => act,
            Act::PersonalDataErased(act) => act,
            Act::PreparationPhaseRecorded(act) => act,
            Act::ProvisionalApplicationDeclared(act) => act,
            Act::ProvisionalApplicationEnded(act) => act,
            Act::RecordConfirmed(act) => act,
            Act::RecordCorrected(act) => act,
            Act::RecordRetracted(act) => act,
            Act::SignatureInvalidated(act) => act,
            Act::SigningMandateRecorded(act) => act,
            Act::TextDeposited(act) => act.as_ref(),
            Act::TextErrorObjected(act) => act,
            Act::TextErrorProposed(act) => act.as_ref(),
            Act::TextErrorRectified(act) => act,
            Act::TextOpenedForApproval(act) => act,
            Act::TextSigned(act) => act.as_ref(),
            Act::WelfareReportAdopted(act) => act,
            Act::WithdrawalNotified(act) => act,
            Act::WithdrawalRevoked(act) => act,
        }
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
        let unknown = parse("party_seceded", &json!({})).unwrap_err();
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
