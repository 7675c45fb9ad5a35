//! `/api/v1/schemas` and `/api/v1/schemas/{type}`

use super::world::World;

#[tokio::test]
async fn every_event_type_has_its_schema() {
    let world = World::new().await;
    let list = world.get("/api/v1/schemas").await.json();
    let schemas = list["schemas"].as_array().unwrap();
    assert!(schemas.len() >= 20);
    for listed in schemas {
        let answer = world.get(listed["schema"].as_str().unwrap()).await;
        assert_eq!(answer.header("content-type"), "application/schema+json");
        let schema = answer.json();
        assert_eq!(schema["type"], "object", "{listed}");
        assert_eq!(schema["additionalProperties"], false, "{listed}");
        assert!(!listed["summary"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn other_types_have_none() {
    let world = World::new().await;
    for name in ["decision_dreamt", "DECISION_RECORDED", "%ff"] {
        assert_eq!(
            world.get(&format!("/api/v1/schemas/{name}")).await.problem(),
            (404, "schema-unknown".into()),
            "{name}"
        );
    }
}
