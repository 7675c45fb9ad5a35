//! Opening a ledger: everything stored is proven before anything is written.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sinetti_events::format::record::Entry;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;
use sinetti_projections::registry::Erasure;
use tokio::sync::mpsc;

use super::errors::OpenError;
use super::examine::{Depth, Examined, Proven, examine, examine_at_start};
use super::mirror::Mirror;
use super::notary::{Notary, Stop, read_checkpoint};
use super::published::Published;
use super::sequencer::{Sequencer, Shared};
use super::time::Watch;
use super::timestamps::Dial;
use super::witnesses::{Board, consult};
use super::{Inner, Ledger, Options};
use crate::documents::Documents;
use crate::log_keys::LogKeyPair;
use crate::store::anchor::Anchor;
use crate::store::rows::CheckpointRow;
use crate::store::{Store, Writer};

/// Events that may wait for their turn.
const QUEUE: usize = 1024;

/// The anchor's file in the data directory.
pub(crate) const ANCHOR: &str = "anchor.db";

/// The folder of documents in the data directory.
const DOCUMENTS: &str = "documents";

/// Opens for writing.
pub(crate) async fn open(options: Options) -> Result<Ledger, OpenError> {
    let lock = lock(&options.data_dir)?;
    let (store, writer) = Store::open(&options.database_url).await?;
    let documents = documents(&options)?;
    check_origin(&store, &options.origin).await?;
    let path = options.data_dir.join(ANCHOR);
    let anchor_failed = |reason| OpenError::Anchor { path: path.clone(), reason };
    let mut anchor = Anchor::open(&path).await.map_err(anchor_failed)?;
    let anchored = anchor.read().await.map_err(anchor_failed)?;
    let found = examine_at_start(&store, &options.origin, anchored.clone()).await?;
    let is_new = found.chain.size() == 0 && anchored.as_ref().is_none_or(|anchored| anchored.size == 0);
    let keys = LogKeyPair::load(&options.data_dir, &options.origin, is_new)?;
    let (keys, both) = generations(&options, keys, &found)?;
    check_witness_keys(&options, &found, &keys)?;
    let mut verdict = verdict(&options, &found, &keys, anchored.as_ref());
    if verdict.is_ok() {
        verdict = witnesses_agree(&options, &store, anchored.as_ref(), &found, &keys).await;
    }
    let opened = Opened { options, store, writer, documents, anchor, anchored, found, keys, both, lock };
    match verdict {
        Ok(()) => opened.for_writing().await,
        Err(reason) => Ok(opened.for_reading(reason).await),
    }
}

/// Opens for reading a database that a server may be writing.
pub(crate) async fn read(database_url: &str) -> Result<Ledger, OpenError> {
    let store = Store::open_reader(database_url).await?;
    let origin = origin_of(&store).await?;
    let found = examine(&store, &origin, None, Depth::Start).await?;
    let published = published(&found, None);
    let reason = "the ledger was opened for reading".to_owned();
    let shared = Shared::new(published, Some(reason));
    Ok(Ledger::of(Inner { differences: found.differences, ..Inner::reading(origin, store, shared) }))
}

/// The origin that a database's record 0 names.
pub(crate) async fn origin_of(store: &Store) -> Result<Origin, OpenError> {
    let first = store.records(0, 1, 1).await?.into_iter().next().ok_or(OpenError::Empty)?;
    if let Ok(entry) = Entry::parse(first.bytes) {
        return Ok(entry.record.ledger);
    }
    // Record 0 is damaged; a checkpoint's first line says the same.
    let note = store.newest_checkpoint().await?.map(|row| row.note).unwrap_or_default();
    note.lines().next().and_then(|line| line.parse().ok()).ok_or(OpenError::Empty)
}

