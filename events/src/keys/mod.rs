//! Which key speaks for whom, at which place in the ledger.
//!
//! One file per key act: its members, when it is allowed, what follows from it.

pub mod key_enrolled;
pub mod key_revoked;
pub mod key_threshold_set;
pub mod keyring;
pub mod ledger_founded;
pub mod log_keys_changed;
pub mod public_key;
pub mod purpose;
pub mod refusal;
#[cfg(test)]
mod tests;
