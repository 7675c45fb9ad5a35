//! What checked inclusion proofs show of a tree beyond their leaves: enough, often, to say whether it
//! extends an older tree without asking anybody.

use std::collections::BTreeMap;

use crate::primitives::hash::Hash;

use super::node::{MAX_SIZE, NodeId, peak_ids};
use super::plan::join;

/// Roots of complete subtrees of one tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownNodes {
    nodes: BTreeMap<NodeId, Hash>,
}

impl KnownNodes {
    /// Nothing known.
    pub fn new() -> KnownNodes {
        KnownNodes::default()
    }

    /// Takes in the nodes of a proof that [`super::check_inclusion`] has accepted for `leaf` at `index` in
    /// the tree of `size` leaves.
    pub fn add(&mut self, leaf: &Hash, index: u64, size: u64, proof: &[Hash]) {
        let (mut level, mut node, mut last, mut hash) = (0u8, index, size.saturating_sub(1), *leaf);
        self.insert(level, node, size, hash);
        for sibling in proof {
            if node & 1 == 1 || node == last {
                // A last node without sibling is its own parent: climb to where it is a right child.
                let lone = if node == 0 { 0 } else { node.trailing_zeros() };
                (level, node, last) = (level.saturating_add(lone as u8), node >> lone, last >> lone);
                self.insert(level, node.saturating_sub(1), size, *sibling);
                hash = Hash::node(sibling, &hash);
            } else {
                self.insert(level, node + 1, size, *sibling);
                hash = Hash::node(&hash, sibling);
            }
            (level, node, last) = (level.saturating_add(1), node >> 1, last >> 1);
            self.insert(level, node, size, hash);
        }
    }

    /// The root over the first `size` leaves; none when what is known does not give it.
    pub fn root_of_first(&self, size: u64) -> Option<Hash> {
        if size > MAX_SIZE {
            return None;
        }
        let nodes = self.with_parents();
        let peaks: Option<Vec<Hash>> = peak_ids(size).iter().map(|id| nodes.get(id).copied()).collect();
        Some(join(&peaks?))
    }

    /// Every node whose two children are known is known too.
    fn with_parents(&self) -> BTreeMap<NodeId, Hash> {
        let mut nodes = self.nodes.clone();
        for level in 0..62 {
            let of_level = NodeId { level, index: 0 }..NodeId { level: level + 1, index: 0 };
            let children: Vec<(u64, Hash)> = nodes.range(of_level).map(|(id, hash)| (id.index, *hash)).collect();
            for pair in children.windows(2) {
                if let [(left, left_hash), (right, right_hash)] = pair
                    && left & 1 == 0
                    && *right == left + 1
                {
                    nodes
                        .entry(NodeId { level: level + 1, index: left >> 1 })
                        .or_insert(Hash::node(left_hash, right_hash));
                }
            }
        }
        nodes
    }

    /// Keeps the root of a subtree that is complete; others change as the tree grows.
    fn insert(&mut self, level: u8, index: u64, size: u64, hash: Hash) {
        let end = u128::from(index).saturating_add(1) << level.min(64);
        if level < 63 && end <= u128::from(size) {
            self.nodes.insert(NodeId { level, index }, hash);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tree::heads::HeadsTree;
    use crate::tree::inclusion::check_inclusion;

    fn tree(size: u64) -> HeadsTree {
        (0..size).map(|leaf| Hash::leaf(&leaf.to_be_bytes())).collect()
    }

    fn known(tree: &HeadsTree, size: u64, leaves: &[u64]) -> KnownNodes {
        let mut known = KnownNodes::new();
        for index in leaves {
            let (leaf, proof) = (Hash::leaf(&index.to_be_bytes()), tree.prove(*index, size).unwrap());
            assert_eq!(check_inclusion(&leaf, *index, size, &proof, &tree.root_of_first(size).unwrap()), Ok(()));
            known.add(&leaf, *index, size, &proof);
        }
        known
    }

    #[test]
    fn the_proof_of_an_older_trees_last_leaf_gives_its_root() {
        let tree = tree(70);
        for size in 1..=70 {
            for old in 1..=size {
                let root = known(&tree, size, &[old - 1]).root_of_first(old);
                assert_eq!(root, Some(tree.root_of_first(old).unwrap()), "{old} of {size}");
            }
        }
    }

    #[test]
    fn what_is_known_is_never_wrong() {
        let tree = tree(70);
        let mut answers = 0;
        for size in [1, 2, 3, 7, 8, 21, 33, 63, 64, 65, 70] {
            for first in 0..size {
                let known = known(&tree, size, &[first, size / 2, size / 3]);
                for old in 0..=size {
                    if let Some(root) = known.root_of_first(old) {
                        assert_eq!(root, tree.root_of_first(old).unwrap(), "{first}: {old} of {size}");
                        answers += 1;
                    }
                }
                assert_eq!(known.root_of_first(size + 1), None);
            }
        }
        assert!(answers > 1000, "{answers}");
    }

    #[test]
    fn no_size_or_place_overflows() {
        let proof = [Hash::ZERO; 64];
        for size in [0, 1, MAX_SIZE, u64::MAX] {
            for index in [0, 1, MAX_SIZE - 1, u64::MAX] {
                let mut known = KnownNodes::new();
                known.add(&Hash::ZERO, index, size, &proof);
                known.root_of_first(size);
            }
        }
    }
}
