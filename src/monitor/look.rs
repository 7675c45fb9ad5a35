//! One look at the ledger.

use std::cmp::Ordering;

use sinetti_events::log::note::Note;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_projections::audit::{Finding, Replay, Standing, Verdict};

use super::advance::Advance;
use super::state::Kept;
use super::{Last, Monitor, MonitorError, Sight, fresh};
use crate::log_reader::{LogReader, ReadLogError};

/// Records that are read under a checkpoint that no known key of the log signed: after a change of keys
/// only the records themselves tell of the new ones.
const MOST_UNVOUCHED: u64 = 1 << 20;

/// What was found beside what stays true.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) findings: Vec<Finding>,
    /// Records that were new.
    new: u64,
}

/// Why the records of a larger tree were not taken in.
enum NotTaken {
    Log(ReadLogError),
    Monitor(MonitorError),
}

impl Monitor {
    /// Looks once: fetches the newest checkpoint, proves that it extends the last one, replays what is
    /// new, and remembers it. `progress` is told how many records of how many were taken in.
    ///
    /// # Errors
    ///
    /// The server can't be reached, or the state can't be written.
    pub fn look(&mut self, progress: impl FnMut(u64, u64)) -> Result<Sight, MonitorError> {
        let mut seen = Seen::default();
        let first = self.last.is_none();
        let note = self.fetch()?;
        let shown = Kept::of(&note);
        match &shown {
            Err(reason) => seen.tampered("checkpoint", "checkpoint-malformed", reason),
            Ok(newest) => self.compare(newest.clone(), &mut seen, progress)?,
        }
        // At first all was read just now; from a server that shows another tree nothing else can come.
        let same =
            shown.ok().zip(self.last.as_ref()).is_some_and(|(shown, last)| shown.checkpoint == last.kept.checkpoint);
        if same && !first {
            self.reread(&mut seen)?;
        }
        self.report(seen)
    }

    /// The newest checkpoint; a smaller one than before is looked at again first.
    fn fetch(&self) -> Result<Vec<u8>, MonitorError> {
        let mut looks = 1;
        loop {
            let missing = || MonitorError::NoCheckpoint(self.client.base().to_owned());
            let note = self.client.bytes("/checkpoint")?.ok_or_else(missing)?;
            let newest = Kept::of(&note).ok().map(|newest| newest.checkpoint.size);
            let kept = self.last.as_ref().map(|last| last.kept.checkpoint.size);
            let smaller = newest.zip(kept).is_some_and(|(newest, kept)| newest < kept);
            if !smaller || looks >= self.options.looks {
                return Ok(note);
            }
            looks += 1;
            std::thread::sleep(self.options.pause);
        }
    }

    fn compare(&mut self, newest: Kept, seen: &mut Seen, progress: impl FnMut(u64, u64)) -> Result<(), MonitorError> {
        let signed = self.is_signed(&newest);
        let Some(kept) = self.last.as_ref().map(|last| last.kept.clone()) else {
            return self.grow(newest, signed.is_ok(), seen, progress);
        };
        if newest.checkpoint.origin != kept.checkpoint.origin {
            let reason = format!(
                "the server shows the ledger {}, the state {} is of {}; is --server right, and --state?",
                newest.checkpoint.origin,
                self.options.state.display(),
                kept.checkpoint.origin
            );
            seen.tampered("checkpoint", "other-ledger", reason);
            return Ok(());
        }
        match (newest.checkpoint.size.cmp(&kept.checkpoint.size), signed) {
            (Ordering::Equal, _) if newest.checkpoint.root == kept.checkpoint.root => self.refresh(newest, seen),
            // The log may have changed its keys: its records, up to that root, will tell.
            (Ordering::Greater, Err(_)) => self.grow(newest, false, seen, progress),
            (Ordering::Greater, Ok(())) => match self.extends(&newest, &kept, seen)? {
                true => self.grow(newest, true, seen, progress),
                false => Ok(()),
            },
            // What anybody could have written contradicts nothing.
            (_, Err(reason)) => {
                seen.tampered("checkpoint.signatures", "checkpoint-signature", reason);
                Ok(())
            }
            (Ordering::Less, Ok(())) => self.shrunk(&newest, &kept, seen),
            (Ordering::Equal, Ok(())) => self.forked(&kept, &newest, Vec::new(), seen),
        }
    }

    /// Whether a key of the log signed it, as far as they are known.
    fn is_signed(&self, newest: &Kept) -> Result<(), String> {
        let opened = Note::parse(newest.note.as_bytes()).and_then(|note| note.open(&self.log_keys()));
        opened.map(drop).map_err(|error| error.to_string())
    }

