//! `GET /api/v1/parties/{party}/feed.atom`: what one party does, in all its agreements, for feed readers.

use axum::extract::State;
use axum::response::Response;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::helsinki::date_of;
use sinetti_projections::timeline::Line;

use crate::http::App;
use crate::http::api::v1::agreements::timeline::language;
use crate::http::api::v1::atom::{Feed, InLanguage, told};
use crate::http::path::{Party, no_party};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::i18n::{Words, names};

/// The newest 50 acts of one party in all agreements, in plain words, as an Atom feed.
///
/// Its own acts, and those that the registrar transcribed as its. A party that has done nothing yet has an empty feed.
#[utoipa::path(
    get,
    path = "/api/v1/parties/{party}/feed.atom",
    operation_id = "party_feed",
    tag = "following",
    params(("party" = String, Path, description = "Party id", example = "tampere"), InLanguage),
    responses(
        (status = 200, description = "The feed (RFC 4287), newest first", body = String, content_type = "application/atom+xml"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`language-unknown`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`party-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Party(party): Party,
    Query(asked): Query<InLanguage>,
) -> Result<Response, Problem> {
    let lang = language(asked.lang.as_deref())?;
    let on = date_of(app.ledger.now());
    let registry = app.ledger.registry(None).await?;
    if !registry.parties.contains_key(&party) {
        return Err(no_party(party.as_str()));
    }
    let theirs = |line: &Line| line.party.as_ref() == Some(&party) || line.actor == party;
    let mut entries = Vec::new();
    for agreement in app.ledger.agreements() {
        let view = app.ledger.view(&agreement, None).await?;
        entries.extend(view.iter().flat_map(|view| told(lang, &agreement, view, on, theirs)));
    }
    let title = Words(lang).with("feed-title", "of", names::party(lang, &registry, &party, on).text);
    let path = format!("/api/v1/parties/{party}/feed.atom");
    // Of a party that has done nothing yet there is nothing newer than the ledger itself.
    let founding = app.ledger.record(&StreamId::registry(), 1).await?.ok_or_else(|| no_party(party.as_str()))?;
    let since = founding.record.recorded_at;
    Ok(Feed::of(lang, &app.ledger, path, &title, entries, since).answer())
}
