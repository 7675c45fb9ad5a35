//! `GET /api/v1/agreements/{agreement}/statement`: the answer about an agreement, signed by the log's key.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::http::App;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;
use crate::http::when::AsOn;

/// The state of an agreement as of the newest checkpoint, signed by the log's Ed25519 key: a DSSE envelope to keep.
///
/// It proves what the ledger said, not that it is so: for that take the evidence bundle. `sinetti verify` checks it
/// without the server.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/statement",
    operation_id = "state_agreement",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Agreement id"), AsOn),
    responses(
        (status = 200, description = "DSSE envelope, payload type `application/vnd.sinetti.statement.v1+json`", body = Object, content_type = "application/json"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`time-malformed`, `query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`: nothing is signed now", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn statement(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(on): Query<AsOn>,
) -> Result<Response, Problem> {
    let on = on.resolve(app.ledger.now())?;
    let statement = match agreement.is_registry() {
        true => None,
        false => app.ledger.statement(&agreement, on).await?,
    };
    let statement = statement.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{agreement}-{on}.statement.json\"")),
    ];
    Ok((headers, statement).into_response())
}
