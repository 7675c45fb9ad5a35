//! `GET /api/v1/agreements/{agreement}/evidence`

use serde_json::json;
use sinetti::evidence::{Authorities, verify};
use sinetti::http::Config;
use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::format::disclosure::{Disclosed, Disclosure, Salt};
use sinetti_events::primitives::hash::Digest;
use sinetti_projections::audit::Verdict;
use sinetti_projections::audit::evidence::{Asked, EvidenceReport};

use super::world::{AGREEMENT, PARTIES, Saying, World, approval, signature};

async fn bundle(world: &World, agreement: &str) -> Vec<u8> {
    let answer = world.get(&format!("/api/v1/agreements/{agreement}/evidence")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.body
}

fn report(bytes: &[u8]) -> EvidenceReport {
    verify(bytes, &Asked::default(), &Authorities::Unsaid, |_| (), || ())
}

#[track_caller]
fn assert_verified(bytes: &[u8]) {
    let report = report(bytes);
    assert_eq!((report.verdict, report.findings), (Verdict::Valid, vec![]));
}

#[tokio::test]
async fn it_holds_after_every_record_whichever_stream_was_last() {
    let world = World::new().await;
    let opened = world.ledger.record(&AGREEMENT.parse().unwrap(), 1).await.unwrap().unwrap();
    let opening: serde_json::Value = serde_json::from_slice(&opened.record.envelope.payload).unwrap();
    for (at, party) in PARTIES.iter().enumerate() {
        world.say(party, AGREEMENT, "decision_recorded", approval()).await;
        assert_verified(&bundle(&world, AGREEMENT).await);
        world.say("registrar", &format!("other-{at}"), "agreement_opened", opening["data"].clone()).await;
        assert_verified(&bundle(&world, AGREEMENT).await);
        let registered = json!({"id": format!("p{at}"), "kind": "municipality", "names": {"fi": format!("Kunta {at}")}, "occurred_on": "2023-01-01"});
        world.say("registrar", "registry", "party_registered", registered).await;
        world.say(party, AGREEMENT, "text_signed", signature()).await;
        for stream in [AGREEMENT, "registry", "other-0"] {
            assert_verified(&bundle(&world, stream).await);
        }
    }
}

#[tokio::test]
async fn it_is_a_download_with_a_validator_and_the_same_bytes_again() {
    let world = World::new().await;
    let path = "/api/v1/agreements/sopimus/evidence";
    let answer = world.get(path).await;
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"sopimus-9.sinetti.zip\"");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(world.get(path).await.body, answer.body);
    let again = world.ask("GET", path, &[("if-none-match", answer.header("etag"))], "").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let grown = world.ask("GET", path, &[("if-none-match", answer.header("etag"))], "").await;
    assert_eq!(grown.status, 200);
}

#[tokio::test]
async fn what_is_no_stream_has_no_evidence() {
    let world = World::new().await;
    let unknown = world.get("/api/v1/agreements/none/evidence").await;
    assert_eq!(unknown.problem(), (404, "agreement-unknown".into()));
    let misspelt = world.get("/api/v1/agreements/sopimus/evidence?on=2026-01-01").await;
    assert_eq!(misspelt.problem(), (400, "query-malformed".into()));
}

#[tokio::test]
async fn disclosures_are_in_it_until_they_are_erased() {
    let world = World::new().await;
    let mut saying = world.saying("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let disclosure = present(&mut saying, "Maija Esimerkki");
    let envelope = saying.sign(&[&world.keys["tampere"]]);
    let body = json!({"envelope": envelope, "disclosures": [disclosure]});
    assert_eq!(world.post_json(AGREEMENT, &body.to_string()).await.status, 201);
    let bytes = bundle(&world, AGREEMENT).await;
    assert_verified(&bytes);
    let held =
        |bytes: &[u8]| String::from_utf8(Bundle::read(bytes).0.get(Member::Disclosures).unwrap().to_vec()).unwrap();
    assert!(held(&bytes).contains("Maija Esimerkki"));
    let readme = Bundle::read(&bytes).0.get(Member::Readme).unwrap().to_vec();
    assert!(!String::from_utf8(readme).unwrap().contains("Maija"), "the trail names nobody");
    let erasure = json!({"event": saying.heading.event, "occurred_on": "2026-11-22", "pointer": "/presenter"});
    world.say("tampere", "registry", "personal_data_erased", erasure).await;
    let bytes = bundle(&world, AGREEMENT).await;
    assert_verified(&bytes);
    assert_eq!(held(&bytes), "[]");
}

/// Puts a commitment into the members, and gives what opens it.
fn present(saying: &mut Saying, name: &str) -> Disclosure {
    let (event, pointer) = (saying.heading.event, "/presenter".to_owned());
    let disclosure = Disclosure { salt: Salt([5; 16]), event, pointer, value: Disclosed::Text(name.to_owned()) };
    saying.data["presenter"] = serde_json::to_value(disclosure.commitment().unwrap()).unwrap();
    disclosure
}

#[tokio::test]
async fn documents_are_in_it_while_they_are_held_unless_they_are_left_out() {
    let world = World::new().await;
    let minutes: &'static [u8] = b"minutes of 27.3.2023";
    let mut data = approval();
    data["minutes_digest"] = json!(Digest::of(minutes));
    let decided = world.say("tampere", AGREEMENT, "decision_recorded", data).await.json();
    let document = Member::Document(Digest::of(minutes));
    let held = async |query: &str| {
        let answer = world.get(&format!("/api/v1/agreements/sopimus/evidence{query}")).await;
        assert_verified(&answer.body);
        Bundle::read(&answer.body).0.get(document).map(<[u8]>::to_vec)
    };
    assert_eq!(held("").await, None, "nobody has put it yet");
    assert_eq!(world.ask("PUT", &format!("/api/v1/documents/{}", Digest::of(minutes)), &[], minutes).await.status, 201);
    assert_eq!(held("").await.as_deref(), Some(minutes));
    assert_eq!(held("?documents=true").await.as_deref(), Some(minutes));
    assert_eq!(held("?documents=false").await, None);
    let payload =
        sinetti_events::primitives::base64::decode(decided["record"]["envelope"]["payload"].as_str().unwrap());
    let payload: serde_json::Value = serde_json::from_slice(&payload.unwrap()).unwrap();
    let erasure = json!({"event": payload["event"], "occurred_on": "2026-11-22", "pointer": "/minutes_digest"});
    world.say("tampere", "registry", "personal_data_erased", erasure).await;
    assert_eq!(held("").await, None, "it was erased");
}

#[tokio::test]
async fn more_bundles_than_the_server_makes_at_once_are_asked_to_wait() {
    let world = World::with(Config { exports: 0, ..Config::default() }).await;
    let answer = world.get("/api/v1/agreements/sopimus/evidence").await;
    assert_eq!(answer.problem(), (503, "evidence-busy".into()));
    assert!(!answer.header("retry-after").is_empty());
}
