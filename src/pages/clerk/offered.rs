//! What a form offers to choose from: parties, texts, records, areas, forums, as the ledger has them.

use sinetti_events::keys::keyring::Keyring;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::Date;
use sinetti_projections::helsinki;
use sinetti_projections::status::{Status, status};
use sinetti_projections::timeline::{Line, timeline};

use super::super::problem::Problem;
use crate::i18n::{Titled, Words, date, history, names};
use crate::ledger::{Ledger, View};

/// Longest text of an option; a sentence of the trail can be longer than a screen is wide.
const LONGEST: usize = 110;

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The ledger as the forms of one agreement need it.
pub(super) struct Offered {
    pub w: Words,
    pub on: Date,
    pub demonstration: bool,
    pub view: Option<View>,
    pub status: Option<Status>,
    registry: std::sync::Arc<sinetti_projections::registry::Registry>,
    titles: Vec<(String, String)>,
    lines: Vec<(Line, String)>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), chosen: false }
    }

    /// The same, chosen when its value is `value`.
    pub fn chosen_if(self, value: &str) -> Choice {
        Choice { chosen: self.value == value, ..self }
    }
}

impl Offered {
    /// As `ledger` has it for `agreement`, which may be the registry, or none yet.
    pub async fn of(ledger: &Ledger, agreement: &str, w: Words) -> Result<Offered, Problem> {
        let on = helsinki::date_of(ledger.now());
        let registry = ledger.registry(None).await?;
        let (mut titles, mut found) = (Vec::new(), None);
        for stream in ledger.agreements() {
            // What is damaged is not written to from here either.
            let Ok(Some(view)) = ledger.view(&stream, None).await else { continue };
            let Some(status) = status(&view.agreement, &view.registry, on) else { continue };
            titles.push((stream.to_string(), Titled::of(w.0, &status.titles).text));
            if stream.as_str() == agreement {
                found = Some((view, status));
            }
        }
        titles.sort();
        let (view, status) = found.unzip();
        let told = |line: Line| (history::sentence(w.0, &line, &registry, on), line);
        let lines = view.iter().flat_map(|view: &View| timeline(&view.agreement, &view.registry));
        let lines = lines.map(told).map(|(text, line)| (line, text)).collect();
        let demonstration = ledger.origin().is_demonstration();
        Ok(Offered { w, on, demonstration, view, status, registry, titles, lines })
    }

    /// Whether `party` may be chosen in `agreement`. A new agreement is opened by the registrar under a new id.
    pub fn knows(&self, agreement: &StreamId, party: &PartyId) -> bool {
        let party_known = party.is_registrar() || self.registry.parties.contains_key(party);
        party_known && (agreement.is_registry() || self.view.is_some() || party.is_registrar())
    }

    /// A party's name in the language of the page.
    pub fn name(&self, party: &PartyId) -> String {
        names::party(self.w.0, &self.registry, party, self.on).text
    }

    /// Every key ever enrolled.
    pub fn keyring(&self) -> &Keyring {
        &self.registry.keyring
    }

    /// The agreements and the registry.
    pub fn agreements(&self, chosen: &str) -> Vec<Choice> {
        let registry = Choice::new("registry", self.w.get("clerk-registry"));
        let agreements = self.titles.iter().map(|(id, title)| Choice::new(id, title));
        agreements.chain([registry]).map(|choice| choice.chosen_if(chosen)).collect()
    }

    /// Who can speak: every party, then the registrar.
    pub fn speakers(&self, chosen: &str) -> Vec<Choice> {
        let registrar = Choice::new("registrar", self.w.get("registrar"));
        self.parties().into_iter().chain([registrar]).map(|choice| choice.chosen_if(chosen)).collect()
    }

    /// Every registered party, by name.
    pub fn parties(&self) -> Vec<Choice> {
        let mut all: Vec<Choice> =
            self.registry.parties.keys().map(|party| Choice::new(party.as_str(), self.name(party))).collect();
        all.sort_by(|one, other| one.label.cmp(&other.label));
        all
    }

    /// The parties of the roster, in its order; every party where there is no roster.
    pub fn roster(&self) -> Vec<Choice> {
        match &self.status {
            Some(status) => {
                status.parties.iter().map(|row| Choice::new(row.party.as_str(), self.name(&row.party))).collect()
            }
            None => self.parties(),
        }
    }

    /// The deposited texts by digest, the current one chosen; with `undigested` those without a digest by version.
    pub fn texts(&self, undigested: bool) -> Vec<Choice> {
        let rows = self.status.iter().flat_map(|status| &status.texts);
        let choice = |text: &sinetti_projections::status::TextRow| {
            let value = match &text.digest {
                Some(digest) => digest.to_string(),
                None if undigested => text.version.to_string(),
                None => return None,
            };
            let title = Titled::of(self.w.0, &text.titles).text;
            let label = format!("{title} ({}, v{})", self.w.term("role", text.role.as_str()), text.version);
            Some(Choice { chosen: text.current, ..Choice::new(value, label) })
        };
        rows.filter_map(choice).collect()
    }

    /// The records of the types `kinds` (all when empty) by version, the newest first.
    pub fn records(&self, kinds: &[&str], about: &str) -> Vec<Choice> {
        let named = self.lines.iter().rev().filter(|(line, _)| kinds.is_empty() || kinds.contains(&line.kind));
        let live = named.filter(|(line, _)| line.retracted_by.is_none());
        let choice = |(line, text): &(Line, String)| {
            let day = line.occurred_on.map(|day| date(self.w.0, day)).unwrap_or_default();
            Choice::new(line.version.to_string(), shortened(&format!("{} · {day} · {text}", line.version)))
                .chosen_if(about)
        };
        live.map(choice).collect()
    }

    /// Interface areas by slug.
    pub fn areas(&self) -> Vec<Choice> {
        let areas = self.status.iter().flat_map(|status| &status.areas);
        areas.map(|area| Choice::new(area.id.as_str(), Titled::of(self.w.0, &area.names).text)).collect()
    }

    /// Forums by slug.
    pub fn forums(&self) -> Vec<Choice> {
        let forums = self.status.iter().flat_map(|status| &status.forums).map(|row| &row.forum);
        forums.map(|forum| Choice::new(forum.id.as_str(), Titled::of(self.w.0, &forum.names).text)).collect()
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
