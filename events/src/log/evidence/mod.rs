//! Evidence against a log: a file that shows to a third party, who trusts neither the log nor
//! whoever found it, that the log's keys signed what an honest log never signs.
//!
//! Like a bundle it is checked from signatures and hashes alone. It proves; it does not explain:
//! stolen keys and a restored backup look the same.

mod file;
mod gather;
mod history;

use crate::format::payload::Payload;
use crate::format::record::Entry;
use crate::primitives::hash::Hash;
use crate::primitives::ids::Origin;
use crate::tree::consistency::prefix_root;
use crate::tree::inclusion::check_inclusion;

use super::checkpoint::{BadCheckpoint, Checkpoint};
use super::note::{Note, NoteError, Signed};
use super::proof::TlogProof;
use super::vkey::VerifierKey;

pub use gather::Gatherer;
pub use history::{Before, History, Shown};

/// First member of an evidence file.
pub const FORMAT: &str = "sinetti-evidence/1";
/// A file of more bytes is refused unread.
pub const MAX_EVIDENCE_BYTES: usize = 64 << 20;

/// What a file claims, unchecked. Its JSON has the members of one [`Claim`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The ledger.
    pub ledger: Origin,
    /// The log's keys, as whoever wrote the file knew them. A checker brings their own.
    pub log_keys: Vec<VerifierKey>,
    /// What is claimed.
    pub claim: Claim,
}

/// What the log is said to have signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Two trees of which neither extends the other.
    Fork {
        /// Checkpoint of the smaller tree.
        older: String,
        /// Checkpoint of the larger tree, or of another of the same size.
        newer: String,
        /// [`prefix_root`]'s path: the smaller tree as the larger one has it. Empty for equal sizes.
        hashes: Vec<Hash>,
    },
    /// A smaller tree after a larger one, by the log's own times.
    Rollback {
        /// Checkpoint of the larger tree.
        earlier: String,
        /// Checkpoint of the smaller tree, signed later.
        later: String,
    },
    /// A record that should not be in the tree.
    Record {
        /// The record's bytes.
        record: Vec<u8>,
        /// C2SP tlog-proof of it.
        proof: String,
        /// Stable name of the check that it fails.
        slug: String,
        /// What is wrong with it, in words.
        reason: String,
        /// The records before it that a verdict on it takes.
        history: Option<History>,
    },
}

/// What was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proven {
    /// The log signed two histories.
    Fork {
        /// Size at which they differ already.
        size: u64,
        /// The root signed for that size.
        signed: Hash,
        /// The root of that size within the other signed tree.
        other: Hash,
    },
    /// The log signed a smaller tree after a larger one.
    Rollback {
        /// Size of the larger tree, and when it was signed (seconds since 1970).
        earlier: (u64, u64),
        /// Size of the smaller tree, and when it was signed.
        later: (u64, u64),
    },
    /// The log vouches for this record.
    Record {
        /// Its place.
        index: u64,
        /// What the record alone shows to be wrong; none when it takes the history before it to judge.
        defect: Option<String>,
        /// That history, where the file shows it and the record is none that is wrong by itself.
        before: Option<Box<Before>>,
    },
}

/// The file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotProven {
    /// Not such a file.
    #[error("this is no evidence file ({FORMAT}): {0}")]
    Malformed(String),
    /// A signature.
    #[error("{which}: {reason}")]
    Checkpoint {
        /// Which member.
        which: &'static str,
        /// What is wrong.
        reason: NoteError,
    },
    /// What a checkpoint says.
    #[error("{which}: {reason}")]
    Text {
        /// Which member.
        which: &'static str,
        /// What is wrong.
        reason: BadCheckpoint,
    },
    /// Another ledger's.
    #[error("{which} is a checkpoint of {found}, not of {expected}: checkpoints of two ledgers contradict nothing")]
    OtherLedger {
        /// Which member.
        which: &'static str,
        /// The evidence's ledger.
        expected: Origin,
        /// The checkpoint's.
        found: Origin,
    },
    /// Both may come from one history.
    #[error("the two checkpoints do not contradict each other: {0}")]
    NoContradiction(&'static str),
    /// The proof.
    #[error("the record is not shown to be in the tree: {0}")]
    Inclusion(String),
    /// The records before.
    #[error("the history that it shows does not hold: record {index}: {reason}")]
    History {
        /// Which record of it.
        index: u64,
        /// What is wrong.
        reason: String,
    },
}

