//! The command line: results to stdout, everything else to stderr, exit codes that scripts can
//! rely on. One command, one file.

mod act;
mod audit;
mod awaits;
mod bench;
mod chance;
mod completions;
mod compose;
mod document;
mod draft;
mod erase;
mod export;
mod export_tiles;
mod failure;
mod fields;
mod files;
mod history;
mod import;
mod key;
mod language;
mod man;
mod output;
mod passphrase;
mod plain;
mod questions;
mod rebuild;
mod schema;
mod serve;
mod server;
mod sign;
mod signer;
mod source;
mod status;
mod submit;
mod unlock;
mod verify;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{Failure, Outcome};

/// The ledger that public bodies use to prove what they decided about an agreement between them
///
/// Exit codes: 0 done, or everything verified; 1 refused, or anything tampered, unverifiable or
/// suspect; 2 wrong usage; 3 something could not be reached or opened.
#[derive(Debug, Parser)]
#[command(name = "sinetti", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
    /// Serve a ledger: the API, the pages, the log; founds it on the first start
    Serve(serve::Serve),
    /// Make and look at key files
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Write an event payload, ready to be signed
    Draft(draft::DraftCommand),
    /// Sign a payload: makes an envelope, and says in plain words what is being signed
    Sign(sign::Sign),
    /// Send an envelope to the ledger and check the receipt; safe to repeat
    Submit(submit::Submit),
    /// Record a decision: draft, sign and submit in one
    Decide(act::Decide),
    /// Record an approval of a text: draft, sign and submit in one
    Approve(act::Decide),
    /// Sign a text for a party: draft, sign and submit in one
    Affix(act::Affix),
    /// Record historical acts from a table (CSV), all judged before the first is sent; safe to repeat
    Import(import::Import),
    /// Erase personal data, or a held document, of an event: draft, sign and submit in one
    Erase(erase::Erase),
    /// Put and fetch texts, annexes and minutes by the digest that events name
    #[command(subcommand)]
    Document(document::DocumentCommand),
    /// Show whether an agreement is in force, how many have approved and signed, who is missing
    Status(status::StatusCommand),
    /// Show the trail of an agreement, one line an event
    History(history::History),
    /// Show what awaits a party in all its agreements, and by when; write it as a calendar
    Awaits(awaits::Awaits),
    /// Write the evidence of an agreement: one file that anybody can verify, offline, years later
    Export(export::Export),
    /// Verify everything again from the bytes: signatures, chains, trees, rules
    Verify(verify::Verify),
    /// Follow a ledger from outside, and check evidence against one
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Witness logs: keep the newest checkpoint of each, and cosign only what extends it
    Witness(witness::WitnessCommand),
    /// Prove the cached states equal to the records, or write them anew
    Rebuild(rebuild::Rebuild),
    /// Write the log as static files (C2SP tlog-tiles), for a web server or storage to serve
    ExportTiles(export_tiles::ExportTiles),
    /// Measure the hot paths on a scratch ledger; costs are told in signature verifications of the same run
    Bench(bench::Bench),
    /// Write the completions of a shell
    Completions(completions::Completions),
    /// Write the manual pages, one a command
    Man(man::Man),
}

/// Runs the program on the process's arguments.
pub fn run() -> ExitCode {
    match dispatch(&Cli::parse().command) {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            output::fail(&failure);
            failure.exit_code()
        }
    }
}

fn dispatch(command: &Command) -> Result<Outcome, Failure> {
    match command {
        Command::Serve(command) => serve::run(command),
        Command::Key(command) => key::run(command),
        Command::Draft(command) => draft::run(command),
        Command::Sign(command) => sign::run(command),
        Command::Submit(command) => submit::run(command),
        Command::Decide(command) => act::decide(command),
        Command::Approve(command) => act::approve(command),
        Command::Affix(command) => act::affix(command),
        Command::Import(command) => import::run(command),
        Command::Erase(command) => erase::run(command),
        Command::Document(command) => document::run(command),
        Command::Status(command) => status::run(command),
        Command::History(command) => history::run(command),
        Command::Awaits(command) => awaits::run(command),
        Command::Export(command) => export::run(command),
        Command::Verify(command) => verify::run(command),
        Command::Audit(command) => audit::run(command),
        Command::Witness(command) => witness::run(command),
        Command::Rebuild(command) => rebuild::run(command),
        Command::ExportTiles(command) => export_tiles::run(command),
        Command::Bench(command) => bench::run(command),
        Command::Completions(command) => completions::run(command),
        Command::Man(command) => man::run(command),
    }
}

/// The asynchronous runtime, for commands that read a database or serve.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|error| Failure::Unavailable(format!("the system gives no threads or timers: {error}")))
}
