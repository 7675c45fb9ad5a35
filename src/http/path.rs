//! Path segments, parsed to types. What can't be an id names nothing: 404.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{PartyId, StreamId};

use super::problem::Problem;

/// `{agreement}`: an agreement id, or `registry`.
pub struct Agreement(pub StreamId);

/// `{version}`: one-based, written shortest.
pub struct Version(pub u64);

/// `{party}`.
pub struct Party(pub PartyId);

/// `{type}`: an event type.
pub struct Kind(pub String);

/// `{size}`: number of records under a checkpoint, written shortest.
pub struct Size(pub u64);

/// `{digest}`: SHA-256 of a document, in hex.
pub struct Document(pub Digest);

impl<S: Send + Sync> FromRequestParts<S> for Agreement {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Agreement, Problem> {
        let text = segment(parts, state, "agreement").await;
        StreamId::from_str(&text).map(Agreement).map_err(|_| no_agreement(&text))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Version {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Version, Problem> {
        let text = segment(parts, state, "version").await;
        let version = text.parse().ok().filter(|version: &u64| *version > 0 && version.to_string() == text);
        version.map(Version).ok_or_else(|| no_event(&text))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Party {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Party, Problem> {
        let text = segment(parts, state, "party").await;
        PartyId::from_str(&text).map(Party).map_err(|_| no_party(&text))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Kind {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Kind, Problem> {
        Ok(Kind(segment(parts, state, "type").await))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Document {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Document, Problem> {
        let text = segment(parts, state, "digest").await;
        Digest::from_str(&text).map(Document).map_err(|_| no_document(&text))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Size {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Size, Problem> {
        let text = segment(parts, state, "size").await;
        let size = text.parse().ok().filter(|size: &u64| size.to_string() == text);
        size.map(Size).ok_or_else(|| no_timestamp(&text))
    }
}

/// The checkpoint of that size has no timestamp, or there is none.
pub fn no_timestamp(size: &str) -> Problem {
    let detail = format!(
        "This ledger has no timestamp of a checkpoint of {size:?} records; /api/v1/log/checkpoints says which have one."
    );
    Problem::of("timestamp-unknown", detail).at("size")
}

/// No event names such a document.
pub fn no_document(digest: &str) -> Problem {
    let detail = format!("No event in this ledger names a document {digest:?}; a signed event has to name it first.");
    Problem::of("document-unknown", detail).at("digest").accepting("the SHA-256 in hex that an event names")
}

/// No such agreement in this ledger.
pub fn no_agreement(agreement: &str) -> Problem {
    let detail = format!("This ledger has no agreement {agreement:?}; /api/v1/agreements lists those that it has.");
    Problem::of("agreement-unknown", detail).at("agreement")
}

/// No such version in this stream.
pub fn no_event(version: &str) -> Problem {
    let detail = format!("This agreement has no event {version:?}; its list of events says how many it has.");
    Problem::of("event-unknown", detail).at("version").accepting("1 to the newest version")
}

/// No such party in this ledger.
pub fn no_party(party: &str) -> Problem {
    let detail = format!("This ledger has no party {party:?}; an agreement's state lists its parties.");
    Problem::of("party-unknown", detail).at("party")
}

/// Empty when the segment is not UTF-8: no id is.
async fn segment<S: Send + Sync>(parts: &mut Parts, state: &S, name: &str) -> String {
    let Ok(params) = RawPathParams::from_request_parts(parts, state).await else { return String::new() };
    params.iter().find(|(key, _)| *key == name).map_or_else(String::new, |(_, value)| value.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::Request;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn ask(path: &str) -> u16 {
        let handler = |Agreement(agreement): Agreement, Version(version): Version| async move {
            format!("{agreement} {version}")
        };
        let router: Router = Router::new().route("/{agreement}/{version}", get(handler));
        let request = Request::get(path).body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn only_the_one_form_of_an_id_or_version_is_found() {
        assert_eq!(ask("/registry/1").await, 200);
        assert_eq!(ask("/pirkanmaa-puitesopimus-2023/18446744073709551615").await, 200);
        for bad in [
            "/registry/0",
            "/registry/01",
            "/registry/+1",
            "/registry/1.0",
            "/registry/18446744073709551616",
            "/Registry/1",
            "/parties/1",
            "/a%2Fb/1",
            "/..%2f/1",
            "/%ff/1",
            "/%00/1",
            "/-a/1",
            "/registry/%ff",
        ] {
            assert_eq!(ask(bad).await, 404, "{bad}");
        }
    }
}
