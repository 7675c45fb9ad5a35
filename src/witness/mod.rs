//! Witnesses (C2SP tlog-witness): somebody else who keeps the newest checkpoint of a log, and signs
//! a newer one only when it extends that. `client` is the log's side, the rest the witness's own.

pub mod client;
mod cosigner;
mod follow;
mod judge;
mod serve;
mod state;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests_follow;

pub use cosigner::{Cosigner, KeyError};
pub use follow::{FollowError, Followed};
pub use judge::Refusal;
pub use serve::{Log, Witness, router};
pub use state::{Kept, State, StateError};
