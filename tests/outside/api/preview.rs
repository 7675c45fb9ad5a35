//! `POST /api/v1/agreements/{agreement}/preview`: the words and rules of a submission, and no record.

use serde_json::{Value, json};
use sinetti::http::Config;
use sinetti_events::primitives::base64;

use super::world::{AGREEMENT, Answer, Saying, World, approval, signature};

async fn ask(world: &World, query: &str, saying: &Saying) -> Answer {
    let body = json!({"payload": base64::encode(saying.payload())}).to_string();
    post(world, &format!("/api/v1/agreements/{}/preview{query}", saying.heading.agreement), body).await
}

async fn post(world: &World, path: &str, body: String) -> Answer {
    world.ask("POST", path, &[("content-type", "application/json")], body).await
}

async fn decision(world: &World, change: Value) -> Saying {
    let mut data = approval();
    data.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    world.saying("tampere", AGREEMENT, "decision_recorded", data).await
}

#[tokio::test]
async fn an_approval_is_foreseen_in_words_and_leaves_no_trace() {
    let world = World::new().await;
    let checkpoint = world.checkpoint().await;
    let saying = decision(&world, json!({})).await;
    for (lang, text, effect) in [
        ("fi", "ehdotus hyväksyttiin", "Tämä lasketaan sopimuksen hyväksymiseksi."),
        ("sv", "förslaget godkändes", "Detta räknas som ett godkännande av avtalet."),
        ("en", "proposal adopted", "This counts as an approval of the agreement."),
    ] {
        let answer = ask(&world, &format!("?lang={lang}"), &saying).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let told = answer.json();
        assert!(told["text"].as_str().unwrap().contains(text), "{told}");
        assert_eq!(told["effects"][0], effect);
        assert_eq!((&told["counted"], &told["why_not"], &told["version"]), (&json!(true), &Value::Null, &json!(3)));
        assert_eq!(told["changes"][0]["code"], "approved");
    }
    assert_eq!(world.checkpoint().await, checkpoint);
    assert_eq!(world.get("/api/v1/agreements/sopimus").await.json()["approved"], 0);
}

#[tokio::test]
async fn an_adopted_note_is_said_not_to_count_and_why() {
    let world = World::new().await;
    let told = ask(&world, "?lang=en", &decision(&world, json!({"effect": "note"})).await).await.json();
    assert_eq!((&told["counted"], &told["why_not"]), (&json!(false), &json!("noted")));
    let effect = told["effects"][0].as_str().unwrap();
    assert!(effect.contains("does not count") && effect.contains("Noted for information"), "{effect}");
}

#[tokio::test]
async fn what_a_submission_would_refuse_is_refused_alike_with_the_member() {
    let world = World::new().await;
    for (change, slug, member) in [
        (json!({"subject": {"digest": "b".repeat(64)}}), "text-unknown", "data.subject"),
        (json!({"organ": {"kind": "senate", "name": "x"}}), "data-malformed", "data.organ.kind"),
        (json!({"occurred_on": "2030-01-01"}), "date-in-future", "data.occurred_on"),
        (json!({"minutes": "reported"}), "minutes-reported", "data.minutes"),
    ] {
        let saying = decision(&world, change).await;
        let foreseen = ask(&world, "", &saying).await;
        let submitted = world.post(AGREEMENT, &saying.sign(&[&world.keys["tampere"]])).await;
        assert_eq!(foreseen.problem(), submitted.problem());
        assert_eq!((foreseen.problem().1.as_str(), &foreseen.json()["member"]), (slug, &json!(member)));
    }
}

#[tokio::test]
async fn what_is_recorded_already_is_said_to_be_and_its_id_is_never_given_to_another() {
    let world = World::new().await;
    let saying = decision(&world, json!({})).await;
    assert_eq!(world.post(AGREEMENT, &saying.sign(&[&world.keys["tampere"]])).await.status, 201);
    let told = ask(&world, "?lang=en", &saying).await.json();
    assert_eq!((&told["recorded"], &told["version"], &told["changes"]), (&json!(true), &json!(3), &json!([])));
    let mut other = saying;
    other.data["section"] = json!("44");
    assert_eq!(ask(&world, "", &other).await.problem(), (409, "event-id-reused".into()));
}

#[tokio::test]
async fn a_history_that_the_author_can_not_have_seen_is_refused() {
    let world = World::new().await;
    let mut saying = decision(&world, json!({})).await;
    saying.heading.seen.version = 9;
    assert_eq!(ask(&world, "", &saying).await.problem().1, "seen-not-in-history");
}

#[tokio::test]
async fn a_signature_and_an_act_of_the_registry_are_told_too() {
    let world = World::new().await;
    world.say("tampere", AGREEMENT, "decision_recorded", approval()).await;
    let signing = world.saying("tampere", AGREEMENT, "text_signed", signature()).await;
    let told = ask(&world, "?lang=en", &signing).await.json();
    assert_eq!((&told["signatures"], &told["counted"]), (&json!("1/1"), &Value::Null));
    let party = json!({"id": "nokia", "kind": "municipality", "names": {"fi": "Nokia"}, "codes": ["kunta:536"],
        "occurred_on": "2023-01-01"});
    let registering = world.saying("registrar", "registry", "party_registered", party).await;
    let told = ask(&world, "?lang=en", &registering).await.json();
    assert_eq!(told["text"], "The registrar: Registration of a party (nokia).");
}

#[tokio::test]
async fn bodies_that_are_none_and_too_many_at_once_are_refused() {
    let world = World::new().await;
    let path = "/api/v1/agreements/sopimus/preview";
    for body in ["{}", "[]", "{\"payload\": \"%\"}", "{\"payload\": \"\", \"envelope\": 1}"] {
        assert_eq!(post(&world, path, body.to_owned()).await.problem(), (400, "body-malformed".into()), "{body}");
    }
    let words = post(&world, &format!("{path}?lang=de"), "{}".to_owned()).await;
    assert_eq!(words.problem(), (400, "language-unknown".into()));
    let not_canonical = json!({"payload": base64::encode(b"{ }")}).to_string();
    assert_eq!(post(&world, path, not_canonical).await.problem(), (400, "not-canonical".into()));
    let busy = World::with(Config { previews: 0, ..Config::default() }).await;
    let saying = decision(&busy, json!({})).await;
    assert_eq!(ask(&busy, "", &saying).await.problem(), (503, "previews-busy".into()));
}
