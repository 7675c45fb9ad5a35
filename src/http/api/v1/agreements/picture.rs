//! `GET /api/v1/agreements/{agreement}/picture.png`: the state as the picture that other sites show beside a link.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sinetti_projections::status::status;
use utoipa::IntoParams;

use super::timeline::language;
use crate::http::App;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{When, resolve};
use crate::i18n::Words;
use crate::pages::picture::Picture;

/// Of which moment, in which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// As the ledger knew it then: an instant or a date, as for the state.
    #[param(example = "2023-03-27", required = false)]
    known_at: Option<String>,
    /// In force on this date, as for the state.
    #[param(example = "2023-06-01", required = false)]
    on: Option<String>,
    /// `fi`, `sv` or `en`; Finnish when left out.
    #[param(example = "sv", required = false)]
    lang: Option<String>,
}

/// The state of one agreement as a picture (PNG, 1200 by 630 pixels): its sentence, and how many of all have approved
/// and signed.
///
/// The agreement's page names it as its Open Graph picture, with the same in words.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/picture.png",
    operation_id = "agreement_picture",
    tag = "following",
    params(("agreement" = String, Path, description = "Agreement id"), Asked),
    responses(
        (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/png"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `known-at-in-future`, `language-unknown`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: also when it was not known at `known_at`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lang = language(asked.lang.as_deref())?;
    let When { known_at, on } = resolve(asked.known_at.as_deref(), asked.on.as_deref(), app.ledger.now())?;
    let view = app.ledger.view(&agreement, known_at).await?;
    let picture = view.and_then(|view| {
        let status = status(&view.agreement, &view.registry, on)?;
        Some(Picture::of(&status, &view.registry, known_at, Words(lang)))
    });
    let picture = picture.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let failed = |reason: &dyn std::fmt::Display| Problem::of("internal", format!("The picture: {reason}."));
    // Some milliseconds of work, that no other request waits for.
    let drawn = tokio::task::spawn_blocking(move || picture.png()).await.map_err(|error| failed(&error))?;
    let body = drawn.map_err(|error| failed(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        // As the badge: other sites show it again and again.
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code())),
    ];
    Ok((headers, body).into_response())
}
