//! What awaits whom: what a party can or must do next in one agreement, as of a date, with the day
//! by which it is due where there is one. A reading of the state, never a rule.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::decision_recorded::{ConditionKind, Finality, Minutes};
use crate::acts::rules::AmendmentRule;
use crate::acts::slug::Slug;
use crate::agreement::Agreement;
use crate::annex_parts::PartState;
use crate::conditions::ConditionState;
use crate::duties::{Duty, DutyKind, DutyState};
use crate::force;
use crate::status::{ActGrade, Amendment, Annex, Area, ConditionRow, DecisionRow, Row, Status};
use crate::texts;

/// One thing that waits for a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// The interface area, where it is about one.
    pub area: Option<Slug>,
    /// What.
    pub code: AwaitedCode,
    /// Which duty by law, where it is one.
    pub duty: Option<DutyKind>,
    /// By when; none where no day is set.
    pub due_on: Option<Date>,
    /// Whether the party may as well leave it.
    pub optional: bool,
    /// The record that it is about, by version.
    pub version: Option<u64>,
}

/// What can wait for a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwaitedCode {
    /// Approve and sign an amendment.
    AcceptAmendment,
    /// Accept another party's reservation, or object to it.
    AnswerReservation,
    /// Decide on the text.
    Approve,
    /// Comment in an open round.
    Comment,
    /// Confirm the minutes of a decision.
    ConfirmMinutes,
    /// Confirm, or set right, what the registrar transcribed.
    ConfirmTranscription,
    /// Join an annex, or finish joining it.
    JoinAnnex,
    /// Take part in a negotiation, or adopt a report, that the law asks for.
    MeetDuty,
    /// Name a counterpart in an interface area.
    NameCounterpart,
    /// Object to the correction of a text, if it is wrong.
    ObjectToCorrection,
    /// Publish the minutes, which starts the time for appeal, or record that they were.
    PublishMinutes,
    /// Record that a decision has become final.
    RecordFinality,
    /// Say what became of the suspensive condition of an approval.
    SettleCondition,
    /// Sign the text.
    Sign,
    /// The further signatures of a joint one.
    SignJointly,
}

impl AwaitedCode {
    /// All of them.
    pub const ALL: &[AwaitedCode] = &[
        AwaitedCode::AcceptAmendment,
        AwaitedCode::AnswerReservation,
        AwaitedCode::Approve,
        AwaitedCode::Comment,
        AwaitedCode::ConfirmMinutes,
        AwaitedCode::ConfirmTranscription,
        AwaitedCode::JoinAnnex,
        AwaitedCode::MeetDuty,
        AwaitedCode::NameCounterpart,
        AwaitedCode::ObjectToCorrection,
        AwaitedCode::PublishMinutes,
        AwaitedCode::RecordFinality,
        AwaitedCode::SettleCondition,
        AwaitedCode::Sign,
        AwaitedCode::SignJointly,
    ];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            AwaitedCode::AcceptAmendment => "accept_amendment",
            AwaitedCode::AnswerReservation => "answer_reservation",
            AwaitedCode::Approve => "approve",
            AwaitedCode::Comment => "comment",
            AwaitedCode::ConfirmMinutes => "confirm_minutes",
            AwaitedCode::ConfirmTranscription => "confirm_transcription",
            AwaitedCode::JoinAnnex => "join_annex",
            AwaitedCode::MeetDuty => "meet_duty",
            AwaitedCode::NameCounterpart => "name_counterpart",
            AwaitedCode::ObjectToCorrection => "object_to_correction",
            AwaitedCode::PublishMinutes => "publish_minutes",
            AwaitedCode::RecordFinality => "record_finality",
            AwaitedCode::SettleCondition => "settle_condition",
            AwaitedCode::Sign => "sign",
            AwaitedCode::SignJointly => "sign_jointly",
        }
    }
}

/// All that waits for `party` in the agreement whose state is `status`; what is due first comes first.
pub fn awaited(agreement: &Agreement, status: &Status, party: &PartyId) -> Vec<Awaited> {
    let mut all = Vec::new();
    if let Some(row) = status.parties.iter().find(|row| row.party == *party) {
        all.extend(own_text(agreement, status, row));
        all.extend(row.decisions.iter().flat_map(|decision| of_decision(decision, status.on)));
        all.extend(row.decisions.iter().filter_map(suspensive));
        all.extend(reservations(status, party));
        all.extend(comments(agreement, party, status.on));
        all.extend(text_errors(agreement, party, status.on));
    }
    all.extend(annexes(status, party));
    all.extend(amendments(status, party));
    all.extend(duties(status, party));
    all.extend(counterparts(status, party));
    all.extend(transcriptions(agreement, party, status.on));
    all.sort_by_key(|it| (it.due_on.is_none(), it.due_on, it.optional, it.code, it.version));
    all
}

