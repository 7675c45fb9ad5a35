//! What would become of an event if it were recorded now: the same checks and rules, upon the published
//! state, without signatures and without a record. Nothing is kept.

use std::sync::Arc;

use sinetti_events::chain::check_seen;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::payload::Payload;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_projections::acts::Act;
use sinetti_projections::acts::personal_data_erased::check_owner;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::decide::decide;
use sinetti_projections::event::Event;
use sinetti_projections::refusal::Refusal;
use sinetti_projections::registry::Registry;

use super::Ledger;
use super::admission::admit_payload;
use super::errors::{PreviewError, ReadError, SubmitError};
use super::fold::States;
use super::read::check_damage;

/// The states of an agreement and the registry, before and after an event that is not recorded.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The event as it was understood.
    pub payload: Payload,
    /// The version that its record would get; the one that it has, when it is recorded already.
    pub version: u64,
    /// Whether this very act is recorded already.
    pub recorded: bool,
    /// Without it.
    pub before: Sides,
    /// With it; the same as before when it is recorded already.
    pub after: Sides,
}

/// One state of both.
#[derive(Debug, Clone)]
pub struct Sides {
    /// Fold of the stream; empty for the registry's own.
    pub agreement: Arc<Agreement>,
    /// Fold of the registry.
    pub registry: Arc<Registry>,
}

impl Ledger {
    /// What would become of the unsigned `payload` if it were submitted to `agreement` now.
    ///
    /// # Errors
    ///
    /// What [`Ledger::submit`] would answer, but for the signatures, which nobody has made yet.
    pub async fn preview(
        &self,
        agreement: &StreamId,
        payload: &[u8],
        disclosures: &[Disclosure],
    ) -> Result<Preview, PreviewError> {
        let bytes = payload;
        let payload = admit_payload(agreement, bytes, disclosures, &self.0.origin)?;
        let (before, place) = self.shared().read(|published| {
            check_damage(published, agreement)?;
            check_damage(published, &StreamId::registry())?;
            let newest = published.tip(agreement).map_or(0, |tip| tip.head.version);
            let place = Place { index: published.size, version: newest + 1, now: self.now() };
            Ok::<_, ReadError>((published.states.clone(), place))
        })?;
        if let Some(entry) = self.recorded(&payload.event).await? {
            if entry.record.envelope.payload != bytes {
                return Err(SubmitError::reused(&payload.event, entry.record.index).into());
            }
            let sides = Sides::of(&before, agreement);
            let version = entry.record.version;
            return Ok(Preview { payload, version, recorded: true, before: sides.clone(), after: sides });
        }
        if let Some(until) = payload.until.filter(|until| *until < place.now) {
            return Err(SubmitError::expired(until, place.now).into());
        }
        self.check_seen(&payload, place.version - 1).await?;
        self.check_owner(&payload).await?;
        let fold = move || after(payload, before, place);
        Ok(tokio::task::spawn_blocking(fold).await.map_err(SubmitError::unavailable)??)
    }

    async fn check_seen(&self, payload: &Payload, newest: u64) -> Result<(), PreviewError> {
        let first = self.leaf(&StreamId::registry(), 1).await?;
        let seen = self.leaf(&payload.agreement, payload.seen.version).await?;
        Ok(check_seen(payload, newest, first, |_| seen).map_err(Refusal::from).map_err(SubmitError::from)?)
    }

    async fn leaf(&self, stream: &StreamId, version: u64) -> Result<Option<Hash>, ReadError> {
        Ok(self.record(stream, version).await?.map(|entry| entry.leaf))
    }

    /// Only who said a thing erases what it disclosed.
    async fn check_owner(&self, payload: &Payload) -> Result<(), PreviewError> {
        let Ok((_, Act::PersonalDataErased(erased))) = Act::parse(&payload.kind, &payload.data) else { return Ok(()) };
        let entry = self.recorded(&erased.event).await?;
        let owner: Option<PartyId> =
            entry.and_then(|entry| Payload::parse(&entry.record.envelope.payload).ok()).map(|payload| payload.actor);
        Ok(check_owner(&payload.actor, owner.as_ref()).map_err(SubmitError::from)?)
    }
}

impl Sides {
    fn of(states: &States, stream: &StreamId) -> Sides {
        Sides { agreement: states.agreement(stream), registry: states.registry().clone() }
    }
}

/// Where a record of it would stand.
#[derive(Debug, Clone, Copy)]
struct Place {
    index: u64,
    version: u64,
    now: Instant,
}

/// Decides and folds, on the pool of blocking threads.
fn after(payload: Payload, mut states: States, place: Place) -> Result<Preview, SubmitError> {
    let stream = payload.agreement.clone();
    let before = Sides::of(&states, &stream);
    let event = Event::proposed(payload, Vec::new(), place.index, place.version, place.now)?;
    decide(&before.registry, &before.agreement, &event)?;
    states.evolve(&event);
    let after = Sides::of(&states, &stream);
    Ok(Preview { payload: event.payload, version: place.version, recorded: false, before, after })
}
