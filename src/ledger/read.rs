//! Answers to questions. Everything read from the database is checked against its leaf, its place
//! and the published tree before it is handed out.

use std::sync::Arc;

use sinetti_events::chain::StreamHead;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::verify_checkpoint;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::tile::{Tile, TileKind, encode_entries, encode_hashes};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::inclusion::{check_inclusion, inclusion_nodes};
use sinetti_events::tree::node::{NodeId, peak_ids};
use sinetti_projections::registry::Registry;

use super::Ledger;
use super::answers::{AsOf, Receipt, View};
use super::cosigned::Cosigned;
use super::errors::ReadError;
use super::fold::{States, event_of};
use super::published::{Published, Tip};
use crate::store::rows::{CheckpointRow, RecordRow};

/// Rows read at a time.
pub(super) const PAGE: u32 = 500;

impl Ledger {
    /// An agreement's state: the newest, or as known at a moment. `None` while it has no record.
    ///
    /// # Errors
    ///
    /// A record that it rests on is damaged, or the database fails.
    pub async fn view(&self, agreement: &StreamId, known_at: Option<Instant>) -> Result<Option<View>, ReadError> {
        match known_at {
            None => self.0.shared.read(|published| newest(published, agreement)),
            Some(moment) => self.view_at(agreement, moment).await,
        }
    }

    /// An agreement's newest state, with the root of the checkpoint that it is the state of.
    pub(super) fn newest_view(&self, agreement: &StreamId) -> Result<Option<(View, Hash)>, ReadError> {
        self.0.shared.read(|published| Ok(newest(published, agreement)?.map(|view| (view, published.root))))
    }

    /// The registry's state: the newest, or as known at a moment.
    ///
    /// # Errors
    ///
    /// A record that it rests on is damaged, or the database fails.
    pub async fn registry(&self, known_at: Option<Instant>) -> Result<Arc<Registry>, ReadError> {
        let registry = StreamId::registry();
        match known_at {
            None => self.0.shared.read(|published| {
                check_damage(published, &registry)?;
                Ok(published.states.registry().clone())
            }),
            Some(moment) => {
                let mut states = States::default();
                self.fold_until(&mut states, &registry, moment).await?;
                Ok(states.registry().clone())
            }
        }
    }

    /// The heads of all streams, in order of their first records; the registry is the first.
    ///
    /// # Errors
    ///
    /// None today; a store elsewhere can fail.
    pub async fn streams(&self) -> Result<Vec<StreamHead>, ReadError> {
        Ok(self.0.shared.read(|published| published.tips().iter().map(|tip| tip.head.clone()).collect()))
    }

    /// Every agreement, in order of first records; last those of which damage has left nothing to show,
    /// so that none is passed over in silence.
    pub fn agreements(&self) -> Vec<StreamId> {
        self.0.shared.read(|published| {
            let shown = published.tips().iter().map(|tip| &tip.head.agreement);
            let mut hidden: Vec<&StreamId> =
                published.damaged.keys().filter(|stream| published.tip(stream).is_none()).collect();
            hidden.sort();
            shown.chain(hidden).filter(|stream| !stream.is_registry()).cloned().collect()
        })
    }

    /// Records of one stream after version `after`, in order, `limit` at most.
    ///
    /// # Errors
    ///
    /// One of them is damaged or missing, or the database fails.
    pub async fn records(&self, agreement: &StreamId, after: u64, limit: u32) -> Result<Vec<Entry>, ReadError> {
        let size = self.0.shared.read(|published| published.size);
        let rows = self.0.store.stream_records(agreement, after, size, limit).await?;
        let in_place = |(row, version): (RecordRow, u64)| {
            if row.version != version {
                let reason = format!("version {version} of {agreement} is missing before it");
                return Err(ReadError::Damaged { index: row.index, reason });
            }
            Ok(row.intact()?)
        };
        rows.into_iter().zip(after.saturating_add(1)..).map(in_place).collect()
    }

