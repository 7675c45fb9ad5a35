//! `negotiation_held`: a negotiation that the law or the agreement asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::party_registered::PartyKind;
use super::slug::Slug;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::case::{Case, check_named_once};
use crate::forums;
use crate::refusal::Refusal;

/// A negotiation was held on `occurred_on`, and who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NegotiationHeld {
    /// Who of the roster took part; at least two, but one with a ministry.
    pub attending: Vec<PartyId>,
    /// The forum, for kind `forum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forum: Option<Slug>,
    /// Which negotiation.
    pub kind: NegotiationKind,
    /// The ministry, for kind `yearly_ministry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ministry: Option<Line>,
    /// SHA-256 of its minutes, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_digest: Option<Digest>,
}

/// Which negotiation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NegotiationKind {
    /// Once in a council term, the county and all its municipalities (act 611/2021 § 14).
    CouncilTerm,
    /// A meeting of a forum of the agreement.
    Forum,
    /// Yearly on the promotion of health and wellbeing (act 612/2021 § 7).
    YearlyHealthPromotion,
    /// Yearly between the county and a ministry.
    YearlyMinistry,
}

impl NegotiationKind {
    /// All of them.
    pub const ALL: &[NegotiationKind] = &[
        NegotiationKind::CouncilTerm,
        NegotiationKind::Forum,
        NegotiationKind::YearlyHealthPromotion,
        NegotiationKind::YearlyMinistry,
    ];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            NegotiationKind::CouncilTerm => "council_term",
            NegotiationKind::Forum => "forum",
            NegotiationKind::YearlyHealthPromotion => "yearly_health_promotion",
            NegotiationKind::YearlyMinistry => "yearly_ministry",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "negotiation_held",
    stream: StreamKind::Agreement,
    actors: Actors::Any,
    summary: "A negotiation was held.",
    args: &["attending", "negotiation"],
    schema: with_common::<NegotiationHeld>,
};

impl ActType for NegotiationHeld {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("attending", self.attending.len().to_string()), ("negotiation", self.kind.as_str().to_owned())])
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/kind", "/party", "/invented"]
    }
}

fn decide(act: &NegotiationHeld, case: &Case<'_>) -> Result<(), Refusal> {
    check_members(act, case)?;
    let least = if act.kind == NegotiationKind::YearlyMinistry { 1 } else { 2 };
    check_parties(&act.attending, least, "data.attending", case)?;
    check_kinds(act, case)?;
    let same = case.agreement.of_kind("negotiation_held").find(|entry| match &entry.act {
        Act::NegotiationHeld(other) => {
            let (mut mine, mut theirs) = (act.attending.clone(), other.attending.clone());
            mine.sort();
            theirs.sort();
            let held =
                (other.kind, &other.forum, &other.ministry, theirs) == (act.kind, &act.forum, &act.ministry, mine);
            held && entry.common.occurred_on == case.common.occurred_on
        }
        _ => false,
    });
    match same {
        Some(entry) => {
            let reason = format!("record {} is this negotiation: same kind, day and parties", entry.version);
            Err(Refusal::new(
                "negotiation-recorded-already",
                "data",
                reason,
                "correct that record, or retract it if it was sent in error",
            ))
        }
        None => Ok(()),
    }
}

/// A forum meets where the kind is forum, a ministry where it is with a ministry.
fn check_members(act: &NegotiationHeld, case: &Case<'_>) -> Result<(), Refusal> {
    let wanted = (act.kind == NegotiationKind::Forum, act.kind == NegotiationKind::YearlyMinistry);
    if (act.forum.is_some(), act.ministry.is_some()) != wanted {
        let reason = format!("forum and ministry don't fit the kind {}", act.kind.as_str());
        return Err(Refusal::new(
            "negotiation-members",
            "data.kind",
            reason,
            "forum belongs to kind forum, ministry to kind yearly_ministry, neither to the others",
        ));
    }
    let Some(forum) = &act.forum else { return Ok(()) };
    let known = forums::named(case, forum, "data.forum")?;
    match known.over_on().filter(|over| *over <= case.occurred_on()) {
        Some(over) => {
            let reason = format!("{forum} is there no more since {over}");
            Err(Refusal::new("forum-over", "data.forum", reason, "name a forum that was there on that day"))
        }
        None => Ok(()),
    }
}

/// Parties that took part: of the roster, none twice, still there, the one that says it among them.
pub(super) fn check_parties(parties: &[PartyId], least: usize, member: &str, case: &Case<'_>) -> Result<(), Refusal> {
    if parties.len() < least {
        let reason = format!("{} took part", parties.len());
        return Err(Refusal::new("participants-too-few", member, reason, format!("name at least {least}")));
    }
    check_named_once(parties, member)?;
    if let Some(party) = parties.iter().find(|party| !case.agreement.has_seat(party)) {
        let reason = format!("{party} is not on this agreement's roster");
        return Err(Refusal::new("participant-not-on-roster", member, reason, "name parties of the roster only"));
    }
    let ended = parties.iter().find_map(|party| Some((party, case.registry.ended(party, case.occurred_on())?)));
    if let Some((party, succession)) = ended {
        let reason = format!("{party} ended on {}", succession.occurred_on);
        return Err(Refusal::new("party-ended", member, reason, "name its successor"));
    }
    match case.party().filter(|party| !parties.contains(party)) {
        Some(party) => {
            let reason = format!("{party} says it and is not among those who took part");
            Err(Refusal::new(
                "not-a-participant",
                member,
                reason,
                "a party speaks of what it took part in; the registrar can record the rest",
            ))
        }
        None => Ok(()),
    }
}

