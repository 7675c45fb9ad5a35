//! The author's side of an event: the payload with its disclosures, and the signed envelope.
//!
//! Pure: ids, time and salts are arguments. The command line, the founding of a ledger and the
//! tests all speak through here; parties' own programs can do the same in any language.

use ed25519_dalek::{Signer, SigningKey};
use serde_json::Value;
use serde_json::value::to_raw_value;
use sinetti_events::format::disclosure::{BadDisclosure, Disclosed, Disclosure, Salt};
use sinetti_events::format::envelope::{self, EVENT_PAYLOAD_TYPE, Envelope, Signature};
use sinetti_events::format::payload::{BadPayload, EventType, Payload, Seen};
use sinetti_events::keys::public_key::{BadKey, PublicKey};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, Origin, PartyId, StreamId};
use sinetti_events::primitives::time::Instant;

/// All of an event but what its type asks for.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The ledger that it is meant for.
    pub ledger: Origin,
    /// Its stream.
    pub agreement: StreamId,
    /// Who speaks.
    pub actor: PartyId,
    /// Its id; the same id and bytes again are the same act.
    pub event: EventId,
    /// The record of the stream that its author has seen.
    pub seen: Seen,
    /// What kind of act it is.
    pub kind: EventType,
    /// Not to be recorded later.
    pub until: Option<Instant>,
}

/// A value that may name a person, to stand in `data` as a commitment only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// RFC 6901 pointer of the member within `data`.
    pub pointer: String,
    /// What is said.
    pub value: Disclosed,
}

/// An event ready to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Canonical bytes, to be signed.
    pub payload: Vec<u8>,
    /// To be sent beside the envelope, and kept.
    pub disclosures: Vec<Disclosure>,
}

