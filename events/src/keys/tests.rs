//! Given a keyring, when an envelope comes, then it speaks for its actor or is refused.
#![allow(clippy::unwrap_used)]

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::keyring::{Keyring, Place};
use super::public_key::{KeyId, PublicKey};
use super::purpose::Purpose;
use super::refusal::{KeyRefusal, SignatureRefusal};
use crate::format::envelope::{EVENT_PAYLOAD_TYPE, Envelope, Signature, pae};
use crate::format::payload::{Payload, Seen};
use crate::log::ml_dsa::MlDsaSigningKey;
use crate::log::signer::NoteSigner;
use crate::log::vkey::VerifierKey;
use crate::primitives::ids::EventId;
use crate::primitives::time::Instant;

const REGISTRAR: u8 = 1;
const TAMPERE: u8 = 2;
const NOKIA: u8 = 3;

/// A keyring with the places counted for it.
struct Ledger {
    keyring: Keyring,
    index: u64,
}

#[derive(Debug, PartialEq, Eq)]
enum Refused {
    Signature(SignatureRefusal),
    Key(KeyRefusal),
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> PublicKey {
    PublicKey::from_bytes(key(seed).verifying_key().as_bytes()).unwrap()
}

fn id(seed: u8) -> KeyId {
    public(seed).id()
}

fn log_keys(seed: u8) -> Vec<VerifierKey> {
    let name = "localhost/sinetti".parse().unwrap();
    let (ed25519, ml_dsa) = (key(seed), MlDsaSigningKey::from_seed(&[seed; 32]));
    let signers = [NoteSigner::Ed25519(&ed25519), NoteSigner::MlDsa44Cosignature(&ml_dsa)];
    signers.iter().map(|signer| signer.verifier_key(&name).unwrap()).collect()
}

fn payload(actor: &str, stream: &str, kind: &str, data: &Value) -> Payload {
    Payload {
        actor: actor.parse().unwrap(),
        agreement: stream.parse().unwrap(),
        data: serde_json::value::to_raw_value(data).unwrap(),
        event: EventId::new(1, &[0; 10]),
        ledger: "localhost/sinetti".parse().unwrap(),
        seen: Seen { hash: None, version: 0 },
        kind: kind.parse().unwrap(),
        until: None,
    }
}

fn envelope(payload: &Payload, seeds: &[u8]) -> Envelope {
    let bytes = payload.to_bytes().unwrap();
    let message = pae(EVENT_PAYLOAD_TYPE, &bytes);
    let sign = |seed: &u8| Signature { keyid: id(*seed), sig: key(*seed).sign(&message).to_bytes().to_vec() };
    let signatures = seeds.iter().map(sign).collect();
    Envelope::of_event(bytes, signatures)
}

fn at(minute: u64) -> Instant {
    Instant::from_unix_ms(i64::try_from(minute).unwrap() * 60_000).unwrap()
}

fn founding(registrar: &[u8]) -> Value {
    let keys: Vec<Value> =
        registrar.iter().map(|seed| json!({"public_key": public(*seed), "purposes": ["manage", "record"]})).collect();
    json!({"log_keys": log_keys(200), "registrar_keys": keys})
}

impl Ledger {
    fn empty() -> Ledger {
        Ledger { keyring: Keyring::default(), index: 0 }
    }

    /// Founded, with one key each for Tampere and Nokia that may do everything.
    fn founded() -> Ledger {
        let mut ledger = Ledger::empty();
        ledger.act("registrar", "ledger_founded", &founding(&[REGISTRAR]), &[REGISTRAR]).unwrap();
        ledger.enrol("registrar", "tampere", TAMPERE, &["manage", "record", "sign"], &[REGISTRAR, TAMPERE]).unwrap();
        ledger.enrol("registrar", "nokia", NOKIA, &["manage", "record", "sign"], &[REGISTRAR, NOKIA]).unwrap();
        ledger
    }

    fn act(&mut self, actor: &str, kind: &str, data: &Value, seeds: &[u8]) -> Result<(), Refused> {
        let payload = payload(actor, "registry", kind, data);
        let signers = self.keyring.authenticate(&payload, &envelope(&payload, seeds)).map_err(Refused::Signature)?;
        self.keyring.decide(&payload).map_err(Refused::Key)?;
        let place = Place { index: self.index, recorded_at: at(self.index), signers };
        self.keyring.evolve(&payload, place);
        self.index += 1;
        Ok(())
    }

