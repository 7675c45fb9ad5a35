//! What is wrong with a submission is said by slug, and the ledger stays as it was.

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti::author;
use sinetti::clock::Clock;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::time::Instant;
use std::sync::atomic::Ordering;

use super::forged;
use super::world::{AGREEMENT, Answer, NOW, Saying, World, approval, key, signature};

const JSON: (&str, &str) = ("content-type", "application/json");
const PATH: &str = "/api/v1/agreements/sopimus/events";

/// A world, and proof that nothing of what is refused in it is kept.
struct Refusing {
    world: World,
    checkpoint: String,
}

impl Refusing {
    async fn new() -> Refusing {
        let world = World::new().await;
        let checkpoint = world.checkpoint().await;
        Refusing { world, checkpoint }
    }

    async fn expect(&self, answer: Answer, status: u16, slug: &str, what: &str) {
        assert_eq!(answer.problem(), (status, slug.to_owned()), "{what}: {}", answer.text());
        assert_eq!(self.world.checkpoint().await, self.checkpoint, "{what} left a trace");
    }

    async fn body(&self, body: &str, status: u16, slug: &str) {
        let what: String = body.chars().take(80).collect();
        self.expect(self.world.post_json(AGREEMENT, body).await, status, slug, &what).await;
    }

    async fn envelope(&self, envelope: &Envelope, status: u16, slug: &str, what: &str) {
        self.expect(self.world.post(AGREEMENT, envelope).await, status, slug, what).await;
    }

    /// Signed by tampere, whatever the bytes.
    async fn payload(&self, payload: impl Into<Vec<u8>>, status: u16, slug: &str) {
        let payload = payload.into();
        let what: String = String::from_utf8_lossy(&payload).chars().take(120).collect();
        let envelope = author::sign(payload, &[&self.world.keys["tampere"]]);
        self.envelope(&envelope, status, slug, &what).await;
    }

    async fn approval(&self) -> Saying {
        self.world.saying("tampere", AGREEMENT, "decision_recorded", approval()).await
    }

    /// tampere's approval with `change` made to its members.
    async fn data(&self, change: impl FnOnce(&mut Value), status: u16, slug: &str, what: &str) {
        let mut saying = self.approval().await;
        change(&mut saying.data);
        let envelope = saying.sign(&[&self.world.keys["tampere"]]);
        self.envelope(&envelope, status, slug, what).await;
    }
}

#[tokio::test]
async fn bodies_of_another_type_form_or_size() {
    let refusing = Refusing::new().await;
    let ask = async |headers: &[(&str, &str)], body: String| refusing.world.ask("POST", PATH, headers, body).await;
    let long = format!("{{\"envelope\":\"{}\"}}", "a".repeat(600_000));
    refusing.expect(ask(&[JSON], long).await, 413, "body-too-large", "600 kB").await;
    let announced = ask(&[JSON, ("content-length", "99999999999")], String::new()).await;
    refusing.expect(announced, 413, "body-too-large", "announced").await;
    for other in ["text/plain", "application/x-www-form-urlencoded", "application/xml"] {
        let answer = ask(&[("content-type", other)], "{}".into()).await;
        refusing.expect(answer, 415, "content-type-unsupported", other).await;
    }
    refusing.expect(ask(&[], "{}".into()).await, 415, "content-type-unsupported", "none").await;
    for encoding in ["gzip", "br", "deflate", "zstd"] {
        let answer = ask(&[JSON, ("content-encoding", encoding)], "x".into()).await;
        refusing.expect(answer, 415, "content-encoding-unsupported", encoding).await;
    }
    for body in
        ["", "{", "null", "[]", "\"\"", "{}", "{}{}", "{\"envelope\":{}}", "{\"envelope\":null}", "\u{feff}{}", "NaN"]
    {
        refusing.body(body, 400, "body-malformed").await;
    }
    refusing.body(&format!("{{\"envelope\":{}", "[".repeat(200_000)), 400, "body-malformed").await;
    refusing.body(&"{\"envelope\":".repeat(40_000), 400, "body-malformed").await;
}

