//! A demonstration ledger in a temporary directory, to be filled and thrown away.

use std::path::PathBuf;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use serde_json::json;
use sinetti_events::format::record::Entry;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::ids::{BadId, EventId, Origin, PartyId, StreamId};
use sinetti_events::primitives::time::{BadTime, Date};

use crate::author::{self, DraftError, Heading};
use crate::keyfile::{self, KeyFileError};
use crate::ledger::{Ledger, OpenError, Options, ReadError, Submission, SubmitError, View};
use crate::seed::{self, Founding, Kind, SeedError};

/// The benchmark could not be run.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The temporary directory.
    #[error("the temporary directory can't be used ({0}); set TMPDIR to one that can")]
    Directory(#[from] std::io::Error),
    /// The scratch ledger.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Its founding.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// Reading it.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Writing it.
    #[error(transparent)]
    Submit(#[from] Box<SubmitError>),
    /// Its keys.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// Its events.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The program's own names.
    #[error(transparent)]
    Id(#[from] BadId),
    /// The program's own dates.
    #[error(transparent)]
    Time(#[from] BadTime),
    /// A name of a type that is none.
    #[error("{0}")]
    Kind(&'static str),
    /// The system gives no randomness.
    #[error("the system gives no randomness: {0}")]
    Chance(#[from] getrandom::Error),
    /// A task was lost.
    #[error("a task of the benchmark ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// What was written does not verify.
    #[error("the ledger that the benchmark wrote does not verify; run `sinetti verify` on your own and report this")]
    NotValid,
}

/// A ledger to be thrown away.
pub struct Scratch {
    /// Its origin.
    pub origin: Origin,
    /// A date on which everything has happened.
    pub today: Date,
    dir: PathBuf,
    ledger: Ledger,
    key: SigningKey,
    stream: StreamId,
    actor: PartyId,
    written: u64,
}

impl Scratch {
    /// Founds a demonstration ledger without acts.
    pub async fn found() -> Result<Scratch, BenchError> {
        let origin: Origin = "localhost/sinetti-bench-demo".parse()?;
        let mut name = [0; 8];
        getrandom::fill(&mut name)?;
        let dir = std::env::temp_dir().join(format!("sinetti-bench-{}", hex::encode(name)));
        std::fs::create_dir(&dir)?;
        let ledger = Ledger::open(Options::new(&dir, origin.clone())).await?;
        let founding = Founding { dir: &dir, kind: Kind::DemoEmpty, passphrase_file: None, terminal: false };
        seed::ensure(&ledger, founding, &mut |_| {}).await?;
        let actor: PartyId = "tampere".parse()?;
        let key = keyfile::read(&seed::demo_key(&dir, &actor), None)?;
        let stream = "pirkanmaa-puitesopimus-2023".parse()?;
        Ok(Scratch { origin, today: "2025-12-31".parse()?, dir, ledger, key, stream, actor, written: 0 })
    }

    /// The agreement as it stands.
    pub async fn view(&self) -> Result<View, BenchError> {
        let view = self.ledger.view(&self.stream, None).await?;
        view.ok_or(BenchError::NotValid)
    }

    /// The agreement's newest record with its proof.
    pub async fn newest_proof(&self) -> Result<(Entry, String), BenchError> {
        let version = self.view().await?.as_of.version;
        let entry = self.ledger.record(&self.stream, version).await?;
        let proof = self.ledger.proof(&self.stream, version).await?;
        entry.zip(proof).ok_or(BenchError::NotValid)
    }

    /// The log's keys.
    pub fn log_keys(&self) -> Vec<VerifierKey> {
        self.ledger.log_keys()
    }

    /// Stops the ledger and starts it again: how long the start takes, in which all that is stored is checked.
    pub async fn reopen(&mut self) -> Result<Duration, BenchError> {
        self.ledger.close().await;
        // Its directory is free when the last handle on it is gone.
        self.ledger = Ledger::read(&format!("sqlite:{}", self.dir.join("sinetti.db").display())).await?;
        self.ledger.close().await;
        let start = super::started();
        self.ledger = Ledger::open(Options::new(&self.dir, self.origin.clone())).await?;
        if self.ledger.health().writable { Ok(start.elapsed()) } else { Err(BenchError::NotValid) }
    }

    /// Appends `events` decisions that note a report, `in_flight` at a time, all signed before.
    pub async fn append(&mut self, events: u64, in_flight: usize) -> Result<Duration, BenchError> {
        let mut submissions = Vec::new();
        for _ in 0..events {
            submissions.push(self.submission().await?);
        }
        let start = super::started();
        let mut tasks: tokio::task::JoinSet<Result<(), SubmitError>> = tokio::task::JoinSet::new();
        for submission in submissions {
            if tasks.len() >= in_flight
                && let Some(done) = tasks.join_next().await
            {
                done?.map_err(Box::new)?;
            }
            let ledger = self.ledger.clone();
            tasks.spawn(async move { ledger.submit(submission).await.map(drop) });
        }
        while let Some(done) = tasks.join_next().await {
            done?.map_err(Box::new)?;
        }
        Ok(start.elapsed())
    }

    /// All records, in order.
    pub async fn records(&self) -> Result<Vec<Entry>, BenchError> {
        let mut records = Vec::new();
        for head in self.ledger.streams().await? {
            let mut after = 0;
            while after < head.version {
                let page = self.ledger.records(&head.agreement, after, 500).await?;
                after = page.last().map_or(head.version, |entry| entry.record.version);
                records.extend(page);
            }
        }
        records.sort_by_key(|entry| entry.record.index);
        Ok(records)
    }

    /// Removes it; what can't be removed is left to the system's own cleaning.
    pub async fn remove(self) {
        self.ledger.close().await;
        drop(self.ledger);
        let _ = std::fs::remove_dir_all(self.dir);
    }

    async fn submission(&mut self) -> Result<Submission, BenchError> {
        let as_of = self.view().await?.as_of;
        let mut random = [0; 10];
        getrandom::fill(&mut random)?;
        self.written += 1;
        let data = json!({
            "competent": {"basis": "hallintosääntö 24 §"},
            "effect": "note",
            "finality": "not_appealable",
            "heading": "Seurantaraportti",
            "invented": true,
            "minutes": "confirmed",
            "occurred_on": "2025-01-13",
            "organ": {"kind": "board", "name": "kaupunginhallitus"},
            "resolution": "adopted",
            "section": self.written.to_string(),
        });
        let heading = Heading {
            ledger: self.origin.clone(),
            agreement: self.stream.clone(),
            actor: self.actor.clone(),
            event: EventId::new(self.ledger.now().unix_ms().unsigned_abs(), &random),
            seen: author::seen(as_of.version, as_of.leaf),
            kind: "decision_recorded".parse().map_err(BenchError::Kind)?,
            until: None,
        };
        let draft = author::draft(heading, data, Vec::new(), || [0; 16])?;
        Ok(Submission {
            agreement: self.stream.clone(),
            envelope: author::sign(draft.payload, &[&self.key]),
            disclosures: Vec::new(),
            if_match: None,
        })
    }
}
