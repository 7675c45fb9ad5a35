//! `GET /api/v1/agreements/{agreement}/evidence`: everything that an auditor needs, in one file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sinetti_events::primitives::hash::Digest;

use crate::http::App;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// A ZIP.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes the body")]
pub struct Bytes(Vec<u8>);

/// The evidence bundle of an agreement as of the newest checkpoint: records, proofs, who signed the checkpoint.
///
/// `sinetti verify FILE` checks it offline, and so does the page `verify`. The same checkpoint gives the same bytes.
#[utoipa::path(
    get,
    path = "/api/v1/agreements/{agreement}/evidence",
    operation_id = "export_evidence",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Agreement id, or `registry`")),
    responses(
        (status = 200, description = "The bundle, a ZIP", body = inline(Bytes), content_type = "application/zip"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`, `ledger-unproven`, `evidence-too-large`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn evidence(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Response, Problem> {
    let file = app.ledger.evidence(&agreement).await?;
    let file = file.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
        (header::ETAG, format!("\"{}\"", Digest::of(&file.bytes))),
    ];
    Ok((headers, file.bytes).into_response())
}
