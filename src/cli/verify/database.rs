//! A database: every row of it that repeats something, held against the records' own bytes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sinetti_events::format::record::Entry;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::node::NodeId;
use sinetti_projections::audit::{Finding, Report};

use super::pass::{Pass, Wanted};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::store::Store;
use crate::store::anchor::Anchor;
use crate::store::error::StoreError;
use crate::store::rows::{CheckpointRow, RecordRow};

/// Records read at a time.
const PAGE: u32 = 512;

/// Verifies the database at `url`, and the anchor at `anchor` or beside it.
///
/// # Errors
///
/// There is no ledger.
pub async fn verify(url: &str, anchor: Option<&Path>, wanted: Wanted) -> Result<Report, Failure> {
    let store = Store::open_reader(url).await.map_err(Failure::unavailable)?;
    // Read before the database, for a server may be writing: the database is never behind it.
    let anchored = anchored(url, anchor).await?;
    let newest = store.newest_checkpoint().await.map_err(damage)?;
    let Some(newest) = newest.or_else(|| anchored.clone()) else {
        return Err(Failure::Refused(format!("{url} holds no checkpoint: it is no founded ledger, or was emptied")));
    };
    let mut pass = Pass::new(newest.note.as_bytes(), newest.size, wanted)?;
    if let Some(anchored) = anchored {
        pass.mark("anchor", anchored.note.into_bytes());
    }
    let checked = check(&store, &newest, &mut pass).await;
    if let Err(error) = checked {
        let index = Some(pass.size());
        pass.find(Finding::tampered(index, "database", "unreadable", error));
    }
    Ok(pass.finish())
}

async fn check(store: &Store, newest: &CheckpointRow, pass: &mut Pass) -> Result<(), StoreError> {
    for row in checkpoints(store, newest.size).await? {
        pass.mark("checkpoint", row.note.into_bytes());
    }
    let mut heads = HashMap::new();
    let mut nodes = 0;
    loop {
        let from = pass.size();
        let rows = store.records(from, newest.size, PAGE).await?;
        let completed = records(rows, pass, &mut heads);
        if completed.is_empty() {
            break;
        }
        nodes += completed.len() as u64;
        compare_nodes(store, &completed, pass).await?;
    }
    compare_heads(store, &heads, pass).await?;
    beyond(store, newest, nodes, pass).await
}

/// Takes in one page; returns the tree's nodes that it completes.
fn records(rows: Vec<RecordRow>, pass: &mut Pass, heads: &mut HashMap<String, (u64, Hash)>) -> Vec<(NodeId, Hash)> {
    let mut completed = Vec::new();
    for row in rows {
        let index = pass.size();
        let mut find = |column: &str, reason: &str| {
            pass.find(Finding::tampered(Some(index), column, "column-mismatch", reason));
        };
        if row.index != index {
            find("index", &format!("the next row is numbered {}: a row is missing or renumbered", row.index));
        }
        let leaf = Hash::leaf(&row.bytes);
        if row.leaf != leaf.0 {
            find("leaf", "the bytes do not have the leaf hash that is stored beside them");
        }
        if let Ok(entry) = Entry::parse(row.bytes.clone()) {
            let record = &entry.record;
            let event = sinetti_events::format::payload::Payload::parse(&record.envelope.payload);
            if (row.agreement.as_str(), row.version) != (record.agreement.as_str(), record.version) {
                find("agreement, version", "the columns differ from the record's bytes");
            }
            if event.is_ok_and(|payload| payload.event.to_string() != row.event_id) {
                find("event_id", "the column differs from the record's bytes");
            }
            heads.insert(record.agreement.to_string(), (record.version, leaf));
        }
        completed.extend(pass.push(row.bytes).1);
    }
    completed
}

