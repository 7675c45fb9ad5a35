//! Records: bytes, places, payloads, signatures, rules. What an operator bent was signed again by the log,
//! so that each file breaks its one property and little else.

use serde_json::json;
use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Record;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_projections::audit::Verdict;

use super::{at, bent, by, forged_record, found, of, replace, tampered, unverifiable};
use crate::builder::{Builder, moment, public, sign};
use crate::file::Vector;
use crate::world::{
    DECISION, NOKIA, REGISTRAR, STRANGER, TAMPERE, decision_data, digest, enrolment, ledger, ledger_until,
    next_decision,
};

/// Tampere's decision, the third record of `a`.
const DECIDED: Member = Member::Agreement(3);

pub fn of_places() -> Vec<Vector> {
    let forged = |property, change: fn(&mut Record)| {
        let ledger = forged_record(change);
        tampered(property, of(&ledger), found(by::LOG, "record-misplaced", DECIDED))
    };
    let swapped = bent(|bundle: &mut Bundle| {
        let (second, third) = (bundle.remove(Member::Agreement(2)).unwrap(), bundle.remove(DECIDED).unwrap());
        bundle.insert(Member::Agreement(2), third);
        bundle.insert(DECIDED, second);
    });
    let flipped = bent(|bundle| replace(bundle, DECIDED, "\"version\":3", "\"version\":4"));
    let spaced = bent(|bundle| replace(bundle, DECIDED, "{", "{ "));
    let later = forged_record(|record| record.v = 2);
    vec![
        tampered("records-swapped", swapped, found(by::LOG, "record-misplaced", Member::Agreement(2))),
        tampered("record-changed", flipped, at(DECISION, found(by::LOG, "record-not-included", Member::Proof(8)))),
        tampered("record-with-a-space", spaced, found(by::FORM, "record-not-canonical", DECIDED)),
        unverifiable("record-format-unknown", of(&later), found(by::FORM, "record-format-unknown", DECIDED)),
        forged("agreement-previous-of-another-record", |r| r.agreement_previous = Hash([7; 32])),
        forged("previous-of-another-record", |r| r.previous = Hash([7; 32])),
        forged("stream-number-forged", |r| r.stream = 2),
        forged("number-of-streams-forged", |r| r.streams = 1),
        forged("version-skipped", |r| r.version += 1),
        forged("time-falls", |r| r.recorded_at = moment(3)),
        forged("record-of-another-ledger", |r| r.ledger = "localhost/other".parse().unwrap()),
    ]
}

pub fn of_payloads() -> Vec<Vector> {
    let bent = |property, slug, change: fn(&Builder, &mut Payload)| {
        let mut ledger = ledger();
        let mut payload = next_decision(&ledger);
        change(&ledger, &mut payload);
        ledger.append("a", sign(&payload, &[NOKIA]));
        tampered(property, of(&ledger), at(13, found(by::LOG, slug, Member::Agreement(5))))
    };
    let mut spaced = ledger();
    let payload = next_decision(&spaced);
    let bytes = [b"{ ".as_slice(), &payload.to_bytes().unwrap()[1..]].concat();
    spaced.append("a", Envelope { payload: bytes, ..sign(&payload, &[NOKIA]) });
    let not_canonical = at(13, found(by::FORM, "not-canonical", Member::Agreement(5)));
    vec![
        tampered("payload-with-a-space", of(&spaced), not_canonical),
        bent("signed-for-another-ledger", "ledger-mismatch", |_, p| p.ledger = "localhost/other".parse().unwrap()),
        bent("signed-for-another-agreement", "agreement-mismatch", |_, p| p.agreement = "b".parse().unwrap()),
        bent("event-id-used-before", "event-repeated", |b, p| p.event = b.payload_at(10).event),
        bent("seen-of-another-history", "seen-not-in-history", |_, p| p.seen.hash = Some(Hash([7; 32]))),
        bent("seen-in-the-future", "seen-not-in-history", |_, p| p.seen.version += 1),
        bent("recorded-after-it-expired", "expired", |_, p| p.until = Some(moment(12))),
    ]
}

