//! The signed status statement: what a ledger says of an agreement as of one of its checkpoints, under the log's
//! Ed25519 key, to be kept and held against it later.
//!
//! It is the operator's word, and proves no more than that: whoever has the records under the checkpoint's root can
//! compute the state and compare. That is what makes the word dangerous to break.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::envelope::{BadEnvelope, Envelope};
use crate::keys::public_key::KeyId;
use crate::log::vkey::{NoteKey, VerifierKey};
use crate::primitives::canonical::{self, Defect, Names};
use crate::primitives::hash::{Digest, Hash};
use crate::primitives::ids::{Origin, PartyId, StreamId};
use crate::primitives::time::Date;

/// Payload type of statements: what the log's key signs here can't be taken for anything else that it signs.
pub const STATEMENT_PAYLOAD_TYPE: &str = "application/vnd.sinetti.statement.v1+json";

/// Longest payload in bytes: a thousand parties fit.
pub const MAX_STATEMENT: usize = 200_000;

/// "Agreement A, state S, as of checkpoint N." Members are in canonical order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The agreement.
    pub agreement: StreamId,
    /// The place in the ledger that it is about.
    pub as_of: Place,
    /// The ledger's origin.
    pub ledger: Origin,
    /// The date of law that it is about.
    pub on: Date,
    /// The state.
    pub state: State,
}

/// A checkpoint, and the newest records under it that the state follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Size of the checkpoint.
    pub checkpoint: u64,
    /// Index of the agreement's newest record.
    pub index: u64,
    /// Its leaf hash.
    pub leaf: Hash,
    /// Version of the registry.
    pub registry_version: u64,
    /// Root of the checkpoint.
    pub root: Hash,
    /// Version of the agreement's newest record.
    pub version: u64,
}

/// The state in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Seats that have approved the current text.
    pub approved: u64,
    /// Parties that are bound.
    pub bound: u64,
    /// What counts is contested.
    pub contested: bool,
    /// True in a demonstration ledger.
    pub demonstration: bool,
    /// The registrar has determined entry into force.
    pub determined: bool,
    /// In force by the agreement's own rule; under a bilateral rule between any pair.
    pub in_force: bool,
    /// Under a bilateral rule: the pairs between which it is in force.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_force_pairs: Vec<Pair>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_since: Option<Date>,
    /// An act that it follows from was made up for a demonstration.
    pub invented: bool,
    /// The seats whose approval or signature is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// Seats of the roster.
    pub parties_total: u64,
    /// Seats that have signed the current text.
    pub signed: u64,
    /// Digests of the current text, one for each of its language versions that the ledger knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<Digest>,
}

/// Two parties between which the agreement is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The determination stands without its conditions.
    pub contested: bool,
    /// The party with which each of the others agrees.
    pub hub: PartyId,
    /// The other party.
    pub party: PartyId,
    /// Since when.
    pub since: Date,
}

/// A seat that the rule waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Its approval is missing.
    pub approval: bool,
    /// The seat's party.
    pub party: PartyId,
    /// Its signature is missing.
    pub signature: bool,
}

/// A statement that verifies, and who signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What was said.
    pub statement: Statement,
    /// The log's key.
    pub key: VerifierKey,
}

