//! `counterpart_assigned`: a party names who works with the others in an interface area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::areas;
use crate::case::Case;
use crate::counterparts;
use crate::refusal::Refusal;

/// Names a party's counterpart (vastinpari) in an interface area: an office, and its holder as a disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterpartAssigned {
    /// The interface area.
    pub area: Slug,
    /// Who holds the office (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Commitment>,
    /// The office, such as `hyvinvointikoordinaattori`; never a person's name.
    pub office: Line,
    /// The unit, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Line>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "counterpart_assigned",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party names its counterpart in an interface area.",
    args: &["area", "office"],
    schema: with_common::<CounterpartAssigned>,
};

impl ActType for CounterpartAssigned {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("area", self.area.to_string()), ("office", self.office.to_string())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/area", "/party", "/invented"]
    }
}

fn decide(act: &CounterpartAssigned, case: &Case<'_>) -> Result<(), Refusal> {
    areas::named(case, &act.area, "data.area")?;
    let Some(party) = case.party() else { return Ok(()) };
    let assigned = counterparts::assigned(case.agreement, &act.area, case.occurred_on());
    let same = assigned
        .into_iter()
        .find(|(entry, other)| entry.party() == Some(party) && other.office == act.office && other.unit == act.unit);
    match same {
        Some((entry, _)) => {
            let reason = format!("record {} names {} as the counterpart of {party}", entry.version, act.office);
            let accepted = if entry.is_transcription() && !case.actor.is_registrar() {
                format!("confirm it with record_confirmed {{\"version\": {}}}", entry.version)
            } else {
                "when the office's holder changes, end that assignment with counterpart_ended first".to_owned()
            };
            Err(Refusal::new("counterpart-assigned-already", "data.office", reason, accepted))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};

    fn counterpart(office: &str) -> Value {
        json!({"area": "health-promotion", "occurred_on": "2023-05-08", "office": office})
    }

    #[test]
    fn given_counterparts_on_one_side_then_the_gaps_on_both_are_seen() {
        let mut world = World::with_council(3);
        world.on_day("2023-06-01");
        let gaps = |world: &World, on: &str| -> (Vec<String>, Vec<String>) {
            let shown = world.status(on).areas[0].counterparts.clone();
            let ids = |parties: &[sinetti_events::primitives::ids::PartyId]| {
                parties.iter().map(ToString::to_string).collect()
            };
            (ids(&shown.county.missing), ids(&shown.municipalities.missing))
        };
        let list = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
        assert_eq!(gaps(&world, "2023-06-01"), (list(&["p1"]), list(&["p2", "p3"])));
        world.given("p2", "counterpart_assigned", counterpart("hyvinvointikoordinaattori"));
        assert_eq!(gaps(&world, "2023-06-01"), (list(&["p1"]), list(&["p3"])));
        assert_eq!(gaps(&world, "2023-05-07"), (list(&["p1"]), list(&["p2", "p3"])));
        let name = json!({"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
        world.given(
            "p1",
            "counterpart_assigned",
            with(counterpart("hyte-päällikkö"), json!({"name": name, "unit": "strategia"})),
        );
        let shown = world.now().areas[0].counterparts.clone();
        assert!(shown.county.missing.is_empty());
        assert_eq!(shown.county.named[0].office.as_str(), "hyte-päällikkö");
        assert!(shown.county.named[0].has_name && !shown.municipalities.named[0].has_name);
        world.given("liitto", "counterpart_assigned", counterpart("aluekehitysjohtaja"));
        assert_eq!(world.now().areas[0].counterparts.others.len(), 1);
        assert_eq!(world.now().areas[1].counterparts.county.missing.len(), 1);
    }

    #[test]
    fn one_office_is_named_once_and_another_beside_it() {
        let mut world = World::with_areas(3);
        let version = world.on_day("2023-06-01").given("p2", "counterpart_assigned", counterpart("sivistysjohtaja"));
        let again = counterpart("sivistysjohtaja");
        assert_eq!(world.slug("p2", "counterpart_assigned", again.clone()), "counterpart-assigned-already");
        world.given("p2", "counterpart_assigned", with(again.clone(), json!({"unit": "sivistys"})));
        world.given("p3", "counterpart_assigned", again.clone());
        world.given("p2", "counterpart_ended", json!({"assignment": version, "occurred_on": "2023-05-20"}));
        world.given("p2", "counterpart_assigned", with(again, json!({"occurred_on": "2023-05-20"})));
        let elsewhere = with(counterpart("rehtori"), json!({"area": "transport"}));
        assert_eq!(world.slug("p2", "counterpart_assigned", elsewhere), "area-unknown");
        let named = with(counterpart("rehtori"), json!({"name": "Maija Esimerkki"}));
        assert_eq!(world.slug("p2", "counterpart_assigned", named), "data-malformed");
    }

    #[test]
    fn what_was_transcribed_is_confirmed_and_not_said_again() {
        let mut world = World::with_areas(3);
        let transcribed = with(counterpart("rehtori"), json!({"party": "p2", "source": "https://example.fi"}));
        world.on_day("2023-06-01").given("registrar", "counterpart_assigned", transcribed);
        assert_eq!(world.now().areas[0].counterparts.municipalities.named[0].grade.as_str(), "transcribed");
        let refusal = world.refused("p2", "counterpart_assigned", counterpart("rehtori"));
        assert!(refusal.accepted.contains("record_confirmed"));
        let described = json!({"party_described": "eräs kunta", "source": "https://example.fi"});
        world.given("registrar", "counterpart_assigned", with(counterpart("rehtori"), described));
        assert_eq!(world.now().areas[0].counterparts.municipalities.named.len(), 1);
    }
}
