//! `ledger_founded`: record 0, the trust root.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keyring::{EnrolledKey, Keyring, Place};
use super::public_key::PublicKey;
use super::purpose::Purpose;
use super::refusal::KeyRefusal;
use crate::log::vkey::{NoteKey, VerifierKey};
use crate::primitives::ids::{Origin, PartyId};

/// Names the keys that everything after is checked by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerFounded {
    /// True in a demonstration ledger, whose acts may be invented; its origin ends in `-demo`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demonstration: bool,
    /// Verifier keys of the log: one Ed25519, one ML-DSA-44, named as the origin.
    pub log_keys: Vec<VerifierKey>,
    /// The registrar's first keys; every one signs this record.
    pub registrar_keys: Vec<RegistrarKey>,
}

/// A key of the registrar, named at founding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrarKey {
    /// Ed25519.
    pub public_key: PublicKey,
    /// What it may do.
    pub purposes: Vec<Purpose>,
}

pub(super) fn decide(keyring: &Keyring, founded: &LedgerFounded, origin: &Origin) -> Result<(), KeyRefusal> {
    if keyring.is_founded() {
        return Err(KeyRefusal::FoundedAlready);
    }
    if founded.demonstration != origin.is_demonstration() {
        return Err(KeyRefusal::Demonstration);
    }
    check_log_keys(&founded.log_keys, origin)?;
    for (at, key) in founded.registrar_keys.iter().enumerate() {
        let id = key.public_key.id();
        if !Purpose::is_set(&key.purposes) {
            return Err(KeyRefusal::Purposes);
        }
        if founded.registrar_keys[..at].iter().any(|earlier| earlier.public_key == key.public_key) {
            return Err(KeyRefusal::KnownKey(id));
        }
        if is_log_key(&founded.log_keys, &key.public_key) {
            return Err(KeyRefusal::LogKey(id));
        }
    }
    let manages = |key: &RegistrarKey| key.purposes.contains(&Purpose::Manage);
    if founded.registrar_keys.iter().any(manages) {
        Ok(())
    } else {
        Err(KeyRefusal::FirstManages(PartyId::registrar()))
    }
}

pub(super) fn evolve(keyring: &mut Keyring, founded: LedgerFounded, place: Place) {
    keyring.set_log_keys(place.index, founded.log_keys);
    for key in founded.registrar_keys {
        keyring.insert(EnrolledKey {
            public_key: key.public_key,
            party: PartyId::registrar(),
            purposes: key.purposes,
            enrolled: place.clone(),
            enrolled_by: PartyId::registrar(),
            reenrolled: false,
            revoked: None,
            compromised_since: None,
        });
    }
}

/// The log's two keys, in either order, both named as the origin.
pub(super) fn check_log_keys(keys: &[VerifierKey], origin: &Origin) -> Result<(), KeyRefusal> {
    let named = keys.iter().all(|key| key.name().as_str() == origin.as_str());
    let one_of_each = match keys {
        [one, other] => matches!(
            (one.key(), other.key()),
            (NoteKey::Ed25519(_), NoteKey::MlDsa44Cosignature(_))
                | (NoteKey::MlDsa44Cosignature(_), NoteKey::Ed25519(_))
        ),
        _ => false,
    };
    if named && one_of_each { Ok(()) } else { Err(KeyRefusal::LogKeys { origin: origin.to_string() }) }
}

/// Whether `key` is the Ed25519 key among the log's.
pub(super) fn is_log_key(log_keys: &[VerifierKey], key: &PublicKey) -> bool {
    log_keys.iter().any(|log| matches!(log.key(), NoteKey::Ed25519(log) if log == key))
}
