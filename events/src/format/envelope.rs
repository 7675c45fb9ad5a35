//! DSSE v1: how a payload travels with its signatures.

use serde::{Deserialize, Serialize};

use crate::primitives::base64;
use crate::primitives::hash::Digest;

/// Payload type of events; other uses of a key have another.
pub const EVENT_PAYLOAD_TYPE: &str = "application/vnd.sinetti.event.v1+json";

/// Most signatures on one envelope.
pub const MAX_SIGNATURES: usize = 8;

/// A DSSE envelope. Members are in canonical order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The bytes that were signed.
    #[serde(with = "base64")]
    pub payload: Vec<u8>,
    /// [`EVENT_PAYLOAD_TYPE`] for events.
    #[serde(rename = "payloadType")]
    pub payload_type: String,
    /// 1 to 8, ascending by key id, no key twice.
    pub signatures: Vec<Signature>,
}

/// One signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// SHA-256 of the public key: selects the key, never decides.
    pub keyid: Digest,
    /// Ed25519 signature over [`pae`], 64 bytes.
    #[serde(with = "base64")]
    pub sig: Vec<u8>,
}

/// An envelope has the wrong form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEnvelope {
    /// Another payload type.
    #[error("payloadType is {given:?}; it must be {expected:?}")]
    PayloadType {
        /// As given.
        given: String,
        /// What it must be here.
        expected: &'static str,
    },
    /// None, or too many.
    #[error("the envelope has {0} signatures; 1 to {MAX_SIGNATURES} are accepted")]
    Count(usize),
    /// Not ascending, or a key twice.
    #[error("signatures must ascend by keyid, with no key twice")]
    Order,
    /// Not 64 bytes.
    #[error("the signature by key {0} is not 64 bytes of base64")]
    Length(Digest),
}

impl BadEnvelope {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        "envelope-malformed"
    }
}

impl Envelope {
    /// An envelope for event `payload`; signatures are put in order.
    pub fn of_event(payload: Vec<u8>, mut signatures: Vec<Signature>) -> Envelope {
        signatures.sort_by_key(|signature| signature.keyid);
        Envelope { payload, payload_type: EVENT_PAYLOAD_TYPE.to_owned(), signatures }
    }

    /// Checks what the types don't: payload type, number, order and length of signatures.
    ///
    /// # Errors
    ///
    /// The first defect.
    pub fn check(&self) -> Result<(), BadEnvelope> {
        self.check_as(EVENT_PAYLOAD_TYPE)
    }

    /// The same for an envelope of something else than an event.
    ///
    /// # Errors
    ///
    /// The first defect.
    pub fn check_as(&self, expected: &'static str) -> Result<(), BadEnvelope> {
        if self.payload_type != expected {
            return Err(BadEnvelope::PayloadType { given: self.payload_type.clone(), expected });
        }
        if !(1..=MAX_SIGNATURES).contains(&self.signatures.len()) {
            return Err(BadEnvelope::Count(self.signatures.len()));
        }
        if !self.signatures.is_sorted_by(|left, right| left.keyid < right.keyid) {
            return Err(BadEnvelope::Order);
        }
        match self.signatures.iter().find(|signature| signature.sig.len() != 64) {
            Some(short) => Err(BadEnvelope::Length(short.keyid)),
            None => Ok(()),
        }
    }

    /// What the signatures are over.
    pub fn pae(&self) -> Vec<u8> {
        pae(&self.payload_type, &self.payload)
    }
}

/// DSSE v1 pre-authentication encoding: `DSSEv1 SP len(type) SP type SP len(payload) SP payload`.
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut out = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    out.extend_from_slice(payload);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(first: u8) -> Signature {
        Signature { keyid: Digest([first; 32]), sig: vec![0; 64] }
    }

    #[test]
    fn pae_is_the_example_of_the_dsse_specification() {
        let expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world";
        assert_eq!(pae("http://example.com/HelloWorld", b"hello world"), expected);
    }

    #[test]
    fn signatures_are_counted_ordered_and_unique() {
        let envelope = |signatures| Envelope { payload: vec![], payload_type: EVENT_PAYLOAD_TYPE.into(), signatures };
        assert_eq!(envelope(vec![signature(1), signature(2)]).check(), Ok(()));
        assert_eq!(envelope(vec![]).check(), Err(BadEnvelope::Count(0)));
        assert_eq!(envelope((0..9).map(signature).collect()).check(), Err(BadEnvelope::Count(9)));
        assert_eq!(envelope(vec![signature(2), signature(1)]).check(), Err(BadEnvelope::Order));
        assert_eq!(envelope(vec![signature(1), signature(1)]).check(), Err(BadEnvelope::Order));
    }

    #[test]
    fn another_payload_type_is_refused() {
        let mut envelope = Envelope::of_event(vec![], vec![signature(1)]);
        envelope.payload_type.push('x');
        assert!(matches!(envelope.check(), Err(BadEnvelope::PayloadType { .. })));
    }
}
