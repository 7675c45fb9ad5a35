//! The end of a large ledger, proven without reading all of it: the tree's right edge against the
//! anchor, the heads of all streams against the last record, the cached states against both.
//!
//! Anything that is not as it must be sends the start to the whole examination, which says what it
//! is. What lies further back is checked when it is read, and by `sinetti verify`.

use sinetti_events::chain::{Chain, StreamHead};
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::{Checkpoint, verify_checkpoint};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::peak_ids;

use super::{Examined, Proven};
use crate::ledger::fold::States;
use crate::ledger::published::Tip;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::rows::{CheckpointRow, RecordRow, StreamRow};

/// Newest records whose bytes are read.
const NEWEST: u64 = 1000;

/// The ledger's state, if its end is exactly what the anchor has seen.
pub(crate) async fn resume(
    store: &Store,
    origin: &Origin,
    anchor: &CheckpointRow,
) -> Result<Option<Examined>, StoreError> {
    let size = anchor.size;
    let head = store.head().await?;
    if head.size != size || store.count_records().await? != (size, size) {
        return Ok(None);
    }
    if store.newest_checkpoint().await?.as_ref() != Some(anchor) {
        return Ok(None);
    }
    let peaks: Option<Vec<Hash>> = store.nodes(&peak_ids(size)).await?.into_iter().collect();
    let frontier = peaks.and_then(|peaks| Frontier::from_peaks(size, peaks).ok());
    let newest = store.records(size.saturating_sub(NEWEST), size, 1000).await?;
    let first = store.records(0, 1, 1).await?.into_iter().next().and_then(|row| row.intact().ok());
    let heads = store.stream_heads().await?;
    let states = store.states().await?;
    let fits = heads.iter().zip(&heads_of(&states, &heads)).all(|(row, version)| Some(row.head.version) == *version);
    let states = States::of_cache(&states).filter(|_| fits && states.len() == heads.len());
    let (Some(frontier), Some(first), Some(states)) = (frontier, first, states) else { return Ok(None) };
    let Some(checkpoint) = signed(anchor, origin, &states).filter(|signed| signed.root == frontier.root()) else {
        return Ok(None);
    };
    let (Some(chain), Some(tips)) = (chain(origin, newest, &heads), tips(&heads, size)) else { return Ok(None) };
    if head.last != chain_end(&chain, &tips, size) {
        return Ok(None);
    }
    let proven = Proven { row: anchor.clone(), checkpoint, states: states.clone(), tips: tips.clone() };
    Ok(Some(Examined {
        chain,
        frontier,
        states,
        first: Some(first.leaf),
        tips,
        differences: Vec::new(),
        damaged: std::collections::HashMap::new(),
        proven_size: Some(size),
        proven: Some(proven),
    }))
}

/// The cached version of each head's stream.
fn heads_of(states: &[crate::store::rows::StateRow], heads: &[StreamRow]) -> Vec<Option<u64>> {
    let cached: std::collections::HashMap<&str, u64> =
        states.iter().map(|row| (row.agreement.as_str(), row.version)).collect();
    heads.iter().map(|row| cached.get(row.head.agreement.as_str()).copied()).collect()
}

/// The anchor's checkpoint, if the keys that the registry names have signed it.
fn signed(anchor: &CheckpointRow, origin: &Origin, states: &States) -> Option<Checkpoint> {
    let keys = &states.registry().keyring.log_keys_at(anchor.size)?.keys;
    let verified = verify_checkpoint(anchor.note.as_bytes(), origin, keys).ok()?;
    Some(verified.checkpoint().clone()).filter(|checkpoint| checkpoint.size == anchor.size)
}

/// The chains' ends: the last record must stand where the heads before it put it, and all newest
/// records must be whole and linked.
fn chain(origin: &Origin, newest: Vec<RecordRow>, heads: &[StreamRow]) -> Option<Chain> {
    let entries: Vec<Entry> = newest.into_iter().map(|row| row.intact().ok()).collect::<Option<_>>()?;
    let linked =
        |pair: &[Entry]| pair[1].record.previous == pair[0].leaf && pair[1].record.index == pair[0].record.index + 1;
    let [.., before, last] = entries.as_slice() else { return None };
    if !entries.windows(2).all(linked) {
        return None;
    }
    let mut earlier: Vec<StreamHead> = heads.iter().map(|row| row.head.clone()).collect();
    let number = earlier.iter().position(|head| head.agreement == last.record.agreement)?;
    if last.record.version == 1 {
        earlier.remove(number);
    } else {
        earlier[number].version = last.record.version - 1;
        earlier[number].leaf = last.record.agreement_previous;
    }
    let end = Some((before.leaf, before.record.recorded_at));
    let mut chain = Chain::resume(origin.clone(), last.record.index, end, earlier);
    let in_place = chain.check(last).is_empty();
    chain.push(last);
    let same_heads = chain.streams().iter().eq(heads.iter().map(|row| &row.head));
    (in_place && same_heads).then_some(chain)
}

/// The newest record of each stream. Since versions have no gaps, that they add up to the number
/// of records shows that none of them is behind.
fn tips(heads: &[StreamRow], size: u64) -> Option<Vec<Tip>> {
    let total: u64 = heads.iter().map(|row| row.head.version).sum();
    let in_order = heads.iter().map(|row| row.number).eq(0..heads.len() as u64);
    let tip = |row: &StreamRow| row.index.map(|index| Tip { head: row.head.clone(), index });
    heads.iter().map(tip).collect::<Option<Vec<Tip>>>().filter(|_| total == size && in_order)
}

fn chain_end(chain: &Chain, tips: &[Tip], size: u64) -> Option<(Hash, sinetti_events::primitives::time::Instant)> {
    let last = tips.iter().find(|tip| tip.index + 1 == size).map(|tip| tip.head.leaf);
    last.zip(chain.last_recorded_at())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;
    use crate::ledger::examine::{Depth, examine};
    use crate::store::anchor::Anchor;

    /// Whether resuming finds what examining finds; none when it does not resume.
    pub(crate) async fn resumes(dir: &std::path::Path) -> Option<bool> {
        let store = Store::open_reader(&format!("sqlite:{}", dir.join("sinetti.db").display())).await.unwrap();
        let origin: Origin = "localhost/sinetti".parse().unwrap();
        let anchor = Anchor::peek(&dir.join("anchor.db")).await.unwrap().unwrap();
        let quick = resume(&store, &origin, &anchor).await.unwrap()?;
        let whole = examine(&store, &origin, Some(anchor), Depth::Full).await.unwrap();
        store.close().await;
        let rows =
            |found: &Examined| found.tips.iter().map(|tip| found.states.row(&tip.head.agreement)).collect::<Vec<_>>();
        Some(
            quick.chain.streams() == whole.chain.streams()
                && quick.chain.last_recorded_at() == whole.chain.last_recorded_at()
                && quick.frontier == whole.frontier
                && quick.first == whole.first
                && quick.tips == whole.tips
                && rows(&quick) == rows(&whole)
                && whole.differences.is_empty(),
        )
    }
}
