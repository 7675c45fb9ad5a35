//! Why the ledger does not open, write or answer.

use std::path::PathBuf;

use sinetti_events::primitives::ids::{EventId, Origin};
use sinetti_events::primitives::time::Instant;
use sinetti_projections::event::BadEvent;
use sinetti_projections::refusal::Refusal;

use crate::log_keys::LogKeyError;
use crate::store::error::StoreError;
use crate::store::rows::DamagedRecord;

/// The ledger can't be opened at all. What it can serve read-only, it opens (see `Health`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The data directory.
    #[error(
        "the data directory {path} can't be used: {reason}. Give another with --data-dir, or make it writable for this user"
    )]
    DataDir {
        /// Which.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Another server.
    #[error(
        "the data directory {0} is in use by another process. Stop the other server first, or give another --data-dir"
    )]
    InUse(PathBuf),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The anchor.
    #[error("the anchor {path}: {reason}")]
    Anchor {
        /// Its file.
        path: PathBuf,
        /// What failed.
        reason: StoreError,
    },
    /// The log's keys.
    #[error(transparent)]
    LogKeys(#[from] LogKeyError),
    /// The place of the documents.
    #[error("the documents: {0}")]
    Documents(String),
    /// Another ledger lies there.
    #[error(
        "the database holds the ledger {found}, not {expected}. Start with --origin {found}, or give another --data-dir or --database-url"
    )]
    OtherLedger {
        /// The origin asked for.
        expected: Origin,
        /// The origin in record 0.
        found: Origin,
    },
    /// A witness that is no other than the ledger itself, or one of its authors.
    #[error(
        "the witness key {key} is {whose}: a witness vouches for the log only as somebody else. Make the witness a key of its own \
         (`sinetti key new`), which is used for nothing else, or take it out of the configuration"
    )]
    WitnessKey {
        /// The key (vkey).
        key: String,
        /// Whose it is too.
        whose: &'static str,
    },
    /// Nothing to read.
    #[error("the database holds no records. Let `sinetti serve` found a ledger there first")]
    Empty,
}

/// An event was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// Envelope, payload or disclosures have the wrong form.
    #[error("{member}: {reason}")]
    Malformed {
        /// Stable name of the problem.
        slug: &'static str,
        /// Where, as a path from the payload; `.` for the whole.
        member: String,
        /// What is wrong.
        reason: String,
    },
    /// The signatures don't speak for the actor.
    #[error("{reason}")]
    Signature {
        /// Stable name of the problem.
        slug: &'static str,
        /// What is wrong, and the way out.
        reason: String,
    },
    /// Another event stands under this id.
    #[error("{reason}")]
    Conflict {
        /// Stable name of the problem.
        slug: &'static str,
        /// What is wrong, and the way out.
        reason: String,
    },
    /// The stream is at another version than the submission asks for.
    #[error(
        "If-Match asks for version {expected}, but the stream is at version {current}; fetch its state and decide again"
    )]
    Precondition {
        /// As asked.
        expected: u64,
        /// As it is.
        current: u64,
    },
    /// A rule of the ledger.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger does not write now.
    #[error("{reason}")]
    Unavailable {
        /// Why, and the way out.
        reason: String,
    },
    /// The machine's clock can't be right.
    #[error("{reason}")]
    ClockLeap {
        /// How far off, and the way out.
        reason: String,
    },
}

/// A question was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// What is stored does not hold together: it is not shown.
    #[error(
        "record {index} is damaged: {reason}. Nothing that rests on it is shown; run `sinetti verify`, then restore the newest backup"
    )]
    Damaged {
        /// The record.
        index: u64,
        /// What does not fit.
        reason: String,
    },
    /// A stored checkpoint or proof does not hold together.
    #[error("{0}. Run `sinetti verify`, then restore the newest backup")]
    Unproven(String),
    /// The evidence of one agreement does not fit into one file.
    #[error("{0}")]
    TooLarge(String),
    /// The place of documents.
    #[error("the documents can't be read now: {0}")]
    Documents(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log's key signs nothing now.
    #[error("{0}")]
    NotSigning(String),
}

/// The slugs that this module itself answers with, and what each means.
pub const SLUGS: &[(&str, &str)] = &[
    ("agreement-mismatch", "the event was sent to another stream than its payload names"),
    ("ledger-mismatch", "the event was signed for another ledger"),
    ("event-id-reused", "another event stands in the ledger under this event id"),
    ("event-expired", "the event's `until` has passed"),
    ("actor-not-allowed", "this actor may not say this type of event"),
    ("seen-not-in-history", "`seen` names a record that is not in the stream's history"),
    ("log-keys-not-at-hand", "the log's new keys are not on this server"),
    ("if-match-failed", "the stream is at another version than If-Match asks for"),
    ("clock-leap", "the server's clock can't be right; nothing is recorded until it is"),
    ("ledger-unavailable", "the ledger does not write now; sending the same event again later is safe"),
];

impl SubmitError {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        match self {
            SubmitError::Malformed { slug, .. }
            | SubmitError::Signature { slug, .. }
            | SubmitError::Conflict { slug, .. } => slug,
            SubmitError::Precondition { .. } => "if-match-failed",
            SubmitError::Refused(refusal) => refusal.slug,
            SubmitError::Unavailable { .. } => "ledger-unavailable",
            SubmitError::ClockLeap { .. } => "clock-leap",
        }
    }

    pub(super) fn malformed(slug: &'static str, member: &str, reason: impl ToString) -> SubmitError {
        SubmitError::Malformed { slug, member: member.to_owned(), reason: reason.to_string() }
    }

    pub(super) fn unavailable(reason: impl ToString) -> SubmitError {
        SubmitError::Unavailable { reason: reason.to_string() }
    }

    pub(super) fn reused(event: &EventId, index: u64) -> SubmitError {
        let reason = format!(
            "another event with the id {event} stands in the ledger, at index {index}. Give a new event a new id"
        );
        SubmitError::Conflict { slug: "event-id-reused", reason }
    }

    pub(super) fn expired(until: Instant, now: Instant) -> SubmitError {
        let reason = format!("the event was to be recorded by {until}; it is {now}");
        Refusal::new("event-expired", "until", reason, "sign it anew with a later `until`").into()
    }
}

/// A question about an event that is not recorded was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreviewError {
    /// Submitted now, the event would be refused.
    #[error(transparent)]
    Refused(#[from] SubmitError),
    /// What it rests on can't be read.
    #[error(transparent)]
    Unread(#[from] ReadError),
}

impl From<BadEvent> for SubmitError {
    fn from(bad: BadEvent) -> SubmitError {
        let refusal = Refusal::from(bad);
        SubmitError::Malformed { slug: refusal.slug, member: refusal.member, reason: refusal.reason }
    }
}

impl From<DamagedRecord> for ReadError {
    fn from(damaged: DamagedRecord) -> ReadError {
        ReadError::Damaged { index: damaged.index, reason: damaged.reason }
    }
}
