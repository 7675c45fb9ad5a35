//! Dates and moments as people write them, in Finnish official time.

use jiff::tz::TimeZone;
use sinetti_events::primitives::time::{Date, Instant};

use super::{Lang, Value, t};

/// Finnish official time as a POSIX rule: the European Union's summer time has been so since 1996,
/// and the program needs no time zone database.
const HELSINKI: &str = "EET-2EEST,M3.5.0/3,M10.5.0/4";

/// `27.3.2023` in Finnish and Swedish, `27 March 2023` in English.
pub fn date(lang: Lang, date: Date) -> String {
    let (year, month, day) = (date.0.year(), date.0.month(), date.0.day());
    t(lang, "date", &[("year", year.to_string().into()), ("month", Value::from(month)), ("day", Value::from(day))])
}

/// The moment to the second, in Finnish official time.
pub fn instant(lang: Lang, instant: Instant) -> String {
    let local = instant.timestamp().to_zoned(helsinki()).datetime();
    let two = |number: i8| format!("{number:02}");
    t(
        lang,
        "moment",
        &[
            ("date", date(lang, Date(local.date())).into()),
            ("hour", local.hour().to_string().into()),
            ("hour2", two(local.hour()).into()),
            ("minute", two(local.minute()).into()),
            ("second", two(local.second()).into()),
        ],
    )
}

fn helsinki() -> TimeZone {
    // The rule is a constant that a test parses; UTC only stands in for the type.
    TimeZone::posix(HELSINKI).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_each_language_does() {
        let day: Date = "2023-03-27".parse().unwrap();
        assert_eq!(date(Lang::Fi, day), "27.3.2023");
        assert_eq!(date(Lang::Sv, day), "27.3.2023");
        assert_eq!(date(Lang::En, day), "27 March 2023");
    }

    #[test]
    fn moments_are_in_finnish_time_summer_and_winter() {
        let summer: Instant = "2026-06-30T21:05:09.000Z".parse().unwrap();
        assert_eq!(instant(Lang::Fi, summer), "1.7.2026 klo 0.05.09");
        assert_eq!(instant(Lang::Sv, summer), "1.7.2026 kl. 0.05.09");
        assert_eq!(instant(Lang::En, summer), "1 July 2026 at 00:05:09");
        let winter: Instant = "2026-12-31T22:00:00.000Z".parse().unwrap();
        assert_eq!(instant(Lang::Fi, winter), "1.1.2027 klo 0.00.00");
    }
}
