//! Asking an authority over HTTP (RFC 3161 § 3.4).

use std::time::Duration;

use ureq::Agent;
use ureq::http::Uri;

use super::authority::Authority;
use super::request::{BadAnswer, Query};
use super::token::Stamp;

/// Longest answer, in bytes.
const MAX_ANSWER: u64 = 128 << 10;

/// How long an authority may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An authority that can be asked: its address, from the operator's configuration only, and its pinned certificates.
#[derive(Debug, Clone)]
pub struct Asking {
    url: String,
    authority: Authority,
    agent: Agent,
}

/// There is no timestamp.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Not an address.
    #[error("{0:?} is no address of a timestamp authority; write it as http://tsa.example.fi/tsa or https://…")]
    Address(String),
    /// No connection, or no good status.
    #[error("the timestamp authority {url} can't be asked: {reason}")]
    Unreachable {
        /// Its address.
        url: String,
        /// What failed.
        reason: String,
    },
    /// An answer that does not hold.
    #[error("the answer of the timestamp authority {url}: {reason}")]
    Answer {
        /// Its address.
        url: String,
        /// What is wrong with it.
        reason: BadAnswer,
    },
}

impl Asking {
    /// The authority at `url` with these certificates.
    ///
    /// # Errors
    ///
    /// Not an http or https address.
    pub fn new(url: &str, authority: Authority) -> Result<Asking, AskError> {
        let uri: Option<Uri> = url.parse().ok();
        let http = |uri: &Uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some();
        if !uri.as_ref().is_some_and(http) {
            return Err(AskError::Address(url.to_owned()));
        }
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.timeout_global(Some(PATIENCE)).build().into();
        Ok(Asking { url: url.to_owned(), authority, agent })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its certificates.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Has `message` timestamped: the token, verified. Blocks for 30 seconds at most.
    ///
    /// # Errors
    ///
    /// Unreachable, refused, or a token that does not hold.
    pub fn stamp(&self, message: &[u8], random: [u8; 8]) -> Result<(Vec<u8>, Stamp), AskError> {
        let url = || self.url.clone();
        let unreachable = |reason: String| AskError::Unreachable { url: url(), reason };
        let question = Query::new(message, random).and_then(|query| Ok((query.to_der()?, query)));
        let (body, query) = question.map_err(|error| unreachable(error.to_string()))?;
        let request = self.agent.post(&self.url).header("content-type", "application/timestamp-query");
        let request = request.header("accept", "application/timestamp-reply");
        let mut answer = request.send(body).map_err(|error| unreachable(error.to_string()))?;
        if answer.status() != 200 {
            return Err(unreachable(format!("it answers with status {}", answer.status())));
        }
        let bytes = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_vec();
        let bytes = bytes.map_err(|error| unreachable(error.to_string()))?;
        query.accept(&bytes, &self.authority).map_err(|reason| AskError::Answer { url: url(), reason })
    }
}
