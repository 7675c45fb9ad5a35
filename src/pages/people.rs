//! Until when the names of persons stand on the pages: published minutes may show them for as long as a decision can be
//! challenged, and no longer (KuntaL § 140). The ledger keeps what is disclosed until it is erased; this is about pages.

use sinetti_events::primitives::time::Date;
use sinetti_projections::helsinki;
use sinetti_projections::status::{Status, status};

use super::operator::{Operator, SHOWN_DAYS};
use crate::ledger::View;

/// The members that name a person; the others are verbatim texts of minutes, comments and reasons.
const NAMES: [&str; 5] = ["dissents", "name", "preparer", "presenter", "signatory"];

/// Whether a member of a payload names a person.
pub(super) fn is_name(pointer: &str) -> bool {
    pointer.split('/').nth(1).is_some_and(|first| NAMES.contains(&first))
}

/// The last day on which the names of the act at `version` are shown: as many days after the act as the operator has
/// set for the agreement; else until the decision's estimated time for appeal ends; else [`SHOWN_DAYS`].
/// None beyond the end of the calendar.
pub(super) fn shown_until(view: &View, version: u64, operator: Option<&Operator>, today: Date) -> Option<Date> {
    let filed = view.agreement.entries.get(&version)?;
    let acted = filed.common.occurred_on.unwrap_or_else(|| helsinki::date_of(filed.recorded_at));
    let status = status(&view.agreement, &view.registry, today)?;
    let set = operator.and_then(|operator| operator.names_shown_days.get(&status.agreement));
    match (set, estimated_end(&status, version)) {
        (Some(days), _) => after(acted, *days),
        (None, Some(end)) => Some(end),
        (None, None) => after(acted, SHOWN_DAYS),
    }
}

fn estimated_end(status: &Status, version: u64) -> Option<Date> {
    let mut decisions = status.parties.iter().flat_map(|row| &row.decisions);
    decisions.find(|decision| decision.version == version)?.estimate.map(|estimate| estimate.ends_on)
}

fn after(day: Date, days: u16) -> Option<Date> {
    day.0.checked_add(jiff::Span::new().days(i64::from(days))).ok().map(Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_verbatim_texts() {
        for name in ["/presenter", "/preparer", "/signatory", "/name", "/dissents/0"] {
            assert!(is_name(name), "{name}");
        }
        for text in ["/decision", "/proposal", "/conditions/0/text", "", "/", "/names"] {
            assert!(!is_name(text), "{text}");
        }
    }
}
