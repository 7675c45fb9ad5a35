//! `dispute_recorded`: a party holds another view.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args, optional};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::disputes;
use crate::refusal::Refusal;

/// Records that a party disputes something; what is disputed keeps its effect and shows as contested. Both views
/// stand (VCLT 76(2), 77).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeRecorded {
    /// Version of the record that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<u64>,
    /// Version of the `dispute_recorded` that it answers with another view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<u64>,
    /// What is disputed.
    pub matter: DisputeMatter,
    /// The view (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Commitment>,
}

/// What is disputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputeMatter {
    /// How the agreement is carried out.
    Application,
    /// What the text means.
    Interpretation,
    /// Whether a record tells what happened.
    Record,
    /// Whether the agreement or an act is valid.
    Validity,
}

impl DisputeMatter {
    /// All of them.
    pub const ALL: &[DisputeMatter] =
        &[DisputeMatter::Application, DisputeMatter::Interpretation, DisputeMatter::Record, DisputeMatter::Validity];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            DisputeMatter::Application => "application",
            DisputeMatter::Interpretation => "interpretation",
            DisputeMatter::Record => "record",
            DisputeMatter::Validity => "validity",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "dispute_recorded",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party holds another view.",
    args: &["matter", "target"],
    schema: with_common::<DisputeRecorded>,
};

impl ActType for DisputeRecorded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("matter", self.matter.as_str().to_owned()), ("target", optional(self.about.as_ref()))])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.about.into_iter().chain(self.answers).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/about", "/answers", "/party", "/invented"]
    }
}

fn decide(act: &DisputeRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    match act.answers {
        Some(version) => check_answer(act, version, case),
        None => check_about(act, case),
    }
}

/// A record is disputed that stands; the record as such only where one is named.
fn check_about(act: &DisputeRecorded, case: &Case<'_>) -> Result<(), Refusal> {
    match act.about {
        Some(version) => case.record(version, "data.about").and_then(|entry| case.check_after(entry)),
        None if act.matter == DisputeMatter::Record => {
            let reason = "whether a record tells what happened is disputed of one record";
            Err(Refusal::new("dispute-about", "data.about", reason, "name its version"))
        }
        None => Ok(()),
    }
}

/// Another party's view of the same matter, while the dispute goes on.
fn check_answer(act: &DisputeRecorded, version: u64, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.of_kind(version, INFO.name, "data.answers")?;
    case.check_after(entry)?;
    let Act::DisputeRecorded(raised) = &entry.act else { return Ok(()) };
    let refused = |member: &str, reason: &str, accepted: &str| {
        Err(Refusal::new("dispute-answer", member, format!("record {version} {reason}"), accepted))
    };
    if let Some(first) = raised.answers {
        let accepted = format!("answer the dispute that it answers, record {first}");
        return refused("data.answers", "is itself an answer", &accepted);
    }
    if act.matter != raised.matter || act.about != raised.about {
        let accepted = "an answer has the same matter and about; another dispute leaves answers out";
        return refused("data.matter", "disputes something else", accepted);
    }
    if case.party().is_some() && entry.party() == case.party() {
        let accepted = "correct that record, or record another dispute";
        return refused("data.answers", "is the party's own view", accepted);
    }
    check_open(version, case)
}

/// Nothing is added to a dispute that is over.
pub(super) fn check_open(dispute: u64, case: &Case<'_>) -> Result<(), Refusal> {
    match disputes::resolution(case.agreement, dispute, case.today()) {
        None => Ok(()),
        Some((entry, _)) => {
            let reason = format!("by record {} that dispute is over", entry.version);
            Err(Refusal::new("dispute-resolved-already", "data", reason, "record another dispute"))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};
    use crate::status::ContestCode;

    fn dispute(matter: &str, more: Value) -> Value {
        with(json!({"matter": matter, "occurred_on": "2024-03-01"}), more)
    }

    /// In force between three parties; record 3 is the approval of p1.
    fn world() -> World {
        let mut world = World::of_parties(3);
        world.on_day("2024-06-01").complete(1..=3, "2023-05-08");
        world
    }

    #[test]
    fn given_an_act_when_a_party_disputes_it_then_it_keeps_its_effect_and_is_contested() {
        let mut world = world();
        let version = world.given("p2", "dispute_recorded", dispute("validity", json!({"about": 3})));
        let now = world.now();
        assert_eq!((now.approved, now.bound, now.in_force, now.contested), (3, 3, true, true));
        let why = &now.contested_why[0];
        assert_eq!((why.code, why.version), (ContestCode::Disputed, Some(version)));
        assert_eq!(why.party.as_ref().unwrap().as_str(), "p2");
        assert!(!world.status("2024-02-29").contested);
    }

    #[test]
    fn both_views_stand_beside_each_other() {
        let mut world = world();
        let raised = world.given("p2", "dispute_recorded", dispute("interpretation", json!({})));
        let answer = |more: Value| with(dispute("interpretation", json!({"answers": raised})), more);
        let first = world.given("p1", "dispute_recorded", answer(json!({})));
        world.given("registrar", "dispute_recorded", answer(json!({"party": "p3", "source": "lausunto"})));
        let now = world.now();
        assert_eq!((now.disputes.len(), now.contested_why.len()), (1, 1));
        let shown = &now.disputes[0];
        assert!(shown.open && shown.view.version == raised && shown.answers[0].version == first);
        let grades: Vec<&str> = shown.answers.iter().map(|view| view.grade.as_str()).collect();
        assert_eq!(grades, ["own", "transcribed"]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = world();
        let raised = world.given("p2", "dispute_recorded", dispute("validity", json!({"about": 3})));
        let answered = dispute("validity", json!({"about": 3, "answers": raised}));
        let answer = world.given("p1", "dispute_recorded", answered.clone());
        for (actor, data, slug) in [
            ("p2", dispute("record", json!({})), "dispute-about"),
            ("p2", dispute("record", json!({"about": 99})), "record-unknown"),
            ("p2", dispute("record", json!({"about": 3, "occurred_on": "2023-05-07"})), "date-before-cause"),
            ("p3", with(answered.clone(), json!({"answers": 3})), "record-of-another-type"),
            ("p3", with(answered.clone(), json!({"answers": answer})), "dispute-answer"),
            ("p3", with(answered.clone(), json!({"matter": "application"})), "dispute-answer"),
            ("p3", with(answered.clone(), json!({"about": null})), "dispute-answer"),
            ("p2", answered.clone(), "dispute-answer"),
            ("p3", with(answered.clone(), json!({"matter": "taste"})), "data-malformed"),
            ("registrar", dispute("validity", json!({})), "transcription-party"),
        ] {
            assert_eq!(world.slug(actor, "dispute_recorded", data.clone()), slug, "{actor} {data}");
        }
    }

    #[test]
    fn a_dispute_about_what_was_retracted_is_moot() {
        let mut world = world();
        world.given("p2", "dispute_recorded", dispute("record", json!({"about": 3})));
        world.given("p1", "record_retracted", json!({"occurred_on": "2024-04-01", "version": 3}));
        let now = world.now();
        assert!(!now.disputes[0].open && now.contested_why.iter().all(|why| why.code != ContestCode::Disputed));
    }
}
