//! Whether the clock can be right.
//!
//! `recorded_at` never falls, so one moment too far ahead would stand in the way of every later
//! record until the world has caught up: implausible leaps are refused before they are recorded.

use std::time::Instant as Monotonic;

use sinetti_events::primitives::time::Instant;

use super::errors::SubmitError;
use crate::clock::Clock;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How far the clock may fall behind the last record: small steps of a time service.
const MOST_BEHIND: i64 = 5 * MINUTE;
/// How far it may be ahead of the last record: a ledger seldom rests for longer.
const MOST_AHEAD: i64 = 400 * DAY;
/// How far it may leave what has passed since the start: a suspended machine, not a wrong year.
const MOST_DRIFT: i64 = 26 * HOUR;

/// Watches the clock between records.
pub(crate) struct Watch {
    clock: Clock,
    began: (Instant, Monotonic),
    accept_leap: bool,
}

impl Watch {
    /// `accept_leap`: the operator says that the present time is right, however long ago the last
    /// record is.
    pub(crate) fn new(clock: Clock, accept_leap: bool) -> Watch {
        let began = (clock.now(), Monotonic::now());
        Watch { clock, began, accept_leap }
    }

    /// Now, if it can be.
    ///
    /// # Errors
    ///
    /// The clock leapt.
    pub(crate) fn now(&self, last: Option<Instant>) -> Result<Instant, SubmitError> {
        let now = self.clock.now();
        let Some(last) = last else { return Ok(now) };
        let ahead = now.unix_ms() - last.unix_ms();
        if ahead < -MOST_BEHIND {
            return Err(leap(
                now,
                &format!(
                    "the last record is of {last}, later by {} s. Set the clock right; if the record's time is \
                 wrong, nothing can be recorded until the clock has passed it",
                    -ahead / 1000
                ),
            ));
        }
        if ahead > MOST_AHEAD && !self.accept_leap {
            return Err(leap(
                now,
                &format!(
                    "the last record is of {last}, {} days ago. Set the clock right; if it is right, start \
                 the server once with --accept-clock-leap",
                    ahead / DAY
                ),
            ));
        }
        self.drift(now)
    }

    /// Tests drive a fixed clock as they like.
    fn drift(&self, now: Instant) -> Result<Instant, SubmitError> {
        let (began, monotonic) = self.began;
        let passed = i64::try_from(monotonic.elapsed().as_millis()).unwrap_or(i64::MAX);
        let drift = (now.unix_ms() - began.unix_ms()).saturating_sub(passed);
        if matches!(self.clock, Clock::System) && drift > MOST_DRIFT {
            let reason = format!(
                "it went ahead by {} h while the server ran. Set it right, or start the server again",
                drift / HOUR
            );
            return Err(leap(now, &reason));
        }
        Ok(now)
    }
}

fn leap(now: Instant, reason: &str) -> SubmitError {
    SubmitError::ClockLeap { reason: format!("the server's clock says {now}, but {reason}") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn judge(now: &str, last: &str, accept_leap: bool) -> bool {
        Watch::new(Clock::fixed(at(now)), accept_leap).now(Some(at(last))).is_ok()
    }

    #[test]
    fn small_steps_back_pass_and_larger_ones_do_not() {
        assert!(judge("2026-11-22T12:00:00.000Z", "2026-11-22T12:05:00.000Z", false));
        assert!(!judge("2026-11-22T12:00:00.000Z", "2026-11-22T12:05:00.001Z", false));
        assert!(!judge("2026-11-22T12:00:00.000Z", "2026-11-22T12:05:00.001Z", true));
    }

    #[test]
    fn a_year_and_more_ahead_needs_the_operators_word() {
        assert!(judge("2027-12-01T00:00:00.000Z", "2026-11-22T12:00:00.000Z", false));
        assert!(!judge("2028-02-01T00:00:00.000Z", "2026-11-22T12:00:00.000Z", false));
        assert!(judge("2028-02-01T00:00:00.000Z", "2026-11-22T12:00:00.000Z", true));
    }
}
