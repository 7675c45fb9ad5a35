//! `GET /api/v1/agreements/{agreement}/events/{version}`: one act.

use axum::extract::State;
use axum::response::Response;

use super::item::Item;
use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::path::{Agreement, Version, no_event};
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// One event with its exact bytes.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/events/{version}",
    operation_id = "show_event",
    tag = "events",
    params(
        ("agreement" = String, Path, description = "Agreement id, or `registry`"),
        ("version" = u64, Path, description = "One-based place in the agreement"),
    ),
    responses(
        (status = 200, description = "The event", body = Item),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`, `event-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Version(version): Version,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Response, Problem> {
    let entry = app.ledger.record(&agreement, version).await?;
    let entry = entry.ok_or_else(|| no_event(&version.to_string()))?;
    Ok(fresh(&Item::of(&entry)?))
}
