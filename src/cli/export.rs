//! `sinetti export`: the evidence of one agreement, as one file that is verified on the way.

use std::path::PathBuf;

use clap::Args;
use sinetti_events::bundle::Bundle;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::audit::Verdict;
use sinetti_projections::audit::evidence::Asked;

use super::failure::{Failure, Outcome};
use super::source::{self, Source};
use super::submit::Pins;
use super::{files, output};
use crate::documents::Documents;
use crate::evidence::{self, Authorities};
use crate::ledger::Ledger;

/// `sinetti export`
#[derive(Debug, Args)]
pub struct Export {
    /// The agreement, or registry
    agreement: StreamId,
    /// Where to write the bundle [default: AGREEMENT-SIZE.sinetti.zip here]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Leave the documents out; all else stays provable without them
    #[arg(long)]
    without_documents: bool,
    /// With --database-url: where the documents are kept, a directory or s3://BUCKET/PREFIX
    #[arg(long, value_name = "PLACE", requires = "database_url", conflicts_with = "without_documents")]
    documents: Option<String>,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    pins: Pins,
}

/// Runs `sinetti export`.
///
/// # Errors
///
/// Unreachable, no such agreement, or the file can't be written.
pub fn run(command: &Export) -> Result<Outcome, Failure> {
    let bytes = command.fetch()?;
    let asked = Asked { log_keys: command.pins.log_keys.clone(), ..Asked::default() };
    let report = evidence::verify(&bytes, &asked, &Authorities::LeftOut, |_| (), || ());
    let named = || PathBuf::from(Bundle::file_name(&command.agreement, report.size.unwrap_or_default()));
    let path = command.out.clone().unwrap_or_else(named);
    files::create(&path, &bytes)?;
    output::result(&format!("{}\n", path.display()))?;
    if report.verdict == Verdict::Valid {
        let records: u64 = report.streams.iter().map(|stream| stream.version).sum();
        output::note(&format!("{records} records of {}, verified", command.agreement));
        return Ok(Outcome::Done);
    }
    // It is kept: what a ledger hands out is evidence, above all when it does not hold.
    output::warn(&format!(
        "the bundle is not verified ({} findings); `sinetti verify {}` says why",
        report.findings.len(),
        path.display()
    ));
    Ok(Outcome::Found)
}

impl Export {
    fn fetch(&self) -> Result<Vec<u8>, Failure> {
        let bytes = match &self.source.database_url {
            Some(url) => super::runtime()?.block_on(self.of_database(url))?,
            None => {
                let query = if self.without_documents { "?documents=false" } else { "" };
                let path = format!("/api/v1/agreements/{}/evidence{query}", self.agreement);
                self.source.client()?.download(&path, files::MAX_BUNDLE)?
            }
        };
        bytes.ok_or_else(|| source::unknown(&self.agreement))
    }

    async fn of_database(&self, url: &str) -> Result<Option<Vec<u8>>, Failure> {
        let documents = self.documents.as_deref().map(Documents::look).transpose()?;
        let ledger = Ledger::read(url).await?;
        let file = ledger.evidence(&self.agreement, documents.as_ref(), files::MAX_BUNDLE).await;
        let file = file.map_err(Failure::refused);
        ledger.close().await;
        Ok(file?.map(|file| file.bytes))
    }
}
