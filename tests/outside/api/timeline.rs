//! `/api/v1/agreements/{agreement}/timeline` and `…/changes`

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use sinetti::clock::Clock;
use sinetti_events::primitives::time::Instant;

use super::world::{AGREEMENT, World, approval};

#[tokio::test]
async fn the_trail_is_told_in_three_languages_and_by_codes() {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    for (query, lang, words) in [
        ("", "fi", "ehdotus hyväksyttiin"),
        ("?lang=sv", "sv", "förslaget godkändes"),
        ("?lang=en", "en", "proposal adopted"),
    ] {
        let told = world.get(&format!("/api/v1/agreements/sopimus/timeline{query}")).await.json();
        assert_eq!((&told["lang"], told["lines"].as_array().unwrap().len()), (&json!(lang), 3));
        let last = &told["lines"][2];
        assert_eq!((&last["kind"], &last["version"]), (&json!("decision_recorded"), &json!(3)));
        assert_eq!(last["args"]["effect"], "approve");
        assert!(last["text"].as_str().unwrap().contains(words), "{last}");
    }
    let early = world.get("/api/v1/agreements/sopimus/timeline?known_at=2026-11-21").await;
    assert_eq!(early.problem(), (404, "agreement-unknown".into()));
    for (query, slug) in
        [("lang=de", "language-unknown"), ("lang=fi&lang=sv", "query-malformed"), ("x=1", "query-malformed")]
    {
        let refused = world.get(&format!("/api/v1/agreements/sopimus/timeline?{query}")).await;
        assert_eq!(refused.problem(), (400, slug.into()), "{query}");
    }
}

#[tokio::test]
async fn what_changed_since_is_told_on_both_axes() {
    let world = World::new().await;
    let Clock::Fixed(ms) = &world.clock else { unreachable!() };
    let tomorrow: Instant = "2026-11-23T12:00:00.000Z".parse().unwrap();
    ms.store(tomorrow.unix_ms(), Ordering::SeqCst);
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let changes = async |query: &str| {
        let answer = world.get(&format!("/api/v1/agreements/sopimus/changes?{query}")).await.json();
        let codes = answer["changes"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(changes("since=2026-11-23").await, Vec::<String>::new());
    assert_eq!(changes("since=2026-11-22").await, ["approved", "decision", "approved_on"]);
    // Of the same knowledge, two dates in force.
    assert_eq!(
        changes("since=2026-11-23&since_on=2023-03-26&on=2023-03-27").await,
        ["approved", "decision", "approved_on"]
    );
    let answer: Value = world.get("/api/v1/agreements/sopimus/changes?since=2026-11-22").await.json();
    assert_eq!(
        answer["changes"][0],
        json!({"after": "1", "before": "0", "code": "approved", "party": null, "version": null})
    );
    assert_eq!((&answer["before"]["as_of"]["version"], &answer["after"]["as_of"]["version"]), (&json!(2), &json!(3)));
    for (query, slug) in
        [("", "since-missing"), ("since=x", "time-malformed"), ("since=2027-01-01", "known-at-in-future")]
    {
        let refused = world.get(&format!("/api/v1/agreements/sopimus/changes?{query}")).await;
        assert_eq!(refused.problem(), (400, slug.into()), "{query}");
    }
    assert_eq!(
        world.get("/api/v1/agreements/muu/changes?since=2026-11-22").await.problem(),
        (404, "agreement-unknown".into())
    );
}
