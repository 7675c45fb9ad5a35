//! What a proof needs from the store, and the proof made from what the store gave.

use crate::primitives::hash::Hash;

use super::node::{MAX_SIZE, NodeId};

/// The stored nodes that a proof is made of. Read [`Plan::nodes`] in one go, then [`Plan::prove`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Each hash of the proof is the root over one group of complete subtrees, left to right.
    /// Only groups at the ragged right edge of the tree have more than one.
    groups: Vec<Vec<NodeId>>,
}

/// No proof can be planned or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The leaf is not in the tree.
    #[error("there is no leaf {index} in a tree of {size} leaves; ask for a later checkpoint")]
    NoSuchLeaf {
        /// Place of the leaf asked for.
        index: u64,
        /// Size of the tree asked about.
        size: u64,
    },
    /// A tree extends no larger tree.
    #[error("a tree of {new} leaves can't extend one of {old}; ask in the other order")]
    Shrinks {
        /// Size of the tree that is to be the older one.
        old: u64,
        /// Size of the tree that is to be the newer one.
        new: u64,
    },
    /// Sizes stay below 2^63.
    #[error("no tree has {size} leaves: sizes stay below 2^63")]
    TooLarge {
        /// The size asked about.
        size: u64,
    },
    /// The store gave another number of hashes than asked for.
    #[error("{given} stored hashes were given for a proof that needs {needed}; read them again")]
    Hashes {
        /// How many nodes the plan names.
        needed: usize,
        /// How many hashes were given.
        given: usize,
    },
}

impl Plan {
    pub(super) fn new(groups: Vec<Vec<NodeId>>) -> Plan {
        Plan { groups }
    }

    /// The nodes to read, in the order in which [`Plan::prove`] wants their hashes.
    pub fn nodes(&self) -> Vec<NodeId> {
        self.groups.iter().flatten().copied().collect()
    }

    /// The proof, from the hashes of [`Plan::nodes`] in the same order: first the hash nearest
    /// to the leaves, last a child of the root.
    ///
    /// # Errors
    ///
    /// There are too few or too many hashes.
    pub fn prove(&self, hashes: &[Hash]) -> Result<Vec<Hash>, PlanError> {
        let needed = self.groups.iter().map(Vec::len).sum();
        if hashes.len() != needed {
            let given = hashes.len();
            return Err(PlanError::Hashes { needed, given });
        }
        let mut rest = hashes;
        let mut next = |group: &Vec<NodeId>| {
            let (these, after) = rest.split_at(group.len());
            rest = after;
            join(these)
        };
        Ok(self.groups.iter().map(&mut next).collect())
    }
}

/// The root over complete subtrees of falling size, left to right (RFC 6962 § 2.1: what is left
/// over at each split stands on the right).
pub(super) fn join(peaks: &[Hash]) -> Hash {
    let right_to_left = peaks.iter().rev().copied();
    right_to_left.reduce(|right, left| Hash::node(&left, &right)).unwrap_or_else(Hash::empty_root)
}

/// Refuses sizes that no tree here can have.
pub(super) fn check_size(size: u64) -> Result<(), PlanError> {
    if size > MAX_SIZE {
        return Err(PlanError::TooLarge { size });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_number_of_hashes_is_refused() {
        let plan = Plan::new(vec![vec![NodeId { level: 0, index: 0 }]]);
        let refused = |given| Err(PlanError::Hashes { needed: 1, given });
        assert_eq!(plan.prove(&[]), refused(0));
        assert_eq!(plan.prove(&[Hash::ZERO; 2]), refused(2));
    }

    #[test]
    fn joining_nothing_is_the_empty_root() {
        assert_eq!(join(&[]), Hash::empty_root());
    }
}
