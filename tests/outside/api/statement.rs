//! `/api/v1/agreements/{agreement}/statement`

use serde_json::{Value, json};
use sinetti_events::format::statement::{self, Verified};
use sinetti_events::primitives::base64;

use super::world::{AGREEMENT, Answer, NOW, ORIGIN, TEXT, World, approval, signature};

const PATH: &str = "/api/v1/agreements/sopimus/statement";

fn verified(world: &World, answer: &Answer) -> Verified {
    assert_eq!(answer.status, 200, "{}", answer.text());
    statement::verify(&answer.body, &world.ledger.log_keys()).unwrap()
}

#[tokio::test]
async fn the_ledger_signs_what_it_says_of_an_agreement() {
    let world = World::new().await;
    let answer = world.get(PATH).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-cache");
    let Verified { statement, key } = verified(&world, &answer);
    assert_eq!(key.name().as_str(), ORIGIN);
    let lines: Vec<String> = world.checkpoint().await.lines().map(str::to_owned).collect();
    assert_eq!(statement.as_of.checkpoint.to_string(), lines[1]);
    assert_eq!(statement.as_of.root.to_string(), lines[2]);
    assert_eq!((statement.on.to_string().as_str(), statement.state.in_force), (&NOW[..10], false));
    let state = world.get("/api/v1/agreements/sopimus").await.json();
    let said: Value = serde_json::to_value(&statement).unwrap();
    for member in ["approved", "signed", "bound", "parties_total", "contested", "determined", "in_force"] {
        assert_eq!(said["state"][member], state[member], "{member}");
    }
    for member in ["index", "version", "leaf", "registry_version", "checkpoint"] {
        assert_eq!(said["as_of"][member], state["as_of"][member], "{member}");
    }
    assert_eq!(said["state"]["texts"], json!([TEXT]));
    assert_eq!(said["state"]["missing"].as_array().unwrap().len(), 3);
    // The payload is the only thing signed: what is around it is plain DSSE.
    let envelope = answer.json();
    assert_eq!(envelope["payloadType"], "application/vnd.sinetti.statement.v1+json");
    assert!(base64::decode(envelope["payload"].as_str().unwrap()).unwrap().starts_with(b"{\"agreement\":\"sopimus\""));
}

#[tokio::test]
async fn it_is_the_same_bytes_until_something_is_recorded_and_then_says_so() {
    let world = World::new().await;
    let first = world.get(PATH).await;
    assert_eq!(world.get(PATH).await.body, first.body);
    let held = world.ask("GET", PATH, &[("if-none-match", first.header("etag"))], "").await;
    assert_eq!(held.status, 304);
    for party in super::world::PARTIES {
        world.say(party, AGREEMENT, "decision_recorded", approval()).await;
        world.say(party, AGREEMENT, "text_signed", signature()).await;
    }
    let last = verified(&world, &world.get(PATH).await).statement;
    assert!(last.state.in_force && last.state.missing.is_empty(), "{last:?}");
    assert_eq!(last.state.in_force_since.unwrap().to_string(), "2023-04-01");
    let before = verified(&world, &world.get(&format!("{PATH}?on=2023-03-31")).await).statement;
    assert_eq!((before.state.in_force, before.state.signed, before.state.approved), (false, 0, 3));
    // The earlier statement still is what was said then.
    assert!(!verified(&world, &first).statement.state.in_force);
}

#[tokio::test]
async fn there_is_none_of_what_is_no_agreement_or_was_asked_wrongly() {
    let world = World::new().await;
    for (path, slug) in [
        ("/api/v1/agreements/registry/statement", "agreement-unknown"),
        ("/api/v1/agreements/toinen/statement", "agreement-unknown"),
        ("/api/v1/agreements/sopimus/statement?on=2023-02-30", "time-malformed"),
        ("/api/v1/agreements/sopimus/statement?known_at=2023-02-03", "query-malformed"),
    ] {
        assert_eq!(world.get(path).await.problem().1, slug, "{path}");
    }
}

#[tokio::test]
async fn a_ledger_that_signs_nothing_states_nothing() {
    let world = World::new().await;
    world.ledger.close().await;
    assert_eq!(world.get(PATH).await.problem(), (503, "ledger-unavailable".into()));
}
