//! Sends steps to the ledger, and remembers which version each got.

use std::collections::BTreeMap;

use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_projections::helsinki;

use super::error::SeedError;
use super::scribe::{self, Scribe, Written};
use super::step::{Genesis, Step};
use super::{Keys, Kind};
use crate::author;
use crate::ledger::{Ledger, Submission, SubmitError, Submitted};

/// Writes to one ledger, after its record 0.
pub(super) struct Writer<'a> {
    ledger: &'a Ledger,
    scribe: Scribe<'a>,
}

impl<'a> Writer<'a> {
    /// Writes record 0, or finds it written.
    pub(super) async fn begin(ledger: &'a Ledger, keys: &'a Keys, kind: Kind) -> Result<Writer<'a>, SeedError> {
        let registry = StreamId::registry();
        let first = ledger.record(&registry, 1).await.map_err(|error| stopped("record 0", &error))?;
        let entry = match first {
            Some(entry) => entry,
            None => {
                let written = genesis(ledger, keys, kind)?;
                submit(ledger, &registry, "record 0", written).await?.receipt.entry
            }
        };
        let genesis = Genesis { leaf: entry.leaf, recorded_at: entry.record.recorded_at };
        Ok(Writer { ledger, scribe: Scribe { origin: ledger.origin(), keys, genesis } })
    }

    /// Record 0.
    pub(super) fn genesis(&self) -> Genesis {
        self.scribe.genesis
    }

    /// The day of record 0 in Finland: when the registrar registered parties and opened agreements.
    pub(super) fn founding_date(&self) -> String {
        helsinki::date_of(self.scribe.genesis.recorded_at).to_string()
    }

    /// Writes steps of the registry, in their order; returns how many.
    pub(super) async fn registry(&self, steps: &[Step]) -> Result<u64, SeedError> {
        let registry = StreamId::registry();
        for step in steps {
            // An author need not have seen the newest record, and record 0 is the same at a retry.
            let seen = author::seen(1, self.scribe.genesis.leaf);
            let written = self.scribe.write(&registry, step, &BTreeMap::new(), seen)?;
            submit(self.ledger, &registry, &step.step, written).await?;
        }
        Ok(steps.len() as u64)
    }

    /// Writes the steps of an agreement, in their order; returns how many.
    pub(super) async fn agreement(&self, agreement: &StreamId, steps: &[Step]) -> Result<u64, SeedError> {
        let mut versions = BTreeMap::new();
        let mut seen = author::seen(0, self.scribe.genesis.leaf);
        for step in steps {
            let written = self.scribe.write(agreement, step, &versions, seen)?;
            let entry = submit(self.ledger, agreement, &step.step, written).await?.receipt.entry;
            versions.insert(step.step.clone(), entry.record.version);
            seen = author::seen(entry.record.version, entry.leaf);
        }
        Ok(steps.len() as u64)
    }
}

fn genesis(ledger: &Ledger, keys: &Keys, kind: Kind) -> Result<Written, SeedError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|error| SeedError::Randomness(error.to_string()))?;
    let event = EventId::new(ledger.now().unix_ms().unsigned_abs(), &random);
    scribe::genesis(ledger.origin(), event, &ledger.log_keys().vkeys(), &keys.registrar, kind)
}

async fn submit(ledger: &Ledger, stream: &StreamId, step: &str, written: Written) -> Result<Submitted, SeedError> {
    let Written { envelope, disclosures } = written;
    let submission = Submission { agreement: stream.clone(), envelope, disclosures, if_match: None };
    ledger.submit(submission).await.map_err(|error| match error {
        SubmitError::Unavailable { .. } | SubmitError::ClockLeap { .. } => stopped(step, &error),
        // Nobody else writes before founding is done, so the product's own data is at fault.
        _ => SeedError::Step { step: format!("{stream}/{step}"), reason: error.to_string() },
    })
}

fn stopped(step: &str, error: &dyn std::error::Error) -> SeedError {
    SeedError::Ledger { step: step.to_owned(), reason: error.to_string() }
}
