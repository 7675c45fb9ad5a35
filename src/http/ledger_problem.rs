//! The engine's errors as problems. Statuses come from the catalogue, by slug.

use axum::http::StatusCode;

use super::problem::Problem;
use crate::ledger::{PreviewError, ReadError, SubmitError};

impl From<SubmitError> for Problem {
    fn from(error: SubmitError) -> Problem {
        let problem = Problem::or(error.slug(), status(&error), sentence(&error.to_string()));
        match error {
            SubmitError::Malformed { member, .. } => problem.at(member),
            SubmitError::Refused(refusal) => problem.at(refusal.member).accepting(refusal.accepted),
            SubmitError::Precondition { current, .. } => {
                problem.at("If-Match").accepting(format!("If-Match: \"{current}\""))
            }
            SubmitError::Signature { .. } => problem.at("envelope.signatures"),
            SubmitError::Conflict { .. } | SubmitError::Unavailable { .. } | SubmitError::ClockLeap { .. } => problem,
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Problem {
        let slug = match &error {
            ReadError::Damaged { .. } => "record-damaged",
            ReadError::Unproven(_) => "ledger-unproven",
            ReadError::TooLarge(_) => "evidence-too-large",
            ReadError::Documents(_) => "documents-unavailable",
            ReadError::Store(_) | ReadError::NotSigning(_) => "ledger-unavailable",
        };
        Problem::of(slug, sentence(&error.to_string()))
    }
}

impl From<PreviewError> for Problem {
    fn from(error: PreviewError) -> Problem {
        match error {
            PreviewError::Refused(refused) => refused.into(),
            PreviewError::Unread(unread) => unread.into(),
        }
    }
}

/// The status of each kind, which a slug may narrow.
fn status(error: &SubmitError) -> StatusCode {
    match error {
        SubmitError::Malformed { .. } => StatusCode::BAD_REQUEST,
        SubmitError::Signature { .. } => StatusCode::FORBIDDEN,
        SubmitError::Conflict { .. } => StatusCode::CONFLICT,
        SubmitError::Precondition { .. } => StatusCode::PRECONDITION_FAILED,
        SubmitError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        SubmitError::Unavailable { .. } | SubmitError::ClockLeap { .. } => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Details end as sentences do.
fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    format!("{text}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use sinetti_projections::refusal::Refusal;

    #[test]
    fn each_kind_has_its_status() {
        let refusal = Refusal::new("actor-not-allowed", "actor", "no", "yes");
        let cases = [
            (SubmitError::Malformed { slug: "not-canonical", member: ".".into(), reason: "x".into() }, 400),
            (SubmitError::Signature { slug: "key-revoked", reason: "x".into() }, 403),
            (SubmitError::Conflict { slug: "event-id-reused", reason: "x".into() }, 409),
            (SubmitError::Precondition { expected: 1, current: 2 }, 412),
            (SubmitError::Refused(refusal), 422),
            (SubmitError::Unavailable { reason: "x".into() }, 503),
            (SubmitError::ClockLeap { reason: "x".into() }, 503),
        ];
        for (error, status) in cases {
            let text = format!("{error:?}");
            assert_eq!(Problem::from(error).status(), StatusCode::from_u16(status).unwrap_or_default(), "{text}");
        }
    }

    #[test]
    fn a_damaged_record_is_never_shown_as_something_else() {
        let damaged = ReadError::Damaged { index: 7, reason: "leaf".into() };
        assert_eq!(Problem::from(damaged).slug(), "record-damaged");
    }
}
