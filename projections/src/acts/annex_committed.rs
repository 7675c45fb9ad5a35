//! `annex_committed`: a party commits to an annex of form `description`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act_type::{ActType, Args, args};
use super::annex_deposited::AnnexForm;
use super::decision_recorded::Effect;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::annex_parts::{self, COMMITTING};
use crate::annexes::{self, Annex};
use crate::approval::WhyNot;
use crate::case::Case;
use crate::refusal::Refusal;

/// Commits to an annex of form `description`; by a party that can join it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnexCommitted {
    /// Version of the `annex_deposited`.
    pub annex: u64,
    /// Version of the own `decision_recorded` that commits, where an organ decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "annex_committed",
    stream: StreamKind::Agreement,
    actors: Actors::PartyOrTranscribed,
    summary: "A party commits to an annex.",
    args: &["target"],
    schema: with_common::<AnnexCommitted>,
};

impl ActType for AnnexCommitted {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([("target", self.annex.to_string())])
    }

    fn refers_to(&self) -> Vec<u64> {
        std::iter::once(self.annex).chain(self.decision).collect()
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/annex", "/decision", "/party", "/invented"]
    }
}

fn decide(act: &AnnexCommitted, case: &Case<'_>) -> Result<(), Refusal> {
    let annex = annexes::named(case, act.annex, "data.annex")?;
    annexes::check_form(&annex, AnnexForm::Description, "data.annex")?;
    case.check_after(annex.entry)?;
    if let Some(version) = act.decision {
        check_decision(case, &annex, version, COMMITTING)?;
    }
    let Some(party) = case.party() else { return Ok(()) };
    annexes::check_can_join(case, &annex, party)?;
    let cut = annex.last_notice(case.agreement, party, case.today());
    let standing = annex_parts::done(case.agreement, &annex, party, case.today(), cut);
    match standing.filter(|_| case.correcting.is_none()) {
        Some((entry, _)) => {
            let reason = format!("record {} is the commitment of {party} to this annex already", entry.version);
            let accepted = if entry.is_transcription() && !case.actor.is_registrar() {
                format!("confirm it with record_confirmed {{\"version\": {}}}", entry.version)
            } else {
                "it stands until annex_commitment_ended takes effect".to_owned()
            };
            Err(Refusal::new("annex-committed-already", "data.annex", reason, accepted))
        }
        None => Ok(()),
    }
}

