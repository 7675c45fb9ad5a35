//! What holds for every tree: true claims check, and no changed claim does.

use std::sync::LazyLock;

use proptest::prelude::*;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::{check_consistency, check_inclusion, consistency_nodes, inclusion_nodes};

use crate::reference::{self, Stored, leaf, leaves};

const MOST: u64 = 1200;
static STORED: LazyLock<Stored> = LazyLock::new(|| Stored::new(MOST));

/// A place and a size that has it.
fn place() -> impl Strategy<Value = (u64, u64)> {
    (1..=MOST).prop_flat_map(|size| (0..size, Just(size)))
}

/// An older and a larger newer size, neither 0.
fn step() -> impl Strategy<Value = (u64, u64)> {
    (2..=MOST).prop_flat_map(|new| (1..new, Just(new)))
}

fn flip(hash: &Hash, bit: u8) -> Hash {
    let mut changed = *hash;
    changed.0[usize::from(bit / 8)] ^= 1 << (bit % 8);
    changed
}

/// Every proof that one flipped bit, one hash less or one more, or two hashes swapped can make.
fn changed_proofs(proof: &[Hash], bit: u8) -> Vec<Vec<Hash>> {
    let mut changed = Vec::new();
    for at in 0..proof.len() {
        let mut flipped = proof.to_vec();
        flipped[at] = flip(&proof[at], bit);
        let mut shorter = proof.to_vec();
        shorter.remove(at);
        let mut longer = proof.to_vec();
        longer.insert(at, proof[at]);
        let mut swapped = proof.to_vec();
        swapped.swap(at, 0);
        changed.extend([flipped, shorter, longer, swapped]);
    }
    changed.push([proof, &[Hash::ZERO]].concat());
    changed.retain(|other| other != proof);
    changed
}

proptest! {
    #[test]
    fn root_and_proofs_are_those_of_the_rfcs_recursion((index, size) in place(), (old, new) in step()) {
        prop_assert_eq!(*STORED.root(size), reference::root(&leaves(size)));
        let inclusion = STORED.prove(&inclusion_nodes(index, size).unwrap());
        prop_assert_eq!(inclusion, reference::path(index as usize, &leaves(size)));
        let consistency = STORED.prove(&consistency_nodes(old, new).unwrap());
        prop_assert_eq!(consistency, reference::proof(old as usize, &leaves(new)));
    }

    #[test]
    fn no_changed_inclusion_claim_checks((index, size) in place(), bit: u8, other in 0..=MOST) {
        let proof = STORED.prove(&inclusion_nodes(index, size).unwrap());
        let (leaf, root) = (leaf(index), STORED.root(size));
        prop_assert_eq!(check_inclusion(&leaf, index, size, &proof, root), Ok(()));
        prop_assert!(check_inclusion(&flip(&leaf, bit), index, size, &proof, root).is_err());
        prop_assert!(check_inclusion(&leaf, index, size, &proof, &flip(root, bit)).is_err());
        for changed in changed_proofs(&proof, bit) {
            prop_assert!(check_inclusion(&leaf, index, size, &changed, root).is_err());
        }
        if other != index {
            prop_assert!(check_inclusion(&leaf, other, size, &proof, root).is_err());
        }
        // A path can have the same shape in two trees, so it is size and root together, which a
        // checkpoint signs together, that it fits once only.
        if other != size {
            prop_assert!(check_inclusion(&leaf, index, other, &proof, STORED.root(other)).is_err());
        }
    }

    #[test]
    fn no_changed_consistency_claim_checks((old, new) in step(), bit: u8, other in 0..=MOST) {
        let proof = STORED.prove(&consistency_nodes(old, new).unwrap());
        let (old_root, new_root) = (STORED.root(old), STORED.root(new));
        prop_assert_eq!(check_consistency(old, old_root, new, new_root, &proof), Ok(()));
        prop_assert!(check_consistency(old, &flip(old_root, bit), new, new_root, &proof).is_err());
        prop_assert!(check_consistency(old, old_root, new, &flip(new_root, bit), &proof).is_err());
        for changed in changed_proofs(&proof, bit) {
            prop_assert!(check_consistency(old, old_root, new, new_root, &changed).is_err());
        }
        if other != old {
            prop_assert!(check_consistency(other, STORED.root(other), new, new_root, &proof).is_err());
        }
        if other != new {
            prop_assert!(check_consistency(old, old_root, other, STORED.root(other), &proof).is_err());
        }
    }

    #[test]
    fn a_rewritten_past_has_no_consistency_proof((old, new) in step(), at in 0..MOST, bit: u8) {
        // The history of `old` leaves with one of them changed, claimed to lie under the tree of `new`.
        let mut rewritten = leaves(old);
        let at = (at % old) as usize;
        rewritten[at] = flip(&rewritten[at], bit);
        let forged = reference::root(&rewritten);
        let honest = STORED.prove(&consistency_nodes(old, new).unwrap());
        rewritten.extend((old..new).map(leaf));
        let own = reference::proof(old as usize, &rewritten);
        for proof in [honest, own] {
            prop_assert!(check_consistency(old, &forged, new, STORED.root(new), &proof).is_err());
        }
    }

    #[test]
    fn no_sizes_and_proofs_make_a_checker_panic(
        a: u64, b: u64, hashes in prop::collection::vec(any::<[u8; 32]>(), 0..70)
    ) {
        let proof: Vec<Hash> = hashes.into_iter().map(Hash).collect();
        prop_assert!(check_inclusion(&Hash::ZERO, a, b, &proof, &Hash::ZERO).is_err());
        prop_assert!(check_consistency(a, &Hash::ZERO, b, &Hash([1; 32]), &proof).is_err());
        let _ = (inclusion_nodes(a, b), consistency_nodes(a, b));
    }
}
