//! The keyring: a fold of the key acts in the registry stream, and who may sign what by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::key_enrolled::{self, KeyEnrolled};
use super::key_revoked::{self, KeyRevoked};
use super::key_threshold_set::{self, KeyThresholdSet};
use super::ledger_founded::{self, LedgerFounded};
use super::log_keys_changed::{self, LogKeysChanged};
use super::public_key::{KeyId, PublicKey};
use super::purpose::Purpose;
use super::refusal::{KeyRefusal, SignatureRefusal};
use crate::format::envelope::{Envelope, Signature};
use crate::format::payload::Payload;
use crate::log::vkey::VerifierKey;
use crate::primitives::ids::PartyId;
use crate::primitives::time::Instant;

/// Where a key act stands in the log, and which keys signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Index in the ledger.
    pub index: u64,
    /// The operator's claim of when.
    pub recorded_at: Instant,
    /// The keys that counted (a proof of possession doesn't).
    pub signers: Vec<KeyId>,
}

/// One key, its whole life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolledKey {
    /// Ed25519.
    pub public_key: PublicKey,
    /// Whose it is.
    pub party: PartyId,
    /// What it may do.
    pub purposes: Vec<Purpose>,
    /// Where it began.
    pub enrolled: Place,
    /// The party itself, or the registrar.
    pub enrolled_by: PartyId,
    /// The registrar enrolled it although the party had keys before: shown as such for ever.
    pub reenrolled: bool,
    /// Where it ended.
    pub revoked: Option<Place>,
    /// Since when, by its owner's claim, somebody else may have had it.
    pub compromised_since: Option<Instant>,
}

/// The log's keys from one index on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogKeys {
    /// Index of the record that names them.
    pub from: u64,
    /// Verifier keys, one Ed25519 and one ML-DSA-44.
    pub keys: Vec<VerifierKey>,
}

/// All keys ever enrolled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring {
    keys: BTreeMap<KeyId, EnrolledKey>,
    thresholds: BTreeMap<PartyId, usize>,
    log_keys: Vec<LogKeys>,
}

/// A key act, parsed.
enum KeyAct {
    LedgerFounded(LedgerFounded),
    LogKeysChanged(LogKeysChanged),
    KeyEnrolled(KeyEnrolled),
    KeyRevoked(KeyRevoked),
    KeyThresholdSet(KeyThresholdSet),
}

impl Keyring {
    /// Checks every signature of `envelope` at the next place in the log, and that enough of
    /// them speak for the actor. Returns the keys that counted.
    ///
    /// # Errors
    ///
    /// The first signature that is unknown, another party's, revoked, without the purpose, or
    /// that does not verify; a missing proof of possession; too few for the threshold.
    pub fn authenticate(&self, payload: &Payload, envelope: &Envelope) -> Result<Vec<KeyId>, SignatureRefusal> {
        let message = envelope.pae();
        match KeyAct::parse(payload) {
            Ok(Some(KeyAct::LedgerFounded(founded))) if !self.is_founded() => {
                authenticate_founding(&founded, envelope, &message)
            }
            Ok(Some(KeyAct::KeyEnrolled(enrolled))) => {
                self.authenticate_enrolment(payload, &enrolled.public_key, envelope, &message)
            }
            _ => self.authenticate_all(payload, &envelope.signatures, &message),
        }
    }

    /// Whether this key act is allowed; events of other types always are, as far as keys go.
    ///
    /// # Errors
    ///
    /// The rule that it breaks.
    pub fn decide(&self, payload: &Payload) -> Result<(), KeyRefusal> {
        let actor = &payload.actor;
        let act = KeyAct::parse(payload)?;
        if !self.is_founded() && !matches!(act, Some(KeyAct::LedgerFounded(_))) {
            return Err(KeyRefusal::NotFounded);
        }
        match act {
            Some(KeyAct::LedgerFounded(_)) if !actor.is_registrar() => Err(KeyRefusal::RegistrarOnly("found a ledger")),
            Some(KeyAct::LedgerFounded(act)) => ledger_founded::decide(self, &act, &payload.ledger),
            Some(KeyAct::LogKeysChanged(act)) => log_keys_changed::decide(self, &act, actor, &payload.ledger),
            Some(KeyAct::KeyEnrolled(act)) => key_enrolled::decide(self, &act, actor),
            Some(KeyAct::KeyRevoked(act)) => key_revoked::decide(self, &act, actor),
            Some(KeyAct::KeyThresholdSet(act)) => key_threshold_set::decide(self, &act, actor),
            None => Ok(()),
        }
    }

