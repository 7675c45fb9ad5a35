//! One pass over a whole ledger.

use sinetti_events::chain::Chain;
use sinetti_events::format::record::{BadRecord, Entry};
use sinetti_events::log::checkpoint::{Checkpoint, CheckpointError, verify_checkpoint};
use sinetti_events::log::note::Note;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{Origin, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;

use super::finding::{Finding, Report, StreamReport, Verdict};
use super::judge::Judge;
use crate::agreement::Agreement;
use crate::registry::Registry;

/// A ledger being replayed, record by record.
pub struct Replay {
    pub(super) chain: Chain,
    pub(super) log: Frontier,
    pub(super) judge: Judge,
    checkpoint: Option<Given>,
}

/// The checkpoint that the records are held against.
struct Given {
    note: Vec<u8>,
    checkpoint: Checkpoint,
    /// Root of the records read, when as many as the checkpoint covers had been.
    root: Option<Hash>,
}

impl Replay {
    /// Of the ledger `origin`, held against no checkpoint yet.
    pub fn new(origin: Origin) -> Replay {
        Replay { chain: Chain::new(origin), log: Frontier::new(), judge: Judge::default(), checkpoint: None }
    }

    /// Of the ledger that `note`, a checkpoint, is of; the records must be exactly those that it
    /// covers. Its signatures are checked at the end, by the keys that the registry names.
    ///
    /// # Errors
    ///
    /// The bytes are no checkpoint at all.
    pub fn against(note: &[u8]) -> Result<Replay, CheckpointError> {
        let parsed = Note::parse(note)?;
        let checkpoint: Checkpoint = parsed.text().parse()?;
        let mut replay = Replay::new(checkpoint.origin.clone());
        replay.hold(note, checkpoint);
        Ok(replay)
    }

    /// Holds the records against a checkpoint.
    pub(super) fn hold(&mut self, note: &[u8], checkpoint: Checkpoint) {
        self.checkpoint = Some(Given { note: note.to_vec(), checkpoint, root: None });
        self.note_root();
    }

    /// Number of records taken in.
    pub fn size(&self) -> u64 {
        self.log.size()
    }

    /// The registry as replayed so far.
    pub fn registry(&self) -> &Registry {
        &self.judge.registry
    }

    /// One agreement as replayed so far.
    pub fn agreement(&self, id: &StreamId) -> Option<&Agreement> {
        self.judge.agreements.get(id)
    }

    /// What was found so far.
    pub fn findings(&self) -> &[Finding] {
        &self.judge.findings
    }

    /// Adds a finding of the caller's own, such as a damaged copy of a hash.
    pub fn add(&mut self, finding: Finding) {
        self.judge.findings.push(finding);
    }

    /// Takes in the bytes of the next record. Returns the leaf hash that they have.
    pub fn push(&mut self, bytes: Vec<u8>) -> Hash {
        let index = self.log.size();
        let leaf = Hash::leaf(&bytes);
        if index == 0 {
            self.judge.found(leaf);
        }
        self.log.push(leaf);
        self.note_root();
        match Entry::parse(bytes) {
            Ok(entry) => self.entry(index, &entry),
            Err(BadRecord::Format(format)) => {
                let reason = BadRecord::Format(format);
                self.add(Finding::unverifiable(Some(index), "record.v", reason.slug(), &reason));
                self.chain.skip(leaf);
            }
            Err(bad) => {
                self.add(Finding::tampered(Some(index), "record", bad.slug(), &bad));
                self.chain.skip(leaf);
            }
        }
        leaf
    }

    /// Ends the replay. `pinned` are keys that the auditor got from elsewhere and that must have
    /// signed the checkpoint besides those that the registry names.
    pub fn finish(mut self, pinned: &[VerifierKey]) -> Report {
        if self.size() == 0 {
            self.add(Finding::unverifiable(None, "log", "log-empty", "there is no record to verify"));
        }
        self.judge.find_suspects();
        self.check_checkpoint(pinned);
        self.judge.findings.sort_by_key(|finding| finding.index.unwrap_or(u64::MAX));
        let gravest = self.judge.findings.iter().map(|finding| finding.verdict).max();
        let stream = |head: &sinetti_events::chain::StreamHead| StreamReport {
            agreement: head.agreement.clone(),
            version: head.version,
        };
        Report {
            verdict: gravest.unwrap_or(Verdict::Valid),
            origin: self.chain.origin().clone(),
            size: self.log.size(),
            root: self.log.root(),
            founding: self.judge.founding(),
            streams: self.chain.streams().iter().map(stream).collect(),
            findings: self.judge.findings,
        }
    }

    fn entry(&mut self, index: u64, entry: &Entry) {
        for misplaced in self.chain.check(entry) {
            let member = format!("record.{}", misplaced.member);
            self.add(Finding::tampered(Some(index), &member, "record-misplaced", &misplaced));
        }
        let chain = &self.chain;
        self.judge.entry(index, entry, |stream| chain.version(stream));
        self.chain.push(entry);
    }

    fn note_root(&mut self) {
        if let Some(given) = &mut self.checkpoint
            && given.checkpoint.size == self.log.size()
        {
            given.root = Some(self.log.root());
        }
    }

    pub(super) fn check_checkpoint(&mut self, pinned: &[VerifierKey]) {
        let Some(given) = self.checkpoint.take() else {
            return;
        };
        let (size, read) = (given.checkpoint.size, self.log.size());
        match given.root {
            None => {
                let reason = format!("the checkpoint covers {size} records, but only {read} are there");
                self.add(Finding::tampered(None, "log", "records-missing", reason));
            }
            Some(root) if root != given.checkpoint.root => {
                let reason = format!("the records give root {root}, the checkpoint says {}", given.checkpoint.root);
                self.add(Finding::tampered(None, "checkpoint.root", "root-mismatch", reason));
            }
            Some(_) if read > size => {
                let reason = format!("{} records come after the checkpoint and no signature covers them", read - size);
                self.add(Finding::unverifiable(Some(size), "log", "records-beyond-checkpoint", reason));
            }
            Some(_) => {}
        }
        self.check_signatures(&given, pinned);
    }

    fn check_signatures(&mut self, given: &Given, pinned: &[VerifierKey]) {
        let required = self.judge.required_keys(given.checkpoint.size, pinned);
        let verified = match verify_checkpoint(&given.note, self.chain.origin(), &required) {
            Ok(verified) => verified,
            Err(error) => {
                self.add(Finding::tampered(None, "checkpoint.signatures", "checkpoint-signature", &error));
                return;
            }
        };
        let last = self.chain.last_recorded_at().map(Instant::unix_seconds);
        let times = verified.signed().iter().filter_map(|signed| signed.time);
        if let Some(time) = times.filter(|time| self.size() == given.checkpoint.size && Some(*time) < last).min() {
            let reason = format!("signed at {time} s, before the last record that it covers was recorded");
            self.add(Finding::tampered(None, "checkpoint.signatures", "checkpoint-before-record", reason));
        }
    }
}
