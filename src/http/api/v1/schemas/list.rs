//! `GET /api/v1/schemas`: every event type.

use axum::response::Response;
use serde::Serialize;
use sinetti_projections::acts::TYPES;
use utoipa::ToSchema;

use crate::http::api::v1::fresh;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// One event type.
#[derive(Serialize, ToSchema)]
pub struct EventType {
    /// Its name, as it stands in `type`.
    r#type: &'static str,
    /// Where its events stand: `registry`, or an agreement's stream.
    stream: &'static str,
    /// What it says, in one sentence.
    summary: &'static str,
    /// Where the JSON Schema of its `data` is.
    schema: String,
}

/// Every event type.
#[derive(Serialize, ToSchema)]
pub struct Schemas {
    /// In alphabetical order.
    schemas: Vec<EventType>,
}

/// The event types that this ledger knows.
#[utoipa::path(
    get,
    path = "/api/v1/schemas",
    operation_id = "list_schemas",
    tag = "schemas",
    responses(
        (status = 200, description = "All types", body = Schemas),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn list(Query(Nothing {}): Query<Nothing>) -> Result<Response, Problem> {
    let mut schemas: Vec<EventType> = TYPES
        .iter()
        .map(|info| EventType {
            r#type: info.name,
            stream: super::stream_name(info.stream),
            summary: info.summary,
            schema: format!("/api/v1/schemas/{}", info.name),
        })
        .collect();
    schemas.sort_by_key(|schema| schema.r#type);
    Ok(fresh(&Schemas { schemas }))
}
