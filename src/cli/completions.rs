//! `sinetti completions`: what a shell needs to complete commands, options and their values.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::failure::{Failure, Outcome};
use super::{Cli, output};

/// `sinetti completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Runs `sinetti completions`.
///
/// # Errors
///
/// stdout can't be written.
pub fn run(command: &Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut Cli::command(), "sinetti", &mut script);
    output::bytes(&script)?;
    Ok(Outcome::Done)
}
