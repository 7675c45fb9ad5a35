//! `/api/v1/agreements/{agreement}/events`

use serde_json::{Value, json};
use sinetti_events::format::record::Entry;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::base64;

use super::world::{AGREEMENT, World, approval, signature};

#[tokio::test]
async fn a_submitted_event_is_answered_with_a_receipt_that_proves_itself() {
    let world = World::new().await;
    let answer = world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let receipt = answer.json();
    assert_eq!(answer.header("location"), "/api/v1/agreements/sopimus/events/3");
    let members: Vec<_> = receipt.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["index", "leaf", "proof", "record", "record_bytes", "version"]);
    let bytes = base64::decode(receipt["record_bytes"].as_str().unwrap()).unwrap();
    let entry = Entry::parse(bytes).unwrap();
    assert_eq!(entry.leaf.to_string(), receipt["leaf"].as_str().unwrap());
    assert_eq!(receipt["record"], serde_json::to_value(&entry.record).unwrap());
    assert_eq!((receipt["version"].as_u64(), receipt["index"].as_u64()), (Some(3), Some(9)));
    proves(&world, receipt["proof"].as_str().unwrap(), &entry).await;
}

/// The proof leads from the record to a checkpoint signed by the log's key.
async fn proves(world: &World, proof: &str, entry: &Entry) {
    let log = world.get("/api/v1/log").await.json();
    let keys: Vec<VerifierKey> =
        log["log_keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().parse().unwrap()).collect();
    super::log::check_proof(proof, entry, &keys);
}

#[tokio::test]
async fn the_same_event_again_gives_the_same_receipt_and_nothing_new() {
    let world = World::new().await;
    let saying = world.saying("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let envelope = saying.sign(&[&world.keys["tampere"]]);
    let first = world.post(AGREEMENT, &envelope).await;
    let checkpoint = world.checkpoint().await;
    let again = world.post(AGREEMENT, &envelope).await;
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(first.json(), again.json());
    assert_eq!(world.checkpoint().await, checkpoint);
}

#[tokio::test]
async fn if_match_appends_to_that_version_only() {
    let world = World::new().await;
    let submit = async |version: &str| {
        let saying = world.saying("tampere", AGREEMENT, "decision_recorded", approval()).await;
        let body = json!({"envelope": saying.sign(&[&world.keys["tampere"]])}).to_string();
        let headers = [("content-type", "application/json"), ("if-match", version)];
        world.ask("POST", "/api/v1/agreements/sopimus/events", &headers, body).await
    };
    let before = world.checkpoint().await;
    for other in ["\"1\"", "\"3\"", "\"0\""] {
        let refused = submit(other).await;
        assert_eq!(refused.problem(), (412, "if-match-failed".into()));
        assert_eq!(refused.json()["accepted"], "If-Match: \"2\"");
    }
    for malformed in ["2", "*", "W/\"2\""] {
        assert_eq!(submit(malformed).await.problem(), (400, "if-match-malformed".into()));
    }
    assert_eq!(world.checkpoint().await, before);
    assert_eq!(submit("\"2\"").await.status, 201);
}

#[tokio::test]
async fn a_repeat_is_answered_whatever_its_if_match_says_by_now() {
    let world = World::new().await;
    let saying = world.saying("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let body = json!({"envelope": saying.sign(&[&world.keys["tampere"]])}).to_string();
    let headers = [("content-type", "application/json"), ("if-match", "\"2\"")];
    for status in [201, 200] {
        let answer = world.ask("POST", "/api/v1/agreements/sopimus/events", &headers, body.clone()).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
}

#[tokio::test]
async fn of_many_who_send_the_same_event_at_once_one_records_it() {
    let world = std::sync::Arc::new(World::new().await);
    let saying = world.saying("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let envelope = saying.sign(&[&world.keys["tampere"]]);
    let send = || {
        let (world, envelope) = (world.clone(), envelope.clone());
        tokio::spawn(async move { world.post(AGREEMENT, &envelope).await })
    };
    let sent: Vec<_> = (0..20).map(|_| send()).collect();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(answers.iter().all(|answer| [200, 201].contains(&answer.status)));
    assert!(answers.iter().all(|answer| answer.json() == answers[0].json()));
    assert_eq!(world.get("/api/v1/agreements/sopimus").await.json()["as_of"]["version"], 3);
}

#[tokio::test]
async fn pages_of_events_hold_every_version_once_and_end() {
    let world = World::new().await;
    let mut versions = Vec::new();
    let mut path = "/api/v1/agreements/registry/events?limit=3".to_owned();
    loop {
        let page = world.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let events = page.json();
        let events = events["events"].as_array().unwrap();
        assert!(events.len() <= 3);
        versions.extend(events.iter().map(|event| event["version"].as_u64().unwrap()));
        let link = page.header("link");
        if link.is_empty() {
            break;
        }
        path = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap().to_owned();
    }
    assert_eq!(versions, (1..=7).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_event_is_shown_with_the_bytes_that_were_hashed() {
    let world = World::new().await;
    let list = world.get("/api/v1/agreements/sopimus/events").await.json();
    for event in list["events"].as_array().unwrap() {
        let one = world.get(&format!("/api/v1/agreements/sopimus/events/{}", event["version"])).await.json();
        assert_eq!(one, *event);
        let bytes = base64::decode(event["record_bytes"].as_str().unwrap()).unwrap();
        let entry = Entry::parse(bytes).unwrap();
        assert_eq!(entry.leaf.to_string(), event["leaf"].as_str().unwrap());
        assert_eq!(event["record"], serde_json::to_value(&entry.record).unwrap());
        let proof = world.get(&format!("/api/v1/agreements/sopimus/events/{}/proof", event["version"])).await;
        assert_eq!(proof.header("content-type"), "text/plain; charset=utf-8");
        proves(&world, &proof.text(), &entry).await;
    }
}

#[tokio::test]
async fn what_is_not_there_is_404_and_odd_questions_are_400() {
    let world = World::new().await;
    for (path, status, slug) in [
        ("/api/v1/agreements/nothing/events", 404, "agreement-unknown"),
        ("/api/v1/agreements/Nothing/events", 404, "agreement-unknown"),
        ("/api/v1/agreements/parties/events", 404, "agreement-unknown"),
        ("/api/v1/agreements/sopimus/events/3", 404, "event-unknown"),
        ("/api/v1/agreements/sopimus/events/0", 404, "event-unknown"),
        ("/api/v1/agreements/sopimus/events/01", 404, "event-unknown"),
        ("/api/v1/agreements/sopimus/events/18446744073709551615", 404, "event-unknown"),
        ("/api/v1/agreements/sopimus/events/99999999999999999999", 404, "event-unknown"),
        ("/api/v1/agreements/sopimus/events/3/proof", 404, "event-unknown"),
        ("/api/v1/agreements/nothing/events/1", 404, "event-unknown"),
        ("/api/v1/agreements/sopimus/events?limit=0", 400, "query-malformed"),
        ("/api/v1/agreements/sopimus/events?limit=201", 400, "query-malformed"),
        ("/api/v1/agreements/sopimus/events?limit=x", 400, "query-malformed"),
        ("/api/v1/agreements/sopimus/events?from=1", 400, "query-malformed"),
        ("/api/v1/agreements/sopimus/events?after=1&after=2", 400, "query-malformed"),
        ("/api/v1/agreements/sopimus/events/1?x=1", 400, "query-malformed"),
    ] {
        assert_eq!(world.get(path).await.problem(), (status, slug.into()), "{path}");
    }
    let beyond = world.get("/api/v1/agreements/sopimus/events?after=18446744073709551615").await;
    assert_eq!((beyond.status, beyond.json()), (200, json!({"events": []})));
}

#[tokio::test]
async fn a_name_travels_beside_the_event_and_never_in_its_record() {
    use sinetti::author::{Personal, draft, sign};
    use sinetti_events::format::disclosure::Disclosed;
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let saying = world.saying("tampere", AGREEMENT, "text_signed", signature()).await;
    let name = Personal { pointer: "/signatory".into(), value: Disclosed::Text("Maija Esimerkki".into()) };
    let draft = draft(saying.heading, saying.data, vec![name], || [5; 16]).unwrap();
    let envelope = sign(draft.payload, &[&world.keys["tampere"]]);
    let foreign =
        json!({"envelope": envelope, "disclosures": [[base64::encode([5; 16]), world.event_id(), "/signatory", "x"]]});
    let before = world.checkpoint().await;
    assert_eq!(world.post_json(AGREEMENT, &foreign.to_string()).await.problem(), (422, "disclosure-refused".into()));
    assert_eq!(world.checkpoint().await, before);
    let body = json!({"envelope": envelope, "disclosures": draft.disclosures}).to_string();
    let answer = world.post_json(AGREEMENT, &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let bytes = base64::decode(answer.json()["record_bytes"].as_str().unwrap()).unwrap();
    let record: Value = serde_json::from_slice(&bytes).unwrap();
    let payload = base64::decode(record["envelope"]["payload"].as_str().unwrap()).unwrap();
    assert!(!String::from_utf8(payload).unwrap().contains("Maija"));
}
