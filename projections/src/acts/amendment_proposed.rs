//! `amendment_proposed`: a change of the agreement is put to the parties.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args, listed};
use super::agreement_opened::{check_notice, check_shares};
use super::line::Line;
use super::rules::AmendmentRule;
use super::rules::Basis;
use super::rules::Notice;
use super::rules::Term;
use super::subject::Subject;
use super::text_deposited::TextRole;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::amendments;
use crate::case::Case;
use crate::refusal::Refusal;
use crate::seats;
use crate::texts;

/// Proposes an amendment: a text of role `amendment`, which the parties approve and sign like the agreement
/// itself, and the rule by which it binds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendmentProposed {
    /// The articles or sections that it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Line>,
    /// Whether the agreement states the rule or it is assumed.
    pub basis: Basis,
    /// Once it binds all: the agreement's new rule on amendment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_amendment_rule: Option<AmendmentRule>,
    /// Once it binds all: the agreement's new term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_term: Option<Term>,
    /// Once it binds all: the agreement's new notice of withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_withdrawal: Option<Notice>,
    /// The rule by which it binds; the agreement's own where it states one.
    pub rule: AmendmentRule,
    /// Where the rule is stated, or why it is assumed.
    pub rule_source: Line,
    /// SHA-256 of the amendment's text, in hex.
    pub text: Digest,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "amendment_proposed",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrRegistrar,
    summary: "A change of the agreement is put to the parties.",
    args: &["articles", "digest", "rule"],
    schema: with_common::<AmendmentProposed>,
};

impl ActType for AmendmentProposed {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("articles", listed(&self.articles)),
            ("digest", self.text.to_string()),
            ("rule", self.rule.as_str().to_owned()),
        ])
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/rule", "/new_amendment_rule", "/new_term", "/new_withdrawal", "/text", "/invented"]
    }
}

fn decide(act: &AmendmentProposed, case: &Case<'_>) -> Result<(), Refusal> {
    case.check_not_ended()?;
    check_text(act, case)?;
    check_rule(act, case)?;
    check_new(act, case)
}

/// A text of its own, put to the parties once.
fn check_text(act: &AmendmentProposed, case: &Case<'_>) -> Result<(), Refusal> {
    let version = case.held(&act.text, "data.text")?;
    let role = texts::deposit_at(case.agreement, version).map(|text| text.role);
    if role != Some(TextRole::Amendment) {
        let reason = format!("the text in record {version} has role {}", role.map_or("unknown", TextRole::as_str));
        return Err(Refusal::new(
            "amendment-text",
            "data.text",
            reason,
            "the text of an amendment is deposited with role amendment",
        ));
    }
    let group = Some(texts::group(case.agreement, version));
    let other = case.agreement.of_kind(INFO.name).find(|entry| match &entry.act {
        Act::AmendmentProposed(other) => texts::group_of_digest(case.agreement, &other.text) == group,
        _ => false,
    });
    match other {
        None => Ok(()),
        Some(entry) => {
            let reason = format!("record {} puts this text to the parties already", entry.version);
            Err(Refusal::new("amendment-proposed-already", "data.text", reason, "refer to that record"))
        }
    }
}

/// The agreement's own rule where it states one; else one that can be met, and not met.
fn check_rule(act: &AmendmentProposed, case: &Case<'_>) -> Result<(), Refusal> {
    let own = amendments::rules(case.agreement, case.occurred_on()).and_then(|rules| rules.amendment);
    if let Some(own) = own.filter(|own| *own != act.rule) {
        let reason = "the agreement says itself how it is amended";
        return Err(Refusal::new(
            "amendment-rule",
            "data.rule",
            reason,
            format!("its rule is {}", serde_json::to_string(&own).unwrap_or_default()),
        ));
    }
    check_shares(act.rule.shares(), "data.rule")?;
    check_people(&act.rule, "data.rule.population", case)
}

/// What becomes of term and rules, once it binds all.
fn check_new(act: &AmendmentProposed, case: &Case<'_>) -> Result<(), Refusal> {
    let rule = act.new_amendment_rule.as_ref();
    check_shares(rule.map(AmendmentRule::shares).unwrap_or_default(), "data.new_amendment_rule")?;
    rule.map_or(Ok(()), |rule| check_people(rule, "data.new_amendment_rule.population", case))?;
    check_notice(act.new_withdrawal, "data.new_withdrawal.months")?;
    match &act.new_term {
        Some(term) if term.is_over(case.occurred_on()) => Err(Refusal::new(
            "term-over",
            "data.new_term.until",
            "a term that is over renews nothing",
            format!("{} or later", case.occurred_on()),
        )),
        _ => Ok(()),
    }
}

