//! Sends steps to the ledger: drafts, signs, submits, and remembers which version each got.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti_events::format::payload::Seen;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};

use super::error::SeedError;
use super::step::{Genesis, Step, salts};
use super::{Keys, Kind};
use crate::author::{self, Heading, NOTHING_SEEN};
use crate::ledger::{Ledger, Submission, SubmitError, Submitted};

/// Writes to one ledger, after its record 0.
pub(super) struct Writer<'a> {
    ledger: &'a Ledger,
    keys: &'a Keys,
    genesis: Genesis,
}

impl<'a> Writer<'a> {
    /// Writes record 0, or finds it written.
    pub(super) async fn begin(ledger: &'a Ledger, keys: &'a Keys, kind: Kind) -> Result<Writer<'a>, SeedError> {
        let registry = StreamId::registry();
        let first = ledger.record(&registry, 1).await.map_err(|error| stopped("record 0", &error))?;
        let entry = match first {
            Some(entry) => entry,
            None => submit(ledger, "record 0", genesis(ledger, keys, kind)?).await?.receipt.entry,
        };
        let genesis = Genesis { leaf: entry.leaf, recorded_at: entry.record.recorded_at };
        Ok(Writer { ledger, keys, genesis })
    }

    /// What ids are made from.
    pub(super) fn genesis(&self) -> Genesis {
        self.genesis
    }

    /// The day of record 0 in Finland: when the registrar registered parties and opened agreements.
    pub(super) fn founding_date(&self) -> String {
        sinetti_projections::calendar::helsinki_date(self.genesis.recorded_at).to_string()
    }

    /// Writes steps of the registry, in their order; returns how many.
    pub(super) async fn registry(&self, steps: Vec<Step>) -> Result<u64, SeedError> {
        let registry = StreamId::registry();
        // An author need not have seen the newest record; record 0 is the same at a retry.
        let seen = author::seen(1, self.genesis.leaf);
        for step in &steps {
            let submission = self.submission(&registry, step, &BTreeMap::new(), seen.clone())?;
            submit(self.ledger, &step.step, submission).await?;
        }
        Ok(steps.len() as u64)
    }

    /// Writes the steps of an agreement, in their order; returns how many.
    pub(super) async fn agreement(&self, agreement: &StreamId, steps: Vec<Step>) -> Result<u64, SeedError> {
        let mut versions = BTreeMap::new();
        let mut seen = author::seen(0, self.genesis.leaf);
        for step in &steps {
            let submission = self.submission(agreement, step, &versions, seen)?;
            let entry = submit(self.ledger, &step.step, submission).await?.receipt.entry;
            versions.insert(step.step.clone(), entry.record.version);
            seen = author::seen(entry.record.version, entry.leaf);
        }
        Ok(steps.len() as u64)
    }

    fn submission(
        &self,
        stream: &StreamId,
        step: &Step,
        versions: &BTreeMap<String, u64>,
        seen: Seen,
    ) -> Result<Submission, SeedError> {
        let wrong = |reason: String| SeedError::Step { step: step.step.clone(), reason };
        let resolved = step.resolve(versions)?;
        let heading = Heading {
            ledger: self.ledger.origin().clone(),
            agreement: stream.clone(),
            actor: step.actor.clone(),
            event: self.genesis.event_id(stream.as_str(), &step.step),
            seen,
            kind: step.kind.parse().map_err(|reason: &str| wrong(reason.to_owned()))?,
            until: None,
        };
        let salts = salts(&self.keys.registrar.to_bytes(), heading.event);
        let signers = self.signers(step)?;
        let draft = author::draft(heading, resolved.data, resolved.personal, salts)
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Submission {
            agreement: stream.clone(),
            envelope: author::sign(draft.payload, &signers),
            disclosures: draft.disclosures,
            if_match: None,
        })
    }

    /// The actor's key, and the key that is being enrolled, as proof that its holder has it.
    fn signers(&self, step: &Step) -> Result<Vec<&SigningKey>, SeedError> {
        let mut signers = vec![self.key(step, &step.actor)?];
        if let ("key_enrolled", Some(party)) = (step.kind.as_str(), step.data.get("party").and_then(Value::as_str)) {
            let party = party.parse().map_err(|_| no_key(step, party))?;
            signers.push(self.key(step, &party)?);
        }
        Ok(signers)
    }

    fn key(&self, step: &Step, party: &PartyId) -> Result<&SigningKey, SeedError> {
        if party.is_registrar() {
            return Ok(&self.keys.registrar);
        }
        self.keys.parties.get(party).ok_or_else(|| no_key(step, party.as_str()))
    }
}

/// Record 0. Its id is random: two ledgers founded under one origin differ from the first byte on.
fn genesis(ledger: &Ledger, keys: &Keys, kind: Kind) -> Result<Submission, SeedError> {
    let wrong = |reason: String| SeedError::Step { step: "record 0".to_owned(), reason };
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|error| SeedError::Randomness(error.to_string()))?;
    let heading = Heading {
        ledger: ledger.origin().clone(),
        agreement: StreamId::registry(),
        actor: PartyId::registrar(),
        event: EventId::new(ledger.now().unix_ms().unsigned_abs(), &random),
        seen: NOTHING_SEEN,
        kind: "ledger_founded".parse().map_err(|reason: &str| wrong(reason.to_owned()))?,
        until: None,
    };
    let registrar = author::public_key(&keys.registrar).map_err(|error| wrong(error.to_string()))?;
    let mut data = json!({
        "log_keys": ledger.log_keys().vkeys(),
        "registrar_keys": [{ "public_key": registrar, "purposes": ["manage", "record", "sign"] }],
    });
    if kind != Kind::Real {
        data["demonstration"] = Value::Bool(true);
    }
    let draft = author::draft(heading, data, Vec::new(), || [0; 16]).map_err(|error| wrong(error.to_string()))?;
    Ok(Submission {
        agreement: StreamId::registry(),
        envelope: author::sign(draft.payload, &[&keys.registrar]),
        disclosures: Vec::new(),
        if_match: None,
    })
}

async fn submit(ledger: &Ledger, step: &str, submission: Submission) -> Result<Submitted, SeedError> {
    let agreement = submission.agreement.clone();
    ledger.submit(submission).await.map_err(|error| match error {
        SubmitError::Unavailable { .. } | SubmitError::ClockLeap { .. } => stopped(step, &error),
        // Nobody else writes before founding is done, so the product's own data is at fault.
        _ => SeedError::Step { step: format!("{agreement}/{step}"), reason: error.to_string() },
    })
}

fn stopped(step: &str, error: &dyn std::error::Error) -> SeedError {
    SeedError::Ledger { step: step.to_owned(), reason: error.to_string() }
}

fn no_key(step: &Step, party: &str) -> SeedError {
    SeedError::Step { step: step.step.clone(), reason: format!("there is no key of {party}") }
}
