//! `sinetti rebuild`: proves that the cached states equal the fold of all records, or makes them so.

use clap::Args;

use super::failure::{Failure, Outcome};
use super::output;
use crate::ledger::{self, Rebuilt};

/// `sinetti rebuild`
#[derive(Debug, Args)]
pub struct Rebuild {
    /// The database, such as sqlite:sinetti-data/sinetti.db
    #[arg(long, value_name = "URL")]
    database_url: String,
    /// Write the fold in the cache's place where they differ; no server may be running
    #[arg(long)]
    write: bool,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti rebuild`.
///
/// # Errors
///
/// The database can't be opened, or is in use.
pub fn run(command: &Rebuild) -> Result<Outcome, Failure> {
    let rebuilt = super::runtime()?.block_on(ledger::rebuild(&command.database_url, command.write))?;
    if command.json {
        output::json(&rebuilt)?;
    } else {
        output::result(&text(&rebuilt))?;
    }
    Ok(if rebuilt.differences.is_empty() || rebuilt.written { Outcome::Done } else { Outcome::Found })
}

fn text(rebuilt: &Rebuilt) -> String {
    let Rebuilt { records, streams, differences, written } = rebuilt;
    let mut text = format!("folded {records} records of {streams} streams\n");
    for difference in differences {
        text.push_str(&format!("{} {}: {}\n", difference.table, difference.place, difference.reason));
    }
    let only_cache = differences.iter().all(|difference| difference.table == "agreement_state");
    text.push_str(match (differences.is_empty(), written) {
        (true, _) => "the cached states equal the fold of all records\n",
        (false, true) => "the cached states were written anew\n",
        (false, false) if only_cache => "the cached states differ; `sinetti rebuild --write` writes them anew\n",
        (false, false) => "the records themselves are damaged, so nothing was written; run `sinetti verify`, restore the newest backup\n",
    });
    text
}
