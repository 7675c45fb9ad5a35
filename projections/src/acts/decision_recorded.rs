//! `decision_recorded`: what an organ decided, in the four layers from which approval is derived.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::hash::Digest;

use super::act_type::{self, ActType, Args, args, optional};
pub use super::decision_layers::{Effect, Finality, Minutes, ProposalKind, Resolution};
use super::line::Line;
use super::organ::OrganKind;
use super::organ::{Organ, Section};
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::agreement::Entry;
use crate::case::Case;
use crate::refusal::Refusal;
use crate::texts;

/// One decision of one organ. `occurred_on` is the date of the meeting.
///
/// An adopted proposal is not an approved agreement: [`Resolution`] says what happened to the
/// proposal, [`Effect`] what the proposal would do. See [`crate::approval`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecorded {
    /// Case number (asianumero), as the party writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<Line>,
    /// Present when the actor asserts that the organ is competent for this; a forum never is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competent: Option<Competence>,
    /// Conditions, reservations and declarations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The decision verbatim (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Commitment>,
    /// Dissents and statements for the minutes (personal data: disclosures).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissents: Vec<Commitment>,
    /// What the proposal would do.
    pub effect: Effect,
    /// Whether it can still change by appeal; left out only where a source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finality: Option<Finality>,
    /// Heading of the matter in the minutes; names of people are left out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Line>,
    /// What the minutes are.
    pub minutes: Minutes,
    /// SHA-256 of the extract of the minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
    /// Who decided.
    pub organ: Organ,
    /// Who prepared it (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparer: Option<Commitment>,
    /// Who presented it (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presenter: Option<Commitment>,
    /// The proposal verbatim (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Commitment>,
    /// Whose proposal the resolution is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal_kind: Option<ProposalKind>,
    /// What happened to the proposal.
    pub resolution: Resolution,
    /// The section (§), such as `43`; left out only where a source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// Statement of the matter verbatim (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Commitment>,
    /// The text that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The vote, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Vote>,
}

/// Why the organ may decide this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// The provision, such as a section of the party's administrative regulations.
    pub basis: Line,
}

/// Something that an approval hangs on, or only says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What it does to the approval.
    pub kind: ConditionKind,
    /// Its words (personal data: a disclosure).
    pub text: Commitment,
}

/// What a condition does to an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// A mere statement: the approval counts, with a footnote.
    Declaration,
    /// The approval counts once the others accept it.
    Reservation,
    /// The approval counts once it is fulfilled.
    Suspensive,
}

/// Votes counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Blank or abstained.
    pub abstained: u64,
    /// Against the proposal.
    pub against: u64,
    /// For the proposal.
    #[serde(rename = "for")]
    pub in_favour: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "decision_recorded",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "What an organ of a party decided.",
    args: &["case", "effect", "minutes", "organ", "organ_kind", "resolution", "section", "subject"],
    schema: with_common::<DecisionRecorded>,
};

impl ActType for DecisionRecorded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        {
            let [organ, organ_kind] = act_type::organ(&self.organ);
            args([
                ("case", optional(self.case_number.as_ref())),
                ("effect", self.effect.as_str().to_owned()),
                ("minutes", self.minutes.as_str().to_owned()),
                organ,
                organ_kind,
                ("resolution", self.resolution.as_str().to_owned()),
                ("section", self.section.clone().map(String::from).unwrap_or_default()),
                ("subject", act_type::subject(self.subject.as_ref())),
            ])
        }
    }

    fn names(&self) -> Vec<Subject> {
        self.subject.into_iter().collect()
    }
}

fn decide(act: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    if act.organ.kind == OrganKind::Forum && act.competent.is_some() {
        let reason = "a forum never decides for a party";
        return Err(Refusal::new("forum-never-competent", "data.competent", reason, "leave competent out"));
    }
    check_stated(act, case)?;
    check_conditions(act)?;
    check_settled(act, case)?;
    check_subject(act, case)?;
    check_duplicate(act, case)
}

