//! Test support: a ledger in memory to which events are said without signatures.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti_events::format::payload::{Payload, Seen};
use sinetti_events::keys::public_key::{KeyId, PublicKey};
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::primitives::canonical::{self, Names};
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::primitives::ids::EventId;
use sinetti_events::primitives::time::Instant;

use crate::acts::{StreamKind, TypeInfo};
use crate::agreement::Agreement;
use crate::decide::decide;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::status::{NoteCode, Row, Status, status};

/// The agreement to which things are said.
pub const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";

/// SHA-256 of the text that is up for approval.
pub fn text_a() -> String {
    digest("a")
}

/// SHA-256 of another text.
pub fn text_b() -> String {
    digest("b")
}

pub fn digest(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string()
}

/// A ledger with one agreement, and every event said so far.
#[derive(Clone)]
pub struct World {
    pub registry: Registry,
    pub agreement: Agreement,
    /// When the next event is recorded.
    pub at: Instant,
    /// Key seed by party; who has none is not asked for signatures here.
    pub keys: BTreeMap<String, u8>,
    pub events: Vec<Event>,
    pub origin: String,
}

impl World {
    /// A founded ledger without parties, at noon of `date`.
    pub fn founded(date: &str) -> World {
        World::founded_as("localhost/sinetti", date)
    }

    pub fn founded_as(origin: &str, date: &str) -> World {
        let mut world = World {
            registry: Registry::default(),
            agreement: Agreement::default(),
            at: noon(date),
            keys: BTreeMap::from([("registrar".to_owned(), 1)]),
            events: Vec::new(),
            origin: origin.to_owned(),
        };
        let mut data = json!({
            "log_keys": log_keys(origin, 200),
            "registrar_keys": [{"public_key": public_key(1), "purposes": ["manage", "record"]}],
        });
        if origin.ends_with("-demo") {
            data["demonstration"] = json!(true);
        }
        world.given("registrar", "ledger_founded", data);
        world
    }

    /// An agreement of parties `p1` … in force when all have approved and signed, with text A up
    /// for approval in version 2.
    pub fn of_parties(count: u64) -> World {
        World::with_rule(count, json!({"kind": "all_approved_and_signed"}))
    }

    pub fn with_rule(count: u64, rule: Value) -> World {
        let mut world = World::founded("2023-02-14");
        for number in 1..=count {
            world.register(&format!("p{number}"));
        }
        world.given("registrar", "agreement_opened", opening(count, rule));
        world.deposit(&text_a(), "2023-02-14");
        world
    }

    pub fn register(&mut self, id: &str) -> u64 {
        let data = json!({"id": id, "kind": "municipality", "names": {"fi": format!("{id}n kunta")},
            "occurred_on": "2023-01-01"});
        self.given("registrar", "party_registered", data)
    }

    pub fn deposit(&mut self, digest: &str, date: &str) -> u64 {
        let data = json!({"digest": digest, "language": "fi", "role": "approval",
            "titles": {"fi": "Puitesopimus"}, "occurred_on": date});
        self.given("registrar", "text_deposited", data)
    }

    /// Deposits the text of an amendment, `Muutos {name}`.
    pub fn deposit_amendment(&mut self, name: &str) -> u64 {
        let data = json!({"digest": digest(name), "language": "fi", "role": "amendment",
            "titles": {"fi": format!("Muutos {name}")}, "occurred_on": "2023-02-14"});
        self.given("registrar", "text_deposited", data)
    }

    /// Sets the clock to noon in UTC of `date`.
    pub fn on_day(&mut self, date: &str) -> &mut World {
        self.at = noon(date);
        self
    }

    /// Says it; the version that it got, or why it was refused.
    pub fn say(&mut self, actor: &str, kind: &str, data: Value) -> Result<u64, Refusal> {
        let event = self.propose(actor, kind, data)?;
        decide(&self.registry, &self.agreement, &event)?;
        let version = event.version;
        self.take(event);
        Ok(version)
    }

    /// Says it, and it must be accepted.
    pub fn given(&mut self, actor: &str, kind: &str, data: Value) -> u64 {
        match self.say(actor, kind, data) {
            Ok(version) => version,
            Err(refusal) => panic!("{kind} by {actor} was refused: {} ({})", refusal, refusal.slug),
        }
    }