/// What the law asks for is between the county and its municipalities, or a ministry.
fn check_kinds(act: &NegotiationHeld, case: &Case<'_>) -> Result<(), Refusal> {
    let attends = |wanted: PartyKind| {
        let kind = |party: &PartyId| case.registry.parties.get(party).map(|known| known.registered.kind);
        act.attending.iter().any(|party| kind(party) == Some(wanted))
    };
    let municipality = match act.kind {
        NegotiationKind::Forum => return Ok(()),
        NegotiationKind::YearlyMinistry => true,
        NegotiationKind::CouncilTerm | NegotiationKind::YearlyHealthPromotion => attends(PartyKind::Municipality),
    };
    if attends(PartyKind::WellbeingServicesCounty) && municipality {
        return Ok(());
    }
    let reason = format!("a negotiation of kind {} is one of the county", act.kind.as_str());
    Err(Refusal::new(
        "negotiation-sides",
        "data.attending",
        reason,
        "the county takes part, and but for the one with a ministry a municipality; others are of kind forum",
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, with};

    fn negotiation(kind: &str, attending: &[&str]) -> Value {
        json!({"attending": attending, "kind": kind, "occurred_on": "2023-05-08"})
    }

    #[test]
    fn given_a_forum_when_it_meets_then_its_meetings_are_listed() {
        let mut world = World::with_areas(3);
        let meeting = with(negotiation("forum", &["p2", "p3"]), json!({"forum": "top"}));
        let version = world.on_day("2023-06-01").given("p2", "negotiation_held", meeting);
        assert_eq!(world.now().forums[0].meetings, [version]);
        assert!(world.status("2023-05-07").forums[0].meetings.is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let ended = json!({"basis": "b", "forum": "top", "occurred_on": "2023-05-08"});
        for (kind, attending, change, slug) in [
            ("council_term", vec!["p1", "p2"], json!({"forum": "top"}), "negotiation-members"),
            ("council_term", vec!["p1", "p2"], json!({"ministry": "STM"}), "negotiation-members"),
            ("yearly_ministry", vec!["p1"], json!({}), "negotiation-members"),
            ("forum", vec!["p1", "p2"], json!({}), "negotiation-members"),
            ("forum", vec!["p1", "p2"], json!({"forum": "managers"}), "forum-unknown"),
            ("forum", vec!["p1", "p2"], json!({"forum": "top"}), "forum-over"),
            ("council_term", vec!["p1"], json!({}), "participants-too-few"),
            ("yearly_ministry", vec![], json!({"ministry": "STM"}), "participants-too-few"),
            ("council_term", vec!["p1", "p2", "p2"], json!({}), "named-twice"),
            ("council_term", vec!["p1", "outsider"], json!({}), "participant-not-on-roster"),
            ("council_term", vec!["p2", "p3"], json!({}), "negotiation-sides"),
            ("yearly_health_promotion", vec!["p1", "liitto"], json!({}), "negotiation-sides"),
            ("yearly_ministry", vec!["p2"], json!({"ministry": "STM"}), "negotiation-sides"),
        ] {
            let mut world = World::with_council(3);
            world.on_day("2023-06-01").register("outsider");
            world.given("registrar", "forum_ended", ended.clone());
            let data = with(negotiation(kind, &attending), change);
            assert_eq!(world.slug("registrar", "negotiation_held", data.clone()), slug, "{data}");
        }
    }

    #[test]
    fn a_party_speaks_of_what_it_took_part_in_and_the_registrar_of_all() {
        let mut world = World::with_areas(3);
        let held = negotiation("council_term", &["p1", "p2"]);
        assert_eq!(world.on_day("2023-06-01").slug("p3", "negotiation_held", held.clone()), "not-a-participant");
        world.given("p2", "negotiation_held", held.clone());
        let again = with(held, json!({"attending": ["p2", "p1"]}));
        assert_eq!(world.slug("registrar", "negotiation_held", again.clone()), "negotiation-recorded-already");
        world.given("registrar", "negotiation_held", with(again, json!({"attending": ["p3", "p1"]})));
    }

    #[test]
    fn who_has_ended_takes_part_no_more() {
        let mut world = World::with_areas(3);
        let absorbed =
            json!({"kind": "absorbed", "occurred_on": "2023-05-01", "predecessors": ["p3"], "successors": ["p2"]});
        world.on_day("2023-06-01").given("registrar", "party_succeeded", absorbed);
        let held = negotiation("council_term", &["p1", "p3"]);
        assert_eq!(world.slug("registrar", "negotiation_held", held), "party-ended");
    }
}
