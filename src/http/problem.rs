//! Problems: RFC 9457 answers. The slug is the protocol; the texts are for people.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use problem_details::ProblemDetails;
use serde::Serialize;

use super::catalogue;

/// One thing that is wrong with a request, or with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    slug: &'static str,
    status: StatusCode,
    detail: String,
    member: Option<String>,
    accepted: Option<String>,
}

/// The body of a problem (`application/problem+json`).
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
#[allow(dead_code, reason = "describes what problem_details writes")]
pub struct Described {
    /// `/problems/` and the slug: stable, and a page that explains it.
    #[schema(example = "/problems/agreement-unknown")]
    r#type: String,
    /// What this kind of problem is, in one sentence.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong here, where, and the way out; for people, may change.
    detail: String,
    /// Stable name of the problem; for programs.
    #[schema(example = "agreement-unknown")]
    slug: String,
    /// The member, parameter or header that is wrong.
    member: Option<String>,
    /// What would be accepted.
    accepted: Option<String>,
}

impl Problem {
    /// The problem `slug` of the catalogue, which also knows its status.
    pub fn of(slug: &'static str, detail: impl Into<String>) -> Problem {
        Problem::or(slug, StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    /// The same, with `status` where the catalogue does not know the slug.
    pub fn or(slug: &'static str, status: StatusCode, detail: impl Into<String>) -> Problem {
        let known = catalogue::find(slug).and_then(|known| StatusCode::from_u16(known.status).ok());
        Problem { slug, status: known.unwrap_or(status), detail: detail.into(), member: None, accepted: None }
    }

    /// With the member, parameter or header that is wrong.
    #[must_use]
    pub fn at(mut self, member: impl Into<String>) -> Problem {
        self.member = Some(member.into());
        self
    }

    /// With what would be accepted.
    #[must_use]
    pub fn accepting(mut self, accepted: impl Into<String>) -> Problem {
        self.accepted = Some(accepted.into());
        self
    }

    /// Stable name.
    pub fn slug(&self) -> &'static str {
        self.slug
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

/// Members beside those of RFC 9457.
#[derive(Serialize)]
struct Members {
    slug: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<String>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = catalogue::find(self.slug).map_or_else(|| Cow::Borrowed(self.slug), |known| known.meaning);
        let mut details = ProblemDetails::from_status_code(self.status)
            .with_title(title.into_owned())
            .with_detail(self.detail)
            .with_extensions(Members { slug: self.slug, member: self.member, accepted: self.accepted });
        details.r#type = format!("/problems/{}", self.slug).parse::<Uri>().ok().map(Into::into);
        let mut response = details.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    #[tokio::test]
    async fn a_problem_names_its_type_member_and_way_out() {
        let problem = Problem::of("agreement-unknown", "no agreement x").at("agreement").accepting("y");
        let response = problem.into_response();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["type"], "/problems/agreement-unknown");
        assert_eq!(body["status"], 404);
        assert_eq!(body["slug"], "agreement-unknown");
        assert_eq!(body["detail"], "no agreement x");
        assert_eq!(body["member"], "agreement");
        assert_eq!(body["accepted"], "y");
        assert!(body["title"].as_str().unwrap().len() > 10);
    }

    #[tokio::test]
    async fn unavailable_says_when_to_come_again() {
        let response = Problem::of("ledger-unavailable", "disk full").into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "5");
    }
}
