//! Asking an authority over HTTP (RFC 3161 § 3.4).

use std::time::Duration;

use der::asn1::ObjectIdentifier;
use ureq::Agent;
use ureq::http::{Uri, header};

use super::authority::Authority;
use super::request::{BadAnswer, Query};
use super::token::Stamp;
use crate::client::is_loopback;

/// Longest answer, in bytes.
const MAX_ANSWER: u64 = 128 << 10;

const ANSWER_TYPE: &str = "application/timestamp-reply";

/// An authority that can be asked: its address, from the operator's configuration only, and its pinned certificates.
#[derive(Clone)]
pub struct Asking {
    url: String,
    authority: Authority,
    policy: Option<ObjectIdentifier>,
    agent: Agent,
}

/// There is no timestamp. No text of it repeats the address, in which some authorities want a customer's key.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Not an address.
    #[error(
        "it is no address of a timestamp authority; write it as https://tsa.example.fi/tsa, without a user or password"
    )]
    Address,
    /// Not a policy.
    #[error("{0:?} is no policy; write the object identifier that the authority publishes, such as 1.2.3.4.1")]
    Policy(String),
    /// No connection, or no good status.
    #[error("it can't be asked: {0}")]
    Unreachable(String),
    /// An answer that does not hold.
    #[error("its answer does not hold: {0}")]
    Answer(#[from] BadAnswer),
}

impl Asking {
    /// The authority at `url` with these certificates; `patience` is how long it may take.
    ///
    /// # Errors
    ///
    /// Not an http or https address.
    pub fn new(url: &str, authority: Authority, patience: Duration) -> Result<Asking, AskError> {
        let uri: Uri = url.parse().map_err(|_| AskError::Address)?;
        let http = matches!(uri.scheme_str(), Some("http" | "https")) && !url.contains(['#', '@']);
        let host = uri.host().filter(|host| !host.is_empty() && http).ok_or(AskError::Address)?;
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(patience))
            .timeout_connect(Some(patience));
        if is_loopback(host) {
            // A proxy of the environment is for the outside.
            config = config.proxy(None);
        }
        Ok(Asking { url: url.to_owned(), authority, policy: None, agent: config.build().into() })
    }

    /// The same, under one of the authority's policies alone.
    ///
    /// # Errors
    ///
    /// Not an object identifier.
    pub fn under(self, policy: &str) -> Result<Asking, AskError> {
        let policy = policy.parse().map_err(|_| AskError::Policy(policy.to_owned()))?;
        Ok(Asking { policy: Some(policy), ..self })
    }

    /// Its certificates.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Has `message` timestamped: the token, verified. Blocks as long as the authority's patience lasts.
    ///
    /// # Errors
    ///
    /// Unreachable, refused, or a token that does not hold.
    pub fn stamp(&self, message: &[u8], random: [u8; 8]) -> Result<(Vec<u8>, Stamp), AskError> {
        let unreachable = |reason: String| AskError::Unreachable(reason);
        let query = Query::new(message, self.policy, random).map_err(|error| unreachable(error.to_string()))?;
        let body = query.to_der().map_err(|error| unreachable(error.to_string()))?;
        let request = self.agent.post(&self.url).header("content-type", "application/timestamp-query");
        let sent = request.header("accept", ANSWER_TYPE).send(body);
        let mut answer = sent.map_err(|error| unreachable(error.to_string()))?;
        if answer.status() != 200 {
            return Err(unreachable(format!("it answers with status {}", answer.status())));
        }
        let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.split(';').next().map(str::trim) != Some(ANSWER_TYPE) {
            return Err(BadAnswer::Form(format!("its type is {kind:?}, not {ANSWER_TYPE}")).into());
        }
        let bytes = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_vec();
        let bytes = bytes.map_err(|error| unreachable(error.to_string()))?;
        Ok(query.accept(&bytes, &self.authority)?)
    }
}

impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Asking({:?})", self.authority)
    }
}
