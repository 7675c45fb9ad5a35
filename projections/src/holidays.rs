//! Finnish days on which no statutory time ends: act 150/1930 § 5.

use jiff::civil::Weekday;
use sinetti_events::primitives::time::Date;

/// Whether a statutory time whose last day is `date` ends later: Saturdays, Sundays and other church holidays,
/// May Day, Independence Day, and the eves of Midsummer and Christmas. The eves of New Year and May Day and
/// Maundy Thursday are ordinary weekdays to the act.
pub fn is_free(date: Date) -> bool {
    let day = date.0;
    let fixed = [(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)];
    // Midsummer Day is the Saturday of 20 to 26 June, and All Saints' Day a Saturday too.
    let midsummer_eve = day.weekday() == Weekday::Friday && day.month() == 6 && (19..=25).contains(&day.day());
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        || fixed.contains(&(day.month(), day.day()))
        || midsummer_eve
        // Good Friday, Easter Monday, Ascension Day; Easter and Pentecost are Sundays.
        || matches!(days_after_easter(day), -2 | 1 | 39)
}

/// The first day from `date` on that is not free; none after the year 9999.
pub fn next_weekday(date: Date) -> Option<Date> {
    let mut day = date;
    while is_free(day) {
        day = Date(day.0.tomorrow().ok()?);
    }
    Some(day)
}

fn days_after_easter(day: jiff::civil::Date) -> i32 {
    let february = if day.in_leap_year() { 29 } else { 28 };
    i32::from(day.day_of_year()) - (31 + february + easter(i32::from(day.year())))
}

/// Easter Sunday of the Gregorian calendar, as a day counted from 1 March: 32 is 1 April.
/// The computus of Meeus, Jones and Butcher.
fn easter(year: i32) -> i32 {
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let moon = (century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 19 * golden + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    22 + moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) / 451)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// From the almanacs: Easter Sunday, Ascension Day and Midsummer Day.
    const MOVING: [(&str, &str, &str); 16] = [
        ("2020-04-12", "2020-05-21", "2020-06-20"),
        ("2021-04-04", "2021-05-13", "2021-06-26"),
        ("2022-04-17", "2022-05-26", "2022-06-25"),
        ("2023-04-09", "2023-05-18", "2023-06-24"),
        ("2024-03-31", "2024-05-09", "2024-06-22"),
        ("2025-04-20", "2025-05-29", "2025-06-21"),
        ("2026-04-05", "2026-05-14", "2026-06-20"),
        ("2027-03-28", "2027-05-06", "2027-06-26"),
        ("2028-04-16", "2028-05-25", "2028-06-24"),
        ("2029-04-01", "2029-05-10", "2029-06-23"),
        ("2030-04-21", "2030-05-30", "2030-06-22"),
        ("2031-04-13", "2031-05-22", "2031-06-21"),
        ("2032-03-28", "2032-05-06", "2032-06-26"),
        ("2033-04-17", "2033-05-26", "2033-06-25"),
        ("2034-04-09", "2034-05-18", "2034-06-24"),
        ("2035-03-25", "2035-05-03", "2035-06-23"),
    ];

    /// From published calendars: the days off from Monday to Friday, the eves of Midsummer and Christmas among them.
    const WEEKDAYS_OFF: [(i16, &str); 16] = [
        (2020, "01-01 01-06 04-10 04-13 05-01 05-21 06-19 12-24 12-25"),
        (2021, "01-01 01-06 04-02 04-05 05-13 06-25 12-06 12-24"),
        (2022, "01-06 04-15 04-18 05-26 06-24 12-06 12-26"),
        (2023, "01-06 04-07 04-10 05-01 05-18 06-23 12-06 12-25 12-26"),
        (2024, "01-01 03-29 04-01 05-01 05-09 06-21 12-06 12-24 12-25 12-26"),
        (2025, "01-01 01-06 04-18 04-21 05-01 05-29 06-20 12-24 12-25 12-26"),
        (2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25"),
        (2027, "01-01 01-06 03-26 03-29 05-06 06-25 12-06 12-24"),
        (2028, "01-06 04-14 04-17 05-01 05-25 06-23 12-06 12-25 12-26"),
        (2029, "01-01 03-30 04-02 05-01 05-10 06-22 12-06 12-24 12-25 12-26"),
        (2030, "01-01 04-19 04-22 05-01 05-30 06-21 12-06 12-24 12-25 12-26"),
        (2031, "01-01 01-06 04-11 04-14 05-01 05-22 06-20 12-24 12-25 12-26"),
        (2032, "01-01 01-06 03-26 03-29 05-06 06-25 12-06 12-24"),
        (2033, "01-06 04-15 04-18 05-26 06-24 12-06 12-26"),
        (2034, "01-06 04-07 04-10 05-01 05-18 06-23 12-06 12-25 12-26"),
        (2035, "01-01 03-23 03-26 05-01 05-03 06-22 12-06 12-24 12-25 12-26"),
    ];

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn easter_is_where_the_almanacs_have_it() {
        for (easter, ascension, _) in MOVING {
            assert_eq!(days_after_easter(date(easter).0), 0, "{easter}");
            assert_eq!(days_after_easter(date(ascension).0), 39, "{ascension}");
            assert!(is_free(date(ascension)), "{ascension}");
        }
        // The earliest and the latest Easter that there is.
        for easter in ["1818-03-22", "2285-03-22", "1943-04-25", "2038-04-25"] {
            assert_eq!(days_after_easter(date(easter).0), 0, "{easter}");
        }
    }

    #[test]
    fn the_eve_of_midsummer_is_free_and_the_fridays_around_it_are_not() {
        for (_, _, midsummer) in MOVING {
            let eve = date(midsummer).0.yesterday().unwrap();
            let week = jiff::Span::new().days(7);
            assert!(is_free(Date(eve)), "{eve}");
            for friday in [eve.checked_sub(week).unwrap(), eve.checked_add(week).unwrap()] {
                assert!(!is_free(Date(friday)), "{friday}");
            }
        }
    }

    #[test]
    fn every_year_has_the_days_off_of_its_calendar_and_no_others() {
        for (year, days) in WEEKDAYS_OFF {
            let mut day = jiff::civil::date(year, 1, 1);
            let mut off = Vec::new();
            while day.year() == year {
                if day.weekday().to_monday_one_offset() <= 5 && is_free(Date(day)) {
                    off.push(Date(day).to_string()[5..].to_owned());
                }
                day = day.tomorrow().unwrap();
            }
            assert_eq!(off.join(" "), days, "{year}");
        }
    }

    #[test]
    fn all_of_christmas_and_the_weekend_after_it_are_skipped() {
        // Wednesday 24.12.2031 to Sunday 28.12.2031.
        assert_eq!(next_weekday(date("2031-12-24")), Some(date("2031-12-29")));
        assert_eq!(next_weekday(date("2031-12-23")), Some(date("2031-12-23")));
        assert_eq!(next_weekday(date("9999-12-31")), Some(date("9999-12-31")));
    }

    #[test]
    fn no_date_panics() {
        for text in ["0000-01-01", "0001-12-31", "9999-12-24", "9999-12-31"] {
            let _ = next_weekday(date(text));
        }
    }
}
