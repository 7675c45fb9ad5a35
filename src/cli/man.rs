//! `sinetti man`: the manual pages, made from the same description as `--help`.

use std::path::PathBuf;

use clap::{Args, CommandFactory};

use super::failure::{Failure, Outcome};
use super::{Cli, output};

/// `sinetti man`
#[derive(Debug, Args)]
pub struct Man {
    /// The folder for the pages, such as /usr/local/share/man/man1
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Runs `sinetti man`: pages that are there already are written anew.
///
/// # Errors
///
/// The folder can't be made or written.
pub fn run(command: &Man) -> Result<Outcome, Failure> {
    let dir = &command.out;
    let written = std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(Cli::command(), dir));
    written.map_err(|error| {
        Failure::Unavailable(format!("{}: can't be written: {error}; name a folder that is yours", dir.display()))
    })?;
    output::note(&format!("manual pages written to {}; read one with: man -l {0}/sinetti.1", dir.display()));
    Ok(Outcome::Done)
}