    /// One record.
    ///
    /// # Errors
    ///
    /// It is damaged, or the database fails.
    pub async fn record(&self, agreement: &StreamId, version: u64) -> Result<Option<Entry>, ReadError> {
        let Some(before) = version.checked_sub(1) else { return Ok(None) };
        Ok(self.records(agreement, before, 1).await?.into_iter().next())
    }

    /// C2SP tlog-proof of one record in the newest published checkpoint, with its cosignatures.
    ///
    /// # Errors
    ///
    /// Record or tree is damaged, or the database fails.
    pub async fn proof(&self, agreement: &StreamId, version: u64) -> Result<Option<String>, ReadError> {
        let Some(entry) = self.record(agreement, version).await? else { return Ok(None) };
        let row = self.0.shared.read(proven)?;
        self.prove(&entry, &self.with_cosignatures(&row).await?).await.map(Some)
    }

    /// Disclosures still held for one stream, in order of its records.
    ///
    /// # Errors
    ///
    /// One of them is damaged, or the database fails.
    pub async fn disclosures(&self, agreement: &StreamId) -> Result<Vec<Disclosure>, ReadError> {
        let rows = self.0.store.disclosures(agreement).await?;
        let parse = |text: &str| {
            serde_json::from_str(text).map_err(|error| unproven(format!("a disclosure is damaged: {error}")))
        };
        rows.iter().map(|row| parse(&row.disclosure)).collect()
    }

    /// The newest published checkpoint, a signed note, with the cosignatures that it has so far.
    ///
    /// # Errors
    ///
    /// None can be shown.
    pub async fn checkpoint(&self) -> Result<String, ReadError> {
        let note = self.0.shared.read(|published| match published.cosigned() {
            Some(cosigned) => Some(cosigned.note.as_str().to_owned()),
            None => published.shown.clone(),
        });
        note.ok_or_else(|| unproven("no stored checkpoint verifies".to_owned()))
    }

    /// The bytes of a tile; `None` when the published tree does not have it.
    ///
    /// # Errors
    ///
    /// What it is made of is damaged, or the database fails.
    pub async fn tile(&self, tile: &Tile) -> Result<Option<Vec<u8>>, ReadError> {
        let size = self.0.shared.read(|published| published.size);
        if !tile.is_served(size) {
            return Ok(None);
        }
        match tile.kind {
            TileKind::Hashes { .. } => self.hash_tile(tile).await.map(Some),
            TileKind::Entries => self.entry_tile(tile).await.map(Some),
        }
    }

    /// A record with its proof in the earliest cosigned checkpoint that contains it, or, while there is
    /// none, in the earliest.
    pub(super) async fn receipt(&self, index: u64) -> Result<Receipt, ReadError> {
        let row = self.0.store.records(index, index.saturating_add(1), 1).await?.into_iter().next();
        let missing = || ReadError::Damaged { index, reason: "it is missing".to_owned() };
        let entry = row.ok_or_else(missing)?.intact()?;
        let covering = match self.cosigned(index).await? {
            Some(cosigned) => cosigned,
            None => {
                let covering = self.0.store.checkpoint_covering(index).await?;
                let none = || unproven(format!("no stored checkpoint contains record {index}"));
                self.with_cosignatures(&covering.ok_or_else(none)?).await?
            }
        };
        self.verify(&covering)?;
        let proof = self.prove(&entry, &covering).await?;
        Ok(Receipt { entry, proof })
    }

    /// The published record of an event.
    pub(super) async fn recorded(&self, event: &EventId) -> Result<Option<Entry>, ReadError> {
        let size = self.0.shared.read(|published| published.size);
        let row = self.0.store.record_of(event).await?;
        Ok(row.filter(|row| row.index < size).map(RecordRow::intact).transpose()?)
    }