pub fn of_signatures() -> Vec<Vector> {
    let signed = |property, slug, seeds: &[u8]| {
        let mut ledger = ledger();
        let payload = next_decision(&ledger);
        ledger.append("a", sign(&payload, seeds));
        tampered(property, of(&ledger), at(13, found(by::SIGNATURES, slug, Member::Agreement(5))))
    };
    let mut altered = ledger();
    let mut envelope = sign(&next_decision(&altered), &[NOKIA]);
    envelope.signatures[0].sig[40] ^= 1;
    altered.append("a", envelope);
    let mut revoked = ledger();
    let key = public(NOKIA).id();
    revoked.act("nokia", "registry", "key_revoked", &json!({"key": key, "party": "nokia"}), &[NOKIA]);
    revoked.append("a", sign(&next_decision(&revoked), &[NOKIA]));
    let mut unproven = ledger_until(6);
    unproven.act("registrar", "registry", "key_enrolled", &enrolment("nokia", NOKIA), &[REGISTRAR]);
    let file = Member::Agreement(5);
    vec![
        signed("signed-by-a-stranger", "key-unknown", &[STRANGER]),
        signed("signed-by-another-party", "key-of-another-party", &[TAMPERE]),
        signed("signed-by-the-party-and-a-stranger", "key-unknown", &[NOKIA, STRANGER]),
        signed("registrar-signs-for-a-party", "key-of-another-party", &[REGISTRAR]),
        tampered("signature-altered", of(&altered), at(13, found(by::SIGNATURES, "signature-invalid", file))),
        tampered("signed-by-a-revoked-key", of(&revoked), at(14, found(by::SIGNATURES, "key-revoked", file))),
        tampered(
            "enrolled-without-proof-of-possession",
            of(&unproven),
            at(6, found(by::SIGNATURES, "key-possession-unproven", Member::Registry(5))),
        ),
        suspect(),
    ]
}

/// Tampere's key was in other hands when it decided, and it says so later.
fn suspect() -> Vector {
    let mut ledger = ledger();
    ledger.act("tampere", "registry", "key_enrolled", &enrolment("tampere", 5), &[TAMPERE, 5]);
    let claim = json!({"compromised_since": moment(DECISION), "key": public(TAMPERE).id(), "party": "tampere"});
    ledger.act("tampere", "registry", "key_revoked", &claim, &[5]);
    let found = Some(at(DECISION, found(by::SIGNATURES, "key-suspect", DECIDED)));
    Vector { property: "key-compromised-before", given: of(&ledger), verdict: Verdict::Suspect, found }
}

pub fn of_rules() -> Vec<Vector> {
    let recorded = |actor: &str, kind: &str, data: &serde_json::Value, seed: u8| {
        let mut ledger = ledger();
        ledger.act(actor, "a", kind, data, &[seed]);
        of(&ledger)
    };
    let broken = |slug| at(13, found(by::RULES, slug, Member::Agreement(5)));
    let mut invented = decision_data(&digest());
    invented["invented"] = true.into();
    let unknown_text = decision_data(&Digest::of(b"another text"));
    let determination = json!({"in_force_from": "2025-12-01", "occurred_on": "2025-12-02"});
    vec![
        tampered(
            "approval-of-an-unknown-text",
            recorded("nokia", "decision_recorded", &unknown_text, NOKIA),
            broken("text-unknown"),
        ),
        tampered(
            "invented-act-in-a-real-ledger",
            recorded("nokia", "decision_recorded", &invented, NOKIA),
            broken("invented-in-real-ledger"),
        ),
        tampered(
            "in-force-though-one-has-not-signed",
            recorded("registrar", "entry_into_force_determined", &determination, REGISTRAR),
            broken("conditions-not-met"),
        ),
        unverifiable(
            "event-type-unknown",
            recorded("nokia", "something_happened", &json!({"occurred_on": "2025-12-01"}), NOKIA),
            broken("event-type-unknown"),
        ),
    ]
}
