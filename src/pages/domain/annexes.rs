//! Annex × party: who is part of which annex, as a table that says in words what it shows.

use sinetti_projections::annex_parts::PartState;
use sinetti_projections::status::{Annex, AnnexParty, annex_chart};

use super::{Item, Source};
use crate::i18n::{Titled, Words, date};
use crate::pages::chip::{Chip, Tone};
use crate::pages::fact::Fact;

/// The chart, and what is to be said of each annex.
pub(in crate::pages) struct Chart {
    pub annexes: Vec<Item>,
    pub columns: Vec<Column>,
    pub rows: Vec<ChartRow>,
}

/// One annex.
pub(in crate::pages) struct Column {
    pub version: u64,
    pub title: Titled,
}

/// One party.
pub(in crate::pages) struct ChartRow {
    /// Number in the roster, or a word for a party outside it.
    pub number: String,
    pub name: Titled,
    pub party: String,
    pub cells: Vec<Cell>,
}

/// How far one party has come with one annex.
pub(in crate::pages) struct Cell {
    pub chip: Chip,
    /// Since when, or why not.
    pub more: Option<String>,
}

impl Chart {
    /// None where there are no annexes.
    pub fn of(source: Source<'_>) -> Option<Chart> {
        let annexes = &source.status.annexes;
        if annexes.is_empty() {
            return None;
        }
        let column = |annex: &Annex| Column { version: annex.version, title: title(source, annex) };
        let rows = annex_chart(source.status).rows.into_iter().map(|row| ChartRow {
            number: row.number.map_or_else(|| source.w.get("chart-outside"), |number| number.to_string()),
            name: source.name(&row.party),
            cells: annexes
                .iter()
                .zip(row.cells)
                .map(|(annex, state)| cell(annex, &row.party, state, source.w))
                .collect(),
            party: row.party.to_string(),
        });
        Some(Chart {
            annexes: annexes.iter().map(|annex| item(source, annex)).collect(),
            columns: annexes.iter().map(column).collect(),
            rows: rows.collect(),
        })
    }
}

/// The annex's own title, else that of its area.
pub(super) fn title(source: Source<'_>, annex: &Annex) -> Titled {
    let area = source.status.areas.iter().find(|area| area.id == annex.area);
    let words = annex.titles.as_ref().or_else(|| area.map(|area| &area.names));
    words.map_or_else(|| Titled::own(source.w.0, annex.area.as_str()), |words| Titled::of(source.w.0, words))
}

/// A party's state in an annex as a mark.
pub(super) fn chip(state: PartState, w: Words) -> Chip {
    let tone = match state {
        PartState::Joined | PartState::Leaving => Tone::Yes,
        PartState::Partial | PartState::Ready => Tone::Wait,
        PartState::Left => Tone::No,
        PartState::NotEligible | PartState::NotJoined => Tone::Plain,
    };
    Chip::new(tone, w.term("annex-state", state.as_str()))
}

/// Since when it holds, until when, or why it does not.
pub(super) fn more(part: &AnnexParty, w: Words) -> Option<String> {
    let day = |id: &str, day: Option<_>| day.map(|day| w.with(id, "date", date(w.0, day)));
    match part.state {
        PartState::Joined => day("chart-since", part.joined_on),
        PartState::Leaving | PartState::Left => day("chart-until", part.left_on),
        PartState::NotEligible | PartState::NotJoined => None,
        PartState::Partial | PartState::Ready => part.why_not.map(|why| w.term("annex-why", why.as_str())),
    }
}

fn cell(annex: &Annex, party: &sinetti_events::primitives::ids::PartyId, state: PartState, w: Words) -> Cell {
    let part = annex.parties.iter().find(|part| part.party == *party);
    Cell { chip: chip(state, w), more: part.and_then(|part| more(part, w)) }
}

fn item(source: Source<'_>, annex: &Annex) -> Item {
    let w = source.w;
    let area = source.status.areas.iter().find(|area| area.id == annex.area);
    let state = match annex.in_force {
        true => Chip::new(Tone::Yes, w.get("in-force")),
        false => Chip::new(Tone::Wait, w.get("not-in-force")),
    };
    let facts = [
        area.map(|area| Fact::new(w, "annex-area", Titled::of(w.0, &area.names).text)),
        Some(Fact::new(w, "annex-form", w.term("form", annex.form.as_str()))),
        source.named("annex-county", &annex.county),
        annex.in_force_since.map(|since| Fact::new(w, "fact-in-force-since", date(w.0, since))),
        Some(Fact::new(w, "annex-joined", annex.joined)),
        annex.outside_parties.then(|| Fact::new(w, "annex-outside", w.get("yes"))),
    ];
    Item {
        title: title(source, annex),
        version: Some(annex.version),
        chips: [state].into_iter().chain(annex.invented.then(|| Chip::invented(w))).collect(),
        facts: facts.into_iter().flatten().collect(),
    }
}
