//! `key_revoked`: a key stops speaking, at this place and not before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keyring::{Keyring, Place};
use super::public_key::KeyId;
use super::purpose::Purpose;
use super::refusal::KeyRefusal;
use crate::primitives::ids::PartyId;
use crate::primitives::time::Instant;

/// Revokes one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRevoked {
    /// Since when somebody else may have had it, compared with `recorded_at`: a claim that
    /// marks later records as suspect and removes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compromised_since: Option<Instant>,
    /// SHA-256 of the public key, in hex.
    pub key: KeyId,
    /// Whose key it is.
    pub party: PartyId,
}

pub(super) fn decide(keyring: &Keyring, revoked: &KeyRevoked, actor: &PartyId) -> Result<(), KeyRefusal> {
    let party = &revoked.party;
    if actor != party && !actor.is_registrar() {
        return Err(KeyRefusal::NotYours { actor: actor.clone(), party: party.clone() });
    }
    let live = keyring.get(&revoked.key).filter(|key| key.party == *party && key.revoked.is_none());
    let Some(key) = live else {
        return Err(KeyRefusal::NoSuchKey { party: party.clone(), key: revoked.key });
    };
    let manages = key.purposes.contains(&Purpose::Manage);
    if party.is_registrar() && manages && keyring.live(party, Purpose::Manage).count() == 1 {
        return Err(KeyRefusal::LastRegistrarKey);
    }
    Ok(())
}

pub(super) fn evolve(keyring: &mut Keyring, revoked: &KeyRevoked, place: Place) {
    keyring.revoke(&revoked.key, revoked.compromised_since, place);
}
