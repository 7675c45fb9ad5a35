//! Inclusion: this leaf stands at this place of the tree with this root.

use crate::primitives::hash::Hash;

use super::node::{MAX_SIZE, range_ids, split};
use super::plan::{Plan, PlanError, check_size};

/// An inclusion proof does not show what it claims.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InclusionError {
    /// The place lies outside the tree.
    #[error("leaf {index} can't be in a tree of {size} leaves")]
    Outside {
        /// Claimed place of the leaf.
        index: u64,
        /// Claimed size of the tree.
        size: u64,
    },
    /// The proof has too few or too many hashes.
    #[error("an inclusion proof of {given} hashes does not fit leaf {index} of {size}")]
    Length {
        /// How many hashes the proof has.
        given: usize,
        /// Claimed place of the leaf.
        index: u64,
        /// Claimed size of the tree.
        size: u64,
    },
    /// Leaf and proof give another root.
    #[error(
        "leaf {index} of {size} and its proof give the root {computed}, not {expected}: \
         leaf, place or proof was changed, or the root is of another tree"
    )]
    Root {
        /// Claimed place of the leaf.
        index: u64,
        /// Claimed size of the tree.
        size: u64,
        /// The root that leaf and proof give.
        computed: Hash,
        /// The root to be shown.
        expected: Hash,
    },
}

/// Plans the proof that leaf `index` is in the tree of the first `size` leaves
/// (RFC 6962 § 2.1.1).
///
/// # Errors
///
/// The tree has no such leaf.
pub fn inclusion_nodes(index: u64, size: u64) -> Result<Plan, PlanError> {
    check_size(size)?;
    if index >= size {
        return Err(PlanError::NoSuchLeaf { index, size });
    }
    let (mut from, mut to) = (0, size);
    let mut groups = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            groups.push(range_ids(middle, to));
            to = middle;
        } else {
            groups.push(range_ids(from, middle));
            from = middle;
        }
    }
    groups.reverse();
    Ok(Plan::new(groups))
}

/// Checks that `leaf` is leaf `index` of the tree of `size` leaves with this `root`
/// (RFC 9162 § 2.1.3.2; the trees of RFC 6962 are the same).
///
/// # Errors
///
/// Why the proof does not show it.
pub fn check_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), InclusionError> {
    if index >= size || size > MAX_SIZE {
        return Err(InclusionError::Outside { index, size });
    }
    let Some(computed) = root_by_inclusion(leaf, index, size, proof) else {
        let given = proof.len();
        return Err(InclusionError::Length { given, index, size });
    };
    if computed != *root {
        let expected = *root;
        return Err(InclusionError::Root { index, size, computed, expected });
    }
    Ok(())
}

/// The root that leaf and proof lead to; nothing when the proof's length does not fit.
/// `index` is below `size`.
fn root_by_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash]) -> Option<Hash> {
    // Place of the node reached, and of the last node of its level.
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            hash = Hash::node(sibling, &hash);
            // A last node without sibling is its own parent: climb to where it is a right child.
            let lone = if node == 0 { 0 } else { node.trailing_zeros() };
            node >>= lone;
            last >>= lone;
        } else {
            hash = Hash::node(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tree::node::NodeId;

    #[test]
    fn a_tree_of_one_leaf_needs_no_hash() {
        let leaf = Hash::leaf(b"only");
        assert_eq!(inclusion_nodes(0, 1).unwrap().nodes(), []);
        assert_eq!(check_inclusion(&leaf, 0, 1, &[], &leaf), Ok(()));
    }

    #[test]
    fn the_ragged_edge_is_joined_from_complete_subtrees() {
        let nodes = inclusion_nodes(0, 7).unwrap().nodes();
        let ids = [(0, 1), (1, 1), (1, 2), (0, 6)];
        assert_eq!(nodes, ids.map(|(level, index)| NodeId { level, index }));
    }

    #[test]
    fn places_outside_the_tree_are_refused() {
        for (index, size) in [(0, 0), (1, 1), (7, 7), (u64::MAX, u64::MAX)] {
            let outside = Err(InclusionError::Outside { index, size });
            assert_eq!(check_inclusion(&Hash::ZERO, index, size, &[], &Hash::ZERO), outside);
            assert!(inclusion_nodes(index, size).is_err());
        }
        assert!(inclusion_nodes(0, MAX_SIZE + 1).is_err());
        assert!(inclusion_nodes(MAX_SIZE - 1, MAX_SIZE).is_ok());
    }

    #[test]
    fn a_proof_of_more_than_64_hashes_is_refused() {
        let proof = [Hash::ZERO; 65];
        for index in [0, 1, MAX_SIZE / 2, MAX_SIZE - 1] {
            let checked = check_inclusion(&Hash::ZERO, index, MAX_SIZE, &proof, &Hash::ZERO);
            let (given, size) = (65, MAX_SIZE);
            assert_eq!(checked, Err(InclusionError::Length { given, index, size }));
        }
    }

    #[test]
    fn a_size_larger_than_the_proofs_tree_is_refused() {
        let (leaf, sibling) = (Hash::leaf(b"0"), Hash::leaf(b"1"));
        let root = Hash::node(&leaf, &sibling);
        assert_eq!(check_inclusion(&leaf, 0, 2, &[sibling], &root), Ok(()));
        let (given, index) = (1, 0);
        for size in [3, 4, 5, MAX_SIZE] {
            let refused = Err(InclusionError::Length { given, index, size });
            assert_eq!(check_inclusion(&leaf, 0, size, &[sibling], &root), refused);
        }
    }

    #[test]
    fn an_inner_node_is_no_leaf_of_the_tree() {
        // Shortening a proof by one level turns a node into a "leaf"; the length gives it away.
        let leaves = [0u8, 1, 2, 3].map(|n| Hash::leaf(&[n]));
        let left = Hash::node(&leaves[0], &leaves[1]);
        let right = Hash::node(&leaves[2], &leaves[3]);
        let root = Hash::node(&left, &right);
        assert!(check_inclusion(&left, 0, 4, &[right], &root).is_err());
    }
}
