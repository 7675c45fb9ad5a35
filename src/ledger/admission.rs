//! What can be checked of a submission before it takes its turn: form, and signatures by the
//! keyring as it is known.

use std::sync::Arc;

use sinetti_events::format::disclosure::{self, Disclosure};
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::Payload;
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::keys::refusal::SignatureRefusal;
use sinetti_events::primitives::ids::{Origin, StreamId};
use sinetti_projections::refusal::Refusal;
use sinetti_projections::registry::Registry;

use super::answers::Submission;
use super::errors::SubmitError;

/// A well-formed submission.
pub(crate) struct Admitted {
    /// As sent.
    pub(crate) submission: Submission,
    /// Its payload.
    pub(crate) payload: Payload,
    /// What the keyring said, and at which version of the registry.
    pub(crate) authentic: Result<Vec<KeyId>, SignatureRefusal>,
    pub(crate) registry_version: u64,
}

/// Parses and verifies; CPU-bound, for a blocking pool.
///
/// # Errors
///
/// The submission is malformed, or meant for elsewhere.
pub(crate) fn admit(
    submission: Submission,
    origin: &Origin,
    registry: &Arc<Registry>,
) -> Result<Admitted, SubmitError> {
    let Submission { agreement, envelope, disclosures, .. } = &submission;
    envelope.check().map_err(|bad| SubmitError::malformed(bad.slug(), ".", bad))?;
    let payload = admit_payload(agreement, &envelope.payload, disclosures, origin)?;
    let authentic = authenticate(&payload, envelope, registry);
    Ok(Admitted { payload, authentic, registry_version: registry.version, submission })
}

/// What can be checked of a payload whatever its signatures: its form, where it belongs, and what is disclosed of it.
///
/// # Errors
///
/// It is malformed, or meant for elsewhere.
pub(crate) fn admit_payload(
    agreement: &StreamId,
    bytes: &[u8],
    disclosures: &[Disclosure],
    origin: &Origin,
) -> Result<Payload, SubmitError> {
    let payload = Payload::parse(bytes).map_err(|bad| SubmitError::malformed(bad.slug(), ".", bad))?;
    if payload.ledger != *origin {
        let reason = format!("the event was signed for the ledger {}", payload.ledger);
        return Err(Refusal::new("ledger-mismatch", "ledger", reason, format!("this is {origin}")).into());
    }
    if payload.agreement != *agreement {
        let reason = format!("the event is of the stream {}, but was sent to {agreement}", payload.agreement);
        let accepted = format!("send it to {}", payload.agreement);
        return Err(Refusal::new("agreement-mismatch", "agreement", reason, accepted).into());
    }
    let data = serde_json::from_str(payload.data.get()).unwrap_or_default();
    disclosure::check_all(disclosures, payload.event, &data)
        .map_err(|bad| SubmitError::malformed(bad.slug(), "disclosures", bad))?;
    Ok(payload)
}

impl Admitted {
    /// Verifies again, if keys may have changed since.
    ///
    /// # Errors
    ///
    /// The signatures don't speak for the actor.
    pub(crate) fn signers(&mut self, registry: &Registry) -> Result<Vec<KeyId>, SubmitError> {
        if registry.version != self.registry_version {
            self.authentic = authenticate(&self.payload, &self.submission.envelope, registry);
            self.registry_version = registry.version;
        }
        self.authentic
            .clone()
            .map_err(|refusal| SubmitError::Signature { slug: refusal.slug(), reason: refusal.to_string() })
    }
}

fn authenticate(payload: &Payload, envelope: &Envelope, registry: &Registry) -> Result<Vec<KeyId>, SignatureRefusal> {
    registry.keyring.authenticate(payload, envelope)
}