/// A decision that a commitment or its end names is the party's own, about this annex, and counts in all its layers.
pub(super) fn check_decision(
    case: &Case<'_>,
    annex: &Annex<'_>,
    version: u64,
    effects: &[Effect],
) -> Result<(), Refusal> {
    let member = "data.decision";
    let (entry, _) = case.own_decision(version, member)?;
    case.check_after(entry)?;
    let counts = annex_parts::decision_counts(case.agreement, annex, version, effects, case.occurred_on());
    let why = match counts {
        // Of a party that its source does not name nothing counts, and nothing is asked.
        Ok(_) | Err(Some(WhyNot::Unattributed)) => return Ok(()),
        Err(why) => why.map_or("its effect is another", WhyNot::as_str),
    };
    let effects: Vec<&str> = effects.iter().map(|effect| effect.as_str()).collect();
    let reason = format!("decision {version} does not carry this: {why}");
    Err(Refusal::new(
        "annex-decision",
        member,
        reason,
        format!(
            "an adopted decision of a competent organ with confirmed minutes, effect {}, and the annex's text as its \
         subject; or leave it out where no organ decided",
            effects.join(" or ")
        ),
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, digest, text_a, with};

    fn commitment(annex: u64) -> Value {
        json!({"annex": annex, "occurred_on": "2023-05-08"})
    }

    fn decision(change: Value) -> Value {
        with(with(approval("2023-05-08"), json!({"effect": "commit", "subject": {"digest": digest("annex")}})), change)
    }

    #[test]
    fn given_the_county_committed_when_a_municipality_commits_then_it_is_part_from_the_later_day() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2023-06-01").annex("description");
        world.given("p1", "annex_committed", commitment(annex));
        assert_eq!(world.part(annex, "p1").state.as_str(), "ready");
        assert_eq!(world.part(annex, "p1").why_not.unwrap().as_str(), "nobody_else");
        world.given("p2", "annex_committed", with(commitment(annex), json!({"occurred_on": "2023-05-22"})));
        for party in ["p1", "p2"] {
            let part = world.part(annex, party);
            assert_eq!((part.state.as_str(), part.joined_on.unwrap().to_string().as_str()), ("joined", "2023-05-22"));
        }
        assert_eq!(world.part(annex, "p3").why_not.unwrap().as_str(), "not_committed");
        assert!(!world.status("2023-05-21").annexes[0].in_force);
    }

    #[test]
    fn a_municipality_waits_for_the_county_whoever_else_has_committed() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2023-06-01").annex("description");
        for party in ["p2", "p3"] {
            world.given(party, "annex_committed", commitment(annex));
            assert_eq!(world.part(annex, party).why_not.unwrap().as_str(), "county_not_committed");
        }
        assert_eq!(world.now().annexes[0].joined, 0);
    }

    #[test]
    fn a_decision_that_it_names_counts_in_all_its_layers() {
        let words = json!({"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
        let condition = json!([{"kind": "suspensive", "text": words}]);
        for (change, good) in [
            (json!({}), true),
            (json!({"effect": "approve"}), true),
            (json!({"effect": "approve_conditionally", "conditions": condition}), false),
            (json!({"effect": "note"}), false),
            (json!({"resolution": "tabled"}), false),
            (json!({"competent": null}), false),
            (json!({"minutes": "unconfirmed"}), false),
            (json!({"finality": "annulled"}), false),
            (json!({"subject": {"digest": text_a()}}), false),
            (json!({"subject": null}), false),
        ] {
            let mut world = World::with_areas(3);
            let annex = world.on_day("2023-06-01").annex("description");
            let decided = world.given("p2", "decision_recorded", decision(change.clone()));
            let commitment = with(commitment(annex), json!({"decision": decided}));
            if good {
                world.given("p2", "annex_committed", commitment);
            } else {
                assert_eq!(world.slug("p2", "annex_committed", commitment), "annex-decision", "{change}");
            }
        }
    }

    #[test]
    fn a_commitment_falls_with_the_decision_that_it_names() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2023-06-01").annex("description");
        world.given("p1", "annex_committed", commitment(annex));
        let decided = world.given("p2", "decision_recorded", decision(json!({})));
        world.given("p2", "annex_committed", with(commitment(annex), json!({"decision": decided})));
        assert!(world.part(annex, "p2").state.holds());
        let annulment =
            json!({"by": "hallinto-oikeus", "decision": decided, "occurred_on": "2023-05-29", "outcome": "annulled"});
        let annulled = world.given("p2", "challenge_resolved", annulment);
        let part = world.part(annex, "p2");
        assert_eq!(part.why_not.unwrap().as_str(), "decision_fallen");
        assert_eq!(part.left_on.unwrap().to_string(), "2023-05-29");
        assert!(world.status("2023-05-28").annexes[0].parties[1].state.holds());
        world.given("p2", "record_retracted", json!({"occurred_on": "2023-06-01", "version": annulled}));
        assert!(world.part(annex, "p2").state.holds());
        world.given("p2", "record_retracted", json!({"occurred_on": "2023-06-01", "version": decided}));
        assert!(!world.part(annex, "p2").state.holds());
    }

    #[test]
    fn a_decision_of_another_party_carries_nothing() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2023-06-01").annex("description");
        let decided = world.given("p3", "decision_recorded", decision(json!({})));
        let commitment = with(commitment(annex), json!({"decision": decided}));
        assert_eq!(world.slug("p2", "annex_committed", commitment), "record-of-another-party");
    }

    #[test]
    fn a_commitment_of_a_wrong_day_is_corrected_though_a_later_one_stands() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2024-06-01").annex("description");
        world.given("p1", "annex_committed", commitment(annex));
        let first = world.given("p2", "annex_committed", commitment(annex));
        let end = json!({"annex": annex, "occurred_on": "2023-08-01", "takes_effect_on": "2023-12-31"});
        world.given("p2", "annex_commitment_ended", end);
        world.given("p2", "annex_committed", with(commitment(annex), json!({"occurred_on": "2024-03-01"})));
        let changes = json!([{"field": "/occurred_on", "old": "2023-05-08", "new": "2023-06-12"}]);
        let correction = json!({"changes": changes, "occurred_on": "2024-06-01", "version": first});
        world.given("p2", "record_corrected", correction);
        assert_eq!(world.status("2023-06-11").annexes[0].parties[1].state.as_str(), "not_joined");
        assert_eq!(world.status("2023-06-12").annexes[0].parties[1].state.as_str(), "joined");
    }

    #[test]
    fn a_transcribed_decision_about_an_annex_is_confirmed_with_its_digest() {
        let mut world = World::with_areas(3);
        let unknown = json!({"date": "2023-02-01", "digest_unknown": true, "language": "fi", "occurred_on": "2023-02-14",
            "role": "annex", "titles": {"fi": "Yhdyspintaliite"}});
        let described = world.on_day("2023-06-01").given("registrar", "text_deposited", unknown.clone());
        let source = json!({"party": "p2", "source": "https://example.fi", "subject": {"deposit": described}});
        let transcribed = world.given("registrar", "decision_recorded", decision(source));
        let held = json!({"date": null, "digest": digest("annex"), "digest_unknown": null, "same_text_as": described});
        world.given("registrar", "text_deposited", with(unknown, held));
        let confirm = |digest: String| json!({"digest": digest, "occurred_on": "2023-06-01", "version": transcribed});
        assert_eq!(world.slug("p2", "record_confirmed", confirm(text_a())), "confirmation-text");
        world.given("p2", "record_confirmed", confirm(digest("annex")));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut world = World::with_areas(3);
        let other = world.on_day("2023-06-01").annex_with("annex", json!({"eligible": ["p2"], "form": "description"}));
        assert_eq!(world.slug("p3", "annex_committed", commitment(other)), "annex-not-for-party");
        assert_eq!(world.slug("p2", "annex_committed", commitment(1)), "record-of-another-type");
        assert_eq!(world.slug("p2", "annex_committed", commitment(99)), "record-unknown");
        let early = with(commitment(other), json!({"occurred_on": "2023-02-13"}));
        assert_eq!(world.slug("p2", "annex_committed", early), "date-before-cause");
        // The county is always among those whom a description is for.
        world.given("p1", "annex_committed", commitment(other));
        let signed = world.annex_with("other", json!({"county": null, "form": "agreement"}));
        assert_eq!(world.slug("p2", "annex_committed", commitment(signed)), "annex-form");
    }

    #[test]
    fn a_party_commits_once_and_confirms_what_was_transcribed() {
        let mut world = World::with_areas(3);
        let annex = world.on_day("2023-06-01").annex("description");
        let transcribed = with(commitment(annex), json!({"party": "p2", "source": "https://example.fi"}));
        let version = world.given("registrar", "annex_committed", transcribed);
        let refusal = world.refused("p2", "annex_committed", commitment(annex));
        assert_eq!(refusal.slug, "annex-committed-already");
        assert!(refusal.accepted.contains("record_confirmed"));
        assert_eq!(world.part(annex, "p2").grade.unwrap().as_str(), "transcribed");
        world.given("p2", "record_confirmed", json!({"occurred_on": "2023-06-01", "version": version}));
        assert_eq!(world.part(annex, "p2").grade.unwrap().as_str(), "confirmed");
        let described = json!({"party_described": "eräs kunta", "source": "https://example.fi"});
        world.given("registrar", "annex_committed", with(commitment(annex), described));
        let now = world.now();
        assert!(now.annexes[0].parties.iter().filter(|part| part.committed_on.is_some()).count() == 1);
    }
}