    async fn view_at(&self, agreement: &StreamId, moment: Instant) -> Result<Option<View>, ReadError> {
        let mut states = States::default();
        self.fold_until(&mut states, &StreamId::registry(), moment).await?;
        let Some(tip) = self.fold_until(&mut states, agreement, moment).await? else { return Ok(None) };
        let checkpoint = self.0.shared.read(|published| published.size);
        Ok(Some(view(&states, &tip, checkpoint)))
    }

    /// Folds the records of one stream that were known at `moment`; gives the newest of them.
    async fn fold_until(
        &self,
        states: &mut States,
        stream: &StreamId,
        moment: Instant,
    ) -> Result<Option<Tip>, ReadError> {
        let mut tip: Option<Tip> = None;
        loop {
            let after = tip.as_ref().map_or(0, |tip| tip.head.version);
            let entries = self.records(stream, after, PAGE).await?;
            let full = entries.len() == PAGE as usize;
            for entry in entries {
                let (index, version) = (entry.record.index, entry.record.version);
                if entry.record.recorded_at > moment {
                    return Ok(tip);
                }
                let event = event_of(&entry).map_err(|bad| ReadError::Damaged { index, reason: bad.to_string() })?;
                states.evolve(&event);
                let head = StreamHead { agreement: stream.clone(), version, leaf: entry.leaf };
                tip = Some(Tip { head, index });
            }
            if !full {
                return Ok(tip);
            }
        }
    }

    /// A proof is handed out only after it has been checked.
    pub(super) async fn prove(&self, entry: &Entry, covering: &Cosigned) -> Result<String, ReadError> {
        let Cosigned { checkpoint, note, .. } = covering.clone();
        let index = entry.record.index;
        let plan = inclusion_nodes(index, checkpoint.size).map_err(|error| unproven(error.to_string()))?;
        let hashes = self.nodes(&plan.nodes()).await?;
        let proof = plan.prove(&hashes).map_err(|error| unproven(error.to_string()))?;
        check_inclusion(&entry.leaf, index, checkpoint.size, &proof, &checkpoint.root)
            .map_err(|error| unproven(error.to_string()))?;
        Ok(TlogProof { extra: None, index, hashes: proof, checkpoint: note }.to_string())
    }

    /// A stored checkpoint is signed by the keys that the registry names for its size.
    fn verify(&self, covering: &Cosigned) -> Result<(), ReadError> {
        let size = covering.checkpoint.size;
        let keys = self.0.shared.read(|published| {
            let keyring = &published.states.registry().keyring;
            keyring.log_keys_at(size.max(1)).map(|keys| keys.keys.clone())
        });
        let note = covering.note.as_str().as_bytes();
        let verified = verify_checkpoint(note, &self.0.origin, &keys.unwrap_or_default());
        verified.map(|_| ()).map_err(|error| unproven(format!("checkpoint {size}: {error}")))
    }

    async fn hash_tile(&self, tile: &Tile) -> Result<Vec<u8>, ReadError> {
        let ids = tile.nodes();
        let hashes = self.nodes(&ids).await?;
        self.check_below(&ids, &hashes).await?;
        self.check_above(&ids, &hashes).await?;
        Ok(encode_hashes(&hashes))
    }

    /// A tile's hashes must be what the nodes below them give, and its leaves those of the records' bytes: a tile
    /// that was served wrong once would stay in caches.
    async fn check_below(&self, ids: &[NodeId], hashes: &[Hash]) -> Result<(), ReadError> {
        let Some(first) = ids.first() else { return Ok(()) };
        let Some(level) = first.level.checked_sub(1) else {
            // Whose leaf the tree does not hold is not intact.
            return self.entries(first.index, ids.len() as u64).await.map(drop);
        };
        let below = |id: &NodeId| [0, 1].map(|side| NodeId { level, index: id.index * 2 + side });
        let below = self.nodes(&ids.iter().flat_map(below).collect::<Vec<_>>()).await?;
        let (pairs, _) = below.as_chunks::<2>();
        if pairs.iter().map(|[left, right]| Hash::node(left, right)).eq(hashes.iter().copied()) {
            return Ok(());
        }
        Err(unproven(format!("tree nodes of level {} from {} on are damaged", first.level, first.index)))
    }

