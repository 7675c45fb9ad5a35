//! `/api/v1/agreements` and `/api/v1/agreements/{agreement}`

use std::sync::atomic::Ordering;

use serde_json::json;
use sinetti::clock::Clock;
use sinetti_events::primitives::time::Instant;

use super::world::{AGREEMENT, PARTIES, World, approval, signature};

#[tokio::test]
async fn the_count_rises_and_the_last_one_missing_is_named() {
    let world = World::new().await;
    let state = async || world.get("/api/v1/agreements/sopimus").await.json();
    let first = state().await;
    assert_eq!((&first["parties_total"], &first["approved"], &first["signed"]), (&json!(3), &json!(0), &json!(0)));
    for (at, party) in PARTIES.iter().enumerate() {
        world.say(party, AGREEMENT, "decision_recorded", approval()).await;
        assert_eq!(state().await["approved"], at + 1);
    }
    for party in &PARTIES[..2] {
        world.say(party, AGREEMENT, "text_signed", signature()).await;
    }
    let short = state().await;
    assert_eq!((&short["in_force"], &short["signed"]), (&json!(false), &json!(2)));
    let missing: Vec<_> = short["missing"].as_array().unwrap().iter().map(|row| row["party"].clone()).collect();
    assert_eq!(missing, ["pirkanmaan-liitto"]);
    world.say("pirkanmaan-liitto", AGREEMENT, "text_signed", signature()).await;
    let full = state().await;
    assert_eq!((&full["in_force"], &full["missing"]), (&json!(true), &json!([])));
    assert_eq!(full["as_of"]["version"], 8);
}

#[tokio::test]
async fn as_of_gives_what_the_next_author_has_seen() {
    let world = World::new().await;
    let as_of = world.get("/api/v1/agreements/sopimus").await.json()["as_of"].clone();
    let newest = world.get("/api/v1/agreements/sopimus/events/2").await.json();
    assert_eq!((&as_of["version"], &as_of["leaf"]), (&json!(2), &newest["leaf"]));
    let members: Vec<_> = as_of.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["checkpoint", "index", "leaf", "registry_version", "version"]);
}

#[tokio::test]
async fn the_two_axes_of_time_are_apart() {
    let world = World::new().await;
    let Clock::Fixed(ms) = &world.clock else { unreachable!() };
    let tomorrow: Instant = "2026-11-23T12:00:00.000Z".parse().unwrap();
    ms.store(tomorrow.unix_ms(), Ordering::SeqCst);
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let approved =
        async |query: &str| world.get(&format!("/api/v1/agreements/sopimus{query}")).await.json()["approved"].clone();
    assert_eq!(approved("").await, 1);
    assert_eq!(approved("?known_at=2026-11-23").await, 1);
    assert_eq!(approved("?known_at=2026-11-22&on=2026-11-23").await, 0, "not yet recorded");
    assert_eq!(approved("?known_at=2026-11-23T11:59:59.999Z").await, 0, "a millisecond earlier");
    assert_eq!(approved("?known_at=2026-11-23T12:00:00.000Z").await, 1);
    assert_eq!(approved("?on=2023-03-26").await, 0, "recorded, but not yet decided in law");
    assert_eq!(approved("?on=2023-03-27").await, 1);
    let early = world.get("/api/v1/agreements/sopimus?known_at=2026-11-21").await;
    assert_eq!(early.problem(), (404, "agreement-unknown".into()));
}

#[tokio::test]
async fn the_list_agrees_with_each_agreement() {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let list = world.get("/api/v1/agreements").await.json();
    let rows = list["agreements"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    let whole = world.get("/api/v1/agreements/sopimus").await.json();
    for (member, value) in rows[0].as_object().unwrap() {
        assert_eq!(value, &whole[member], "{member}");
    }
    let earlier = world.get("/api/v1/agreements?known_at=2026-11-21").await.json();
    assert_eq!(earlier["agreements"], json!([]));
}

#[tokio::test]
async fn what_is_no_time_is_refused_with_the_way_out() {
    let world = World::new().await;
    for path in ["/api/v1/agreements", "/api/v1/agreements/sopimus", "/api/v1/parties/tampere"] {
        for (query, slug) in [
            ("known_at=27.3.2023", "time-malformed"),
            ("known_at=2023-02-29", "time-malformed"),
            ("known_at=2023-03-27T10:00:00Z", "time-malformed"),
            ("known_at=", "time-malformed"),
            ("on=2023-3-1", "time-malformed"),
            ("on=now", "time-malformed"),
            ("known_at=2026-11-23", "known-at-in-future"),
            ("knownat=2023-03-27", "query-malformed"),
            ("on=2023-03-27&on=2023-03-28", "query-malformed"),
        ] {
            let answer = world.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.problem(), (400, slug.into()), "{path}?{query}");
        }
        let answer = world.get(&format!("{path}?on=x")).await.json();
        assert!(answer["accepted"].as_str().unwrap().contains("YYYY-MM-DD"));
    }
}

#[tokio::test]
async fn unknown_agreements_and_the_registry_are_no_agreements() {
    let world = World::new().await;
    for name in ["nothing", "registry", "parties", "Pirkanmaa", "a%20b", "%ff"] {
        let answer = world.get(&format!("/api/v1/agreements/{name}")).await;
        assert_eq!(answer.problem(), (404, "agreement-unknown".into()), "{name}");
    }
}

#[tokio::test]
async fn the_document_describes_every_member_of_a_state() {
    let world = World::new().await;
    let state = world.get("/api/v1/agreements/sopimus?known_at=2026-11-22").await.json();
    let document = world.get("/api/v1/openapi.json").await.json();
    let names = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let described = &document["components"]["schemas"];
    assert_eq!(names(&state), names(&described["AgreementState"]["properties"]));
    assert_eq!(names(&state["as_of"]), names(&described["AsOf"]["properties"]));
}
