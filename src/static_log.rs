//! The log as static files (C2SP tlog-tiles): what a web server or storage can serve without the program.
//!
//! The tiles are cut from the records' bytes ([`Tiling`]), apart from how the server makes its own. All of them are
//! proven against the signed checkpoint before the first is written, and the checkpoint is written last, so that
//! whoever sees it finds every tile that it needs.

use axum::body::Bytes;
use serde::Serialize;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::Note;
use sinetti_events::log::tile::{Tile, TileKind, WIDTH, decode_entries, decode_hashes};
use sinetti_events::log::tiling::{Cut, Tiling};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;

use crate::ledger::{Ledger, ReadError};
use crate::objects::{Folder, FolderError, Headers, Held};

/// The checkpoint's file.
const CHECKPOINT: &str = "checkpoint";

/// As the server serves them.
const OF_CHECKPOINT: Headers =
    Headers { media_type: "text/plain; charset=utf-8", cache: "public, max-age=3, must-revalidate" };
const OF_TILES: Headers =
    Headers { media_type: "application/octet-stream", cache: "public, max-age=31536000, immutable" };

/// What an export did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Size of the tree that the folder holds now.
    pub size: u64,
    /// Size of the tree that it held before.
    pub from: u64,
    /// Tiles written.
    pub written: u64,
    /// Tiles that lay there already, with the same bytes.
    pub kept: u64,
    /// Partial tiles removed, since the full one is there.
    pub removed: u64,
}

/// The folder was not brought up to the ledger; its checkpoint is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The ledger can't be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The folder can't be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The records don't give the tree that the ledger's own checkpoint signs.
    #[error(
        "the records give the root {found} for {size} records, but the checkpoint signs {signed}: the database is damaged. Run `sinetti verify`, restore the newest backup"
    )]
    Unproven {
        /// Number of records.
        size: u64,
        /// Their root.
        found: Hash,
        /// The signed root.
        signed: Hash,
    },
    /// The folder's checkpoint is none.
    #[error("the file checkpoint in {folder} is no checkpoint: {reason}. Is it the right folder?")]
    NoCheckpoint {
        /// Which folder.
        folder: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another ledger lies there.
    #[error("{folder} holds the log of {found}, not of {expected}. Give another folder")]
    OtherLedger {
        /// Which folder.
        folder: String,
        /// Whose log it holds.
        found: Origin,
        /// Whose log was to be written.
        expected: Origin,
    },
    /// What was published is newer than the ledger.
    #[error(
        "{folder} holds a checkpoint of {there} records, the ledger has {here}: it was cut short or restored from an old backup, or this is an old copy. Nothing is taken back from what was published"
    )]
    Ahead {
        /// Which folder.
        folder: String,
        /// Records that it holds.
        there: u64,
        /// Records of the ledger.
        here: u64,
    },
    /// What was published is another history.
    #[error(
        "{folder} holds a checkpoint of {size} records that this ledger does not extend: one of the two is another history. Keep both, and tell the auditors"
    )]
    Fork {
        /// Which folder.
        folder: String,
        /// Size of the checkpoint there.
        size: u64,
    },
    /// A tile was published with other bytes.
    #[error(
        "{tile} lies in {folder} with other bytes than the records give. Keep a copy: it was damaged, or is of another history. If damaged, remove it and export with --all"
    )]
    Differs {
        /// Which folder.
        folder: String,
        /// Which tile.
        tile: Tile,
    },
    /// An entry bundle of the ledger is malformed.
    #[error("{tile} of the ledger: {reason}. Run `sinetti verify`")]
    Bundle {
        /// Which.
        tile: Tile,
        /// What is wrong with it.
        reason: String,
    },
}

/// Brings `folder` up to the newest checkpoint of `ledger`; `all` also looks again at each tile that was written
/// before. `progress` is told how many records were taken in, of how many.
///
/// # Errors
///
/// Ledger or folder can't be read or written, or what the folder holds is no part of this ledger.
pub async fn export(
    ledger: &Ledger,
    folder: &Folder,
    all: bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Exported, ExportError> {
    let _held = folder.hold()?;
    let note = ledger.checkpoint().await?;
    let newest = parse(note.as_bytes()).map_err(ReadError::Unproven)?;
    let held = folder.get(CHECKPOINT).await?;
    let before = before(folder, held.as_ref(), &newest)?;
    let mut export = Export { ledger, folder, newest, before, progress };
    let start = export.proven_start(all).await?;
    let mut done = Exported { size: export.newest.size, from: export.from(), written: 0, kept: 0, removed: 0 };
    export.cut(start, Some(&mut done)).await?;
    if held.as_ref().is_none_or(|held| held.bytes != note) {
        folder.replace(CHECKPOINT, held.as_ref(), Bytes::from(note), OF_CHECKPOINT).await?;
    }
    done.removed = export.tidy(all).await?;
    Ok(done)
}

struct Export<'a> {
    ledger: &'a Ledger,
    folder: &'a Folder,
    newest: Checkpoint,
    /// What the folder's checkpoint said.
    before: Option<Checkpoint>,
    progress: &'a mut dyn FnMut(u64, u64),
}

