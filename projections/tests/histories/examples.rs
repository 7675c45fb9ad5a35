//! One example of each event type, from the histories: what a client sends, and what the ledger made of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sinetti_events::format::disclosure;
use sinetti_events::format::envelope::{EVENT_PAYLOAD_TYPE, Envelope, pae};
use sinetti_events::format::payload::Payload;
use sinetti_events::keys::public_key::PublicKey;
use sinetti_events::primitives::hash::Hash;

use crate::script::Told;

/// The first act of each type that was accepted: the request's body and the signers' public keys.
pub fn of(told: &[Told]) -> BTreeMap<String, Value> {
    let mut examples = BTreeMap::new();
    for step in told {
        let Some(entry) = &step.entry else { continue };
        examples.entry(step.kind.clone()).or_insert_with(|| {
            let payload = Payload::parse(&entry.record.envelope.payload).unwrap();
            let data: Value = serde_json::from_str(payload.data.get()).unwrap();
            json!({
                "body": {"disclosures": step.disclosures, "envelope": entry.record.envelope},
                "data": data,
                "leaf": entry.leaf,
                "public_keys": step.signers,
                "record_bytes": sinetti_events::primitives::base64::encode(&entry.bytes),
            })
        });
    }
    examples
}

/// Every signature, disclosure and hash of the committed examples holds.
pub fn check(examples: &BTreeMap<String, Value>) {
    for (kind, example) in examples {
        let envelope: Envelope = serde_json::from_value(example["body"]["envelope"].clone()).unwrap();
        envelope.check().unwrap();
        let payload = Payload::parse(&envelope.payload).unwrap();
        assert_eq!(payload.kind.as_str(), kind);
        let keys: Vec<PublicKey> = serde_json::from_value(example["public_keys"].clone()).unwrap();
        let message = pae(EVENT_PAYLOAD_TYPE, &envelope.payload);
        for signature in &envelope.signatures {
            let key = keys.iter().find(|key| key.id() == signature.keyid).unwrap();
            key.verify(&message, signature.sig.as_slice().try_into().unwrap()).unwrap();
        }
        let disclosures: Vec<disclosure::Disclosure> =
            serde_json::from_value(example["body"]["disclosures"].clone()).unwrap();
        let data: Value = serde_json::from_str(payload.data.get()).unwrap();
        disclosure::check_all(&disclosures, payload.event, &data).unwrap();
        let record = sinetti_events::primitives::base64::decode(example["record_bytes"].as_str().unwrap()).unwrap();
        assert_eq!(example["leaf"], json!(Hash::leaf(&record)), "{kind}");
    }
}
