//! `/{lang}/search?q=`: agreements, parties and acts that have every word asked for.
//!
//! What is searched is what the records themselves say. Disclosures, and so the names of persons, are never looked at.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;
use sinetti_projections::acts::line::Words as ByLanguage;
use sinetti_projections::registry::Party;
use sinetti_projections::status::{Status, status};
use sinetti_projections::{helsinki, timeline};

use super::problem::Problem;
use super::shell::{self, Shell};
use crate::i18n::{Lang, Titled, Words, date, history, names};
use crate::ledger::{Ledger, ReadError, View};

/// Longest search, in characters.
const LONGEST: usize = 100;
/// Most words that are looked for.
const MOST_WORDS: usize = 8;
/// Most results of a kind.
const MOST: usize = 50;
/// So many of an agreement's newest records are searched.
const NEWEST: usize = 2_000;

/// `?q=`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    w: Words,
    shell: Shell,
    query: String,
    too_long: bool,
    count: u64,
    /// Whether there are more than are shown.
    more: bool,
    groups: Vec<Group>,
}

/// The results of one kind.
struct Group {
    name: String,
    found: Vec<Found>,
}

/// One result.
struct Found {
    href: String,
    text: Titled,
    /// Where it belongs.
    place: Option<Titled>,
    date: Option<String>,
}

/// What is looked for: every word, in small letters.
struct Wanted(Vec<String>);

/// What was found.
#[derive(Default)]
struct Findings {
    agreements: Vec<Found>,
    parties: BTreeMap<PartyId, Found>,
    acts: Vec<(Option<Date>, Found)>,
    more: bool,
}

/// `GET /{lang}/search?q=`.
pub(super) async fn show(
    State(ledger): State<Ledger>,
    Path(lang): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(lang) = lang.parse::<Lang>() else { return Problem::NotFound.page(Words(Lang::Fi), &ledger) };
    let w = Words(lang);
    let query = asked.map(|Query(asked)| asked.q.trim().to_owned()).unwrap_or_default();
    let too_long = query.chars().count() > LONGEST;
    let query = if too_long { String::new() } else { query };
    let wanted = Wanted::of(&query);
    let findings = if wanted.0.is_empty() { Ok(Findings::default()) } else { find(&ledger, &wanted, w).await };
    match findings {
        Ok(findings) => {
            let page = Page::of(&ledger, query, too_long, findings, w);
            shell::respond(StatusCode::OK, w, &page)
        }
        Err(error) => Problem::from(error).page(w, &ledger),
    }
}

impl Page {
    fn of(ledger: &Ledger, query: String, too_long: bool, findings: Findings, w: Words) -> Page {
        let Findings { agreements, parties, mut acts, mut more } = findings;
        acts.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
        more |= acts.len() > MOST;
        let acts = acts.into_iter().map(|(_, found)| found).take(MOST).collect();
        let parties = parties.into_values().collect();
        let group = |id: &str, found: Vec<Found>| Group { name: w.get(id), found };
        let groups =
            [group("search-agreements", agreements), group("search-parties", parties), group("search-acts", acts)];
        let groups: Vec<Group> = groups.into_iter().filter(|group| !group.found.is_empty()).collect();
        let rest = if query.is_empty() { "/search".to_owned() } else { format!("/search?q={}", encoded(&query)) };
        let shell = Shell::of(ledger, w.get("search-title"), w.get("search-help"), rest);
        Page {
            w,
            shell: Shell { searched: query.clone(), ..shell },
            query,
            too_long,
            count: groups.iter().map(|group| group.found.len() as u64).sum(),
            more,
            groups,
        }
    }
}

/// Looks into every agreement that can be read.
async fn find(ledger: &Ledger, wanted: &Wanted, w: Words) -> Result<Findings, ReadError> {
    let on = helsinki::date_of(ledger.now());
    let mut findings = Findings::default();
    for agreement in ledger.agreements() {
        let view = match ledger.view(&agreement, None).await {
            Ok(Some(view)) => view,
            Ok(None) | Err(ReadError::Damaged { .. } | ReadError::Unproven(_)) => continue,
            Err(error) => return Err(error),
        };
        if let Some(status) = status(&view.agreement, &view.registry, on) {
            findings.look(&view, &status, wanted, w);
        }
    }
    Ok(findings)
}

