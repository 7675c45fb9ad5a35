//! Benchmarks of the hot paths, as ratios in one run: every cost is told in strict Ed25519
//! verifications, which are the limit that can't be moved, so that a shared or slower machine
//! gives the same figures.

mod ledger;

use std::time::{Duration, Instant};

use ed25519_dalek::{Signer as _, SigningKey};
use serde::Serialize;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::keys::public_key::PublicKey;
use sinetti_events::primitives::canonical::{self, Names};
use sinetti_projections::audit::{Replay, Verdict};
use sinetti_projections::status::status;

pub use ledger::BenchError;
use ledger::Scratch;

/// One measured operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// What was done.
    pub operation: &'static str,
    /// How often.
    pub times: u64,
    /// How often a second, by the wall clock of this run.
    pub per_second: f64,
    /// What one costs, in strict Ed25519 verifications of this run.
    pub cost: f64,
}

/// What a run measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Number of events appended with one in flight, and again with many.
    pub events: u64,
    /// The rows, cheapest concern first.
    pub rows: Vec<Row>,
    /// How much more often a second an event is appended with [`IN_FLIGHT`] in flight than with one.
    pub group_commit_gain: f64,
    /// Cost of the status of the agreement at the end of the run, divided by that at its beginning.
    pub status_growth: f64,
}

/// How many events wait at once in the second append.
pub const IN_FLIGHT: usize = 64;

/// Measures on a scratch ledger in a temporary directory, which is removed.
///
/// # Errors
///
/// The scratch ledger can't be made or written.
pub async fn run(events: u64) -> Result<Report, BenchError> {
    let unit = strict_verification();
    let mut scratch = Scratch::found().await?;
    let early = time_status(&scratch).await?;
    let one = timed(events, scratch.append(events, 1).await?);
    let many = timed(events, scratch.append(events, IN_FLIGHT).await?);
    let late = time_status(&scratch).await?;
    let records = scratch.records().await?;
    let payloads: Vec<&[u8]> = records.iter().map(|entry| entry.record.envelope.payload.as_slice()).collect();
    let scan = each(&payloads, |payload| canonical::check(payload, Names::SnakeCase).is_ok());
    let payload = each(&payloads, |payload| Payload::parse(payload).is_ok());
    let record = each(&records, |entry| Entry::parse(entry.bytes.clone()).is_ok());
    let replay = time_replay(&scratch, &records)?;
    scratch.remove().await;
    let row = |operation, measured: Measured| Row {
        operation,
        times: measured.times,
        per_second: 1.0 / measured.seconds,
        cost: measured.seconds / unit.seconds,
    };
    Ok(Report {
        events,
        group_commit_gain: one.seconds / many.seconds,
        status_growth: late.seconds / early.seconds,
        rows: vec![
            row("strict Ed25519 verification", unit),
            row("canonical check of a payload", scan),
            row("parse of a payload", payload),
            row("parse and hash of a record", record),
            row("full verification, a record", replay),
            row("status of an agreement, early", early),
            row("status of an agreement, late", late),
            row("append, one in flight", one),
            row("append, 64 in flight", many),
        ],
    })
}

/// Seconds for one.
#[derive(Debug, Clone, Copy)]
struct Measured {
    times: u64,
    seconds: f64,
}

fn timed(times: u64, elapsed: Duration) -> Measured {
    Measured { times, seconds: elapsed.as_secs_f64() / times.max(1) as f64 }
}

/// The clock of measurements; nothing that is recorded depends on it.
#[allow(clippy::disallowed_methods, reason = "measures how long things take")]
fn started() -> Instant {
    Instant::now()
}

fn strict_verification() -> Measured {
    const TIMES: u64 = 2_000;
    let signing = SigningKey::from_bytes(&[7; 32]);
    let message = [0; 600];
    let signature = signing.sign(&message).to_bytes();
    let Ok(public) = PublicKey::from_bytes(&signing.verifying_key().to_bytes()) else {
        return Measured { times: 0, seconds: f64::NAN };
    };
    let start = started();
    for _ in 0..TIMES {
        std::hint::black_box(public.verify(std::hint::black_box(&message), &signature).is_ok());
    }
    timed(TIMES, start.elapsed())
}

/// Each item, in rounds until 200 ms have gone by.
fn each<T>(items: &[T], work: impl Fn(&T) -> bool) -> Measured {
    let start = started();
    let mut times = 0;
    while start.elapsed() < Duration::from_millis(200) {
        for item in items {
            std::hint::black_box(work(std::hint::black_box(item)));
            times += 1;
        }
    }
    timed(times, start.elapsed())
}

async fn time_status(scratch: &Scratch) -> Result<Measured, BenchError> {
    let view = scratch.view().await?;
    Ok(each(&[()], |()| status(&view.agreement, &view.registry, scratch.today).is_some()))
}

fn time_replay(scratch: &Scratch, records: &[Entry]) -> Result<Measured, BenchError> {
    let start = started();
    let mut replay = Replay::new(scratch.origin.clone());
    for entry in records {
        replay.push(entry.bytes.clone());
    }
    let report = replay.finish(&[]);
    let elapsed = start.elapsed();
    if report.verdict == Verdict::Valid { Ok(timed(report.size, elapsed)) } else { Err(BenchError::NotValid) }
}
