//! `sinetti audit`: follow a ledger from outside, and check evidence against one.

mod check;
mod follow;

use clap::Subcommand;

use super::failure::{Failure, Outcome};

/// What an auditor does besides verifying.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Follow a ledger: keep its last checkpoint and records, and shout on a fork or rollback
    Follow(follow::Follow),
    /// Check evidence that a monitor or a witness wrote: does it prove what it says?
    Check(check::Check),
}

/// Runs `sinetti audit …`.
///
/// # Errors
///
/// The ledger can't be reached, or a file can't be read or written.
pub fn run(command: &AuditCommand) -> Result<Outcome, Failure> {
    match command {
        AuditCommand::Follow(follow) => follow::run(follow),
        AuditCommand::Check(check) => check::run(check),
    }
}
