//! A ledger of its own for a test, and the acts of a small agreement in it.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti_events::format::disclosure::Disclosed;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::author::{self, Heading, NOTHING_SEEN, Personal};
use crate::http;
use crate::ledger::{Ledger, Options, Submission};

pub const AGREEMENT: &str = "esimerkki-2023";

/// A ledger in a directory that goes with it.
pub struct World {
    pub ledger: Ledger,
    registrar: SigningKey,
    events: u8,
    _dir: TempDir,
}

/// A page as it was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl World {
    /// Founded, with nothing in it.
    pub async fn founded() -> World {
        let dir = TempDir::new().unwrap();
        let ledger = Ledger::open(Options::new(dir.path(), "localhost/pages".parse().unwrap())).await.unwrap();
        let mut world = World { ledger, registrar: SigningKey::from_bytes(&[1; 32]), events: 0, _dir: dir };
        let log_keys: Vec<String> = world.ledger.log_keys().iter().map(ToString::to_string).collect();
        let key = author::public_key(&world.registrar).unwrap();
        let purposes = ["manage", "record", "sign"];
        let data = json!({"log_keys": log_keys, "registrar_keys": [{"public_key": key, "purposes": purposes}]});
        world.say("registry", "ledger_founded", data, Vec::new()).await;
        world
    }

    /// The registrar says it.
    pub async fn say(&mut self, stream: &str, kind: &str, data: Value, personal: Vec<(&str, &str)>) -> u64 {
        let stream: StreamId = stream.parse().unwrap();
        let heading = Heading {
            ledger: self.ledger.origin().clone(),
            agreement: stream.clone(),
            actor: PartyId::registrar(),
            event: EventId::new(1_700_000_000_000, &[self.events; 10]),
            seen: self.seen(&stream).await,
            kind: kind.parse().unwrap(),
            until: None,
        };
        self.events += 1;
        let value = |text: &str| Disclosed::Text(text.to_owned());
        let personal = personal.into_iter().map(|(at, text)| Personal { pointer: at.to_owned(), value: value(text) });
        let draft = author::draft(heading, data, personal.collect(), || [7; 16]).unwrap();
        let envelope = author::sign(draft.payload, &[&self.registrar]);
        let submission = Submission { agreement: stream, envelope, disclosures: draft.disclosures, if_match: None };
        let submitted = self.ledger.submit(submission).await;
        submitted.unwrap_or_else(|error| panic!("{kind}: {error}")).receipt.entry.record.version
    }

    async fn seen(&self, stream: &StreamId) -> sinetti_events::format::payload::Seen {
        let streams = self.ledger.streams().await.unwrap();
        let Some(genesis) = self.ledger.record(&StreamId::registry(), 1).await.unwrap() else { return NOTHING_SEEN };
        match streams.into_iter().find(|head| head.agreement == *stream) {
            Some(head) => author::seen(head.version, head.leaf),
            None => author::seen(0, genesis.leaf),
        }
    }

    /// Two parties and the agreement between them, with `text` in every member that takes words.
    pub async fn with_agreement(text: &str) -> World {
        let mut world = World::founded().await;
        let words = |end: &str| json!({"fi": format!("{text}{end}"), "sv": format!("{text}{end}")});
        for (number, party) in ["yksi", "kaksi"].iter().enumerate() {
            let names = words(&format!(" {number}"));
            let data = json!({"id": party, "kind": "municipality", "names": names, "occurred_on": "2023-01-02"});
            world.say("registry", "party_registered", data, Vec::new()).await;
        }
        let data = json!({
            "titles": words(""), "languages": ["fi"], "term": {"kind": "unknown"},
            "roster": [{"number": 1, "party": "yksi"}, {"number": 2, "party": "kaksi"}],
            "rules": {"basis": "assumed", "entry_into_force": {"kind": "all_approved_and_signed"}, "source": text},
            "cost_rule": words(""), "legal_bases": [text], "principles": [words("")], "sources": [text],
            "forums": [{"id": "top", "kind": "joint", "names": words(""), "composition": words(""), "how_often": words("")}],
            "interface_areas": [{"id": "a", "number": 1, "names": words(""), "goal": words("")}],
            "occurred_on": "2023-01-02",
        });
        world.say(AGREEMENT, "agreement_opened", data, Vec::new()).await;
        let deposit = json!({
            "role": "approval", "digest_unknown": true, "language": "fi", "date": "2023-02-14", "titles": words(""),
            "occurred_on": "2023-02-14", "source": text,
        });
        world.say(AGREEMENT, "text_deposited", deposit, Vec::new()).await;
        world
    }

    /// A decision of the first party, transcribed, with `text` in every member that takes words.
    pub async fn decide(&mut self, text: &str, resolution: &str, effect: &str) -> u64 {
        let data = json!({
            "party": "yksi", "source": text, "occurred_on": "2023-03-27", "organ": {"kind": "council", "name": text},
            "case_number": text, "competent": {"basis": text}, "heading": text, "section": "43",
            "minutes": "reported", "resolution": resolution, "effect": effect, "subject": {"deposit": 2},
        });
        let members = ["/decision", "/proposal", "/statement", "/preparer", "/presenter"];
        self.say(AGREEMENT, "decision_recorded", data, members.map(|member| (member, text)).to_vec()).await
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, HeaderMap::new()).await
    }

    /// `GET` with headers.
    pub async fn get_with(&self, path: &str, headers: HeaderMap) -> Answer {
        let router: Router = http::router(self.ledger.clone(), http::Config::default());
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        *request.headers_mut() = headers;
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }
}
