//! The history of an agreement, one line a record, newest first.

use std::collections::BTreeMap;

use sinetti_events::format::disclosure::{Disclosed, Disclosure};
use sinetti_events::primitives::ids::EventId;
use sinetti_events::primitives::time::Date;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::registry::Registry;
use sinetti_projections::timeline::{self, Line};

use super::chip::{Chip, Tone};
use crate::i18n::{Lang, Words, date, history, instant};

/// One record as it is shown.
pub(super) struct TrailLine {
    pub version: u64,
    /// When it happened.
    pub when: String,
    /// What, in plain words.
    pub words: String,
    /// The minutes' own terms, where the reader's language is another.
    pub finnish: Option<String>,
    /// The decision verbatim, where its disclosure is held.
    pub own: Vec<String>,
    pub chips: Vec<Chip>,
    /// When the ledger learned it.
    pub recorded: String,
    /// What later records did to it.
    pub fates: Vec<String>,
    /// Event type.
    pub kind: &'static str,
    retracted: bool,
    counts: bool,
}

impl TrailLine {
    /// Class of the stylesheet.
    pub fn class(&self) -> &'static str {
        match (self.retracted, self.counts) {
            (true, _) => "gone",
            (false, true) => "yes",
            (false, false) => "",
        }
    }
}

/// What a trail is made from.
pub(super) struct Trail<'a> {
    pub agreement: &'a Agreement,
    pub registry: &'a Registry,
    pub disclosures: &'a [Disclosure],
    /// Versions of the decisions that count as approvals.
    pub counted: &'a [u64],
    pub on: Date,
}

impl Trail<'_> {
    /// All records, newest first.
    pub fn lines(&self, w: Words) -> Vec<TrailLine> {
        let mut lines = timeline::timeline(self.agreement, self.registry);
        lines.sort_by_key(|line| std::cmp::Reverse(line.version));
        let verbatim = self.verbatim();
        lines.iter().map(|line| self.line(line, &verbatim, w)).collect()
    }

    fn line(&self, line: &Line, verbatim: &BTreeMap<EventId, Vec<String>>, w: Words) -> TrailLine {
        let event = self.agreement.entries.get(&line.version).map(|entry| entry.event);
        TrailLine {
            version: line.version,
            when: line.occurred_on.map(|day| date(w.0, day)).unwrap_or_default(),
            words: history::sentence(w.0, line, self.registry, self.on),
            finnish: if w.0 == Lang::Fi { None } else { history::finnish_terms(line) },
            own: event.and_then(|event| verbatim.get(&event).cloned()).unwrap_or_default(),
            chips: chips(line, w),
            recorded: w.with("history-recorded", "moment", instant(w.0, line.recorded_at)),
            fates: fates(line, w),
            kind: line.kind,
            retracted: line.retracted_by.is_some(),
            counts: self.counted.contains(&line.version) || line.kind == "entry_into_force_determined",
        }
    }

    /// The decisions' own words by event, where their disclosures are held.
    fn verbatim(&self) -> BTreeMap<EventId, Vec<String>> {
        let decisions = self.disclosures.iter().filter(|disclosure| disclosure.pointer == "/decision");
        decisions.map(|disclosure| (disclosure.event, paragraphs(&disclosure.value))).collect()
    }
}

/// A disclosed value as paragraphs.
pub(super) fn paragraphs(value: &Disclosed) -> Vec<String> {
    match value {
        Disclosed::Text(text) => vec![text.clone()],
        Disclosed::Paragraphs(paragraphs) => paragraphs.clone(),
    }
}

fn chips(line: &Line, w: Words) -> Vec<Chip> {
    let marks = [
        (line.transcribed && line.confirmed_by.is_none(), Tone::Note, "transcribed"),
        (line.suspect, Tone::No, "suspect"),
        (line.invented, Tone::MadeUp, "invented"),
    ];
    marks.into_iter().filter(|(is, ..)| *is).map(|(_, tone, id)| Chip::new(tone, w.get(id))).collect()
}

fn fates(line: &Line, w: Words) -> Vec<String> {
    let retracted = line.retracted_by.map(|version| w.with("history-retracted", "version", version));
    let corrected = line.corrected_by.iter().map(|version| w.with("history-corrected", "version", version));
    let confirmed = line.confirmed_by.map(|version| w.with("history-confirmed", "version", version));
    retracted.into_iter().chain(corrected).chain(confirmed).collect()
}
