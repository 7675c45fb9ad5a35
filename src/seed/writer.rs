//! Sends steps to the ledger, and remembers which version each got.

use std::collections::BTreeMap;

use sinetti_events::format::payload::Seen;
use sinetti_events::format::record::Entry;
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
                let Written { envelope, disclosures } = genesis(ledger, keys, kind)?;
                let submission = Submission { agreement: registry.clone(), envelope, disclosures, if_match: None };
                recorded(&registry, "record 0", ledger.submit(submission).await)?
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

    /// Writes steps of the registry, all at once.
    /// Returns how many.
    pub(super) async fn registry(&self, steps: &[Step]) -> Result<u64, SeedError> {
        // An author need not have seen the newest record, and record 0 is the same at a retry.
        let seen = author::seen(1, self.scribe.genesis.leaf);
        self.together(&StreamId::registry(), steps, &BTreeMap::new(), &seen).await?;
        Ok(steps.len() as u64)
    }

    /// Writes the steps of an agreement in their order, those of one day and type at once.
    /// Returns how many.
    pub(super) async fn agreement(&self, agreement: &StreamId, steps: Vec<Step>) -> Result<u64, SeedError> {
        let mut versions = BTreeMap::new();
        let mut seen = author::seen(0, self.scribe.genesis.leaf);
        let alike = |left: &Step, right: &Step| left.kind == right.kind && left.occurred_on() == right.occurred_on();
        for day in steps.chunk_by(alike) {
            let entries = self.together(agreement, day, &versions, &seen).await?;
            for (step, entry) in day.iter().zip(&entries) {
                versions.insert(step.step.clone(), entry.record.version);
            }
            if let Some(newest) = entries.iter().max_by_key(|entry| entry.record.version) {
                seen = author::seen(newest.record.version, newest.leaf);
            }
        }
        Ok(steps.len() as u64)
    }

    /// Writes steps that don't look at each other together, so that they share a commit and a
    /// checkpoint. Returns their records in the order of the steps.
    async fn together(
        &self,
        stream: &StreamId,
        steps: &[Step],
        versions: &BTreeMap<String, u64>,
        seen: &Seen,
    ) -> Result<Vec<Entry>, SeedError> {
        let mut submissions = Vec::new();
        for step in steps {
            let Written { envelope, disclosures } = self.scribe.write(stream, step, versions, seen.clone())?;
            submissions.push(Submission { agreement: stream.clone(), envelope, disclosures, if_match: None });
        }
        let answers = self.ledger.submit_in_order(submissions).await;
        steps.iter().zip(answers).map(|(step, answer)| recorded(stream, &step.step, answer)).collect()
    }
}

fn genesis(ledger: &Ledger, keys: &Keys, kind: Kind) -> Result<Written, SeedError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|error| SeedError::Randomness(error.to_string()))?;
    let event = EventId::new(ledger.now().unix_ms().unsigned_abs(), &random);
    let log_keys: Vec<String> = ledger.log_keys().iter().map(ToString::to_string).collect();
    scribe::genesis(ledger.origin(), event, &log_keys, &keys.registrar, kind)
}

fn recorded(stream: &StreamId, step: &str, answer: Result<Submitted, SubmitError>) -> Result<Entry, SeedError> {
    answer.map(|submitted| submitted.receipt.entry).map_err(|error| match error {
        SubmitError::Unavailable { .. } | SubmitError::ClockLeap { .. } => stopped(step, &error),
        // Nobody else writes before founding is done, so the product's own data is at fault.
        _ => SeedError::Step { step: format!("{stream}/{step}"), reason: error.to_string() },
    })
}

fn stopped(step: &str, error: &dyn std::error::Error) -> SeedError {
    SeedError::Ledger { step: step.to_owned(), reason: error.to_string() }
}
