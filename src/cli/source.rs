//! Where state and history are read: a server, or a database without one.

use std::sync::Arc;

use clap::Args;
use serde::Deserialize;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::agreement::Agreement;
use sinetti_projections::event::Event;
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;

use super::failure::Failure;
use crate::client::Client;
use crate::ledger::Ledger;

/// Records asked for at a time.
const PAGE: usize = 200;

/// A server or a database.
#[derive(Debug, Args)]
pub struct Source {
    /// Address of the server
    #[arg(
        long,
        value_name = "URL",
        env = "SINETTI_SERVER",
        hide_env_values = true,
        default_value = "http://127.0.0.1:8080"
    )]
    pub server: String,
    /// Read a database instead, such as sqlite:sinetti-data/sinetti.db
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
}

/// An agreement as its records say.
pub struct Shown {
    /// The agreement.
    pub agreement: Arc<Agreement>,
    /// The registry as of the same moment.
    pub registry: Arc<Registry>,
}

#[derive(Deserialize)]
struct Page {
    events: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    record_bytes: String,
}

impl Source {
    /// A client of the server.
    ///
    /// # Errors
    ///
    /// Not an address.
    pub fn client(&self) -> Result<Client, Failure> {
        Ok(Client::new(&self.server)?)
    }

    /// `agreement` as it was known at `known_at`, folded from its records and the registry's.
    ///
    /// # Errors
    ///
    /// Unreachable, no such agreement, or a record that can't be relied on.
    pub fn shown(&self, agreement: &StreamId, known_at: Option<Instant>) -> Result<Shown, Failure> {
        match &self.database_url {
            Some(url) => super::runtime()?.block_on(of_database(url, agreement, known_at)),
            None => of_server(&self.client()?, agreement, known_at),
        }
    }
}

/// `--known-at`: a date means its end in Europe/Helsinki.
///
/// # Errors
///
/// Neither a date nor an instant.
pub fn moment(text: &str) -> Result<Instant, String> {
    let of_date = |date: Date| helsinki::end_of(date).ok();
    let moment = text.parse::<Date>().ok().and_then(of_date).or_else(|| text.parse().ok());
    moment.ok_or_else(|| "a date as YYYY-MM-DD, or an instant as YYYY-MM-DDThh:mm:ss.mmmZ".to_owned())
}

/// No agreement of that name.
pub fn unknown(agreement: &StreamId) -> Failure {
    Failure::Refused(format!("there is no agreement {agreement}; `sinetti status` lists those that there are"))
}

async fn of_database(url: &str, agreement: &StreamId, known_at: Option<Instant>) -> Result<Shown, Failure> {
    let ledger = Ledger::read(url).await?;
    let view = ledger.view(agreement, known_at).await.map_err(Failure::refused)?;
    ledger.close().await;
    let view = view.ok_or_else(|| unknown(agreement))?;
    Ok(Shown { agreement: view.agreement, registry: view.registry })
}

fn of_server(client: &Client, agreement: &StreamId, known_at: Option<Instant>) -> Result<Shown, Failure> {
    let mut entries = stream(client, &StreamId::registry())?;
    entries.extend(stream(client, agreement)?);
    entries.sort_by_key(|entry| entry.record.index);
    entries.retain(|entry| known_at.is_none_or(|known_at| entry.record.recorded_at <= known_at));
    let (mut folded, mut registry) = (Agreement::default(), Registry::default());
    for entry in &entries {
        let event = event(entry, &registry)?;
        if entry.record.agreement.is_registry() {
            registry.evolve(&event);
        } else {
            folded.evolve(&event);
        }
    }
    if folded.version == 0 {
        return Err(unknown(agreement));
    }
    Ok(Shown { agreement: Arc::new(folded), registry: Arc::new(registry) })
}

fn event(entry: &Entry, registry: &Registry) -> Result<Event, Failure> {
    let record = &entry.record;
    let damaged = |error: &dyn std::fmt::Display| damaged(record.index, error);
    let payload = Payload::parse(&record.envelope.payload).map_err(|error| damaged(&error))?;
    let signers = registry.keyring.authenticate(&payload, &record.envelope).map_err(|error| damaged(&error))?;
    Event::of(entry, signers).map_err(|error| damaged(&error))
}

fn stream(client: &Client, agreement: &StreamId) -> Result<Vec<Entry>, Failure> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let after = entries.last().map_or(0, |entry| entry.record.version);
        let path = format!("/api/v1/agreements/{agreement}/events?after={after}&limit={PAGE}");
        let page: Page = client.json(&path)?.ok_or_else(|| unknown(agreement))?;
        let more = page.events.len() == PAGE;
        for item in page.events {
            let bytes = base64::decode(&item.record_bytes).map_err(|error| damaged(after, &error))?;
            entries.push(Entry::parse(bytes).map_err(|error| damaged(after, &error))?);
        }
        // A server that repeats itself must not keep us for ever.
        if !more || entries.last().is_none_or(|entry| entry.record.version <= after) {
            return Ok(entries);
        }
    }
}

fn damaged(index: u64, error: &dyn std::fmt::Display) -> Failure {
    Failure::Refused(format!("record {index} can't be relied on: {error}. `sinetti verify` reports all that is wrong"))
}