/// The bytes are no statement of this ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadStatement {
    /// Not an envelope.
    #[error("it is no DSSE envelope: {0}")]
    Form(String),
    /// An envelope of something else, or not in its form.
    #[error(transparent)]
    Envelope(#[from] BadEnvelope),
    /// The payload is not canonical.
    #[error("its payload: {0}")]
    Defect(#[from] Defect),
    /// The payload is no statement.
    #[error("its payload is no statement: {0}")]
    Payload(String),
    /// Signed by none of the keys at hand.
    #[error("it is signed by key {0}, which is none of those given; pin the log's key of that time")]
    Stranger(KeyId),
    /// The signature does not hold.
    #[error("its signature is not by the key {0}")]
    Signature(String),
    /// Signed by another ledger's key.
    #[error("it is about the ledger {ledger}, but signed by the key of {key}")]
    OtherLedger {
        /// The ledger that it names.
        ledger: Origin,
        /// Name of the key.
        key: String,
    },
}

impl Statement {
    /// The bytes to be signed.
    ///
    /// # Errors
    ///
    /// None that valid ids and dates can cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Defect> {
        canonical::write(self, Names::SnakeCase)
    }

    fn parse(payload: &[u8]) -> Result<Statement, BadStatement> {
        if payload.len() > MAX_STATEMENT {
            return Err(BadStatement::Payload(format!("it has more than {MAX_STATEMENT} bytes")));
        }
        canonical::check(payload, Names::SnakeCase)?;
        let malformed = |error: serde_json::Error| BadStatement::Payload(error.to_string());
        let statement: Statement = serde_json::from_slice(payload).map_err(malformed)?;
        match statement.to_bytes()? == payload {
            true => Ok(statement),
            false => Err(BadStatement::Payload("it is said in another form than its own".to_owned())),
        }
    }
}

/// Whether `bytes` look like a statement, whatever they are worth.
pub fn is_statement(bytes: &[u8]) -> bool {
    let envelope: Option<Value> = serde_json::from_slice(bytes).ok();
    envelope.is_some_and(|envelope| envelope["payloadType"] == STATEMENT_PAYLOAD_TYPE)
}

