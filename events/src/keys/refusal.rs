//! Why an envelope's signatures, or a key act, are refused.

use super::public_key::{BadKey, KeyId};
use super::purpose::Purpose;
use crate::primitives::ids::PartyId;

/// The signatures don't speak for the actor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureRefusal {
    /// No such key was ever enrolled.
    #[error("key {0} is not enrolled in this ledger; enrol it first, or sign with an enrolled key")]
    UnknownKey(KeyId),
    /// The key is somebody else's.
    #[error("key {key} belongs to {owner}, but the event speaks for {actor}; sign with a key of {actor}")]
    OtherParty {
        /// The key.
        key: KeyId,
        /// Whose it is.
        owner: PartyId,
        /// Who the event says it is.
        actor: PartyId,
    },
    /// The key was revoked earlier in the log.
    #[error(
        "key {key} was revoked at index {revoked_at}; keys are judged by their place in the log, not by claimed dates. Sign with a live key"
    )]
    Revoked {
        /// The key.
        key: KeyId,
        /// Index of the revocation.
        revoked_at: u64,
    },
    /// The key may do other things, not this.
    #[error("key {key} has no purpose `{}`, which this event type asks for; sign with a key that has it", needed.as_str())]
    Purpose {
        /// The key.
        key: KeyId,
        /// What would be needed.
        needed: Purpose,
    },
    /// The signature does not verify strictly.
    #[error("the signature by key {0} does not verify over these exact bytes; sign the payload again")]
    Invalid(KeyId),
    /// The key being enrolled did not sign.
    #[error("the key being enrolled, {0}, has not signed; add its own signature as proof of possession")]
    NoProofOfPossession(KeyId),
    /// Fewer keys than the party's threshold.
    #[error(
        "{signed} of the {threshold} keys that {actor} requires for key events have signed; collect the others' signatures on the same payload"
    )]
    Threshold {
        /// Who.
        actor: PartyId,
        /// How many signed.
        signed: usize,
        /// How many must.
        threshold: usize,
    },
    /// A key of the genesis record did not sign it.
    #[error("registrar key {0} is named in the founding record but has not signed it")]
    FounderMissing(KeyId),
}

impl SignatureRefusal {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        match self {
            SignatureRefusal::UnknownKey(_) => "key-unknown",
            SignatureRefusal::OtherParty { .. } => "key-of-another-party",
            SignatureRefusal::Revoked { .. } => "key-revoked",
            SignatureRefusal::Purpose { .. } => "key-purpose",
            SignatureRefusal::Invalid(_) => "signature-invalid",
            SignatureRefusal::NoProofOfPossession(_) => "key-possession-unproven",
            SignatureRefusal::Threshold { .. } => "key-threshold",
            SignatureRefusal::FounderMissing(_) => "founder-signature-missing",
        }
    }
}

