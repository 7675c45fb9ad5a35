//! A database: all records replayed, and every row of it that repeats something, and the anchor,
//! held against the records' own bytes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sinetti_projections::audit::{Finding, Report};

use super::pass::{Pass, Wanted};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::ledger::{self, Difference, OpenError};
use crate::store::Store;
use crate::store::anchor::Anchor;
use crate::store::error::StoreError;
use crate::store::rows::CheckpointRow;

/// Records read at a time.
const PAGE: u32 = 512;

/// The anchor's file in a data directory.
const ANCHOR: &str = "anchor.db";

/// How often a database that a server is writing is looked at again.
const LOOKS: u32 = 5;

/// How long between two looks: some batches of a busy server.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Verifies the database at `url`; its anchor lies in `data_dir`, or beside it.
///
/// # Errors
///
/// There is no ledger.
pub async fn verify(url: &str, data_dir: Option<&Path>, wanted: Wanted) -> Result<Report, Failure> {
    let store = Store::open_reader(url).await.map_err(unopened)?;
    let data_dir = directory(url, data_dir)?;
    // The anchor first: a server that is writing stores each checkpoint before it moves the anchor.
    let anchored = match &data_dir {
        Some(data_dir) => Anchor::peek(&data_dir.join(ANCHOR)).await.map_err(unopened)?,
        None => None,
    };
    let stored = store.newest_checkpoint().await.map_err(unopened)?;
    let lacking = anchored.as_ref().map(|row| row.size) > stored.as_ref().map(|row| row.size);
    let Some(newest) = (if lacking { anchored } else { stored }) else {
        let empty = format!("{url} holds no checkpoint: no ledger was founded there, or it was emptied");
        return Err(Failure::Refused(empty));
    };
    let mut pass = Pass::new(newest.note.as_bytes(), newest.size, wanted)?;
    if lacking {
        let reason = format!("the anchor's checkpoint of {} records is not in the database", newest.size);
        pass.find(Finding::tampered(None, "checkpoint", "checkpoint-missing", reason));
    }
    if let Err(error) = replay(&store, &newest, &mut pass).await {
        let next = Some(pass.size());
        pass.find(Finding::tampered(next, "database", "unreadable", error));
    }
    if let Some(finding) = beyond(&store, newest.size).await {
        pass.find(finding);
    }
    store.close().await;
    // What is known to be damaged needs no second look.
    let looks = if pass.is_clean() { LOOKS } else { 1 };
    for finding in differences(url, data_dir.as_deref(), looks).await {
        pass.find(finding);
    }
    Ok(pass.finish())
}

async fn replay(store: &Store, newest: &CheckpointRow, pass: &mut Pass) -> Result<(), StoreError> {
    loop {
        let rows = store.records(pass.size(), newest.size, PAGE).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            if row.index != pass.size() {
                let reason = format!("the next row is numbered {}: a row is missing or renumbered", row.index);
                pass.find(Finding::tampered(Some(pass.size()), "database", "row-missing", reason));
            }
            pass.push(row.bytes);
        }
    }
}

/// Records that no checkpoint covers: there for a moment while a server writes, else not signed for.
async fn beyond(store: &Store, size: u64) -> Option<Finding> {
    for _ in 0..LOOKS {
        // What can't be read is told by the examination that follows.
        let newest = store.newest_checkpoint().await.ok()?;
        let (records, _) = store.count_records().await.ok()?;
        if records <= size || newest.is_some_and(|row| row.size > size) {
            return None;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    let reason = "records come after the newest checkpoint and no signature covers them; `sinetti serve` on it proves and signs them, if they are sound";
    Some(Finding::unverifiable(Some(size), "record", "records-beyond-checkpoint", reason))
}

/// What the engine's own examination of the whole database finds. While a server writes, a look
/// can fall between its steps; what stays after some looks is a finding.
async fn differences(url: &str, data_dir: Option<&Path>, looks: u32) -> Vec<Finding> {
    for look in 1.. {
        let found = match ledger::check(url, data_dir).await {
            Ok(checked) => checked.differences.iter().map(finding).collect(),
            Err(error) => vec![Finding::tampered(None, "database", "unreadable", error)],
        };
        if found.is_empty() || look == looks {
            return found;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Vec::new()
}

fn finding(difference: &Difference) -> Finding {
    let Difference { table, place, reason } = difference;
    let index = place.parse().ok().filter(|_| *table == "record");
    Finding::tampered(index, &format!("{table} {place}"), "database-difference", reason)
}

/// Where the anchor should lie.
fn directory(url: &str, given: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    let directory = given.map(Path::to_owned).or_else(|| beside(url));
    match directory {
        Some(directory) if directory.join(ANCHOR).is_file() => Ok(Some(directory)),
        Some(directory) if given.is_some() => {
            Err(Failure::Unavailable(format!("there is no anchor {}", directory.join(ANCHOR).display())))
        }
        _ => {
            output::warn(
                "no anchor lies beside the database: whether its newest records were cut off can't be told. \
                 Name its directory with --data-dir, or give a checkpoint that you kept with --since",
            );
            Ok(None)
        }
    }
}

/// `sqlite:DIR/sinetti.db` → `DIR`.
fn beside(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?.split('?').next()?;
    let path = Path::new(path.strip_prefix("//").unwrap_or(path));
    let directory = path.parent()?;
    Some(if directory.as_os_str().is_empty() { PathBuf::from(".") } else { directory.to_owned() })
}

/// A database that is there but can't be read is damage, which is a verdict.
fn unopened(error: StoreError) -> Failure {
    match error {
        StoreError::Damaged(_) => Failure::refused(error),
        other => OpenError::from(other).into(),
    }
}
