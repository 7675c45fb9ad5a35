//! `sinetti verify`: everything again from the bytes, believing nobody.
//!
//! The replay of the records is [`sinetti_projections::audit`]; here are its sources, and what
//! else a source keeps (hashes of the tree, checkpoints, the anchor), held against it.

mod bundle;
mod database;
mod pass;
mod report;
mod server;
mod statement;

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use sinetti_events::log::policy::Policy;
use sinetti_projections::audit::evidence::Asked;
use sinetti_projections::audit::{Report, Verdict};

use super::failure::{Failure, Outcome};
use super::submit::Pins;
use super::{files, output};
use crate::client::Client;
use crate::evidence::Authorities;
use report::Reported;

/// `sinetti verify`
#[derive(Debug, Args)]
#[group(id = "ledger", required = true, multiple = false, args = ["bundle", "database_url", "server"])]
pub struct Verify {
    /// Verify an evidence bundle or a signed statement, offline; `-` for stdin
    #[arg(value_name = "FILE")]
    bundle: Option<PathBuf>,
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
    /// Whose cosignatures you ask for (C2SP tlog-policy) [default: the ledger's own, in a bundle]
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Certificates (PEM) of the timestamp authority that you trust: its own and all above, with the root
    #[arg(long, value_name = "FILE", requires = "bundle", conflicts_with = "without_timestamps")]
    timestamp_ca: Option<PathBuf>,
    /// Don't ask whose the timestamps in the bundle are
    #[arg(long, requires = "bundle")]
    without_timestamps: bool,
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
    let asked = command.asked()?;
    match &command.bundle {
        Some(path) => {
            let bytes = files::read_at_most(path, files::MAX_BUNDLE)?;
            match statement::verify(&bytes, &asked) {
                Some(report) => command.tell(&report),
                None => command.tell(&bundle::verify(&bytes, &asked, &command.authorities()?)),
            }
        }
        None => command.tell(&command.ledger(asked)?),
    }
}

impl Verify {
    /// What the auditor brings along.
    fn asked(&self) -> Result<Asked, Failure> {
        let since = self.since.as_deref().map(files::read).transpose()?;
        let policy = self.policy.as_deref().map(policy).transpose()?;
        Ok(Asked { log_keys: self.pins.log_keys.clone(), policy, since })
    }

    fn authorities(&self) -> Result<Authorities, Failure> {
        Ok(match &self.timestamp_ca {
            Some(path) => Authorities::Pinned(files::authority("--timestamp-ca", path)?),
            None if self.without_timestamps => Authorities::LeftOut,
            None => Authorities::Unsaid,
        })
    }

    fn ledger(&self, asked: Asked) -> Result<Report, Failure> {
        match (&self.database_url, &self.server) {
            (Some(url), _) => super::runtime()?.block_on(database::verify(url, self.data_dir.as_deref(), asked)),
            (None, Some(url)) => server::verify(&Client::new(url)?, asked),
            (None, None) => Err(Failure::Usage("say what to verify: a bundle, --database-url or --server".to_owned())),
        }
    }

    fn tell(&self, report: &(impl Reported + Serialize)) -> Result<Outcome, Failure> {
        if self.json {
            output::json(report)?;
        } else {
            output::result(&report.text(&self.pins))?;
        }
        Ok(if report.verdict() == Verdict::Valid { Outcome::Done } else { Outcome::Found })
    }
}

fn policy(path: &Path) -> Result<Policy, Failure> {
    let refused = |error| Failure::Refused(format!("--policy {}: {error}", files::name(path)));
    Policy::parse(&files::read(path)?).map_err(refused)
}
