//! `GET /api/v1/agreements/{agreement}`: is it in force, who has approved and signed, who is missing.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use sinetti_events::primitives::time::Instant;
use sinetti_projections::status::{Status, status};

use super::state;
use crate::http::App;
use crate::http::api::v1::fresh;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::{Moment, When};
use crate::ledger::AsOf;

/// The state, and what it was read from.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<Instant>,
    as_of: AsOf,
}

/// The state of one agreement, as known at a moment and in force on a date.
///
/// Every count names its acts, so that it can be followed to signed records. `as_of` holds `version` and `leaf`,
/// which a client that drafts the next act takes as its `seen`.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}",
    operation_id = "show_agreement",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Agreement id"), Moment),
    responses(
        (status = 200, description = "The state", body = state::Described),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `known-at-in-future`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: also when it was not known at `known_at`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(moment): Query<Moment>,
) -> Result<Response, Problem> {
    if agreement.is_registry() {
        let detail = "registry is the ledger's own stream and no agreement; read /api/v1/agreements/registry/events.";
        return Err(Problem::of("agreement-unknown", detail).at("agreement"));
    }
    let When { known_at, on } = moment.resolve(app.ledger.now())?;
    let view = app.ledger.view(&agreement, known_at).await?;
    let shown = view.and_then(|view| {
        let status = status(&view.agreement, &view.registry, on)?;
        Some(Shown { status, known_at, as_of: view.as_of })
    });
    shown.map(|shown| fresh(&shown)).ok_or_else(|| no_agreement(agreement.as_str()))
}
