//! Every problem that the API answers with: the one table behind statuses, titles, `/problems`
//! and `docs/problems.md`.

mod engine;
mod events;
mod http;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use sinetti_projections::refusal::SLUGS;

/// What is known of one problem before it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Stable name.
    pub slug: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What is wrong, in one sentence.
    pub meaning: Cow<'static, str>,
    /// What to do about it.
    pub way_out: &'static str,
}

/// The status of a broken rule.
const RULE: u16 = 422;

/// All of them, by slug.
pub fn all() -> Vec<Known> {
    let mut all: Vec<Known> = own().chain(rules()).collect();
    all.sort_by_key(|known| known.slug);
    // A rule of the agreement and one of the keys may share a name; the first one listed describes both.
    all.dedup_by_key(|known| known.slug);
    all
}

/// One of them.
pub fn find(slug: &str) -> Option<Known> {
    own().chain(rules()).find(|known| known.slug == slug)
}

fn own() -> impl Iterator<Item = Known> {
    http::PROBLEMS.iter().chain(events::PROBLEMS).chain(engine::PROBLEMS).cloned()
}

fn rules() -> impl Iterator<Item = Known> {
    SLUGS.iter().map(|(slug, meaning)| Known {
        slug,
        status: RULE,
        meaning: sentence(meaning).into(),
        way_out: "`member` says where, `accepted` what would be accepted instead.",
    })
}

/// The crates below write meanings as they stand in the middle of a sentence.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(rest).collect::<String>().trim_end_matches('.').to_owned() + "."
}
