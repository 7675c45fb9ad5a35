//! Places in the tree.

/// The largest size of a tree: sizes stay below 2^63 (FORMATS § Encodings).
pub const MAX_SIZE: u64 = (1 << 63) - 1;

/// The root of a complete subtree: leaves `index · 2^level` up to, not including,
/// `(index + 1) · 2^level`. Level 0 holds the leaf hashes.
///
/// Such a hash never changes once its last leaf is appended, which is why these are what is
/// stored, and why tiles can be cached for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    /// Height above the leaves, 0 to 62.
    pub level: u8,
    /// Place within the level, from the left, from 0.
    pub index: u64,
}

/// The nodes that the append of leaf `leaf_index` completes, from the leaf upwards.
pub fn completed_by(leaf_index: u64) -> Vec<NodeId> {
    let top = leaf_index.trailing_ones().min(62);
    let node = |level: u32| NodeId { level: level as u8, index: leaf_index >> level };
    (0..=top).map(node).collect()
}

/// The roots of the complete subtrees that a tree of `size` leaves consists of, left to right,
/// that is: largest first. One for each 1 in the binary form of `size`.
pub fn peak_ids(size: u64) -> Vec<NodeId> {
    range_ids(0, size)
}

/// The complete subtrees that make up the leaves `from` up to, not including, `to`, left to right.
///
/// `from` is a multiple of the smallest power of two that is not below `to - from`, as every
/// range that RFC 6962 § 2.1 splits off is.
pub(super) fn range_ids(from: u64, to: u64) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    let mut at = from;
    while at < to {
        let level = (to - at).ilog2();
        nodes.push(NodeId { level: level as u8, index: at >> level });
        at += 1 << level;
    }
    nodes
}

/// The largest power of two that is smaller than `n` (RFC 6962 § 2.1's `k`); `n` is at least 2.
pub(super) fn split(n: u64) -> u64 {
    1 << n.saturating_sub(1).max(1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(nodes: &[NodeId]) -> Vec<(u8, u64)> {
        nodes.iter().map(|node| (node.level, node.index)).collect()
    }

    #[test]
    fn a_leaf_completes_the_subtrees_that_end_in_it() {
        assert_eq!(ids(&completed_by(0)), [(0, 0)]);
        assert_eq!(ids(&completed_by(3)), [(0, 3), (1, 1), (2, 0)]);
        assert_eq!(ids(&completed_by(5)), [(0, 5), (1, 2)]);
        assert_eq!(completed_by(u64::MAX).len(), 63);
    }

    #[test]
    fn peaks_are_the_ones_of_the_size() {
        assert_eq!(ids(&peak_ids(0)), []);
        assert_eq!(ids(&peak_ids(7)), [(2, 0), (1, 2), (0, 6)]);
        assert_eq!(peak_ids(MAX_SIZE).len(), 63);
    }

    #[test]
    fn split_is_below_its_argument() {
        let expected = [(2, 1), (3, 2), (4, 2), (5, 4), (8, 4), (9, 8), (MAX_SIZE, 1 << 62)];
        for (n, k) in expected {
            assert_eq!(split(n), k, "{n}");
        }
    }
}
