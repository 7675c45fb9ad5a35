//! `sinetti document`: texts, annexes and minutes, put and fetched by the digest that events name.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sinetti_events::primitives::hash::Digest;

use super::failure::{Failure, Outcome};
use super::server::Server;
use super::{files, output};
use crate::documents::MAX_DOCUMENT;

/// `sinetti document`
#[derive(Debug, Subcommand)]
pub enum DocumentCommand {
    /// Put a document that an event names; safe to repeat
    Put(Put),
    /// Fetch a document, and keep it only if it is the one
    Get(Get),
}

/// `sinetti document put`
#[derive(Debug, Args)]
pub struct Put {
    /// The document, byte for byte as its digest was signed
    file: PathBuf,
    #[command(flatten)]
    server: Server,
}

/// `sinetti document get`
#[derive(Debug, Args)]
pub struct Get {
    /// Its SHA-256 in hex, as an event names it
    digest: Digest,
    /// Where to write it; `-` for stdout
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    server: Server,
}

/// Runs `sinetti document`.
///
/// # Errors
///
/// Refused, unreachable, or another document than the one asked for.
pub fn run(command: &DocumentCommand) -> Result<Outcome, Failure> {
    match command {
        DocumentCommand::Put(put) => put.run(),
        DocumentCommand::Get(get) => get.run(),
    }
}

impl Put {
    fn run(&self) -> Result<Outcome, Failure> {
        let bytes = files::read_at_most(&self.file, MAX_DOCUMENT)?;
        let (digest, length) = (Digest::of(&bytes), bytes.len());
        let new = self.server.client()?.put_document(&digest, bytes)?;
        output::result(&format!("{digest}\n"))?;
        let done = if new { "The ledger holds it from now on" } else { "The ledger held it before" };
        output::note(&format!("{done}: {} ({length} bytes)", files::name(&self.file)));
        Ok(Outcome::Done)
    }
}

impl Get {
    fn run(&self) -> Result<Outcome, Failure> {
        let bytes = self.server.client()?.document(&self.digest)?;
        let found = Digest::of(&bytes);
        if found != self.digest {
            return Err(Failure::Refused(format!(
                "the server gave another document: its SHA-256 is {found}, not {}. Nothing was written; ask who has the document",
                self.digest
            )));
        }
        files::write_bytes(&self.out, &bytes)?;
        Ok(Outcome::Done)
    }
}
