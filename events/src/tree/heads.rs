//! The heads tree: one leaf per stream, which changes in place as the stream grows.

use crate::primitives::hash::Hash;

use super::inclusion::inclusion_nodes;
use super::node::{NodeId, completed_by, peak_ids};
use super::plan::{PlanError, join};

/// RFC 6962 tree over the heads of all streams, in order of their first records. Every complete
/// node is kept, so that a change costs O(log n). What it proves, [`super::inclusion::check_inclusion`] checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadsTree {
    /// `levels[l][i]` is the hash of `NodeId { level: l, index: i }`.
    levels: Vec<Vec<Hash>>,
}

/// The heads tree has no such stream.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no stream {stream}: the ledger has {streams}; streams are numbered from 0")]
pub struct HeadsError {
    /// The stream, or number of streams, asked for.
    pub stream: u64,
    /// How many streams there are.
    pub streams: u64,
}

/// Leaf of one stream (FORMATS § 3): `SHA-256(0x00 ‖ agreement ‖ "\n" ‖ version in decimal ‖
/// "\n" ‖ base64(leaf hash of the stream's newest record) ‖ "\n")`.
pub fn heads_leaf(agreement: &str, version: u64, leaf: &Hash) -> Hash {
    Hash::leaf(format!("{agreement}\n{version}\n{leaf}\n").as_bytes())
}

impl HeadsTree {
    /// The tree of a ledger without streams.
    pub fn new() -> HeadsTree {
        HeadsTree::default()
    }

    /// How many streams there are.
    pub fn streams(&self) -> u64 {
        self.levels.first().map_or(0, Vec::len) as u64
    }

    /// Adds the head of the next stream.
    pub fn push(&mut self, leaf: Hash) {
        let stream = self.streams();
        for id in completed_by(stream) {
            let hash = if id.level == 0 { leaf } else { self.parent_hash(id) };
            let level = usize::from(id.level);
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            self.levels[level].push(hash);
        }
    }

    /// Replaces the head of a stream that exists.
    ///
    /// # Errors
    ///
    /// There is no such stream.
    pub fn set(&mut self, stream: u64, leaf: Hash) -> Result<(), HeadsError> {
        self.check(stream, self.streams())?;
        self.levels[0][stream as usize] = leaf;
        for level in 1..self.levels.len() {
            let index = stream >> level;
            // To the right of the last complete node of a level, no higher one is complete.
            if index as usize >= self.levels[level].len() {
                break;
            }
            let id = NodeId { level: level as u8, index };
            self.levels[level][index as usize] = self.parent_hash(id);
        }
        Ok(())
    }

    /// The root over all streams; SHA-256 of nothing when there is none.
    pub fn root(&self) -> Hash {
        join(&self.hashes(peak_ids(self.streams())))
    }

    /// The root over the first `streams` streams, with their heads as they are now.
    ///
    /// # Errors
    ///
    /// There are not so many streams.
    pub fn root_of_first(&self, streams: u64) -> Result<Hash, HeadsError> {
        let all = self.streams();
        if streams > all {
            return Err(HeadsError { stream: streams, streams: all });
        }
        Ok(join(&self.hashes(peak_ids(streams))))
    }

    /// Inclusion proof of the head of `stream` in the tree of the first `streams` streams.
    ///
    /// # Errors
    ///
    /// There is no such stream, or not so many.
    pub fn prove(&self, stream: u64, streams: u64) -> Result<Vec<Hash>, HeadsError> {
        self.root_of_first(streams)?;
        self.check(stream, streams)?;
        let missing = |_: PlanError| HeadsError { stream, streams };
        let plan = inclusion_nodes(stream, streams).map_err(missing)?;
        plan.prove(&self.hashes(plan.nodes())).map_err(missing)
    }

    fn check(&self, stream: u64, streams: u64) -> Result<(), HeadsError> {
        if stream >= streams {
            return Err(HeadsError { stream, streams });
        }
        Ok(())
    }

    /// The hashes of nodes that are complete in this tree.
    fn hashes(&self, nodes: Vec<NodeId>) -> Vec<Hash> {
        let get = |id: NodeId| self.levels.get(usize::from(id.level))?.get(id.index as usize);
        nodes.into_iter().filter_map(get).copied().collect()
    }

    /// The hash of a complete node above the leaves, whose children are both there.
    fn parent_hash(&self, id: NodeId) -> Hash {
        let below = &self.levels[usize::from(id.level) - 1];
        let left = (id.index * 2) as usize;
        Hash::node(&below[left], &below[left + 1])
    }
}

impl FromIterator<Hash> for HeadsTree {
    /// From the heads of all streams, in order of `stream`.
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> HeadsTree {
        let mut tree = HeadsTree::new();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tree::inclusion::check_inclusion;

    fn head(stream: u64, version: u64) -> Hash {
        heads_leaf(&format!("agreement-{stream}"), version, &Hash::leaf(b"record"))
    }

    #[test]
    fn a_leaf_is_hashed_as_the_formats_say() {
        let newest = Hash::leaf(b"record");
        let bytes = format!("registry\n12\n{}\n", crate::primitives::base64::encode(newest.0));
        assert_eq!(heads_leaf("registry", 12, &newest), Hash::leaf(bytes.as_bytes()));
    }

    #[test]
    fn an_empty_tree_has_the_empty_root() {
        let mut tree = HeadsTree::new();
        assert_eq!(tree.root(), Hash::empty_root());
        assert!(tree.set(0, Hash::ZERO).is_err());
        assert!(tree.prove(0, 0).is_err());
    }

    #[test]
    fn a_changed_head_gives_the_tree_built_anew() {
        for streams in 1..40 {
            for changed in 0..streams {
                let mut tree: HeadsTree = (0..streams).map(|n| head(n, 1)).collect();
                tree.set(changed, head(changed, 2)).unwrap();
                let version = |n| if n == changed { 2 } else { 1 };
                let anew: HeadsTree = (0..streams).map(|n| head(n, version(n))).collect();
                assert_eq!(tree, anew);
            }
        }
    }

    #[test]
    fn each_head_is_proven_in_each_tree_that_holds_it() {
        let tree: HeadsTree = (0..33).map(|n| head(n, 1)).collect();
        for streams in 1..=33 {
            let root = tree.root_of_first(streams).unwrap();
            let anew: HeadsTree = (0..streams).map(|n| head(n, 1)).collect();
            assert_eq!(root, anew.root());
            for stream in 0..streams {
                let proof = tree.prove(stream, streams).unwrap();
                let checked = check_inclusion(&head(stream, 1), stream, streams, &proof, &root);
                assert_eq!(checked, Ok(()));
            }
        }
        assert!(tree.prove(0, 34).is_err());
        assert!(tree.prove(33, 33).is_err());
    }
}