/// The event can't be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Too long, or values that canonical JSON can't have.
    #[error(transparent)]
    Payload(#[from] BadPayload),
    /// A personal value is not acceptable.
    #[error(transparent)]
    Disclosure(#[from] BadDisclosure),
    /// Nowhere to put a commitment.
    #[error("data has no place for {0}; its parent is no object or list of this length")]
    Pointer(String),
    /// Members are an object.
    #[error("data is not a JSON object")]
    NotAnObject,
}

/// Nothing seen yet: the claim of record 0.
pub const NOTHING_SEEN: Seen = Seen { hash: None, version: 0 };

/// What an author has seen: the record of `version` with leaf hash `leaf`; for a stream without
/// records, version 0 and the leaf hash of record 0.
pub fn seen(version: u64, leaf: Hash) -> Seen {
    Seen { hash: Some(leaf), version }
}

/// Writes an event. Each personal value becomes a commitment in `data` and a disclosure beside it;
/// `salt` gives 16 fresh random bytes each time.
///
/// # Errors
///
/// `data` is no object, too long or holds what canonical JSON can't; a pointer leads nowhere.
pub fn draft(
    heading: Heading,
    mut data: Value,
    personal: Vec<Personal>,
    mut salt: impl FnMut() -> [u8; 16],
) -> Result<Draft, DraftError> {
    let mut disclosures = Vec::new();
    for Personal { pointer, value } in personal {
        let disclosure = Disclosure { salt: Salt(salt()), event: heading.event, pointer, value };
        let commitment = serde_json::json!({ "sd": disclosure.commitment()?.sd.to_string() });
        place(&mut data, &disclosure.pointer, commitment)
            .ok_or_else(|| DraftError::Pointer(disclosure.pointer.clone()))?;
        disclosures.push(disclosure);
    }
    if !data.is_object() {
        return Err(DraftError::NotAnObject);
    }
    Ok(Draft { payload: heading.payload(&data)?.to_bytes()?, disclosures })
}

impl Heading {
    fn payload(self, data: &Value) -> Result<Payload, DraftError> {
        let Heading { ledger, agreement, actor, event, seen, kind, until } = self;
        let data = to_raw_value(data).map_err(|_| DraftError::NotAnObject)?;
        Ok(Payload { actor, agreement, data, event, ledger, seen, kind, until })
    }
}

/// The bytes that each key signs: the pre-authentication encoding (DSSE v1).
pub fn to_be_signed(payload: &[u8]) -> Vec<u8> {
    envelope::pae(EVENT_PAYLOAD_TYPE, payload)
}

/// Signs `payload` with each of `keys`.
pub fn sign(payload: Vec<u8>, keys: &[&SigningKey]) -> Envelope {
    let signed = to_be_signed(&payload);
    let signature = |key: &&SigningKey| Signature {
        keyid: sinetti_events::primitives::hash::Digest::of(&key.verifying_key().to_bytes()),
        sig: key.sign(&signed).to_bytes().to_vec(),
    };
    let signatures = keys.iter().map(signature).collect();
    Envelope::of_event(payload, signatures)
}

/// The public half of `key`, as it is enrolled.
///
/// # Errors
///
/// A weak key: none that this program makes.
pub fn public_key(key: &SigningKey) -> Result<PublicKey, BadKey> {
    PublicKey::from_bytes(&key.verifying_key().to_bytes())
}

/// Puts `value` at `pointer`; a new member may be added to an object that is there.
fn place(data: &mut Value, pointer: &str, value: Value) -> Option<()> {
    let (parent, name) = pointer.rsplit_once('/')?;
    match data.pointer_mut(parent)? {
        Value::Object(members) => {
            members.insert(name.replace("~1", "/").replace("~0", "~"), value);
            Some(())
        }
        Value::Array(items) => {
            *items.get_mut(name.parse::<usize>().ok()?)? = value;
            Some(())
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;
    use sinetti_events::format::disclosure::check_all;

    fn heading() -> Heading {
        Heading {
            ledger: "localhost/sinetti".parse().unwrap(),
            agreement: "a".parse().unwrap(),
            actor: "tampere".parse().unwrap(),
            event: EventId::new(1, &[1; 10]),
            seen: seen(3, Hash::ZERO),
            kind: "text_signed".parse().unwrap(),
            until: None,
        }
    }

    fn personal(pointer: &str) -> Personal {
        Personal { pointer: pointer.into(), value: Disclosed::Text("Maija Esimerkki".into()) }
    }

    #[test]
    fn personal_values_leave_the_payload_as_commitments() {
        let data = json!({"role": "mayor", "dissents": ["x", "y"]});
        let personal = vec![personal("/signatory"), personal("/dissents/1")];
        let draft = draft(heading(), data, personal, || [7; 16]).unwrap();
        assert!(!String::from_utf8_lossy(&draft.payload).contains("Maija"));
        let payload = Payload::parse(&draft.payload).unwrap();
        let data: Value = serde_json::from_str(payload.data.get()).unwrap();
        assert_eq!(check_all(&draft.disclosures, payload.event, &data), Ok(()));
    }

    #[test]
    fn a_pointer_that_leads_nowhere_is_named() {
        for pointer in ["", "x", "/a/b", "/list/2", "/list/x"] {
            let made = draft(heading(), json!({"list": [1, 2]}), vec![personal(pointer)], || [7; 16]);
            assert_eq!(made, Err(DraftError::Pointer(pointer.into())));
        }
    }

    #[test]
    fn data_is_an_object_of_canonical_values() {
        assert_eq!(draft(heading(), json!([]), vec![], || [0; 16]), Err(DraftError::NotAnObject));
        let float = draft(heading(), json!({"share": 0.5}), vec![], || [0; 16]);
        assert!(matches!(float, Err(DraftError::Payload(BadPayload::NotCanonical(_)))));
    }

    #[test]
    fn each_key_signs_the_same_bytes_strictly() {
        let keys = [SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32])];
        let envelope = sign(b"{}".to_vec(), &[&keys[0], &keys[1]]);
        assert_eq!(envelope.check(), Ok(()));
        for key in &keys {
            let public = public_key(key).unwrap();
            let signature = envelope.signatures.iter().find(|s| s.keyid == public.id()).unwrap();
            assert!(public.verify(&envelope.pae(), signature.sig[..].try_into().unwrap()).is_ok());
        }
    }
}
