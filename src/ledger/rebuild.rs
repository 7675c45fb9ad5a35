//! `sinetti rebuild` and the database half of `sinetti verify`.

use std::path::Path;

use serde::Serialize;
use sinetti_events::primitives::ids::Origin;

use super::errors::OpenError;
use super::examine::{Depth, Difference, examine};
use super::start::{ANCHOR, origin_of};
use crate::store::Store;
use crate::store::anchor::Anchor;
use crate::store::rows::StateRow;

/// The cache of states held against the fold of all records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    /// Number of records folded.
    pub records: u64,
    /// Number of streams.
    pub streams: usize,
    /// Where the cache differed.
    pub differences: Vec<Difference>,
    /// The cache was written anew.
    pub written: bool,
}

/// A database held against itself and its anchor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The ledger.
    pub origin: Origin,
    /// Number of records.
    pub records: u64,
    /// All that does not fit; empty when everything does. Signatures of events and rules of the
    /// domain are not among it: replay them.
    pub differences: Vec<Difference>,
    /// The newest stored checkpoint that verifies.
    pub checkpoint: Option<String>,
}

/// Folds all records again and compares the cached states with that. With `write`, puts the fold
/// in the cache's place, for which no server may be running.
///
/// # Errors
///
/// The database can't be opened, or is in use; records are damaged, so that nothing is written.
pub async fn rebuild(database_url: &str, write: bool) -> Result<Rebuilt, OpenError> {
    let (store, writer) = match write {
        true => Store::open_existing(database_url).await.map(|(store, writer)| (store, Some(writer)))?,
        false => (Store::open_reader(database_url).await?, None),
    };
    let origin = origin_of(&store).await?;
    let found = examine(&store, &origin, None, Depth::Start).await?;
    let (cache, rest): (Vec<Difference>, Vec<Difference>) =
        found.differences.into_iter().partition(|difference| difference.table == "agreement_state");
    let records = found.chain.size();
    let streams = found.tips.len();
    // A fold of damaged records would be believed later.
    let sound = rest.is_empty();
    let mut written = false;
    if let Some(mut writer) = writer {
        if sound && !cache.is_empty() {
            let rows: Vec<StateRow> = found.tips.iter().map(|tip| found.states.row(&tip.head.agreement)).collect();
            writer.replace_states(&rows).await?;
            written = true;
        }
        writer.close().await;
    }
    store.close().await;
    Ok(Rebuilt { records, streams, differences: cache.into_iter().chain(rest).collect(), written })
}

/// Reads everything that the database holds beside the records' own words, and compares it with
/// them: columns, chains, tree, heads, every checkpoint's signatures, cached states, disclosures,
/// and the anchor in `data_dir`.
///
/// # Errors
///
/// The database can't be opened, or holds no record.
pub async fn check(database_url: &str, data_dir: Option<&Path>) -> Result<Checked, OpenError> {
    let anchor = match data_dir.map(|dir| dir.join(ANCHOR)) {
        Some(path) => Anchor::peek(&path).await.map_err(|reason| OpenError::Anchor { path, reason })?,
        None => None,
    };
    let store = Store::open_reader(database_url).await?;
    let origin = origin_of(&store).await?;
    let found = examine(&store, &origin, anchor, Depth::Full).await?;
    store.close().await;
    Ok(Checked {
        origin,
        records: found.chain.size(),
        differences: found.differences,
        checkpoint: found.proven.map(|proven| proven.row.note),
    })
}
