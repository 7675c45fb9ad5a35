//! Feeds (RFC 4287): the trail in plain words, newest first, for feed readers.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sinetti_events::primitives::ids::{EventId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::agreement::{Agreement, Entry};
use sinetti_projections::timeline::{Line, timeline};
use utoipa::IntoParams;

use crate::http::problem::Problem;
use crate::i18n::{Lang, Words, history};
use crate::ledger::{Ledger, View};
use crate::public_url::PublicUrl;

/// A feed has the newest of the trail; `/timeline` has it whole.
const NEWEST: usize = 50;

/// In which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InLanguage {
    /// `fi`, `sv` or `en`; Finnish when left out.
    #[param(example = "sv", required = false)]
    pub lang: Option<String>,
}

/// A feed in one language.
#[derive(Template)]
#[template(path = "api/feed.xml")]
pub struct Feed {
    lang: Lang,
    /// A tag URI (RFC 4151), the same for ever.
    id: String,
    title: String,
    /// The ledger, as whose word the trail stands.
    author: String,
    /// The feed's own path, without its query.
    path: String,
    /// The page of the same.
    page: Option<String>,
    updated: Instant,
    entries: Vec<Told>,
    public_url: PublicUrl,
}

/// One record.
pub struct Told {
    /// Place in the ledger, by which entries of several agreements are in order.
    index: u64,
    event: EventId,
    title: String,
    published: Instant,
    /// When it was recorded, or last corrected, confirmed or retracted.
    updated: Instant,
    page: String,
    categories: Vec<(&'static str, String)>,
}

impl Feed {
    /// The feed at `path` with these entries, of which the newest are taken; of nothing it is as of `since`.
    pub fn of(lang: Lang, ledger: &Ledger, path: String, title: &str, mut entries: Vec<Told>, since: Instant) -> Feed {
        let (origin, public_url) = (ledger.origin(), ledger.public_url().clone());
        entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.index));
        let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(since);
        entries.truncate(NEWEST);
        let (host, rest) = origin.as_str().split_once('/').unwrap_or((origin.as_str(), ""));
        let id = format!("tag:{host},2026:{rest}{path}/{lang}");
        Feed {
            lang,
            id,
            title: writable(title),
            author: origin.to_string(),
            path,
            page: None,
            updated,
            entries,
            public_url,
        }
    }

    /// The same with the page that shows it.
    pub fn with_page(self, page: String) -> Feed {
        Feed { page: Some(page), ..self }
    }

    /// The languages that it can be had in besides.
    fn others(&self) -> impl Iterator<Item = Lang> {
        Lang::ALL.into_iter().filter(|other| *other != self.lang)
    }

    /// The answer.
    pub fn answer(&self) -> Response {
        match self.render() {
            Ok(body) => {
                let atom = HeaderValue::from_static("application/atom+xml; charset=utf-8");
                let cache = HeaderValue::from_static("no-cache");
                let lang = HeaderValue::from_static(self.lang.code());
                let named = [(header::CONTENT_TYPE, atom), (header::CACHE_CONTROL, cache)];
                (named, [(header::CONTENT_LANGUAGE, lang)], body).into_response()
            }
            Err(error) => Problem::of("internal", format!("The feed can't be written: {error}.")).into_response(),
        }
    }
}

/// The lines of one agreement that `wanted` takes, told in `lang` with parties by their names on `on`.
pub fn told(lang: Lang, agreement: &StreamId, view: &View, on: Date, wanted: impl Fn(&Line) -> bool) -> Vec<Told> {
    let lines = timeline(&view.agreement, &view.registry).into_iter().filter(wanted);
    let told = lines.filter_map(|line| {
        let entry = view.agreement.entries.get(&line.version)?;
        Some(Told {
            index: entry.index,
            event: entry.event,
            title: writable(&title(lang, &line, view, on)),
            published: entry.recorded_at,
            updated: updated(&view.agreement, entry),
            page: format!("/{lang}/{agreement}/events/{}", line.version),
            categories: categories(lang, &line),
        })
    });
    told.collect()
}

/// The sentence of the trail, and what a reader must know of it besides.
fn title(lang: Lang, line: &Line, view: &View, on: Date) -> String {
    let sentence = history::sentence(lang, line, &view.registry, on);
    let marks: Vec<String> = categories(lang, line).into_iter().map(|(_, label)| label).collect();
    if marks.is_empty() { sentence } else { format!("{sentence} ({})", marks.join(", ")) }
}

/// What a reader must know of it besides: made up, transcribed, taken back.
fn categories(lang: Lang, line: &Line) -> Vec<(&'static str, String)> {
    let w = Words(lang);
    let marks = [(line.invented, "invented"), (line.transcribed, "transcribed"), (line.suspect, "suspect")];
    let changed = [
        (line.retracted_by.is_some(), "retracted", "feed-retracted"),
        (!line.corrected_by.is_empty(), "corrected", "feed-corrected"),
    ];
    let marks = marks.into_iter().map(|(is, mark)| (is, mark, mark)).chain(changed);
    marks.filter(|(is, ..)| *is).map(|(_, mark, id)| (mark, w.get(id))).collect()
}

/// Without the characters that XML 1.0 (§ 2.2) can't hold in any way.
pub fn writable(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}

/// A correction, a confirmation or a retraction changes what the entry says.
fn updated(agreement: &Agreement, entry: &Entry) -> Instant {
    let touching = entry.corrected_by.iter().chain(&entry.confirmed_by).chain(&entry.retracted_by);
    let times = touching.filter_map(|version| agreement.entries.get(version)).map(|entry| entry.recorded_at);
    times.max().unwrap_or(entry.recorded_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_can_not_hold_is_left_out_and_the_rest_kept() {
        assert_eq!(writable("a\u{0}\u{b}\u{1b}\u{FFFE}\u{FFFF}b\tÅ😀<&>"), "ab\tÅ😀<&>");
    }
}
