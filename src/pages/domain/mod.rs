//! What an agreement holds besides approvals and signatures: when it was in force, annexes, amendments, duties,
//! disputes, errors in texts, and how it was prepared. A section without anything to show is absent.

mod amendments;
mod annexes;
mod disputes;
mod drafting;
mod duties;
mod force;
mod text_errors;

pub(super) use annexes::Chart;
pub(super) use duties::DutyRow;

use sinetti_events::primitives::ids::PartyId;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::registry::Registry;
use sinetti_projections::status::{Status, TextRow};

use super::chip::Chip;
use super::fact::Fact;
use crate::i18n::{Titled, Words, names};

/// Everything below the parties and the rule.
pub(super) struct Domain {
    /// Before the annexes: periods in force.
    pub force: Option<Section>,
    pub chart: Option<Chart>,
    pub duties: Vec<DutyRow>,
    /// The rest, in the order of the page.
    pub sections: Vec<Section>,
}

/// A section that is a list of items.
pub(super) struct Section {
    /// Its anchor.
    pub id: &'static str,
    pub title: String,
    pub help: String,
    pub items: Vec<Item>,
}

/// One amendment, dispute or the like.
pub(super) struct Item {
    pub title: Titled,
    /// The record that it rests on.
    pub version: Option<u64>,
    pub chips: Vec<Chip>,
    pub facts: Vec<Fact>,
}

/// What every section is made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub status: &'a Status,
    pub agreement: &'a Agreement,
    pub registry: &'a Registry,
    pub w: Words,
}

impl Domain {
    /// All that there is to show.
    pub fn of(source: Source<'_>) -> Domain {
        let sections = [
            amendments::section(source),
            disputes::section(source),
            text_errors::section(source),
            drafting::section(source),
        ];
        Domain {
            force: force::section(source).filter(|section| !section.items.is_empty()),
            chart: Chart::of(source),
            duties: duties::rows(source, source.status.duties.iter()),
            sections: sections.into_iter().filter(|section| !section.items.is_empty()).collect(),
        }
    }
}

impl Section {
    fn new(w: Words, id: &'static str, items: Vec<Item>) -> Section {
        Section { id, title: w.get(&format!("{id}-title")), help: w.get(&format!("{id}-help")), items }
    }
}

impl Source<'_> {
    /// A party's name, in the page's language or the one that comes nearest.
    pub fn name(&self, party: &PartyId) -> Titled {
        names::party(self.w.0, self.registry, party, self.status.on)
    }

    /// Names as they stand in a line.
    pub fn names<'a>(&self, parties: impl IntoIterator<Item = &'a PartyId>) -> String {
        let names: Vec<String> = parties.into_iter().map(|party| self.name(party).text).collect();
        names.join(", ")
    }

    /// Names as a fact; none where there are none.
    fn named<'a>(&self, id: &str, parties: impl IntoIterator<Item = &'a PartyId>) -> Option<Fact> {
        let names = self.names(parties);
        (!names.is_empty()).then(|| Fact::new(self.w, id, names))
    }

    /// The mark of what was made up for a demonstration, for the record at `version`.
    fn invented(&self, version: u64) -> Option<Chip> {
        super::chip::is_invented(self.agreement, version).then(|| Chip::invented(self.w))
    }

    /// The text whose first deposit is `group`.
    fn text(&self, group: u64) -> Option<&TextRow> {
        self.status.texts.iter().find(|text| text.group == group)
    }
}

/// A party's part in each annex: title, version, state, and since when or why not.
pub(super) fn parts(source: Source<'_>, party: &PartyId) -> Vec<(Titled, u64, Chip, Option<String>)> {
    let annexes = source.status.annexes.iter();
    let part = |annex: &sinetti_projections::status::Annex| {
        let part = annex.parties.iter().find(|part| part.party == *party)?;
        let chip = annexes::chip(part.state, source.w);
        Some((annexes::title(source, annex), annex.version, chip, annexes::more(part, source.w)))
    };
    annexes.filter_map(part).collect()
}

/// The duties that are a party's.
pub(super) fn duties_of(source: Source<'_>, party: &PartyId) -> Vec<DutyRow> {
    duties::rows(source, source.status.duties.iter().filter(|duty| duty.parties.contains(party)))
}
