//! Whether a checkpoint is cosigned: the checks of C2SP tlog-witness v1.0.0 in its order, with its
//! statuses. Pure: what is remembered is an argument.

use sinetti_events::log::checkpoint::TreeHead;
use sinetti_events::log::note::NoteError;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::log::witness::{AddCheckpoint, BadAddCheckpoint};
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::consistency::check_consistency;

/// A checkpoint is not cosigned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 400: not a request.
    #[error("{0}")]
    Malformed(#[from] BadAddCheckpoint),
    /// 400: not a checkpoint.
    #[error("the text of the note is no checkpoint: {0}")]
    NoCheckpoint(sinetti_events::log::checkpoint::BadCheckpoint),
    /// 404.
    #[error("this witness does not know the log {0:?}; its operator names a log by its verifier key")]
    UnknownLog(String),
    /// 403.
    #[error("the checkpoint is not signed by a key that this witness trusts for its log: {0}")]
    NotSigned(NoteError),
    /// 400.
    #[error("the old size {old} is larger than the checkpoint's, {size}")]
    OldTooLarge {
        /// As sent.
        old: u64,
        /// The checkpoint's.
        size: u64,
    },
    /// 409 with the size.
    #[error("the newest checkpoint that this witness cosigned is of {0} records")]
    Stale(u64),
    /// 422.
    #[error("a checkpoint of size 0 has the root of the empty tree, SHA-256 of nothing")]
    EmptyRoot,
    /// 409 without a size.
    #[error("this witness cosigned another root for the size {0}: the log has forked")]
    OtherRoot(u64),
    /// 422.
    #[error("the consistency proof does not hold: {0}")]
    Proof(String),
}

/// Which log a request is about; decided before its signatures.
///
/// # Errors
///
/// The note's text is no checkpoint.
pub fn head_of(request: &AddCheckpoint) -> Result<TreeHead, Refusal> {
    request.checkpoint.text().parse().map_err(Refusal::NoCheckpoint)
}

/// Whether the log's keys signed. A signature by a known key that fails refuses the whole note
/// (signed-note), though another one holds.
///
/// # Errors
///
/// No known key signed, or one did so wrongly.
pub fn check_signatures(request: &AddCheckpoint, keys: &[VerifierKey]) -> Result<(), Refusal> {
    request.checkpoint.open(keys).map(|_| ()).map_err(Refusal::NotSigned)
}

/// Whether `head`, signed by its log, extends what is remembered of that log.
///
/// # Errors
///
/// Why it does not, or why that is not shown.
pub fn check_growth(request: &AddCheckpoint, head: &TreeHead, kept: Option<&TreeHead>) -> Result<(), Refusal> {
    let (old, size) = (request.old, head.size);
    if old > size {
        return Err(Refusal::OldTooLarge { old, size });
    }
    let empty = TreeHead { origin: head.origin.clone(), size: 0, root: Hash::empty_root() };
    let kept = kept.unwrap_or(&empty);
    if old != kept.size {
        return Err(Refusal::Stale(kept.size));
    }
    // Undefined in v1.0.0; the editor's draft refuses it, and nothing else can follow on it.
    if size == 0 && head.root != Hash::empty_root() {
        return Err(Refusal::EmptyRoot);
    }
    if old == size && head.root != kept.root {
        return Err(Refusal::OtherRoot(size));
    }
    check_consistency(old, &kept.root, size, &head.root, &request.proof)
        .map_err(|error| Refusal::Proof(error.to_string()))
}