impl Evidence {
    /// Parses a file.
    ///
    /// # Errors
    ///
    /// It is no evidence of a kind that is known here.
    pub fn parse(bytes: &[u8]) -> Result<Evidence, NotProven> {
        let malformed = |reason: String| NotProven::Malformed(reason);
        if bytes.len() > MAX_EVIDENCE_BYTES {
            return Err(malformed(format!("it has more than {MAX_EVIDENCE_BYTES} bytes")));
        }
        file::read(bytes).map_err(malformed)
    }

    /// Checks the claim by the log's keys, `keys`: those that the checker got from elsewhere.
    ///
    /// # Errors
    ///
    /// Why it proves nothing.
    pub fn check(&self, keys: &[VerifierKey]) -> Result<Proven, NotProven> {
        match &self.claim {
            Claim::Fork { older, newer, hashes } => self.check_fork(keys, older, newer, hashes),
            Claim::Rollback { earlier, later } => self.check_rollback(keys, earlier, later),
            Claim::Record { record, proof, history, .. } => self.check_record(keys, record, proof, history.as_ref()),
        }
    }

    fn check_fork(&self, keys: &[VerifierKey], older: &str, newer: &str, hashes: &[Hash]) -> Result<Proven, NotProven> {
        let (older, _) = self.signed(keys, "older", older)?;
        let (newer, _) = self.signed(keys, "newer", newer)?;
        if older.size > newer.size {
            return Err(NotProven::NoContradiction("the one called older is the larger"));
        }
        let other = prefix_root(older.size, newer.size, &newer.root, hashes);
        let other = other.ok_or(NotProven::NoContradiction("the hashes do not lead to the newer one's root"))?;
        if other == older.root {
            return Err(NotProven::NoContradiction("the newer one extends the older one"));
        }
        Ok(Proven::Fork { size: older.size, signed: older.root, other })
    }

    fn check_rollback(&self, keys: &[VerifierKey], earlier: &str, later: &str) -> Result<Proven, NotProven> {
        let (larger, first) = self.signed(keys, "earlier", earlier)?;
        let (smaller, second) = self.signed(keys, "later", later)?;
        if smaller.size >= larger.size {
            return Err(NotProven::NoContradiction("the later one is not smaller"));
        }
        let by_one_key = first.iter().find_map(|signed| {
            let again = second.iter().find(|other| other.key == signed.key)?;
            signed.time.zip(again.time).filter(|(before, after)| before < after)
        });
        let (before, after) = by_one_key
            .ok_or(NotProven::NoContradiction("no key of the log signed the smaller tree after the larger one"))?;
        Ok(Proven::Rollback { earlier: (larger.size, before), later: (smaller.size, after) })
    }

    fn check_record(
        &self,
        keys: &[VerifierKey],
        record: &[u8],
        proof: &str,
        history: Option<&History>,
    ) -> Result<Proven, NotProven> {
        let not_included = |reason: String| NotProven::Inclusion(reason);
        let proof = TlogProof::parse(proof.as_bytes()).map_err(|bad| not_included(bad.to_string()))?;
        let (tree, _) = self.signed(keys, "proof", proof.checkpoint.as_str())?;
        check_inclusion(&Hash::leaf(record), proof.index, tree.size, &proof.hashes, &tree.root)
            .map_err(|bad| not_included(bad.to_string()))?;
        let index = proof.index;
        match (self.defect(record, index), history) {
            (Ok(accused), Some(history)) => {
                let before = history.check(accused, &tree)?;
                Ok(Proven::Record { index, defect: None, before: Some(Box::new(before)) })
            }
            (Ok(_), None) => Ok(Proven::Record { index, defect: None, before: None }),
            (Err(defect), _) => Ok(Proven::Record { index, defect: Some(defect), before: None }),
        }
    }