    /// Takes in a recorded event of the registry stream; events of other types change nothing.
    pub fn evolve(&mut self, payload: &Payload, place: Place) {
        match KeyAct::parse(payload) {
            Ok(Some(KeyAct::LedgerFounded(act))) => ledger_founded::evolve(self, act, place),
            Ok(Some(KeyAct::LogKeysChanged(act))) => log_keys_changed::evolve(self, act, &place),
            Ok(Some(KeyAct::KeyEnrolled(act))) => key_enrolled::evolve(self, act, &payload.actor, place),
            Ok(Some(KeyAct::KeyRevoked(act))) => key_revoked::evolve(self, &act, place),
            Ok(Some(KeyAct::KeyThresholdSet(act))) => key_threshold_set::evolve(self, &act),
            Ok(None) | Err(_) => {}
        }
    }

    /// Whether record 0 is there.
    pub fn is_founded(&self) -> bool {
        !self.log_keys.is_empty()
    }

    /// All keys ever enrolled, by id.
    pub fn keys(&self) -> impl Iterator<Item = &EnrolledKey> {
        self.keys.values()
    }

    /// One key.
    pub fn get(&self, id: &KeyId) -> Option<&EnrolledKey> {
        self.keys.get(id)
    }

    /// The live keys of `party` with `purpose`.
    pub fn live<'a>(&'a self, party: &'a PartyId, purpose: Purpose) -> impl Iterator<Item = &'a EnrolledKey> {
        self.keys().filter(move |key| key.party == *party && key.revoked.is_none() && key.purposes.contains(&purpose))
    }

    /// How many keys the party's key events need: as set, but never above its live manage keys.
    pub fn threshold(&self, party: &PartyId) -> usize {
        let set = self.thresholds.get(party).copied().unwrap_or(1);
        set.min(self.live(party, Purpose::Manage).count()).max(1)
    }

    /// The log's keys, oldest first; the last are in force.
    pub fn log_keys(&self) -> &[LogKeys] {
        &self.log_keys
    }

    /// The keys that a checkpoint of `size` records must be signed by: those that its records name
    /// last. (The first checkpoint published after a change also carries the old keys' signatures.)
    pub fn log_keys_at(&self, size: u64) -> Option<&LogKeys> {
        self.log_keys.iter().rev().find(|keys| keys.from < size)
    }

    /// The keys that must have signed the checkpoint of exactly `size` records: those named last, and
    /// where the last of these records names them, those before too.
    pub fn log_keys_signing(&self, size: u64) -> Vec<VerifierKey> {
        let generations = self.log_keys.iter().rev().skip_while(|keys| keys.from >= size);
        let mut signing = Vec::new();
        for generation in generations {
            signing.extend(generation.keys.iter().cloned());
            if generation.from + 1 < size {
                break;
            }
        }
        signing
    }

    /// Whether a record of `recorded_at` signed by `key` is suspect: the key was compromised by
    /// then, or was itself enrolled by keys that were.
    pub fn is_suspect(&self, key: &KeyId, recorded_at: Instant) -> bool {
        let mut asked = vec![(*key, recorded_at)];
        let mut at = 0;
        while let Some((id, when)) = asked.get(at).copied() {
            at += 1;
            let Some(key) = self.get(&id) else { continue };
            if key.compromised_since.is_some_and(|since| since <= when) {
                return true;
            }
            for signer in &key.enrolled.signers {
                let question = (*signer, key.enrolled.recorded_at);
                if !asked.contains(&question) {
                    asked.push(question);
                }
            }
        }
        false
    }

    /// Whether the revocation of `key` was signed by keys that are suspect by then.
    pub fn is_revocation_suspect(&self, key: &KeyId) -> bool {
        let revoked = self.get(key).and_then(|key| key.revoked.as_ref());
        revoked.is_some_and(|place| place.signers.iter().any(|signer| self.is_suspect(signer, place.recorded_at)))
    }

    /// Whether `key` is or was the log's own.
    pub fn was_log_key(&self, key: &PublicKey) -> bool {
        self.log_keys.iter().any(|log| ledger_founded::is_log_key(&log.keys, key))
    }

    pub(super) fn insert(&mut self, key: EnrolledKey) {
        self.keys.insert(key.public_key.id(), key);
    }

    pub(super) fn revoke(&mut self, key: &KeyId, compromised_since: Option<Instant>, place: Place) {
        if let Some(key) = self.keys.get_mut(key) {
            key.revoked = Some(place);
            key.compromised_since = compromised_since;
        }
    }

    pub(super) fn set_threshold(&mut self, party: PartyId, threshold: usize) {
        self.thresholds.insert(party, threshold);
    }

