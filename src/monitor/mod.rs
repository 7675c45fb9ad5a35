//! A monitor: follows a ledger from outside, keeps its last checkpoint and every record, and notices
//! what a single look can't: forks, rollbacks, a log that stands still. What it can prove it writes
//! as evidence that a third party checks (`sinetti_events::log::evidence`).
//!
//! A look costs what is new and the logarithm of the rest: the tree's nodes are kept, and the replay
//! of the records goes on from where it stood (`sinetti_projections::audit::Standing`).

mod accuse;
mod advance;
mod fresh;
mod look;
mod reread;
mod state;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::primitives::time::Instant;
use sinetti_projections::audit::{Finding, Standing, Verdict};

use crate::client::{Client, ClientError};
use crate::clock::Clock;
use crate::store::error::StoreError;
use advance::Advance;
use state::{Kept, Remembered, State};

/// What to follow, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// File that remembers what was seen; its lock lies beside it.
    pub state: PathBuf,
    /// Where evidence is written.
    pub evidence: PathBuf,
    /// Keys that must have signed, from elsewhere than the server.
    pub pinned: Vec<VerifierKey>,
    /// Whose cosignatures are asked for.
    pub policy: Option<Policy>,
    /// How old the cosignatures that meet the policy may be.
    pub max_age: Duration,
    /// How long witnesses may take to cosign a new checkpoint.
    pub patience: Duration,
    /// How often a smaller checkpoint is looked at again before it counts: caches in between may lag.
    pub looks: u32,
    /// How long between such looks.
    pub pause: Duration,
    /// What time it is.
    pub clock: Clock,
}

/// A ledger being followed.
pub struct Monitor {
    client: Client,
    options: Options,
    state: State,
    last: Option<Last>,
}

/// The last look that held.
struct Last {
    kept: Kept,
    standing: Standing,
    reread: u64,
}

/// What one look came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sight {
    /// The gravest verdict among the findings.
    pub verdict: Verdict,
    /// When the monitor looked.
    pub at: Instant,
    /// The ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Number of records under the checkpoint that the monitor keeps.
    pub size: u64,
    /// Root of their tree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root: Option<Hash>,
    /// Leaf hash of record 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub founding: Option<Hash>,
    /// The keys that the log signs with now, as its records name them.
    pub log_keys: Vec<VerifierKey>,
    /// Records that were new.
    pub new: u64,
    /// All that does not hold, of now and of the records ever seen.
    pub findings: Vec<Finding>,
    /// Files that prove it to others.
    pub evidence: Vec<PathBuf>,
}

/// The monitor can't go on.
#[derive(Debug, thiserror::Error)]
pub enum MonitorError {
    /// The server.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// Nothing there.
    #[error("{0}/checkpoint is not there; is it a Sinetti server, and is --server right?")]
    NoCheckpoint(String),
    /// Another monitor.
    #[error("the state {0} is in use by another process; stop it, or give another --state")]
    InUse(PathBuf),
    /// Some other file.
    #[error("{0} is no state of a monitor, and stays as it is; give another --state")]
    NoState(PathBuf),
    /// Its own files.
    #[error("{path}: {reason}. Make it and its folder writable, with room on the disk, or name another place")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// Its own state.
    #[error("the state {path}: {reason}")]
    Store {
        /// Which.
        path: PathBuf,
        /// What failed.
        reason: StoreError,
    },
    /// Its own state, changed.
    #[error(
        "the state {path} is damaged: {reason}. Restore it from its backup; or move it away, begin anew, and compare \
         with a checkpoint that you kept (`sinetti verify --since`)"
    )]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
}

impl MonitorError {
    /// Whether the server could not be asked, which a later look may mend.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, MonitorError::Client(_) | MonitorError::NoCheckpoint(_))
    }
}

impl Monitor {
    /// Goes on from what `options.state` remembers, or begins.
    ///
    /// # Errors
    ///
    /// The state is in use, can't be read, or is damaged.
    pub fn open(client: Client, options: Options) -> Result<Monitor, MonitorError> {
        let mut state = State::open(&options.state)?;
        let last = match state.remembered()? {
            None => None,
            Some(Remembered { kept, standing: Some(standing), reread }) => Some(Last { kept, standing, reread }),
            Some(Remembered { kept, standing: None, reread }) => {
                let standing = Advance::anew(&mut state, &kept, &options.pinned)?;
                Some(Last { kept, standing, reread })
            }
        };
        Ok(Monitor { client, options, state, last })
    }

    /// Every key that the log ever had, as far as the records seen say, and those that were pinned.
    fn log_keys(&self) -> Vec<VerifierKey> {
        let named = self.last.iter().flat_map(|last| last.standing.registry.keyring.log_keys());
        let mut keys: Vec<VerifierKey> = named.flat_map(|generation| generation.keys.clone()).collect();
        for key in &self.options.pinned {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        keys
    }
}
