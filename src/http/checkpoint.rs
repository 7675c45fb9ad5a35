//! `GET /checkpoint`: the newest signed tree head (C2SP tlog-tiles).

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::App;
use super::problem::{Described, Problem};

/// The newest published checkpoint: a signed note by the log's two keys, with the newest cosignature of each witness.
///
/// A note has one signature of a key at most. The newest says until when, on the witness's word, the log stood
/// there, which tells a quiet log from a frozen one; since when a record was there, its receipt and
/// `/api/v1/log/checkpoints` say, which have the earliest.
#[utoipa::path(
    get,
    path = "/checkpoint",
    operation_id = "checkpoint",
    tag = "log",
    responses(
        (status = 200, description = "C2SP tlog-checkpoint", body = String, content_type = "text/plain"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 503, description = "`ledger-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn checkpoint(State(app): State<App>) -> Result<Response, Problem> {
    let note = app.ledger.checkpoint().await?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        // Caches in front may take the load for a moment; nobody sees an old one for long.
        (header::CACHE_CONTROL, "public, max-age=3, must-revalidate"),
    ];
    Ok((headers, note).into_response())
}
