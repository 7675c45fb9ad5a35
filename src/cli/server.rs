//! `--server`: what an author needs to know of the ledger before speaking to it.

use clap::Args;
use serde::Deserialize;
use sinetti_events::format::payload::Seen;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{Origin, StreamId};

use super::failure::Failure;
use crate::author;
use crate::client::Client;

/// Where the ledger is served.
#[derive(Debug, Clone, Args)]
pub struct Server {
    /// Address of the server
    #[arg(
        long,
        value_name = "URL",
        env = "SINETTI_SERVER",
        hide_env_values = true,
        default_value = "http://127.0.0.1:8080"
    )]
    pub server: String,
}

/// What the server says of its log.
#[derive(Debug, Clone, Deserialize)]
pub struct Log {
    /// The ledger's origin.
    pub origin: Origin,
    log_keys: Vec<String>,
}

/// One record as the server tells it, without its bytes.
#[derive(Debug, Clone, Deserialize)]
struct Told {
    leaf: Hash,
    version: u64,
}

#[derive(Deserialize)]
struct State {
    as_of: Told,
}

#[derive(Deserialize)]
struct Page {
    events: Vec<Told>,
}

impl Server {
    /// A client of it.
    ///
    /// # Errors
    ///
    /// Not an address.
    pub fn client(&self) -> Result<Client, Failure> {
        Ok(Client::new(&self.server)?)
    }
}

impl Log {
    /// Asks the server.
    ///
    /// # Errors
    ///
    /// Unreachable, or no Sinetti server.
    pub fn ask(client: &Client) -> Result<Log, Failure> {
        client.json("/api/v1/log")?.ok_or_else(|| nothing(client, "log"))
    }

    /// The log's keys: `pinned` when there are any, else those that the server names. Of several pinned
    /// ones of a type, old and new, those that the server names too: whichever it is, it was pinned.
    ///
    /// # Errors
    ///
    /// The server names something that is no key.
    pub fn keys(&self, pinned: &[VerifierKey]) -> Result<Vec<VerifierKey>, Failure> {
        if !pinned.is_empty() {
            let is_named = |key: &VerifierKey| self.log_keys.contains(&key.to_string());
            let has_named = |key: &&VerifierKey| {
                pinned.iter().any(|other| other.key().type_byte() == key.key().type_byte() && is_named(other))
            };
            return Ok(pinned.iter().filter(|key| is_named(key) || !has_named(key)).cloned().collect());
        }
        let parsed: Result<_, _> = self.log_keys.iter().map(|key| key.parse()).collect();
        parsed.map_err(|error| Failure::Unavailable(format!("the server names a log key that is none: {error}")))
    }
}

/// The newest record of `agreement`, as an author's `seen`.
///
/// # Errors
///
/// Unreachable, or no Sinetti server.
pub fn seen(client: &Client, agreement: &StreamId) -> Result<Seen, Failure> {
    let newest = if agreement.is_registry() {
        newest_of_registry(client)?
    } else {
        client.json::<State>(&format!("/api/v1/agreements/{agreement}"))?.map(|state| state.as_of)
    };
    match newest {
        Some(newest) => Ok(author::seen(newest.version, newest.leaf)),
        None => first(client).map(|leaf| author::seen(0, leaf)),
    }
}

fn newest_of_registry(client: &Client) -> Result<Option<Told>, Failure> {
    let mut newest: Option<Told> = None;
    loop {
        let after = newest.as_ref().map_or(0, |told| told.version);
        let page: Option<Page> = client.json(&format!("/api/v1/agreements/registry/events?after={after}&limit=200"))?;
        match page.and_then(|mut page| page.events.pop()) {
            // A server that repeats itself must not keep us for ever.
            Some(told) if told.version > after => newest = Some(told),
            _ => return Ok(newest),
        }
    }
}

/// Leaf hash of record 0: what is seen of a stream that has no record yet.
fn first(client: &Client) -> Result<Hash, Failure> {
    let told: Option<Told> = client.json("/api/v1/agreements/registry/events/1")?;
    told.map(|told| told.leaf).ok_or_else(|| nothing(client, "founding record"))
}

fn nothing(client: &Client, what: &str) -> Failure {
    let base = client.base();
    Failure::Unavailable(format!("the server at {base} has no {what}; is it a Sinetti server, and is --server right?"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ed25519_dalek::SigningKey;
    use sinetti_events::log::signer::NoteSigner;

    use super::*;

    fn key(seed: u8) -> VerifierKey {
        let signing = SigningKey::from_bytes(&[seed; 32]);
        NoteSigner::Ed25519(&signing).verifier_key(&"localhost/sinetti".parse().unwrap()).unwrap()
    }

    #[test]
    fn of_old_and_new_pinned_keys_that_of_now_counts_and_only_pinned_ones_do() {
        let log = Log { origin: "localhost/sinetti".parse().unwrap(), log_keys: vec![key(2).to_string()] };
        for (pinned, expected) in
            [(vec![], vec![key(2)]), (vec![key(1), key(2)], vec![key(2)]), (vec![key(1)], vec![key(1)])]
        {
            assert_eq!(log.keys(&pinned).unwrap(), expected);
        }
    }
}
