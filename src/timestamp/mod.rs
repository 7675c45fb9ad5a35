//! Timestamps of checkpoints (RFC 3161): when a checkpoint was there, on the word of an authority that is neither the
//! operator nor a witness.
//!
//! The certificates of an authority are pinned ([`Authority`]); whatever a token brings along is ignored. Time is an
//! argument nowhere: a certificate must have been valid at the time that the token states. Whether it was revoked is not
//! asked: that takes the authority's own word of today, and a network.

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
#[allow(clippy::unwrap_used, dead_code, reason = "shared with the tests from outside")]
#[path = "../../tests/authority/tsa.rs"]
pub(crate) mod tsa;

pub use ask::{AskError, Asking};
pub use authority::{Authority, BadAuthority};
pub use request::{BadAnswer, Query};
pub use token::{BadToken, Said, Stamp};

/// Longest token, in bytes.
pub const MAX_TOKEN: usize = 64 << 10;

/// What `token` says about `message`, on nobody's word yet: only form and hash are checked.
///
/// # Errors
///
/// Not a token, or about something else.
pub fn read(token: &[u8], message: &[u8]) -> Result<Said, BadToken> {
    let token = token::Token::parse(token)?;
    token.check_imprint(message)?;
    Ok(token.said)
}
