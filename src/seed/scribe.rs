//! From a step to a signed envelope: pure, so that a rehearsal in memory writes the same bytes.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::Seen;
use sinetti_events::primitives::ids::{EventId, Origin, PartyId, StreamId};

use super::error::SeedError;
use super::step::{Genesis, Step, salts};
use super::{Keys, Kind};
use crate::author::{self, Heading, NOTHING_SEEN};

/// Writes envelopes for one ledger.
pub(super) struct Scribe<'a> {
    /// The ledger's origin.
    pub origin: &'a Origin,
    /// The private keys.
    pub keys: &'a Keys,
    /// Record 0.
    pub genesis: Genesis,
}

/// A signed event, and what is sent beside it.
pub(super) struct Written {
    /// The envelope.
    pub envelope: Envelope,
    /// The personal data that it commits to.
    pub disclosures: Vec<Disclosure>,
}

/// Record 0. `event` is random: two ledgers founded under one origin differ from the first byte on.
///
/// # Errors
///
/// The registrar's key or the log's can't be named.
pub(super) fn genesis(
    origin: &Origin,
    event: EventId,
    log_keys: &[String],
    registrar: &SigningKey,
    kind: Kind,
) -> Result<Written, SeedError> {
    let public_key = author::public_key(registrar).map_err(|error| wrong("record 0", &error))?;
    let mut data = json!({
        "log_keys": log_keys,
        "registrar_keys": [{ "public_key": public_key, "purposes": ["manage", "record"] }],
    });
    if kind != Kind::Real {
        data["demonstration"] = Value::Bool(true);
    }
    let heading = Heading {
        ledger: origin.clone(),
        agreement: StreamId::registry(),
        actor: PartyId::registrar(),
        event,
        seen: NOTHING_SEEN,
        kind: "ledger_founded".parse().map_err(|reason: &str| wrong("record 0", &reason))?,
        until: None,
    };
    let draft = author::draft(heading, data, Vec::new(), || [0; 16]).map_err(|error| wrong("record 0", &error))?;
    Ok(Written { envelope: author::sign(draft.payload, &[registrar]), disclosures: Vec::new() })
}

impl Scribe<'_> {
    /// The event of `step` in `stream`: the same bytes each time for the same `seen`.
    ///
    /// # Errors
    ///
    /// The step refers to what isn't there, or holds what no event can.
    pub(super) fn write(
        &self,
        stream: &StreamId,
        step: &Step,
        versions: &BTreeMap<String, u64>,
        seen: Seen,
    ) -> Result<Written, SeedError> {
        let resolved = step.resolve(versions)?;
        let heading = Heading {
            ledger: self.origin.clone(),
            agreement: stream.clone(),
            actor: step.actor.clone(),
            event: self.genesis.event_id(stream.as_str(), &step.step),
            seen,
            kind: step.kind.parse().map_err(|reason: &str| wrong(&step.step, &reason))?,
            until: None,
        };
        let salts = salts(&self.keys.registrar.to_bytes(), heading.event);
        let draft = author::draft(heading, resolved.data, resolved.personal, salts)
            .map_err(|error| wrong(&step.step, &error))?;
        let envelope = author::sign(draft.payload, &self.signers(step)?);
        Ok(Written { envelope, disclosures: draft.disclosures })
    }

    /// The actor's key, and the key that is being enrolled, as proof that its holder has it.
    fn signers(&self, step: &Step) -> Result<Vec<&SigningKey>, SeedError> {
        let mut signers = vec![self.key(step, step.actor.as_str())?];
        if let ("key_enrolled", Some(party)) = (step.kind.as_str(), step.data.get("party").and_then(Value::as_str)) {
            signers.push(self.key(step, party)?);
        }
        Ok(signers)
    }

    fn key(&self, step: &Step, party: &str) -> Result<&SigningKey, SeedError> {
        if party == PartyId::REGISTRAR {
            return Ok(&self.keys.registrar);
        }
        let key = self.keys.parties.iter().find(|(id, _)| id.as_str() == party);
        key.map(|(_, key)| key).ok_or_else(|| wrong(&step.step, &format!("there is no key of {party}")))
    }
}

fn wrong(step: &str, reason: &dyn std::fmt::Display) -> SeedError {
    SeedError::Step { step: step.to_owned(), reason: reason.to_string() }
}
