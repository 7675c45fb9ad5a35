//! The evidence of one agreement, gathered from one published moment.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use sinetti_events::bundle::{Bundle, Heads, Member};
use sinetti_events::chain::StreamHead;
use sinetti_events::completeness::prove_newest;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::earlier::EarlierCheckpoint;
use sinetti_events::primitives::canonical::{self, Names};

use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::documents;
use sinetti_projections::registry::Registry;

use super::cosigned::{Cosigned, Counts};
use super::errors::ReadError;
use super::published::Published;
use super::read::{PAGE, check_damage, proven, unproven};
use super::timestamps::Timestamp;
use super::{Ledger, notary};
use crate::documents::{DocumentError, Documents};
use crate::evidence::readme::{self, Facts};
use crate::store::rows::CheckpointRow;

const LEAVE_OUT: &str = "leave the documents out (`documents=false`, `--without-documents`) and fetch them one by one";

/// A bundle and what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// `<agreement>-<size>.sinetti.zip`.
    pub name: String,
    /// The ZIP.
    pub bytes: Vec<u8>,
}

/// One published moment: what it shows doesn't change while the rest is read.
struct Moment {
    row: CheckpointRow,
    checkpoint: Checkpoint,
    heads: Vec<StreamHead>,
    registry: Arc<Registry>,
    agreement: Option<Arc<Agreement>>,
}

impl Ledger {
    /// The evidence bundle of an agreement, or of the registry, as of the newest published checkpoint; with the
    /// documents that `documents` holds, `most` bytes of them at most. `None` while there is no such stream.
    ///
    /// # Errors
    ///
    /// What it rests on is damaged, too large for one file, or the database or the place of documents fails.
    pub async fn evidence(
        &self,
        agreement: &StreamId,
        documents: Option<&Documents>,
        most: u64,
    ) -> Result<Option<EvidenceFile>, ReadError> {
        let Some(moment) = self.0.shared.read(|published| Moment::of(published, agreement))? else { return Ok(None) };
        let mut bundle = Bundle::new();
        let policy = self.policy();
        let witnesses: HashSet<String> = policy.witnesses().iter().map(|witness| witness.key.to_string()).collect();
        let policy = policy.to_bytes();
        // Cosignatures of witnesses that the policy does not name would say nothing to its reader.
        let counts = |vkey: &str| witnesses.contains(vkey);
        let checkpoint = self.with_cosignatures_by(&moment.row, &counts).await?;
        let registry = self.stream(&StreamId::registry(), &moment.checkpoint).await?;
        let records =
            if agreement.is_registry() { Vec::new() } else { self.stream(agreement, &moment.checkpoint).await? };
        let last = self.heads(&moment, &checkpoint, agreement, &mut bundle).await?;
        let disclosures = self.disclosed(agreement, [&registry, &records]).await?;
        self.put_records(&registry, Member::Registry, &checkpoint, &mut bundle).await?;
        self.put_records(&records, Member::Agreement, &checkpoint, &mut bundle).await?;
        self.put_cosigned(registry.iter().chain(&records), &checkpoint, &counts, &mut bundle).await?;
        let stamps = self.put_timestamps(registry.iter().chain(&records), &checkpoint, &counts, &mut bundle).await?;
        if let Some(documents) = documents {
            self.put_documents(&records, documents, most, &mut bundle).await?;
        }
        let facts = Facts {
            agreement: moment.agreement.as_deref(),
            as_of: last.record.recorded_at,
            checkpoint: &moment.checkpoint,
            policy: &policy,
            registry: &moment.registry,
            timestamps: &stamps,
        };
        bundle.insert(Member::Readme, readme::readme(&facts));
        bundle.insert(Member::Checkpoint, checkpoint.note.as_str());
        bundle.insert(Member::Policy, policy);
        bundle.insert(Member::Disclosures, disclosures);
        let name = Bundle::file_name(agreement, moment.checkpoint.size);
        let bytes = bundle.to_bytes().map_err(|error| ReadError::TooLarge(format!("{error}; {LEAVE_OUT}")))?;
        Ok(Some(EvidenceFile { name, bytes }))
    }