    /// The same tree: its signatures may have become more.
    fn refresh(&mut self, newest: Kept, seen: &mut Seen) -> Result<(), MonitorError> {
        let Some(last) = &mut self.last else { return Ok(()) };
        let Ok(replay) = Replay::resume(last.standing.clone(), newest.note.as_bytes()) else { return Ok(()) };
        let (findings, _) = replay.stand(&self.options.pinned);
        let unsigned = findings.iter().any(is_unsigned);
        seen.findings.extend(findings);
        if !unsigned && last.kept != newest {
            self.state.put_note(&newest)?;
            last.kept = newest;
        }
        Ok(())
    }

    /// A larger tree: its records are read, and must give its root.
    fn grow(
        &mut self,
        newest: Kept,
        signed: bool,
        seen: &mut Seen,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<(), MonitorError> {
        let standing = match &self.last {
            Some(last) => last.standing.clone(),
            None => Standing::new(newest.checkpoint.origin.clone()),
        };
        let (from, size) = (standing.log.size(), newest.checkpoint.size);
        if !signed && size - from > MOST_UNVOUCHED {
            let reason = format!(
                "none of the log's keys that are known signed the checkpoint of {size} records, and it is too far from \
                 the last one to read on without. Pin the log's key with --log-key"
            );
            seen.tampered("checkpoint.signatures", "checkpoint-signature", reason);
            return Ok(());
        }
        let client = self.client.clone();
        let mut advance = Advance::begin(&mut self.state, standing, &newest)?;
        let read = LogReader::new(&client).records(from, size, |bytes| {
            advance.take(bytes).map_err(NotTaken::Monitor)?;
            progress(advance.size() - from, size - from);
            Ok(())
        });
        match read {
            Ok(()) => {}
            Err(NotTaken::Monitor(error)) => return Err(error),
            Err(NotTaken::Log(error)) => {
                advance.give_up()?;
                return match error {
                    ReadLogError::Client(error) => Err(error.into()),
                    error => {
                        seen.unread(&error);
                        Ok(())
                    }
                };
            }
        }
        if !advance.is_there()? {
            advance.give_up()?;
            if signed {
                let reason = format!(
                    "the records from {from} on that the server gives do not give the root that the log signed for {size}: \
                     the server, or somebody between, changes them"
                );
                seen.tampered("tile", "root-mismatch", reason);
            } else {
                let reason = format!(
                    "no key of the log that is known signed the checkpoint of {size} records, and the records that the \
                     server gives do not lead there from those seen before"
                );
                seen.tampered("checkpoint.signatures", "checkpoint-signature", reason);
            }
            return Ok(());
        }
        let judged = advance.judge(&self.options.pinned)?;
        if judged.of_checkpoint.iter().any(is_unsigned) {
            seen.findings.extend(judged.give_up()?);
            return Ok(());
        }
        let (of_checkpoint, standing) = judged.keep()?;
        seen.findings.extend(of_checkpoint);
        seen.new = size - from;
        let reread = self.last.as_ref().map_or(0, |last| last.reread);
        self.last = Some(Last { kept: newest, standing, reread });
        Ok(())
    }

    /// What this look found, with what stays true.
    fn report(&mut self, mut seen: Seen) -> Result<Sight, MonitorError> {
        let log_keys = self.last.as_ref().map_or_else(Vec::new, now_signing);
        if let Some(last) = &self.last {
            seen.findings.extend(fresh::judge(&self.options, &last.kept, &log_keys));
        }
        let found = self.state.found()?;
        let evidence = self.write(&found)?;
        let mut findings: Vec<Finding> = found.into_iter().map(|found| found.finding).collect();
        for finding in seen.findings {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        let kept = self.last.as_ref().map(|last| &last.kept.checkpoint);
        Ok(Sight {
            verdict: findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Valid),
            at: self.options.clock.now(),
            origin: kept.map(|kept| kept.origin.clone()),
            size: kept.map_or(0, |kept| kept.size),
            root: kept.map(|kept| kept.root),
            founding: self.last.as_ref().and_then(|last| last.standing.founding),
            log_keys,
            new: seen.new,
            findings,
            evidence,
        })
    }
}

impl Seen {
    pub(super) fn tampered(&mut self, member: &str, slug: &str, reason: impl ToString) {
        self.findings.push(Finding::tampered(None, member, slug, reason));
    }

    /// Tiles that are missing or malformed, though a signed checkpoint says that they are there.
    pub(super) fn unread(&mut self, error: &ReadLogError) {
        match error {
            ReadLogError::Malformed { .. } => self.tampered("tile", "tile-malformed", error),
            _ => self.findings.push(Finding::unverifiable(None, "tile", "tile-missing", error)),
        }
    }
}

impl From<ReadLogError> for NotTaken {
    fn from(error: ReadLogError) -> NotTaken {
        NotTaken::Log(error)
    }
}

/// The log's keys did not sign: such a checkpoint is not followed.
fn is_unsigned(finding: &Finding) -> bool {
    finding.slug == "checkpoint-signature"
}

fn now_signing(last: &Last) -> Vec<VerifierKey> {
    last.standing.registry.keyring.log_keys_signing(last.kept.checkpoint.size)
}