impl Awaited {
    fn new(code: AwaitedCode, version: Option<u64>) -> Awaited {
        Awaited { area: None, code, due_on: None, duty: None, optional: false, version }
    }

    fn due(self, due_on: Option<Date>) -> Awaited {
        Awaited { due_on, ..self }
    }

    fn optional(self) -> Awaited {
        Awaited { optional: true, ..self }
    }
}

/// Approval and signature of the text that is up for approval.
fn own_text(agreement: &Agreement, status: &Status, row: &Row) -> Option<Awaited> {
    let text = status.current_text?;
    let asks_signatures = force::asks_signatures(&status.rule.entry_into_force);
    let partly = row.signature.as_ref().is_some_and(|signature| !signature.complete);
    match (row.approved, row.signed) {
        (false, _) => Some(Awaited::new(AwaitedCode::Approve, Some(text)).due(answer_by(agreement, text, status.on))),
        (true, false) if !asks_signatures => None,
        (true, false) if partly => Some(Awaited::new(AwaitedCode::SignJointly, Some(text))),
        (true, false) => Some(Awaited::new(AwaitedCode::Sign, Some(text))),
        (true, true) => None,
    }
}

/// The day that the newest opening of the text for approval asks for.
fn answer_by(agreement: &Agreement, text: u64, on: Date) -> Option<Date> {
    let opened = agreement.of_kind("text_opened_for_approval").rev().filter(|entry| entry.happened_by(on));
    opened
        .filter_map(|entry| match &entry.act {
            Act::TextOpenedForApproval(act) => Some(act),
            _ => None,
        })
        .find(|act| texts::group_of(agreement, &act.text) == Some(text))
        .and_then(|act| act.answer_by)
}

/// The next step in the life of the party's own decision.
fn of_decision(decision: &DecisionRow, on: Date) -> Option<Awaited> {
    if decision.grade == ActGrade::Transcribed {
        return None;
    }
    let step = |code| Some(Awaited::new(code, Some(decision.version)));
    let open = decision.finality == Some(Finality::Open);
    match (&decision.estimate, decision.minutes) {
        (_, Minutes::Unconfirmed) => step(AwaitedCode::ConfirmMinutes),
        (Some(estimate), _) if open && estimate.ends_on < on => step(AwaitedCode::RecordFinality),
        (None, Minutes::Confirmed) if open && decision.published_on.is_none() => step(AwaitedCode::PublishMinutes),
        _ => None,
    }
}

/// A suspensive condition of the party's own approval that is neither fulfilled nor failed.
fn suspensive(decision: &DecisionRow) -> Option<Awaited> {
    let open = |it: &&ConditionRow| it.kind == ConditionKind::Suspensive && it.state == ConditionState::Open;
    decision.conditions.iter().find(open).map(|_| Awaited::new(AwaitedCode::SettleCondition, Some(decision.version)))
}

/// Reservations of others that the party has not answered.
fn reservations(status: &Status, party: &PartyId) -> Vec<Awaited> {
    let decisions = status.parties.iter().flat_map(|row| &row.decisions);
    let asked = decisions.filter(|decision| decision.conditions.iter().any(|it| it.awaited.contains(party)));
    asked.map(|decision| Awaited::new(AwaitedCode::AnswerReservation, Some(decision.version))).collect()
}

/// Rounds that are open to the party and in which it has not commented.
fn comments(agreement: &Agreement, party: &PartyId, on: Date) -> Vec<Awaited> {
    let rounds = agreement.of_kind("comment_round_opened").filter(|entry| entry.happened_by(on));
    let open = rounds.filter_map(|entry| match &entry.act {
        Act::CommentRoundOpened(act) if act.deadline >= on => Some((entry.version, act)),
        _ => None,
    });
    let invited = open.filter(|(_, act)| act.invited.is_empty() || act.invited.contains(party));
    let commented = |round: u64| {
        agreement.about(round).any(|entry| {
            matches!(entry.act, Act::CommentSubmitted(_)) && entry.party() == Some(party) && entry.happened_by(on)
        })
    };
    let waiting = invited.filter(|(round, _)| !commented(*round));
    waiting
        .map(|(round, act)| Awaited::new(AwaitedCode::Comment, Some(round)).due(Some(act.deadline)).optional())
        .collect()
}

