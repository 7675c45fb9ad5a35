//! The only place that asks what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sinetti_events::primitives::time::Instant;

/// Where "now" comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Milliseconds since 1970, moved by whoever holds the other end: tests drive time by it.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    pub fn fixed(at: Instant) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(at.unix_ms())))
    }

    /// Now, held within the years that an [`Instant`] can write (1970 to 9999).
    pub fn now(&self) -> Instant {
        let ms = match self {
            Clock::System => system_ms(),
            Clock::Fixed(ms) => ms.load(Ordering::SeqCst),
        };
        Instant::saturating_from_unix_ms(ms)
    }
}

/// A clock before 1970 counts as 0.
#[allow(clippy::disallowed_methods, reason = "this is the ledger's clock")]
fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_moved() {
        let clock = Clock::fixed("2026-11-22T12:00:00.000Z".parse().unwrap());
        assert_eq!(clock.now(), clock.now());
        if let Clock::Fixed(ms) = &clock {
            ms.fetch_add(1, Ordering::SeqCst);
        }
        assert_eq!(clock.now().to_string(), "2026-11-22T12:00:00.001Z");
    }

    #[test]
    fn clocks_beyond_the_calendar_stand_at_its_ends() {
        for (ms, at) in [(-1, "1970-01-01T00:00:00.000Z"), (i64::MAX, "9999-12-30T22:00:00.999Z")] {
            assert_eq!(Clock::Fixed(Arc::new(AtomicI64::new(ms))).now().to_string(), at);
        }
    }
}