    /// Says it, and it must be refused, with the way out, changing nothing.
    pub fn refused(&mut self, actor: &str, kind: &str, data: Value) -> Refusal {
        let before = (self.agreement.clone(), self.registry.clone());
        let Err(refusal) = self.say(actor, kind, data) else { panic!("{kind} by {actor} was accepted") };
        assert_eq!(before, (self.agreement.clone(), self.registry.clone()));
        assert!(refusal.accepted.len() > 3 && refusal.accepted != refusal.reason, "{refusal:?}");
        assert!(refusal.member == "." || refusal.member.starts_with(char::is_lowercase), "{refusal:?}");
        refusal
    }

    /// The slug with which it is refused.
    pub fn slug(&mut self, actor: &str, kind: &str, data: Value) -> &'static str {
        self.refused(actor, kind, data).slug
    }

    pub fn propose(&self, actor: &str, kind: &str, data: Value) -> Result<Event, Refusal> {
        let registry = TypeInfo::named(kind).is_some_and(|info| info.stream == StreamKind::Registry);
        let (stream, version) =
            if registry { ("registry", self.registry.version) } else { (AGREEMENT, self.agreement.version) };
        let payload = self.payload(actor, stream, kind, &data);
        let signers = self.keys.get(actor).map(|seed| key_id(*seed)).into_iter().collect();
        Ok(Event::proposed(payload, signers, self.events.len() as u64, version + 1, self.at)?)
    }

    /// A payload that says it, as canonical JSON would.
    pub fn payload(&self, actor: &str, stream: &str, kind: &str, data: &Value) -> Payload {
        let bytes = canonical::write(data, Names::SnakeCase).unwrap();
        let number = self.events.len() as u64;
        Payload {
            actor: actor.parse().unwrap(),
            agreement: stream.parse().unwrap(),
            data: serde_json::value::RawValue::from_string(String::from_utf8(bytes).unwrap()).unwrap(),
            event: EventId::new(number, &[7; 10]),
            ledger: self.origin.parse().unwrap(),
            seen: Seen { hash: Some(Hash::ZERO), version: 0 },
            kind: kind.parse().unwrap(),
            until: None,
        }
    }

    pub fn take(&mut self, event: Event) {
        if event.payload.agreement.is_registry() {
            self.registry.evolve(&event);
        } else {
            self.agreement.evolve(&event);
        }
        self.events.push(event);
    }

    /// What was known at the end of `date` (UTC will do here).
    pub fn known(&self, date: &str) -> World {
        let end: Instant = format!("{date}T23:59:59.999Z").parse().unwrap();
        let mut world = World {
            registry: Registry::default(),
            agreement: Agreement::default(),
            events: Vec::new(),
            ..self.clone()
        };
        for event in self.events.iter().filter(|event| event.recorded_at <= end) {
            world.take(event.clone());
        }
        world
    }

    pub fn status(&self, on: &str) -> Status {
        status(&self.agreement, &self.registry, on.parse().unwrap()).unwrap()
    }

    /// Status as of the day of the clock.
    pub fn now(&self) -> Status {
        status(&self.agreement, &self.registry, crate::helsinki::date_of(self.at)).unwrap()
    }

    /// Approved, signed and missing, as of the day of the clock.
    pub fn counts(&self) -> (u64, u64, u64) {
        let now = self.now();
        (now.approved, now.signed, now.missing.len() as u64)
    }

    pub fn row(&self, party: &str) -> Row {
        self.now().parties.into_iter().find(|row| row.party.as_str() == party).unwrap()
    }

    /// A council's approval of text A in confirmed minutes.
    pub fn approve(&mut self, party: &str, date: &str) -> u64 {
        self.given(party, "decision_recorded", approval(date))
    }

    pub fn sign(&mut self, party: &str, date: &str) -> u64 {
        self.given(party, "text_signed", signature("hallituksen puheenjohtaja", date))
    }

    /// Approves and signs for the parties with these numbers.
    pub fn complete(&mut self, numbers: impl IntoIterator<Item = u64>, date: &str) {
        for number in numbers {
            self.approve(&format!("p{number}"), date);
            self.sign(&format!("p{number}"), date);
        }
    }

    pub fn enrol(&mut self, party: &str, seed: u8) -> u64 {
        let data = json!({"party": party, "public_key": public_key(seed), "purposes": ["manage", "record", "sign"]});
        let version = self.given("registrar", "key_enrolled", data);
        self.keys.insert(party.to_owned(), seed);
        version
    }
}

