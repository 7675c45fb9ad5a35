//! `draft_presented`: a draft was shown to an organ or forum.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{self, ActType, Args, args};
use super::organ::Organ;
use super::subject::Subject;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::refusal::Refusal;

/// A draft was presented; nobody decided anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPresented {
    /// The text, where it is deposited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// To whom.
    pub to: Organ,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "draft_presented",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "A draft was shown to an organ or forum.",
    args: &["organ", "organ_kind"],
    schema: with_common::<DraftPresented>,
};

impl ActType for DraftPresented {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args(act_type::organ(&self.to))
    }

    fn names(&self) -> Vec<Subject> {
        self.subject.into_iter().collect()
    }
}

fn decide(act: &DraftPresented, case: &Case<'_>) -> Result<(), Refusal> {
    act.subject.as_ref().map_or(Ok(()), |subject| case.check_subject(subject, "data.subject"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, text_a, with};

    #[test]
    fn a_presented_draft_is_in_the_trail_and_counts_for_nothing() {
        let mut world = World::of_parties(2);
        let to = json!({"kind": "forum", "name": "johtoryhmä"});
        let own = json!({"occurred_on": "2023-02-14", "to": to});
        world.given("registrar", "draft_presented", own.clone());
        let transcribed = with(own, json!({"party": "p1", "subject": {"digest": text_a()}}));
        assert_eq!(world.slug("registrar", "draft_presented", transcribed.clone()), "transcription-source");
        world.given("registrar", "draft_presented", with(transcribed, json!({"source": "dia-aineisto"})));
        assert_eq!(world.counts(), (0, 0, 2));
        assert_eq!(world.row("p1").acts.len(), 1);
    }
}