#[tokio::test]
async fn members_twice_unknown_or_of_another_kind() {
    let refusing = Refusing::new().await;
    let envelope = refusing.approval().await.sign(&[&refusing.world.keys["tampere"]]);
    let good = json!({"envelope": envelope, "disclosures": []}).to_string();
    let with = |from: &str, to: &str| {
        let changed = good.replacen(from, to, 1);
        assert_ne!(changed, good, "{from}");
        changed
    };
    for body in [
        with("\"disclosures\":[]", "\"disclosures\":[],\"disclosures\":[]"),
        with("\"disclosures\":[]", "\"disclosures\":[],\"more\":1"),
        with("\"disclosures\":[]", "\"disclosures\":{}"),
        with("\"disclosures\":[]", "\"disclosures\":[[]]"),
        with("\"disclosures\":[]", "\"disclosures\":[[\"AAAA\",\"x\",\"/a\",\"b\"]]"),
        with("\"payloadType\":", "\"payload_type\":"),
        with("\"payloadType\":", "\"payloadType\":\"x\",\"payloadType\":"),
        with("\"signatures\":[{", "\"signatures\":[{\"more\":1,"),
        with("\"sig\":\"", "\"sig\":\" "),
        with("\"payload\":\"", "\"payload\":\"="),
        with("\"keyid\":\"", "\"keyid\":\"A"),
    ] {
        refusing.body(&body, 400, "body-malformed").await;
    }
    let problem = refusing.world.post_json(AGREEMENT, &with("\"sig\":\"", "\"sig\":\" ")).await.json();
    assert_eq!(problem["member"], "envelope.signatures[0].sig");
}

#[tokio::test]
async fn envelopes_of_another_type_or_with_odd_signatures() {
    let refusing = Refusing::new().await;
    let good = refusing.approval().await.sign(&[&refusing.world.keys["tampere"]]);
    let mut changed = vec![];
    let mut change = |change: &dyn Fn(&mut Envelope)| {
        let mut envelope = good.clone();
        change(&mut envelope);
        changed.push(envelope);
    };
    change(&|envelope| envelope.payload_type = "application/vnd.sinetti.event.v2+json".into());
    change(&|envelope| envelope.signatures.clear());
    change(&|envelope| envelope.signatures.extend_from_within(..));
    change(&|envelope| envelope.signatures = vec![envelope.signatures[0].clone(); 9]);
    change(&|envelope| envelope.signatures[0].sig.truncate(63));
    change(&|envelope| envelope.signatures[0].sig.push(0));
    for envelope in &changed {
        refusing.envelope(envelope, 400, "envelope-malformed", &format!("{envelope:?}")).await;
    }
}

#[tokio::test]
async fn payloads_that_are_not_canonical() {
    let refusing = Refusing::new().await;
    let saying = refusing.approval().await;
    let good = String::from_utf8(saying.payload()).unwrap();
    let with = |from: &str, to: &str| {
        let changed = good.replacen(from, to, 1);
        assert_ne!(changed, good, "{from}");
        changed
    };
    for payload in [
        with("{", "{ "),
        with("\"actor\":", "\"actor\": "),
        format!("{good}\n"),
        format!("\u{feff}{good}"),
        with("\"actor\":\"tampere\",", "\"actor\":\"tampere\",\"actor\":\"tampere\","),
        with("\"actor\":\"tampere\",\"agreement\":\"sopimus\"", "\"agreement\":\"sopimus\",\"actor\":\"tampere\""),
        with("\"version\":2", "\"version\":2.0"),
        with("\"version\":2", "\"version\":2e0"),
        with("\"version\":2", "\"version\":02"),
        with("\"version\":2", "\"version\":9007199254740992"),
        with("\"version\":2", "\"version\":null"),
        with("kaupunginvaltuusto", "Ma\u{308}ntta\u{308}n valtuusto"),
        with("kaupunginvaltuusto", "valtuusto\u{200b}"),
        with("kaupunginvaltuusto", "valtuusto\u{202e}"),
        with("kaupunginvaltuusto", "valtuusto\u{378}"),
        with("kaupunginvaltuusto", "valtuusto\\n"),
        with("kaupunginvaltuusto", "\\u0076altuusto"),
        with("\"competent\":", "\"Competent\":"),
        with("\"competent\":", &format!("\"a\":{}1{},\"competent\":", "[".repeat(20), "]".repeat(20))),
        "{}x".into(),
        String::new(),
        "null".into(),
    ] {
        refusing.payload(payload, 400, "not-canonical").await;
    }
    refusing.payload([b"\"\xff\"".as_slice(), good.as_bytes()].concat(), 400, "not-canonical").await;
    refusing.payload(with("kaupunginvaltuusto", &"a".repeat(41_000)), 413, "payload-too-long").await;
}