/// A key act is not allowed here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// The members are not those of the type.
    #[error("data.{member}: {reason}")]
    Member {
        /// Path of the member within `data`.
        member: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A key is not acceptable.
    #[error("data.public_key: {0}")]
    Key(#[from] BadKey),
    /// The ledger is founded once, in record 0.
    #[error("the ledger is founded already; founding happens in record 0 only")]
    FoundedAlready,
    /// Nothing comes before the founding record.
    #[error("the first record of a ledger is ledger_founded in the registry stream")]
    NotFounded,
    /// Log keys are one of each kind, named as the origin.
    #[error("data.log_keys: a ledger has one Ed25519 and one ML-DSA-44 verifier key (vkey), both named {origin}")]
    LogKeys {
        /// The ledger's origin.
        origin: String,
    },
    /// The log's keys change as a whole, to new ones.
    #[error("data.log_keys: {0} is or was a key of this log already")]
    LogKeysKnown(String),
    /// A demonstration ledger's origin says so, and no other's does.
    #[error("data.demonstration: true stands in ledgers whose origin ends in -demo, and in all of those")]
    Demonstration,
    /// Somebody else's keys.
    #[error("data.party: {actor} can't manage keys of {party}")]
    NotYours {
        /// Who speaks.
        actor: PartyId,
        /// Whose keys.
        party: PartyId,
    },
    /// Purposes are a set.
    #[error("data.purposes: none, one twice, or not in their order")]
    Purposes,
    /// A key is enrolled once, ever.
    #[error("data.public_key: key {0} is known already; a key is enrolled once, ever")]
    KnownKey(KeyId),
    /// A log key can't speak as well.
    #[error("data.public_key: key {0} is a key of the log itself; a key has one role")]
    LogKey(KeyId),
    /// A party's first key manages its keys.
    #[error("data.purposes: the first key of {0} must have the purpose manage")]
    FirstManages(PartyId),
    /// No such live key.
    #[error("data.key: {party} has no live key {key}")]
    NoSuchKey {
        /// Whose.
        party: PartyId,
        /// Which.
        key: KeyId,
    },
    /// The registrar needs a key.
    #[error("data.key: this is the registrar's last key with purpose manage")]
    LastRegistrarKey,
    /// The threshold is out of range.
    #[error("data.threshold: {threshold} is not within 1 and {live}, the number of live manage keys (7 at most)")]
    Threshold {
        /// What was asked.
        threshold: u64,
        /// What there is.
        live: u64,
    },
    /// Only the registrar may.
    #[error("actor: only the registrar may {0}")]
    RegistrarOnly(&'static str),
}

impl KeyRefusal {
    /// What would be accepted: the way out.
    pub fn accepted(&self) -> String {
        match self {
            KeyRefusal::Member { .. } => "what the schema of the event type says of this member".into(),
            KeyRefusal::Key(_) => "the 32 bytes of a sound Ed25519 public key, as `sinetti key show` prints it".into(),
            KeyRefusal::FoundedAlready => "change the keys with log_keys_changed and key_enrolled".into(),
            KeyRefusal::NotFounded => "record ledger_founded first; `sinetti serve` does it on a new database".into(),
            KeyRefusal::LogKeys { .. } => "the two verifier keys that the server printed when it made them".into(),
            KeyRefusal::LogKeysKnown(_) => "make a new pair".into(),
            KeyRefusal::Demonstration => "true in a demonstration ledger, false in any other".into(),
            KeyRefusal::NotYours { .. } => "the party itself or the registrar does it".into(),
            KeyRefusal::Purposes => "name each purpose once, in the order manage, record, sign".into(),
            KeyRefusal::KnownKey(_) => "make a new key with `sinetti key new`, and enrol that one".into(),
            KeyRefusal::LogKey(_) => "make a key of the party's own with `sinetti key new`".into(),
            KeyRefusal::FirstManages(_) => "purposes that begin with manage".into(),
            KeyRefusal::NoSuchKey { .. } => "a key of the party that is enrolled and not revoked".into(),
            KeyRefusal::LastRegistrarKey => "enrol another key of the registrar with purpose manage first".into(),
            KeyRefusal::Threshold { live, .. } => format!("a number from 1 to {}", live.min(&7)),
            KeyRefusal::RegistrarOnly(_) => "ask the registrar to do it".into(),
        }
    }

    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        match self {
            KeyRefusal::Member { .. } => "data-malformed",
            KeyRefusal::Key(_) => "key-unacceptable",
            KeyRefusal::FoundedAlready => "ledger-founded-already",
            KeyRefusal::NotFounded => "ledger-not-founded",
            KeyRefusal::LogKeys { .. } => "log-keys",
            KeyRefusal::LogKeysKnown(_) => "log-keys-known",
            KeyRefusal::Demonstration => "demonstration-mismatch",
            KeyRefusal::NotYours { .. } => "actor-not-allowed",
            KeyRefusal::Purposes => "key-purposes",
            KeyRefusal::KnownKey(_) => "key-known",
            KeyRefusal::LogKey(_) => "key-is-log-key",
            KeyRefusal::FirstManages(_) => "first-key-must-manage",
            KeyRefusal::NoSuchKey { .. } => "key-not-live",
            KeyRefusal::LastRegistrarKey => "last-registrar-key",
            KeyRefusal::Threshold { .. } => "key-threshold-range",
            KeyRefusal::RegistrarOnly(_) => "actor-not-allowed",
        }
    }
}