/// All that is at hand when the ledger's state is known.
struct Opened {
    options: Options,
    store: Store,
    writer: Writer,
    documents: Documents,
    anchor: Anchor,
    anchored: Option<CheckpointRow>,
    found: Examined,
    keys: LogKeyPair,
    /// The new keys, when the change to them was recorded but not yet signed for.
    both: Option<LogKeyPair>,
    lock: File,
}

impl Opened {
    async fn for_writing(mut self) -> Result<Ledger, OpenError> {
        let faults = self.options.faults.clone();
        let mirror = mirror(&self.found);
        let mut notary = Notary {
            store: self.store.clone(),
            anchor: self.anchor,
            origin: self.options.origin.clone(),
            keys: Arc::new(self.keys),
            faults: faults.clone(),
            anchored: self.anchored.clone(),
            stored: self.store.newest_checkpoint().await?,
        };
        let now = self.options.clock.now();
        let certified = notary.certify(&mut self.writer, &mirror, self.both.as_ref(), now).await;
        let (checkpoint, note) = match certified {
            Ok(certified) => certified,
            Err(Stop(reason)) => {
                let published = published(&self.found, self.anchored.as_ref());
                let log_keys = notary.keys.verifiers().to_vec();
                return Ok(finish(
                    (self.options, self.store, self.documents),
                    published,
                    Some(reason),
                    log_keys,
                    self.found,
                    self.lock,
                ));
            }
        };
        if let Some(both) = self.both {
            notary.keys = Arc::new(both);
            LogKeyPair::promote_next(&self.options.data_dir)?;
        }
        let mut published = Published::empty();
        published.advance(&self.found.tips, &self.found.states);
        published.show(&checkpoint, &note);
        erase_again(&self.documents, &published).await?;
        let log_keys = notary.keys.verifiers().to_vec();
        let documents = self.documents;
        // After a crash, what was erased may be in the log of recent writes.
        let unforgotten = !self.writer.forget_erased().await?;
        let watch = Watch::new(self.options.clock.clone(), self.options.accept_clock_leap);
        let dir = self.options.data_dir.clone();
        let asked = (self.options.witnessing.clone(), self.options.timestamping.clone());
        let ledger =
            finish((self.options, self.store, documents.clone()), published, None, log_keys, self.found, self.lock);
        let shared = ledger.shared().clone();
        shared.sign_with(notary.keys.clone());
        let (queue, inbox) = mpsc::channel(QUEUE);
        let own = dir.clone();
        let sequencer =
            Sequencer { writer: self.writer, notary, mirror, watch, dir: own, documents, unforgotten, shared, faults };
        if let Ok(cosigned) = ledger.with_newest_cosignatures(&CheckpointRow { size: checkpoint.size, note }).await {
            ledger.shared().show_cosigned(cosigned);
        }
        ledger.start(queue, tokio::spawn(sequencer.run(inbox)), asked, dir).await;
        Ok(ledger)
    }

    async fn for_reading(self, reason: String) -> Ledger {
        tracing::error!("the ledger is served for reading only: {reason}");
        self.anchor.close().await;
        self.writer.close().await;
        let published = published(&self.found, self.anchored.as_ref());
        let log_keys = self.keys.verifiers().to_vec();
        finish((self.options, self.store, self.documents), published, Some(reason), log_keys, self.found, self.lock)
    }
}

fn finish(
    (options, store, documents): (Options, Store, Documents),
    published: Published,
    stopped: Option<String>,
    log_keys: Vec<VerifierKey>,
    found: Examined,
    lock: File,
) -> Ledger {
    Ledger::of(Inner {
        clock: options.clock,
        public_url: options.public_url,
        board: Board::new(&options.witnessing),
        dial: Dial::new(options.timestamping.as_ref()),
        policy: options.witnessing.policy,
        log_keys,
        differences: found.differences,
        documents: Some(documents),
        lock: std::sync::Mutex::new(Some(lock)),
        ..Inner::reading(options.origin, store, Shared::new(published, stopped))
    })
}

