//! Where state and history are read: a server, or a database without one.

use std::sync::Arc;

use clap::Args;
use serde::Deserialize;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::ids::{Origin, StreamId};
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::agreement::Agreement;
use sinetti_projections::event::Event;
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;

use super::failure::Failure;
use super::server::Log;
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

    /// Every agreement as it was known at `known_at`.
    ///
    /// # Errors
    ///
    /// Unreachable, or a record that can't be relied on.
    pub fn all(&self, known_at: Option<Instant>) -> Result<All, Failure> {
        match &self.database_url {
            Some(url) => super::runtime()?.block_on(all_of_database(url, known_at)),
            None => all_of_server(&self.client()?, known_at),
        }
    }
}

/// Every agreement of a ledger.
pub struct All {
    /// The ledger.
    pub origin: Origin,
    /// Its agreements, in order of their first records.
    pub agreements: Vec<Shown>,
    /// The registry as of the same moment.
    pub registry: Arc<Registry>,
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

async fn all_of_database(url: &str, known_at: Option<Instant>) -> Result<All, Failure> {
    let ledger = Ledger::read(url).await?;
    let mut agreements = Vec::new();
    for id in ledger.agreements() {
        let view = ledger.view(&id, known_at).await.map_err(Failure::refused)?;
        agreements.extend(view.map(|view| Shown { agreement: view.agreement, registry: view.registry }));
    }
    let registry = ledger.registry(known_at).await.map_err(Failure::refused)?;
    let origin = ledger.origin().clone();
    ledger.close().await;
    Ok(All { origin, agreements, registry })
}

fn all_of_server(client: &Client, known_at: Option<Instant>) -> Result<All, Failure> {
    #[derive(Deserialize)]
    struct Listed {
        agreements: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        agreement: StreamId,
    }
    let origin = Log::ask(client)?.origin;
    let listed: Option<Listed> = client.json("/api/v1/agreements")?;
    let registry = stream(client, &StreamId::registry())?;
    let mut agreements = Vec::new();
    for One { agreement } in listed.into_iter().flat_map(|listed| listed.agreements) {
        let shown = fold(&registry, stream(client, &agreement)?, known_at)?;
        agreements.extend((shown.agreement.version > 0).then_some(shown));
    }
    let registry = fold(&registry, Vec::new(), known_at)?.registry;
    Ok(All { origin, agreements, registry })
}

fn of_server(client: &Client, agreement: &StreamId, known_at: Option<Instant>) -> Result<Shown, Failure> {
    let shown = fold(&stream(client, &StreamId::registry())?, stream(client, agreement)?, known_at)?;
    if shown.agreement.version == 0 { Err(unknown(agreement)) } else { Ok(shown) }
}

/// The records of the registry and of one agreement, folded in the order of the log.
fn fold(registry: &[Entry], agreement: Vec<Entry>, known_at: Option<Instant>) -> Result<Shown, Failure> {
    let mut entries: Vec<&Entry> = registry.iter().chain(&agreement).collect();
    entries.sort_by_key(|entry| entry.record.index);
    entries.retain(|entry| known_at.is_none_or(|known_at| entry.record.recorded_at <= known_at));
    let (mut folded, mut registry) = (Agreement::default(), Registry::default());
    for entry in entries {
        let event = event(entry, &registry)?;
        if entry.record.agreement.is_registry() {
            registry.evolve(&event);
        } else {
            folded.evolve(&event);
        }
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
