//! `party_registered`: a legal person that can be a party to agreements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::{PartyId, StreamId};

use super::act_type::{ActType, Args};
use super::codes::{BusinessId, Code};
use super::line::{Language, Words};
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::{Case, check_named_once};
use crate::refusal::Refusal;

/// Registers a party; by the registrar. Names are labels, never keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyRegistered {
    /// Y-tunnus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_id: Option<BusinessId>,
    /// Typed codes, none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// The slug by which it speaks; never used again for another.
    pub id: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// What a municipality calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality_type: Option<MunicipalityType>,
    /// Names by language.
    pub names: Words,
    /// Parties that it continues, and whose name it may therefore bear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successor_of: Vec<PartyId>,
}

/// What a party is by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// Kunta.
    Municipality,
    /// Another body.
    Other,
    /// Maakunnan liitto.
    RegionalCouncil,
    /// Hyvinvointialue.
    WellbeingServicesCounty,
}

impl PartyKind {
    /// All of them.
    pub const ALL: &'static [PartyKind] =
        &[PartyKind::Municipality, PartyKind::Other, PartyKind::RegionalCouncil, PartyKind::WellbeingServicesCounty];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            PartyKind::Municipality => "municipality",
            PartyKind::Other => "other",
            PartyKind::RegionalCouncil => "regional_council",
            PartyKind::WellbeingServicesCounty => "wellbeing_services_county",
        }
    }
}

/// What a municipality calls itself; the law knows no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MunicipalityType {
    /// Kaupunki.
    City,
    /// Kunta.
    Municipality,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "party_registered",
    stream: StreamKind::Registry,
    actors: Actors::Registrar,
    summary: "A legal person that can be a party.",
    args: &[],
    schema: with_common::<PartyRegistered>,
};

impl ActType for PartyRegistered {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        Args::new()
    }
}

fn decide(act: &PartyRegistered, case: &Case<'_>) -> Result<(), Refusal> {
    if act.id.is_registrar() || StreamId::RESERVED.contains(&act.id.as_str()) {
        return Err(Refusal::new(
            "party-id-reserved",
            "data.id",
            format!("{} is reserved", act.id),
            "choose another id",
        ));
    }
    if let Some(known) = case.registry.parties.get(&act.id) {
        let reason = format!("{} is registered already, in version {} of the registry", act.id, known.version);
        return Err(Refusal::new(
            "party-known",
            "data.id",
            reason,
            "an id is never used again; record a change of name or id with party_succeeded",
        ));
    }
    check_kind(act)?;
    if let Some(unknown) = act.successor_of.iter().find(|party| !case.registry.parties.contains_key(party)) {
        let reason = format!("no party {unknown} is registered in this ledger");
        return Err(Refusal::new("party-unknown", "data.successor_of", reason, "register the predecessor first"));
    }
    check_codes(act, case)?;
    check_business_id(act.business_id.as_ref(), &act.id, &act.successor_of, case)?;
    check_names(&act.names, &act.successor_of, case)
}

/// Codes and municipality type fit the kind.
fn check_kind(act: &PartyRegistered) -> Result<(), Refusal> {
    let register = match act.kind {
        PartyKind::Municipality => Some("kunta:"),
        PartyKind::RegionalCouncil => Some("maakunta:"),
        PartyKind::WellbeingServicesCounty => Some("hva:"),
        PartyKind::Other => None,
    };
    let fits = |code: &Code| register.is_some_and(|register| code.as_str().starts_with(register));
    if let Some(code) = act.codes.iter().find(|code| !fits(code)) {
        let reason = format!("{code} is no code of a party of this kind");
        let accepted =
            register.map_or("leave codes out".to_owned(), |register| format!("a code that begins with {register}"));
        return Err(Refusal::new("code-of-another-kind", "data.codes", reason, accepted));
    }
    if act.municipality_type.is_some() && act.kind != PartyKind::Municipality {
        return Err(Refusal::new(
            "municipality-type",
            "data.municipality_type",
            "only a municipality has one",
            "leave it out",
        ));
    }
    Ok(())
}

/// A code names one party at a time; a successor may continue its predecessor's.
fn check_codes(act: &PartyRegistered, case: &Case<'_>) -> Result<(), Refusal> {
    check_named_once(&act.codes, "data.codes")?;
    let others = case.registry.parties.iter().filter(|(id, _)| !act.successor_of.contains(id));
    for (id, party) in others {
        if let Some(code) = act.codes.iter().find(|code| party.registered.codes.contains(code)) {
            return Err(Refusal::new(
                "code-known",
                "data.codes",
                format!("{code} is the code of {id}"),
                "a party that continues it names it in successor_of",
            ));
        }
    }
    Ok(())
}