/// Whether the ledger may write; if not, why, and the way out.
fn verdict(
    options: &Options,
    found: &Examined,
    keys: &LogKeyPair,
    anchored: Option<&CheckpointRow>,
) -> Result<(), String> {
    let size = found.chain.size();
    let path = options.data_dir.join(ANCHOR);
    let of = anchored.and_then(|anchored| read_checkpoint(anchored).ok()).map(|checkpoint| checkpoint.origin);
    if let Some(other) = of.filter(|origin| *origin != options.origin) {
        return Err(format!(
            "the anchor {} is of the ledger {other}, not of {}. Put this ledger's own anchor in its place, from the \
             data directory that it was served from, or give that with --data-dir",
            path.display(),
            options.origin
        ));
    }
    if let Some(anchored) = anchored.filter(|anchored| anchored.size > size) {
        return Err(format!(
            "the database holds {size} records, but the anchor has seen a checkpoint of {}: the database was cut short, \
             or an old backup was restored. Nothing is written until the newest backup, with at least {} records, is in \
             place (and no -wal file of another day beside it); then start the server again",
            anchored.size, anchored.size
        ));
    }
    if anchored.is_none() && size > 0 && !options.accept_missing_anchor {
        return Err(format!(
            "the database holds {size} records, but there is no anchor ({}) to show that these are all. Restore \
             {ANCHOR} from its backup; or, if you know that this is the newest state of the ledger, start the server \
             once with --accept-missing-anchor",
            path.display()
        ));
    }
    if let Some(difference) = found.differences.first() {
        let more = found.differences.len() - 1;
        return Err(format!(
            "the database was changed or damaged outside the ledger: {} {} {} (and {more} more). Nothing is written. \
             Keep a copy, run `sinetti verify`, restore the newest backup{}",
            difference.table,
            difference.place,
            difference.reason,
            if difference.table == "agreement_state" { ", or run `sinetti rebuild`" } else { "" },
        ));
    }
    let named = found.states.registry().keyring.log_keys().last();
    if named.is_some_and(|named| !keys.are(&named.keys) && found.chain.size() != named.from + 1) {
        return Err(format!(
            "the log's keys in {} are not those that the ledger names. Restore log-ed25519.pem and log-ml-dsa-44.pem \
             from their backup: no checkpoint can be signed with other keys",
            options.data_dir.display()
        ));
    }
    Ok(())
}

/// Whether no witness knows of more than the database holds.
async fn witnesses_agree(
    options: &Options,
    store: &Store,
    anchored: Option<&CheckpointRow>,
    found: &Examined,
    keys: &LogKeyPair,
) -> Result<(), String> {
    let Some(anchored) = anchored.filter(|anchored| anchored.size > 0) else { return Ok(()) };
    let named = found.states.registry().keyring.log_keys().iter().flat_map(|generation| generation.keys.clone());
    let log_keys = named.chain(keys.verifiers().iter().cloned()).collect();
    let now = options.clock.now().unix_ms().unsigned_abs() / 1000;
    consult(&options.witnessing, store, anchored, log_keys, now, &options.data_dir).await
}

/// A witness's key is nobody's else: not the log's, now, before or next, nor one that signs events
/// (an Ed25519 cosignature does not commit to its signer's name).
fn check_witness_keys(options: &Options, found: &Examined, keys: &LogKeyPair) -> Result<(), OpenError> {
    let keyring = &found.states.registry().keyring;
    // Half a pair is told of when it is needed.
    let next = LogKeyPair::load_next(&options.data_dir, &options.origin).ok().flatten();
    let mut log_keys: Vec<&VerifierKey> = keyring.log_keys().iter().flat_map(|generation| &generation.keys).collect();
    log_keys.extend(keys.verifiers());
    log_keys.extend(next.iter().flat_map(LogKeyPair::verifiers));
    for witness in options.witnessing.policy.witnesses() {
        let key = &witness.key;
        let refuse = |whose| Err(OpenError::WitnessKey { key: key.to_string(), whose });
        if log_keys.iter().any(|log| log.shares_key(key)) {
            return refuse("the log's own");
        }
        if keyring.keys().any(|enrolled| key.is_key(&enrolled.public_key)) {
            return refuse("one that signs events");
        }
    }
    Ok(())
}