    /// All records of one stream under the checkpoint.
    async fn stream(&self, stream: &StreamId, checkpoint: &Checkpoint) -> Result<Vec<Entry>, ReadError> {
        let mut all: Vec<Entry> = Vec::new();
        loop {
            let page = self.records(stream, all.len() as u64, PAGE).await?;
            let full = page.len() == PAGE as usize;
            all.extend(page.into_iter().filter(|entry| entry.record.index < checkpoint.size));
            if !full {
                return Ok(all);
            }
        }
    }

    async fn put_records(
        &self,
        entries: &[Entry],
        member: fn(u64) -> Member,
        checkpoint: &Cosigned,
        bundle: &mut Bundle,
    ) -> Result<(), ReadError> {
        for entry in entries {
            bundle.insert(Member::Proof(entry.record.index), self.prove(entry, checkpoint).await?);
            bundle.insert(member(entry.record.version), entry.bytes.as_slice());
        }
        Ok(())
    }

    /// The documents that these records name, as far as they are held.
    async fn put_documents(
        &self,
        entries: &[Entry],
        documents: &Documents,
        most: u64,
        bundle: &mut Bundle,
    ) -> Result<(), ReadError> {
        let mut room = most;
        for digest in entries.iter().flat_map(named).collect::<BTreeSet<Digest>>() {
            if self.document(&digest).erased {
                continue;
            }
            let bytes = match documents.read(&digest).await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(error @ DocumentError::Damaged(_)) => {
                    // What is not the document any more is not held; the records don't rest on it.
                    tracing::error!("left out of the evidence: {error}");
                    continue;
                }
                Err(error) => return Err(ReadError::Documents(error.to_string())),
            };
            let too_large = || ReadError::TooLarge(format!("the documents have more than {most} bytes; {LEAVE_OUT}"));
            room = room.checked_sub(bytes.len() as u64).ok_or_else(too_large)?;
            bundle.insert(Member::Document(digest), bytes);
        }
        Ok(())
    }

    /// For each record the earliest checkpoint that a witness cosigned with it, with the proof that the
    /// bundle's own extends it: by when the record was there.
    async fn put_cosigned(
        &self,
        entries: impl Iterator<Item = &Entry>,
        checkpoint: &Cosigned,
        counts: Counts<'_>,
        bundle: &mut Bundle,
    ) -> Result<(), ReadError> {
        let to = checkpoint.checkpoint.size;
        let mut indexes: Vec<u64> = entries.map(|entry| entry.record.index).collect();
        indexes.sort_unstable();
        let mut covered = 0;
        for index in indexes {
            if index < covered {
                continue;
            }
            let Some(earlier) = self.cosigned_by(index, counts).await? else { return Ok(()) };
            covered = earlier.checkpoint.size;
            if covered >= to {
                return Ok(());
            }
            let hashes = self.consistency(covered, to).await?;
            let earlier = EarlierCheckpoint { to, hashes, checkpoint: earlier.note };
            bundle.insert(Member::Cosigned(covered), earlier.to_string());
        }
        Ok(())
    }

    /// For each record the earliest timestamp of a checkpoint that covers it, with that checkpoint and the proof that the
    /// bundle's own extends it, unless it is the bundle's own. Gives sizes and times.
    async fn put_timestamps(
        &self,
        entries: impl Iterator<Item = &Entry>,
        checkpoint: &Cosigned,
        counts: Counts<'_>,
        bundle: &mut Bundle,
    ) -> Result<Vec<(u64, Instant)>, ReadError> {
        let to = checkpoint.checkpoint.size;
        let mut indexes: Vec<u64> = entries.map(|entry| entry.record.index).collect();
        indexes.sort_unstable();
        let (mut covered, mut stamps) = (0, Vec::new());
        for index in indexes {
            if index < covered {
                continue;
            }
            let Some(timestamp) = self.timestamp_from(index.saturating_add(1), to).await? else { return Ok(stamps) };
            covered = timestamp.size;
            if covered < to && bundle.get(Member::Cosigned(covered)).is_none() {
                let row = self.store().checkpoints(covered, 1).await?.pop();
                let row = row.ok_or_else(|| unproven(format!("checkpoint {covered} is missing")))?;
                let earlier = self.with_cosignatures_by(&row, counts).await?;
                let hashes = self.consistency(covered, to).await?;
                let earlier = EarlierCheckpoint { to, hashes, checkpoint: earlier.note };
                bundle.insert(Member::Cosigned(covered), earlier.to_string());
            }
            stamps.push((covered, timestamp.time));
            bundle.insert(Member::Timestamp(covered), timestamp.token);
        }
        Ok(stamps)
    }

    /// The first sound timestamp of a checkpoint of `size` to `most` records.
    async fn timestamp_from(&self, mut size: u64, most: u64) -> Result<Option<Timestamp>, ReadError> {
        loop {
            let Some(row) = self.store().timestamps(size, most, 1).await?.pop() else { return Ok(None) };
            size = row.size.saturating_add(1);
            if let Some(timestamp) = self.timestamps(row.size, row.size, 1).await?.pop() {
                return Ok(Some(timestamp));
            }
        }
    }

    /// `heads.json`; gives the last record under the checkpoint.
    async fn heads(
        &self,
        moment: &Moment,
        checkpoint: &Cosigned,
        agreement: &StreamId,
        bundle: &mut Bundle,
    ) -> Result<Entry, ReadError> {
        let last = self.last(&moment.checkpoint).await?;
        let number = |stream: &StreamId| {
            let at = moment.heads.iter().position(|head| head.agreement == *stream);
            at.map(|at| at as u64).ok_or_else(|| unproven(format!("{stream} has no head")))
        };
        let shown = |stream: &StreamId| {
            prove_newest(&last, &moment.heads, number(stream)?).map_err(|error| unproven(error.to_string()))
        };
        let heads = Heads {
            agreement: if agreement.is_registry() { Vec::new() } else { shown(agreement)? },
            last: last.bytes.clone(),
            proof: self.prove(&last, checkpoint).await?,
            registry: shown(&StreamId::registry())?,
        };
        bundle.insert(Member::Heads, heads.to_bytes());
        Ok(last)
    }

    async fn last(&self, checkpoint: &Checkpoint) -> Result<Entry, ReadError> {
        let index = checkpoint.size.saturating_sub(1);
        let row = self.0.store.records(index, checkpoint.size, 1).await?.into_iter().next();
        Ok(row.ok_or_else(|| unproven(format!("record {index} is missing")))?.intact()?)
    }

    /// `disclosures.json`: what is still held of both streams' events, in order.
    async fn disclosed(&self, agreement: &StreamId, streams: [&[Entry]; 2]) -> Result<Vec<u8>, ReadError> {
        let places: HashMap<EventId, usize> = streams
            .into_iter()
            .flatten()
            .enumerate()
            .filter_map(|(place, entry)| Some((Payload::parse(&entry.record.envelope.payload).ok()?.event, place)))
            .collect();
        let mut held: Vec<(usize, Disclosure)> = Vec::new();
        for stream in BTreeSet::from([&StreamId::registry(), agreement]) {
            let disclosures = self.disclosures(stream).await?;
            held.extend(disclosures.into_iter().filter_map(|it| Some((*places.get(&it.event)?, it))));
        }
        held.sort_by(|(place, left), (other, right)| (place, &left.pointer).cmp(&(other, &right.pointer)));
        let held: Vec<Disclosure> = held.into_iter().map(|(_, disclosure)| disclosure).collect();
        canonical::write(&held, Names::Ascii).map_err(|defect| unproven(format!("a disclosure is damaged: {defect}")))
    }
}

/// The documents that a record names.
fn named(entry: &Entry) -> Vec<Digest> {
    let payload = Payload::parse(&entry.record.envelope.payload).ok();
    let data = payload.and_then(|payload| serde_json::from_str(payload.data.get()).ok());
    let named = data.map(|data| documents::named(&data)).unwrap_or_default();
    named.into_iter().map(|named| named.digest).collect()
}

impl Moment {
    fn of(published: &Published, agreement: &StreamId) -> Result<Option<Moment>, ReadError> {
        check_damage(published, agreement)?;
        check_damage(published, &StreamId::registry())?;
        if published.tip(agreement).is_none() {
            return Ok(None);
        }
        let row = proven(published)?;
        let checkpoint = notary::read_checkpoint(&row).map_err(|stop| unproven(stop.to_string()))?;
        let state = (!agreement.is_registry()).then(|| published.states.agreement(agreement));
        Ok(Some(Moment {
            row,
            checkpoint,
            heads: published.tips().iter().map(|tip| tip.head.clone()).collect(),
            registry: published.states.registry().clone(),
            agreement: state,
        }))
    }
}
