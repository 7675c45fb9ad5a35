//! `GET /readyz`: the ledger accepts events.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::App;
use super::problem::{Described, Problem};

/// Whether the ledger accepts events now. A second line says so when the timestamp authority does not do its part.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "readyz",
    tag = "operations",
    responses(
        (status = 200, description = "It does", body = String, content_type = "text/plain"),
        (status = 503, description = "`ledger-unavailable`: it serves what verifies and refuses to write; the detail says why and the way out", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn readyz(State(app): State<App>) -> Result<Response, Problem> {
    let health = app.ledger.health();
    if !health.writable {
        let reason = health.reason.unwrap_or_else(|| "the ledger is starting or stopping".to_owned());
        return Err(Problem::of("ledger-unavailable", reason));
    }
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    // What does not keep the ledger from writing is told, and is no failure.
    let lacking = app.ledger.timestamping().filter(|report| !report.standing.is_well());
    let lacking = lacking.map(|report| format!("timestamps: {}\n", report.standing.as_str())).unwrap_or_default();
    Ok((headers, format!("ready\n{lacking}")).into_response())
}
