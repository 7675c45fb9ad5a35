//! Request bodies: JSON, uncompressed, small, in time, strictly parsed.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, header};
use serde::de::DeserializeOwned;

use super::problem::Problem;
use super::server::Config;

/// Reads the body as JSON of type `T`, every member known and given once. `shape` says what is taken.
///
/// # Errors
///
/// Another media type or an encoding (415), too long (413), too slow (408), cut off or malformed (400).
pub async fn json<T: DeserializeOwned>(mut request: Request, config: &Config, shape: &str) -> Result<T, Problem> {
    check_headers(request.headers(), config)?;
    DefaultBodyLimit::max(config.body_bytes).apply(&mut request);
    let read = tokio::time::timeout(config.body, Bytes::from_request(request, &()));
    let bytes = match read.await {
        Err(_) => return Err(too_slow(config)),
        Ok(read) => read.map_err(|rejection| unread(&rejection, config))?,
    };
    parse(&bytes, shape)
}

fn parse<T: DeserializeOwned>(bytes: &[u8], shape: &str) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let malformed = |member: String, reason: &serde_json::Error| {
        Problem::of("body-malformed", format!("The request body, member {member}: {reason}."))
            .at(member)
            .accepting(shape)
    };
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| malformed(error.path().to_string(), error.inner()))?;
    json.end().map_err(|error| malformed(".".into(), &error))?;
    Ok(value)
}

/// Bodies come as they are: a compressed one may be larger than it looks.
///
/// # Errors
///
/// It is compressed.
pub fn check_encoding(headers: &HeaderMap) -> Result<(), Problem> {
    let encoding = text(headers, &header::CONTENT_ENCODING).unwrap_or("identity");
    if encoding.eq_ignore_ascii_case("identity") {
        return Ok(());
    }
    let detail = format!("The body is encoded as {encoding:?}; send it uncompressed, without Content-Encoding.");
    Err(Problem::of("content-encoding-unsupported", detail).at("Content-Encoding"))
}

fn check_headers(headers: &HeaderMap, config: &Config) -> Result<(), Problem> {
    check_encoding(headers)?;
    let media_type = text(headers, &header::CONTENT_TYPE).unwrap_or("");
    if !is_json(media_type) {
        let detail = format!("The body is of type {media_type:?}; send it with Content-Type: application/json.");
        let problem = Problem::of("content-type-unsupported", detail);
        return Err(problem.at("Content-Type").accepting("application/json"));
    }
    let length = text(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > config.body_bytes as u64) {
        return Err(too_large(config));
    }
    Ok(())
}

/// `application/json`, whose only sensible parameter is the charset that it has anyway.
fn is_json(media_type: &str) -> bool {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let parameters = parameters.trim();
    essence.trim().eq_ignore_ascii_case("application/json")
        && (parameters.is_empty() || parameters.eq_ignore_ascii_case("charset=utf-8"))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

fn unread(rejection: &BytesRejection, config: &Config) -> Problem {
    match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => too_large(config),
        other => Problem::of("body-incomplete", format!("The body ended early: {other}. Send it again.")),
    }
}

fn too_large(config: &Config) -> Problem {
    let most = format!("at most {} bytes", config.body_bytes);
    let detail = format!("The body is too large; it may have {most}. Name long texts by their digest.");
    Problem::of("body-too-large", detail).accepting(most)
}

fn too_slow(config: &Config) -> Problem {
    let seconds = config.body.as_secs();
    Problem::of("body-too-slow", format!("The body did not arrive within {seconds} seconds. Send it again."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::body::Body;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Small {
        a: u8,
        b: Option<Box<Small>>,
    }

    async fn slug(headers: &[(&str, &str)], body: impl Into<Body>) -> &'static str {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let config = Config { body_bytes: 100, body: std::time::Duration::from_millis(100), ..Config::default() };
        let read = json::<Small>(request.body(body.into()).unwrap(), &config, "{\"a\"}").await;
        read.map_or_else(|problem| problem.slug(), |_| "read")
    }

    const JSON: (&str, &str) = ("content-type", "application/json");

    #[tokio::test]
    async fn json_is_read_whatever_its_white_space() {
        assert_eq!(slug(&[JSON], " { \"a\": 1 } ").await, "read");
        assert_eq!(slug(&[("content-type", "Application/JSON; charset=UTF-8")], "{\"a\":1}").await, "read");
        assert_eq!(slug(&[JSON, ("content-encoding", "identity")], "{\"a\":1}").await, "read");
    }

    #[tokio::test]
    async fn other_types_and_compressed_bodies_are_refused() {
        assert_eq!(slug(&[], "{\"a\":1}").await, "content-type-unsupported");
        for other in ["text/plain", "application/jsonx", "application/json; charset=latin1", "multipart/form-data"] {
            assert_eq!(slug(&[("content-type", other)], "{\"a\":1}").await, "content-type-unsupported");
        }
        for encoding in ["gzip", "br", "zstd", "deflate", "gzip, identity"] {
            assert_eq!(slug(&[JSON, ("content-encoding", encoding)], "x").await, "content-encoding-unsupported");
        }
    }

    #[tokio::test]
    async fn long_bodies_are_refused_whether_announced_or_not() {
        let long = format!("{{\"a\":1{}}}", " ".repeat(100));
        assert_eq!(slug(&[JSON, ("content-length", "100000000000")], "").await, "body-too-large");
        assert_eq!(slug(&[JSON], long).await, "body-too-large");
    }

    #[tokio::test]
    async fn members_are_known_and_given_once() {
        for bad in [
            "",
            "{",
            "null",
            "[]",
            "{\"a\":1}x",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"c\":2}",
            "{\"a\":1.5}",
            "{\"a\":\"\u{1}\"}",
            "{\"a\":-1}",
        ] {
            assert_eq!(slug(&[JSON], bad).await, "body-malformed", "{bad}");
        }
        assert_eq!(slug(&[JSON], vec![b'"', 0xff, b'"']).await, "body-malformed");
    }

    #[test]
    fn deep_nesting_is_refused_without_recursion_to_the_end() {
        let deep = "{\"a\":1,\"b\":".repeat(100_000);
        assert_eq!(parse::<Small>(deep.as_bytes(), "").map_err(|problem| problem.slug()), Err("body-malformed"));
        let arrays = format!("{{\"a\":{}", "[".repeat(400_000));
        assert_eq!(parse::<Small>(arrays.as_bytes(), "").map_err(|problem| problem.slug()), Err("body-malformed"));
    }

    #[test]
    fn the_wrong_member_is_named() {
        let problem = parse::<Small>(b"{\"a\":1,\"b\":{\"a\":true}}", "").unwrap_err();
        assert!(format!("{problem:?}").contains("\"b.a\""), "{problem:?}");
    }
}
