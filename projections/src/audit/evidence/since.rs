//! Whether the bundle's checkpoint extends one that the auditor kept from earlier.
//!
//! A bundle holds no consistency proof to a checkpoint of anybody's choice. But its inclusion proofs show
//! many nodes of its tree, and those give the roots of many older trees: always that of a checkpoint whose
//! last record is in the bundle, as the checkpoint of a receipt often is.

use sinetti_events::bundle::Member;
use sinetti_events::log::checkpoint::{BadCheckpoint, Checkpoint, verify_checkpoint};
use sinetti_events::log::note::Note;
use sinetti_events::primitives::hash::Hash;

use super::Evidence;
use crate::audit::finding::Finding;

const MEMBER: &str = "since";

impl Evidence<'_> {
    pub(super) fn check_since(&mut self) {
        let (Some(since), Some(checkpoint)) = (self.asked.since.as_deref(), self.checkpoint.clone()) else { return };
        let old = match parse(since) {
            Ok(old) => old,
            Err(reason) => return self.add(Finding::unverifiable(None, MEMBER, "checkpoint-malformed", reason)),
        };
        if old.origin != checkpoint.origin {
            let reason = format!("it is of the ledger {}, and the bundle of {}", old.origin, checkpoint.origin);
            return self.add(Finding::unverifiable(None, MEMBER, "ledger-mismatch", reason));
        }
        if let Err(error) =
            verify_checkpoint(since, &old.origin, &self.judge.registry.keyring.log_keys_signing(old.size.max(1)))
        {
            self.add(Finding::unverifiable(None, MEMBER, "checkpoint-signature", &error));
        }
        self.check_extends(&old, &checkpoint);
    }

    fn check_extends(&mut self, old: &Checkpoint, new: &Checkpoint) {
        let size = old.size;
        match self.root_of_first(size, new) {
            Some(root) if root == old.root => {}
            Some(root) => {
                let reason = format!(
                    "the first {size} records of the bundle's ledger give root {root}, it says {}: one of the two is another \
                     history. Keep both; signed by the same log they prove that it showed two",
                    old.root
                );
                self.add(Finding::tampered(None, MEMBER, "root-mismatch", reason));
            }
            None if size > new.size => {
                let reason = format!("it covers {size} records, more than the bundle; export the evidence again");
                self.add(Finding::unverifiable(None, MEMBER, "since-not-shown", reason));
            }
            None => {
                let reason = format!(
                    "the bundle's proofs do not show the tree of the first {size} records; \
                     `sinetti verify --server URL --since FILE` does"
                );
                self.add(Finding::unverifiable(None, MEMBER, "since-not-shown", reason));
            }
        }
    }

    /// The root over the first `size` records of the tree of `new`, where the bundle shows it.
    fn root_of_first(&self, size: u64, new: &Checkpoint) -> Option<Hash> {
        if size == new.size {
            return Some(new.root);
        }
        let known = if size < new.size { self.known.root_of_first(size) } else { None };
        known.or_else(|| self.cosigned_root(size, new))
    }

    /// The root of a cosigned checkpoint of that size, when the tree of `new` extends it.
    fn cosigned_root(&self, size: u64, new: &Checkpoint) -> Option<Hash> {
        let bytes = self.bundle.get(Member::Cosigned(size))?;
        let earlier = sinetti_events::log::earlier::EarlierCheckpoint::parse(bytes).ok()?;
        let checkpoint: Checkpoint = earlier.checkpoint.text().parse().ok()?;
        (checkpoint.size == size && earlier.check(&checkpoint, new).is_ok()).then_some(checkpoint.root)
    }
}

fn parse(note: &[u8]) -> Result<Checkpoint, String> {
    let note = Note::parse(note).map_err(|error| error.to_string())?;
    note.text().parse().map_err(|error: BadCheckpoint| error.to_string())
}
