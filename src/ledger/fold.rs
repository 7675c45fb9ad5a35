//! From records to states.

use std::collections::HashMap;
use std::sync::Arc;

use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::record::Entry;
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::acts::Act;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::event::{BadEvent, Event};
use sinetti_projections::registry::Registry;

use crate::store::rows::StateRow;

/// The state of every stream. Cloning is cheap; what is shared is copied when it changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct States {
    registry: Arc<Registry>,
    agreements: HashMap<StreamId, Arc<Agreement>>,
}

/// The event of a record, with the keys that counted when it was authenticated.
///
/// # Errors
///
/// Its payload is none that this program knows.
pub(crate) fn event_of(entry: &Entry) -> Result<Event, BadEvent> {
    let mut event = Event::of(entry, Vec::new())?;
    event.signers = counted(&event.act, &entry.record.envelope);
    Ok(event)
}

impl States {
    /// From cache rows, if each is whole.
    pub(crate) fn of_cache(rows: &[StateRow]) -> Option<States> {
        let mut states = States::default();
        for row in rows {
            let stream: StreamId = row.agreement.parse().ok().filter(|_| row.is_whole())?;
            if stream.is_registry() {
                states.registry = Arc::new(serde_json::from_str(&row.state).ok()?);
            } else {
                states.agreements.insert(stream, Arc::new(serde_json::from_str(&row.state).ok()?));
            }
        }
        Some(states)
    }

    /// Takes in the next event of its stream.
    pub(crate) fn evolve(&mut self, event: &Event) {
        let stream = &event.payload.agreement;
        if stream.is_registry() {
            Arc::make_mut(&mut self.registry).evolve(event);
        } else {
            let agreement = self.agreements.entry(stream.clone()).or_default();
            Arc::make_mut(agreement).evolve(event);
        }
    }

    /// The registry's.
    pub(crate) fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// An agreement's; the empty state before its first record.
    pub(crate) fn agreement(&self, stream: &StreamId) -> Arc<Agreement> {
        self.agreements.get(stream).cloned().unwrap_or_default()
    }

    /// Takes over one stream's state from `other`.
    pub(crate) fn take(&mut self, stream: &StreamId, other: &States) {
        if stream.is_registry() {
            self.registry = other.registry.clone();
        } else if let Some(agreement) = other.agreements.get(stream) {
            self.agreements.insert(stream.clone(), agreement.clone());
        }
    }

    /// The cache row of one stream.
    pub(crate) fn row(&self, stream: &StreamId) -> StateRow {
        let registry = self.registry.version;
        if stream.is_registry() {
            return StateRow::new(stream, registry, registry, json(&*self.registry));
        }
        let agreement = self.agreement(stream);
        StateRow::new(stream, agreement.version, registry, json(&*agreement))
    }
}

/// What `Keyring::authenticate` returned for it: all signers, but a key being enrolled proves its
/// possession only, and founders count in the order in which they are named.
fn counted(act: &Act, envelope: &Envelope) -> Vec<KeyId> {
    let signers = envelope.signatures.iter().map(|signature| signature.keyid);
    match act {
        Act::KeyEnrolled(enrolled) => {
            let possession = enrolled.public_key.id();
            signers.filter(|signer| *signer != possession).collect()
        }
        Act::LedgerFounded(founded) => founded.registrar_keys.iter().map(|key| key.public_key.id()).collect(),
        _ => signers.collect(),
    }
}

/// States hold nothing that JSON can't; the empty text would not pass for a state.
fn json(state: &impl serde::Serialize) -> String {
    serde_json::to_string(state).unwrap_or_default()
}