/// A rule that counts people needs a figure of every seat.
fn check_people(rule: &AmendmentRule, member: &str, case: &Case<'_>) -> Result<(), Refusal> {
    if rule.shares().1.is_none() {
        return Ok(());
    }
    let seats = seats::on(case.agreement, case.occurred_on());
    match seats.iter().find(|held| held.seat.population.is_none()) {
        None => Ok(()),
        Some(held) => {
            let reason = format!("it counts people, and seat {} ({}) has no figure", held.seat.number, held.seat.party);
            Err(Refusal::new("population-missing", member, reason, "a share of the parties only"))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, amendment, digest, opening, text_a, with};

    /// Two parties, an agreement that states `rule` for its amendments where there is one, and record 3, the text
    /// of an amendment.
    fn world(rule: Option<Value>) -> World {
        let mut world = World::founded("2024-06-01");
        for party in ["p1", "p2"] {
            world.register(party);
        }
        let mut data = opening(2, json!({"kind": "all_approved"}));
        if let Some(rule) = rule {
            data["rules"]["amendment"] = rule;
        }
        world.given("registrar", "agreement_opened", data);
        world.deposit(&text_a(), "2023-02-14");
        world.deposit_amendment("m");
        world
    }

    #[test]
    fn given_a_text_when_it_is_put_to_the_parties_then_it_shows_with_its_rule() {
        let mut world = world(None);
        let version = world.given("p1", "amendment_proposed", amendment("m", "unanimous"));
        let now = world.now();
        let shown = &now.amendments[0];
        assert_eq!((shown.version, shown.rule.as_str(), shown.asked, shown.accepted), (version, "unanimous", 2, 0));
        assert_eq!((shown.missing.len(), shown.in_force, shown.determined), (2, false, false));
        assert_eq!(shown.titles.as_ref().unwrap().in_language(crate::acts::line::Language::Fi), "Muutos m");
        assert_eq!(
            world.slug("registrar", "amendment_proposed", amendment("m", "unanimous")),
            "amendment-proposed-already"
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let share = |numerator: u64| json!({"denominator": 3, "numerator": numerator});
        let threshold = |parties: Value, people: Option<Value>| match people {
            Some(people) => json!({"kind": "threshold", "parties": parties, "population": people}),
            None => json!({"kind": "threshold", "parties": parties}),
        };
        for (change, slug, member) in [
            (json!({"text": text_a()}), "amendment-text", "data.text"),
            (json!({"text": digest("nothing")}), "text-unknown", "data.text"),
            (json!({"rule": threshold(share(0), None)}), "share-unsound", "data.rule.parties"),
            (json!({"rule": threshold(share(2), Some(share(2)))}), "population-missing", "data.rule.population"),
            (
                json!({"new_amendment_rule": threshold(share(4), None)}),
                "share-unsound",
                "data.new_amendment_rule.parties",
            ),
            (json!({"new_withdrawal": {"months": 0}}), "notice-months", "data.new_withdrawal.months"),
            (json!({"new_term": {"kind": "fixed", "until": "2024-05-31"}}), "term-over", "data.new_term.until"),
            (json!({"rule_source": null}), "data-malformed", "data"),
        ] {
            let data = with(with(amendment("m", "unanimous"), json!({"occurred_on": "2024-06-01"})), change.clone());
            let refusal = world(None).refused("registrar", "amendment_proposed", data);
            assert_eq!((refusal.slug, refusal.member.as_str()), (slug, member), "{change}");
        }
    }

    #[test]
    fn the_agreements_own_rule_is_the_amendments() {
        let own = json!({"kind": "unanimous"});
        let refusal = world(Some(own)).refused("p1", "amendment_proposed", amendment("m", "binds_accepting"));
        assert_eq!((refusal.slug, refusal.member.as_str()), ("amendment-rule", "data.rule"));
        assert!(refusal.accepted.contains(r#"{"kind":"unanimous"}"#));
        world(Some(json!({"kind": "binds_accepting"}))).given(
            "p1",
            "amendment_proposed",
            amendment("m", "binds_accepting"),
        );
    }
}
