//! What awaits a party, as a calendar (iCalendar, RFC 5545): what has a day is an event of that whole day, what has
//! none is a task. The same state gives the same bytes; nothing in it is of the clock.

use ics::components::{Component, Property};
use ics::escape_text;
use sinetti_events::primitives::ids::{Origin, PartyId};
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::agreement::Agreement;
use sinetti_projections::awaited::{Awaited, awaited};
use sinetti_projections::status::Status;

use crate::i18n::{Lang, Titled, Words, awaits};

/// How many things a calendar holds; what is due first stands first.
const MOST: usize = 500;
/// Characters of one text: a screen of a calendar shows some forty.
const LONGEST: usize = 200;
/// Octets of a line before it is folded (RFC 5545 § 3.1).
const LINE: usize = 75;

/// Whose calendar it is.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// The ledger.
    pub origin: &'a Origin,
    /// The party.
    pub party: &'a PartyId,
    /// Its name in the calendar's language.
    pub name: &'a str,
    /// The calendar's language.
    pub lang: Lang,
}

/// One agreement that the party is in.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The acts.
    pub agreement: &'a Agreement,
    /// Their state on a day.
    pub status: &'a Status,
}

/// The calendar: all that awaits the party in `places`.
pub fn write(whose: Whose<'_>, places: &[Place<'_>]) -> String {
    let w = Words(whose.lang);
    let mut calendar = Component::new("VCALENDAR");
    let title = w.with("awaits-calendar-title", "of", whose.name);
    let title = if whose.origin.is_demonstration() { format!("{title} ({})", w.get("demonstration")) } else { title };
    let refresh = Property::new("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    for property in
        [plain("VERSION", "2.0"), plain("PRODID", "-//Sinetti//Sinetti//FI"), plain("CALSCALE", "GREGORIAN")]
    {
        calendar.add_property(property);
    }
    for property in [text("NAME", &title), text("X-WR-CALNAME", &title), refresh] {
        calendar.add_property(property);
    }
    let each = |place: &Place<'_>| {
        let all = awaited(place.agreement, place.status, whose.party);
        all.into_iter().map(|one| (one.due_on, component(whose, *place, &one))).collect::<Vec<_>>()
    };
    let mut all: Vec<(Option<Date>, Component<'_>)> = places.iter().flat_map(each).collect();
    all.sort_by_key(|(due, _)| (due.is_none(), *due));
    all.into_iter().take(MOST).for_each(|(_, component)| calendar.add_component(component));
    folded(&calendar.to_string())
}

fn component(whose: Whose<'_>, place: Place<'_>, one: &Awaited) -> Component<'static> {
    let (w, status) = (Words(whose.lang), place.status);
    let record = one.version.and_then(|version| place.agreement.entries.get(&version));
    let invented = record.is_some_and(|record| record.common.invented);
    let marks = [(invented, "invented"), (one.optional, "awaits-optional")];
    let marks: Vec<String> = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| w.get(mark)).collect();
    let what = awaits::what(whose.lang, one, status);
    let what = if marks.is_empty() { what } else { format!("{what} ({})", marks.join(", ")) };
    let title = Titled::of(whose.lang, &status.titles).text;
    let record = one.version.map(|version| format!(", {}", w.with("history-version", "version", version)));
    let place_of = format!("{title} ({}{})", status.agreement, record.unwrap_or_default());
    let mut component = Component::new(if one.due_on.is_some() { "VEVENT" } else { "VTODO" });
    component.add_property(text("UID", &uid(whose, status, one)));
    component.add_property(plain("DTSTAMP", stamp(place.agreement)));
    if let Some(day) = one.due_on {
        component.add_property(Property::new("DTSTART;VALUE=DATE", day.0.strftime("%Y%m%d").to_string()));
        component.add_property(plain("TRANSP", "TRANSPARENT"));
    } else {
        component.add_property(plain("STATUS", "NEEDS-ACTION"));
    }
    component.add_property(text("SUMMARY", &what));
    component.add_property(text("DESCRIPTION", &place_of));
    if invented {
        component.add_property(text("CATEGORIES", &w.get("invented")));
    }
    component
}

/// The same in every language and for ever: a calendar program then moves what it has instead of adding another.
/// A duty comes again each period, so its day belongs to it; every other thing has a record or an area of its own.
fn uid(whose: Whose<'_>, status: &Status, one: &Awaited) -> String {
    let (host, rest) = whose.origin.as_str().split_once('/').unwrap_or((whose.origin.as_str(), ""));
    let duty = one.duty.map(|duty| match one.due_on {
        Some(day) => format!("{}-{day}", duty.as_str()),
        None => duty.as_str().to_owned(),
    });
    let area = one.area.as_ref().map(ToString::to_string);
    let about = [one.version.map(|version| version.to_string()), area, duty];
    let about: Vec<String> = about.into_iter().flatten().collect();
    format!("{rest}/{}/{}/{}/{}@{host}", status.agreement, whose.party, one.code.as_str(), about.join("/"))
}

/// When the agreement's newest record was recorded: only a record, or a day that passes, changes what is awaited.
fn stamp(agreement: &Agreement) -> String {
    let newest = agreement.entries.values().next_back().map(|entry| entry.recorded_at);
    let at = newest.map_or(jiff::Timestamp::UNIX_EPOCH, |at: Instant| at.timestamp());
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn plain(name: &'static str, value: impl Into<String>) -> Property<'static> {
    Property::new(name, value.into())
}

/// A property of the type TEXT. Control characters, which RFC 5545 has no form for, become spaces.
fn text(name: &'static str, value: &str) -> Property<'static> {
    let shown: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let shown = match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    };
    Property::new(name, escape_text(shown).into_owned())
}

/// Folded so that the space that begins a continued line counts too, which the crate's own folding leaves out.
fn folded(calendar: &str) -> String {
    let mut out = String::with_capacity(calendar.len());
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn folded_lines_have_75_octets_at_most_and_unfold_to_what_they_were(lines in prop::collection::vec("[^\\p{Cc}]{0,200}", 1..4)) {
            // A line of a calendar begins with a name, never with the space that marks a continuation.
            let whole: String = lines.iter().map(|line| format!("X:{line}\r\n")).collect();
            let out = folded(&whole);
            prop_assert!(out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
            prop_assert_eq!(out.replace("\r\n ", ""), whole);
        }
    }

    #[test]
    fn text_is_escaped_shortened_and_never_a_line_of_its_own() {
        let shown = text("SUMMARY", "a,b;c\\d\r\nEND:VEVENT").to_string();
        assert_eq!(shown, "SUMMARY:a\\,b\\;c\\\\d  END:VEVENT\r\n");
        assert!(text("SUMMARY", &"ä".repeat(1000)).to_string().replace("\r\n ", "").ends_with("ä…\r\n"));
    }
}
