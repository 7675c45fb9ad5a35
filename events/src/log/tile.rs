//! Tiles: C2SP tlog-tiles. Paths are parsed to integers and formatted again, never joined.

use std::fmt;
use std::str::FromStr;

use crate::primitives::hash::Hash;
use crate::tree::node::NodeId;

use super::checkpoint::decimal;

/// Hashes, or entries, in a full tile.
pub const WIDTH: u64 = 256;
/// tlog-tiles: an entry's length is two bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// One tile, full or partial, as `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`.
///
/// ```
/// use sinetti_events::log::tile::Tile;
///
/// let tile: Tile = "tile/0/x001/x234/067.p/8".parse().unwrap();
/// assert_eq!((tile.index, tile.width), (1_234_067, 8));
/// assert!(tile.is_served(1_234_067 * 256 + 8));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// What it holds.
    pub kind: TileKind,
    /// Place within its level, from 0, below 2^55.
    pub index: u64,
    /// How many hashes or entries: 1 to 255, or 256 when full.
    pub width: u16,
}

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileKind {
    /// Hashes of tile level 0 to 63: complete subtrees of `256^level` leaves each.
    Hashes {
        /// The tile level; node levels are eight times as high.
        level: u8,
    },
    /// The records themselves, each with its length before it.
    Entries,
}

/// The path names no tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a tile path: tile/<level 0 to 63, or entries>/<index such as x001/x234/067>, \
     for a partial tile followed by .p/<width 1 to 255>"
)]
pub struct BadTile;

/// The bytes of a tile don't fit its width.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTileBytes {
    /// An entry is too long for its length field.
    #[error("an entry has {0} bytes; a tile's entry has at most {MAX_ENTRY_BYTES}")]
    TooLong(usize),
    /// A hash tile of another size.
    #[error("a tile of {width} hashes has {expected} bytes, not {given}", expected = usize::from(*width) * 32)]
    Hashes {
        /// Hashes that there should be.
        width: u16,
        /// Bytes that there are.
        given: usize,
    },
    /// An entry bundle that ends within an entry, or holds fewer or more than its width.
    #[error("the bundle does not hold exactly {width} entries: it differs at entry {at}")]
    Entries {
        /// Entries that there should be.
        width: u16,
        /// Zero-based entry at which it shows.
        at: usize,
    },
}

impl Tile {
    /// Whether a log of `size` leaves has this tile, full or this wide at least. (A wider partial
    /// tile may exist; a full one always does when there are 256.)
    pub fn is_served(&self, size: u64) -> bool {
        let first = self.index.saturating_mul(WIDTH);
        let there = self.hashes_at_level(size).saturating_sub(first).min(WIDTH);
        (1..=there).contains(&u64::from(self.width))
    }

    /// The tree nodes whose hashes a hash tile consists of, or, for a bundle, its leaves. Nothing
    /// for levels above 7: trees below 2^63 leaves have no such tile.
    pub fn nodes(&self) -> Vec<NodeId> {
        let tile_level = self.level();
        if tile_level > 7 {
            return Vec::new();
        }
        let first = self.index.saturating_mul(WIDTH);
        let node = |at| NodeId { level: tile_level * 8, index: first.saturating_add(at) };
        (0..u64::from(self.width)).map(node).collect()
    }

    /// The tile level; that of a bundle's leaves is 0.
    pub(super) fn level(&self) -> u8 {
        match self.kind {
            TileKind::Hashes { level } => level,
            TileKind::Entries => 0,
        }
    }

    /// tlog-tiles: `floor(s / 256**l)`.
    fn hashes_at_level(&self, size: u64) -> u64 {
        size.checked_shr(u32::from(self.level()) * 8).unwrap_or(0)
    }
}

impl FromStr for Tile {
    type Err = BadTile;

