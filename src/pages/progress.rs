//! How approvals and signatures have come in over time: a small picture of steps, and the same as a table.

use std::fmt::Write as _;

use sinetti_events::primitives::time::Date;
use sinetti_projections::status::Status;

use crate::i18n::{Words, date, t};

/// Width and height of the picture's own coordinates; the page stretches them.
const WIDTH: i64 = 1000;
const HEIGHT: i64 = 100;

/// So near to an end of the axis a year has no room for its number.
const NO_ROOM: i64 = 130;

/// So many years have room on the axis.
const MOST_YEARS: i64 = 6;

/// The picture.
pub(super) struct Progress {
    /// What it shows, in one sentence.
    pub words: String,
    pub total: u64,
    pub approved: Series,
    pub signed: Series,
    pub years: Vec<Year>,
    /// First and last day of the axis.
    pub ends: [String; 2],
    /// The days on which something changed.
    pub days: Vec<Day>,
}

/// One line of steps.
pub(super) struct Series {
    pub path: String,
    pub count: u64,
}

/// Where a year begins.
pub(super) struct Year {
    /// Tenths of a percent of the width, as a percentage.
    pub x: String,
    pub number: i16,
}

/// How many by the end of a day.
pub(super) struct Day {
    pub date: String,
    pub approved: usize,
    pub signed: usize,
}

impl Progress {
    /// None where nobody has approved or signed, or all of it on one day.
    pub fn of(status: &Status, w: Words) -> Option<Progress> {
        let approved = sorted(status.parties.iter().filter(|row| row.approved).filter_map(|row| row.approved_on));
        let signed = sorted(status.parties.iter().filter(|row| row.signed).filter_map(|row| row.signed_on));
        let first = *approved.first().into_iter().chain(signed.first()).min()?;
        let axis = Axis { from: first, days: days(first, status.on)? };
        let words = [
            ("total", status.parties_total.into()),
            ("approved", approved.len().into()),
            ("signed", signed.len().into()),
            ("from", date(w.0, first).into()),
            ("until", date(w.0, status.on).into()),
        ];
        Some(Progress {
            words: t(w.0, "progress-words", &words),
            total: status.parties_total,
            approved: axis.series(&approved, status.parties_total),
            signed: axis.series(&signed, status.parties_total),
            years: axis.years(status.on),
            ends: [date(w.0, first), date(w.0, status.on)],
            days: table(&approved, &signed, w),
        })
    }
}

/// Days from one to a later one.
struct Axis {
    from: Date,
    days: i64,
}

impl Axis {
    /// Where a day stands, from 0 to [`WIDTH`].
    fn at(&self, day: Date) -> i64 {
        days(self.from, day).unwrap_or(0).min(self.days) * WIDTH / self.days
    }

    fn series(&self, dates: &[Date], total: u64) -> Series {
        let mut path = format!("M0 {HEIGHT}");
        for (place, day) in dates.iter().enumerate() {
            let done = (place as i64 + 1) * HEIGHT / (total.max(1) as i64);
            // Writing into a string does not fail.
            let _ = write!(path, "H{}V{}", self.at(*day), (HEIGHT - done).max(0));
        }
        let _ = write!(path, "H{WIDTH}");
        Series { path, count: dates.len() as u64 }
    }

    fn years(&self, until: Date) -> Vec<Year> {
        let (first, last) = (self.from.0.year(), until.0.year());
        let step = (i64::from(last - first) / MOST_YEARS + 1) as usize;
        let years = (first + 1..=last).step_by(step).filter_map(|number| {
            let x = self.at(Date(jiff::civil::Date::new(number, 1, 1).ok()?));
            let has_room = (NO_ROOM..=WIDTH - NO_ROOM).contains(&x);
            has_room.then(|| Year { x: format!("{}.{}%", x / 10, x % 10), number })
        });
        years.collect()
    }
}

fn sorted(dates: impl Iterator<Item = Date>) -> Vec<Date> {
    let mut dates: Vec<Date> = dates.collect();
    dates.sort_unstable();
    dates
}

/// None unless `until` is later than `from`.
fn days(from: Date, until: Date) -> Option<i64> {
    let days = i64::from(until.0.since(from.0).ok()?.get_days());
    (days > 0).then_some(days)
}

fn table(approved: &[Date], signed: &[Date], w: Words) -> Vec<Day> {
    let mut all = sorted(approved.iter().chain(signed).copied());
    all.dedup();
    let by = |dates: &[Date], day: Date| dates.partition_point(|date| *date <= day);
    all.into_iter()
        .map(|day| Day { date: date(w.0, day), approved: by(approved, day), signed: by(signed, day) })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn each_act_is_one_step_where_its_day_is() {
        let axis = Axis { from: day("2023-01-01"), days: 100 };
        let series = axis.series(&[day("2023-01-01"), day("2023-02-20"), day("2023-02-20")], 4);
        assert_eq!(series.path, "M0 100H0V75H500V50H500V25H1000");
        assert_eq!(series.count, 3);
    }

    #[test]
    fn what_is_later_than_the_axis_stands_at_its_end() {
        let axis = Axis { from: day("2023-01-01"), days: 10 };
        assert_eq!(axis.at(day("2024-01-01")), WIDTH);
        assert_eq!(axis.at(day("2022-01-01")), 0);
    }

    #[test]
    fn years_stand_where_they_begin_and_never_more_than_there_is_room_for() {
        let axis = |until| Axis { from: day("2023-03-27"), days: days(day("2023-03-27"), day(until)).unwrap() };
        let years = axis("2026-11-25").years(day("2026-11-25"));
        let numbers: Vec<i16> = years.iter().map(|year| year.number).collect();
        assert_eq!(
            numbers,
            [2024, 2025, 2026].iter().filter(|it| **it != 2026 || years.len() == 3).copied().collect::<Vec<_>>()
        );
        assert!(axis("2099-01-01").years(day("2099-01-01")).len() <= 7);
        assert!(axis("2023-05-01").years(day("2023-05-01")).is_empty());
    }

    #[test]
    fn the_table_counts_to_the_end_of_each_day() {
        let days = table(&[day("2023-01-01"), day("2023-01-03")], &[day("2023-01-03")], Words(Lang::Fi));
        let told: Vec<(&str, usize, usize)> =
            days.iter().map(|it| (it.date.as_str(), it.approved, it.signed)).collect();
        assert_eq!(told, [("1.1.2023", 1, 0), ("3.1.2023", 2, 1)]);
    }
}
