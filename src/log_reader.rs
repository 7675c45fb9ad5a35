//! Reads a log as any stranger can: by its tiles (C2SP tlog-tiles). What comes back is bytes and
//! hashes that nobody has vouched for; who reads them compares what they give with a signed root.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sinetti_events::log::tile::{BadTileBytes, Tile, TileKind, WIDTH, decode_entries, decode_hashes};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;

use crate::client::{Client, ClientError};

/// A log's tiles at a server.
#[derive(Debug, Clone, Copy)]
pub struct LogReader<'a> {
    client: &'a Client,
}

/// The log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadLogError {
    /// The server.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A tile that the checkpoint says is there.
    #[error("{base}/{tile} is not there, though a tree of {size} records has it")]
    Missing {
        /// The server.
        base: String,
        /// Which.
        tile: Tile,
        /// The tree's size.
        size: u64,
    },
    /// A tile with other bytes than a tile has.
    #[error("{base}/{tile} is malformed: {reason}")]
    Malformed {
        /// The server.
        base: String,
        /// Which.
        tile: Tile,
        /// What is wrong.
        reason: BadTileBytes,
    },
}

impl ReadLogError {
    /// Whether the server could not be asked at all, which says nothing about the log.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, ReadLogError::Client(_))
    }
}

impl<'a> LogReader<'a> {
    /// Of the log that `client`'s server serves.
    pub fn new(client: &'a Client) -> LogReader<'a> {
        LogReader { client }
    }

    /// The records `from` up to, not including, `size`, in order, a bundle at a time.
    ///
    /// # Errors
    ///
    /// Unreachable, or a bundle is missing or malformed; or what `take` answers.
    pub fn records<E: From<ReadLogError>>(
        &self,
        from: u64,
        size: u64,
        mut take: impl FnMut(Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut at = from;
        while at < size {
            let bundle = at / WIDTH;
            let (bytes, tile) = self.tile(TileKind::Entries, bundle, size, size)?;
            let entries = decode_entries(&bytes, tile.width).map_err(|reason| self.malformed(tile, reason))?;
            let end = size.min((bundle + 1) * WIDTH);
            let skipped = usize::try_from(at - bundle * WIDTH).unwrap_or(usize::MAX);
            let wanted = usize::try_from(end - at).unwrap_or(usize::MAX);
            for entry in entries.into_iter().skip(skipped).take(wanted) {
                take(entry.to_vec())?;
            }
            at = end;
        }
        Ok(())
    }

    /// Hashes of nodes of the tree of `size` records, in the order asked for.
    ///
    /// # Errors
    ///
    /// Unreachable, or a tile is missing or malformed.
    pub fn nodes(&self, size: u64, ids: &[NodeId]) -> Result<Vec<Hash>, ReadLogError> {
        let mut known: HashMap<(u8, u64), Vec<Hash>> = HashMap::new();
        let mut nodes = Vec::with_capacity(ids.len());
        for id in ids {
            let (level, above) = (id.level / 8, id.level % 8);
            // A node `above` levels over its tile's hashes is the root of 2^above of them.
            let first = id.index << above;
            let place = (level, first / WIDTH);
            let hashes = match known.entry(place) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(self.hashes(level, place.1, size)?),
            };
            let from = usize::try_from(first % WIDTH).unwrap_or(usize::MAX);
            let below = hashes.get(from..from + (1 << above));
            let mut tree = Frontier::new();
            for hash in below.ok_or_else(|| self.missing(tile_of(level, place.1), size))? {
                tree.push(*hash);
            }
            nodes.push(tree.root());
        }
        Ok(nodes)
    }

    fn hashes(&self, level: u8, index: u64, size: u64) -> Result<Vec<Hash>, ReadLogError> {
        let at_level = size.checked_shr(u32::from(level) * 8).unwrap_or(0);
        let (bytes, tile) = self.tile(TileKind::Hashes { level }, index, at_level, size)?;
        decode_hashes(&bytes, tile.width).map_err(|reason| self.malformed(tile, reason))
    }

    /// Tile `index` of a level of `count` hashes or entries; a partial one that has grown since is
    /// asked for whole.
    fn tile(&self, kind: TileKind, index: u64, count: u64, size: u64) -> Result<(Vec<u8>, Tile), ReadLogError> {
        let width = u16::try_from(count.saturating_sub(index * WIDTH).min(WIDTH)).unwrap_or(u16::MAX);
        let whole = Tile { kind, index, width: WIDTH as u16 };
        let tile = Tile { width, ..whole };
        if width == 0 {
            return Err(self.missing(whole, size));
        }
        if let Some(bytes) = self.client.bytes(&format!("/{tile}"))? {
            return Ok((bytes, tile));
        }
        let grown = if tile == whole { None } else { self.client.bytes(&format!("/{whole}"))? };
        grown.map(|bytes| (bytes, whole)).ok_or_else(|| self.missing(tile, size))
    }

    fn missing(&self, tile: Tile, size: u64) -> ReadLogError {
        ReadLogError::Missing { base: self.client.base().to_owned(), tile, size }
    }

    fn malformed(&self, tile: Tile, reason: BadTileBytes) -> ReadLogError {
        ReadLogError::Malformed { base: self.client.base().to_owned(), tile, reason }
    }
}

fn tile_of(level: u8, index: u64) -> Tile {
    Tile { kind: TileKind::Hashes { level }, index, width: WIDTH as u16 }
}