    fn from_str(path: &str) -> Result<Tile, BadTile> {
        let rest = path.strip_prefix("tile/").ok_or(BadTile)?;
        let (level, rest) = rest.split_once('/').ok_or(BadTile)?;
        let kind = parse_kind(level).ok_or(BadTile)?;
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => (index, parse_width(width).ok_or(BadTile)?),
            None => (rest, WIDTH as u16),
        };
        let index = parse_index(index).ok_or(BadTile)?;
        let tile = Tile { kind, index, width };
        // The one form: no second path leads to the same tile.
        if tile.to_string() != path {
            return Err(BadTile);
        }
        Ok(tile)
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes { level } => write!(f, "tile/{level}/{}", index_path(self.index))?,
            TileKind::Entries => write!(f, "tile/entries/{}", index_path(self.index))?,
        }
        if u64::from(self.width) < WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

/// The bytes of a hash tile.
pub fn encode_hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// The hashes in a hash tile of `width`.
///
/// # Errors
///
/// The bytes are not `width` hashes.
pub fn decode_hashes(bytes: &[u8], width: u16) -> Result<Vec<Hash>, BadTileBytes> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if hashes.len() != usize::from(width) || !rest.is_empty() {
        return Err(BadTileBytes::Hashes { width, given: bytes.len() });
    }
    Ok(hashes.iter().map(|hash| Hash(*hash)).collect())
}

/// The bytes of an entry bundle: each record with its length in two bytes, big-endian, before it.
///
/// # Errors
///
/// An entry is longer than 65 535 bytes.
pub fn encode_entries<T: AsRef<[u8]>>(entries: &[T]) -> Result<Vec<u8>, BadTileBytes> {
    let mut bytes = Vec::new();
    for entry in entries {
        push_entry(&mut bytes, entry.as_ref())?;
    }
    Ok(bytes)
}

/// Appends one record to a bundle.
pub(super) fn push_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BadTileBytes> {
    let length = u16::try_from(entry.len()).map_err(|_| BadTileBytes::TooLong(entry.len()))?;
    bundle.extend(length.to_be_bytes());
    bundle.extend(entry);
    Ok(())
}