impl Findings {
    fn look(&mut self, view: &View, status: &Status, wanted: &Wanted, w: Words) {
        let path = format!("/{}/{}", w.0, status.agreement);
        let title = Titled::of(w.0, &status.titles);
        if wanted.is_in(&format!("{} {}", status.agreement, all(&status.titles))) {
            let found = Found { href: path.clone(), text: title.clone(), place: None, date: None };
            self.agreements.push(found);
        }
        for row in &status.parties {
            let Some(party) = view.registry.parties.get(&row.party) else { continue };
            if self.parties.len() < MOST && wanted.is_in(&known(party)) {
                let text = names::party(w.0, &view.registry, &row.party, status.on);
                let found = Found {
                    href: format!("{path}#party-{}", row.number),
                    text,
                    place: Some(title.clone()),
                    date: None,
                };
                self.parties.entry(row.party.clone()).or_insert(found);
            }
        }
        self.acts(view, status, &title, wanted, w);
    }

    fn acts(&mut self, view: &View, status: &Status, title: &Titled, wanted: &Wanted, w: Words) {
        let decisions = status
            .parties
            .iter()
            .flat_map(|row| &row.decisions)
            .chain(status.unattributed.iter().filter_map(|act| act.decision.as_ref()));
        let cases: BTreeMap<u64, String> = decisions
            .filter_map(|decision| Some((decision.version, decision.case_number.as_ref()?.to_string())))
            .collect();
        let lines = timeline::timeline(&view.agreement, &view.registry);
        let newest = lines.len().saturating_sub(NEWEST);
        self.more |= newest > 0;
        for line in lines.iter().skip(newest) {
            let words = history::sentence(w.0, line, &view.registry, status.on);
            let case = cases.get(&line.version).map(String::as_str).unwrap_or_default();
            if wanted.is_in(&format!("{words} {case}")) {
                let found = Found {
                    href: format!("/{}/{}/events/{}", w.0, status.agreement, line.version),
                    text: Titled::own(w.0, words),
                    place: Some(title.clone()),
                    date: line.occurred_on.map(|day| date(w.0, day)),
                };
                self.acts.push((line.occurred_on, found));
            }
        }
    }
}

impl Wanted {
    fn of(query: &str) -> Wanted {
        Wanted(query.to_lowercase().split_whitespace().take(MOST_WORDS).map(str::to_owned).collect())
    }

    fn is_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
}

/// As a value of a query (RFC 3986 § 2.1): all but letters and digits of ASCII by their bytes.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Everything by which a party is known.
fn known(party: &Party) -> String {
    let registered = &party.registered;
    let codes: Vec<&str> = registered.codes.iter().map(|code| code.as_str()).collect();
    format!("{} {} {}", registered.id, all(&registered.names), codes.join(" "))
}

/// Words in every language that they are in.
fn all(words: &ByLanguage) -> String {
    words.iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_there_and_case_does_not_matter() {
        let wanted = Wanted::of("  NOKIA  § 88 ");
        assert!(wanted.is_in("Nokian kaupunki, valtuusto § 88: ehdotus hyväksyttiin"));
        assert!(!wanted.is_in("Nokian kaupunki, valtuusto § 89"));
        assert!(Wanted::of("ÄHTÄRI").is_in("Ähtäri"));
    }

    #[test]
    fn a_search_is_an_address_again() {
        assert_eq!(encoded("ä&b=\"<"), "%C3%A4%26b%3D%22%3C");
    }

    #[test]
    fn no_more_words_are_looked_for_than_can_be_used() {
        assert_eq!(Wanted::of(&"a ".repeat(90)).0.len(), MOST_WORDS);
        assert!(Wanted::of(" \t ").0.is_empty());
    }
}
