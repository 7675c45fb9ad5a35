//! `GET /healthz`: the process answers.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Whether the process answers. It may still refuse to write: see `/readyz`.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "healthz",
    tag = "operations",
    responses((status = 200, description = "It does", body = String, content_type = "text/plain"))
)]
pub async fn healthz() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], "ok\n").into_response()
}
