//! RFC 6962 § 2.1 written down as the RFC words it, recursive and over all leaves; and a store of
//! nodes as the ledger keeps them.

use std::collections::HashMap;

use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::plan::Plan;
use sinetti_events::tree::{Frontier, NodeId};

/// Leaf hash number `n` of the trees in these tests.
pub fn leaf(n: u64) -> Hash {
    Hash::leaf(&n.to_be_bytes())
}

pub fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(leaf).collect()
}

/// `MTH(D[n])`, § 2.1.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(k(leaves.len()));
            Hash::node(&root(left), &root(right))
        }
    }
}

/// `PATH(m, D[n])`, § 2.1.1.
pub fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = k(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut path, sibling) = if m < k { (path(m, left), root(right)) } else { (path(m - k, right), root(left)) };
    path.push(sibling);
    path
}

/// `PROOF(m, D[n])`, § 2.1.2.
pub fn proof(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    subproof(m, leaves, true)
}

fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves)] };
    }
    let k = k(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, sibling) =
        if m <= k { (subproof(m, left, whole), root(right)) } else { (subproof(m - k, right, false), root(left)) };
    proof.push(sibling);
    proof
}

/// The largest power of two smaller than `n`.
fn k(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// All nodes that appends completed, and the root after each.
pub struct Stored {
    pub nodes: HashMap<NodeId, Hash>,
    pub roots: Vec<Hash>,
}

impl Stored {
    pub fn new(size: u64) -> Stored {
        let mut frontier = Frontier::new();
        let (mut nodes, mut roots) = (HashMap::new(), vec![frontier.root()]);
        for n in 0..size {
            let completed = frontier.push(leaf(n));
            assert!(completed.iter().all(|(id, hash)| nodes.insert(*id, *hash).is_none()));
            roots.push(frontier.root());
        }
        Stored { nodes, roots }
    }

    /// Reads what the plan names and makes the proof.
    pub fn prove(&self, plan: &Plan) -> Vec<Hash> {
        let hashes: Vec<Hash> = plan.nodes().iter().map(|id| self.nodes[id]).collect();
        plan.prove(&hashes).unwrap()
    }

    pub fn root(&self, size: u64) -> &Hash {
        &self.roots[size as usize]
    }
}
