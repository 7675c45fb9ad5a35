//! `key_threshold_set`: how many keys a party's key events need.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keyring::Keyring;
use super::purpose::Purpose;
use super::refusal::KeyRefusal;
use crate::primitives::ids::PartyId;

/// Sets a party's threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyThresholdSet {
    /// Whose; the party itself, or the registrar for the registrar.
    pub party: PartyId,
    /// 1 to 7, never above the live manage keys.
    pub threshold: u64,
}

pub(super) fn decide(keyring: &Keyring, set: &KeyThresholdSet, actor: &PartyId) -> Result<(), KeyRefusal> {
    if *actor != set.party {
        return Err(KeyRefusal::NotYours { actor: actor.clone(), party: set.party.clone() });
    }
    let live = keyring.live(&set.party, Purpose::Manage).count() as u64;
    if (1..=live.min(7)).contains(&set.threshold) {
        Ok(())
    } else {
        Err(KeyRefusal::Threshold { threshold: set.threshold, live: live.min(7) })
    }
}

pub(super) fn evolve(keyring: &mut Keyring, set: &KeyThresholdSet) {
    // decide keeps it within 1..=7.
    keyring.set_threshold(set.party.clone(), usize::try_from(set.threshold).unwrap_or(1));
}
