//! `GET /api/v1/parties/{party}/calendar.ics`: what awaits one party, for calendars.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sinetti_projections::helsinki::date_of;
use sinetti_projections::status::status;

use crate::calendar::{self, Place, Whose};
use crate::http::App;
use crate::http::api::v1::agreements::timeline::language;
use crate::http::api::v1::atom::InLanguage;
use crate::http::path::{Party, no_party};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::i18n::names;

/// What awaits one party in all its agreements, as a calendar (iCalendar) to subscribe to.
///
/// Deadlines and duties are events of a whole day, what has no day is a task. The same state on the same day gives the
/// same bytes: `DTSTAMP` is when the agreement's newest record was recorded, a `UID` is the same in every language.
/// The 500 things that are due first.
#[utoipa::path(
    get,
    path = "/api/v1/parties/{party}/calendar.ics",
    operation_id = "party_calendar",
    tag = "following",
    params(("party" = String, Path, description = "Party id", example = "tampere"), InLanguage),
    responses(
        (status = 200, description = "The calendar (RFC 5545), what is due first standing first", body = String, content_type = "text/calendar"),
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
    let mut read = Vec::new();
    for agreement in app.ledger.agreements() {
        let view = app.ledger.view(&agreement, None).await?;
        read.extend(view.and_then(|view| Some((status(&view.agreement, &view.registry, on)?, view))));
    }
    let places: Vec<Place<'_>> =
        read.iter().map(|(status, view)| Place { agreement: &view.agreement, status }).collect();
    let name = names::party(lang, &registry, &party, on).text;
    let whose = Whose { origin: app.ledger.origin(), party: &party, name: &name, lang };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code())),
    ];
    Ok((headers, calendar::write(whose, &places)).into_response())
}
