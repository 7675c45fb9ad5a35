//! `GET /api/v1/agreements/{agreement}/feed.atom`: what is new, for feed readers.

use axum::extract::State;
use axum::response::Response;
use sinetti_projections::helsinki::date_of;

use super::timeline::language;
use crate::http::App;
use crate::http::api::v1::atom::{Feed, InLanguage, told};
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::i18n::{Titled, Words};

/// The newest 50 records of one agreement in plain words, as an Atom feed.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/feed.atom",
    operation_id = "agreement_feed",
    tag = "following",
    params(("agreement" = String, Path, description = "Agreement id"), InLanguage),
    responses(
        (status = 200, description = "The feed (RFC 4287), newest first. An entry's id is its event's; its `updated` moves when it is corrected, confirmed or retracted", body = String, content_type = "application/atom+xml"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`language-unknown`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<InLanguage>,
) -> Result<Response, Problem> {
    let lang = language(asked.lang.as_deref())?;
    let unknown = || no_agreement(agreement.as_str());
    let view = app.ledger.view(&agreement, None).await?.ok_or_else(unknown)?;
    let opening = view.agreement.opening().ok_or_else(unknown)?;
    let title = Words(lang).with("feed-title", "of", Titled::of(lang, &opening.titles).text);
    let entries = told(lang, &agreement, &view, date_of(app.ledger.now()), |_| true);
    let path = format!("/api/v1/agreements/{agreement}/feed.atom");
    let feed = Feed::of(lang, &app.ledger, path, &title, entries, app.ledger.now());
    Ok(feed.with_page(format!("/{lang}/{agreement}")).answer())
}