/// The records in an entry bundle of `width`.
///
/// # Errors
///
/// The bytes are not exactly `width` entries.
pub fn decode_entries(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, BadTileBytes> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() || entries.len() < usize::from(width) {
        let at = entries.len();
        let next = next_entry(rest).filter(|_| at < usize::from(width));
        let (entry, after) = next.ok_or(BadTileBytes::Entries { width, at })?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

fn next_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

fn parse_kind(text: &str) -> Option<TileKind> {
    if text == "entries" {
        return Some(TileKind::Entries);
    }
    let level = decimal(text).filter(|level| *level <= 63)?;
    Some(TileKind::Hashes { level: level as u8 })
}

fn parse_width(text: &str) -> Option<u16> {
    let width = decimal(text).filter(|width| (1..WIDTH).contains(width))?;
    Some(width as u16)
}

/// `x001/x234/067` is 1 234 067; below 2^55, so that no leaf index reaches 2^63.
fn parse_index(text: &str) -> Option<u64> {
    let mut index: u64 = 0;
    for part in text.split('/') {
        let digits = part.strip_prefix('x').unwrap_or(part);
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    (index < 1 << 55).then_some(index)
}

fn index_path(index: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tile(path: &str) -> Tile {
        path.parse().unwrap()
    }

    /// Every tile that a tree of `size` has, at its full width.
    fn widths(size: u64, level: u8) -> Vec<u16> {
        let widest = |index| {
            let fits = |width: &u16| Tile { kind: TileKind::Hashes { level }, index, width: *width }.is_served(size);
            (1..=256).rev().find(fits)
        };
        (0..).map_while(widest).collect()
    }

    #[test]
    fn paths_round_trip() {
        for path in [
            "tile/0/000",
            "tile/63/000.p/1",
            "tile/entries/999",
            "tile/1/x001/000.p/255",
            "tile/0/x001/x234/067",
            "tile/entries/x001/x234/067.p/8",
        ] {
            assert_eq!(tile(path).to_string(), path);
        }
        assert_eq!(tile("tile/0/x001/x234/067").index, 1_234_067);
        assert_eq!(tile("tile/0/x036/x028/x797/x018/x963/967").index, (1 << 55) - 1);
    }

    #[test]
    fn no_tile_has_two_paths_and_no_path_climbs() {
        for bad in [
            "",
            "tile",
            "tile/",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/+1/000",
            "/tile/0/000",
            "tile/0/000/",
            "tile/0//000",
            "tile/0/x000/001",
            "tile/0/x000",
            "tile/0/001/234",
            "tile/0/x001/x234",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p",
            "tile/0/000.p/1/",
            "tile/0/000.p/1.p/1",
            "tile/0/../000",
            "tile/entries/..",
            "tile/0/%30",
            "tile/0/00\u{0660}",
            "tile/Entries/000",
            "tile/0/x036/x028/x797/x018/x963/968",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(bad.parse::<Tile>(), Err(BadTile), "{bad:?}");
        }
    }

    #[test]
    fn the_example_of_the_specification_has_its_tiles() {
        // tlog-tiles, "Partial Tiles": a tree of size 70 000, and one of 256.
        let level0 = widths(70_000, 0);
        assert_eq!((level0.len(), level0[272], level0[273]), (274, 256, 112));
        assert_eq!(widths(70_000, 1), [256, 17]);
        assert_eq!(widths(70_000, 2), [1]);
        assert!(widths(70_000, 3).is_empty());
        assert_eq!((widths(256, 0), widths(256, 1)), (vec![256], vec![1]));
        assert!(widths(0, 0).is_empty() && widths(u64::MAX, 63).is_empty());
    }

    #[test]
    fn narrower_partial_tiles_of_earlier_sizes_stay_served() {
        assert!(tile("tile/0/000.p/1").is_served(300));
        assert!(tile("tile/entries/001.p/44").is_served(300));
        assert!(!tile("tile/entries/001.p/45").is_served(300));
        assert!(!tile("tile/0/001").is_served(300));
        assert!(!tile("tile/0/002.p/1").is_served(300));
    }

    #[test]
    fn a_tile_names_its_nodes() {
        let nodes = tile("tile/1/001.p/2").nodes();
        assert_eq!(nodes, [256, 257].map(|index| NodeId { level: 8, index }));
        assert_eq!(tile("tile/0/000").nodes().len(), 256);
        assert_eq!(tile("tile/8/000").nodes(), []);
        assert_eq!(tile("tile/63/x036/x028/x797/x018/x963/967").nodes(), []);
    }

    #[test]
    fn entries_round_trip_and_have_their_number() {
        let entries = [b"one".to_vec(), Vec::new(), vec![7; MAX_ENTRY_BYTES]];
        let bytes = encode_entries(&entries).unwrap();
        assert_eq!(&bytes[..7], b"\x00\x03one\x00\x00");
        assert_eq!(decode_entries(&bytes, 3).unwrap(), entries);
        for width in [0, 2, 4] {
            assert!(decode_entries(&bytes, width).is_err(), "{width}");
        }
        assert!(decode_entries(&bytes[..bytes.len() - 1], 3).is_err());
        assert!(decode_entries(&[0], 0).is_err());
        assert_eq!(decode_entries(&[], 0), Ok(Vec::new()));
        let long = [vec![0; MAX_ENTRY_BYTES + 1]];
        assert_eq!(encode_entries(&long), Err(BadTileBytes::TooLong(65_536)));
    }

    #[test]
    fn hashes_round_trip_and_have_their_number() {
        let hashes = vec![Hash([1; 32]), Hash([2; 32])];
        let bytes = encode_hashes(&hashes);
        assert_eq!(decode_hashes(&bytes, 2), Ok(hashes));
        assert!(decode_hashes(&bytes, 1).is_err());
        assert!(decode_hashes(&bytes[..63], 2).is_err());
    }
}
