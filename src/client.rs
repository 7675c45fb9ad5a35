//! A client of a Sinetti server: what the command line and a clerk's own programs need of HTTP.
//!
//! Nothing that a server says is believed here: receipts, records and checkpoints come back as
//! bytes, for the caller to verify.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::StreamId;
use ureq::http::{Response, StatusCode, Uri};
use ureq::{Agent, Body};

/// Largest answer that is read, in bytes: a full tile of the largest records fits.
const MAX_ANSWER: u64 = 32 << 20;

/// How long one request may take, from the connection to the last byte.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a document may take, either way.
const DOCUMENT_PATIENCE: Duration = Duration::from_secs(300);

/// How long the connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// A server, by its address.
#[derive(Debug, Clone)]
pub struct Client {
    base: String,
    agent: Agent,
}

/// Why there is no good answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Not an address.
    #[error("{0:?} is no server address; write it as http://127.0.0.1:8080 or https://sinetti.example.fi")]
    Address(String),
    /// No connection, or it broke.
    #[error("the server at {url} can't be reached: {reason}. Is it running (`sinetti serve`), and is --server right?")]
    Unreachable {
        /// What was asked.
        url: String,
        /// Why it failed.
        reason: String,
    },
    /// The server refused, and said why (RFC 9457).
    #[error("{0}")]
    Problem(Box<Problem>),
    /// An answer that no Sinetti server gives.
    #[error("{url} answered {status}, but not as a Sinetti server does: {reason}. Is --server right?")]
    Foreign {
        /// What was asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// What is wrong with it.
        reason: String,
    },
}

/// A problem of RFC 9457, with Sinetti's own members.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// HTTP status.
    #[serde(default)]
    pub status: u16,
    /// Stable name.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// The kind of problem in words.
    #[serde(default)]
    pub title: String,
    /// This problem in words.
    #[serde(default)]
    pub detail: String,
    /// The member at fault.
    #[serde(default)]
    pub member: Option<String>,
    /// What would be accepted.
    #[serde(default)]
    pub accepted: Option<String>,
}

impl Problem {
    /// The slug.
    pub fn slug(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }

    /// Whether the server says that what it stores does not hold together.
    pub fn is_damage(&self) -> bool {
        ["record-damaged", "ledger-unproven"].contains(&self.slug())
    }
}

/// The answer to an accepted event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The receipt's JSON as received.
    pub receipt: Vec<u8>,
    /// Whether the ledger had this event already.
    pub repeated: bool,
}

