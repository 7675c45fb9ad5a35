//! Randomness of the operating system, for event ids and salts.

use sinetti_events::primitives::ids::EventId;
use sinetti_events::primitives::time::Instant;

use super::failure::Failure;

/// A new event id of time `now`.
///
/// # Errors
///
/// The system gives no randomness.
pub fn event_id(now: Instant) -> Result<EventId, Failure> {
    Ok(EventId::new(now.unix_ms().unsigned_abs(), &bytes()?))
}

/// Fresh bytes.
///
/// # Errors
///
/// The system gives no randomness.
pub fn bytes<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    let failed = |error| Failure::Unavailable(format!("the operating system gives no randomness: {error}"));
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