/// Corrections of a text to which the party can still object.
fn text_errors(agreement: &Agreement, party: &PartyId, on: Date) -> Vec<Awaited> {
    let proposals = agreement.of_kind("text_error_proposed").filter(|entry| entry.happened_by(on));
    let open = proposals.filter_map(|entry| match &entry.act {
        Act::TextErrorProposed(act) if act.objections_by >= on && entry.party() != Some(party) => {
            Some((entry.version, act.objections_by))
        }
        _ => None,
    });
    let answered = |proposal: u64| {
        agreement.about(proposal).any(|entry| {
            let objected = matches!(entry.act, Act::TextErrorObjected(_)) && entry.party() == Some(party);
            (objected || matches!(entry.act, Act::TextErrorRectified(_))) && entry.happened_by(on)
        })
    };
    let waiting = open.filter(|(proposal, _)| !answered(*proposal));
    waiting
        .map(|(version, by)| Awaited::new(AwaitedCode::ObjectToCorrection, Some(version)).due(Some(by)).optional())
        .collect()
}

/// Amendments that the party is asked to accept; one that binds only who accepts it can be left.
fn amendments(status: &Status, party: &PartyId) -> Vec<Awaited> {
    let asked = status.amendments.iter().filter(|it| it.missing.iter().any(|missing| missing.party == *party));
    let waits = |amendment: &Amendment| {
        let waits = Awaited::new(AwaitedCode::AcceptAmendment, Some(amendment.version));
        if matches!(amendment.rule, AmendmentRule::BindsAccepting {}) { waits.optional() } else { waits }
    };
    asked.map(waits).collect()
}

/// Duties by law whose period runs and in which the party has not taken part yet.
fn duties(status: &Status, party: &PartyId) -> Vec<Awaited> {
    let due = status.duties.iter().filter(|duty| duty.state == DutyState::Due && duty.missing.contains(party));
    let waits = |duty: &Duty| Awaited {
        duty: Some(duty.kind),
        ..Awaited::new(AwaitedCode::MeetDuty, None).due(Some(duty.due_on))
    };
    due.map(waits).collect()
}

/// Interface areas in which the party's counterpart is missing.
fn counterparts(status: &Status, party: &PartyId) -> Vec<Awaited> {
    let lacks = |area: &&Area| {
        let sides = [&area.counterparts.county, &area.counterparts.municipalities];
        sides.iter().any(|side| side.missing.contains(party))
    };
    let waits = |area: &Area| {
        let waits = Awaited::new(AwaitedCode::NameCounterpart, None).optional();
        Awaited { area: Some(area.id.clone()), ..waits }
    };
    status.areas.iter().filter(lacks).map(waits).collect()
}

/// Annexes that the party can join; what it has begun to join it is expected to finish.
fn annexes(status: &Status, party: &PartyId) -> Vec<Awaited> {
    let part = |annex: &Annex| {
        let mine = annex.parties.iter().find(|part| part.party == *party)?;
        let waits =
            Awaited { area: Some(annex.area.clone()), ..Awaited::new(AwaitedCode::JoinAnnex, Some(annex.version)) };
        match mine.state {
            PartState::NotJoined => Some(waits.optional()),
            PartState::Partial => Some(waits),
            _ => None,
        }
    };
    status.annexes.iter().filter_map(part).collect()
}

