//! `ETag` on every read, and 304 to whoever has the body already (RFC 9110 § 8.8, § 13.1.2).

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sinetti_events::primitives::hash::Digest;

use super::problem::Problem;

/// Above any answer that a handler makes: a full tile of the longest records has 16 MiB.
const MOST: usize = 64 << 20;

/// Middleware: gives a successful read a strong validator of its body, unless it has one, and
/// answers 304 where the client's copy is the same.
pub async fn validate(request: Request, next: Next) -> Response {
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let held = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !read || response.status() != StatusCode::OK || is_endless(&response) {
        return response;
    }
    let Some((response, tag)) = tagged(response).await else {
        return Problem::of("internal", "The answer could not be completed. Try again.").into_response();
    };
    if held.is_some_and(|held| is_held(&held, &tag)) { not_modified(response.headers()) } else { response }
}

/// A stream of events has no whole body that a validator could stand for.
fn is_endless(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream")
}

async fn tagged(response: Response) -> Option<(Response, HeaderValue)> {
    if let Some(tag) = response.headers().get(header::ETAG).cloned() {
        return Some((response, tag));
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MOST).await.ok()?;
    let digest = Digest::of(&bytes).to_string();
    let tag = HeaderValue::from_str(&format!("\"{}\"", digest.get(..32)?)).ok()?;
    parts.headers.insert(header::ETAG, tag.clone());
    Some((Response::from_parts(parts, Body::from(bytes)), tag))
}

/// Weak comparison, as If-None-Match asks for.
fn is_held(held: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(held), Ok(tag)) = (held.to_str(), tag.to_str()) else { return false };
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    held.trim() == "*" || held.split(',').any(|one| opaque(one) == opaque(tag))
}

/// The headers that a 304 repeats (RFC 9110 § 15.4.5), and those that the copy keeps obeying: a browser takes a 304's
/// headers in place of those that it has, and a stricter policy than the page's own would stop its style and script.
const REPEATED: [header::HeaderName; 7] = [
    header::CACHE_CONTROL,
    header::ETAG,
    header::VARY,
    header::LINK,
    header::CONTENT_LOCATION,
    header::CONTENT_SECURITY_POLICY,
    header::REFERRER_POLICY,
];

fn not_modified(headers: &HeaderMap) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    for name in REPEATED {
        for value in headers.get_all(&name) {
            response.headers_mut().append(&name, value.clone());
        }
    }
    response
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::{get, post};
    use tower::ServiceExt;

    async fn ask(method: &str, path: &str, held: Option<&str>) -> Response {
        let own = || async { ([("etag", "\"own\""), ("content-security-policy", "default-src 'self'")], "own") };
        let router = Router::new()
            .route("/", get(|| async { ([("cache-control", "no-cache")], "hello") }))
            .route("/own", get(own))
            .route("/gone", get(|| async { (StatusCode::NOT_FOUND, "gone") }))
            .route("/post", post(|| async { "done" }))
            .layer(axum::middleware::from_fn(validate));
        let mut request = Request::builder().method(method).uri(path);
        if let Some(held) = held {
            request = request.header("if-none-match", held);
        }
        router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn who_has_the_body_gets_304_with_the_headers_that_matter() {
        let tag = ask("GET", "/", None).await.headers()["etag"].to_str().unwrap().to_owned();
        assert_eq!(tag.len(), 34);
        for held in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let response = ask("GET", "/", Some(&held)).await;
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{held}");
            assert_eq!(response.headers()["etag"], tag.as_str());
            assert_eq!(response.headers()["cache-control"], "no-cache");
        }
        assert_eq!(ask("GET", "/", Some("\"x\"")).await.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn head_has_the_validator_and_length_of_get_and_no_body() {
        let get = ask("GET", "/", None).await;
        let head = ask("HEAD", "/", None).await;
        assert_eq!(head.headers()["etag"], get.headers()["etag"]);
        assert_eq!(head.headers()["content-length"], "5");
        assert!(to_bytes(head.into_body(), 10).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_validator_of_the_handlers_own_stays_and_failures_have_none() {
        assert_eq!(ask("GET", "/own", None).await.headers()["etag"], "\"own\"");
        let held = ask("GET", "/own", Some("\"own\"")).await;
        assert_eq!(held.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(held.headers()["content-security-policy"], "default-src 'self'", "a page's policy outlives its 304");
        assert!(ask("GET", "/gone", Some("*")).await.headers().get("etag").is_none());
        assert!(ask("POST", "/post", Some("*")).await.headers().get("etag").is_none());
    }
}
