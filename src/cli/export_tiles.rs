//! `sinetti export-tiles`: the log as static files, for a web server or storage to serve.

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::failure::{Failure, Outcome};
use super::output;
use crate::ledger::Ledger;
use crate::objects::{Folder, FolderError};
use crate::static_log::{self, ExportError, Exported};

/// `sinetti export-tiles`
#[derive(Debug, Args)]
pub struct ExportTiles {
    /// A directory, made when it is not there, or s3://BUCKET/PREFIX (settings from the AWS_… variables)
    #[arg(value_name = "DIR")]
    folder: String,
    /// The database, such as sqlite:sinetti-data/sinetti.db; a server may be running on it
    #[arg(long, value_name = "URL")]
    database_url: String,
    /// Look again at every tile that was written before
    #[arg(long)]
    all: bool,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `sinetti export-tiles`.
///
/// # Errors
///
/// Database or folder can't be read or written, or the folder holds what is no part of this ledger.
pub fn run(command: &ExportTiles) -> Result<Outcome, Failure> {
    let done = super::runtime()?.block_on(command.export())?;
    if command.json {
        output::json(&done)?;
    } else {
        output::result(&text(&done, &command.folder))?;
    }
    Ok(Outcome::Done)
}

impl ExportTiles {
    async fn export(&self) -> Result<Exported, Failure> {
        let ledger = Ledger::read(&self.database_url).await?;
        let folder = Folder::open(&self.folder)?;
        let bar = ProgressBar::new(0).with_style(
            ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} records, {eta} left")
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        let mut tell = |at, of| {
            bar.set_length(of);
            bar.set_position(at);
        };
        let done = static_log::export(&ledger, &folder, self.all, &mut tell).await;
        bar.finish_and_clear();
        ledger.close().await;
        Ok(done?)
    }
}

fn text(done: &Exported, folder: &str) -> String {
    let Exported { size, from, written, kept, removed } = done;
    let before = if from == size { String::new() } else { format!(" (before: {from})") };
    format!(
        "{folder} holds the checkpoint of {size} records{before}: {written} tiles written, {kept} there already, {removed} partial ones removed\n"
    )
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Failure {
        match &error {
            FolderError::Place { .. } => Failure::Usage(error.to_string()),
            _ => Failure::Unavailable(error.to_string()),
        }
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Failure {
        match error {
            ExportError::Folder(error) => error.into(),
            ExportError::Read(_) => Failure::Unavailable(error.to_string()),
            _ => Failure::Refused(error.to_string()),
        }
    }
}
