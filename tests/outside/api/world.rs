//! A small ledger of three parties behind the router, and signing for everybody in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti::author::{self, Heading};
use sinetti::clock::Clock;
use sinetti::http::{self, Config};
use sinetti::ledger::{Ledger, Options};
use sinetti::public_url::PublicUrl;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::Seen;
use sinetti_events::primitives::ids::EventId;
use tempfile::TempDir;
use tower::ServiceExt;

pub const ORIGIN: &str = "localhost/sinetti";
pub const AGREEMENT: &str = "sopimus";
/// SHA-256 of the agreement's text, as deposited.
pub const TEXT: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub const PARTIES: [&str; 3] = ["tampere", "orivesi", "pirkanmaan-liitto"];
pub const NOW: &str = "2026-11-22T12:00:00.000Z";

pub struct World {
    pub ledger: Ledger,
    pub router: Router,
    dir: TempDir,
    pub clock: Clock,
    /// Everybody's key; the registrar's too.
    pub keys: BTreeMap<String, SigningKey>,
    serial: AtomicU64,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// An event before it is signed; tests change it to break it.
#[derive(Debug, Clone)]
pub struct Saying {
    pub heading: Heading,
    pub data: Value,
}

impl World {
    /// A founded ledger with three parties, their keys, one open agreement and its text.
    pub async fn new() -> World {
        World::with(Config::default()).await
    }

    pub async fn with(config: Config) -> World {
        World::reached_at(PublicUrl::default(), config).await
    }

    /// The same behind a public address.
    pub async fn reached_at(public_url: PublicUrl, config: Config) -> World {
        let dir = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(NOW.parse().unwrap());
        let ledger = open(&dir, clock.clone(), public_url).await;
        let router = http::router(ledger.clone(), config);
        let names = PARTIES.iter().chain(&["registrar"]).enumerate();
        let keys = names.map(|(at, name)| (name.to_string(), key(u8::try_from(at).unwrap() + 1))).collect();
        let world = World { ledger, router, dir, clock, keys, serial: AtomicU64::new(0) };
        world.found().await;
        world
    }

    /// The same ledger opened again after its server was stopped and `change` was made to its database.
    pub async fn reopened(self, change: impl AsyncFnOnce(PathBuf)) -> World {
        let World { ledger, router, dir, clock, keys, serial } = self;
        ledger.close().await;
        drop((ledger, router));
        change(dir.path().join("sinetti.db")).await;
        let ledger = open(&dir, clock.clone(), PublicUrl::default()).await;
        let router = http::router(ledger.clone(), Config::default());
        World { ledger, router, dir, clock, keys, serial }
    }

    /// Its data directory.
    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    async fn found(&self) {
        let log_keys: Vec<String> = self.ledger.log_keys().iter().map(ToString::to_string).collect();
        let registrar = json!({"public_key": self.public("registrar"), "purposes": ["manage", "record", "sign"]});
        let founded = json!({"log_keys": log_keys, "registrar_keys": [registrar]});
        self.say("registrar", "registry", "ledger_founded", founded).await;
        for (at, party) in PARTIES.iter().enumerate() {
            let code = format!("kunta:{:03}", 100 + at);
            let registered = json!({"id": party, "kind": "municipality", "names": {"fi": party}, "codes": [code],
                "occurred_on": "2023-01-01"});
            self.say("registrar", "registry", "party_registered", registered).await;
            let enrolled =
                json!({"party": party, "public_key": self.public(party), "purposes": ["manage", "record", "sign"]});
            let saying = self.saying("registrar", "registry", "key_enrolled", enrolled).await;
            let envelope = saying.sign(&[&self.keys["registrar"], &self.keys[*party]]);
            assert_eq!(self.post("registry", &envelope).await.status, 201);
        }
        let roster: Vec<Value> =
            PARTIES.iter().enumerate().map(|(at, party)| json!({"number": at + 1, "party": party})).collect();
        let opened = json!({"languages": ["fi"], "roster": roster, "titles": {"fi": "Puitesopimus"},
            "rules": {"basis": "stated", "source": "§ 9", "entry_into_force": {"kind": "all_approved_and_signed"}},
            "term": {"kind": "until_further_notice"}, "occurred_on": "2023-01-02"});
        self.say("registrar", AGREEMENT, "agreement_opened", opened).await;
        let deposited = json!({"role": "approval", "language": "fi", "digest": TEXT, "titles": {"fi": "Puitesopimus"},
            "occurred_on": "2023-01-03"});
        self.say("registrar", AGREEMENT, "text_deposited", deposited).await;
    }

