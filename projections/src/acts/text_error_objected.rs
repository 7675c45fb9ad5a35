//! `text_error_objected`: a party objects to a proposed correction of a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;
use crate::texts;

/// Objects to a proposed correction; by a party, until the date that the proposal sets. While an objection
/// stands, the text stays; a party that gives in proposes the error anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextErrorObjected {
    /// Version of the `text_error_proposed`.
    pub proposal: u64,
    /// Why (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Commitment>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_error_objected",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party objects to the correction of a text.",
    args: &["target"],
    schema: with_common::<TextErrorObjected>,
};

impl ActType for TextErrorObjected {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.proposal.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.proposal]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/proposal", "/party", "/invented"]
    }
}

fn decide(act: &TextErrorObjected, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.of_kind(act.proposal, "text_error_proposed", "data.proposal")?;
    case.check_after(entry)?;
    if let Some((rectified, _)) = texts::rectification(case.agreement, act.proposal) {
        let reason = format!("record {} has put the text right", rectified.version);
        return Err(Refusal::new(
            "text-rectified",
            "data.proposal",
            reason,
            "a dispute is recorded with dispute_recorded, a further error with text_error_proposed",
        ));
    }
    let last = texts::error_at(case.agreement, act.proposal).map(|error| error.objections_by);
    if let Some(last) = last.filter(|last| *last < case.occurred_on()) {
        let reason = format!("objections were to be made by {last}");
        return Err(Refusal::new(
            "objection-late",
            "data.occurred_on",
            reason,
            "a dispute is recorded with dispute_recorded, a further error with text_error_proposed",
        ));
    }
    let mut theirs = case.agreement.about(act.proposal).filter(|other| case.speaks_for(other));
    match theirs.find(|other| matches!(&other.act, Act::TextErrorObjected(_))) {
        Some(other) => {
            let reason = format!("record {} is its objection already", other.version);
            let accepted = format!("nothing more is needed; correct record {} to say it otherwise", other.version);
            Err(Refusal::new("objected-already", "data.proposal", reason, accepted))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, text_error, with};

    fn objected(proposal: u64, date: &str) -> Value {
        json!({"occurred_on": date, "proposal": proposal})
    }

    #[test]
    fn a_party_objects_once_until_the_last_day_which_may_be_a_sunday() {
        let mut world = World::of_parties(3);
        let error = text_error("2023-06-01", "2023-06-18");
        let proposal = world.on_day("2023-06-30").given("registrar", "text_error_proposed", error);
        // 18.6.2023 is a Sunday; the Monday after it is late.
        world.given("p1", "text_error_objected", objected(proposal, "2023-06-18"));
        for (actor, proposal, date, slug) in [
            ("p1", proposal, "2023-06-18", "objected-already"),
            ("p2", proposal, "2023-06-19", "objection-late"),
            ("p2", proposal, "2023-05-31", "date-before-cause"),
            ("p2", 2, "2023-06-10", "record-of-another-type"),
            ("registrar", proposal, "2023-06-10", "transcription-party"),
        ] {
            assert_eq!(world.slug(actor, "text_error_objected", objected(proposal, date)), slug, "{actor} {date}");
        }
        let source = json!({"party": "p2", "source": "kirje"});
        world.given("registrar", "text_error_objected", with(objected(proposal, "2023-06-10"), source));
        let row = world.now().text_errors[0].clone();
        assert_eq!(row.state.as_str(), "objected");
        assert_eq!(row.objections.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["p2", "p1"]);
        assert_eq!(world.status("2023-06-09").text_errors[0].state.as_str(), "open");
    }
}
