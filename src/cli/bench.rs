//! `sinetti bench`: what the hot paths cost, as ratios in one run.

use clap::Args;

use super::failure::{Failure, Outcome};
use super::{output, runtime};
use crate::bench::{self, Report};

/// `sinetti bench`
#[derive(Debug, Args)]
pub struct Bench {
    /// How many events to append with one in flight, and again with 64
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    events: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti bench`.
///
/// # Errors
///
/// The scratch ledger can't be made or written.
pub fn run(args: &Bench) -> Result<Outcome, Failure> {
    let report = runtime()?.block_on(bench::run(args.events)).map_err(Failure::unavailable)?;
    if args.json {
        output::json(&report)?
    } else {
        output::result(&table(&report))?
    }
    Ok(Outcome::Done)
}

fn table(report: &Report) -> String {
    let mut lines = vec![format!("{:<34} {:>12} {:>16}", "operation", "a second", "verifications")];
    for row in &report.rows {
        lines.push(format!("{:<34} {:>12.0} {:>16.3}", row.operation, row.per_second, row.cost));
    }
    lines.push(format!(
        "appending {} in flight against 1: {:.1} times as many a second",
        bench::IN_FLIGHT,
        report.group_commit_gain
    ));
    lines.push(format!(
        "status after {} more events against before: {:.1} times the cost",
        2 * report.events,
        report.status_growth
    ));
    lines.push(format!(
        "proof of a record in a ledger of {:.1} times the length: {:.1} times the cost",
        report.ledger_growth, report.proof_growth
    ));
    lines.join("\n") + "\n"
}