    /// Signs and submits; the event must be recorded.
    pub async fn say(&self, actor: &str, agreement: &str, kind: &str, data: Value) -> Answer {
        let saying = self.saying(actor, agreement, kind, data).await;
        let answer = self.post(agreement, &saying.sign(&[&self.keys[actor]])).await;
        assert_eq!(answer.status, 201, "{kind}: {}", answer.text());
        answer
    }

    /// An event by `actor` that has seen the newest record.
    pub async fn saying(&self, actor: &str, agreement: &str, kind: &str, data: Value) -> Saying {
        let heading = Heading {
            ledger: ORIGIN.parse().unwrap(),
            agreement: agreement.parse().unwrap(),
            actor: actor.parse().unwrap(),
            event: self.event_id(),
            seen: self.seen(agreement).await,
            kind: kind.parse().unwrap(),
            until: None,
        };
        Saying { heading, data }
    }

    pub fn event_id(&self) -> EventId {
        let serial = self.serial.fetch_add(1, Ordering::SeqCst);
        EventId::new(1_700_000_000_000 + serial, &[7; 10])
    }

    async fn seen(&self, agreement: &str) -> Seen {
        let streams = self.ledger.streams().await.unwrap();
        match streams.iter().find(|head| head.agreement.as_str() == agreement) {
            Some(head) => author::seen(head.version, head.leaf),
            None => match self.ledger.record(&"registry".parse().unwrap(), 1).await.unwrap() {
                Some(founding) => author::seen(0, founding.leaf),
                None => author::NOTHING_SEEN,
            },
        }
    }

    pub fn public(&self, name: &str) -> String {
        author::public_key(&self.keys[name]).unwrap().to_string()
    }

    pub async fn post(&self, agreement: &str, envelope: &Envelope) -> Answer {
        self.post_json(agreement, &json!({"envelope": envelope, "disclosures": []}).to_string()).await
    }

    pub async fn post_json(&self, agreement: &str, body: &str) -> Answer {
        let path = format!("/api/v1/agreements/{agreement}/events");
        self.ask("POST", &path, &[("content-type", "application/json")], body.to_owned()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], Body::empty()).await
    }

    /// What kind of answer there is, without its body, which may have no end.
    pub async fn content_type(&self, path: &str) -> String {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        response.headers()["content-type"].to_str().unwrap().to_owned()
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub async fn checkpoint(&self) -> String {
        self.get("/checkpoint").await.text()
    }
}

async fn open(dir: &TempDir, clock: Clock, public_url: PublicUrl) -> Ledger {
    let options = Options { clock, public_url, ..Options::new(dir.path(), ORIGIN.parse().unwrap()) };
    Ledger::open(options).await.unwrap()
}

impl Saying {
    pub fn payload(&self) -> Vec<u8> {
        author::draft(self.heading.clone(), self.data.clone(), vec![], || [0; 16]).unwrap().payload
    }

    pub fn sign(&self, keys: &[&SigningKey]) -> Envelope {
        author::sign(self.payload(), keys)
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status and slug, of a problem in its full form.
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{} {}", self.status, self.text());
        let problem = self.json();
        let slug = problem["slug"].as_str().unwrap().to_owned();
        assert_eq!(problem["type"], format!("/problems/{slug}"));
        assert_eq!(problem["status"], self.status);
        assert!(!problem["detail"].as_str().unwrap().is_empty());
        assert_ne!(problem["title"], slug.as_str(), "{slug} is not in the catalogue");
        (self.status, slug)
    }
}

/// A key from one number.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// An approval of the agreement's text by the council of `party`.
pub fn approval() -> Value {
    json!({"organ": {"kind": "council", "name": "kaupunginvaltuusto"}, "competent": {"basis": "hallintosääntö § 12"},
        "section": "43", "resolution": "adopted", "effect": "approve", "finality": "final", "minutes": "confirmed",
        "subject": {"digest": TEXT}, "occurred_on": "2023-03-27"})
}

pub fn signature() -> Value {
    json!({"text": TEXT, "role": "kaupunginjohtaja", "grade": "ledger_key", "occurred_on": "2023-04-01"})
}
