//! One pass over all records: the replay, and a tree of our own to hold other copies against.

use std::collections::BTreeMap;

use indicatif::ProgressBar;
use sinetti_events::log::checkpoint::{Checkpoint, verify_checkpoint};
use sinetti_events::log::note::Note;
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::Frontier;
use sinetti_events::tree::node::NodeId;
use sinetti_projections::audit::evidence::Asked;
use sinetti_projections::audit::{Finding, Quorum, Replay, Report, WhosePolicy};

use crate::cli::failure::Failure;
use crate::cli::output;

/// A checkpoint beside the newest that the records must agree with.
struct Mark {
    /// Where it was found, such as `anchor`.
    member: &'static str,
    note: Vec<u8>,
    checkpoint: Checkpoint,
    root: Option<Hash>,
}

/// A pass in progress.
pub struct Pass {
    replay: Replay,
    tree: Frontier,
    marks: BTreeMap<u64, Vec<Mark>>,
    pinned: Vec<VerifierKey>,
    /// The newest checkpoint as it is, and the policy that it must meet.
    asked: Option<(Note, Policy)>,
    bar: ProgressBar,
}

impl Pass {
    /// Of the ledger whose newest checkpoint is `newest`.
    ///
    /// # Errors
    ///
    /// `newest`, or the checkpoint kept from earlier, is none at all.
    pub fn new(newest: &[u8], size: u64, wanted: Asked) -> Result<Pass, Failure> {
        let replay =
            Replay::against(newest).map_err(|error| Failure::Refused(format!("the newest checkpoint: {error}")))?;
        let note = Note::parse(newest).map_err(|error| Failure::Refused(format!("the newest checkpoint: {error}")))?;
        let asked = wanted.policy.map(|policy| (note, policy));
        let (pinned, bar) = (wanted.log_keys, output::bar(size, "records"));
        let mut pass = Pass { replay, tree: Frontier::new(), marks: BTreeMap::new(), pinned, asked, bar };
        if let Some(since) = wanted.since {
            parse(&since).map_err(|error| Failure::Refused(format!("--since: {error}")))?;
            pass.mark("since", since);
        }
        Ok(pass)
    }

    /// Holds the records against another checkpoint too, found as `member`; before they come.
    pub fn mark(&mut self, member: &'static str, note: Vec<u8>) {
        match parse(&note) {
            Ok(checkpoint) => {
                let root = (checkpoint.size == 0).then(Hash::empty_root);
                let size = checkpoint.size;
                self.marks.entry(size).or_default().push(Mark { member, note, checkpoint, root });
            }
            Err(error) => self.find(Finding::tampered(None, member, "checkpoint-malformed", error)),
        }
    }

    /// Takes in the next record; returns its leaf hash and the tree's nodes that it completes.
    pub fn push(&mut self, bytes: Vec<u8>) -> (Hash, Vec<(NodeId, Hash)>) {
        let leaf = self.replay.push(bytes);
        let nodes = self.tree.push(leaf);
        let root = self.tree.root();
        for mark in self.marks.get_mut(&self.tree.size()).into_iter().flatten() {
            mark.root = Some(root);
        }
        self.bar.inc(1);
        (leaf, nodes)
    }

    /// Number of records taken in.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Adds a finding of the source's own.
    pub fn find(&mut self, finding: Finding) {
        self.replay.add(finding);
    }

    /// Ends the pass.
    pub fn finish(mut self) -> Report {
        for mark in std::mem::take(&mut self.marks).into_values().flatten() {
            if let Some(finding) = self.judge(&mark) {
                self.find(finding);
            }
        }
        if let Some((note, policy)) = self.asked.take()
            && let (_, Some(finding)) = Quorum::judge(&policy, WhosePolicy::Auditor, &note)
        {
            self.find(finding);
        }
        self.bar.finish_and_clear();
        self.replay.finish(&self.pinned)
    }

    fn judge(&self, mark: &Mark) -> Option<Finding> {
        let Mark { member, note, checkpoint, root } = mark;
        let found = |slug: &str, reason: String| Some(Finding::tampered(None, member, slug, reason));
        match root {
            None => {
                let reason = format!(
                    "it covers {} records, but only {} are there: the ledger was cut short or put back to an earlier state",
                    checkpoint.size,
                    self.size()
                );
                return found("records-missing", reason);
            }
            Some(root) if *root != checkpoint.root => {
                let reason = format!(
                    "the first {} records give root {root}, it says {}: one of the two is another history",
                    checkpoint.size, checkpoint.root
                );
                return found("root-mismatch", reason);
            }
            Some(_) => {}
        }
        let keyring = &self.replay.registry().keyring;
        match verify_checkpoint(note, &checkpoint.origin, &keyring.log_keys_signing(checkpoint.size)) {
            Ok(_) => None,
            Err(error) => found("checkpoint-signature", error.to_string()),
        }
    }
}

/// What a signed note says, its signatures unchecked.
pub fn parse(note: &[u8]) -> Result<Checkpoint, String> {
    let note = Note::parse(note).map_err(|error| error.to_string())?;
    note.text().parse().map_err(|error: sinetti_events::log::checkpoint::BadCheckpoint| error.to_string())
}
