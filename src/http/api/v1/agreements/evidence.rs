//! `GET /api/v1/agreements/{agreement}/evidence`: everything that an auditor needs, in one file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sinetti_events::primitives::hash::Digest;

use crate::http::App;
use crate::http::path::{Agreement, no_agreement};
use crate::http::problem::{Described, Problem};
use crate::http::query::Query;

/// Most bytes of documents in one answer.
const MOST: u64 = 128 << 20;

/// What to leave out.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Extent {
    /// `false` leaves the documents out; all else stays provable without them.
    #[serde(default)]
    documents: Option<bool>,
}

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
    params(("agreement" = String, Path, description = "Agreement id, or `registry`"), Extent),
    responses(
        (status = 200, description = "The bundle, a ZIP", body = inline(Bytes), content_type = "application/zip"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`record-damaged`, `ledger-unproven`, `evidence-too-large`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`, `documents-unavailable`, `evidence-busy`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn evidence(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(extent): Query<Extent>,
) -> Result<Response, Problem> {
    let Ok(_slot) = app.exports.try_acquire() else {
        return Err(Problem::of("evidence-busy", "Too many bundles are being made at once. Try again in a moment."));
    };
    let documents = app.ledger.documents().filter(|_| extent.documents != Some(false));
    let file = app.ledger.evidence(&agreement, documents, MOST).await?;
    let file = file.ok_or_else(|| no_agreement(agreement.as_str()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
        (header::ETAG, format!("\"{}\"", Digest::of(&file.bytes))),
    ];
    Ok((headers, file.bytes).into_response())
}
