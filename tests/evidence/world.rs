//! The ledger of the vectors: two parties, two agreements, records in turn. All is invented.

use serde_json::{Value, json};
use sinetti_events::format::disclosure::{Disclosed, Disclosure, Salt};
use sinetti_events::format::payload::Payload;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::EventId;

use crate::builder::{Builder, public};

pub const REGISTRAR: u8 = 1;
pub const TAMPERE: u8 = 2;
pub const NOKIA: u8 = 3;
pub const STRANGER: u8 = 9;

/// The text of the agreement `a`.
pub const TEXT: &[u8] = b"the text of the agreement";

/// How many records the honest ledger has; the last is of the other agreement `b`.
pub const SIZE: usize = 13;

/// Index of Tampere's decision.
pub const DECISION: u64 = 8;

/// The honest ledger.
pub fn ledger() -> Builder {
    ledger_until(SIZE)
}

/// Its first `length` records.
pub fn ledger_until(length: usize) -> Builder {
    ledger_of("localhost/sinetti", length)
}

/// The same acts in another ledger.
pub fn ledger_of(origin: &str, length: usize) -> Builder {
    let mut ledger = Builder::new(origin);
    let keys = json!([{"public_key": public(REGISTRAR), "purposes": ["manage", "record"]}]);
    let founding = json!({"log_keys": ledger.log_keys(), "registrar_keys": keys});
    let steps: [(&str, &str, &str, Value, &[u8]); SIZE] = [
        ("registrar", "registry", "ledger_founded", founding, &[REGISTRAR]),
        ("registrar", "registry", "party_registered", party("tampere", "Tampereen kaupunki"), &[REGISTRAR]),
        ("registrar", "registry", "party_registered", party("nokia", "Nokian kaupunki"), &[REGISTRAR]),
        ("registrar", "registry", "key_enrolled", enrolment("tampere", TAMPERE), &[REGISTRAR, TAMPERE]),
        ("registrar", "a", "agreement_opened", opening("Puitesopimus"), &[REGISTRAR]),
        ("registrar", "b", "agreement_opened", opening("Toinen sopimus"), &[REGISTRAR]),
        ("registrar", "registry", "key_enrolled", enrolment("nokia", NOKIA), &[REGISTRAR, NOKIA]),
        ("registrar", "a", "text_deposited", deposit(TEXT), &[REGISTRAR]),
        ("tampere", "a", "decision_recorded", with_presenter(decision_data(&digest())), &[TAMPERE]),
        ("registrar", "b", "text_deposited", deposit(b"the other text"), &[REGISTRAR]),
        ("tampere", "a", "text_signed", signing(), &[TAMPERE]),
        ("registrar", "registry", "party_registered", party("orivesi", "Oriveden kaupunki"), &[REGISTRAR]),
        ("nokia", "b", "decision_recorded", decision_data(&Digest::of(b"the other text")), &[NOKIA]),
    ];
    for (actor, stream, kind, data, seeds) in steps.into_iter().take(length) {
        ledger.act(actor, stream, kind, &data, seeds);
    }
    ledger
}

/// Who presented Tampere's decision.
pub fn presenter() -> Disclosure {
    Disclosure {
        salt: Salt([7; 16]),
        event: EventId::new(1_767_225_600_000, &[8; 10]),
        pointer: "/presenter".to_owned(),
        value: Disclosed::Text("Maija Esimerkki".to_owned()),
    }
}

pub fn digest() -> Digest {
    Digest::of(TEXT)
}

pub fn party(id: &str, name: &str) -> Value {
    json!({"id": id, "kind": "municipality", "names": {"fi": name}, "occurred_on": "2025-01-01"})
}

pub fn enrolment(party: &str, seed: u8) -> Value {
    json!({"party": party, "public_key": public(seed), "purposes": ["manage", "record", "sign"]})
}

pub fn opening(title: &str) -> Value {
    json!({
        "languages": ["fi"],
        "occurred_on": "2025-01-02",
        "roster": [{"number": 1, "party": "tampere"}, {"number": 2, "party": "nokia"}],
        "rules": {
            "basis": "stated",
            "entry_into_force": {"kind": "all_approved_and_signed"},
            "source": "the agreement, section 9",
        },
        "term": {"kind": "until_further_notice"},
        "titles": {"fi": title},
    })
}

pub fn deposit(text: &[u8]) -> Value {
    json!({
        "digest": Digest::of(text), "language": "fi", "occurred_on": "2025-01-03",
        "role": "approval", "titles": {"fi": "Puitesopimus"},
    })
}

pub fn decision_data(digest: &Digest) -> Value {
    json!({
        "competent": {"basis": "kuntalaki 14 §"},
        "effect": "approve",
        "finality": "open",
        "minutes": "confirmed",
        "occurred_on": "2025-02-03",
        "organ": {"kind": "council", "name": "kaupunginvaltuusto"},
        "resolution": "adopted",
        "section": "12",
        "subject": {"digest": digest},
    })
}

fn with_presenter(mut data: Value) -> Value {
    data["presenter"] = serde_json::to_value(presenter().commitment().unwrap()).unwrap();
    data
}

/// Nokia's decision on `a`, the next of its stream.
pub fn next_decision(ledger: &Builder) -> Payload {
    ledger.payload("nokia", "a", "decision_recorded", &decision_data(&digest()))
}

pub fn signing() -> Value {
    json!({"grade": "ledger_key", "occurred_on": "2025-02-10", "role": "pormestari", "text": digest()})
}