/// What the registrar transcribed of the party and the party has not confirmed.
fn transcriptions(agreement: &Agreement, party: &PartyId, on: Date) -> Vec<Awaited> {
    let acts = agreement.of_party(party).filter(|entry| entry.is_transcription() && entry.happened_by(on));
    let waiting = acts.filter(|entry| entry.confirmed_by.is_none());
    waiting.map(|entry| Awaited::new(AwaitedCode::ConfirmTranscription, Some(entry.version))).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::given::{World, approval, signature, text_a, with};

    fn waits(world: &World, party: &str) -> Vec<String> {
        let line = |it: Awaited| {
            let due = it.due_on.map_or(String::new(), |date| format!(" by {date}"));
            format!("{}{due}{}", it.code.as_str(), if it.optional { " (may)" } else { "" })
        };
        awaited(&world.agreement, &world.now(), &party.parse().unwrap()).into_iter().map(line).collect()
    }

    #[test]
    fn given_a_text_up_for_approval_then_approval_waits_and_then_the_signature_and_then_nothing() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01");
        assert_eq!(waits(&world, "p1"), ["approve"]);
        let opened = json!({"answer_by": "2023-06-30", "occurred_on": "2023-05-01", "text": {"digest": text_a()}});
        world.given("registrar", "text_opened_for_approval", opened);
        assert_eq!(waits(&world, "p1"), ["approve by 2023-06-30"]);
        world.approve("p1", "2023-05-08");
        assert_eq!(waits(&world, "p1"), ["sign"]);
        world.sign("p1", "2023-05-09");
        assert_eq!(waits(&world, "p1"), Vec::<String>::new());
    }

    #[test]
    fn given_a_joint_mandate_when_one_has_signed_then_the_other_is_awaited() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01").approve("p1", "2023-05-08");
        let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-05-08", "required": {"kind": "all"}, "roles": ["a", "b"]});
        world.given("p1", "signing_mandate_recorded", mandate);
        world.given("p1", "text_signed", signature("a", "2023-05-09"));
        assert_eq!(waits(&world, "p1"), ["sign_jointly"]);
    }

    #[test]
    fn a_decision_waits_for_its_minutes_their_publication_and_its_finality_in_turn() {
        let mut world = World::of_parties(2);
        let data = with(approval("2023-05-08"), json!({"finality": "open", "minutes": "unconfirmed"}));
        let decision = world.on_day("2023-05-10").given("p1", "decision_recorded", data);
        assert_eq!(waits(&world, "p1"), ["approve", "confirm_minutes"]);
        let of = json!({"decision": decision, "occurred_on": "2023-05-10"});
        world.given("p1", "minutes_confirmed", of.clone());
        assert_eq!(waits(&world, "p1"), ["publish_minutes", "sign"]);
        world.given("p1", "minutes_published", of);
        assert_eq!(waits(&world, "p1"), ["sign"]);
        world.on_day("2023-08-01");
        assert_eq!(waits(&world, "p1"), ["record_finality", "sign"]);
        world.given("p1", "decision_became_final", json!({"decision": decision, "occurred_on": "2023-07-01"}));
        assert_eq!(waits(&world, "p1"), ["sign"]);
    }

    #[test]
    fn an_open_round_and_a_transcription_wait_for_those_whom_they_concern() {
        let mut world = World::of_parties(3);
        world.on_day("2023-03-01");
        let round = json!({"deadline": "2023-03-15", "invited": ["p1", "p2"], "occurred_on": "2023-03-01"});
        let round = world.given("registrar", "comment_round_opened", round);
        let comment = json!({"round": round, "comment": {"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}, "occurred_on": "2023-03-01"});
        world.given("p2", "comment_submitted", comment);
        let transcribed = with(approval("2023-02-27"), json!({"party": "p3", "source": "tiedote"}));
        world.given("registrar", "decision_recorded", transcribed);
        assert_eq!(waits(&world, "p1"), ["comment by 2023-03-15 (may)", "approve"]);
        assert_eq!(waits(&world, "p2"), ["approve"]);
        assert_eq!(waits(&world, "p3"), ["confirm_transcription", "sign"]);
        world.on_day("2023-03-16");
        assert_eq!(waits(&world, "p1"), ["approve"]);
    }

    #[test]
    fn a_condition_waits_for_its_party_and_a_reservation_for_all_others() {
        let mut world = World::of_parties(3);
        let condition = |kind: &str| json!({"conditions": [{"kind": kind, "text": {"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}}], "effect": "approve_conditionally"});
        world.on_day("2023-06-01");
        world.given("p1", "decision_recorded", with(approval("2023-05-08"), condition("suspensive")));
        let reserved = world.given("p2", "decision_recorded", with(approval("2023-05-08"), condition("reservation")));
        assert!(waits(&world, "p1").contains(&"settle_condition".to_owned()));
        assert!(waits(&world, "p3").contains(&"answer_reservation".to_owned()));
        assert!(!waits(&world, "p2").contains(&"answer_reservation".to_owned()));
        let accepted =
            json!({"condition": 0, "decision": reserved, "occurred_on": "2023-05-20", "outcome": "accepted"});
        world.given("p3", "condition_settled", accepted);
        assert!(!waits(&world, "p3").contains(&"answer_reservation".to_owned()));
    }

    #[test]
    fn codes_are_what_serde_writes() {
        for code in AwaitedCode::ALL {
            assert_eq!(json!(code), json!(code.as_str()));
        }
    }
}
