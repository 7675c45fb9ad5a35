//! `GET /api/v1/agreements/{agreement}/events/{version}/proof`: C2SP tlog-proof of one act.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::http::App;
use crate::http::path::{Agreement, Version, no_event};
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// The proof (C2SP tlog-proof) that the event's record stands in the newest checkpoint.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/events/{version}/proof",
    operation_id = "prove_event",
    tag = "events",
    params(
        ("agreement" = String, Path, description = "Agreement id, or `registry`"),
        ("version" = u64, Path, description = "One-based place in the agreement"),
    ),
    responses(
        (status = 200, description = "The proof, with the checkpoint that it leads to", body = String, content_type = "text/plain"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`, `event-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn proof(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Version(version): Version,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Response, Problem> {
    let proof = app.ledger.proof(&agreement, version).await?;
    let proof = proof.ok_or_else(|| no_event(&version.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{agreement}-{version}.tlog-proof\"")),
    ];
    Ok((headers, proof).into_response())
}