/// A business id belongs to one legal person, for ever.
pub(super) fn check_business_id(
    id: Option<&BusinessId>,
    of: &PartyId,
    successor_of: &[PartyId],
    case: &Case<'_>,
) -> Result<(), Refusal> {
    let Some(id) = id else { return Ok(()) };
    let registered = case.registry.parties.iter().map(|(party, known)| (party, known.registered.business_id.as_ref()));
    let changed = case.registry.successions.iter().filter_map(|succession| {
        succession.succeeded.predecessors.first().map(|party| (party, succession.succeeded.business_id.as_ref()))
    });
    let other = registered
        .chain(changed)
        .find(|(party, known)| *known == Some(id) && *party != of && !successor_of.contains(party));
    match other {
        Some((party, _)) => Err(Refusal::new(
            "business-id-known",
            "data.business_id",
            format!("{id} is the business id of {party}"),
            "look it up again; the same legal person is never registered twice",
        )),
        None => Ok(()),
    }
}

/// A second party of the same name is a slip of the hand, unless it says whom it continues.
pub(super) fn check_names(names: &Words, successor_of: &[PartyId], case: &Case<'_>) -> Result<(), Refusal> {
    let others = case.registry.parties.keys().filter(|id| !successor_of.contains(id));
    for id in others {
        let Some(known) = case.registry.names(id, case.occurred_on()) else { continue };
        let same = |(language, name): &(Language, &str)| {
            known.get(*language).is_some_and(|known| known.to_lowercase() == name.to_lowercase())
        };
        if let Some((language, name)) = names.iter().find(same) {
            let member = format!("data.names.{}", language.as_str());
            return Err(Refusal::new(
                "party-name-known",
                member,
                format!("{id} has the name {name:?} already"),
                "the same party is never registered twice; one that continues it names it in successor_of",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};

    fn tampere() -> Value {
        json!({"business_id": "0211675-2", "codes": ["kunta:837"], "id": "tampere", "kind": "municipality",
            "municipality_type": "city", "names": {"fi": "Tampereen kaupunki", "sv": "Tammerfors"}, "occurred_on": "2023-02-14"})
    }

    #[test]
    fn given_a_founded_ledger_when_registered_then_it_is_known() {
        let mut world = World::founded("2023-02-14");
        world.given("registrar", "party_registered", tampere());
        let party = &world.registry.parties[&"tampere".parse().unwrap()];
        assert_eq!(party.registered.business_id.as_ref().unwrap().as_str(), "0211675-2");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (change, slug) in [
            (json!({"id": "registrar"}), "party-id-reserved"),
            (json!({"id": "api"}), "party-id-reserved"),
            (json!({"id": "Tampere"}), "data-malformed"),
            (json!({"business_id": "0211675-3"}), "data-malformed"),
            (json!({"codes": ["837"]}), "data-malformed"),
            (json!({"codes": ["hva:08"]}), "code-of-another-kind"),
            (json!({"codes": ["kunta:837", "kunta:837"]}), "named-twice"),
            (json!({"kind": "other", "municipality_type": null}), "code-of-another-kind"),
            (json!({"kind": "other", "codes": null}), "municipality-type"),
            (json!({"names": {}}), "data-malformed"),
            (json!({"names": {"fi": " Tampere"}}), "data-malformed"),
            (json!({"successor_of": ["nobody"]}), "party-unknown"),
            (json!({"occurred_on": "2023-02-15"}), "date-in-future"),
        ] {
            let mut world = World::founded("2023-02-14");
            assert_eq!(world.slug("registrar", "party_registered", with(tampere(), change.clone())), slug, "{change}");
        }
        assert_eq!(World::founded("2023-02-14").slug("tampere", "party_registered", tampere()), "actor-not-allowed");
    }

    #[test]
    fn nothing_of_one_party_is_anothers() {
        let mut world = World::founded("2023-02-14");
        world.given("registrar", "party_registered", tampere());
        let other =
            json!({"id": "tammerfors", "names": {"fi": "Tammerkosken kaupunki"}, "codes": null, "business_id": null});
        let other = with(tampere(), other);
        for (change, slug) in [
            (json!({"id": "tampere"}), "party-known"),
            (json!({"codes": ["kunta:837"]}), "code-known"),
            (json!({"business_id": "0211675-2"}), "business-id-known"),
            (json!({"names": {"fi": "Tammerkosken kaupunki", "sv": "TAMMERFORS"}}), "party-name-known"),
        ] {
            assert_eq!(
                world.slug("registrar", "party_registered", with(other.clone(), change.clone())),
                slug,
                "{change}"
            );
        }
        world.given("registrar", "party_registered", other);
    }

    #[test]
    fn a_successor_may_bear_name_and_code() {
        let mut world = World::founded("2023-02-14");
        world.given("registrar", "party_registered", tampere());
        let successor = json!({"id": "tampere-2025", "business_id": null, "successor_of": ["tampere"]});
        world.given("registrar", "party_registered", with(tampere(), successor));
    }
}