    fn enrol(&mut self, actor: &str, party: &str, seed: u8, purposes: &[&str], seeds: &[u8]) -> Result<(), Refused> {
        let data = json!({"party": party, "public_key": public(seed), "purposes": purposes});
        self.act(actor, "key_enrolled", &data, seeds)
    }

    fn revoke(&mut self, actor: &str, party: &str, seed: u8, by: &[u8]) -> Result<(), Refused> {
        self.act(actor, "key_revoked", &json!({"party": party, "key": id(seed)}), by)
    }

    fn signed(&self, actor: &str, kind: &str, seeds: &[u8]) -> Result<Vec<KeyId>, SignatureRefusal> {
        let payload = payload(actor, "a", kind, &json!({}));
        self.keyring.authenticate(&payload, &envelope(&payload, seeds))
    }
}

#[test]
fn a_party_speaks_by_its_own_key_only() {
    let ledger = Ledger::founded();
    assert_eq!(ledger.signed("tampere", "decision_recorded", &[TAMPERE]), Ok(vec![id(TAMPERE)]));
    let refusal = ledger.signed("tampere", "decision_recorded", &[NOKIA]);
    assert!(matches!(refusal, Err(SignatureRefusal::OtherParty { .. })), "{refusal:?}");
    let refusal = ledger.signed("tampere", "decision_recorded", &[TAMPERE, NOKIA]);
    assert!(matches!(refusal, Err(SignatureRefusal::OtherParty { .. })), "one good signature hides no bad one");
    assert_eq!(ledger.signed("tampere", "text_signed", &[99]), Err(SignatureRefusal::UnknownKey(id(99))));
}

#[test]
fn nothing_comes_before_the_founding_record() {
    let mut ledger = Ledger::empty();
    let refusal = ledger.enrol("registrar", "tampere", TAMPERE, &["manage"], &[TAMPERE, REGISTRAR]);
    assert_eq!(refusal, Err(Refused::Signature(SignatureRefusal::UnknownKey(id(REGISTRAR)))));
}

#[test]
fn every_founder_signs_and_nobody_else() {
    let found = |registrar: &[u8], seeds: &[u8]| {
        Ledger::empty().act("registrar", "ledger_founded", &founding(registrar), seeds)
    };
    assert_eq!(found(&[1, 4], &[1, 4]), Ok(()));
    assert_eq!(found(&[1, 4], &[1]), Err(Refused::Signature(SignatureRefusal::FounderMissing(id(4)))));
    assert_eq!(found(&[1], &[1, 4]), Err(Refused::Signature(SignatureRefusal::UnknownKey(id(4)))));
    assert_eq!(found(&[1, 1], &[1]), Err(Refused::Key(KeyRefusal::KnownKey(id(1)))));
    assert_eq!(found(&[200], &[200]), Err(Refused::Key(KeyRefusal::LogKey(id(200)))));
}

#[test]
fn a_ledger_is_founded_once() {
    let mut ledger = Ledger::founded();
    let refusal = ledger.act("registrar", "ledger_founded", &founding(&[9]), &[9]);
    assert_eq!(refusal, Err(Refused::Signature(SignatureRefusal::UnknownKey(id(9)))));
    let refusal = ledger.act("registrar", "ledger_founded", &founding(&[9]), &[REGISTRAR]);
    assert_eq!(refusal, Err(Refused::Key(KeyRefusal::FoundedAlready)));
}

#[test]
fn a_ledger_has_one_log_key_of_each_kind_under_its_own_name() {
    let mut data = founding(&[1]);
    data["log_keys"] = json!([log_keys(200)[0]]);
    let refusal = Ledger::empty().act("registrar", "ledger_founded", &data, &[1]);
    assert!(matches!(refusal, Err(Refused::Key(KeyRefusal::LogKeys { .. }))));
}

#[test]
fn the_logs_keys_change_as_a_pair_to_keys_that_it_never_had() {
    let mut ledger = Ledger::founded();
    let pair = |ed25519: u8, ml_dsa: u8| json!({"log_keys": [log_keys(ed25519)[0], log_keys(ml_dsa)[1]]});
    ledger.act("registrar", "log_keys_changed", &pair(201, 201), &[REGISTRAR]).unwrap();
    for (ed25519, ml_dsa) in [(201, 201), (200, 200), (202, 201), (201, 202), (202, 200), (200, 202)] {
        let refused = ledger.act("registrar", "log_keys_changed", &pair(ed25519, ml_dsa), &[REGISTRAR]);
        assert!(matches!(refused, Err(Refused::Key(KeyRefusal::LogKeysKnown(_)))), "{ed25519} {ml_dsa}: {refused:?}");
    }
    ledger.act("registrar", "log_keys_changed", &pair(202, 202), &[REGISTRAR]).unwrap();
}

#[test]
fn demonstration_is_said_where_the_origin_says_it_and_nowhere_else() {
    let mut data = founding(&[1]);
    data["demonstration"] = true.into();
    let refusal = Ledger::empty().act("registrar", "ledger_founded", &data, &[1]);
    assert_eq!(refusal, Err(Refused::Key(KeyRefusal::Demonstration)));
}

#[test]
fn an_enrolment_needs_the_new_keys_own_signature() {
    let mut ledger = Ledger::founded();
    let refusal = ledger.enrol("tampere", "tampere", 5, &["record"], &[TAMPERE]);
    assert_eq!(refusal, Err(Refused::Signature(SignatureRefusal::NoProofOfPossession(id(5)))));
    assert_eq!(ledger.enrol("tampere", "tampere", 5, &["record"], &[TAMPERE, 5]), Ok(()));
}

#[test]
fn possession_alone_enrols_nothing() {
    let mut ledger = Ledger::founded();
    let refusal = ledger.enrol("tampere", "tampere", 5, &["record"], &[5]);
    assert!(matches!(refusal, Err(Refused::Signature(SignatureRefusal::Threshold { signed: 0, .. }))));
}

#[test]
fn a_key_is_enrolled_once_ever() {
    let mut ledger = Ledger::founded();
    let again = ledger.enrol("registrar", "nokia", TAMPERE, &["manage"], &[REGISTRAR, TAMPERE]);
    assert_eq!(again, Err(Refused::Key(KeyRefusal::KnownKey(id(TAMPERE)))));
    ledger.revoke("tampere", "tampere", TAMPERE, &[TAMPERE]).unwrap();
    let again = ledger.enrol("registrar", "tampere", TAMPERE, &["manage"], &[REGISTRAR, TAMPERE]);
    assert_eq!(again, Err(Refused::Key(KeyRefusal::KnownKey(id(TAMPERE)))));
}

#[test]
fn a_party_manages_no_other_partys_keys() {
    let mut ledger = Ledger::founded();
    let refusal = ledger.enrol("nokia", "tampere", 5, &["record"], &[NOKIA, 5]);
    assert!(matches!(refusal, Err(Refused::Key(KeyRefusal::NotYours { .. }))));
    let refusal = ledger.revoke("nokia", "tampere", TAMPERE, &[NOKIA]);
    assert!(matches!(refusal, Err(Refused::Key(KeyRefusal::NotYours { .. }))));
}

#[test]
fn a_purpose_that_a_key_has_not_is_refused() {
    let mut ledger = Ledger::founded();
    ledger.enrol("tampere", "tampere", 5, &["record"], &[TAMPERE, 5]).unwrap();
    assert!(ledger.signed("tampere", "decision_recorded", &[5]).is_ok());
    let refusal = ledger.signed("tampere", "text_signed", &[5]);
    assert_eq!(refusal, Err(SignatureRefusal::Purpose { key: id(5), needed: Purpose::Sign }));
    let refusal = ledger.enrol("tampere", "tampere", 6, &["record"], &[5, 6]);
    assert_eq!(refusal, Err(Refused::Signature(SignatureRefusal::Purpose { key: id(5), needed: Purpose::Manage })));
}

#[test]
fn case_19_a_retired_key_is_judged_by_its_place_whatever_date_is_claimed() {
    let mut ledger = Ledger::founded();
    ledger.enrol("tampere", "tampere", 5, &["manage", "record"], &[TAMPERE, 5]).unwrap();
    ledger.revoke("tampere", "tampere", TAMPERE, &[5]).unwrap();
    let refusal = ledger.signed("tampere", "decision_recorded", &[TAMPERE]);
    assert_eq!(refusal, Err(SignatureRefusal::Revoked { key: id(TAMPERE), revoked_at: 4 }));
}

#[test]
fn case_13_a_successor_of_the_same_name_is_another_party() {
    let ledger = Ledger::founded();
    let refusal = ledger.signed("tampere-2030", "decision_recorded", &[TAMPERE]);
    assert!(matches!(refusal, Err(SignatureRefusal::OtherParty { .. })));
}

#[test]
fn a_reenrolment_by_the_registrar_shows_for_ever() {
    let mut ledger = Ledger::founded();
    ledger.enrol("registrar", "tampere", 5, &["manage"], &[REGISTRAR, 5]).unwrap();
    assert!(ledger.keyring.get(&id(5)).unwrap().reenrolled);
    assert!(!ledger.keyring.get(&id(TAMPERE)).unwrap().reenrolled);
}

#[test]
fn a_threshold_counts_manage_keys_and_not_possession() {
    let mut ledger = Ledger::founded();
    let threshold = |n: u64| json!({"party": "tampere", "threshold": n});
    let refusal = ledger.act("tampere", "key_threshold_set", &threshold(2), &[TAMPERE]);
    assert_eq!(refusal, Err(Refused::Key(KeyRefusal::Threshold { threshold: 2, live: 1 })));
    ledger.enrol("tampere", "tampere", 5, &["manage"], &[TAMPERE, 5]).unwrap();
    ledger.act("tampere", "key_threshold_set", &threshold(2), &[TAMPERE]).unwrap();
    let refusal = ledger.enrol("tampere", "tampere", 6, &["record"], &[TAMPERE, 6]);
    assert!(matches!(refusal, Err(Refused::Signature(SignatureRefusal::Threshold { signed: 1, threshold: 2, .. }))));
    assert_eq!(ledger.enrol("tampere", "tampere", 6, &["record"], &[TAMPERE, 5, 6]), Ok(()));
    assert!(matches!(
        ledger.act("tampere", "key_threshold_set", &threshold(0), &[TAMPERE, 5]),
        Err(Refused::Key(KeyRefusal::Threshold { .. }))
    ));
}

#[test]
fn the_registrar_never_loses_its_last_manage_key() {
    let mut ledger = Ledger::founded();
    assert_eq!(
        ledger.revoke("registrar", "registrar", REGISTRAR, &[REGISTRAR]),
        Err(Refused::Key(KeyRefusal::LastRegistrarKey))
    );
}

#[test]
fn case_20_compromise_marks_later_records_and_what_they_enrolled() {
    let mut ledger = Ledger::founded();
    ledger.enrol("tampere", "tampere", 5, &["manage"], &[TAMPERE, 5]).unwrap();
    let data = json!({"party": "tampere", "key": id(TAMPERE), "compromised_since": at(3)});
    ledger.act("tampere", "key_revoked", &data, &[5]).unwrap();
    assert!(!ledger.keyring.is_suspect(&id(TAMPERE), at(2)), "earlier ones stay valid");
    assert!(ledger.keyring.is_suspect(&id(TAMPERE), at(3)));
    assert!(ledger.keyring.is_suspect(&id(5), at(9)), "enrolled by a suspect key");
    assert!(ledger.keyring.is_revocation_suspect(&id(TAMPERE)));
    assert!(!ledger.keyring.is_suspect(&id(NOKIA), at(9)));
}

#[test]
fn malformed_members_are_named() {
    let mut ledger = Ledger::founded();
    let refusal = ledger.act("tampere", "key_revoked", &json!({"party": "tampere", "kex": "x"}), &[TAMPERE]);
    assert!(matches!(refusal, Err(Refused::Key(KeyRefusal::Member { .. }))));
    let refusal = ledger.enrol("tampere", "tampere", 5, &["record", "manage"], &[TAMPERE, 5]);
    assert_eq!(refusal, Err(Refused::Key(KeyRefusal::Purposes)));
}

#[test]
fn a_keyring_survives_being_stored() {
    let ledger = Ledger::founded();
    let json = serde_json::to_string(&ledger.keyring).unwrap();
    assert_eq!(serde_json::from_str::<Keyring>(&json).unwrap(), ledger.keyring);
}