impl Row {
    /// Whether the row has this note.
    pub fn has(&self, code: NoteCode) -> bool {
        self.notes.iter().any(|note| note.code == code)
    }

    /// Why its shown decision does not count.
    pub fn why(&self) -> Option<&'static str> {
        self.decision.as_ref().and_then(|decision| decision.why_not).map(crate::approval::WhyNot::as_str)
    }
}

/// A change of one or more members of `data`; null takes a member away.
pub fn with(mut data: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            data.as_object_mut().unwrap().remove(name);
        } else {
            data[name] = value.clone();
        }
    }
    data
}

pub fn opening(count: u64, rule: Value) -> Value {
    let roster: Vec<Value> = (1..=count).map(|n| json!({"number": n, "party": format!("p{n}")})).collect();
    json!({
        "languages": ["fi"], "occurred_on": "2023-02-14", "roster": roster,
        "rules": {"basis": "stated", "entry_into_force": rule, "source": "Puitesopimus tulee voimaan, kun …"},
        "term": {"kind": "until_further_notice"}, "titles": {"fi": "Puitesopimus"},
    })
}

/// The council adopts a proposal to approve text A, § 21, minutes confirmed, final.
pub fn approval(date: &str) -> Value {
    json!({
        "competent": {"basis": "hallintosääntö § 12"}, "effect": "approve", "finality": "final",
        "minutes": "confirmed", "occurred_on": date, "organ": {"kind": "council", "name": "kunnanvaltuusto"},
        "resolution": "adopted", "section": "21", "subject": {"digest": text_a()},
    })
}

/// The council approves text A on conditions of these kinds, declarations perhaps among them.
pub fn conditional(date: &str, kinds: &[&str]) -> Value {
    let words = json!({"sd": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
    let conditions: Vec<Value> = kinds.iter().map(|kind| json!({"kind": kind, "text": words})).collect();
    with(approval(date), json!({"conditions": conditions, "effect": "approve_conditionally"}))
}

/// Proposes on 1.6.2023 the amendment whose text is `name`, by the rule of that kind.
pub fn amendment(name: &str, rule: &str) -> Value {
    json!({"basis": "assumed", "occurred_on": "2023-06-01", "rule": {"kind": rule}, "rule_source": "VCLT 39",
        "text": digest(name)})
}

/// An error in text A, to which parties can object by a date.
pub fn text_error(date: &str, objections_by: &str) -> Value {
    let correction = json!({"place": "4 § 2 mom.", "right": "hyvinvointialueen", "wrong": "hyvinvointialeen"});
    json!({"corrections": [correction], "objections_by": objections_by, "occurred_on": date, "text": text_a()})
}

pub fn signature(role: &str, date: &str) -> Value {
    json!({"grade": "ledger_key", "occurred_on": date, "role": role, "text": text_a()})
}

pub fn noon(date: &str) -> Instant {
    format!("{date}T12:00:00.000Z").parse().unwrap()
}

pub fn signing_key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub fn public_key(seed: u8) -> PublicKey {
    PublicKey::from_bytes(signing_key(seed).verifying_key().as_bytes()).unwrap()
}

pub fn key_id(seed: u8) -> KeyId {
    public_key(seed).id()
}

fn log_keys(origin: &str, seed: u8) -> Vec<String> {
    let name = origin.parse().unwrap();
    let (ed25519, ml_dsa) = (signing_key(seed), MlDsaSigningKey::from_seed(&[seed; 32]));
    let signers = [NoteSigner::Ed25519(&ed25519), NoteSigner::MlDsa44Cosignature(&ml_dsa)];
    signers.iter().map(|signer| signer.verifier_key(&name).unwrap().to_string()).collect()
}