    pub(super) fn set_log_keys(&mut self, from: u64, keys: Vec<VerifierKey>) {
        self.log_keys.push(LogKeys { from, keys });
    }

    fn authenticate_enrolment(
        &self,
        payload: &Payload,
        enrolling: &PublicKey,
        envelope: &Envelope,
        message: &[u8],
    ) -> Result<Vec<KeyId>, SignatureRefusal> {
        let id = enrolling.id();
        // A key that is enrolled already is told so by `decide`, not as a stranger here.
        let (possession, others): (Vec<_>, Vec<_>) =
            envelope.signatures.iter().cloned().partition(|signature| signature.keyid == id);
        let [possession] = possession.as_slice() else {
            return Err(SignatureRefusal::NoProofOfPossession(id));
        };
        verify(enrolling, possession, message)?;
        self.authenticate_all(payload, &others, message)
    }

    fn authenticate_all(
        &self,
        payload: &Payload,
        signatures: &[Signature],
        message: &[u8],
    ) -> Result<Vec<KeyId>, SignatureRefusal> {
        let purpose = Purpose::of(&payload.kind);
        for signature in signatures {
            let key = self.speaking(&signature.keyid, &payload.actor, purpose)?;
            verify(&key.public_key, signature, message)?;
        }
        let actor = &payload.actor;
        let threshold = if purpose == Purpose::Manage { self.threshold(actor) } else { 1 };
        if signatures.len() < threshold {
            let signed = signatures.len();
            return Err(SignatureRefusal::Threshold { actor: actor.clone(), signed, threshold });
        }
        Ok(signatures.iter().map(|signature| signature.keyid).collect())
    }

    fn speaking(&self, id: &KeyId, actor: &PartyId, purpose: Purpose) -> Result<&EnrolledKey, SignatureRefusal> {
        let key = self.get(id).ok_or(SignatureRefusal::UnknownKey(*id))?;
        if key.party != *actor {
            let (owner, actor) = (key.party.clone(), actor.clone());
            return Err(SignatureRefusal::OtherParty { key: *id, owner, actor });
        }
        if let Some(revoked) = &key.revoked {
            return Err(SignatureRefusal::Revoked { key: *id, revoked_at: revoked.index });
        }
        if !key.purposes.contains(&purpose) {
            return Err(SignatureRefusal::Purpose { key: *id, needed: purpose });
        }
        Ok(key)
    }
}

impl KeyAct {
    /// `None` for events of other types.
    fn parse(payload: &Payload) -> Result<Option<KeyAct>, KeyRefusal> {
        if !payload.agreement.is_registry() {
            return Ok(None);
        }
        Ok(Some(match payload.kind.as_str() {
            "ledger_founded" => KeyAct::LedgerFounded(members(payload)?),
            "log_keys_changed" => KeyAct::LogKeysChanged(members(payload)?),
            "key_enrolled" => KeyAct::KeyEnrolled(members(payload)?),
            "key_revoked" => KeyAct::KeyRevoked(members(payload)?),
            "key_threshold_set" => KeyAct::KeyThresholdSet(members(payload)?),
            _ => return Ok(None),
        }))
    }
}

fn members<T: DeserializeOwned>(payload: &Payload) -> Result<T, KeyRefusal> {
    let mut json = serde_json::Deserializer::from_str(payload.data.get());
    serde_path_to_error::deserialize(&mut json)
        .map_err(|error| KeyRefusal::Member { member: error.path().to_string(), reason: error.inner().to_string() })
}

fn authenticate_founding(
    founded: &LedgerFounded,
    envelope: &Envelope,
    message: &[u8],
) -> Result<Vec<KeyId>, SignatureRefusal> {
    let named = |id: &KeyId| founded.registrar_keys.iter().find(|key| key.public_key.id() == *id);
    for signature in &envelope.signatures {
        let key = named(&signature.keyid).ok_or(SignatureRefusal::UnknownKey(signature.keyid))?;
        verify(&key.public_key, signature, message)?;
    }
    let signed = |id: &KeyId| envelope.signatures.iter().any(|signature| signature.keyid == *id);
    let ids = founded.registrar_keys.iter().map(|key| key.public_key.id());
    match ids.clone().find(|id| !signed(id)) {
        Some(missing) => Err(SignatureRefusal::FounderMissing(missing)),
        None => Ok(ids.collect()),
    }
}

fn verify(key: &PublicKey, signature: &Signature, message: &[u8]) -> Result<(), SignatureRefusal> {
    let invalid = || SignatureRefusal::Invalid(signature.keyid);
    let bytes: &[u8; 64] = signature.sig.as_slice().try_into().map_err(|_| invalid())?;
    key.verify(message, bytes).map_err(|_| invalid())
}
