//! `PUT /api/v1/documents/{digest}`: whoever has a document that an event names can put it here.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::{get, known};
use crate::documents::{DocumentError, Incoming, MAX_DOCUMENT};
use crate::http::api::v1::fresh;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};
use crate::http::{App, body, path};

/// A document that the ledger holds.
#[derive(Serialize, ToSchema)]
#[schema(as = HeldDocument)]
pub struct Held {
    /// SHA-256 of the document, in hex.
    digest: String,
    /// Its length in bytes.
    bytes: u64,
}

/// Puts a document that an event names. Safe to repeat.
///
/// It needs no signature: that the bytes have the digest that was signed is all that is asked.
#[utoipa::path(
    put,
    path = "/api/v1/documents/{digest}",
    operation_id = "put_document",
    tag = "documents",
    params(("digest" = String, Path, description = "SHA-256 of the document, 64 lower-case hex digits")),
    request_body(content = inline(get::Bytes), content_type = "application/octet-stream", description = "The document, at most 25 MiB, uncompressed"),
    responses(
        (status = 201, description = "Held from now on", body = Held, headers(("Location" = String, description = "The document"))),
        (status = 200, description = "Held before", body = Held),
        (status = 400, description = "`query-malformed`, `body-incomplete`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`document-unknown`: no event names it", body = Described, content_type = "application/problem+json"),
        (status = 408, description = "`body-too-slow`", body = Described, content_type = "application/problem+json"),
        (status = 410, description = "`document-erased`", body = Described, content_type = "application/problem+json"),
        (status = 413, description = "`body-too-large`", body = Described, content_type = "application/problem+json"),
        (status = 415, description = "`content-encoding-unsupported`", body = Described, content_type = "application/problem+json"),
        (status = 422, description = "`document-mismatch`: the bytes have another SHA-256", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`documents-unavailable`, `uploads-busy`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn put(
    State(app): State<App>,
    document: path::Document,
    Query(Nothing {}): Query<Nothing>,
    request: Request,
) -> Result<Response, Problem> {
    let (_, documents) = known(&app, &document)?;
    let path::Document(digest) = document;
    body::check_encoding(request.headers())?;
    check_length(request.headers())?;
    let Ok(_slot) = app.uploads.try_acquire() else {
        return Err(Problem::of("uploads-busy", "Too many documents are being put at once. Try again in a moment."));
    };
    let before = documents.length(&digest).await?.is_some();
    let incoming = documents.begin(&digest).await?;
    let bytes = receive(incoming, request, app.config.document).await?;
    // It may have been erased meanwhile; whoever erases looks before and after, and so do we.
    if let Err(erased) = known(&app, &path::Document(digest)) {
        documents.erase(&digest).await?;
        return Err(erased);
    }
    let mut response = fresh(&Held { digest: digest.to_string(), bytes });
    if !before && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::CREATED;
        let location = format!("/api/v1/documents/{digest}");
        response = ([(header::LOCATION, location)], response).into_response();
    }
    Ok(response)
}

/// Takes the whole body, within `limit`.
async fn receive(incoming: Incoming, request: Request, limit: Duration) -> Result<u64, Problem> {
    let too_slow = |_| {
        let detail = format!("The document did not arrive within {} seconds. Send it again.", limit.as_secs());
        Problem::of("body-too-slow", detail)
    };
    tokio::time::timeout(limit, take(incoming, request)).await.map_err(too_slow)?
}

async fn take(mut incoming: Incoming, request: Request) -> Result<u64, Problem> {
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        let ended =
            |error| Problem::of("body-incomplete", format!("The document ended early: {error}. Send it again."));
        let Ok(bytes) = frame.map_err(ended)?.into_data() else { continue };
        if let Err(error) = incoming.write(bytes).await {
            incoming.abort().await;
            return Err(error.into());
        }
    }
    Ok(incoming.finish().await?)
}

fn check_length(headers: &HeaderMap) -> Result<(), Problem> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > MAX_DOCUMENT) { Err(DocumentError::TooLong.into()) } else { Ok(()) }
}