    /// The record, unless something is wrong with it that can be told without those before it.
    fn defect(&self, record: &[u8], index: u64) -> Result<Entry, String> {
        let entry = Entry::parse(record.to_vec()).map_err(|bad| bad.to_string())?;
        let payload = Payload::parse(&entry.record.envelope.payload).map_err(|bad| bad.to_string())?;
        let claims = [
            ("record.index is not its place in the tree", entry.record.index == index),
            ("record.ledger is not the log's origin", entry.record.ledger == self.ledger),
            ("payload.ledger is not the log's origin", payload.ledger == self.ledger),
            ("payload.agreement is not the record's stream", payload.agreement == entry.record.agreement),
        ];
        match claims.iter().find(|(_, holds)| !holds) {
            Some((defect, _)) => Err((*defect).to_owned()),
            None => Ok(entry),
        }
    }

    /// A checkpoint of this ledger that at least one of the keys signed, and which did.
    fn signed(
        &self,
        keys: &[VerifierKey],
        which: &'static str,
        note: &str,
    ) -> Result<(Checkpoint, Vec<Signed>), NotProven> {
        let unsigned = |reason| NotProven::Checkpoint { which, reason };
        let note = Note::parse(note.as_bytes()).map_err(unsigned)?;
        let signed = note.open(keys).map_err(unsigned)?;
        let checkpoint: Checkpoint = note.text().parse().map_err(|reason| NotProven::Text { which, reason })?;
        if checkpoint.origin != self.ledger {
            let (expected, found) = (self.ledger.clone(), checkpoint.origin);
            return Err(NotProven::OtherLedger { which, expected, found });
        }
        Ok((checkpoint, signed))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::ml_dsa::MlDsaSigningKey;
    use crate::log::signer::sign_checkpoint;
    use crate::log::signer::tests::log_keys;
    use crate::tree::consistency::prefix_nodes;
    use crate::tree::frontier::Frontier;
    use crate::tree::node::NodeId;
    use std::collections::BTreeMap;

    /// A tree of leaves made from `salt` from leaf `from` on, and all its nodes.
    fn tree(size: u64, from: u64, salt: u8) -> (Frontier, BTreeMap<NodeId, Hash>) {
        let (mut tree, mut nodes) = (Frontier::new(), BTreeMap::new());
        for index in 0..size {
            let salt = if index >= from { salt } else { 0 };
            nodes.extend(tree.push(Hash::leaf(&[&index.to_be_bytes()[..], &[salt]].concat())));
        }
        (tree, nodes)
    }

    fn note(seed: u8, size: u64, root: Hash, time: u64) -> String {
        let origin = "localhost/sinetti".parse().unwrap();
        let ed25519 = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
        let ml_dsa = MlDsaSigningKey::from_seed(&[seed; 32]);
        let note = sign_checkpoint(&Checkpoint { origin, size, root }, &ed25519, &ml_dsa, time).unwrap();
        note.as_str().to_owned()
    }

    fn evidence(claim: Claim) -> Evidence {
        Evidence { ledger: "localhost/sinetti".parse().unwrap(), log_keys: log_keys(1), claim }
    }

    /// The trees of `old` and `new` leaves, which differ from leaf 3 on when `forked`.
    fn fork(old: u64, new: u64, forked: bool) -> Evidence {
        let (older, _) = tree(old, 3, 1);
        let (newer, nodes) = tree(new, 3, if forked { 2 } else { 1 });
        let plan = prefix_nodes(old, new).unwrap();
        let hashes: Vec<Hash> = plan.nodes().iter().map(|id| nodes[id]).collect();
        evidence(Claim::Fork {
            older: note(1, old, older.root(), 10),
            newer: note(1, new, newer.root(), 20),
            hashes: plan.prove(&hashes).unwrap(),
        })
    }

    #[test]
    fn two_trees_of_which_neither_extends_the_other_are_a_fork() {
        for (old, new) in [(4, 4), (4, 5), (4, 8), (5, 7), (6, 21), (8, 9), (7, 8)] {
            let evidence = fork(old, new, true);
            let read = Evidence::parse(&serde_json::to_vec(&evidence).unwrap()).unwrap();
            assert_eq!(read, evidence);
            let proven = read.check(&log_keys(1)).unwrap();
            assert!(matches!(proven, Proven::Fork { size, .. } if size == old), "{old} {new}");
        }
    }

    #[test]
    fn a_tree_that_grew_is_no_fork() {
        for (old, new) in [(4, 4), (4, 5), (5, 7), (6, 21), (8, 9), (3, 8)] {
            let refused = fork(old, new, false).check(&log_keys(1));
            assert_eq!(refused, Err(NotProven::NoContradiction("the newer one extends the older one")), "{old} {new}");
        }
    }

    #[test]
    fn hashes_that_do_not_lead_to_the_signed_root_prove_nothing() {
        let mut made_up = fork(5, 7, false);
        if let Claim::Fork { hashes, .. } = &mut made_up.claim {
            hashes[0] = Hash::ZERO;
        }
        let refused = made_up.check(&log_keys(1));
        assert_eq!(refused, Err(NotProven::NoContradiction("the hashes do not lead to the newer one's root")));
    }

    #[test]
    fn only_the_logs_own_signatures_count() {
        let forked = fork(5, 7, true);
        let refused = forked.check(&log_keys(2));
        assert!(matches!(refused, Err(NotProven::Checkpoint { which: "older", reason: NoteError::Unknown })));
        let mut of_others = forked.clone();
        if let Claim::Fork { newer, .. } = &mut of_others.claim {
            *newer = note(2, 7, Hash::ZERO, 20);
        }
        assert!(matches!(of_others.check(&log_keys(1)), Err(NotProven::Checkpoint { which: "newer", .. })));
        let other = Evidence { ledger: "localhost/other".parse().unwrap(), ..forked };
        assert!(matches!(other.check(&log_keys(1)), Err(NotProven::OtherLedger { .. })));
    }

    #[test]
    fn a_smaller_tree_signed_later_is_a_rollback() {
        let (large, _) = tree(9, 9, 0);
        let (small, _) = tree(5, 9, 0);
        let claim = |large_at, small_at| {
            let (earlier, later) = (note(1, 9, large.root(), large_at), note(1, 5, small.root(), small_at));
            evidence(Claim::Rollback { earlier, later }).check(&log_keys(1))
        };
        assert_eq!(claim(10, 20), Ok(Proven::Rollback { earlier: (9, 10), later: (5, 20) }));
        for (large_at, small_at) in [(20, 10), (10, 10)] {
            assert!(matches!(claim(large_at, small_at), Err(NotProven::NoContradiction(_))));
        }
        let same =
            evidence(Claim::Rollback { earlier: note(1, 9, large.root(), 10), later: note(1, 9, large.root(), 20) });
        assert!(matches!(same.check(&log_keys(1)), Err(NotProven::NoContradiction(_))));
    }

    #[test]
    fn a_record_in_the_tree_that_is_none_is_a_defect_by_itself() {
        let record = b"no record".to_vec();
        let proof = |root| format!("c2sp.org/tlog-proof@v1\nindex 0\n\n{}", note(1, 1, root, 10));
        let claim = |root| {
            let (slug, reason) = ("record-malformed".to_owned(), String::new());
            evidence(Claim::Record { record: record.clone(), proof: proof(root), slug, reason, history: None })
        };
        let proven = claim(Hash::leaf(&record)).check(&log_keys(1)).unwrap();
        assert!(matches!(proven, Proven::Record { index: 0, defect: Some(_), .. }));
        assert!(matches!(claim(Hash::ZERO).check(&log_keys(1)), Err(NotProven::Inclusion(_))));
    }

    #[test]
    fn other_files_are_refused() {
        let good = serde_json::to_string(&fork(5, 7, true)).unwrap();
        for (from, to) in [
            (FORMAT, "sinetti-evidence/2"),
            ("\"fork\"", "\"rollback\""),
            ("\"fork\"", "\"other\""),
            ("\"older\"", "\"elder\""),
            ("\"hashes\":[", "\"hashes\":[7,"),
        ] {
            assert!(good.contains(from));
            let refused = Evidence::parse(good.replacen(from, to, 1).as_bytes());
            assert!(matches!(refused, Err(NotProven::Malformed(_))), "{to}");
        }
        assert!(Evidence::parse(b"").is_err() && Evidence::parse(b"{}").is_err());
    }
}
