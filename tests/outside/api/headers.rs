//! What every answer has: validators, security headers, open reads.

use serde_json::json;
use sinetti::http::api::v1::openapi::Document;
use sinetti_events::primitives::hash::Digest;
use sqlx::{Connection, SqliteConnection};
use utoipa::OpenApi;

use super::world::{AGREEMENT, World, approval};
use crate::tsa::Tsa;

const READS: [&str; 23] = [
    "/api/v1/agreements",
    "/api/v1/agreements/sopimus",
    "/api/v1/agreements/sopimus/events",
    "/api/v1/agreements/sopimus/events/1",
    "/api/v1/agreements/sopimus/events/1/proof",
    "/api/v1/agreements/registry/events",
    "/api/v1/agreements/sopimus/feed.atom",
    "/api/v1/agreements/sopimus/parties.csv",
    "/api/v1/agreements/sopimus/badge.svg",
    "/api/v1/catalog.jsonld",
    "/api/v1/parties/tampere/feed.atom",
    "/api/v1/parties/tampere/calendar.ics",
    "/api/v1/parties/tampere",
    "/api/v1/log",
    "/api/v1/schemas",
    "/api/v1/schemas/decision_recorded",
    "/api/v1/openapi.json",
    "/api/docs",
    "/api/docs/style.css",
    "/checkpoint",
    "/tile/0/000.p/9",
    "/tile/entries/000.p/9",
    "/problems",
];

#[tokio::test]
async fn every_read_has_a_validator_and_who_has_the_body_gets_304() {
    let world = World::new().await;
    for path in READS {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let tag = answer.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 34, "{path}: {tag:?}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
        let again = world.ask("GET", path, &[("if-none-match", &tag)], "").await;
        assert_eq!((again.status, again.header("etag"), again.body.len()), (304, tag.as_str(), 0), "{path}");
        let head = world.ask("HEAD", path, &[], "").await;
        assert_eq!((head.status, head.header("etag"), head.body.len()), (200, tag.as_str(), 0), "{path}");
        assert_eq!(head.header("content-type"), answer.header("content-type"), "{path}");
    }
}

#[tokio::test]
async fn a_validator_changes_with_the_body() {
    let world = World::new().await;
    let tag = async |path| world.get(path).await.header("etag").to_owned();
    let before = (tag("/api/v1/agreements/sopimus").await, tag("/tile/entries/000.p/9").await);
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let after = (tag("/api/v1/agreements/sopimus").await, tag("/tile/entries/000.p/9").await);
    assert_ne!(before.0, after.0);
    assert_eq!(before.1, after.1);
}

#[tokio::test]
async fn security_headers_stand_on_everything() {
    let world = World::new().await;
    let others =
        ["/healthz", "/readyz", "/problems/key-revoked", "/api/nothing", "/api/v1/agreements/x", "/problems/x"];
    for path in READS.into_iter().chain(others) {
        let answer = world.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn reads_are_open_to_other_sites_and_submitting_is_not() {
    let world = World::new().await;
    let origin = ("origin", "https://elsewhere.example");
    for path in ["/api/v1/agreements", "/checkpoint", "/tile/0/000.p/9"] {
        let answer = world.ask("GET", path, &[origin], "").await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert!(answer.header("access-control-expose-headers").contains("ETag"), "{path}");
    }
    let path = "/api/v1/agreements/sopimus/events";
    let preflight = world.ask("OPTIONS", path, &[origin, ("access-control-request-method", "POST")], "").await;
    assert_eq!(preflight.header("access-control-allow-origin"), "");
    let posted = world.ask("POST", path, &[origin, ("content-type", "application/json")], "{}").await;
    assert_eq!((posted.status, posted.header("access-control-allow-origin")), (400, ""));
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let world = World::new().await;
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/agreements",
        "/api/v1/agreements/",
        "/api/v1/agreements/a/b",
        "/problems/x",
        "/problems/%FF",
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.problem(), (404, "path-unknown".into()), "{path}");
    }
    for (method, path, allowed) in [
        ("DELETE", "/api/v1/agreements/sopimus/events/1", "GET,HEAD"),
        ("PUT", "/api/v1/agreements/sopimus/events", "GET,HEAD,POST"),
        ("POST", "/api/v1/agreements", "GET,HEAD"),
        ("POST", "/checkpoint", "GET,HEAD"),
        ("PATCH", "/tile/0/000.p/9", "GET,HEAD"),
        ("POST", "/healthz", "GET,HEAD"),
    ] {
        let answer = world.ask(method, path, &[], "").await;
        assert_eq!(answer.problem(), (405, "method-not-allowed".into()), "{method} {path}");
        assert_eq!(answer.header("allow"), allowed, "{method} {path}");
    }
}

#[tokio::test]
async fn healthy_and_ready() {
    let world = World::new().await;
    assert_eq!(world.get("/healthz").await.text(), "ok\n");
    assert_eq!(world.get("/readyz").await.text(), "ready\n");
    world.ledger.close().await;
}

#[tokio::test]
async fn every_problem_has_a_page() {
    let world = World::new().await;
    for known in sinetti::http::catalogue::all() {
        let page = world.get(&format!("/problems/{}", known.slug)).await;
        assert_eq!(page.status, 200, "{}", known.slug);
        assert!(page.text().contains(known.slug));
    }
}

/// The same with a timestamp of its newest checkpoint in the database, and that checkpoint's size.
async fn timestamped(world: World) -> (World, String) {
    let note = world.checkpoint().await;
    let size = note.lines().nth(1).unwrap().to_owned();
    let token = Tsa::new().token(note.as_bytes(), "tsa", "settings");
    let time = sinetti::timestamp::read(&token, note.as_bytes()).unwrap().time.unix_ms();
    let stored = size.clone();
    let world = world.reopened(async |file| {
        let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
        let row = sqlx::query("INSERT INTO checkpoint_timestamp VALUES (?, ?, 'CN=tsa', ?)").bind(stored);
        row.bind(time).bind(token).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    });
    (world.await, size)
}

/// The document says what the server answers, operation by operation.
#[tokio::test]
async fn the_openapi_document_and_the_routes_agree() {
    let world = World::new().await;
    let draft = json!({"role": "draft", "language": "fi", "digest": Digest::of(b"a draft"), "titles": {"fi": "Luonnos"},
        "occurred_on": "2023-01-04"});
    world.say("registrar", AGREEMENT, "text_deposited", draft).await;
    let (world, size) = timestamped(world).await;
    world.ledger.documents().unwrap().put("a draft".into()).await.unwrap();
    let document = serde_json::to_value(Document::openapi()).unwrap();
    assert_eq!(world.get("/api/v1/openapi.json").await.json(), document);
    for (path, item) in document["paths"].as_object().unwrap() {
        let asked = path
            .replace("{agreement}", "sopimus")
            .replace("{version}", "1")
            .replace("{party}", "tampere")
            .replace("{type}", "text_signed")
            .replace("{path}", "0/000.p/9")
            .replace("{size}", &size)
            .replace("{digest}", &Digest::of(b"a draft").to_string());
        let asked = if asked.ends_with("/changes") { asked + "?since=2026-11-22" } else { asked };
        if let Some(read) = item.get("get") {
            let content_type = world.content_type(&asked).await;
            let media_type = content_type.split(';').next().unwrap();
            assert!(read["responses"]["200"]["content"].get(media_type).is_some(), "{path} answers {media_type}");
        }
        let refused = world.ask("DELETE", &asked, &[], "").await;
        let allowed: Vec<String> = item.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
        for method in allowed {
            assert!(refused.header("allow").contains(&method), "{method} {path}");
        }
    }
}
