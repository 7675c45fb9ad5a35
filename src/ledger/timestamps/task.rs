//! The rounds: when its time has come, the newest published checkpoint is timestamped; what fails is tried again later,
//! with the checkpoint that is the newest then.

use std::sync::{Arc, Weak};
use std::time::Duration;

use sinetti_events::primitives::time::Instant;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::{Stamping, Timestamping, message};
use crate::ledger::sequencer::Job;
use crate::ledger::witnesses::recorded_at;
use crate::ledger::{Inner, Ledger};
use crate::store::rows::{CheckpointRow, TimestampRow};
use crate::timestamp::AskError;

/// How far an authority's clock may be behind the newest record's time, in seconds: as far as verifiers let it.
const MOST_BEHIND: u64 = 60;

/// How far it may be ahead of ours, in seconds.
const MOST_AHEAD: u64 = 300;

/// Begins to ask, until the ledger is closed.
pub(crate) fn start(ledger: &Ledger, timestamping: Timestamping) -> JoinHandle<()> {
    let rounds = Rounds {
        ledger: Arc::downgrade(&ledger.0),
        timestamping,
        failures: 0,
        stamped: 0,
        rests_until: tokio::time::Instant::now(),
    };
    let published = ledger.watch();
    tokio::spawn(rounds.run(published))
}

struct Rounds {
    /// The ledger ends although this task holds on to it.
    ledger: Weak<Inner>,
    timestamping: Timestamping,
    failures: u32,
    /// Size of the newest checkpoint that has a timestamp.
    stamped: u64,
    /// Nobody is asked before.
    rests_until: tokio::time::Instant,
}

/// Why there is no timestamp.
struct Failure(Stamping, String);

impl Rounds {
    async fn run(mut self, mut published: watch::Receiver<u64>) {
        if let Some(ledger) = self.ledger.upgrade().map(Ledger) {
            self.remember(&ledger).await;
        }
        loop {
            let size = *published.borrow_and_update();
            if size > self.stamped && self.rests_until <= tokio::time::Instant::now() {
                let Some(ledger) = self.ledger.upgrade().map(Ledger) else { return };
                if ledger.queue().is_none_or(|queue| queue.is_closed()) {
                    // Nothing is published any more, and nothing could be kept.
                    return;
                }
                self.round(&ledger, size).await;
                continue;
            }
            let rests_until = self.rests_until;
            tokio::select! {
                changed = published.changed() => if changed.is_err() { return },
                // While all is timestamped, only what is published next brings work.
                () = tokio::time::sleep_until(rests_until), if size > self.stamped => {}
            }
        }
    }

    /// A start goes on where the database stands: what was timestamped lately rests until its time has come.
    async fn remember(&mut self, ledger: &Ledger) {
        let Ok(Some(newest)) = ledger.newest_timestamp().await else { return };
        self.stamped = newest.size;
        let age = ledger.now().unix_ms().saturating_sub(newest.time.unix_ms()).max(0).unsigned_abs();
        self.rests_until += self.timestamping.every.saturating_sub(Duration::from_millis(age));
    }

    async fn round(&mut self, ledger: &Ledger, size: u64) {
        let rest = match self.stamp(ledger, size).await {
            Ok(()) => {
                (self.stamped, self.failures) = (size, 0);
                ledger.0.dial.write(Stamping::Stamped, None);
                self.timestamping.every
            }
            Err(Failure(standing, reason)) => {
                if self.failures == 0 {
                    tracing::warn!("the checkpoint of {size} records has no timestamp yet: {reason}");
                }
                ledger.0.dial.write(standing, Some(reason));
                self.failures = self.failures.saturating_add(1);
                let doubled = self.timestamping.retry.saturating_mul(1 << (self.failures - 1).min(16));
                doubled.min(self.timestamping.longest)
            }
        };
        self.rests_until = tokio::time::Instant::now() + rest;
    }

    async fn stamp(&self, ledger: &Ledger, size: u64) -> Result<(), Failure> {
        let own = |reason: String| Failure(Stamping::Waiting, reason);
        let note = ledger.shared().read(|published| published.note.clone().filter(|_| published.size == size));
        let note = note.ok_or_else(|| own("a newer one has been published meanwhile".to_owned()))?;
        let checkpoint = CheckpointRow { size, note };
        let message = message(&checkpoint, ledger.origin()).map_err(own)?;
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| own(format!("the system gives no randomness: {error}")))?;
        let asking = self.timestamping.asking.clone();
        let asked = tokio::task::spawn_blocking(move || asking.stamp(&message, random)).await;
        let (token, stamp) = asked.map_err(|error| own(error.to_string()))?.map_err(|error| Failure::of(&error))?;
        let recorded_at = recorded_at(ledger.store(), size).await;
        check_time(stamp.said.time, recorded_at, ledger.now()).map_err(|reason| Failure(Stamping::Refuses, reason))?;
        keep(ledger, TimestampRow { size, time: stamp.said.time, authority: stamp.authority, token }).await.map_err(own)
    }
}

impl Failure {
    fn of(error: &AskError) -> Failure {
        let standing = match error {
            AskError::Answer(_) => Stamping::Refuses,
            AskError::Unreachable(_) | AskError::Address | AskError::Policy(_) => Stamping::Unreachable,
        };
        Failure(standing, error.to_string())
    }
}

/// A clock that is wrong proves nothing.
fn check_time(time: Instant, recorded_at: u64, now: Instant) -> Result<(), String> {
    let time = time.unix_seconds();
    if time.saturating_add(MOST_BEHIND) < recorded_at {
        return Err(format!("its clock is {} s behind the newest record's time", recorded_at - time));
    }
    let now = now.unix_seconds();
    if time > now.saturating_add(MOST_AHEAD) {
        return Err(format!("its clock is {} s ahead of this one", time - now));
    }
    Ok(())
}

/// Has the timestamp stored.
async fn keep(ledger: &Ledger, row: TimestampRow) -> Result<(), String> {
    let ended = || "the ledger has stopped writing".to_owned();
    let queue = ledger.queue().ok_or_else(ended)?;
    let (done, stored) = oneshot::channel();
    queue.send(Job::Stamped(row, done)).await.map_err(|_| ended())?;
    stored.await.map_err(|_| ended())
}
