//! What does not fit, as claims that others can check.

use std::path::PathBuf;

use sinetti_events::log::evidence::{Claim, Evidence};
use sinetti_events::log::note::Note;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::consistency::{prefix_nodes, prefix_root};
use sinetti_projections::audit::Finding;

use super::look::Seen;
use super::state::{Found, Kept};
use super::{Monitor, MonitorError};
use crate::log_reader::{LogReader, ReadLogError};
use crate::whole_file;

/// Forks and rollbacks that are kept: whoever signs one more each minute is known by these.
const MOST_KEPT: usize = 64;

impl Monitor {
    /// Whether the larger tree `newest` extends the one that is kept, as the server's own hashes show it.
    /// Costs the logarithm of the log.
    ///
    /// # Errors
    ///
    /// The server can't be reached, or the state can't be written.
    pub(super) fn extends(&mut self, newest: &Kept, kept: &Kept, seen: &mut Seen) -> Result<bool, MonitorError> {
        let (old, new) = (kept.checkpoint.size, newest.checkpoint.size);
        let path = match self.served_path(old, new) {
            Err(ReadLogError::Client(error)) => return Err(error.into()),
            Err(error) => {
                seen.unread(&error);
                None
            }
            Ok(path) => path,
        };
        let beginning = path.as_ref().and_then(|path| prefix_root(old, new, &newest.checkpoint.root, path));
        match (path, beginning) {
            (_, Some(root)) if root == kept.checkpoint.root => Ok(true),
            (Some(path), Some(_)) => {
                self.forked(kept, newest, path, seen)?;
                Ok(false)
            }
            _ => {
                let reason = format!(
                    "the server can't show that its checkpoint of {new} records extends the one of {old} that it showed \
                     before: nothing that it gives leads to the signed root. Keep both: the earlier one is in {}",
                    self.options.state.display()
                );
                seen.tampered("checkpoint", "consistency-unproven", reason);
                self.set_aside(newest);
                Ok(false)
            }
        }
    }

    /// A smaller tree than before, signed by the log: another one, or the same as it once was.
    ///
    /// # Errors
    ///
    /// The state can't be read or written.
    pub(super) fn shrunk(&mut self, newest: &Kept, kept: &Kept, seen: &mut Seen) -> Result<(), MonitorError> {
        let (small, large) = (newest.checkpoint.size, kept.checkpoint.size);
        if self.state.root(small)? != newest.checkpoint.root {
            let path = match prefix_nodes(small, large) {
                Ok(plan) => plan.prove(&self.state.nodes(&plan.nodes())?).unwrap_or_default(),
                Err(_) => Vec::new(),
            };
            return self.forked(newest, kept, path, seen);
        }
        let claim = Claim::Rollback { earlier: kept.note.clone(), later: newest.note.clone() };
        let evidence = self.evidence(kept, claim);
        if evidence.check(&self.log_keys()).is_ok() {
            let reason = format!("the log signed {small} records after it had signed {large}: it was put back");
            return self.proven(Finding::tampered(None, "checkpoint", "rolled-back", reason), &evidence, seen);
        }
        let reason = format!(
            "the server shows {small} records where it showed {large}: it was put back to an older day, or shows an old \
             state. The checkpoint is one that was signed back then, so this alone proves nothing to others; {} holds \
             the larger one",
            self.options.state.display()
        );
        seen.findings.push(Finding::unverifiable(None, "checkpoint", "checkpoint-old", reason));
        Ok(())
    }

    /// Two signed trees of which neither extends the other; `hashes` is the smaller as the larger one has it.
    ///
    /// # Errors
    ///
    /// The state can't be written.
    pub(super) fn forked(
        &mut self,
        older: &Kept,
        newer: &Kept,
        hashes: Vec<Hash>,
        seen: &mut Seen,
    ) -> Result<(), MonitorError> {
        let reason = format!(
            "the log signed two histories: its checkpoints of {} records ({}) and of {} records ({}) contradict each other",
            older.checkpoint.size, older.checkpoint.root, newer.checkpoint.size, newer.checkpoint.root
        );
        let finding = Finding::tampered(None, "checkpoint", "forked", reason);
        let claim = Claim::Fork { older: older.note.clone(), newer: newer.note.clone(), hashes };
        let evidence = self.evidence(older, claim);
        self.proven(finding, &evidence, seen)
    }

    /// Keeps a finding with its evidence: it stays true whatever the server shows later.
    fn proven(&mut self, finding: Finding, evidence: &Evidence, seen: &mut Seen) -> Result<(), MonitorError> {
        if self.state.count_found()?.1 < MOST_KEPT {
            self.state.find(false, &finding, Some((name(&evidence.claim), evidence)))?;
        }
        seen.findings.push(finding);
        Ok(())
    }

    /// Writes the files that are not there; gives all.
    ///
    /// # Errors
    ///
    /// One can't be written.
    pub(super) fn write(&self, found: &[Found]) -> Result<Vec<PathBuf>, MonitorError> {
        let mut files = Vec::new();
        for (name, text) in found.iter().filter_map(|found| found.evidence.as_ref()) {
            let path = self.options.evidence.join(name);
            let failed = |reason: std::io::Error| MonitorError::Io { path: path.clone(), reason };
            std::fs::create_dir_all(&self.options.evidence).map_err(failed)?;
            match whole_file::create(&path, 0o644, format!("{text}\n").as_bytes()) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(failed(error)),
                _ => files.push(path),
            }
        }
        Ok(files)
    }

    fn evidence(&self, kept: &Kept, claim: Claim) -> Evidence {
        Evidence { ledger: kept.checkpoint.origin.clone(), log_keys: self.log_keys(), claim }
    }

    /// The smaller tree as the server's own hashes have it.
    fn served_path(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>, ReadLogError> {
        let Ok(plan) = prefix_nodes(old, new) else { return Ok(None) };
        let hashes = LogReader::new(&self.client).nodes(new, &plan.nodes())?;
        Ok(plan.prove(&hashes).ok())
    }

    /// Keeps a checkpoint that proves nothing by itself, for whoever looks into it later.
    fn set_aside(&self, newest: &Kept) {
        let path = self.options.evidence.join(format!("unproven-{}.checkpoint", tree(&newest.note)));
        let made = std::fs::create_dir_all(&self.options.evidence);
        // What can't be written here is told in the finding all the same.
        let _ = made.and_then(|()| whole_file::create(&path, 0o644, newest.note.as_bytes()));
    }
}

/// One file for one claim, whenever it is found again.
pub(super) fn name(claim: &Claim) -> String {
    match claim {
        Claim::Fork { older, newer, .. } => format!("fork-{}-{}.json", tree(older), tree(newer)),
        Claim::Rollback { earlier, later } => format!("rollback-{}-{}.json", tree(earlier), tree(later)),
        Claim::Record { record, slug, .. } => format!("record-{}-{slug}.json", short(&Hash::leaf(record))),
    }
}

/// Size and beginning of the root of a checkpoint.
fn tree(note: &str) -> String {
    let kept = Note::parse(note.as_bytes()).ok().and_then(|note| Kept::of(note.as_str().as_bytes()).ok());
    kept.map_or_else(String::new, |kept| format!("{}-{}", kept.checkpoint.size, short(&kept.checkpoint.root)))
}

fn short(hash: &Hash) -> String {
    hash.0.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