/// What a party knows of its own decision is said; what a source does not say stays unknown.
fn check_stated(act: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    if case.is_transcription() {
        return Ok(());
    }
    let agenda = act.minutes == Minutes::Agenda;
    let wrong = [
        (act.section.is_none(), "section-missing", "data.section", "a decision has a section (§)"),
        (act.finality.is_none(), "finality-missing", "data.finality", "say whether the decision can still be appealed"),
        (
            act.resolution == Resolution::Unknown && !agenda,
            "outcome-unknown",
            "data.resolution",
            "a party knows what it decided",
        ),
        (act.effect == Effect::Unknown, "outcome-unknown", "data.effect", "a party knows what was proposed to it"),
        (act.minutes == Minutes::Reported, "minutes-reported", "data.minutes", "a party has its own minutes"),
    ];
    match wrong.into_iter().find(|(wrong, ..)| *wrong) {
        Some((_, slug, member, reason)) => Err(Refusal::new(
            slug,
            member,
            reason,
            "only the registrar's transcriptions can leave open what their source does not say",
        )),
        None => Ok(()),
    }
}

/// An approval that hangs on something says so in its effect.
fn check_conditions(act: &DecisionRecorded) -> Result<(), Refusal> {
    let hangs = act.conditions.iter().any(|condition| condition.kind != ConditionKind::Declaration);
    let (good, accepted) = match act.effect {
        Effect::ApproveConditionally => (hangs, "list what it hangs on; with declarations only, the effect is approve"),
        Effect::Approve => (!hangs, "with suspensive conditions or reservations the effect is approve_conditionally"),
        _ => (act.conditions.is_empty(), "only approvals have conditions"),
    };
    if good {
        return Ok(());
    }
    Err(Refusal::new("conditions-mismatch", "data.conditions", "conditions and effect don't fit each other", accepted))
}

/// As corrected, a decision still has the conditions that later records settle.
fn check_settled(act: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    let about = case.correcting.into_iter().flat_map(|version| case.agreement.about(version));
    let unfit = about.filter_map(|entry| match &entry.act {
        Act::ConditionSettled(settled) => {
            let place = usize::try_from(settled.condition).ok();
            let kind = place.and_then(|place| act.conditions.get(place)).map(|condition| condition.kind);
            (kind != Some(settled.outcome.kind())).then_some(entry.version)
        }
        _ => None,
    });
    match unfit.min() {
        Some(version) => {
            let reason = format!("record {version} settles one of its conditions");
            Err(Refusal::new(
                "correction-not-possible",
                "data.conditions",
                reason,
                "what settles it is retracted first",
            ))
        }
        None => Ok(()),
    }
}

/// A position on a text names that text.
fn check_subject(act: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    let position = matches!(act.effect, Effect::Approve | Effect::ApproveConditionally | Effect::Reject);
    match &act.subject {
        Some(subject) => case.check_subject(subject, "data.subject"),
        None if position => {
            let reason = format!("effect {} is about a text; name it", act.effect.as_str());
            Err(Refusal::new(
                "subject-missing",
                "data.subject",
                reason,
                "the digest of a deposited text, or the version of the deposit of one whose digest is not known",
            ))
        }
        None => Ok(()),
    }
}

