//! One event with its act parsed: what `decide` judges and `evolve` takes in.

use sinetti_events::format::payload::{BadPayload, Payload};
use sinetti_events::format::record::Entry;
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::time::Instant;

use crate::acts::{Act, Common};

/// An event in its place, or at the place that it would get.
#[derive(Debug, Clone)]
pub struct Event {
    /// Zero-based place in the ledger.
    pub index: u64,
    /// One-based place in its stream.
    pub version: u64,
    /// Leaf hash of its record; 32 zero bytes while it has none.
    pub leaf: Hash,
    /// When the ledger recorded it.
    pub recorded_at: Instant,
    /// The keys that speak for its actor.
    pub signers: Vec<KeyId>,
    /// What was signed.
    pub payload: Payload,
    /// The members that any act may have.
    pub common: Common,
    /// The members of its type.
    pub act: Act,
}

/// The payload is no event that this program knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEvent {
    /// The payload itself.
    #[error(transparent)]
    Payload(#[from] BadPayload),
    /// A type that this program does not know: unverifiable, not tampered.
    #[error("type: {0:?} is no event type that this program knows; see the list of schemas, or use a newer program")]
    UnknownType(String),
    /// A member is missing, unknown or wrong.
    #[error("{member}: {reason}")]
    Member {
        /// Its path, such as `data.organ.kind`.
        member: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl BadEvent {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        match self {
            BadEvent::Payload(bad) => bad.slug(),
            BadEvent::UnknownType(_) => "event-type-unknown",
            BadEvent::Member { .. } => "data-malformed",
        }
    }

    /// The member that is wrong, `.` for the payload as a whole.
    pub fn member(&self) -> &str {
        match self {
            BadEvent::Payload(BadPayload::Member { member, .. }) | BadEvent::Member { member, .. } => member,
            BadEvent::Payload(_) => ".",
            BadEvent::UnknownType(_) => "type",
        }
    }
}

impl Event {
    /// The event of a record. `signers` are those that the keyring found at its place.
    ///
    /// # Errors
    ///
    /// The payload is not canonical, or of no known type, or its members are not of that type.
    pub fn of(entry: &Entry, signers: Vec<KeyId>) -> Result<Event, BadEvent> {
        let record = &entry.record;
        let payload = Payload::parse(&record.envelope.payload)?;
        let event = Event::proposed(payload, signers, record.index, record.version, record.recorded_at)?;
        Ok(Event { leaf: entry.leaf, ..event })
    }

    /// An event that has no record yet, at the place that it would get.
    ///
    /// # Errors
    ///
    /// It is of no known type, or its members are not of that type.
    pub fn proposed(
        payload: Payload,
        signers: Vec<KeyId>,
        index: u64,
        version: u64,
        recorded_at: Instant,
    ) -> Result<Event, BadEvent> {
        let (common, act) = Act::parse(&payload.kind, &payload.data)?;
        Ok(Event { index, version, leaf: Hash::ZERO, recorded_at, signers, payload, common, act })
    }
}
