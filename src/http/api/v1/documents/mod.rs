//! `/api/v1/documents`: texts, annexes and minutes by the SHA-256 that signed events name.

pub mod get;
mod media_type;
pub mod put;

use axum::http::HeaderValue;
use sinetti_events::primitives::hash::Digest;

use crate::documents::{DocumentError, Documents, MAX_DOCUMENT};
use crate::http::App;
use crate::http::path;
use crate::http::problem::Problem;
use crate::ledger::Document;

/// The document's record and its place; a problem when no event names it, or it was erased.
fn known<'a>(app: &'a App, path::Document(digest): &path::Document) -> Result<(Document, &'a Documents), Problem> {
    let document = app.ledger.document(digest);
    if document.namings.is_empty() {
        return Err(path::no_document(&digest.to_string()));
    }
    if document.erased {
        let detail = format!("The document {digest} was erased; what names it, and its digest, stay in the record.");
        return Err(Problem::of("document-erased", detail).at("digest"));
    }
    let Some(documents) = app.ledger.documents() else {
        return Err(Problem::of("documents-unavailable", "This server keeps no documents."));
    };
    Ok((document, documents))
}

fn etag(digest: &Digest) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{digest}\"")).ok()
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Problem {
        let detail = format!("{}.", error.to_string().trim_end_matches('.'));
        match error {
            DocumentError::TooLong => {
                let most = format!("at most {MAX_DOCUMENT} bytes");
                Problem::of("body-too-large", format!("A document has {most}.")).accepting(most)
            }
            DocumentError::Mismatch { .. } => Problem::of("document-mismatch", capital(&detail)).at("digest"),
            DocumentError::Damaged(_) => Problem::of("document-damaged", capital(&detail)),
            DocumentError::Folder(error) => {
                tracing::error!("documents: {error}");
                Problem::of(
                    "documents-unavailable",
                    "The documents can't be read or written now; see the server's log.",
                )
            }
        }
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(char::to_uppercase).into_iter().flatten().chain(rest).collect()
}