/// The same organ decides the same matter in the same section once. An agenda item is no decision.
fn check_duplicate(act: &DecisionRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    let group = |subject: &Option<Subject>| subject.as_ref().and_then(|it| texts::group_of(case.agreement, it));
    let same = |entry: &&Entry| {
        let Act::DecisionRecorded(other) = &entry.act else { return false };
        entry.party() == case.party()
            && entry.common.party_described == case.common.party_described
            && entry.common.occurred_on == case.common.occurred_on
            && other.organ.is_same(&act.organ)
            && other.section == act.section
            && group(&other.subject) == group(&act.subject)
            && (other.minutes == Minutes::Agenda) == (act.minutes == Minutes::Agenda)
    };
    let found = match case.party() {
        Some(party) => case.agreement.of_party(party).find(same),
        None => case.agreement.of_kind("decision_recorded").find(same),
    };
    let Some(entry) = found else { return Ok(()) };
    let reason =
        format!("record {} is this very decision already: same party, organ, date, section and subject", entry.version);
    let accepted = if entry.is_transcription() && !case.actor.is_registrar() {
        format!("confirm it with record_confirmed {{\"version\": {}}}", entry.version)
    } else {
        "correct that record with record_corrected, or retract it if it was sent in error".to_owned()
    };
    Err(Refusal::new("decision-recorded-already", "data", reason, accepted))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::given::{World, approval, text_a, text_b, with};

    #[test]
    fn given_a_decision_when_it_is_sent_again_then_it_is_refused_unless_retracted() {
        let mut world = World::of_parties(2);
        world.on_day("2023-06-01");
        let first = world.approve("p1", "2023-05-08");
        let again = with(
            approval("2023-05-08"),
            json!({"effect": "reject", "organ": {"kind": "council", "name": "KUNNANVALTUUSTO"}}),
        );
        let refusal = world.refused("p1", "decision_recorded", again.clone());
        assert_eq!(refusal.slug, "decision-recorded-already");
        assert!(refusal.reason.contains(&format!("record {first}")));
        for change in [
            json!({"section": "22"}),
            json!({"occurred_on": "2023-05-09"}),
            json!({"organ": {"kind": "board", "name": "kunnanvaltuusto"}}),
        ] {
            world.given("p1", "decision_recorded", with(again.clone(), change));
        }
        world.given("p2", "decision_recorded", again.clone());
        world.given("p1", "record_retracted", json!({"version": first, "occurred_on": "2023-06-01"}));
        world.given("p1", "decision_recorded", again);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let words = json!({"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
        let condition = |kind: &str| json!([{"kind": kind, "text": words}]);
        for (change, slug) in [
            (json!({"occurred_on": "2023-06-02"}), "date-in-future"),
            (json!({"organ": {"kind": "forum", "name": "johtoryhmä"}}), "forum-never-competent"),
            (json!({"subject": null}), "subject-missing"),
            (json!({"subject": null, "effect": "reject"}), "subject-missing"),
            (json!({"subject": {"digest": text_b()}}), "text-unknown"),
            (json!({"subject": {"deposit": 2}}), "subject-by-digest"),
            (json!({"subject": {"deposit": 1}}), "record-of-another-type"),
            (json!({"subject": {"deposit": 9}}), "record-unknown"),
            (json!({"subject": {"digest": text_a(), "deposit": 2}}), "data-malformed"),
            (json!({"conditions": condition("suspensive")}), "conditions-mismatch"),
            (json!({"conditions": condition("reservation")}), "conditions-mismatch"),
            (json!({"effect": "approve_conditionally"}), "conditions-mismatch"),
            (json!({"effect": "approve_conditionally", "conditions": condition("declaration")}), "conditions-mismatch"),
            (json!({"effect": "note", "conditions": condition("declaration")}), "conditions-mismatch"),
            (json!({"section": "§ 21"}), "data-malformed"),
            (json!({"section": 21}), "data-malformed"),
            (json!({"resolution": "approved"}), "data-malformed"),
            (json!({"preparer": "Maija Esimerkki"}), "data-malformed"),
            (json!({"vote": {"for": 1, "against": 0}}), "data-malformed"),
            (json!({"conditions": []}), "data-malformed"),
            (json!({"organ": {"kind": "council", "name": "kunnanvaltuusto", "chair": "x"}}), "data-malformed"),
            (json!({"competent": {}}), "data-malformed"),
            (json!({"occurred_on": "8.5.2023"}), "data-malformed"),
            (json!({"comment": "x"}), "data-malformed"),
        ] {
            let mut world = World::of_parties(2);
            let refusal = world.on_day("2023-06-01").refused(
                "p1",
                "decision_recorded",
                with(approval("2023-05-08"), change.clone()),
            );
            assert_eq!(refusal.slug, slug, "{change}: {refusal}");
            assert!(refusal.member.starts_with("data"), "{refusal}");
        }
    }

    #[test]
    fn the_member_that_is_wrong_is_named() {
        let mut world = World::of_parties(2);
        let refusal = world.refused(
            "p1",
            "decision_recorded",
            with(approval("2023-02-14"), json!({"organ": {"kind": "king", "name": "x"}})),
        );
        assert_eq!((refusal.slug, refusal.member.as_str()), ("data-malformed", "data.organ.kind"));
    }

    #[test]
    fn midnight_is_that_of_helsinki() {
        let mut world = World::of_parties(2);
        world.at = "2023-05-08T21:30:00.000Z".parse().unwrap();
        world.approve("p1", "2023-05-09");
        assert_eq!(world.slug("p2", "decision_recorded", approval("2023-05-10")), "date-in-future");
    }

    #[test]
    fn votes_are_written_with_for_against_and_abstained() {
        let mut world = World::of_parties(2);
        let version = world.given(
            "p1",
            "decision_recorded",
            with(approval("2023-02-14"), json!({"vote": {"abstained": 1, "against": 20, "for": 30}})),
        );
        let Act::DecisionRecorded(act) = &world.agreement.entries[&version].act else { unreachable!() };
        assert_eq!(act.vote, Some(Vote { abstained: 1, against: 20, in_favour: 30 }));
    }
}