/// Verifies a statement by one of the log's `keys`; only Ed25519 note keys can sign one.
///
/// # Errors
///
/// Not a statement, or not signed by any of these for its own ledger.
pub fn verify(bytes: &[u8], keys: &[VerifierKey]) -> Result<Verified, BadStatement> {
    let value = canonical::parse(bytes).map_err(|error| BadStatement::Form(error.to_string()))?;
    let envelope: Envelope = serde_json::from_value(value).map_err(|error| BadStatement::Form(error.to_string()))?;
    envelope.check_as(STATEMENT_PAYLOAD_TYPE)?;
    let statement = Statement::parse(&envelope.payload)?;
    let [signature] = &envelope.signatures[..] else {
        return Err(BadStatement::Form("a statement has one signature".to_owned()));
    };
    let by = keys.iter().find_map(|key| match key.key() {
        NoteKey::Ed25519(public) if key.is_ed25519_note() && public.id() == signature.keyid => Some((key, public)),
        _ => None,
    });
    let (key, public) = by.ok_or(BadStatement::Stranger(signature.keyid))?;
    let sig: Option<&[u8; 64]> = signature.sig.first_chunk().filter(|_| signature.sig.len() == 64);
    let holds = sig.is_some_and(|sig| public.verify(&envelope.pae(), sig).is_ok());
    if !holds {
        return Err(BadStatement::Signature(key.to_string()));
    }
    if key.name().as_str() != statement.ledger.as_str() {
        return Err(BadStatement::OtherLedger { ledger: statement.ledger, key: key.name().to_string() });
    }
    Ok(Verified { statement, key: key.clone() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::*;
    use crate::format::envelope::{EVENT_PAYLOAD_TYPE, Signature, pae};
    use crate::keys::public_key::PublicKey;

    fn statement() -> Statement {
        let missing = Missing { approval: true, party: "nokia".parse().unwrap(), signature: false };
        Statement {
            agreement: "sopimus".parse().unwrap(),
            as_of: Place {
                checkpoint: 9,
                index: 8,
                leaf: Hash([1; 32]),
                registry_version: 4,
                root: Hash([2; 32]),
                version: 3,
            },
            ledger: "localhost/sinetti".parse().unwrap(),
            on: "2026-11-22".parse().unwrap(),
            state: State {
                approved: 1,
                bound: 0,
                contested: false,
                demonstration: false,
                determined: false,
                in_force: false,
                in_force_pairs: Vec::new(),
                in_force_since: None,
                invented: false,
                missing: vec![missing],
                parties_total: 2,
                signed: 0,
                texts: vec![Digest([3; 32])],
            },
        }
    }

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn vkey(seed: u8, name: &str) -> VerifierKey {
        let public = PublicKey::from_bytes(&key(seed).verifying_key().to_bytes()).unwrap();
        VerifierKey::new(name.parse().unwrap(), NoteKey::Ed25519(public)).unwrap()
    }

    fn signed_as(payload: Vec<u8>, seed: u8, payload_type: &str) -> Vec<u8> {
        let key = key(seed);
        let sig = key.sign(&pae(payload_type, &payload)).to_bytes().to_vec();
        let signature = Signature { keyid: Digest::of(&key.verifying_key().to_bytes()), sig };
        let envelope = Envelope { payload, payload_type: payload_type.to_owned(), signatures: vec![signature] };
        serde_json::to_vec(&envelope).unwrap()
    }

    fn signed(payload: Vec<u8>, seed: u8) -> Vec<u8> {
        signed_as(payload, seed, STATEMENT_PAYLOAD_TYPE)
    }

    #[test]
    fn a_statement_verifies_by_its_own_ledgers_key_only() {
        let bytes = signed(statement().to_bytes().unwrap(), 1);
        let ours = vkey(1, "localhost/sinetti");
        let keys = [vkey(2, "localhost/sinetti"), ours.clone()];
        assert_eq!(verify(&bytes, &keys).unwrap(), Verified { statement: statement(), key: ours });
        assert!(matches!(verify(&bytes, &keys[..1]), Err(BadStatement::Stranger(_))));
        assert!(matches!(verify(&bytes, &[]), Err(BadStatement::Stranger(_))));
        assert!(matches!(verify(&bytes, &[vkey(1, "localhost/other")]), Err(BadStatement::OtherLedger { .. })));
        assert!(is_statement(&bytes));
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let bytes = signed(statement().to_bytes().unwrap(), 1);
        let keys = [vkey(1, "localhost/sinetti")];
        for at in 0..bytes.len() {
            for change in [1, 32, 128] {
                let mut bent = bytes.clone();
                bent[at] ^= change;
                assert!(verify(&bent, &keys).is_err(), "byte {at}");
            }
        }
    }

    #[test]
    fn an_event_is_no_statement_and_a_statement_no_event() {
        let keys = [vkey(1, "localhost/sinetti")];
        let event = signed_as(statement().to_bytes().unwrap(), 1, EVENT_PAYLOAD_TYPE);
        assert!(matches!(verify(&event, &keys), Err(BadStatement::Envelope(_))));
        assert!(!is_statement(&event) && !is_statement(b"{}") && !is_statement(b"PK"));
        let envelope: Envelope = serde_json::from_slice(&signed(statement().to_bytes().unwrap(), 1)).unwrap();
        assert!(matches!(envelope.check(), Err(BadEnvelope::PayloadType { .. })));
    }

    #[test]
    fn a_payload_has_one_form() {
        let keys = [vkey(1, "localhost/sinetti")];
        let text = String::from_utf8(statement().to_bytes().unwrap()).unwrap();
        assert!(verify(&signed(text.clone().into_bytes(), 1), &keys).is_ok());
        for (from, to) in [
            ("{\"agreement\"", "{ \"agreement\""),
            ("\"signed\":0", "\"signed\":0,\"unknown\":1"),
            ("\"signed\":0", "\"signed\":-1"),
            ("\"approved\":1,", ""),
            ("\"in_force\":false,", "\"in_force\":false,\"in_force_pairs\":[],"),
            ("\"on\":\"2026-11-22\"", "\"on\":\"2026-11-31\""),
            ("localhost/sinetti", "cosignature/x"),
        ] {
            let bent = text.replacen(from, to, 1);
            assert_ne!(bent, text);
            assert!(verify(&signed(bent.into_bytes(), 1), &keys).is_err(), "{to}");
        }
        let two = String::from_utf8(signed(text.into_bytes(), 1)).unwrap();
        let one = two.split_once("\"signatures\":[").unwrap().1.strip_suffix("]}").unwrap().to_owned();
        assert!(verify(two.replace(&one, &format!("{one},{one}")).as_bytes(), &keys).is_err());
    }
}
