//! Council terms: the four years for which councils of municipalities and counties are elected together.

use sinetti_events::primitives::time::Date;

use crate::acts::indicator_reported::Period;

/// The terms from the one that runs on `from` to the one that runs on `on`, at most the last `most` of them.
pub fn between(from: Date, on: Date, most: usize) -> Vec<Period> {
    let years = std::iter::once(FIRST).chain((SECOND..=on.0.year()).step_by(4));
    let begun = years.filter_map(term).filter(|term| term.from <= on && term.to >= from);
    let terms: Vec<Period> = begun.collect();
    terms[terms.len().saturating_sub(most)..].to_vec()
}

/// The year of the elections for the term 2021–2025.
const FIRST: i16 = 2021;

/// The year of the elections for the term after it.
const SECOND: i16 = 2025;

/// The term of those elected in `year`: from 1 June to 31 May four years later (Local Government Act 410/2015 § 15,
/// act 611/2021 on counties).
///
/// The first was another: municipal elections were put off to June 2021 and their councils began on 1 August 2021;
/// the first county councils were elected in January 2022 and began on 1 March 2022. It is told from then on, when
/// both were there to negotiate.
fn term(year: i16) -> Option<Period> {
    let day = |year, month, day| jiff::civil::Date::new(year, month, day).ok().map(Date);
    let from = if year == FIRST { day(2022, 3, 1)? } else { day(year, 6, 1)? };
    Some(Period { from, to: day(year.checked_add(4)?, 5, 31)? })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn terms(from: &str, on: &str) -> Vec<String> {
        let terms = between(from.parse().unwrap(), on.parse().unwrap(), 3);
        terms.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn terms_begin_on_1_june_every_four_years_but_for_the_first() {
        let (first, second) = ("2022-03-01/2025-05-31", "2025-06-01/2029-05-31");
        assert_eq!(terms("2023-02-14", "2023-02-14"), [first]);
        assert_eq!(terms("2023-02-14", "2025-05-31"), [first]);
        assert_eq!(terms("2023-02-14", "2025-06-01"), [first, second]);
        assert_eq!(terms("2025-06-01", "2025-06-01"), [second]);
        assert_eq!(terms("2025-05-31", "2033-06-01"), [second, "2029-06-01/2033-05-31", "2033-06-01/2037-05-31"]);
    }

    #[test]
    fn before_the_first_there_is_none_and_the_end_of_time_is_no_trouble() {
        assert_eq!(terms("2021-08-01", "2022-02-28"), [] as [&str; 0]);
        assert_eq!(terms("2030-01-01", "2026-01-01"), [] as [&str; 0]);
        assert_eq!(terms("2023-02-14", "9999-12-31").len(), 3);
    }
}
