//! `agreement_opened`: the first record of an agreement: who must do what for it to be in force.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args};
use super::forum::Forum;
use super::line::{Language, Line, Words};
use super::rules::{AmendmentRule, EntryIntoForce, Notice, Rules, Share, Term};
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::{Case, check_named_once};
use crate::refusal::Refusal;

/// Opens an agreement; by the registrar, in version 1 of its stream.
///
/// Roster and rules are immutable but by amendment. All of it fits a payload of 40 000 bytes
/// for some forty parties and a dozen interface areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementOpened {
    /// Who bears which costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_rule: Option<Words>,
    /// Date of the text as its sources give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_of_text: Option<Date>,
    /// Where its parties meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forums: Vec<Forum>,
    /// Where the parties' services meet (yhdyspinnat), numbered as in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interface_areas: Vec<InterfaceArea>,
    /// Languages of its texts, none twice.
    pub languages: Vec<Language>,
    /// Acts that it rests on, such as `611/2021 § 14`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal_bases: Vec<Line>,
    /// Its principles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub principles: Vec<Words>,
    /// The parties, numbered from 1 in the agreement's own order.
    pub roster: Vec<Seat>,
    /// Its rules.
    pub rules: Rules,
    /// Where all this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Line>,
    /// How long it is made for.
    pub term: Term,
    /// Titles by language.
    pub titles: Words,
}

/// A numbered place in the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// From 1, without gaps.
    pub number: u64,
    /// Who.
    pub party: PartyId,
    /// How many people live there, where a rule counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<Population>,
}

/// A population figure, with where it is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// How many people.
    pub count: u64,
    /// On which day.
    pub date: Date,
    /// Who counted them.
    pub source: Line,
}

/// A field in which the parties' services meet (yhdyspinta).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterfaceArea {
    /// The goal that the text sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Words>,
    /// Slug, unique within the agreement.
    pub id: Slug,
    /// Its name.
    pub names: Words,
    /// From 1, without gaps.
    pub number: u64,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "agreement_opened",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "Opens an agreement: titles, roster, rules, forums, interface areas.",
    args: &["parties", "title"],
    schema: with_common::<AgreementOpened>,
};

impl ActType for AgreementOpened {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("parties", self.roster.len().to_string()), ("title", self.titles.in_language(Language::Fi).to_owned())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/roster", "/rules/amendment", "/rules/entry_into_force", "/rules/withdrawal", "/invented"]
    }
}

fn decide(act: &AgreementOpened, case: &Case<'_>) -> Result<(), Refusal> {
    check_roster(act, case)?;
    if let EntryIntoForce::EachWhenApprovedAndSigned { hub } = &act.rules.entry_into_force
        && !act.roster.iter().any(|seat| seat.party == *hub)
    {
        let reason = format!("the hub {hub} is not on the roster");
        let accepted = "a party of the roster: the one with which each of the others makes the agreement";
        return Err(Refusal::new("hub-not-on-roster", "data.rules.entry_into_force.hub", reason, accepted));
    }
    check_rules(&act.rules)?;
    check_population(act)?;
    check_languages(act)?;
    check_forums(act)?;
    check_areas(act)
}

/// Shares and notice are such that they can be met, and not met.
fn check_rules(rules: &Rules) -> Result<(), Refusal> {
    check_shares(rules.entry_into_force.shares(), "data.rules.entry_into_force")?;
    let amendment = rules.amendment.as_ref().map(AmendmentRule::shares);
    check_shares(amendment.unwrap_or_default(), "data.rules.amendment")?;
    check_notice(rules.withdrawal, "data.rules.withdrawal.months")
}

pub(super) fn check_shares(shares: (Option<Share>, Option<Share>), member: &str) -> Result<(), Refusal> {
    let named = [("parties", shares.0), ("population", shares.1)];
    match named.into_iter().find(|(_, share)| share.is_some_and(|share| !share.is_sound())) {
        Some((name, _)) => {
            let reason = "this is no share that some reach and some don't";
            Err(Refusal::new(
                "share-unsound",
                format!("{member}.{name}"),
                reason,
                format!(
                    "a fraction above 0 and at most 1 (below 1 with more_than), its denominator at most {}",
                    Share::MAX_DENOMINATOR
                ),
            ))
        }
        None => Ok(()),
    }
}

pub(super) fn check_notice(notice: Option<Notice>, member: &str) -> Result<(), Refusal> {
    match notice {
        Some(notice) if !notice.is_sound() => {
            let reason = format!("{} months are no notice", notice.months);
            Err(Refusal::new(
                "notice-months",
                member,
                reason,
                format!("1 to {} months, or leave withdrawal out where the text sets none", Notice::MAX_MONTHS),
            ))
        }
        _ => Ok(()),
    }
}

