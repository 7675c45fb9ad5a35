//! Roots and proofs, byte for byte, against `ct-merkle`: every size to 600, and around 256².

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::{check_consistency, check_inclusion, consistency_nodes, inclusion_nodes};

use crate::reference::{Stored, leaf};

type Oracle = MemoryBackedTree<Sha256, [u8; 8]>;

fn bytes(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| hash.0).collect()
}

fn same_root(ours: &Hash, oracle: &Oracle) {
    assert_eq!(ours.0, <[u8; 32]>::from(*oracle.root().as_bytes()), "{}", oracle.len());
}

fn same_inclusion(stored: &Stored, oracle: &Oracle, index: u64) {
    let size = oracle.len();
    let proof = stored.prove(&inclusion_nodes(index, size).unwrap());
    let theirs = oracle.prove_inclusion(index as usize);
    assert_eq!(bytes(&proof), theirs.as_bytes(), "{index} of {size}");
    let checked = check_inclusion(&leaf(index), index, size, &proof, stored.root(size));
    assert_eq!(checked, Ok(()), "{index} of {size}");
}

/// `old` is at least 1: the oracle knows no proof from nothing.
fn same_consistency(stored: &Stored, oracle: &Oracle, old: u64) {
    let new = oracle.len();
    let proof = stored.prove(&consistency_nodes(old, new).unwrap());
    let theirs = oracle.prove_consistency((new - old) as usize);
    assert_eq!(bytes(&proof), theirs.as_bytes(), "{old} to {new}");
    let checked = check_consistency(old, stored.root(old), new, stored.root(new), &proof);
    assert_eq!(checked, Ok(()), "{old} to {new}");
}

#[test]
fn every_size_to_600_has_the_oracles_root_and_proofs() {
    let (stored, mut oracle) = (Stored::new(600), Oracle::new());
    same_root(stored.root(0), &oracle);
    for size in 1..=600u64 {
        oracle.push((size - 1).to_be_bytes());
        same_root(stored.root(size), &oracle);
        for n in 0..size {
            same_inclusion(&stored, &oracle, n);
            same_consistency(&stored, &oracle, n + 1);
        }
    }
}

#[test]
fn sizes_around_256_squared_have_the_oracles_root_and_proofs() {
    let (stored, mut oracle) = (Stored::new(65_540), Oracle::new());
    for size in 1..=65_540u64 {
        oracle.push((size - 1).to_be_bytes());
        if size < 65_533 {
            continue;
        }
        same_root(stored.root(size), &oracle);
        let ends = [0, 1, 254, 255, 256, 257, 32_767, 32_768, 32_769, 65_279, 65_280];
        for n in ends.into_iter().chain((0..size).step_by(997)).chain(size - 5..size) {
            same_inclusion(&stored, &oracle, n);
            same_consistency(&stored, &oracle, n + 1);
        }
    }
}

#[test]
fn from_nothing_and_to_itself_the_proof_is_empty() {
    let stored = Stored::new(600);
    for size in 0..=600 {
        for old in [0, size] {
            let proof = stored.prove(&consistency_nodes(old, size).unwrap());
            assert!(proof.is_empty());
            let checked = check_consistency(old, stored.root(old), size, stored.root(size), &proof);
            assert_eq!(checked, Ok(()), "{old} to {size}");
        }
    }
}
