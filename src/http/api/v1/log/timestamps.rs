//! `GET /api/v1/log/timestamps/{size}`: the timestamp of a checkpoint.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::http::App;
use crate::http::path;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// The bytes of a token.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes the body")]
pub struct Bytes(Vec<u8>);

/// The RFC 3161 token (DER, CMS signed data) over the checkpoint of `size` records: by when these were there, on the
/// word of a timestamp authority. Its message is the checkpoint with the log's own signature lines, without those of
/// witnesses. `openssl ts -verify -token_in` checks it.
#[utoipa::path(
    get,
    path = "/api/v1/log/timestamps/{size}",
    operation_id = "get_timestamp",
    tag = "log",
    params(("size" = u64, Path, description = "Number of records under the checkpoint; `/api/v1/log/checkpoints` says which have a timestamp")),
    responses(
        (status = 200, description = "The token", body = inline(Bytes), content_type = "application/cms"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`timestamp-unknown`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`ledger-unproven`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(app): State<App>,
    path::Size(size): path::Size,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Response, Problem> {
    let timestamp = app.ledger.timestamp(size).await?.ok_or_else(|| path::no_timestamp(&size.to_string()))?;
    let disposition = format!("attachment; filename=\"{size}.tsr\"");
    let headers = [
        (header::CONTENT_TYPE, "application/cms"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
    ];
    Ok((headers, timestamp.token).into_response())
}
