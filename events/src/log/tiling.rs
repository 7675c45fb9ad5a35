//! Tiles of a growing tree, cut from its records alone: what a static copy of a log is made of.
//!
//! A server makes a tile from stored hashes; here every hash comes from the records' bytes. Whoever
//! publishes these tiles compares [`Tiling::root`] with a checkpoint first.

use crate::primitives::hash::Hash;
use crate::tree::frontier::{BadPeaks, Frontier};

use super::tile::{BadTileBytes, Tile, TileKind, WIDTH, encode_hashes, push_entry};

/// A tile and its bytes.
pub type Cut = (Tile, Vec<u8>);

/// The right edge of a tree in tiles: those that are not full yet.
///
/// ```
/// use sinetti_events::log::tiling::Tiling;
///
/// let mut tiling = Tiling::new();
/// assert!(tiling.push(b"record").unwrap().is_empty(), "no tile is full");
/// let paths: Vec<String> = tiling.edge().iter().map(|(tile, _)| tile.to_string()).collect();
/// assert_eq!(paths, ["tile/entries/000.p/1", "tile/0/000.p/1"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Tiling {
    tree: Frontier,
    bundle: Vec<u8>,
    /// Per tile level the hashes of its last, partial tile.
    levels: Vec<Vec<Hash>>,
}

impl Tiling {
    /// Of the empty tree.
    pub fn new() -> Tiling {
        Tiling::default()
    }

    /// The partial hash tiles from which [`Tiling::resume`] goes on in a tree of `size` leaves. They begin above
    /// level 0: it goes on at the last border between bundles, so that the records after it are read again.
    pub fn needed(size: u64) -> Vec<Tile> {
        let partial = |level: u8| {
            let there = hashes_at(level, size);
            let width = u16::try_from(there % WIDTH).unwrap_or_default();
            Tile { kind: TileKind::Hashes { level }, index: there / WIDTH, width }
        };
        (1..=7).map(partial).filter(|tile| tile.width > 0).collect()
    }

    /// Goes on from the hashes in the tiles [`Tiling::needed`] for `size`, in that order; [`Tiling::size`] says where.
    /// They are believed only once the root at `size` was compared with a checkpoint.
    ///
    /// # Errors
    ///
    /// They are not as many hashes as those tiles have.
    pub fn resume(size: u64, tiles: &[Vec<Hash>]) -> Result<Tiling, BadPeaks> {
        let start = size - size % WIDTH;
        let needed = Tiling::needed(size);
        let fits = needed.iter().map(|tile| usize::from(tile.width)).eq(tiles.iter().map(Vec::len));
        let highest = needed.last().map_or(0, |tile| usize::from(tile.level()));
        let mut levels = vec![Vec::new(); if start == 0 { 0 } else { highest + 1 }];
        for (tile, hashes) in needed.iter().zip(tiles) {
            if let Some(level) = levels.get_mut(usize::from(tile.level())) {
                level.clone_from(hashes);
            }
        }
        let peaks: Vec<Hash> = levels.iter().rev().flat_map(|hashes| peaks_of(hashes)).collect();
        let bad = BadPeaks { size: start, given: peaks.len() };
        let tree = Frontier::from_peaks(start, peaks)?;
        if fits { Ok(Tiling { tree, bundle: Vec::new(), levels }) } else { Err(bad) }
    }

    /// Appends a record; gives the tiles that it fills.
    ///
    /// # Errors
    ///
    /// It is longer than an entry may be.
    pub fn push(&mut self, record: &[u8]) -> Result<Vec<Cut>, BadTileBytes> {
        push_entry(&mut self.bundle, record)?;
        let mut full = Vec::new();
        for (node, hash) in self.tree.push(Hash::leaf(record)) {
            if node.level.is_multiple_of(8) {
                self.add(node.level / 8, hash);
            }
        }
        if self.tree.size().is_multiple_of(WIDTH) {
            full.push((self.tile(TileKind::Entries), std::mem::take(&mut self.bundle)));
        }
        for level in 0..=7 {
            let hashes = self.levels.get_mut(usize::from(level)).filter(|hashes| hashes.len() as u64 == WIDTH);
            if let Some(hashes) = hashes.map(std::mem::take) {
                full.push((self.tile(TileKind::Hashes { level }), encode_hashes(&hashes)));
            }
        }
        Ok(full)
    }

    /// The partial tiles that the tree of this size has beside the full ones.
    pub fn edge(&self) -> Vec<Cut> {
        let mut edge = Vec::new();
        if !self.bundle.is_empty() {
            edge.push((self.tile(TileKind::Entries), self.bundle.clone()));
        }
        for (level, hashes) in (0..).zip(&self.levels).filter(|(_, hashes)| !hashes.is_empty()) {
            edge.push((self.tile(TileKind::Hashes { level }), encode_hashes(hashes)));
        }
        edge
    }

    /// How many records are in it.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Root of the tree of that size.
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    fn add(&mut self, level: u8, hash: Hash) {
        let level = usize::from(level);
        if self.levels.len() <= level {
            self.levels.resize_with(level + 1, Vec::new);
        }
        if let Some(hashes) = self.levels.get_mut(level) {
            hashes.push(hash);
        }
    }

