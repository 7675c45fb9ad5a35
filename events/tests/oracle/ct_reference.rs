//! The reference tree of Certificate Transparency's Merkle tree tests: eight leaves, and the root
//! after each.

use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::{Frontier, HeadsTree, check_consistency, check_inclusion};

use crate::reference;

const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn leaves() -> Vec<Hash> {
    LEAVES.iter().map(|leaf| Hash::leaf(&hex::decode(leaf).unwrap())).collect()
}

fn root(size: usize) -> Hash {
    Hash(hex::decode(ROOTS[size]).unwrap().try_into().unwrap())
}

#[test]
fn roots_are_those_of_the_reference_tree() {
    let mut frontier = Frontier::new();
    assert_eq!(frontier.root(), root(0));
    for (n, leaf) in leaves().into_iter().enumerate() {
        frontier.push(leaf);
        assert_eq!(frontier.root(), root(n + 1));
        assert_eq!(leaves()[..=n].iter().copied().collect::<HeadsTree>().root(), root(n + 1));
        assert_eq!(reference::root(&leaves()[..=n]), root(n + 1));
    }
}

#[test]
fn every_inclusion_in_the_reference_tree_checks() {
    let leaves = leaves();
    for size in 1..=8 {
        for index in 0..size {
            let proof = reference::path(index, &leaves[..size]);
            let (index, size) = (index as u64, size as u64);
            let checked = check_inclusion(&leaves[index as usize], index, size, &proof, &root(size as usize));
            assert_eq!(checked, Ok(()), "{index} of {size}");
        }
    }
}

#[test]
fn every_step_in_the_reference_tree_is_consistent() {
    let leaves = leaves();
    for new in 1..=8usize {
        for old in 1..=new {
            let proof = reference::proof(old, &leaves[..new]);
            let (old_root, new_root) = (root(old), root(new));
            let (old, new) = (old as u64, new as u64);
            assert_eq!(check_consistency(old, &old_root, new, &new_root, &proof), Ok(()), "{old} to {new}");
        }
    }
}
