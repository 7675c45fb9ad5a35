//! `/api/v1/parties/{party}`

use serde_json::json;

use super::world::{AGREEMENT, World, approval};

#[tokio::test]
async fn a_party_sees_its_seat_and_what_is_missing() {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let party = world.get("/api/v1/parties/tampere").await.json();
    assert_eq!(party["party"], "tampere");
    assert_eq!(party["registered"]["names"]["fi"], "tampere");
    assert_eq!(party["keys"][0]["public_key"], world.public("tampere"));
    let seat = &party["agreements"][0];
    assert_eq!((&seat["agreement"], &seat["seat"]["approved"]), (&json!("sopimus"), &json!(true)));
    assert_eq!((&seat["missing"]["approval"], &seat["missing"]["signature"]), (&json!(false), &json!(true)));
    assert_eq!(seat["awaits"][0]["code"], "sign");
    let state = world.get("/api/v1/agreements/sopimus").await.json();
    assert_eq!(seat["seat"], state["parties"][0]);
}

#[tokio::test]
async fn who_is_no_party_is_404() {
    let world = World::new().await;
    for name in ["nokia", "Tampere", "registrar", "%ff"] {
        assert_eq!(
            world.get(&format!("/api/v1/parties/{name}")).await.problem(),
            (404, "party-unknown".into()),
            "{name}"
        );
    }
    let early = world.get("/api/v1/parties/tampere?known_at=2026-11-21").await;
    assert_eq!(early.problem(), (404, "party-unknown".into()));
}
