//! The check of a receipt, on the author's side: that the ledger holds exactly what was signed,
//! in a tree that the log's keys signed (FORMATS.md § 5). Pure.

use serde::Deserialize;
use sinetti_events::format::record::{BadRecord, Entry};
use sinetti_events::log::checkpoint::{CheckpointError, VerifiedCheckpoint, verify_checkpoint};
use sinetti_events::log::proof::{BadProof, ProofError, TlogProof};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::Origin;

/// A receipt whose every claim was checked.
#[derive(Debug)]
pub struct CheckedReceipt {
    /// The record.
    pub entry: Entry,
    /// The published checkpoint that contains it.
    pub checkpoint: VerifiedCheckpoint,
}

/// A receipt does not show what it should.
#[derive(Debug, thiserror::Error)]
pub enum BadReceipt {
    /// Other members or values than a receipt has.
    #[error("the receipt is malformed: {0}")]
    Malformed(String),
    /// No record in it.
    #[error("the receipt's record: {0}")]
    Record(#[from] BadRecord),
    /// A member that contradicts the record.
    #[error("the receipt's {0} does not agree with its record's bytes")]
    Contradiction(&'static str),
    /// Somebody else's act.
    #[error("the receipt is for another payload than the one that was sent")]
    OtherPayload,
    /// No proof in it.
    #[error("the receipt's proof: {0}")]
    Proof(#[from] BadProof),
    /// The checkpoint isn't the log's.
    #[error("the receipt's checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The record isn't in the checkpoint's tree.
    #[error("the receipt's proof does not show the record: {0}")]
    Inclusion(#[from] ProofError),
}

#[derive(Deserialize)]
struct Receipt {
    record_bytes: String,
    leaf: Hash,
    index: u64,
    version: u64,
    proof: String,
}

/// Checks that `receipt` shows `payload` recorded in the ledger `origin`, in a checkpoint signed
/// by all of `log_keys`.
///
/// # Errors
///
/// The first claim that does not hold.
pub fn check(
    receipt: &[u8],
    payload: &[u8],
    origin: &Origin,
    log_keys: &[VerifierKey],
) -> Result<CheckedReceipt, BadReceipt> {
    let malformed = |error: String| BadReceipt::Malformed(error);
    let receipt: Receipt = serde_json::from_slice(receipt).map_err(|error| malformed(error.to_string()))?;
    let bytes = base64::decode(&receipt.record_bytes).map_err(|error| malformed(format!("record_bytes: {error}")))?;
    let entry = Entry::parse(bytes)?;
    agree(&receipt, &entry, origin)?;
    if entry.record.envelope.payload != payload {
        return Err(BadReceipt::OtherPayload);
    }
    let proof = TlogProof::parse(receipt.proof.as_bytes())?;
    if proof.index != entry.record.index {
        return Err(BadReceipt::Contradiction("proof (its index)"));
    }
    let checkpoint = verify_checkpoint(proof.checkpoint.as_str().as_bytes(), origin, log_keys)?;
    proof.check(&entry.leaf, &checkpoint)?;
    Ok(CheckedReceipt { entry, checkpoint })
}

fn agree(receipt: &Receipt, entry: &Entry, origin: &Origin) -> Result<(), BadReceipt> {
    let claims = [
        ("leaf", receipt.leaf == entry.leaf),
        ("index", receipt.index == entry.record.index),
        ("version", receipt.version == entry.record.version),
        ("ledger", *origin == entry.record.ledger),
    ];
    match claims.iter().find(|(_, holds)| !holds) {
        Some((member, _)) => Err(BadReceipt::Contradiction(member)),
        None => Ok(()),
    }
}
