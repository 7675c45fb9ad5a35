//! `sinetti verify`: everything again from the bytes, believing nobody.
//!
//! The replay of the records is [`sinetti_projections::audit`]; here are its sources, and what
//! else a source keeps (hashes of the tree, checkpoints, the anchor), held against it.

mod database;
mod pass;
mod report;
mod server;

use std::path::PathBuf;

use clap::Args;
use sinetti_projections::audit::Verdict;

use super::failure::{Failure, Outcome};
use super::output;
use super::submit::Pins;
use crate::client::Client;

/// `sinetti verify`
#[derive(Debug, Args)]
#[group(id = "ledger", required = true, multiple = false, args = ["database_url", "server"])]
pub struct Verify {
    /// Verify a database, such as sqlite:sinetti-data/sinetti.db; a server may be running on it
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Verify what a server gives, all of it, by its tiles
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Directory of the database's anchor [default: that of the database]
    #[arg(long, value_name = "DIR", requires = "database_url")]
    data_dir: Option<PathBuf>,
    /// A checkpoint kept from earlier: the ledger must still contain it
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    #[command(flatten)]
    pins: Pins,
    /// Write the report as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti verify`.
///
/// # Errors
///
/// There is nothing to verify where it should be.
pub fn run(command: &Verify) -> Result<Outcome, Failure> {
    let since = command.since.as_deref().map(super::files::read).transpose()?;
    let wanted = pass::Wanted { pinned: command.pins.log_keys.clone(), since };
    let report = match (&command.database_url, &command.server) {
        (Some(url), _) => super::runtime()?.block_on(database::verify(url, command.data_dir.as_deref(), wanted))?,
        (None, Some(url)) => server::verify(&Client::new(url)?, wanted)?,
        (None, None) => return Err(Failure::Usage("say what to verify: --database-url or --server".to_owned())),
    };
    if command.json {
        output::json(&report)?;
    } else {
        output::result(&report::text(&report, &command.pins))?;
    }
    Ok(if report.verdict == Verdict::Valid { Outcome::Done } else { Outcome::Found })
}
