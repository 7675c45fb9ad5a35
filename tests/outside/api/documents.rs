//! `/api/v1/documents/{digest}`

use axum::body::Body;
use serde_json::json;
use sinetti_events::primitives::hash::Digest;

use super::world::{AGREEMENT, Answer, TEXT, World, approval};

const MINUTES: &[u8] = b"<script>alert(1)</script> 27.3.2023, 43 \xc2\xa7";

fn path(document: &[u8]) -> String {
    format!("/api/v1/documents/{}", Digest::of(document))
}

async fn put(world: &World, document: &'static [u8], body: impl Into<Body>) -> Answer {
    world.ask("PUT", &path(document), &[], body).await
}

/// A world in which a party's decision names `document` as its minutes.
async fn naming(document: &[u8]) -> World {
    let world = World::new().await;
    name(&world, document).await;
    world
}

async fn name(world: &World, document: &[u8]) {
    let mut data = approval();
    data["minutes_digest"] = json!(Digest::of(document));
    world.say("tampere", AGREEMENT, "decision_recorded", data).await;
}

#[tokio::test]
async fn whoever_has_a_document_that_an_event_names_can_put_it_and_everybody_can_fetch_it() {
    let world = World::new().await;
    assert_eq!(put(&world, MINUTES, MINUTES).await.problem(), (404, "document-unknown".into()));
    assert_eq!(world.get(&path(MINUTES)).await.problem(), (404, "document-unknown".into()));
    name(&world, MINUTES).await;
    assert_eq!(world.get(&path(MINUTES)).await.problem(), (404, "document-not-held".into()));
    let answer = put(&world, MINUTES, MINUTES).await;
    assert_eq!((answer.status, answer.header("location")), (201, path(MINUTES).as_str()));
    assert_eq!(answer.json(), json!({"digest": Digest::of(MINUTES), "bytes": MINUTES.len()}));
    let again = put(&world, MINUTES, MINUTES).await;
    assert_eq!((again.status, again.json()), (200, answer.json()));
    let fetched = world.get(&path(MINUTES)).await;
    assert_eq!((fetched.status, &fetched.body[..]), (200, MINUTES));
    let etag = format!("\"{}\"", Digest::of(MINUTES));
    assert_eq!(fetched.header("etag"), etag);
    let held = world.ask("GET", &path(MINUTES), &[("if-none-match", &etag)], Body::empty()).await;
    assert_eq!((held.status, held.body.len()), (304, 0));
    let head = world.ask("HEAD", &path(MINUTES), &[], Body::empty()).await;
    assert_eq!((head.status, head.header("content-length")), (200, MINUTES.len().to_string().as_str()));
}

#[tokio::test]
async fn a_document_is_given_out_so_that_no_browser_runs_or_shows_it() {
    let world = naming(MINUTES).await;
    put(&world, MINUTES, MINUTES).await;
    let fetched = world.get(&path(MINUTES)).await;
    assert_eq!(fetched.header("x-content-type-options"), "nosniff");
    assert_eq!(fetched.header("content-type"), "application/octet-stream");
    assert!(fetched.header("content-disposition").starts_with("attachment; filename=\""));
    let policy = fetched.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.ends_with("; sandbox"), "{policy}");
    assert_eq!(fetched.header("cache-control"), "no-cache");
    // The media type of a signed event, when it is a usual one.
    for (media_type, shown) in [("text/html", "application/octet-stream"), ("application/pdf", "application/pdf")] {
        let text: &'static [u8] = media_type.as_bytes();
        let deposited = json!({"role": "draft", "language": "fi", "digest": Digest::of(text), "media_type": media_type,
            "titles": {"fi": "Luonnos"}, "occurred_on": "2023-01-04"});
        world.say("registrar", AGREEMENT, "text_deposited", deposited).await;
        assert_eq!(put(&world, text, text).await.status, 201);
        assert_eq!(world.get(&path(text)).await.header("content-type"), shown);
    }
}

