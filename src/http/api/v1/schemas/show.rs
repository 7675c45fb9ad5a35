//! `GET /api/v1/schemas/{type}`: the members of one event type.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use sinetti_projections::acts::TypeInfo;

use crate::http::api::v1::fresh;
use crate::http::path::Kind;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// JSON Schema (2020-12) of an event type's `data`.
#[utoipa::path(
    get,
    path = "/api/v1/schemas/{type}",
    operation_id = "show_schema",
    tag = "schemas",
    params(("type" = String, Path, description = "Event type", example = "decision_recorded")),
    responses(
        (status = 200, description = "The schema", body = Object, content_type = "application/schema+json"),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`schema-unknown`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn show(Kind(kind): Kind, Query(Nothing {}): Query<Nothing>) -> Result<Response, Problem> {
    let info = TypeInfo::named(&kind).ok_or_else(|| {
        let detail = format!("There is no event type {kind:?}; /api/v1/schemas lists them.");
        Problem::of("schema-unknown", detail).at("type")
    })?;
    let mut response = fresh(&(info.schema)());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/schema+json"));
    Ok(response)
}
