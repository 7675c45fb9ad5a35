//! The right edge of a growing tree: all that an append needs to know.

use crate::primitives::hash::Hash;

use super::node::{MAX_SIZE, NodeId, completed_by, peak_ids};
use super::plan::join;

/// The complete-subtree roots ("peaks", at most 63) of a tree of [`Frontier::size`] leaves.
///
/// ```
/// use sinetti_events::{primitives::hash::Hash, tree::frontier::Frontier};
///
/// let mut tree = Frontier::new();
/// assert_eq!(tree.root(), Hash::empty_root());
/// let completed = tree.push(Hash::leaf(b"first"));
/// assert_eq!(tree.root(), completed[0].1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Left to right, largest first: the hashes of `peak_ids(size)`.
    peaks: Vec<Hash>,
}

/// The hashes given can't be the peaks of a tree of that size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a tree of {size} leaves (below 2^63) has as many peaks as its size has binary ones, \
     not {given}; read the nodes of peak_ids(size) again"
)]
pub struct BadPeaks {
    /// The size given.
    pub size: u64,
    /// How many hashes were given.
    pub given: usize,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Frontier {
        Frontier { size: 0, peaks: Vec::new() }
    }

    /// The tree of `size` leaves whose [`peak_ids`] have the hashes `peaks`, in that order.
    ///
    /// # Errors
    ///
    /// The number of peaks is not that of a tree of this size.
    pub fn from_peaks(size: u64, peaks: Vec<Hash>) -> Result<Frontier, BadPeaks> {
        let given = peaks.len();
        if size > MAX_SIZE || given != size.count_ones() as usize {
            return Err(BadPeaks { size, given });
        }
        Ok(Frontier { size, peaks })
    }

    /// Appends a leaf hash. Returns every node that this completes, from the leaf upwards: what
    /// the store has to add.
    pub fn push(&mut self, leaf: Hash) -> Vec<(NodeId, Hash)> {
        let ids = completed_by(self.size);
        let mut completed = Vec::with_capacity(ids.len());
        let mut hash = leaf;
        for id in ids {
            if id.level > 0
                && let Some(left) = self.peaks.pop()
            {
                hash = Hash::node(&left, &hash);
            }
            completed.push((id, hash));
        }
        self.peaks.push(hash);
        self.size += 1;
        completed
    }

    /// RFC 6962 § 2.1: the Merkle tree hash of all leaves so far; SHA-256 of nothing when empty.
    pub fn root(&self) -> Hash {
        join(&self.peaks)
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The peaks with their places, left to right: what [`Frontier::from_peaks`] takes.
    pub fn peaks(&self) -> Vec<(NodeId, Hash)> {
        peak_ids(self.size).into_iter().zip(self.peaks.iter().copied()).collect()
    }
}

impl Default for Frontier {
    fn default() -> Frontier {
        Frontier::new()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn peaks_restore_the_frontier() {
        let mut tree = Frontier::new();
        for n in 0u8..100 {
            tree.push(Hash::leaf(&[n]));
            let peaks = tree.peaks().into_iter().map(|(_, hash)| hash).collect();
            assert_eq!(Frontier::from_peaks(tree.size(), peaks), Ok(tree.clone()));
        }
    }

    #[test]
    fn a_wrong_number_of_peaks_is_refused() {
        let refused = |size, given| Err(BadPeaks { size, given });
        assert_eq!(Frontier::from_peaks(3, vec![Hash::ZERO]), refused(3, 1));
        let full = vec![Hash::ZERO; 64];
        assert_eq!(Frontier::from_peaks(u64::MAX, full), refused(u64::MAX, 64));
    }

    #[test]
    fn the_largest_tree_does_not_overflow() {
        let peaks = vec![Hash::ZERO; 63];
        let mut tree = Frontier::from_peaks(MAX_SIZE, peaks).unwrap();
        assert_eq!(tree.push(Hash::ZERO).len(), 63);
    }
}
