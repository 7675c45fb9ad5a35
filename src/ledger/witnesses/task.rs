//! The rounds: each newly published checkpoint is shown to all witnesses at once, so that their
//! cosignatures come together on one checkpoint; whoever fails is asked again later.

use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use super::ask::{Outcome, Subject, ask};
use super::consult::{recorded_at, shown};
use super::{Standing, WitnessAddress, Witnessing};
use crate::ledger::sequencer::Job;
use crate::ledger::{Inner, Ledger};
use crate::store::rows::{CheckpointRow, CosignatureRow};
use crate::witness::client::WitnessClient;

/// Begins to ask, until the ledger is closed.
pub(crate) fn start(ledger: &Ledger, witnessing: Witnessing, dir: PathBuf) -> JoinHandle<()> {
    let rounds = Rounds {
        ledger: Arc::downgrade(&ledger.0),
        desks: witnessing.witnesses.iter().map(|witness| Desk::new(witness, witnessing.patience)).collect(),
        witnessing,
        dir,
    };
    let published = ledger.watch();
    tokio::spawn(rounds.run(published))
}

struct Rounds {
    /// The ledger ends although this task holds on to it.
    ledger: Weak<Inner>,
    desks: Vec<Desk>,
    witnessing: Witnessing,
    dir: PathBuf,
}

/// What is known of one witness between rounds.
struct Desk {
    witness: WitnessAddress,
    client: Option<WitnessClient>,
    failures: u32,
    /// Not to be asked before.
    rests_until: Instant,
    /// Size of the checkpoint that it cosigned last.
    cosigned: Option<u64>,
}

impl Rounds {
    async fn run(mut self, mut published: tokio::sync::watch::Receiver<u64>) {
        loop {
            let size = *published.borrow_and_update();
            let Some(ledger) = self.ledger.upgrade().map(Ledger) else { return };
            if ledger.queue().is_none_or(|queue| queue.is_closed()) {
                // Nothing is published any more, and nothing could be kept.
                return;
            }
            self.remember(&ledger).await;
            self.round(&ledger, size).await;
            drop(ledger);
            let next = self.desks.iter().map(|desk| desk.rests_until).min().unwrap_or_else(Instant::now);
            tokio::select! {
                changed = published.changed() => if changed.is_err() { return },
                () = tokio::time::sleep_until(next) => {}
            }
        }
    }

    /// Before a witness has answered, what the database knows of it.
    async fn remember(&self, ledger: &Ledger) {
        for (at, desk) in self.desks.iter().enumerate().filter(|(_, desk)| desk.is_new()) {
            for key in &desk.witness.keys {
                let Ok(Some(row)) = ledger.store().last_cosigned(&key.to_string()).await else { continue };
                ledger.0.board.write(at, |report| report.newest = report.newest.max(Some((row.size, row.time))));
            }
        }
    }

    /// Asks all whose turn it is, and keeps each answer as it comes.
    async fn round(&mut self, ledger: &Ledger, size: u64) {
        let now = Instant::now();
        let due: Vec<usize> = (0..self.desks.len()).filter(|at| self.desks[*at].is_due(size, now)).collect();
        let Some(subject) = subject(ledger, size).await.filter(|_| !due.is_empty()) else {
            // Nothing to be shown yet: what is published next wakes this task.
            for desk in &mut self.desks {
                desk.rests_until = desk.rests_until.max(now + self.witnessing.retry);
            }
            return;
        };
        let mut asked = JoinSet::new();
        for at in due {
            let desk = &self.desks[at];
            let (witness, client, subject) = (desk.witness.clone(), desk.client.clone(), subject.clone());
            asked.spawn(async move {
                match client {
                    Some(client) => (at, ask(&witness, &client, &subject).await),
                    None => (at, Outcome::Refused("it has no usable address".to_owned())),
                }
            });
        }
        while let Some(answered) = asked.join_next().await {
            if let Ok((at, outcome)) = answered {
                self.settle(ledger, at, outcome, &subject.row).await;
            }
        }
    }