/// The keys to sign with, and the new ones beside them where a change is yet to be signed for.
fn generations(
    options: &Options,
    present: LogKeyPair,
    found: &Examined,
) -> Result<(LogKeyPair, Option<LogKeyPair>), OpenError> {
    let named = found.states.registry().keyring.log_keys();
    let Some(newest) = named.last().filter(|newest| named.len() > 1 && !present.are(&newest.keys)) else {
        return Ok((present, None));
    };
    if found.proven_size.is_some_and(|size| size > newest.from) {
        // Signed for, but the server stopped before both files were renamed.
        let promoted = LogKeyPair::load_promoted(&options.data_dir, &options.origin)?;
        if !promoted.are(&newest.keys) {
            return Ok((present, None));
        }
        LogKeyPair::promote_next(&options.data_dir)?;
        return Ok((promoted, None));
    }
    let next = LogKeyPair::load_next(&options.data_dir, &options.origin)?;
    Ok((present, next.filter(|next| next.are(&newest.keys))))
}

/// What may be shown of a database that is not written.
fn published(found: &Examined, anchored: Option<&CheckpointRow>) -> Published {
    let mut published = Published::empty();
    if let Some(Proven { row, checkpoint, states, tips }) = &found.proven {
        published.advance(tips, states);
        published.show(checkpoint, &row.note);
    }
    published.damaged = found.damaged.clone();
    // What was shown once is not taken back.
    if let Some(anchored) = anchored.filter(|anchored| anchored.size >= published.size) {
        published.shown = Some(anchored.note.clone());
    }
    published
}

fn mirror(found: &Examined) -> Mirror {
    let size = found.chain.size();
    let last: Option<Hash> = found.tips.iter().find(|tip| tip.index + 1 == size).map(|tip| tip.head.leaf);
    Mirror {
        chain: found.chain.clone(),
        frontier: found.frontier.clone(),
        first: found.first,
        states: found.states.clone(),
        last,
    }
}

async fn check_origin(store: &Store, expected: &Origin) -> Result<(), OpenError> {
    match origin_of(store).await {
        Ok(found) if found != *expected => Err(OpenError::OtherLedger { expected: expected.clone(), found }),
        Ok(_) | Err(OpenError::Empty) => Ok(()),
        Err(other) => Err(other),
    }
}

fn documents(options: &Options) -> Result<Documents, OpenError> {
    let place = options.documents.clone();
    let place = place.unwrap_or_else(|| options.data_dir.join(DOCUMENTS).display().to_string());
    Documents::open(&place).map_err(|error| OpenError::Documents(error.to_string()))
}

/// After a crash, or when an old copy of the documents was put back, what was erased may be there.
async fn erase_again(documents: &Documents, published: &Published) -> Result<(), OpenError> {
    let registry = published.states.registry();
    let at = |erasure: &Erasure| published.documents.at(erasure.event, erasure.pointer.as_str());
    for digest in registry.erasures.iter().filter_map(at) {
        if published.documents.is_erased(&digest, registry) {
            documents.erase(&digest).await.map_err(|error| OpenError::Documents(error.to_string()))?;
        }
    }
    Ok(())
}

/// Two servers can't share a data directory: it holds the anchor and the log's keys.
fn lock(dir: &Path) -> Result<File, OpenError> {
    let failed = |error: std::io::Error| OpenError::DataDir { path: dir.to_owned(), reason: error.to_string() };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(failed)?;
    let path: PathBuf = dir.join("lock");
    let file = File::options().create(true).append(true).open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
