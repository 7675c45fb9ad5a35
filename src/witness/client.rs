//! How a log asks a witness. The address comes from the operator's configuration; nothing that a
//! witness answers is believed here.

use std::time::Duration;

use sha2::{Digest as _, Sha256};
use sinetti_events::log::note::NoteSignature;
use sinetti_events::log::witness::{AddCheckpoint, MAX_ANSWER_BYTES, SIZE_TYPE, parse_cosignatures, parse_size};
use ureq::http::{Response, StatusCode, Uri, header};
use ureq::{Agent, Body};

use crate::client::is_loopback;

/// How much of a refusal's text is kept, in characters.
const MOST_WORDS: usize = 200;

/// One witness's submission prefix.
#[derive(Debug, Clone)]
pub struct WitnessClient {
    prefix: String,
    agent: Agent,
}

/// What a witness answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 200: signature lines, verified by nobody yet.
    Cosigned(Vec<NoteSignature>),
    /// 409 with a size: that of the newest checkpoint that it says to have cosigned.
    Stands(u64),
    /// 409 without a size, or 422: it says that the checkpoint does not extend the one it knows.
    Contradicts(String),
    /// Anything else: status and text.
    Refused(u16, String),
}

/// There is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Not an address.
    #[error(
        "{0:?} is no witness's address; write its submission prefix, such as https://witness.example.fi or http://127.0.0.1:8090"
    )]
    Address(String),
    /// No connection, or it broke.
    #[error("the witness at {url} can't be reached: {reason}")]
    Unreachable {
        /// What was asked.
        url: String,
        /// Why it failed.
        reason: String,
    },
    /// Not what tlog-witness demands.
    #[error("{url} answered {status}, but not as a witness does: {reason}")]
    Foreign {
        /// What was asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// What is wrong with it.
        reason: String,
    },
}

impl WitnessClient {
    /// A client of the witness at `prefix`, which waits for `patience` at most.
    ///
    /// # Errors
    ///
    /// Not an http or https address.
    pub fn new(prefix: &str, patience: Duration) -> Result<WitnessClient, AskError> {
        let prefix = prefix.trim_end_matches('/');
        let bad = || AskError::Address(prefix.to_owned());
        let uri: Uri = prefix.parse().map_err(|_| bad())?;
        let http = matches!(uri.scheme_str(), Some("http" | "https"));
        let plain = uri.query().is_none() && !prefix.contains(['#', '@']);
        let host = uri.host().filter(|host| !host.is_empty() && http && plain).ok_or_else(bad)?;
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(patience))
            .timeout_connect(Some(patience));
        if is_loopback(host) {
            // A proxy of the environment is for the outside.
            config = config.proxy(None);
        }
        Ok(WitnessClient { prefix: prefix.to_owned(), agent: config.build().into() })
    }

    /// `POST add-checkpoint`.
    ///
    /// # Errors
    ///
    /// Unreachable, too slow, or an answer that no witness gives.
    pub fn add_checkpoint(&self, request: &AddCheckpoint) -> Result<Answer, AskError> {
        let url = format!("{}/add-checkpoint", self.prefix);
        let sent = self.agent.post(&url).header("content-type", "text/plain").send(request.to_string());
        let mut response = sent.map_err(|error| unreachable(&url, &error))?;
        let body = read(&url, &mut response)?;
        let status = response.status();
        let is_size = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == SIZE_TYPE);
        let foreign = |reason: String| AskError::Foreign { url: url.clone(), status: status.as_u16(), reason };
        match status {
            StatusCode::OK => parse_cosignatures(&body).map(Answer::Cosigned).map_err(|bad| foreign(bad.to_string())),
            StatusCode::CONFLICT if is_size => {
                let none = || foreign("its body is no size".to_owned());
                parse_size(&body).map(Answer::Stands).ok_or_else(none)
            }
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => Ok(Answer::Contradicts(words(&body))),
            other => Ok(Answer::Refused(other.as_u16(), words(&body))),
        }
    }

    /// The newest checkpoint that the witness cosigned for the log `origin`, where it shows it (the
    /// monitoring interface of tlog-witness's editor's draft); a signed note, unverified.
    ///
    /// # Errors
    ///
    /// Unreachable, or too slow.
    pub fn newest(&self, origin: &str) -> Result<Option<Vec<u8>>, AskError> {
        let url = format!("{}/{}/checkpoint", self.prefix, log_id(origin));
        let mut response = self.agent.get(&url).call().map_err(|error| unreachable(&url, &error))?;
        let body = read(&url, &mut response)?;
        Ok((response.status() == StatusCode::OK).then_some(body))
    }
}

/// How a log is named in a path: SHA-256 of its origin, in hex.
pub fn log_id(origin: &str) -> String {
    hex::encode(Sha256::digest(origin.as_bytes()))
}

fn read(url: &str, response: &mut Response<Body>) -> Result<Vec<u8>, AskError> {
    let body = response.body_mut().with_config().limit(MAX_ANSWER_BYTES as u64);
    body.read_to_vec().map_err(|error| unreachable(url, &error))
}

fn unreachable(url: &str, error: &ureq::Error) -> AskError {
    AskError::Unreachable { url: url.to_owned(), reason: error.to_string() }
}

/// The beginning of a text that somebody else wrote, on one line.
fn words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let plain = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(MOST_WORDS).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_prefixes() {
        let second = Duration::from_secs(1);
        for good in ["http://127.0.0.1:8090", "https://w.example.fi/sinetti/", "http://localhost"] {
            assert!(WitnessClient::new(good, second).is_ok(), "{good}");
        }
        for bad in ["", "w.example.fi", "ftp://a", "http://", "http://a?b", "http://a#b", "http://u:p@a", "file:///x"] {
            assert!(matches!(WitnessClient::new(bad, second), Err(AskError::Address(_))), "{bad:?}");
        }
    }

    #[test]
    fn the_words_of_others_are_short_and_plain() {
        assert_eq!(words("  no\r\n\u{1b}[31m such log\n".as_bytes()), "no   [31m such log");
        assert_eq!(words("ä".repeat(900).as_bytes()).chars().count(), MOST_WORDS);
        assert_eq!(words(&[0xff]), "\u{fffd}");
    }

    #[test]
    fn a_log_has_one_id() {
        let id = log_id("localhost/sinetti");
        assert_eq!((id.len(), id), (64, log_id("localhost/sinetti")));
    }
}
