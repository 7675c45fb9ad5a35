//! `GET /api/v1/documents/{digest}`: a document that the ledger holds.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::{etag, known, media_type};
use crate::http::App;
use crate::http::path;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};

/// Nothing of this site may run or load in it, wherever it is shown.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// The bytes of a document.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes the body")]
pub struct Bytes(Vec<u8>);

/// A document, byte for byte: its SHA-256 is its name. Meant for saving; browsers are told not to show it.
///
/// The media type is what a signed event says, if that is a usual kind of document, else `application/octet-stream`.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{digest}",
    operation_id = "get_document",
    tag = "documents",
    params(("digest" = String, Path, description = "SHA-256 of the document, 64 lower-case hex digits")),
    responses(
        (status = 200, description = "The document", body = inline(Bytes), content_type = "application/octet-stream",
            headers(("ETag" = String, description = "The digest, in quotes"), ("Content-Disposition" = String, description = "`attachment`"))),
        (status = 304, description = "The client's copy (`If-None-Match`) is the same"),
        (status = 400, description = "`query-malformed`", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`document-unknown`: no event names it; `document-not-held`: the ledger does not have it", body = Described, content_type = "application/problem+json"),
        (status = 410, description = "`document-erased`", body = Described, content_type = "application/problem+json"),
        (status = 500, description = "`document-damaged`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`documents-unavailable`", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(app): State<App>,
    document: path::Document,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Response, Problem> {
    let (told, documents) = known(&app, &document)?;
    let path::Document(digest) = document;
    let Some((length, body)) = documents.stream(&digest).await? else {
        let detail = format!("The ledger does not hold the document {digest}; whoever has it can put it here.");
        return Err(Problem::of("document-not-held", detail).at("digest"));
    };
    let (media_type, extension) = media_type::of(&told.namings);
    let name: String = digest.to_string().chars().take(16).collect();
    let disposition = format!("attachment; filename=\"{name}.{extension}\"");
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // It can be erased, so caches ask each time.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.extend(HeaderValue::from_str(&disposition).ok().map(|value| (header::CONTENT_DISPOSITION, value)));
    headers.extend(etag(&digest).map(|value| (header::ETAG, value)));
    Ok((headers, body).into_response())
}