impl Client {
    /// A client of the server at `base`, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    ///
    /// Not an http or https address without a path.
    pub fn new(base: &str) -> Result<Client, ClientError> {
        let base = base.trim_end_matches('/');
        let uri: Uri = base.parse().map_err(|_| ClientError::Address(base.to_owned()))?;
        let http = matches!(uri.scheme_str(), Some("http" | "https"));
        let bare = uri.path_and_query().is_none_or(|path| path == "/");
        let host = uri.host().filter(|host| !host.is_empty() && http && bare);
        let host = host.ok_or_else(|| ClientError::Address(base.to_owned()))?;
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECT));
        if is_loopback(host) {
            // A proxy of the environment is for the outside.
            config = config.proxy(None);
        }
        Ok(Client { base: base.to_owned(), agent: config.build().into() })
    }

    /// The server's address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The bytes at `path`; `None` when there is nothing.
    ///
    /// # Errors
    ///
    /// Unreachable, or a problem other than 404.
    pub fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, ClientError> {
        self.get(path, MAX_ANSWER)
    }

    /// The bytes at `path`, which may be more than an ordinary answer has; `None` when there is nothing.
    ///
    /// # Errors
    ///
    /// Unreachable, a problem other than 404, or more than `most` bytes.
    pub fn download(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, ClientError> {
        self.get(path, most)
    }

    /// The JSON at `path`; `None` when there is nothing.
    ///
    /// # Errors
    ///
    /// Unreachable, a problem other than 404, or other JSON.
    pub fn json<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, ClientError> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        let foreign = |error: serde_json::Error| ClientError::Foreign {
            url: format!("{}{path}", self.base),
            status: 200,
            reason: error.to_string(),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(foreign)
    }

    fn get(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, ClientError> {
        let url = format!("{}{path}", self.base);
        let response = self.agent.get(&url).call().map_err(|error| unreachable(&url, &error))?;
        let (status, bytes) = read(&url, response, most)?;
        match status {
            StatusCode::OK => Ok(Some(bytes)),
            StatusCode::NOT_FOUND => Ok(None),
            _ => Err(problem(&url, status, &bytes)),
        }
    }

    /// Sends an event to its stream; harmless to repeat.
    ///
    /// # Errors
    ///
    /// Unreachable, or refused.
    pub fn submit(
        &self,
        agreement: &StreamId,
        envelope: &Envelope,
        disclosures: &[Disclosure],
    ) -> Result<Accepted, ClientError> {
        let url = format!("{}/api/v1/agreements/{agreement}/events", self.base);
        let body = serde_json::json!({ "envelope": envelope, "disclosures": disclosures });
        let request = self.agent.post(&url).header("content-type", "application/json");
        let response = request.send(body.to_string()).map_err(|error| unreachable(&url, &error))?;
        let (status, receipt) = read(&url, response, MAX_ANSWER)?;
        match status {
            StatusCode::CREATED => Ok(Accepted { receipt, repeated: false }),
            StatusCode::OK => Ok(Accepted { receipt, repeated: true }),
            _ => Err(problem(&url, status, &receipt)),
        }
    }
}

impl Client {
    /// Puts a document; whether the ledger did not hold it before. Harmless to repeat.
    ///
    /// # Errors
    ///
    /// Unreachable, or refused.
    pub fn put_document(&self, digest: &Digest, bytes: Vec<u8>) -> Result<bool, ClientError> {
        let url = self.document_url(digest);
        let request = self.agent.put(&url).header("content-type", "application/octet-stream");
        // A refusal comes before megabytes are sent, not instead of an answer to them.
        let request = request.header("expect", "100-continue").config().timeout_global(Some(DOCUMENT_PATIENCE));
        let response = request.build().send(bytes).map_err(|error| unreachable(&url, &error))?;
        let (status, answer) = read(&url, response, MAX_ANSWER)?;
        match status {
            StatusCode::CREATED => Ok(true),
            StatusCode::OK => Ok(false),
            _ => Err(problem(&url, status, &answer)),
        }
    }

    /// A document as the server gives it.
    ///
    /// # Errors
    ///
    /// Unreachable, unknown, not held or erased.
    pub fn document(&self, digest: &Digest) -> Result<Vec<u8>, ClientError> {
        let url = self.document_url(digest);
        let request = self.agent.get(&url).config().timeout_global(Some(DOCUMENT_PATIENCE)).build();
        let (status, bytes) = read(&url, request.call().map_err(|error| unreachable(&url, &error))?, MAX_ANSWER)?;
        if status == StatusCode::OK { Ok(bytes) } else { Err(problem(&url, status, &bytes)) }
    }

    fn document_url(&self, digest: &Digest) -> String {
        format!("{}/api/v1/documents/{digest}", self.base)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let slug = self.slug();
        let text = if self.detail.is_empty() { &self.title } else { &self.detail };
        write!(f, "{text} ({slug}, HTTP {})", self.status)?;
        match &self.accepted {
            Some(accepted) if !text.contains(accepted.as_str()) => write!(f, ". Accepted would be: {accepted}"),
            _ => Ok(()),
        }
    }
}

/// Whether a host is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn read(url: &str, mut response: Response<Body>, most: u64) -> Result<(StatusCode, Vec<u8>), ClientError> {
    let body = response.body_mut().with_config().limit(most);
    let bytes = body.read_to_vec().map_err(|error| unreachable(url, &error))?;
    Ok((response.status(), bytes))
}

fn unreachable(url: &str, error: &ureq::Error) -> ClientError {
    ClientError::Unreachable { url: url.to_owned(), reason: error.to_string() }
}

fn problem(url: &str, status: StatusCode, body: &[u8]) -> ClientError {
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) if !problem.title.is_empty() || !problem.detail.is_empty() => {
            ClientError::Problem(Box::new(Problem { status: status.as_u16(), ..problem }))
        }
        _ => ClientError::Foreign {
            url: url.to_owned(),
            status: status.as_u16(),
            reason: "the answer is no problem document (RFC 9457)".to_owned(),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_http_without_a_path() {
        assert_eq!(Client::new("http://127.0.0.1:8080/").unwrap().base(), "http://127.0.0.1:8080");
        assert!(Client::new("https://sinetti.example.fi").is_ok());
        for bad in ["", "localhost:8080", "ftp://a", "http://", "http://a/b", "http://a?b", "file:///x"] {
            assert!(matches!(Client::new(bad), Err(ClientError::Address(_))), "{bad:?}");
        }
    }

    #[test]
    fn nobody_there_says_the_way_out() {
        // Port 1 of loopback: nothing listens there.
        let error = Client::new("http://127.0.0.1:1").unwrap().bytes("/checkpoint").unwrap_err();
        assert!(matches!(error, ClientError::Unreachable { .. }));
        assert!(error.to_string().contains("sinetti serve"));
    }

    #[test]
    fn problems_are_told_once_with_their_slug() {
        let body = br#"{"type":"/problems/text-unknown","title":"Unknown text","status":422,
            "detail":"no such text; deposit it first","accepted":"deposit it first","member":"subject"}"#;
        let error = problem("http://a/b", StatusCode::UNPROCESSABLE_ENTITY, body);
        assert_eq!(error.to_string(), "no such text; deposit it first (text-unknown, HTTP 422)");
        let foreign = problem("http://a/b", StatusCode::BAD_GATEWAY, b"<html>");
        assert!(matches!(foreign, ClientError::Foreign { status: 502, .. }));
    }
}
