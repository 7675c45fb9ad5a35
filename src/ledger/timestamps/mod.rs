//! Timestamps of published checkpoints, by an authority that the operator has configured: asked in the background, now and
//! then, and kept only when they hold.
//!
//! An authority is not believed. Its token must answer this very question, be over this very checkpoint, be signed by a
//! certificate that the operator pinned, and say a time that fits.

mod task;

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use sinetti_events::log::note::Note;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::primitives::time::Instant;

use super::Ledger;
use super::errors::ReadError;
use super::read::unproven;
use crate::store::rows::{CheckpointRow, TimestampRow};
use crate::timestamp::{Asking, BadToken, read};

pub(super) use task::start;

/// Whom the ledger asks, and how often.
#[derive(Debug, Clone)]
pub struct Timestamping {
    /// Whom.
    pub asking: Asking,
    /// At most one checkpoint is timestamped in this time, whatever is recorded.
    pub every: Duration,
    /// How long to wait after a first failure; each further one doubles it.
    pub retry: Duration,
    /// How long to wait at most after failures.
    pub longest: Duration,
}

/// What is known of the authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampReport {
    /// Name on its pinned certificate.
    pub authority: String,
    /// What came of asking it last.
    pub standing: Stamping,
    /// What stands in the way, in words.
    pub reason: Option<String>,
}

/// What came of asking an authority last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamping {
    /// It was not asked since the start: nothing new is to be timestamped yet.
    Waiting,
    /// It timestamped the checkpoint that it was shown.
    Stamped,
    /// It could not be asked.
    Unreachable,
    /// It refuses, or answers what does not hold.
    Refuses,
}

/// A timestamp of a published checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    /// Number of records under the checkpoint.
    pub size: u64,
    /// By when they were there, by the authority's clock.
    pub time: Instant,
    /// Name on the certificate that signed the token.
    pub authority: String,
    /// The RFC 3161 token, DER.
    pub token: Vec<u8>,
}

/// What is known of the authority, for whoever reads; nothing when none is configured.
#[derive(Debug, Default)]
pub(crate) struct Dial(RwLock<Option<TimestampReport>>);

impl Timestamping {
    /// By this authority, a checkpoint an hour.
    pub fn new(asking: Asking) -> Timestamping {
        let [every, retry, longest] = [3600, 5, 900].map(Duration::from_secs);
        Timestamping { asking, every, retry, longest }
    }
}

impl Stamping {
    /// Stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Stamping::Waiting => "waiting",
            Stamping::Stamped => "stamped",
            Stamping::Unreachable => "unreachable",
            Stamping::Refuses => "refuses",
        }
    }

    /// Whether nothing stands in the way.
    pub fn is_well(self) -> bool {
        matches!(self, Stamping::Waiting | Stamping::Stamped)
    }
}

impl Ledger {
    /// What is known of the authority that is asked for timestamps; none when none is configured.
    pub fn timestamping(&self) -> Option<TimestampReport> {
        self.0.dial.read()
    }

    /// The timestamp of the checkpoint of `size` records, if it has one.
    ///
    /// # Errors
    ///
    /// It is damaged, or the database fails.
    pub async fn timestamp(&self, size: u64) -> Result<Option<Timestamp>, ReadError> {
        let row = self.store().timestamps(size, size.min(self.published_size()), 1).await?.pop();
        match row {
            Some(row) => self.sound(row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The newest timestamp of a published checkpoint.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn newest_timestamp(&self) -> Result<Option<Timestamp>, ReadError> {
        let mut most = self.published_size();
        while let Some(row) = self.store().newest_timestamp(most).await? {
            let before = row.size.checked_sub(1);
            if let Some(timestamp) = self.shown(row).await? {
                return Ok(Some(timestamp));
            }
            let Some(before) = before else { break };
            most = before;
        }
        Ok(None)
    }

    /// Timestamps of published checkpoints of `size` to `most` records, in order, `limit` at most.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn timestamps(&self, size: u64, most: u64, limit: u32) -> Result<Vec<Timestamp>, ReadError> {
        let mut timestamps = Vec::new();
        for row in self.store().timestamps(size, most.min(self.published_size()), limit).await? {
            timestamps.extend(self.shown(row).await?);
        }
        Ok(timestamps)
    }

    /// A damaged one is not shown; nothing rests on it.
    async fn shown(&self, row: TimestampRow) -> Result<Option<Timestamp>, ReadError> {
        match self.sound(row).await {
            Ok(timestamp) => Ok(Some(timestamp)),
            Err(ReadError::Unproven(reason)) => {
                tracing::warn!("a stored timestamp is not shown: {reason}");
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    async fn sound(&self, row: TimestampRow) -> Result<Timestamp, ReadError> {
        let checkpoint = self.store().checkpoints(row.size, 1).await?.pop().filter(|stored| stored.size == row.size);
        let bad = |reason: String| unproven(format!("the timestamp of checkpoint {} is damaged: {reason}", row.size));
        let checkpoint = checkpoint.ok_or_else(|| bad("there is no such checkpoint".to_owned()))?;
        check(&row, &checkpoint, self.origin()).map_err(bad)?;
        let TimestampRow { size, time, authority, token } = row;
        Ok(Timestamp { size, time, authority, token })
    }

    fn published_size(&self) -> u64 {
        self.shared().read(|published| published.size)
    }
}

/// Whether a stored timestamp is one of this checkpoint, and says the time that stands beside it. Its signature was
/// verified before it was kept; whoever has the certificates can verify it again.
pub(super) fn check(row: &TimestampRow, checkpoint: &CheckpointRow, origin: &Origin) -> Result<(), String> {
    let message = message(checkpoint, origin)?;
    let said = read(&row.token, &message).map_err(|bad: BadToken| bad.to_string())?;
    if said.time == row.time {
        Ok(())
    } else {
        Err(format!("it says {}, the column beside it {}", said.time, row.time))
    }
}

/// What a timestamp is over: the note as the log signed it, without cosignatures.
pub(super) fn message(checkpoint: &CheckpointRow, origin: &Origin) -> Result<Vec<u8>, String> {
    let note = Note::parse(checkpoint.note.as_bytes()).and_then(|note| note.signed_as(&origin.into()));
    note.map(|note| note.as_str().as_bytes().to_vec()).map_err(|bad| bad.to_string())
}

impl Dial {
    pub(super) fn new(timestamping: Option<&Timestamping>) -> Dial {
        let report = |timestamping: &Timestamping| TimestampReport {
            authority: timestamping.asking.authority().name(),
            standing: Stamping::Waiting,
            reason: None,
        };
        Dial(RwLock::new(timestamping.map(report)))
    }

    fn read(&self) -> Option<TimestampReport> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn write(&self, standing: Stamping, reason: Option<String>) {
        let mut report = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(report) = report.as_mut() {
            *report = TimestampReport { authority: std::mem::take(&mut report.authority), standing, reason };
        }
    }
}
