//! Timestamps of checkpoints (RFC 3161): by when, on an authority's word, the records were there.
//!
//! What a token is about and how it fits the records is checked here. Its own form and signature are judged by whoever
//! has the authority's certificates: that takes cryptography which the rest of a bundle does not need.

use sinetti_events::bundle::Member;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::earlier::EarlierCheckpoint;
use sinetti_events::log::note::Note;
use sinetti_events::primitives::time::Instant;

use super::Evidence;
use super::checkpoints::CLOCKS;
use super::report::Timestamp;
use crate::audit::finding::Verdict;

/// Judges a token (first) over a message (second).
pub type Stamper<'a> = &'a (dyn Fn(&[u8], &[u8]) -> Stamped + Sync);

/// What came of holding a token against its message and the certificates that the auditor pinned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stamped {
    /// It is the word of a pinned authority that the message was there at that time.
    By {
        /// Name on the certificate that signed it.
        authority: String,
        /// When, by its clock.
        time: Instant,
    },
    /// It is about the message and says this time; whose word it is, the auditor does not ask.
    LeftOut(Instant),
    /// Nothing shows that it is a pinned authority's word.
    Open {
        /// What it says, where that could be read.
        time: Option<Instant>,
        /// Stable name of the reason.
        slug: &'static str,
        /// Why, and the way out.
        reason: String,
    },
    /// It is no token, about something else, or not as it was signed.
    Refused {
        /// What it says, where that could be read.
        time: Option<Instant>,
        /// Why.
        reason: String,
    },
}

impl Evidence<'_> {
    pub(super) fn check_timestamps(&mut self) {
        let bundle = self.bundle;
        for (member, token) in bundle.iter() {
            let Member::Timestamp(size) = member else { continue };
            match self.stamped_note(size) {
                Some(note) => self.check_timestamp(member, size, token, &note),
                None => {
                    let reason = format!("the bundle holds no checkpoint of {size} records that it could be about");
                    self.tampered(member, "timestamp", "member-unneeded", reason);
                }
            }
        }
    }

    fn check_timestamp(&mut self, file: Member, size: u64, token: &[u8], note: &Note) {
        let (verdict, time, authority) = match (self.stamper)(token, note.as_str().as_bytes()) {
            Stamped::By { authority, time } => {
                let verdict = self.check_stamped_time(file, size, &authority, time);
                (verdict, Some(time), Some(authority))
            }
            Stamped::LeftOut(time) => (Verdict::Unverifiable, Some(time), None),
            Stamped::Open { time, slug, reason } => {
                self.unverifiable(file, "timestamp", slug, reason);
                (Verdict::Unverifiable, time, None)
            }
            Stamped::Refused { time, reason } => {
                self.tampered(file, "timestamp", "timestamp-refused", reason);
                (Verdict::Tampered, time, None)
            }
        };
        self.timestamps.push(Timestamp { size, verdict, time, authority });
    }

    /// No record is from after a timestamp of a checkpoint that covers it.
    fn check_stamped_time(&mut self, file: Member, size: u64, authority: &str, time: Instant) -> Verdict {
        let whole = self.checkpoint.as_ref().is_some_and(|checkpoint| checkpoint.size == size);
        let last = if whole { self.last_recorded_at() } else { self.recorded_below(size) };
        let Some(last) = last else { return Verdict::Valid };
        if time.unix_seconds().saturating_add(CLOCKS) >= last.unix_seconds() {
            return Verdict::Valid;
        }
        let reason = format!(
            "{authority} saw at {time} what the ledger says it recorded at {last}: recorded_at, or the authority's clock, is not true"
        );
        self.tampered(file, "timestamp", "recorded-after-stamped", reason);
        Verdict::Tampered
    }

    /// What a timestamp of the checkpoint of `size` records is over: the note as the log signed it, without cosignatures.
    fn stamped_note(&self, size: u64) -> Option<Note> {
        let of_this = |note: &Note| note.text().parse::<Checkpoint>().is_ok_and(|checkpoint| checkpoint.size == size);
        let earlier = || {
            let earlier = EarlierCheckpoint::parse(self.bundle.get(Member::Cosigned(size))?).ok()?;
            Some(earlier.checkpoint)
        };
        let note = self.note.clone().filter(of_this).or_else(|| earlier().filter(of_this))?;
        note.signed_as(&(&self.origin()?).into()).ok()
    }
}
