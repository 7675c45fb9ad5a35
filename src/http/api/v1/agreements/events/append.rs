//! `POST /api/v1/agreements/{agreement}/events`: a party says something.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::envelope::Envelope;
use utoipa::ToSchema;

use crate::http::App;
use crate::http::path::Agreement;
use crate::http::problem::{Described, Problem};
use crate::http::query::{Nothing, Query};
use crate::http::{api::v1::fresh, body};
use crate::ledger::Submission;

/// What the body is.
const SHAPE: &str = r#"{"envelope": {"payload", "payloadType", "signatures"}, "disclosures": […]}"#;

/// A signed event and what it discloses.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Submission)]
pub struct Submitted {
    /// DSSE envelope: `{"payload": base64, "payloadType": "application/vnd.sinetti.event.v1+json", "signatures":
    /// [{"keyid": hex, "sig": base64}]}`.
    #[schema(value_type = Object)]
    envelope: Envelope,
    /// For every personal datum of the event `[salt, event, pointer, value]`; kept apart and erasable.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    disclosures: Vec<Disclosure>,
}

/// What the author keeps: the record, and the proof that a published checkpoint contains it.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the ledger's receipt serialises to")]
pub struct Receipt {
    /// The record, readable; `record_bytes` are what was hashed.
    #[schema(value_type = Object)]
    record: String,
    /// The record's exact bytes in base64.
    record_bytes: String,
    /// RFC 6962 leaf hash of those bytes, in base64.
    leaf: String,
    /// Zero-based place in the ledger.
    index: u64,
    /// One-based place in the agreement.
    version: u64,
    /// C2SP tlog-proof against a published checkpoint.
    proof: String,
}

/// Submits a signed event. Safe to repeat: the same event gives the same receipt.
///
/// The answer comes when a published checkpoint contains the record.
#[utoipa::path(
    post,
    path = "/api/v1/agreements/{agreement}/events",
    operation_id = "submit_event",
    tag = "events",
    params(
        ("agreement" = String, Path, description = "Agreement id, or `registry`; a new one is opened by `agreement_opened`"),
        ("If-Match" = Option<String>, Header, description = "Append only if this, in quotes, is the agreement's newest version", example = "\"12\""),
    ),
    request_body(content = Submitted, content_type = "application/json", description = "At most 512 KiB, uncompressed"),
    responses(
        (status = 201, description = "Recorded", body = Receipt, headers(("Location" = String, description = "The event"))),
        (status = 200, description = "Recorded already: the same receipt", body = Receipt),
        (status = 400, description = "Malformed: `body-malformed`, `envelope-malformed`, `not-canonical`, `payload-malformed` …", body = Described, content_type = "application/problem+json"),
        (status = 403, description = "Not signed by who may: `key-unknown`, `key-revoked`, `signature-invalid` …", body = Described, content_type = "application/problem+json"),
        (status = 404, description = "`agreement-unknown`: the path holds no id", body = Described, content_type = "application/problem+json"),
        (status = 408, description = "`body-too-slow`", body = Described, content_type = "application/problem+json"),
        (status = 409, description = "In conflict with the record: `event-id-reused`, `seen-not-in-history` …", body = Described, content_type = "application/problem+json"),
        (status = 412, description = "`if-match-failed`: If-Match names another version", body = Described, content_type = "application/problem+json"),
        (status = 413, description = "`body-too-large`, `payload-too-long`", body = Described, content_type = "application/problem+json"),
        (status = 415, description = "`content-type-unsupported`, `content-encoding-unsupported`", body = Described, content_type = "application/problem+json"),
        (status = 422, description = "A rule is broken: `slug`, `member`, and what would be `accepted`", body = Described, content_type = "application/problem+json"),
        (status = 503, description = "`ledger-unavailable`, `clock-leap`: nothing was recorded, or it is not known yet; send the same event again", body = Described, content_type = "application/problem+json"),
    )
)]
pub async fn append(
    State(app): State<App>,
    Agreement(agreement): Agreement,
    Query(Nothing {}): Query<Nothing>,
    request: Request,
) -> Result<Response, Problem> {
    let if_match = if_match(request.headers())?;
    let Submitted { envelope, disclosures } = body::json(request, &app.config, SHAPE).await?;
    let submission = Submission { agreement: agreement.clone(), envelope, disclosures, if_match };
    let done = app.ledger.submit(submission).await?;
    let mut response = fresh(&done.receipt);
    if !done.repeated && response.status() == StatusCode::OK {
        let location = format!("/api/v1/agreements/{agreement}/events/{}", done.receipt.entry.record.version);
        *response.status_mut() = StatusCode::CREATED;
        response = ([(header::LOCATION, location)], response).into_response();
    }
    Ok(response)
}

/// `If-Match: "12"`: exactly one version, strong.
fn if_match(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let mut values = headers.get_all(header::IF_MATCH).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let version = value.to_str().ok().and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
    let version = version.and_then(|text| text.parse::<u64>().ok().filter(|version| version.to_string() == text));
    match (version, values.next()) {
        (Some(version), None) => Ok(Some(version)),
        _ => Err(Problem::of("if-match-malformed", "If-Match is not one version number in quotes; or leave it out.")
            .at("If-Match")
            .accepting("If-Match: \"12\"")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn parsed(values: &[&'static str]) -> Result<Option<u64>, &'static str> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::IF_MATCH, HeaderValue::from_static(value));
        }
        if_match(&headers).map_err(|problem| problem.slug())
    }

    #[test]
    fn if_match_is_one_quoted_version() {
        assert_eq!(parsed(&[]), Ok(None));
        assert_eq!(parsed(&["\"12\""]), Ok(Some(12)));
        assert_eq!(parsed(&["\"0\""]), Ok(Some(0)));
        for bad in ["12", "W/\"12\"", "*", "\"1\", \"2\"", "\"\"", "\"012\"", "\"-1\"", "\"x\"", "\"+1\""] {
            assert_eq!(parsed(&[bad]), Err("if-match-malformed"), "{bad}");
        }
        assert_eq!(parsed(&["\"1\"", "\"2\""]), Err("if-match-malformed"));
    }
}