    /// The stored nodes above a tile's hashes must be what the hashes give.
    async fn check_above(&self, ids: &[NodeId], hashes: &[Hash]) -> Result<(), ReadError> {
        let Some(first) = ids.first() else { return Ok(()) };
        let mut tree = Frontier::new();
        for hash in hashes {
            tree.push(*hash);
        }
        let above = |id: NodeId| NodeId {
            level: first.level.saturating_add(id.level),
            index: (first.index >> id.level) + id.index,
        };
        let peaks: Vec<NodeId> = peak_ids(hashes.len() as u64).into_iter().map(above).collect();
        let stored = self.nodes(&peaks).await?;
        let computed: Vec<Hash> = tree.peaks().into_iter().map(|(_, hash)| hash).collect();
        if stored == computed {
            return Ok(());
        }
        Err(unproven(format!("tree nodes of level {} from {} on are damaged", first.level, first.index)))
    }

    async fn entry_tile(&self, tile: &Tile) -> Result<Vec<u8>, ReadError> {
        let ids = tile.nodes();
        let entries = self.entries(ids.first().map_or(0, |id| id.index), ids.len() as u64).await?;
        let bytes: Vec<Vec<u8>> = entries.into_iter().map(|entry| entry.bytes).collect();
        encode_entries(&bytes).map_err(|bad| unproven(bad.to_string()))
    }

    /// `count` records from `from` on, all of them.
    async fn entries(&self, from: u64, count: u64) -> Result<Vec<Entry>, ReadError> {
        let to = from.saturating_add(count);
        let rows = self.0.store.records(from, to, PAGE).await?;
        if !rows.iter().map(|row| row.index).eq(from..to) {
            return Err(ReadError::Damaged { index: from, reason: "records after it are missing".to_owned() });
        }
        Ok(rows.into_iter().map(RecordRow::intact).collect::<Result<_, _>>()?)
    }

    async fn nodes(&self, ids: &[NodeId]) -> Result<Vec<Hash>, ReadError> {
        let nodes = self.0.store.nodes(ids).await?;
        let nodes: Option<Vec<Hash>> = nodes.into_iter().collect();
        nodes.ok_or_else(|| unproven("stored tree nodes are missing".to_owned()))
    }
}

fn newest(published: &Published, agreement: &StreamId) -> Result<Option<View>, ReadError> {
    check_damage(published, agreement)?;
    check_damage(published, &StreamId::registry())?;
    Ok(published.tip(agreement).map(|tip| view(&published.states, tip, published.size)))
}

fn view(states: &States, tip: &Tip, checkpoint: u64) -> View {
    let registry = states.registry().clone();
    let as_of = AsOf {
        index: tip.index,
        version: tip.head.version,
        leaf: tip.head.leaf,
        registry_version: registry.version,
        checkpoint,
    };
    View { agreement: states.agreement(&tip.head.agreement), registry, as_of }
}

pub(super) fn check_damage(published: &Published, stream: &StreamId) -> Result<(), ReadError> {
    match published.damaged.get(stream) {
        Some((index, reason)) => Err(ReadError::Damaged { index: *index, reason: reason.clone() }),
        None => Ok(()),
    }
}

pub(super) fn proven(published: &Published) -> Result<CheckpointRow, ReadError> {
    let note = published.note.clone().ok_or_else(|| unproven("no stored checkpoint verifies".to_owned()))?;
    Ok(CheckpointRow { size: published.size, note })
}

pub(super) fn unproven(reason: String) -> ReadError {
    ReadError::Unproven(reason)
}
