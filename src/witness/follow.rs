//! A log whose records the witness reads before it cosigns: bytes, both chains, `heads`, `stream`
//! and `streams` of each, recomputed, and the tree over them. A cosignature by such a witness says
//! that completeness proofs (formats.md § 6) can be relied on.

use sinetti_events::chain::Chain;
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::TreeHead;
use sinetti_events::primitives::ids::Origin;
use sinetti_events::tree::frontier::Frontier;

use crate::client::Client;
use crate::log_reader::{LogReader, ReadLogError};

/// How far a log was read, and what places its next record.
#[derive(Debug, Clone)]
pub struct Followed {
    /// Ends of both chains, and heads.
    pub chain: Chain,
    /// Right edge of the log tree.
    pub tree: Frontier,
}

/// The records are not what a checkpoint with this root may stand on.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The log can't be read now.
    #[error(transparent)]
    Read(#[from] ReadLogError),
    /// A record that does not stand where it should.
    #[error("record {index} does not hold: {reason}")]
    Record {
        /// Its place.
        index: u64,
        /// What is wrong.
        reason: String,
    },
    /// Another tree.
    #[error("the records that the log serves give another tree of {size} records than the one that was signed")]
    OtherTree {
        /// Its size.
        size: u64,
    },
}

impl Followed {
    /// Of a log of which nothing was read yet.
    pub fn new(origin: Origin) -> Followed {
        Followed { chain: Chain::new(origin), tree: Frontier::new() }
    }

    /// Reads on up to the tree `head`, which then is exactly the one over the records read. After an
    /// error this is to be thrown away.
    ///
    /// # Errors
    ///
    /// The log can't be read, a record does not hold, or the records give another tree.
    pub fn advance(&mut self, client: &Client, head: &TreeHead) -> Result<(), FollowError> {
        let from = self.tree.size();
        LogReader::new(client).records(from, head.size, |bytes| self.take(bytes))?;
        if (self.tree.size(), self.tree.root()) != (head.size, head.root) {
            return Err(FollowError::OtherTree { size: head.size });
        }
        Ok(())
    }

    fn take(&mut self, bytes: Vec<u8>) -> Result<(), FollowError> {
        let index = self.tree.size();
        let wrong = |reason: String| FollowError::Record { index, reason };
        let entry = Entry::parse(bytes).map_err(|bad| wrong(bad.to_string()))?;
        if let Some(misplaced) = self.chain.check(&entry).first() {
            return Err(wrong(misplaced.to_string()));
        }
        self.chain.push(&entry);
        self.tree.push(entry.leaf);
        Ok(())
    }
}
