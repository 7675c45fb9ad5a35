//! Pages that say what is wrong and the way out.

use askama::Template;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::shell::{self, Shell};
use crate::i18n::{Lang, Words};
use crate::ledger::{Ledger, ReadError};

#[derive(Template)]
#[template(path = "problem.html")]
struct Page {
    w: Words,
    shell: Shell,
    reason: String,
}

/// What a page can't show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// No such page.
    NotFound,
    /// The moment asked for is no date or instant.
    Moment,
    /// The agreement was not in the ledger at the moment asked for.
    TooEarly,
    /// The ledger does not answer.
    Unavailable,
    /// What is stored does not hold together, and is not shown.
    Damaged,
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Problem {
        match error {
            ReadError::Damaged { .. } | ReadError::Unproven(_) => Problem::Damaged,
            ReadError::Documents(_) | ReadError::NotSigning(_) | ReadError::Store(_) | ReadError::TooLarge(_) => {
                Problem::Unavailable
            }
        }
    }
}

impl Problem {
    /// The page, in the language of the path that was asked for.
    pub fn page(self, words: Words, ledger: &Ledger) -> Response {
        let (status, title, reason) = match self {
            Problem::NotFound => (StatusCode::NOT_FOUND, "problem-not-found-title", "problem-not-found"),
            Problem::Moment => (StatusCode::BAD_REQUEST, "problem-moment-title", "problem-moment"),
            Problem::TooEarly => (StatusCode::NOT_FOUND, "problem-too-early-title", "problem-too-early"),
            Problem::Damaged => (StatusCode::INTERNAL_SERVER_ERROR, "problem-damaged-title", "problem-damaged"),
            Problem::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "problem-unavailable-title", "problem-unavailable")
            }
        };
        let shell = Shell::of(ledger, words.get(title), words.get(reason), String::new());
        shell::respond(status, words, &Page { w: words, reason: shell.description.clone(), shell })
    }
}

/// What is not UTF-8 once its percent signs are read names no page.
pub(super) async fn not_utf8(
    State(ledger): State<Ledger>,
    uri: Uri,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    match params {
        Err(RawPathParamsRejection::InvalidUtf8InPathParam(_)) => not_found(State(ledger), uri).await,
        _ => next.run(request).await,
    }
}

/// Every path that is no page.
pub(super) async fn not_found(State(ledger): State<Ledger>, uri: Uri) -> Response {
    let first = uri.path().trim_start_matches('/').split('/').next().unwrap_or_default();
    Problem::NotFound.page(Words(first.parse().unwrap_or(Lang::Fi)), &ledger)
}
