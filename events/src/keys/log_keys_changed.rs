//! `log_keys_changed`: the registrar rotates the log's keys.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keyring::{Keyring, Place};
use super::ledger_founded::{check_log_keys, is_log_key};
use super::refusal::KeyRefusal;
use crate::log::vkey::VerifierKey;
use crate::primitives::ids::{Origin, PartyId};

/// Names the log's new keys; old and new both sign the first checkpoint that contains this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogKeysChanged {
    /// One Ed25519 and one ML-DSA-44 verifier key, named as the origin.
    pub log_keys: Vec<VerifierKey>,
}

pub(super) fn decide(
    keyring: &Keyring,
    changed: &LogKeysChanged,
    actor: &PartyId,
    origin: &Origin,
) -> Result<(), KeyRefusal> {
    if !actor.is_registrar() {
        return Err(KeyRefusal::RegistrarOnly("change the log's keys"));
    }
    check_log_keys(&changed.log_keys, origin)?;
    // A note that one key signed twice is refused by everybody (C2SP signed-note).
    let mut earlier = keyring.log_keys().iter().flat_map(|generation| &generation.keys);
    if let Some(known) = earlier.find(|known| changed.log_keys.contains(known)) {
        return Err(KeyRefusal::LogKeysKnown(format!("{}+{}", known.name(), known.id())));
    }
    match keyring.keys().find(|known| is_log_key(&changed.log_keys, &known.public_key)) {
        Some(known) => Err(KeyRefusal::KnownKey(known.public_key.id())),
        None => Ok(()),
    }
}

pub(super) fn evolve(keyring: &mut Keyring, changed: LogKeysChanged, place: &Place) {
    keyring.set_log_keys(place.index, changed.log_keys);
}