/// Where a rule counts people, every seat says how many.
fn check_population(act: &AgreementOpened) -> Result<(), Refusal> {
    if !act.rules.counts_population() {
        return Ok(());
    }
    let lacking = act.roster.iter().enumerate().find(|(_, seat)| seat.population.is_none());
    lacking.map_or(Ok(()), |(at, seat)| Err(population_missing(seat, format!("data.roster[{at}].population"))))
}

pub(super) fn population_missing(seat: &Seat, member: String) -> Refusal {
    let reason = format!("a rule of this agreement counts people, and {} has no figure", seat.party);
    Refusal::new("population-missing", member, reason, "give count, date and source; 0 for a body without residents")
}

/// Forums are told apart by their ids.
fn check_forums(act: &AgreementOpened) -> Result<(), Refusal> {
    let ids: Vec<&Slug> = act.forums.iter().map(|forum| &forum.id).collect();
    check_named_once(&ids, "data.forums")
}

/// Numbered from 1 without gaps; every party registered, seated once, and still there.
fn check_roster(act: &AgreementOpened, case: &Case<'_>) -> Result<(), Refusal> {
    if act.roster.len() < 2 {
        let reason = "an agreement has at least two parties";
        return Err(Refusal::new("roster-too-short", "data.roster", reason, "name every party, each with its seat"));
    }
    let parties: Vec<&PartyId> = act.roster.iter().map(|seat| &seat.party).collect();
    check_named_once(&parties, "data.roster")?;
    for (at, seat) in act.roster.iter().enumerate() {
        let member = |name| format!("data.roster[{at}].{name}");
        if seat.number != at as u64 + 1 {
            let reason = format!("{} stands in place {}; seats are numbered from 1 without gaps", seat.number, at + 1);
            return Err(Refusal::new("numbering-gap", member("number"), reason, format!("{} in this place", at + 1)));
        }
        if !case.registry.parties.contains_key(&seat.party) {
            let reason = format!("no party {} is registered in this ledger", seat.party);
            return Err(Refusal::new(
                "party-unknown",
                member("party"),
                reason,
                "the registrar registers it first, with party_registered",
            ));
        }
        if let Some(succession) = case.registry.ended(&seat.party, case.occurred_on()) {
            let reason = format!("{} ended on {}", seat.party, succession.occurred_on);
            return Err(Refusal::new("party-ended", member("party"), reason, "seat its successor"));
        }
    }
    Ok(())
}

fn check_languages(act: &AgreementOpened) -> Result<(), Refusal> {
    if act.languages.is_empty() {
        let reason = "the languages of the text are not named";
        return Err(Refusal::new(
            "languages-missing",
            "data.languages",
            reason,
            "the languages in which the text is authentic, such as fi",
        ));
    }
    let languages: Vec<&str> = act.languages.iter().map(|language| language.as_str()).collect();
    check_named_once(&languages, "data.languages")?;
    match act.languages.iter().find(|language| act.titles.get(**language).is_none()) {
        Some(language) => {
            let member = format!("data.titles.{}", language.as_str());
            Err(Refusal::new("title-missing", member, "no title in this language of the text", "give its title"))
        }
        None => Ok(()),
    }
}

