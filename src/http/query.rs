//! Query strings: every parameter known and given once, so that a misspelt one is not ignored.

use axum::extract::{FromRequestParts, Query as Inner};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// The query string as `T`, whose type refuses unknown members.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, Problem> {
        let parsed = Inner::<T>::try_from_uri(&parts.uri);
        parsed.map(|Inner(query)| Query(query)).map_err(|rejection| malformed(&rejection.body_text()))
    }
}

/// For reads without parameters.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

fn malformed(reason: &str) -> Problem {
    let reason = reason.trim_start_matches("Failed to deserialize query string: ");
    let detail = format!("The query string: {reason}. Take it out or correct it; nothing was read.");
    Problem::of("query-malformed", detail).at("query")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Page {
        after: Option<u64>,
    }

    async fn after(uri: &'static str) -> Result<Option<u64>, &'static str> {
        let (mut parts, ()) = axum::http::Request::new(()).into_parts();
        parts.uri = axum::http::Uri::from_static(uri);
        let query = Query::<Page>::from_request_parts(&mut parts, &()).await;
        query.map(|Query(page)| page.after).map_err(|problem| problem.slug())
    }

    #[tokio::test]
    async fn unknown_doubled_and_unreadable_parameters_are_refused() {
        assert_eq!(after("/x").await, Ok(None));
        assert_eq!(after("/x?after=3").await, Ok(Some(3)));
        for bad in ["/x?aftr=3", "/x?after=1&after=2", "/x?after=-1", "/x?after=x", "/x?after=1.0"] {
            assert_eq!(after(bad).await, Err("query-malformed"), "{bad}");
        }
    }
}