#[tokio::test]
async fn only_the_document_itself_is_taken() {
    let world = naming(MINUTES).await;
    let other = put(&world, MINUTES, &b"minutes of another meeting"[..]).await;
    assert_eq!(other.problem(), (422, "document-mismatch".into()));
    assert_eq!(put(&world, MINUTES, "").await.problem(), (422, "document-mismatch".into()));
    let zipped = world.ask("PUT", &path(MINUTES), &[("content-encoding", "gzip")], MINUTES).await;
    assert_eq!(zipped.problem(), (415, "content-encoding-unsupported".into()));
    let announced = world.ask("PUT", &path(MINUTES), &[("content-length", "26214401")], Body::empty()).await;
    assert_eq!(announced.problem(), (413, "body-too-large".into()));
    let long = put(&world, MINUTES, vec![0; (25 << 20) + 1]).await;
    assert_eq!(long.problem(), (413, "body-too-large".into()));
    assert_eq!(world.get(&path(MINUTES)).await.problem(), (404, "document-not-held".into()));
    for odd in [&"A".repeat(64), &TEXT[..63], "..%2fsinetti.db", "%00", &format!("{TEXT}0")] {
        let path = format!("/api/v1/documents/{odd}");
        assert_eq!(world.get(&path).await.problem(), (404, "document-unknown".into()), "{odd}");
        assert_eq!(world.ask("PUT", &path, &[], "x").await.problem(), (404, "document-unknown".into()), "{odd}");
    }
    let query = world.get(&format!("{}?inline=1", path(MINUTES))).await;
    assert_eq!(query.problem(), (400, "query-malformed".into()));
}

#[tokio::test]
async fn an_erased_document_is_gone_and_not_taken_again() {
    let world = naming(MINUTES).await;
    put(&world, MINUTES, MINUTES).await;
    let trail = world.get(&format!("/api/v1/agreements/{AGREEMENT}/events?limit=100")).await.json();
    let payload = &trail["events"].as_array().unwrap().last().unwrap()["payload"];
    assert_eq!(payload["data"]["minutes_digest"], json!(Digest::of(MINUTES)));
    let erased = json!({"event": payload["event"], "pointer": "/minutes_digest", "occurred_on": "2026-11-22"});
    world.say("tampere", "registry", "personal_data_erased", erased).await;
    assert_eq!(world.get(&path(MINUTES)).await.problem(), (410, "document-erased".into()));
    assert_eq!(put(&world, MINUTES, MINUTES).await.problem(), (410, "document-erased".into()));
    assert_eq!(documents(world.dir()), 0, "no file is left");
    // Whatever is put back is erased again at the next start.
    let path = world.dir().join("documents").join(&Digest::of(MINUTES).to_string()[..2]);
    std::fs::create_dir_all(&path).unwrap();
    std::fs::write(path.join(Digest::of(MINUTES).to_string()), MINUTES).unwrap();
    let world = world.reopened(async |_| ()).await;
    assert_eq!(documents(world.dir()), 0);
}

fn documents(dir: &std::path::Path) -> usize {
    let folders = std::fs::read_dir(dir.join("documents")).unwrap();
    folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

#[tokio::test]
async fn other_sites_may_fetch_and_not_put() {
    let world = naming(MINUTES).await;
    let put = world.ask("PUT", &path(MINUTES), &[("origin", "https://other.example")], MINUTES).await;
    assert!(put.headers.get("access-control-allow-origin").is_none());
    assert_eq!(world.get(&path(MINUTES)).await.header("access-control-allow-origin"), "*");
    let asks = [("origin", "https://other.example"), ("access-control-request-method", "PUT")];
    let preflight = world.ask("OPTIONS", &path(MINUTES), &asks, Body::empty()).await;
    assert!(preflight.headers.get("access-control-allow-origin").is_none());
    assert_eq!(world.ask("DELETE", &path(MINUTES), &[], Body::empty()).await.problem().0, 405);
}
