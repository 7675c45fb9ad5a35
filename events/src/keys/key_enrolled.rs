//! `key_enrolled`: a key begins to speak for a party.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keyring::{EnrolledKey, Keyring, Place};
use super::public_key::PublicKey;
use super::purpose::Purpose;
use super::refusal::KeyRefusal;
use crate::primitives::ids::PartyId;

/// Enrols one key. The key itself signs too, as proof of possession, which counts for nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyEnrolled {
    /// Whose key it becomes.
    pub party: PartyId,
    /// Ed25519.
    pub public_key: PublicKey,
    /// What it may do.
    pub purposes: Vec<Purpose>,
}

pub(super) fn decide(keyring: &Keyring, enrolled: &KeyEnrolled, actor: &PartyId) -> Result<(), KeyRefusal> {
    let party = &enrolled.party;
    if actor != party && !actor.is_registrar() {
        return Err(KeyRefusal::NotYours { actor: actor.clone(), party: party.clone() });
    }
    if !Purpose::is_set(&enrolled.purposes) {
        return Err(KeyRefusal::Purposes);
    }
    let id = enrolled.public_key.id();
    if keyring.get(&id).is_some() {
        return Err(KeyRefusal::KnownKey(id));
    }
    if keyring.was_log_key(&enrolled.public_key) {
        return Err(KeyRefusal::LogKey(id));
    }
    let manages = enrolled.purposes.contains(&Purpose::Manage);
    if !manages && keyring.live(party, Purpose::Manage).next().is_none() {
        return Err(KeyRefusal::FirstManages(party.clone()));
    }
    Ok(())
}

pub(super) fn evolve(keyring: &mut Keyring, enrolled: KeyEnrolled, actor: &PartyId, place: Place) {
    let had_keys = keyring.keys().any(|key| key.party == enrolled.party);
    keyring.insert(EnrolledKey {
        reenrolled: had_keys && actor.is_registrar() && !enrolled.party.is_registrar(),
        public_key: enrolled.public_key,
        party: enrolled.party,
        purposes: enrolled.purposes,
        enrolled: place,
        enrolled_by: actor.clone(),
        revoked: None,
        compromised_since: None,
    });
}