impl Export<'_> {
    fn from(&self) -> u64 {
        self.before.as_ref().map_or(0, |before| before.size)
    }

    /// Where to go on, once all records from there give the roots of both checkpoints.
    async fn proven_start(&mut self, all: bool) -> Result<Tiling, ExportError> {
        let start = if all { Tiling::new() } else { self.last_border().await? };
        match self.cut(start.clone(), None).await {
            // The tiles that are there may be damaged, and the history the same.
            Err(ExportError::Fork { .. }) if start.size() > 0 => {
                self.cut(Tiling::new(), None).await?;
                Ok(Tiling::new())
            }
            done => done.map(|()| start),
        }
    }

    /// The last border between bundles that the folder's tiles reach, if they are there; else the beginning.
    async fn last_border(&self) -> Result<Tiling, ExportError> {
        let from = self.from();
        let mut tiles = Vec::new();
        for tile in Tiling::needed(from) {
            let bytes = self.folder.get(&tile.to_string()).await?;
            tiles.push(bytes.and_then(|held| decode_hashes(&held.bytes, tile.width).ok()).unwrap_or_default());
        }
        Ok(Tiling::resume(from, &tiles).unwrap_or_default())
    }

    /// Takes in the records after `tiling`, and proves their tree; with `done`, writes the tiles.
    async fn cut(&mut self, mut tiling: Tiling, mut done: Option<&mut Exported>) -> Result<(), ExportError> {
        let size = self.newest.size;
        self.compare(&tiling)?;
        while tiling.size() < size {
            for record in self.bundle(tiling.size() / WIDTH).await? {
                for cut in self.push(&mut tiling, &record)? {
                    self.keep(cut, &mut done).await?;
                }
                self.compare(&tiling)?;
            }
            if done.is_some() {
                (self.progress)(tiling.size(), size);
            }
        }
        for cut in tiling.edge() {
            self.keep(cut, &mut done).await?;
        }
        Ok(())
    }

    fn push(&self, tiling: &mut Tiling, record: &[u8]) -> Result<Vec<Cut>, ExportError> {
        let tile = Tile { kind: TileKind::Entries, index: tiling.size() / WIDTH, width: WIDTH as u16 };
        tiling.push(record).map_err(|bad| ExportError::Bundle { tile, reason: bad.to_string() })
    }

    /// The records give the roots of both checkpoints.
    fn compare(&self, tiling: &Tiling) -> Result<(), ExportError> {
        let size = tiling.size();
        let before = self.before.as_ref().filter(|before| before.size == size);
        if before.is_some_and(|before| before.root != tiling.root()) {
            return Err(ExportError::Fork { folder: self.folder.name().to_owned(), size });
        }
        let Checkpoint { size: last, root: signed, .. } = self.newest;
        if size == last && signed != tiling.root() {
            return Err(ExportError::Unproven { size, found: tiling.root(), signed });
        }
        Ok(())
    }

    async fn bundle(&self, index: u64) -> Result<Vec<Vec<u8>>, ExportError> {
        let width = (self.newest.size - index * WIDTH).min(WIDTH);
        let tile = Tile { kind: TileKind::Entries, index, width: width as u16 };
        let bad = |reason: String| ExportError::Bundle { tile, reason };
        let bytes = self.ledger.tile(&tile).await?.ok_or_else(|| bad("it is not there".to_owned()))?;
        let entries = decode_entries(&bytes, tile.width).map_err(|error| bad(error.to_string()))?;
        Ok(entries.into_iter().map(<[u8]>::to_vec).collect())
    }

    async fn keep(&self, (tile, bytes): Cut, done: &mut Option<&mut Exported>) -> Result<(), ExportError> {
        let Some(done) = done else { return Ok(()) };
        let bytes = Bytes::from(bytes);
        let file = tile.to_string();
        if self.folder.create(&file, bytes.clone(), OF_TILES).await? {
            done.written += 1;
            return Ok(());
        }
        match self.folder.get(&file).await? {
            Some(held) if held.bytes == bytes => done.kept += 1,
            _ => return Err(ExportError::Differs { folder: self.folder.name().to_owned(), tile }),
        }
        Ok(())
    }

    /// Partial tiles may go once the full one is there; a client that finds one gone asks for the full one.
    async fn tidy(&self, all: bool) -> Result<u64, ExportError> {
        let from = if all { 0 } else { self.from() };
        let mut removed = 0;
        for level in 0..=7 {
            let full = |size: u64| (size >> (8 * u32::from(level))) / WIDTH;
            for index in full(from)..full(self.newest.size) {
                removed += self.remove_partial(TileKind::Hashes { level }, index).await?;
                if level == 0 {
                    removed += self.remove_partial(TileKind::Entries, index).await?;
                }
            }
        }
        Ok(removed)
    }

    async fn remove_partial(&self, kind: TileKind, index: u64) -> Result<u64, ExportError> {
        let full = Tile { kind, index, width: WIDTH as u16 };
        let mut removed = 0;
        for file in self.folder.list(&format!("{full}.p")).await? {
            removed += u64::from(self.folder.remove(&file).await?);
        }
        Ok(removed)
    }
}

/// The checkpoint that the folder holds: of this ledger, and not newer than it.
fn before(folder: &Folder, held: Option<&Held>, newest: &Checkpoint) -> Result<Option<Checkpoint>, ExportError> {
    let Some(held) = held else { return Ok(None) };
    let folder = folder.name().to_owned();
    let there = match parse(&held.bytes) {
        Ok(there) => there,
        Err(reason) => return Err(ExportError::NoCheckpoint { folder, reason }),
    };
    if there.origin != newest.origin {
        let (found, expected) = (there.origin, newest.origin.clone());
        return Err(ExportError::OtherLedger { folder, found, expected });
    }
    if there.size > newest.size {
        return Err(ExportError::Ahead { folder, there: there.size, here: newest.size });
    }
    Ok(Some(there))
}

/// What a signed note says, its signatures unchecked: roots are compared.
fn parse(note: &[u8]) -> Result<Checkpoint, String> {
    let note = Note::parse(note).map_err(|error| error.to_string())?;
    note.text().parse().map_err(|error: sinetti_events::log::checkpoint::BadCheckpoint| error.to_string())
}
