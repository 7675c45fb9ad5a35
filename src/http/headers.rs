//! Headers on every answer: security for all, and CORS that opens reads and nothing else.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers that a browser has no business rendering with anything beside.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a script of another site may send with a read, and see in its answer.
const READABLE: &str = "ETag, Link, Location, Retry-After, Allow";

/// Middleware: sets what the answer has not set itself.
pub async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    default(headers, header::CONTENT_SECURITY_POLICY, POLICY);
    default(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(headers, header::X_FRAME_OPTIONS, "DENY");
    default(headers, header::REFERRER_POLICY, "no-referrer");
    default(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(headers, HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    response
}

/// Middleware of the open data (API, checkpoint, tiles): any site may read, none may submit.
pub async fn open_reads(request: Request, next: Next) -> Response {
    let wanted = request.headers().get(header::ACCESS_CONTROL_REQUEST_METHOD).cloned();
    if let (&Method::OPTIONS, Some(wanted)) = (request.method(), wanted) {
        return preflight(&wanted);
    }
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = next.run(request).await;
    if read {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READABLE));
        default(headers, HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    }
    response
}

/// Without the permission in the answer, a browser does not send the request itself.
fn preflight(wanted: &HeaderValue) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if wanted == "GET" || wanted == "HEAD" {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("If-None-Match"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    response
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn ask(method: &str, asking: Option<&str>) -> Response {
        let page = || async { ([("content-security-policy", "default-src 'self'")], "page") };
        let router = Router::new()
            .route("/", get(page).post(|| async { "done" }))
            .layer(from_fn(open_reads))
            .layer(from_fn(secure));
        let mut request = Request::builder().method(method).uri("/").header("origin", "https://other.example");
        if let Some(asking) = asking {
            request = request.header("access-control-request-method", asking);
        }
        router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn reads_are_open_to_every_site() {
        assert_eq!(ask("GET", None).await.headers()["access-control-allow-origin"], "*");
        let preflight = ask("OPTIONS", Some("GET")).await;
        assert_eq!(preflight.status(), StatusCode::NO_CONTENT);
        assert_eq!(preflight.headers()["access-control-allow-methods"], "GET, HEAD");
    }

    #[tokio::test]
    async fn submitting_from_another_site_is_not() {
        assert!(ask("POST", None).await.headers().get("access-control-allow-origin").is_none());
        for method in ["POST", "PUT", "DELETE", "get"] {
            let preflight = ask("OPTIONS", Some(method)).await;
            assert!(preflight.headers().get("access-control-allow-origin").is_none(), "{method}");
        }
    }

    #[tokio::test]
    async fn security_headers_are_there_and_a_pages_own_policy_stays() {
        let response = ask("GET", None).await;
        assert_eq!(response.headers()["content-security-policy"], "default-src 'self'");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert_eq!(response.headers()["referrer-policy"], "no-referrer");
        let refused = ask("DELETE", None).await;
        assert_eq!(refused.headers()["content-security-policy"], POLICY);
    }
}
