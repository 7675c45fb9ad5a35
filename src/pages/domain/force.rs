//! From when to when the agreement was in force, what the registrar determined, and how it ends.

use sinetti_projections::status::{Ending, MergedSeat};

use super::{Item, Section, Source};
use crate::i18n::{Titled, date, t};
use crate::pages::chip::{Chip, Tone};
use crate::pages::fact::Fact;

/// None where a reader learns nothing that the answer does not say: never in force, and no end in sight.
pub(super) fn section(source: Source<'_>) -> Option<Section> {
    let status = source.status;
    let periods = (!status.in_force_periods.is_empty()).then(|| periods(source));
    let determined = status.determinations.iter().map(|it| {
        let from = Fact::new(source.w, "fact-in-force-since", date(source.w.0, it.in_force_from));
        let on = it.occurred_on.map(|day| Fact::new(source.w, "fact-determined-on", date(source.w.0, day)));
        Item {
            title: Titled::own(source.w.0, source.w.get("type-entry-into-force-determined")),
            version: Some(it.version),
            chips: source.invented(it.version).into_iter().collect(),
            facts: source.named("force-with", &it.with_party).into_iter().chain([from]).chain(on).collect(),
        }
    });
    let ending = status.ending.as_ref().map(|ending| of_ending(source, ending));
    let seats = status.merged_seats.iter().map(|seat| of_seat(source, seat));
    let items: Vec<Item> = periods.into_iter().chain(determined).chain(ending).chain(seats).collect();
    (!items.is_empty()).then(|| Section::new(source.w, "force", items))
}

fn periods(source: Source<'_>) -> Item {
    let w = source.w;
    let periods = source.status.in_force_periods.iter().map(|period| {
        let from = date(w.0, period.from);
        let value = match period.last_day {
            Some(last) => t(w.0, "duties-days", &[("from", from.into()), ("to", date(w.0, last).into())]),
            None => w.with("force-from", "date", from),
        };
        Fact::new(w, "force-period", value)
    });
    Item { title: Titled::own(w.0, w.get("force-periods")), version: None, chips: Vec::new(), facts: periods.collect() }
}

fn of_ending(source: Source<'_>, ending: &Ending) -> Item {
    let w = source.w;
    let over = ending.last_day < source.status.on;
    let facts = [
        Some(Fact::new(w, "force-last-day", date(w.0, ending.last_day))),
        ending.basis.as_ref().map(|basis| Fact::new(w, "force-basis", basis.as_str())),
        ending.replaced_by.as_ref().map(|by| Fact::new(w, "force-replaced-by", by)),
        (!ending.renewals_pending.is_empty()).then(|| Fact::new(w, "force-renewals", ending.renewals_pending.len())),
    ];
    Item {
        title: Titled::own(w.0, w.get("force-ending")),
        version: ending.version,
        chips: [Chip::new(if over { Tone::No } else { Tone::Note }, w.term("ending", ending.kind.as_str()))]
            .into_iter()
            .chain(ending.version.and_then(|version| source.invented(version)))
            .collect(),
        facts: facts.into_iter().flatten().collect(),
    }
}

fn of_seat(source: Source<'_>, seat: &MergedSeat) -> Item {
    let w = source.w;
    let args = [
        ("number", seat.number.into()),
        ("party", source.name(&seat.party).text.into()),
        ("into", source.name(&seat.into).text.into()),
    ];
    Item {
        title: Titled::own(w.0, t(w.0, "force-merged-seat", &args)),
        version: Some(seat.version),
        chips: source.invented(seat.version).into_iter().collect(),
        facts: vec![Fact::new(w, "fact-date", date(w.0, seat.on))],
    }
}
