//! Calendar days in Europe/Helsinki, where the parties live.

use jiff::civil::time;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use sinetti_events::primitives::time::{BadTime, Date, Instant};

/// The day on which `instant` falls in Helsinki.
pub fn date_of(instant: Instant) -> Date {
    Date(zone().to_datetime(instant.timestamp()).date())
}

/// The last millisecond of `date` in Helsinki: what "as known on a date" means.
///
/// # Errors
///
/// The date lies before 1970 or at the very end of the year 9999.
pub fn end_of(date: Date) -> Result<Instant, BadTime> {
    // Midnight is never ambiguous in Helsinki: clocks change between 3 and 4.
    let end = zone().to_timestamp(date.0.to_datetime(time(23, 59, 59, 999_000_000)));
    end.map_err(|_| BadTime::Instant).and_then(|end| Instant::from_unix_ms(end.as_millisecond()))
}

fn zone() -> TimeZone {
    let bundled = TimeZoneDatabase::bundled().get("Europe/Helsinki");
    bundled.unwrap_or_else(|_| TimeZone::fixed(Offset::constant(2)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_helsinki_summer_and_winter() {
        for (date, end) in [("2026-07-01", "2026-07-01T20:59:59.999Z"), ("2026-01-01", "2026-01-01T21:59:59.999Z")] {
            assert_eq!(end_of(date.parse().unwrap()).unwrap().to_string(), end);
        }
    }

    #[test]
    fn the_next_day_begins_after_it() {
        let end = end_of("2026-03-29".parse().unwrap()).unwrap();
        assert_eq!(date_of(end).to_string(), "2026-03-29");
        assert_eq!(date_of(Instant::from_unix_ms(end.unix_ms() + 1).unwrap()).to_string(), "2026-03-30");
    }

    #[test]
    fn no_date_panics() {
        assert!(end_of("0001-01-01".parse().unwrap()).is_err());
        let _ = end_of("9999-12-31".parse().unwrap());
        for unix_ms in [0, 253_402_300_799_999] {
            date_of(Instant::from_unix_ms(unix_ms).unwrap());
        }
    }
}