#[tokio::test]
async fn payloads_with_other_members() {
    let refusing = Refusing::new().await;
    let good = String::from_utf8(refusing.approval().await.payload()).unwrap();
    let with = |from: &str, to: &str| {
        let changed = good.replacen(from, to, 1);
        assert_ne!(changed, good, "{from}");
        changed
    };
    for payload in [
        "{}".into(),
        "[]".into(),
        "1".into(),
        with("\"actor\":", "\"aaa\":1,\"actor\":"),
        with("\"actor\":\"tampere\"", "\"actor\":\"Tampere\""),
        with("\"agreement\":\"sopimus\"", "\"agreement\":\"parties\""),
        with("\"type\":\"decision_recorded\"", "\"type\":\"Decision\""),
        with("\"type\":\"decision_recorded\"", "\"type\":1"),
        with("\"version\":2", "\"version\":-2"),
    ] {
        refusing.payload(payload, 400, "payload-malformed").await;
    }
    refusing.payload(with("decision_recorded", "decision_dreamt"), 422, "event-type-unknown").await;
}

#[tokio::test]
async fn members_of_the_type_and_the_rules_of_acts() {
    let refusing = Refusing::new().await;
    refusing.data(|data| data["more"] = json!(1), 422, "data-malformed", "unknown member").await;
    refusing.data(|data| data["section"] = json!(43), 422, "data-malformed", "number for text").await;
    refusing.data(|data| data["effect"] = json!("bless"), 422, "data-malformed", "unknown effect").await;
    refusing
        .data(|data| drop(data.as_object_mut().unwrap().remove("occurred_on")), 422, "data-malformed", "no date")
        .await;
    refusing.data(|data| data["occurred_on"] = json!("27.3.2023"), 422, "data-malformed", "Finnish date").await;
    refusing.data(|data| data["occurred_on"] = json!("2026-11-23"), 422, "date-in-future", "tomorrow").await;
    let unknown = json!({"digest": "b".repeat(64)});
    refusing.data(|data| data["subject"] = unknown, 422, "text-unknown", "unknown text").await;
    refusing
        .data(|data| drop(data.as_object_mut().unwrap().remove("subject")), 422, "subject-missing", "no text")
        .await;
    refusing.data(|data| data["invented"] = json!(true), 422, "invented-in-real-ledger", "invented").await;
}

/// 22:00 UTC is midnight in Helsinki: until then the next day is the future.
#[tokio::test]
async fn the_future_begins_at_midnight_in_helsinki() {
    let refusing = Refusing::new().await;
    let Clock::Fixed(ms) = &refusing.world.clock else { unreachable!() };
    let at = |text: &str| text.parse::<Instant>().unwrap().unix_ms();
    ms.store(at("2026-11-22T21:59:59.999Z"), Ordering::SeqCst);
    refusing.data(|data| data["occurred_on"] = json!("2026-11-23"), 422, "date-in-future", "a moment early").await;
    ms.store(at("2026-11-22T22:00:00.000Z"), Ordering::SeqCst);
    let mut saying = refusing.approval().await;
    saying.data["occurred_on"] = json!("2026-11-23");
    let envelope = saying.sign(&[&refusing.world.keys["tampere"]]);
    assert_eq!(refusing.world.post(AGREEMENT, &envelope).await.status, 201);
}

