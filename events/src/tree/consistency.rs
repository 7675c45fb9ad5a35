//! Consistency: the newer tree begins with all leaves of the older one, in the same order.

use crate::primitives::hash::Hash;

use super::node::{MAX_SIZE, NodeId, range_ids, split};
use super::plan::{Plan, PlanError, check_size};

/// A consistency proof does not show what it claims.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConsistencyError {
    /// Trees only grow, and stay below 2^63.
    #[error("a tree of {new} leaves (below 2^63) can't extend one of {old} leaves")]
    Sizes {
        /// Size of the older tree.
        old: u64,
        /// Size of the newer tree.
        new: u64,
    },
    /// The proof has too few or too many hashes.
    #[error("a consistency proof of {given} hashes does not fit the step from {old} to {new}")]
    Length {
        /// How many hashes the proof has.
        given: usize,
        /// Size of the older tree.
        old: u64,
        /// Size of the newer tree.
        new: u64,
    },
    /// Two roots for one size: history was rewritten.
    #[error(
        "two different roots are claimed for one tree of {size} leaves: this is a fork; \
         keep both checkpoints, they are the evidence"
    )]
    Fork {
        /// The size of both trees.
        size: u64,
    },
    /// The proof does not lead to the older root.
    #[error("the proof from {old} to {new} does not give the older root {expected}")]
    OldRoot {
        /// Size of the older tree.
        old: u64,
        /// Size of the newer tree.
        new: u64,
        /// The older root to be shown.
        expected: Hash,
    },
    /// The proof does not lead to the newer root.
    #[error("the proof from {old} to {new} does not give the newer root {expected}")]
    NewRoot {
        /// Size of the older tree.
        old: u64,
        /// Size of the newer tree.
        new: u64,
        /// The newer root to be shown.
        expected: Hash,
    },
}

/// Plans the proof that the tree of the first `new` leaves extends that of the first `old`
/// (RFC 6962 § 2.1.2). From nothing, and to itself, the proof is empty.
///
/// # Errors
///
/// The sizes are no step from an older to a newer tree.
pub fn consistency_nodes(old: u64, new: u64) -> Result<Plan, PlanError> {
    // When the older tree is itself a node of the newer one, its root is known to the checker.
    Ok(Plan::new(groups(old, new, |from| from > 0)?))
}

/// Plans what shows the root of the first `old` leaves as the tree of the first `new` has them
/// ([`prefix_root`]): a consistency proof that leaves nothing to what the checker believes to know.
///
/// # Errors
///
/// The sizes are no step from an older to a newer tree.
pub fn prefix_nodes(old: u64, new: u64) -> Result<Plan, PlanError> {
    Ok(Plan::new(groups(old, new, |_| true)?))
}

/// The nodes of both plans; `names` says whether the subtree that begins at a leaf and ends where
/// the older tree ends is named.
fn groups(old: u64, new: u64, names: impl Fn(u64) -> bool) -> Result<Vec<Vec<NodeId>>, PlanError> {
    check_size(new)?;
    if old > new {
        return Err(PlanError::Shrinks { old, new });
    }
    let mut groups = Vec::new();
    if old == 0 || old == new {
        return Ok(groups);
    }
    let (mut from, mut to) = (0, new);
    while old < to {
        let middle = from + split(to - from);
        if old <= middle {
            groups.push(range_ids(middle, to));
            to = middle;
        } else {
            groups.push(range_ids(from, middle));
            from = middle;
        }
    }
    if names(from) {
        groups.push(range_ids(from, to));
    }
    groups.reverse();
    Ok(groups)
}

/// Checks that the tree of `new` leaves with `new_root` extends the tree of `old` leaves with
/// `old_root` (RFC 9162 § 2.1.4.2). Size 0 and equal sizes are decided before that algorithm:
/// every tree extends the empty one, and a tree extends itself only.
///
/// # Errors
///
/// Why the proof does not show it; [`ConsistencyError::Fork`] is the grave one.
pub fn check_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ConsistencyError> {
    if old > new || new > MAX_SIZE {
        return Err(ConsistencyError::Sizes { old, new });
    }
    if old == 0 || old == new {
        return check_trivial(old, old_root, new, new_root, proof);
    }
    let Some(computed) = roots_by_consistency(old, old_root, new, proof) else {
        let given = proof.len();
        return Err(ConsistencyError::Length { given, old, new });
    };
    if computed.old != *old_root {
        let expected = *old_root;
        return Err(ConsistencyError::OldRoot { old, new, expected });
    }
    if computed.new != *new_root {
        let expected = *new_root;
        return Err(ConsistencyError::NewRoot { old, new, expected });
    }
    Ok(())
}

/// The root of the first `old` leaves in the tree of `new` leaves with `new_root`, as `path`
/// ([`prefix_nodes`]) shows it; nothing when the path does not lead to `new_root`. Where it is not
/// the root that was signed for `old` leaves, the two signed trees are a fork.
pub fn prefix_root(old: u64, new: u64, new_root: &Hash, path: &[Hash]) -> Option<Hash> {
    if old > new || new > MAX_SIZE {
        return None;
    }
    if old == 0 || old == new {
        let root = if old == 0 { Hash::empty_root() } else { *new_root };
        return path.is_empty().then_some(root);
    }
    let (first, rest) = path.split_first()?;
    let proof = if old.is_power_of_two() { rest } else { path };
    let roots = roots_by_consistency(old, first, new, proof)?;
    (roots.new == *new_root).then_some(roots.old)
}