async fn compare_nodes(store: &Store, completed: &[(NodeId, Hash)], pass: &mut Pass) -> Result<(), StoreError> {
    let ids: Vec<NodeId> = completed.iter().map(|(id, _)| *id).collect();
    for ((id, expected), stored) in completed.iter().zip(store.nodes(&ids).await?) {
        if stored != Some(*expected) {
            let place = format!("tree_node level {} index {}", id.level, id.index);
            let reason = "the stored hash is not the one that the records give";
            pass.find(Finding::tampered(None, &place, "node-mismatch", reason));
        }
    }
    Ok(())
}

async fn compare_heads(store: &Store, heads: &HashMap<String, (u64, Hash)>, pass: &mut Pass) -> Result<(), StoreError> {
    let rows = store.stream_heads().await?;
    for row in &rows {
        let head = &row.head;
        let expected = heads.get(head.agreement.as_str());
        // A server that is writing may be ahead of the checkpoint that we hold.
        if expected.is_some_and(|(version, leaf)| head.version < *version || head.version == *version && head.leaf != *leaf) {
            let reason = format!("the head of {} is not its newest record", head.agreement);
            pass.find(Finding::tampered(None, "stream_head", "head-mismatch", reason));
        }
    }
    let missing = heads.keys().filter(|name| rows.iter().all(|row| row.head.agreement.as_str() != name.as_str()));
    for name in missing {
        pass.find(Finding::tampered(None, "stream_head", "head-missing", format!("{name} has no head")));
    }
    Ok(())
}

/// Rows that no checkpoint covers: there for a moment while a server writes, else not signed for.
async fn beyond(store: &Store, newest: &CheckpointRow, nodes: u64, pass: &mut Pass) -> Result<(), StoreError> {
    for _ in 0..10 {
        let grown = store.newest_checkpoint().await?.is_some_and(|row| row.size > newest.size);
        let (count, end) = store.count_records().await?;
        if grown || (count <= newest.size && end <= newest.size) {
            if !grown && store.count_nodes().await? > nodes {
                let reason = "there are hashes of the tree that no record gives";
                pass.find(Finding::tampered(None, "tree_node", "node-extra", reason));
            }
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let reason = "there are records that no checkpoint covers; start the server on it once, which proves and signs them";
    pass.find(Finding::unverifiable(Some(newest.size), "record", "records-beyond-checkpoint", reason));
    Ok(())
}

/// Every stored checkpoint but the newest, which the pass has already.
async fn checkpoints(store: &Store, newest: u64) -> Result<Vec<CheckpointRow>, StoreError> {
    let mut all: Vec<CheckpointRow> = Vec::new();
    loop {
        let from = all.last().map_or(0, |row| row.size + 1);
        let page = store.checkpoints(from, PAGE).await?;
        let ended = page.is_empty();
        all.extend(page.into_iter().filter(|row| row.size < newest));
        let stuck = all.last().map_or(0, |row| row.size + 1) == from;
        if ended || stuck {
            return Ok(all);
        }
    }
}

async fn anchored(url: &str, anchor: Option<&Path>) -> Result<Option<CheckpointRow>, Failure> {
    let path = anchor.map_or_else(|| beside(url), |path| Some(path.to_owned()));
    let found = match &path {
        Some(path) => Anchor::peek(path).await.map_err(damage)?,
        None => None,
    };
    if found.is_none() {
        if let Some(given) = anchor {
            return Err(Failure::Unavailable(format!("there is no anchor at {}", given.display())));
        }
        output::warn("no anchor lies beside the database: whether its newest records were cut off can't be told; give one with --anchor FILE, or a checkpoint that you kept with --since FILE");
    }
    Ok(found)
}

/// `sqlite:DIR/sinetti.db` → `DIR/anchor.db`.
fn beside(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?.split('?').next()?;
    let path = Path::new(path.strip_prefix("//").unwrap_or(path));
    Some(path.with_file_name("anchor.db"))
}

/// What can't be read is damage when the database itself could be opened.
fn damage(error: StoreError) -> Failure {
    match error {
        StoreError::Missing(_) | StoreError::Url { .. } => Failure::unavailable(error),
        other => Failure::refused(other),
    }
}