#[tokio::test]
async fn events_of_another_ledger_agreement_or_actor() {
    let refusing = Refusing::new().await;
    let tampere = &refusing.world.keys["tampere"];
    let mut elsewhere = refusing.approval().await;
    elsewhere.heading.ledger = "localhost/other".parse().unwrap();
    refusing.envelope(&elsewhere.sign(&[tampere]), 400, "ledger-mismatch", "ledger").await;
    let mut other = refusing.approval().await;
    other.heading.agreement = "toinen".parse().unwrap();
    refusing.envelope(&other.sign(&[tampere]), 400, "agreement-mismatch", "agreement").await;
    let here = refusing.approval().await.sign(&[tampere]);
    let sent = refusing.world.post("toinen", &here).await;
    refusing.expect(sent, 400, "agreement-mismatch", "path").await;
    let sent = refusing.world.post("Not%20an%20id", &here).await;
    refusing.expect(sent, 404, "agreement-unknown", "no id").await;
    let mut nobody = refusing.approval().await;
    nobody.heading.actor = "nokia".parse().unwrap();
    refusing.envelope(&nobody.sign(&[tampere]), 403, "key-of-another-party", "unknown actor, known key").await;
    refusing.envelope(&nobody.sign(&[&key(99)]), 403, "key-unknown", "unknown actor, own key").await;
    let unopened = refusing.world.saying("tampere", "toinen", "decision_recorded", approval()).await;
    let sent = refusing.world.post("toinen", &unopened.sign(&[tampere])).await;
    refusing.expect(sent, 422, "agreement-not-open", "an agreement that nobody opened").await;
    let opening =
        refusing.world.saying("tampere", "toinen", "agreement_opened", json!({"occurred_on": "2023-01-01"})).await;
    let sent = refusing.world.post("toinen", &opening.sign(&[tampere])).await;
    refusing.expect(sent, 422, "data-malformed", "an opening without members").await;
    let registering =
        json!({"id": "nokia", "kind": "municipality", "names": {"fi": "Nokia"}, "occurred_on": "2023-01-01"});
    let saying = refusing.world.saying("tampere", "registry", "party_registered", registering).await;
    let sent = refusing.world.post("registry", &saying.sign(&[tampere])).await;
    refusing.expect(sent, 422, "actor-not-allowed", "a party registers a party").await;
}

#[tokio::test]
async fn keys_of_others_revoked_future_or_for_another_purpose() {
    let mut refusing = Refusing::new().await;
    let world = &refusing.world;
    let tampere = &world.keys["tampere"];
    let (signing, revoked, future) = (key(21), key(22), key(23));
    enrol(world, &signing, json!(["sign"])).await;
    enrol(world, &revoked, json!(["record"])).await;
    let id = author::public_key(&revoked).unwrap().id().to_string();
    world.say("tampere", "registry", "key_revoked", json!({"party": "tampere", "key": id})).await;
    refusing.checkpoint = world.checkpoint().await;
    let approval = refusing.approval().await;
    for (keys, slug) in [
        (vec![&refusing.world.keys["orivesi"]], "key-of-another-party"),
        (vec![&refusing.world.keys["registrar"]], "key-of-another-party"),
        (vec![tampere, &refusing.world.keys["orivesi"]], "key-of-another-party"),
        (vec![&revoked], "key-revoked"),
        (vec![tampere, &revoked], "key-revoked"),
        (vec![&future], "key-unknown"),
        (vec![tampere, &future], "key-unknown"),
        (vec![&signing], "key-purpose"),
    ] {
        refusing.envelope(&approval.sign(&keys), 403, slug, slug).await;
    }
    let unproven =
        json!({"party": "tampere", "public_key": author::public_key(&future).unwrap(), "purposes": ["record"]});
    let saying = refusing.world.saying("tampere", "registry", "key_enrolled", unproven).await;
    let sent = refusing.world.post("registry", &saying.sign(&[tampere])).await;
    refusing.expect(sent, 403, "key-possession-unproven", "enrolment without the key itself").await;
    for (known, slug) in [(&revoked, "key-known"), (tampere, "key-known")] {
        let again =
            json!({"party": "tampere", "public_key": author::public_key(known).unwrap(), "purposes": ["record"]});
        let saying = refusing.world.saying("tampere", "registry", "key_enrolled", again).await;
        let keys: Vec<&SigningKey> = if known == tampere { vec![tampere] } else { vec![tampere, known] };
        let sent = refusing.world.post("registry", &saying.sign(&keys)).await;
        assert!([403, 422].contains(&sent.status), "{}", sent.text());
        let slug = if sent.status == 422 { slug.to_owned() } else { sent.problem().1 };
        refusing.expect(sent, if slug == "key-known" { 422 } else { 403 }, &slug, "a key twice").await;
    }
    let mut weak = json!({"party": "tampere", "purposes": ["record"]});
    weak["public_key"] = json!(base64::encode(forged::IDENTITY));
    let saying = refusing.world.saying("tampere", "registry", "key_enrolled", weak).await;
    let sent = refusing.world.post("registry", &saying.sign(&[tampere])).await;
    refusing.expect(sent, 422, "data-malformed", "a key of small order").await;
}