fn check_areas(act: &AgreementOpened) -> Result<(), Refusal> {
    let ids: Vec<&Slug> = act.interface_areas.iter().map(|area| &area.id).collect();
    check_named_once(&ids, "data.interface_areas")?;
    let wrong = act.interface_areas.iter().enumerate().find(|(at, area)| area.number != *at as u64 + 1);
    match wrong {
        Some((at, area)) => {
            let reason = format!("{} stands in place {}; areas are numbered from 1 without gaps", area.number, at + 1);
            let member = format!("data.interface_areas[{at}].number");
            Err(Refusal::new("numbering-gap", member, reason, format!("{} in this place", at + 1)))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::acts::line::Language;
    use crate::given::{World, opening, with};

    /// A world with parties and no agreement yet.
    fn world() -> World {
        let mut world = World::founded("2023-02-14");
        for party in ["p1", "p2", "p3"] {
            world.register(party);
        }
        world
    }

    fn all() -> Value {
        json!({"kind": "all_approved_and_signed"})
    }

    #[test]
    fn given_parties_when_opened_then_the_roster_stands() {
        let mut world = world();
        world.given("registrar", "agreement_opened", opening(3, all()));
        let now = world.now();
        assert_eq!((now.parties_total, now.missing.len(), now.in_force), (3, 3, false));
        assert_eq!(world.slug("registrar", "agreement_opened", opening(3, all())), "agreement-open-already");
    }

    #[test]
    fn only_the_registrar_opens() {
        let refusal = world().refused("p1", "agreement_opened", opening(3, all()));
        assert_eq!((refusal.slug, refusal.member.as_str()), ("actor-not-allowed", "actor"));
    }

    #[test]
    fn nothing_is_said_before_the_opening() {
        assert_eq!(world().slug("p1", "decision_recorded", crate::given::approval("2023-02-14")), "agreement-not-open");
    }

    #[test]
    fn a_roster_has_registered_parties_numbered_without_gaps() {
        let seats = |seats: &[(u64, &str)]| -> Value {
            seats.iter().map(|(number, party)| json!({"number": number, "party": party})).collect()
        };
        for (roster, slug) in [
            (seats(&[(1, "p1"), (2, "p2"), (4, "p3")]), "numbering-gap"),
            (seats(&[(2, "p2"), (1, "p1")]), "numbering-gap"),
            (seats(&[(1, "p1"), (2, "p1")]), "named-twice"),
            (seats(&[(1, "p1"), (2, "nobody")]), "party-unknown"),
            (seats(&[(1, "p1"), (2, "registrar")]), "party-unknown"),
            (seats(&[(1, "p1")]), "roster-too-short"),
            (seats(&[]), "roster-too-short"),
        ] {
            let data = with(opening(3, all()), json!({"roster": roster}));
            assert_eq!(world().slug("registrar", "agreement_opened", data), slug, "{roster}");
        }
    }

    #[test]
    fn a_party_that_has_ended_takes_no_seat() {
        let mut world = world();
        let absorbed =
            json!({"kind": "absorbed", "predecessors": ["p2"], "successors": ["p1"], "occurred_on": "2023-01-31"});
        world.given("registrar", "party_succeeded", absorbed);
        assert_eq!(world.slug("registrar", "agreement_opened", opening(3, all())), "party-ended");
    }

    #[test]
    fn members_that_do_not_fit_are_refused() {
        let area = |number: u64, id: &str| json!({"id": id, "names": {"fi": "Varautuminen"}, "number": number});
        for (change, slug) in [
            (json!({"languages": []}), "languages-missing"),
            (json!({"languages": ["fi", "fi"]}), "named-twice"),
            (json!({"languages": ["fi", "sv"]}), "title-missing"),
            (json!({"interface_areas": [area(1, "a"), area(3, "b")]}), "numbering-gap"),
            (json!({"interface_areas": [area(1, "a"), area(2, "a")]}), "named-twice"),
            (json!({"interface_areas": [area(1, "A b")]}), "data-malformed"),
            (json!({"interface_areas": []}), "data-malformed"),
            (json!({"term": {"kind": "fixed"}}), "data-malformed"),
            (json!({"term": {"kind": "unknown", "until": "2025-12-31"}}), "data-malformed"),
            (json!({"titles": {}}), "data-malformed"),
            (json!({"amendment": "unanimous"}), "data-malformed"),
            (json!({"occurred_on": null}), "data-malformed"),
        ] {
            let refusal = world().refused("registrar", "agreement_opened", with(opening(3, all()), change.clone()));
            assert_eq!(refusal.slug, slug, "{change}: {refusal}");
        }
    }

    #[test]
    fn rules_of_a_later_format_are_refused_and_not_guessed() {
        for rule in [
            json!({"kind": "threshold"}),
            json!({"kind": "all_approved", "hub": "p1"}),
            json!({"kind": "each_when_approved_and_signed"}),
        ] {
            assert_eq!(
                world().slug("registrar", "agreement_opened", opening(3, rule.clone())),
                "data-malformed",
                "{rule}"
            );
        }
        let rule = json!({"hub": "p9", "kind": "each_when_approved_and_signed"});
        assert_eq!(world().slug("registrar", "agreement_opened", opening(3, rule)), "hub-not-on-roster");
    }

    /// Members of every seat's figure of people.
    fn with_people(mut data: Value) -> Value {
        for seat in data["roster"].as_array_mut().unwrap() {
            seat["population"] = json!({"count": 1000, "date": "2022-12-31", "source": "Tilastokeskus"});
        }
        data
    }

    #[test]
    fn shares_are_such_that_some_reach_them_and_some_do_not() {
        let share = |numerator: u64, denominator: u64| json!({"denominator": denominator, "numerator": numerator});
        let threshold = |parties: Value| json!({"kind": "threshold", "parties": parties, "signatures": true});
        for bad in
            [share(0, 3), share(4, 3), share(1, 0), share(1, 1_000_001), with(share(3, 3), json!({"more_than": true}))]
        {
            let refusal = world().refused("registrar", "agreement_opened", opening(3, threshold(bad.clone())));
            let told = (refusal.slug, refusal.member.as_str());
            assert_eq!(told, ("share-unsound", "data.rules.entry_into_force.parties"), "{bad}");
            let mut data = opening(3, all());
            data["rules"]["amendment"] = json!({"kind": "threshold", "parties": bad});
            let refusal = world().refused("registrar", "agreement_opened", data);
            assert_eq!(refusal.member, "data.rules.amendment.parties");
        }
        world().given("registrar", "agreement_opened", opening(3, threshold(share(2, 3))));
    }

    #[test]
    fn where_a_rule_counts_people_every_seat_has_a_figure() {
        let half = json!({"denominator": 2, "numerator": 1});
        let threshold = json!({"kind": "threshold", "parties": half, "population": half});
        let entry = opening(3, with(threshold.clone(), json!({"signatures": false})));
        let mut amendment = opening(3, all());
        amendment["rules"]["amendment"] = threshold;
        for data in [entry, amendment] {
            let mut lacking = with_people(data.clone());
            lacking["roster"][1].as_object_mut().unwrap().remove("population");
            let refusal = world().refused("registrar", "agreement_opened", lacking);
            assert_eq!((refusal.slug, refusal.member.as_str()), ("population-missing", "data.roster[1].population"));
            world().given("registrar", "agreement_opened", with_people(data));
        }
    }

    #[test]
    fn a_notice_has_a_length_and_forums_are_told_apart() {
        for months in [0, 1201] {
            let mut data = opening(3, all());
            data["rules"]["withdrawal"] = json!({"months": months});
            assert_eq!(world().slug("registrar", "agreement_opened", data), "notice-months", "{months}");
        }
        let forum = |id: &str| json!({"id": id, "kind": "management", "names": {"fi": "johtajakokous"}});
        let twice = with(opening(3, all()), json!({"forums": [forum("a"), forum("a")]}));
        assert_eq!(world().slug("registrar", "agreement_opened", twice), "named-twice");
        let mut both = with(opening(3, all()), json!({"forums": [forum("a"), forum("b")]}));
        both["rules"]["withdrawal"] = json!({"months": 6});
        world().given("registrar", "agreement_opened", both);
    }

    #[test]
    fn forty_parties_and_twelve_areas_fit_a_payload() {
        let mut data = opening(40, all());
        for seat in data["roster"].as_array_mut().unwrap() {
            seat["party"] = json!(format!("pohjois-pohjanmaan-hyvinvointialue-{}", seat["number"]));
        }
        let name = "Sivistys-, kulttuuri- ja vapaa-aikapalvelujen sekä sosiaali- ja terveyspalvelujen tiivis yhteistyö";
        let goal = name.repeat(4);
        let area = |number: u64| {
            json!({"id": format!("education-and-culture-{number}"), "number": number,
            "names": {"fi": name, "sv": name, "en": name}, "goal": {"fi": goal}})
        };
        data["interface_areas"] = (1..=12).map(area).collect();
        let world = world();
        let payload = world.payload("registrar", crate::given::AGREEMENT, "agreement_opened", &data);
        assert!(payload.to_bytes().unwrap().len() < 40_000);
    }

    #[test]
    fn roster_and_rule_are_beyond_correction_and_the_rest_is_not() {
        let mut world = world();
        world.given("registrar", "agreement_opened", opening(3, all()));
        let correct = |field: &str, old: Value, new: Value| json!({"changes": [{"field": field, "old": old, "new": new}], "occurred_on": "2023-02-14", "version": 1});
        let opened = opening(3, all());
        for (field, old) in [
            ("/roster/0/party", json!("p1")),
            ("/roster", opened["roster"].clone()),
            ("/rules", opened["rules"].clone()),
            ("/rules/entry_into_force/kind", json!("all_approved_and_signed")),
        ] {
            assert_eq!(
                world.slug("registrar", "record_corrected", correct(field, old, json!("x"))),
                "correction-not-possible"
            );
        }
        world.given(
            "registrar",
            "record_corrected",
            correct("/titles/fi", json!("Puitesopimus"), json!("Yhteistyösopimus")),
        );
        world.given("registrar", "record_corrected", correct("/rules/basis", json!("stated"), json!("assumed")));
        assert_eq!(world.now().titles.in_language(Language::Fi), "Yhteistyösopimus");
        assert_eq!(
            world.slug("registrar", "record_retracted", json!({"version": 1, "occurred_on": "2023-02-14"})),
            "retraction-of-opening"
        );
    }
}
