//! A ledger whose database was changed behind its back: what verifies is served, the rest never.

use std::path::PathBuf;

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::world::{AGREEMENT, World, approval};

/// One bit changed in the record of tampere's approval, by somebody who has the database.
async fn damaged() -> World {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    world.reopened(change).await
}

async fn change(file: PathBuf) {
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let triggers: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .fetch_all(&mut database)
        .await
        .unwrap();
    for trigger in triggers {
        let drop = format!("DROP TRIGGER \"{trigger}\"");
        sqlx::query(AssertSqlSafe(drop)).execute(&mut database).await.unwrap();
    }
    let newest = "(SELECT max(\"index\") FROM record)";
    let read = format!("SELECT bytes FROM record WHERE \"index\" = {newest}");
    let mut bytes: Vec<u8> = sqlx::query_scalar(AssertSqlSafe(read)).fetch_one(&mut database).await.unwrap();
    bytes[700] ^= 1;
    let write = format!("UPDATE record SET bytes = ? WHERE \"index\" = {newest}");
    sqlx::query(AssertSqlSafe(write)).bind(bytes).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_damaged_record_is_not_served_and_nothing_is_written_after_it() {
    let world = damaged().await;
    assert_eq!(world.get("/healthz").await.status, 200);
    let ready = world.get("/readyz").await;
    assert_eq!(ready.problem(), (503, "ledger-unavailable".into()));
    assert!(!ready.header("retry-after").is_empty());
    let record = world.get("/api/v1/agreements/sopimus/events/3").await;
    assert_eq!(record.problem(), (500, "record-damaged".into()));
    let list = world.get("/api/v1/agreements/sopimus/events").await;
    assert_eq!(list.problem(), (500, "record-damaged".into()));
    let evidence = world.get("/api/v1/agreements/sopimus/evidence").await;
    assert_eq!(evidence.problem(), (500, "record-damaged".into()));
    let agreements = world.get("/api/v1/agreements").await;
    assert_eq!(agreements.status, 200, "{}", agreements.text());
    let agreements = agreements.json();
    assert_eq!(agreements["agreements"], serde_json::json!([]));
    assert_eq!(agreements["damaged"][0]["agreement"], AGREEMENT);
    assert!(agreements["damaged"][0]["reason"].as_str().unwrap().contains("is damaged"), "{agreements}");
    let front = world.get("/en").await;
    assert!(front.status == 200 && front.text().contains("its records are damaged"), "{}", front.text());
    let page = world.get("/en/sopimus").await;
    assert!(page.status == 500 && page.text().contains("does not agree with its hashes"), "{}", page.text());
    let whole = world.get("/api/v1/agreements/registry/events").await;
    assert_eq!(whole.status, 200, "what verifies is served: {}", whole.text());
    let saying = world.saying("orivesi", "registry", "key_revoked", serde_json::json!({})).await;
    let refused = world.post("registry", &saying.sign(&[&world.keys["orivesi"]])).await;
    assert_eq!(refused.problem(), (503, "ledger-unavailable".into()));
}
