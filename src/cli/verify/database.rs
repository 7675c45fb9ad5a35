//! A database: all records replayed, and every row of it that repeats something, and the anchor,
//! held against the records' own bytes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sinetti_projections::audit::evidence::Asked;
use sinetti_projections::audit::{Finding, Report};

use super::pass::Pass;
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

/// Said when no anchor holds anything.
const WITHOUT_ANCHOR: &str = "no anchor beside the database knows how far it reached: whether its newest records were \
    cut off can't be told. Name the anchor's directory with --data-dir, or give a checkpoint that you kept with --since";

/// How often a database that a server is writing is looked at again.
const LOOKS: u32 = 50;

/// How long between two looks: a batch of a busy server takes about this long.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Verifies the database at `url`; its anchor lies in `data_dir`, or beside it.
///
/// # Errors
///
/// There is no ledger.
pub async fn verify(url: &str, data_dir: Option<&Path>, wanted: Asked) -> Result<Report, Failure> {
    let data_dir = directory(url, data_dir)?;
    let look = Look::settled(url, data_dir.as_deref()).await?;
    if look.anchored.is_none() {
        output::warn(WITHOUT_ANCHOR);
    }
    let lacking = Look::size(&look.anchored) > Look::size(&look.stored);
    let beyond = look.has_records_beyond();
    let Some(newest) = (if lacking { look.anchored } else { look.stored }) else {
        let empty = format!("{url} holds no checkpoint: no ledger was founded there, or it was emptied");
        return Err(Failure::Refused(empty));
    };
    let mut pass = Pass::new(newest.note.as_bytes(), newest.size, wanted)?;
    if lacking {
        let reason = format!("the anchor's checkpoint of {} records is not in the database", newest.size);
        pass.find(Finding::tampered(None, "checkpoint", "checkpoint-missing", reason));
    }
    if let Err(error) = replay(&look.store, &newest, &mut pass).await {
        let next = Some(pass.size());
        pass.find(Finding::tampered(next, "database", "unreadable", error));
    }
    look.store.close().await;
    if beyond && !lacking {
        let reason = "records come after the newest checkpoint and no signature covers them; `sinetti serve` on it proves and signs them, if they are sound";
        pass.find(Finding::unverifiable(Some(newest.size), "record", "records-beyond-checkpoint", reason));
    }
    for finding in differences(url, data_dir.as_deref()).await {
        pass.find(finding);
    }
    Ok(pass.finish())
}

/// The database as of one moment, and the anchor as of a moment before.
struct Look {
    store: Store,
    anchored: Option<CheckpointRow>,
    stored: Option<CheckpointRow>,
    /// How many; none when they can't be counted, of which the examination tells.
    records: Option<u64>,
}

impl Look {
    /// A server commits records, then moves the anchor, then stores the checkpoint: what is seen
    /// between two of these steps is no finding, and is looked at again.
    async fn settled(url: &str, data_dir: Option<&Path>) -> Result<Look, Failure> {
        for _ in 1..LOOKS {
            let look = Look::now(url, data_dir).await?;
            if Look::size(&look.anchored) <= Look::size(&look.stored) && !look.has_records_beyond() {
                return Ok(look);
            }
            look.store.close().await;
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Look::now(url, data_dir).await
    }

    async fn now(url: &str, data_dir: Option<&Path>) -> Result<Look, Failure> {
        let anchored = match data_dir.map(|dir| dir.join(ANCHOR)) {
            Some(path) => Anchor::peek(&path).await.map_err(|reason| unopened_anchor(path, reason))?,
            None => None,
        };
        let store = Store::open_reader(url).await.map_err(unopened)?;
        let stored = store.newest_checkpoint().await.map_err(unopened)?;
        let records = store.count_records().await.ok().map(|(records, _)| records);
        Ok(Look { store, anchored, stored, records })
    }

    fn size(row: &Option<CheckpointRow>) -> u64 {
        row.as_ref().map_or(0, |row| row.size)
    }

    fn has_records_beyond(&self) -> bool {
        self.records.is_some_and(|records| records > Look::size(&self.stored))
    }
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

/// What the engine's own examination of the whole database finds, as of one moment.
async fn differences(url: &str, data_dir: Option<&Path>) -> Vec<Finding> {
    match ledger::check(url, data_dir).await {
        Ok(checked) => checked.differences.iter().map(finding).collect(),
        Err(error) => vec![Finding::tampered(None, "database", "unreadable", error)],
    }
}

fn finding(difference: &Difference) -> Finding {
    let Difference { table, place, reason } = difference;
    let index = place.parse().ok().filter(|_| *table == "record");
    Finding::tampered(index, &format!("{table} {place}"), "database-difference", reason)
}

/// The directory of the anchor; none when there is none beside the database.
fn directory(url: &str, given: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    match given {
        Some(directory) if !directory.join(ANCHOR).is_file() => {
            Err(Failure::Unavailable(format!("there is no anchor {}", directory.join(ANCHOR).display())))
        }
        Some(directory) => Ok(Some(directory.to_owned())),
        None => Ok(beside(url).filter(|directory| directory.join(ANCHOR).is_file())),
    }
}

/// `sqlite:DIR/sinetti.db` → `DIR`.
fn beside(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?.split('?').next()?;
    let path = Path::new(path.strip_prefix("//").unwrap_or(path));
    let directory = path.parent()?;
    Some(if directory.as_os_str().is_empty() { PathBuf::from(".") } else { directory.to_owned() })
}

/// What is there but can't be read is damaged, which is a verdict.
fn unopened(error: StoreError) -> Failure {
    match error {
        StoreError::Damaged(_) | StoreError::Schema(_) => Failure::refused(error),
        other => OpenError::from(other).into(),
    }
}

fn unopened_anchor(path: PathBuf, reason: StoreError) -> Failure {
    match reason {
        StoreError::Damaged(_) | StoreError::Schema(_) => Failure::refused(OpenError::Anchor { path, reason }),
        reason => OpenError::Anchor { path, reason }.into(),
    }
}
