//! Timestamps of checkpoints (RFC 3161): when a checkpoint was there, on the word of an authority that is neither the
//! operator nor a witness.
//!
//! The certificates of an authority are pinned ([`Authority`]); whatever a token brings along is ignored. Time is an
//! argument nowhere: a certificate must have been valid at the time that the token states.

mod ask;
mod authority;
mod certificate;
mod request;
mod signature;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod token;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tsa;

pub use ask::{AskError, Asking};
pub use authority::{Authority, BadAuthority};
pub use request::{BadAnswer, Query};
pub use token::{BadToken, Stamp};

/// Longest token, in bytes.
pub const MAX_TOKEN: usize = 64 << 10;