async fn enrol(world: &World, new: &SigningKey, purposes: Value) {
    let enrolled = json!({"party": "tampere", "public_key": author::public_key(new).unwrap(), "purposes": purposes});
    let saying = world.saying("tampere", "registry", "key_enrolled", enrolled).await;
    let answer = world.post("registry", &saying.sign(&[&world.keys["tampere"], new])).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

#[tokio::test]
async fn signatures_that_lax_verifiers_accept() {
    let refusing = Refusing::new().await;
    let tampere = &refusing.world.keys["tampere"];
    let good = refusing.approval().await.sign(&[tampere]);
    for (what, sig) in [
        ("S + L", forged::with_greater_s(&good.signatures[0].sig)),
        ("R of small order", forged::with_small_r(tampere, &good.pae())),
        ("one bit", {
            let mut sig = good.signatures[0].sig.clone();
            sig[10] ^= 1;
            sig
        }),
        ("zeroes", vec![0; 64]),
    ] {
        let mut envelope = good.clone();
        envelope.signatures[0].sig = sig;
        refusing.envelope(&envelope, 403, "signature-invalid", what).await;
    }
    let mut moved = refusing.approval().await.sign(&[tampere]);
    moved.signatures = good.signatures.clone();
    refusing.envelope(&moved, 403, "signature-invalid", "of another payload").await;
    let mut small = good.clone();
    small.signatures[0].keyid = sinetti_events::primitives::hash::Digest::of(&forged::IDENTITY);
    refusing.envelope(&small, 403, "key-unknown", "a key of small order").await;
}

#[tokio::test]
async fn seen_that_is_no_ancestor() {
    let refusing = Refusing::new().await;
    let newest = refusing.approval().await.heading.seen;
    let leaf = newest.hash.unwrap();
    for (what, seen) in [
        ("another hash", author::seen(2, Hash::ZERO)),
        ("of another version", author::seen(1, leaf)),
        ("the future", author::seen(3, leaf)),
        ("version 0 of a stream that has records", author::seen(0, leaf)),
        ("nothing", author::NOTHING_SEEN),
    ] {
        let mut saying = refusing.approval().await;
        saying.heading.seen = seen;
        let envelope = saying.sign(&[&refusing.world.keys["tampere"]]);
        refusing.envelope(&envelope, 409, "seen-not-in-history", what).await;
    }
}

#[tokio::test]
async fn an_event_id_belongs_to_one_payload_and_until_is_kept() {
    let mut refusing = Refusing::new().await;
    let tampere = &refusing.world.keys["tampere"];
    let first = refusing.approval().await;
    assert_eq!(refusing.world.post(AGREEMENT, &first.sign(&[tampere])).await.status, 201);
    refusing.checkpoint = refusing.world.checkpoint().await;
    let mut second = refusing.world.saying("tampere", AGREEMENT, "text_signed", signature()).await;
    second.heading.event = first.heading.event;
    refusing.envelope(&second.sign(&[tampere]), 409, "event-id-reused", "id").await;
    let mut late = refusing.world.saying("tampere", AGREEMENT, "text_signed", signature()).await;
    late.heading.until = Some("2026-11-22T11:59:59.999Z".parse().unwrap());
    refusing.envelope(&late.sign(&[tampere]), 409, "event-expired", "until").await;
}

#[tokio::test]
async fn a_clock_that_leaps_stops_writing_until_it_is_right() {
    let refusing = Refusing::new().await;
    let Clock::Fixed(ms) = &refusing.world.clock else { unreachable!() };
    let envelope = refusing.approval().await.sign(&[&refusing.world.keys["tampere"]]);
    ms.store("2126-11-22T12:00:00.000Z".parse::<Instant>().unwrap().unix_ms(), Ordering::SeqCst);
    refusing.envelope(&envelope, 503, "clock-leap", "a hundred years ahead").await;
    ms.store(NOW.parse::<Instant>().unwrap().unix_ms(), Ordering::SeqCst);
    assert_eq!(refusing.world.post(AGREEMENT, &envelope).await.status, 201);
}
