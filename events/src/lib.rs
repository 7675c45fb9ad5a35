//! What can be said in a Sinetti ledger, how it is signed, chained and proven.
//!
//! Pure: no I/O, no clock, no randomness; time and chance are arguments. The bytes that
//! were signed or hashed are kept as received and never re-serialised.
//!
//! Layers, lowest first:
//!
//! - [`primitives`]: formulas and encodings (hashes, base64, canonical JSON, text rules, time, ids);
//! - [`mod@format`]: bytes to structs and back (payload, envelope, record, disclosure);
//! - [`tree`]: RFC 6962 Merkle trees, provers and checkers apart;
//! - [`log`]: C2SP signed notes, checkpoints, cosignatures, tiles, proofs;
//! - [`keys`]: which key speaks for whom, at which place in the ledger;
//! - [`chain`]: the two hash chains and the heads tree, written and checked;
//! - [`completeness`]: that a record is the newest of its stream as of a checkpoint;
//! - [`bundle`]: the evidence of one agreement as one file.

pub mod bundle;
pub mod chain;
pub mod completeness;
pub mod format;
pub mod keys;
pub mod log;
pub mod primitives;
pub mod tree;
