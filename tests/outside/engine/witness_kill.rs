//! `kill -9` of a witness under load, again and again: whatever it signed for a log, before a kill
//! or after it, is one history.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use sinetti::witness::client::{Answer, WitnessClient};
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::Note;
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::log::vkey::{KeyName, VerifierKey};
use sinetti_events::log::witness::AddCheckpoint;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::consistency::consistency_nodes;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;

use crate::program::{Server, key};

const ROUNDS: u8 = 8;
/// Leaves that all branches share.
const COMMON: u64 = 3;
const SIZE: u64 = 40;

#[test]
fn a_killed_witness_never_signs_two_histories() {
    let dir = tempfile::tempdir().unwrap();
    key(dir.path(), "w");
    let mut kills_after_answers = 0;
    for round in 0..ROUNDS {
        let witness = start(dir.path());
        // A different moment each round.
        let before = race(&witness.url, round, 3 + 5 * usize::from(round));
        witness.kill();
        kills_after_answers += usize::from(!before.is_empty());
        let witness = start(dir.path());
        let after = race(&witness.url, round, usize::MAX);
        witness.stop();
        assert_one_history(&[before, after].concat(), round);
    }
    assert!(kills_after_answers > 2, "kills fall between answers");
}

fn start(dir: &Path) -> Server {
    let logs: Vec<String> = (0..ROUNDS).map(|round| vkey(round).to_string()).collect();
    let logs: Vec<&str> = logs.iter().flat_map(|key| ["--log", key]).collect();
    let (own, state) = (dir.join("w.pem").display().to_string(), dir.join("w.db").display().to_string());
    Server::witness(&[&["--key", &own, "--state", &state][..], &logs].concat())
}

/// Three branches of one log at once, each growing as fast as it is let; gives what was cosigned as soon as `enough`
/// answers have come, or when no branch gets any further.
fn race(url: &str, log: u8, enough: usize) -> Vec<(u64, Hash)> {
    let (sender, cosigned) = mpsc::channel();
    let refusals = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for branch in 0..3 {
            let (sender, refusals) = (sender.clone(), &refusals);
            scope.spawn(move || grow(url, &Branch::new(log, branch), &sender, enough, refusals));
        }
        drop(sender);
    });
    cosigned.into_iter().collect()
}

fn grow(url: &str, branch: &Branch, sender: &mpsc::Sender<(u64, Hash)>, enough: usize, answered: &AtomicUsize) {
    let client = WitnessClient::new(url, Duration::from_secs(20)).unwrap();
    let (mut old, mut new) = (0, 1);
    while new <= SIZE && answered.load(Ordering::SeqCst) < enough {
        match client.add_checkpoint(&branch.request(old, new)) {
            Ok(Answer::Cosigned(_)) => {
                sender.send((new, branch.roots[usize::try_from(new).unwrap()])).unwrap();
                answered.fetch_add(1, Ordering::SeqCst);
                (old, new) = (new, new + 1);
            }
            Ok(Answer::Stands(seen)) if seen <= SIZE => (old, new) = (seen, (seen + 1).max(new).min(SIZE)),
            // Another branch has won.
            Ok(Answer::Contradicts(_)) => return,
            // It was killed.
            Err(_) => return,
            Ok(other) => unreachable!("{other:?}"),
        }
    }
}

fn assert_one_history(cosigned: &[(u64, Hash)], log: u8) {
    let mut roots: BTreeMap<u64, Hash> = BTreeMap::new();
    for (size, root) in cosigned {
        assert_eq!(roots.entry(*size).or_insert(*root), root, "two roots of one size");
    }
    let branches = (0..3).map(|branch| Branch::new(log, branch));
    let of_one = branches
        .filter(|branch| roots.iter().all(|(size, root)| branch.roots[usize::try_from(*size).unwrap()] == *root))
        .count();
    assert!(of_one >= 1, "no branch holds all that was cosigned");
    assert!(roots.keys().any(|size| *size > COMMON), "the branches' own leaves were reached");
}

struct Branch {
    log: u8,
    nodes: BTreeMap<NodeId, Hash>,
    roots: Vec<Hash>,
}

impl Branch {
    fn new(log: u8, branch: u8) -> Branch {
        let (mut tree, mut nodes) = (Frontier::new(), BTreeMap::new());
        let mut roots = vec![tree.root()];
        for index in 0..SIZE {
            let salt = if index < COMMON { 0 } else { branch };
            nodes.extend(tree.push(Hash::leaf(&[&index.to_be_bytes()[..], &[log, salt]].concat())));
            roots.push(tree.root());
        }
        Branch { log, nodes, roots }
    }

    fn request(&self, old: u64, new: u64) -> AddCheckpoint {
        let plan = consistency_nodes(old, new).unwrap();
        let hashes: Vec<Hash> = plan.nodes().iter().map(|id| self.nodes[id]).collect();
        let root = self.roots[usize::try_from(new).unwrap()];
        let origin = format!("localhost/log-{}", self.log).parse().unwrap();
        let checkpoint = Checkpoint { origin, size: new, root };
        let line = NoteSigner::Ed25519(&log_key(self.log)).sign(&name(self.log), &checkpoint, 0).unwrap();
        let note = Note::new(&checkpoint.to_string(), &[line]).unwrap();
        AddCheckpoint { old, proof: plan.prove(&hashes).unwrap(), checkpoint: note }
    }
}

fn log_key(log: u8) -> SigningKey {
    SigningKey::from_bytes(&[100 + log; 32])
}

fn name(log: u8) -> KeyName {
    format!("localhost/log-{log}").parse().unwrap()
}

fn vkey(log: u8) -> VerifierKey {
    NoteSigner::Ed25519(&log_key(log)).verifier_key(&name(log)).unwrap()
}