/// Size 0 and equal sizes.
fn check_trivial(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> Result<(), ConsistencyError> {
    if !proof.is_empty() {
        let given = proof.len();
        return Err(ConsistencyError::Length { given, old, new });
    }
    if old == 0 && *old_root != Hash::empty_root() {
        let expected = *old_root;
        return Err(ConsistencyError::OldRoot { old, new, expected });
    }
    if old == new && old_root != new_root {
        return Err(ConsistencyError::Fork { size: old });
    }
    Ok(())
}

struct Roots {
    old: Hash,
    new: Hash,
}

/// The two roots that the proof leads to; nothing when its length does not fit.
/// `0 < old < new`.
fn roots_by_consistency(old: u64, old_root: &Hash, new: u64, proof: &[Hash]) -> Option<Roots> {
    // The first hash is the largest subtree that ends where the older tree ends. When that is the
    // whole older tree, the proof leaves it out.
    let (first, rest) = if old.is_power_of_two() { (old_root, proof) } else { proof.split_first()? };
    let below = (old - 1).trailing_ones();
    let (mut node, mut last) = ((old - 1) >> below, (new - 1) >> below);
    let mut roots = Roots { old: *first, new: *first };
    for sibling in rest {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            roots.old = Hash::node(sibling, &roots.old);
            roots.new = Hash::node(sibling, &roots.new);
            let lone = if node == 0 { 0 } else { node.trailing_zeros() };
            node >>= lone;
            last >>= lone;
        } else {
            roots.new = Hash::node(&roots.new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: Hash = Hash([7; 32]);

    #[test]
    fn every_tree_extends_the_empty_one_and_only_its_true_root() {
        let empty = Hash::empty_root();
        assert_eq!(check_consistency(0, &empty, 5, &ROOT, &[]), Ok(()));
        assert!(check_consistency(0, &ROOT, 5, &ROOT, &[]).is_err());
        assert!(check_consistency(0, &empty, 5, &ROOT, &[ROOT]).is_err());
        assert!(check_consistency(0, &empty, 0, &ROOT, &[]).is_err());
        assert!(check_consistency(0, &ROOT, 0, &ROOT, &[]).is_err());
    }

    #[test]
    fn two_roots_of_one_size_are_a_fork() {
        let fork = Err(ConsistencyError::Fork { size: 5 });
        assert_eq!(check_consistency(5, &ROOT, 5, &Hash::ZERO, &[]), fork);
        assert_eq!(check_consistency(5, &ROOT, 5, &ROOT, &[]), Ok(()));
        assert!(check_consistency(5, &ROOT, 5, &ROOT, &[ROOT]).is_err());
    }

    #[test]
    fn a_size_larger_than_the_proofs_tree_is_refused() {
        // The root is that of four leaves: claiming it for eight must fail though the hashes fit.
        let left = Hash::node(&ROOT, &ROOT);
        let right = Hash::node(&Hash::ZERO, &ROOT);
        let root = Hash::node(&left, &right);
        assert_eq!(check_consistency(2, &left, 4, &root, &[right]), Ok(()));
        let (given, old) = (1, 2);
        for new in [5, 8, 9, MAX_SIZE] {
            let refused = Err(ConsistencyError::Length { given, old, new });
            assert_eq!(check_consistency(2, &left, new, &root, &[right]), refused);
        }
    }

    #[test]
    fn a_tree_shows_the_root_of_each_of_its_beginnings() {
        let mut tree = crate::tree::frontier::Frontier::new();
        let (mut stored, mut roots) = (std::collections::BTreeMap::new(), vec![tree.root()]);
        for n in 0u8..40 {
            stored.extend(tree.push(Hash::leaf(&[n])));
            roots.push(tree.root());
            let new = tree.size();
            for old in 0..=new {
                let Ok(plan) = prefix_nodes(old, new) else { panic!("{old} of {new}") };
                let hashes: Vec<Hash> = plan.nodes().iter().filter_map(|id| stored.get(id).copied()).collect();
                let Ok(path) = plan.prove(&hashes) else { panic!("{old} of {new}") };
                let root = |new_root: &Hash, path: &[Hash]| prefix_root(old, new, new_root, path);
                assert_eq!(root(&tree.root(), &path), Some(roots[usize::try_from(old).unwrap_or(0)]), "{old} of {new}");
                for at in 0..path.len() {
                    let mut other = path.clone();
                    other[at] = ROOT;
                    assert_eq!(root(&tree.root(), &other), None, "{old} of {new}: any other hash misses the root");
                }
                assert_eq!(root(&tree.root(), &[&path[..], &[ROOT]].concat()), None);
                assert!(path.is_empty() || root(&tree.root(), &path[1..]).is_none());
            }
        }
    }

    #[test]
    fn no_size_overflows() {
        let proof = [ROOT; 65];
        let sizes = [0, 1, 2, 3, 1 << 62, MAX_SIZE - 1, MAX_SIZE, MAX_SIZE + 1, u64::MAX];
        for old in sizes {
            for new in sizes {
                assert!(old == new || consistency_nodes(old, new).is_ok() == (old <= new && new <= MAX_SIZE));
                assert!(check_consistency(old, &ROOT, new, &ROOT, &proof).is_err());
                assert_eq!(prefix_root(old, new, &ROOT, &proof), None);
            }
        }
    }
}
