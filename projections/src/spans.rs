//! Spans of days: when something held, with its gaps.

use sinetti_events::primitives::time::Date;

/// From a day on, to before another; open while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// The first day.
    pub from: Date,
    /// The first day on which it holds no more.
    pub to: Option<Date>,
}

impl Span {
    /// Whether `day` is in it.
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    fn common(self, other: Span) -> Option<Span> {
        let from = self.from.max(other.from);
        let to = self.to.into_iter().chain(other.to).min();
        to.is_none_or(|to| from < to).then_some(Span { from, to })
    }
}

/// The spans in which something holds that can change on `days` only.
pub(crate) fn of_days(mut days: Vec<Date>, holds: impl Fn(Date) -> bool) -> Vec<Span> {
    days.sort();
    days.dedup();
    let mut spans: Vec<Span> = Vec::new();
    for day in days {
        let open = spans.last_mut().filter(|span| span.to.is_none());
        match (open, holds(day)) {
            (None, true) => spans.push(Span { from: day, to: None }),
            (Some(span), false) => span.to = Some(day),
            _ => {}
        }
    }
    spans
}

/// The days that any of `spans` has, as few spans.
pub(crate) fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.from);
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut().filter(|last| last.to.is_none_or(|to| span.from <= to)) {
            Some(last) => last.to = last.to.zip(span.to).map(|(mine, other)| mine.max(other)),
            None => merged.push(span),
        }
    }
    merged
}

/// The days that both have.
pub(crate) fn common(left: &[Span], right: &[Span]) -> Vec<Span> {
    let pairs = left.iter().flat_map(|one| right.iter().filter_map(|other| one.common(*other)));
    union(pairs.collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(day: u8) -> Date {
        format!("2023-05-{day:02}").parse().unwrap()
    }

    fn span(from: u8, to: Option<u8>) -> Span {
        Span { from: day(from), to: to.map(day) }
    }

    #[test]
    fn what_holds_between_changes_is_a_span_and_a_gap_stays_a_gap() {
        let held = of_days(vec![day(9), day(1), day(5), day(1)], |date| date != day(5));
        assert_eq!(held, [span(1, Some(5)), span(9, None)]);
        assert!(held[0].holds(day(4)) && !held[0].holds(day(5)) && held[1].holds(day(31)));
        assert_eq!(of_days(Vec::new(), |_| true), []);
    }

    #[test]
    fn spans_that_touch_are_one_and_others_stay_apart() {
        assert_eq!(union(vec![span(5, Some(7)), span(1, Some(5))]), [span(1, Some(7))]);
        assert_eq!(union(vec![span(1, None), span(2, Some(3))]), [span(1, None)]);
        assert_eq!(union(vec![span(1, Some(2)), span(3, None)]), [span(1, Some(2)), span(3, None)]);
    }

    #[test]
    fn in_common_are_the_days_of_both() {
        let left = [span(1, Some(10)), span(20, None)];
        assert_eq!(common(&left, &[span(5, Some(25))]), [span(5, Some(10)), span(20, Some(25))]);
        assert_eq!(common(&left, &[span(10, Some(20))]), []);
        assert_eq!(common(&left, &[]), []);
    }
}
