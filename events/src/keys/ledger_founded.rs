//! `ledger_founded`: record 0, the trust root.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keyring::{EnrolledKey, Keyring, Place};
use super::public_key::PublicKey;
use super::purpose::Purpose;
use super::refusal::KeyRefusal;
use crate::log::vkey::VerifierKey;
use crate::primitives::ids::{Origin, PartyId};

/// Names the keys that everything after is checked by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerFounded {
    /// True in a demonstration ledger, whose acts may be invented; its origin ends in `-demo`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demonstration: bool,
    /// Verifier keys of the log: one Ed25519, one ML-DSA-44, named as the origin.
    pub log_keys: Vec<String>,
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
    let log_keys = parse_log_keys(&founded.log_keys, origin)?;
    for (at, key) in founded.registrar_keys.iter().enumerate() {
        let id = key.public_key.id();
        if !Purpose::is_set(&key.purposes) {
            return Err(KeyRefusal::Purposes);
        }
        if founded.registrar_keys[..at].iter().any(|earlier| earlier.public_key == key.public_key) {
            return Err(KeyRefusal::KnownKey(id));
        }
        if log_keys.iter().any(|log| log.is_key(&key.public_key)) {
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

/// The log's two keys, in either order.
pub(super) fn parse_log_keys(texts: &[String], origin: &Origin) -> Result<Vec<VerifierKey>, KeyRefusal> {
    let refusal = || KeyRefusal::LogKeys { origin: origin.to_string() };
    let keys: Result<Vec<VerifierKey>, _> = texts.iter().map(|text| text.parse()).collect();
    let keys = keys.map_err(|_| refusal())?;
    let named = keys.iter().all(|key| key.name() == origin.as_str());
    let one_of_each = keys.len() == 2
        && keys.iter().any(VerifierKey::is_ed25519_note)
        && keys.iter().any(VerifierKey::is_ml_dsa_cosignature);
    if named && one_of_each { Ok(keys) } else { Err(refusal()) }
}
