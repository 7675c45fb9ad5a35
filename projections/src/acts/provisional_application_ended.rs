//! `provisional_application_ended`: a party applies a text provisionally no longer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::Case;
use crate::refusal::Refusal;

/// Ends a provisional application on `occurred_on`; by the party that declared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalApplicationEnded {
    /// Version of the `provisional_application_declared`.
    pub declaration: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "provisional_application_ended",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party applies the text provisionally no longer.",
    args: &["target"],
    schema: with_common::<ProvisionalApplicationEnded>,
};

impl ActType for ProvisionalApplicationEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.declaration.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        vec![self.declaration]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/declaration", "/party", "/invented"]
    }
}

fn decide(act: &ProvisionalApplicationEnded, case: &Case<'_>) -> Result<(), Refusal> {
    let entry = case.own(act.declaration, "provisional_application_declared", "data.declaration")?;
    case.check_after(entry)?;
    let mut about = case.agreement.about(act.declaration);
    match about.find(|it| matches!(it.act, Act::ProvisionalApplicationEnded(_))) {
        None => Ok(()),
        Some(other) => {
            let reason = format!("record {} ends it already", other.version);
            let accepted = format!("nothing more is needed; correct record {} if it is wrong", other.version);
            Err(Refusal::new("provisional-ended-already", "data.declaration", reason, accepted))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::World;

    #[test]
    fn given_a_declaration_when_it_is_ended_then_the_party_applies_it_no_longer() {
        let mut world = World::of_parties(2);
        let declared = json!({"from": "2023-05-01", "occurred_on": "2023-05-01"});
        let version = world.on_day("2023-06-01").given("p1", "provisional_application_declared", declared.clone());
        let ended = json!({"declaration": version, "occurred_on": "2023-05-10"});
        world.given("p1", "provisional_application_ended", ended.clone());
        assert!(world.status("2023-05-09").parties[0].provisional.is_some());
        assert!(world.status("2023-05-10").parties[0].provisional.is_none());
        assert_eq!(world.slug("p1", "provisional_application_ended", ended), "provisional-ended-already");
        let again = json!({"from": "2023-05-20", "occurred_on": "2023-05-20"});
        let again = world.given("p1", "provisional_application_declared", again);
        assert_eq!(world.row("p1").provisional.unwrap().version, again);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::of_parties(2);
        let declared = json!({"from": "2023-05-01", "occurred_on": "2023-05-01"});
        let version = world.on_day("2023-06-01").given("p1", "provisional_application_declared", declared);
        for (actor, declaration, date, slug) in [
            ("p2", version, "2023-05-10", "record-of-another-party"),
            ("p1", 2, "2023-05-10", "record-of-another-type"),
            ("p1", 99, "2023-05-10", "record-unknown"),
            ("p1", version, "2023-04-30", "date-before-cause"),
        ] {
            let data = json!({"declaration": declaration, "occurred_on": date});
            assert_eq!(world.slug(actor, "provisional_application_ended", data), slug);
        }
    }
}