    async fn settle(&mut self, ledger: &Ledger, at: usize, outcome: Outcome, row: &CheckpointRow) {
        let name = self.desks[at].witness.name().to_owned();
        let (standing, reason) = match outcome {
            Outcome::Cosigned(rows, missing) => {
                let newest = rows.iter().map(|row| row.time).max().map(|time| (row.size, time));
                if !keep(ledger, rows, row).await {
                    self.desks[at].rest(None, &self.witnessing);
                    return;
                }
                ledger.0.board.write(at, |report| report.newest = newest);
                (Standing::Cosigned, missing)
            }
            Outcome::Unreachable(reason) => (Standing::Unreachable, Some(reason)),
            Outcome::Refused(reason) => (Standing::Refuses, Some(reason)),
            Outcome::Claims(claim) => (Standing::Contradicts, Some(claim)),
            Outcome::Shows { note, size, forked } => {
                let reason = shown(&name, &note, size, forked, row.size, &self.dir);
                if let Some(queue) = ledger.queue() {
                    // A queue that has ended takes no events either.
                    let _ = queue.send(Job::Halt(reason.clone())).await;
                }
                (Standing::Contradicts, Some(reason))
            }
        };
        let done = standing == Standing::Cosigned;
        self.desks[at].rest(done.then_some(row.size), &self.witnessing);
        ledger.0.board.write(at, |report| {
            if report.standing != standing && !done {
                tracing::warn!(
                    "the witness {name} has not cosigned the checkpoint of {} records: {}",
                    row.size,
                    reason.as_deref().unwrap_or_default()
                );
            }
            report.standing = standing;
            report.reason = reason;
        });
    }
}

impl Desk {
    fn new(witness: &WitnessAddress, patience: Duration) -> Desk {
        let client = WitnessClient::new(&witness.url, patience).ok();
        Desk { witness: witness.clone(), client, failures: 0, rests_until: Instant::now(), cosigned: None }
    }

    fn is_new(&self) -> bool {
        self.failures == 0 && self.cosigned.is_none()
    }

    /// A newer checkpoint is shown at once to whoever answered last time.
    fn is_due(&self, size: u64, now: Instant) -> bool {
        self.rests_until <= now || (self.failures == 0 && self.cosigned != Some(size))
    }

    fn rest(&mut self, cosigned: Option<u64>, witnessing: &Witnessing) {
        let rest = if cosigned.is_some() {
            self.cosigned = cosigned;
            self.failures = 0;
            witnessing.refresh
        } else {
            self.failures = self.failures.saturating_add(1);
            let doubled = witnessing.retry.saturating_mul(1 << (self.failures - 1).min(16));
            doubled.min(witnessing.longest)
        };
        self.rests_until = Instant::now() + rest;
    }
}

/// The newest published checkpoint, as the witnesses are asked about it.
async fn subject(ledger: &Ledger, size: u64) -> Option<Subject> {
    let (row, log_keys) = ledger.shared().read(|published| {
        let note = published.note.clone().filter(|_| published.size == size && size > 0)?;
        let keyring = &published.states.registry().keyring;
        let keys = keyring.log_keys().iter().flat_map(|generation| generation.keys.clone()).collect();
        Some((CheckpointRow { size, note }, keys))
    })?;
    let store = ledger.store().clone();
    let now = ledger.now().unix_ms().unsigned_abs() / 1000;
    Some(Subject { recorded_at: recorded_at(&store, size).await, store, row, log_keys, now })
}

/// Has the cosignatures stored and shown; whether that was done.
async fn keep(ledger: &Ledger, rows: Vec<CosignatureRow>, row: &CheckpointRow) -> bool {
    let Some(queue) = ledger.queue() else { return false };
    let (done, stored) = oneshot::channel();
    if queue.send(Job::Cosigned(rows, done)).await.is_err() || stored.await.is_err() {
        return false;
    }
    match ledger.with_newest_cosignatures(row).await {
        Ok(cosigned) => ledger.shared().show_cosigned(cosigned),
        Err(error) => tracing::warn!("the cosignatures of {} records can't be shown: {error}", row.size),
    }
    true
}
