//! The signed statement: the public answer about one agreement, under the log's key.

use sinetti_events::format::statement::{Place, Statement};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Date;
use sinetti_projections::stated::stated;
use sinetti_projections::status::status;

use super::Ledger;
use super::errors::ReadError;

impl Ledger {
    /// What the ledger says of `agreement` as of its newest checkpoint, for the date `on`: a DSSE envelope in canonical
    /// JSON, the same bytes for whoever asks before the next checkpoint. `None` while it has no such agreement.
    ///
    /// # Errors
    ///
    /// A record that it rests on is damaged, or the ledger signs nothing now.
    pub async fn statement(&self, agreement: &StreamId, on: Date) -> Result<Option<Vec<u8>>, ReadError> {
        let Some((view, root)) = self.newest_view(agreement)? else { return Ok(None) };
        let Some(status) = status(&view.agreement, &view.registry, on) else { return Ok(None) };
        let as_of = Place {
            checkpoint: view.as_of.checkpoint,
            index: view.as_of.index,
            leaf: view.as_of.leaf,
            registry_version: view.as_of.registry_version,
            root,
            version: view.as_of.version,
        };
        let ledger = self.origin().clone();
        let statement = Statement { agreement: agreement.clone(), as_of, ledger, on, state: stated(&status) };
        let not_signing = || ReadError::NotSigning(self.why_not());
        let keys = self.shared().signer().filter(|_| self.health().writable).ok_or_else(not_signing)?;
        keys.state(&statement).map(Some).map_err(|error| ReadError::NotSigning(error.to_string()))
    }
}
