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
use sinetti_events::log::checkpoint::verify_checkpoint;
use sinetti_events::log::proof::TlogProof;
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
    /// The same of a proof, which grows with the logarithm of the ledger's length.
    pub proof_growth: f64,
    /// How many times as many records the ledger has at the end of the run.
    pub ledger_growth: f64,
}

/// How many events wait at once in the second append.
pub const IN_FLIGHT: usize = 64;

/// How long an operation that is no append is repeated.
const ROUND: Duration = Duration::from_millis(200);

/// Measures on a scratch ledger in a temporary directory, which is removed.
///
/// # Errors
///
/// The scratch ledger can't be made or written.
pub async fn run(events: u64) -> Result<Report, BenchError> {
    let unit = strict_verification();
    let mut scratch = Scratch::found().await?;
    let founded = scratch.records().await?.len();
    let early = time_status(&scratch).await?;
    let proof_early = time_proofs(&scratch).await?;
    let one = timed(events, scratch.append(events, 1).await?);
    let many = timed(events, scratch.append(events, IN_FLIGHT).await?);
    let late = time_status(&scratch).await?;
    let proof_late = time_proofs(&scratch).await?;
    let check = time_checks(&scratch).await?;
    let records = scratch.records().await?;
    let payloads: Vec<&[u8]> = records.iter().map(|entry| entry.record.envelope.payload.as_slice()).collect();
    let scan = each(&payloads, |payload| canonical::check(payload, Names::SnakeCase).is_ok());
    let payload = each(&payloads, |payload| Payload::parse(payload).is_ok());
    let record = each(&records, |entry| Entry::parse(entry.bytes.clone()).is_ok());
    let replay = time_replay(&scratch, &records)?;
    let start = timed(records.len() as u64, scratch.reopen().await?);
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
        proof_growth: proof_late.seconds / proof_early.seconds,
        ledger_growth: records.len() as f64 / founded.max(1) as f64,
        rows: vec![
            row("strict Ed25519 verification", unit),
            row("canonical check of a payload", scan),
            row("parse of a payload", payload),
            row("parse and hash of a record", record),
            row("full verification, a record", replay),
            row("status of an agreement, early", early),
            row("status of an agreement, late", late),
            row("proof of a record, early", proof_early),
            row("proof of a record, late", proof_late),
            row("check of a record's proof", check),
            row("start of the server, a record", start),
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

/// Each item, in rounds.
fn each<T>(items: &[T], work: impl Fn(&T) -> bool) -> Measured {
    let start = started();
    let mut times = 0;
    while start.elapsed() < ROUND {
        for item in items {
            std::hint::black_box(work(std::hint::black_box(item)));
            times += 1;
        }
    }
    timed(times, start.elapsed())
}

/// As a server answers: what is published, and what follows from it.
async fn time_status(scratch: &Scratch) -> Result<Measured, BenchError> {
    let (start, mut times) = (started(), 0);
    while start.elapsed() < ROUND {
        let view = scratch.view().await?;
        std::hint::black_box(status(&view.agreement, &view.registry, scratch.today).is_some());
        times += 1;
    }
    Ok(timed(times, start.elapsed()))
}

/// As a server answers: the record and the hashes on its way, read from the database and checked before they are shown.
async fn time_proofs(scratch: &Scratch) -> Result<Measured, BenchError> {
    let (start, mut times) = (started(), 0);
    while start.elapsed() < ROUND {
        std::hint::black_box(scratch.newest_proof().await?);
        times += 1;
    }
    Ok(timed(times, start.elapsed()))
}

/// As a receipt's holder does: both signatures of the log, and the way to the root.
async fn time_checks(scratch: &Scratch) -> Result<Measured, BenchError> {
    let (entry, proof) = scratch.newest_proof().await?;
    let keys = scratch.log_keys();
    let holds = |proof: &String| -> Option<()> {
        let proof = TlogProof::parse(proof.as_bytes()).ok()?;
        let note = proof.checkpoint.as_str().as_bytes();
        proof.check(&entry.leaf, &verify_checkpoint(note, &scratch.origin, &keys).ok()?).ok()
    };
    if holds(&proof).is_none() {
        return Err(BenchError::NotValid);
    }
    Ok(each(&[proof], |proof| holds(proof).is_some()))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_hot_path_is_measured_and_the_ledger_that_was_written_verifies() {
        let report = run(3).await.unwrap();
        for row in &report.rows {
            assert!(row.times > 0 && row.cost.is_finite() && row.cost > 0.0, "{row:?}");
        }
        for path in ["append, 64", "status", "proof of", "check of", "full verification", "start"] {
            assert!(report.rows.iter().any(|row| row.operation.starts_with(path)), "{path}");
        }
        assert!(report.ledger_growth > 1.0, "{report:?}");
    }
}