    /// The last tile of its kind, full or not.
    fn tile(&self, kind: TileKind) -> Tile {
        let level = if let TileKind::Hashes { level } = kind { level } else { 0 };
        let last = hashes_at(level, self.tree.size()).saturating_sub(1);
        let width = u16::try_from(last % WIDTH + 1).unwrap_or_default();
        Tile { kind, index: last / WIDTH, width }
    }
}

/// tlog-tiles: `floor(s / 256**l)`.
fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(level) * 8).unwrap_or(0)
}

/// Roots of the complete subtrees over `hashes`, largest first.
fn peaks_of(hashes: &[Hash]) -> Vec<Hash> {
    let mut tree = Frontier::new();
    for hash in hashes {
        tree.push(*hash);
    }
    tree.peaks().into_iter().map(|(_, hash)| hash).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::log::tile::{decode_entries, decode_hashes};

    /// All that was ever cut, by path.
    type Files = BTreeMap<String, Vec<u8>>;

    fn record(index: u64) -> Vec<u8> {
        format!("record {index}").into_bytes()
    }

    fn keep(files: &mut Files, cuts: Vec<Cut>) {
        for (tile, bytes) in cuts {
            assert_eq!(files.insert(tile.to_string(), bytes), None, "{tile} is cut once");
        }
    }

    /// RFC 6962 § 2.1, as it stands there.
    fn mth(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Hash::empty_root(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                Hash::node(&mth(left), &mth(right))
            }
        }
    }

    /// Every tile that tlog-tiles asks for in a tree of these leaves, from its own formulas.
    fn expected(leaves: &[Hash]) -> Files {
        let mut files = Files::new();
        let mut span = 1;
        for level in 0u8..8 {
            for (index, tile) in (0..).zip(leaves.chunks(span * 256)) {
                let hashes: Vec<Hash> = tile.chunks_exact(span).map(mth).collect();
                if hashes.is_empty() {
                    continue;
                }
                let tile = Tile { kind: TileKind::Hashes { level }, index, width: hashes.len() as u16 };
                files.insert(tile.to_string(), encode_hashes(&hashes));
            }
            if span > leaves.len() {
                break;
            }
            span *= 256;
        }
        files
    }

    #[test]
    fn every_size_has_exactly_the_tiles_of_the_specification() {
        let mut tiling = Tiling::new();
        let mut full = Files::new();
        let mut leaves = Vec::new();
        for index in 0..600 {
            keep(&mut full, tiling.push(&record(index)).unwrap());
            leaves.push(Hash::leaf(&record(index)));
            let mut files = full.clone();
            keep(&mut files, tiling.edge());
            let bundles: Files = files.extract_if(.., |path, _| path.contains("entries")).collect();
            assert_eq!(files, expected(&leaves), "size {}", index + 1);
            assert_eq!(tiling.root(), mth(&leaves));
            let there: Vec<Hash> = bundles
                .iter()
                .flat_map(|(path, bytes)| {
                    let width = path.parse::<Tile>().unwrap().width;
                    decode_entries(bytes, width).unwrap().into_iter().map(Hash::leaf).collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(there, leaves);
        }
    }

    #[test]
    fn a_copy_that_goes_on_from_its_own_tiles_is_the_same_as_one_that_never_stopped() {
        let mut whole = Tiling::new();
        let mut files = Files::new();
        let at_border = [65_279u64, 65_280, 65_535, 65_536, 65_537, 65_791, 65_792, 66_300];
        for size in 1..=66_400u64 {
            keep(&mut files, whole.push(&record(size - 1)).unwrap());
            if size > 520 && !at_border.contains(&size) {
                continue;
            }
            let edge: Files = whole.edge().into_iter().map(|(tile, bytes)| (tile.to_string(), bytes)).collect();
            let read = |tile: &Tile| {
                let bytes = edge.get(&tile.to_string()).unwrap();
                decode_hashes(bytes, tile.width).unwrap()
            };
            let tiles: Vec<Vec<Hash>> = Tiling::needed(size).iter().map(read).collect();
            let mut resumed = Tiling::resume(size, &tiles).unwrap();
            assert_eq!(resumed.size(), size - size % 256);
            for index in resumed.size()..size {
                assert!(resumed.push(&record(index)).unwrap().is_empty());
            }
            assert_eq!((resumed.root(), resumed.edge()), (whole.root(), whole.edge()), "size {size}");
        }
        assert_eq!(
            Tiling::needed(66_400).iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["tile/1/001.p/3", "tile/2/000.p/1"]
        );
    }

    #[test]
    fn tiles_of_another_size_are_not_gone_on_from() {
        let hashes = |count: u8| (0..count).map(|n| Hash([n; 32])).collect::<Vec<_>>();
        assert!(Tiling::resume(600, &[hashes(2)]).is_ok());
        assert!(Tiling::resume(600, &[hashes(1)]).is_err());
        assert!(Tiling::resume(600, &[hashes(3)]).is_err());
        assert!(Tiling::resume(600, &[]).is_err());
        assert!(Tiling::resume(600, &[hashes(2), hashes(1)]).is_err());
        assert!(Tiling::resume(255, &[]).is_ok());
        let mut tiling = Tiling::new();
        assert_eq!(tiling.push(&vec![0; 65_536]).unwrap_err(), BadTileBytes::TooLong(65_536));
        assert_eq!(tiling.size(), 0, "nothing was taken in");
    }
}
