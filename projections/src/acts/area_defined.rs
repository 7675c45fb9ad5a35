//! `area_defined`: an interface area that the opening did not have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::agreement_opened::InterfaceArea;
use super::line::Language;
use super::line::Line;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::amendments;
use crate::areas;
use crate::case::Case;
use crate::refusal::Refusal;

/// Defines a further interface area (yhdyspinta); by the registrar, where the parties agreed on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaDefined {
    /// Version of the `amendment_proposed` that brought it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<u64>,
    /// The area.
    pub area: InterfaceArea,
    /// Where it was agreed.
    pub basis: Line,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "area_defined",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "A further interface area of the agreement.",
    args: &["area", "name"],
    schema: with_common::<AreaDefined>,
};

impl ActType for AreaDefined {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("area", self.area.id.to_string()), ("name", self.area.names.in_language(Language::Fi).to_owned())])
    }

    fn refers_to(&self) -> Vec<u64> {
        self.amendment.into_iter().collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/area/id", "/area/number", "/amendment", "/invented"]
    }
}

fn decide(act: &AreaDefined, case: &Case<'_>) -> Result<(), Refusal> {
    act.amendment.map_or(Ok(()), |version| amendments::check_in_force(case, version))?;
    let known = areas::areas(case.agreement);
    if let Some((entry, area)) = known.iter().find(|(_, area)| area.id == act.area.id) {
        let reason = format!("{} is interface area {} already, by record {}", area.id, area.number, entry.version);
        return Err(Refusal::new("area-known", "data.area.id", reason, "give the new area a slug of its own"));
    }
    // A correction can't touch the number, and areas may have been defined since.
    let next = known.iter().map(|(_, area)| area.number).max().unwrap_or_default() + 1;
    if case.correcting.is_none() && act.area.number != next {
        let reason = format!("the next interface area is number {next}, not {}", act.area.number);
        return Err(Refusal::new("numbering-gap", "data.area.number", reason, format!("number it {next}")));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, amendment, with};

    fn area(number: u64, id: &str) -> Value {
        let area = json!({"id": id, "names": {"fi": "Asunnottomuustyö"}, "number": number});
        json!({"area": area, "basis": "johtajakokous 14.2.2023 § 4", "occurred_on": "2023-02-14"})
    }

    #[test]
    fn given_two_areas_when_a_third_is_defined_then_it_is_shown_from_its_date() {
        let mut world = World::with_areas(2);
        world.on_day("2023-09-02");
        let version = world.given(
            "registrar",
            "area_defined",
            with(area(3, "homelessness"), json!({"occurred_on": "2023-09-01"})),
        );
        let ids = |world: &World, on: &str| -> Vec<String> {
            world.status(on).areas.iter().map(|area| area.id.to_string()).collect()
        };
        assert_eq!(ids(&world, "2023-09-01"), ["health-promotion", "employment", "homelessness"]);
        assert_eq!(ids(&world, "2023-08-31"), ["health-promotion", "employment"]);
        assert_eq!(world.now().areas[2].defined_by, version);
        world.given("registrar", "area_defined", area(4, "transport"));
        world.given("registrar", "record_retracted", json!({"occurred_on": "2023-09-02", "version": version}));
        assert_eq!(ids(&world, "2023-09-02"), ["health-promotion", "employment", "transport"]);
    }

    #[test]
    fn numbers_go_on_and_slugs_are_new() {
        for (number, id, slug) in [
            (4, "homelessness", "numbering-gap"),
            (2, "homelessness", "numbering-gap"),
            (3, "employment", "area-known"),
            (3, "Koti", "data-malformed"),
        ] {
            assert_eq!(World::with_areas(2).slug("registrar", "area_defined", area(number, id)), slug, "{id} {number}");
        }
        assert_eq!(World::with_areas(2).slug("p1", "area_defined", area(3, "homelessness")), "actor-not-allowed");
        World::of_parties(2).given("registrar", "area_defined", area(1, "homelessness"));
    }

    #[test]
    fn an_amendment_that_brought_it_is_one_and_in_force() {
        let named =
            |version: u64| with(area(3, "homelessness"), json!({"amendment": version, "occurred_on": "2023-09-01"}));
        let mut world = World::with_areas(2);
        world.on_day("2023-10-01").complete([1, 2], "2023-05-08");
        assert_eq!(world.slug("registrar", "area_defined", named(1)), "record-of-another-type");
        assert_eq!(world.slug("registrar", "area_defined", named(99)), "record-unknown");
        world.deposit_amendment("m");
        let amendment = world.given("registrar", "amendment_proposed", amendment("m", "unanimous"));
        assert_eq!(world.slug("registrar", "area_defined", named(amendment)), "amendment-not-in-force");
        world.accept(1..=2, "m", "2023-08-01");
        world.given("registrar", "area_defined", named(amendment));
    }

    #[test]
    fn names_can_be_corrected_after_further_areas_and_the_slug_can_not() {
        let mut world = World::with_areas(2);
        let version = world.given("registrar", "area_defined", area(3, "homelessness"));
        world.given("registrar", "area_defined", area(4, "transport"));
        let correct = |field: &str, old: Value, new: Value| json!({"changes": [{"field": field, "old": old, "new": new}], "occurred_on": "2023-02-14", "version": version});
        world.given(
            "registrar",
            "record_corrected",
            correct("/area/names/fi", json!("Asunnottomuustyö"), json!("Asuminen")),
        );
        let fixed = correct("/area/id", json!("homelessness"), json!("housing"));
        assert_eq!(world.slug("registrar", "record_corrected", fixed), "correction-not-possible");
    }
}
