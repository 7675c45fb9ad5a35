//! Where state and history are read: a server, or a database without one.

use std::collections::BTreeMap;

use clap::Args;
use serde::Deserialize;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::agreement::Agreement;
use sinetti_projections::event::Event;
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;

use super::failure::Failure;
use crate::client::Client;
use crate::store::Store;

/// Records asked for at a time.
const PAGE: u32 = 200;

/// A server or a database.
#[derive(Debug, Args)]
pub struct Source {
    /// Address of the server
    #[arg(long, value_name = "URL", env = "SINETTI_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// Read a database instead, such as sqlite:sinetti-data/sinetti.db
    #[arg(long, value_name = "URL", conflicts_with = "server")]
    pub database_url: Option<String>,
}

/// What records came to.
#[derive(Default)]
pub struct Folded {
    /// The registry.
    pub registry: Registry,
    /// Every agreement read, with its newest record.
    pub agreements: BTreeMap<StreamId, (Agreement, Newest)>,
}

/// The newest record of a stream.
#[derive(Debug, Clone, Copy)]
pub struct Newest {
    /// Zero-based place in the ledger.
    pub index: u64,
    /// One-based place in the stream.
    pub version: u64,
    /// Leaf hash.
    pub leaf: Hash,
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

    /// All records up to `known_at` of `agreement` and the registry; of every stream of a database.
    ///
    /// # Errors
    ///
    /// Unreachable, or a record that can't be read.
    pub fn fold(&self, agreement: &StreamId, known_at: Option<Instant>) -> Result<Folded, Failure> {
        match &self.database_url {
            Some(url) => super::runtime()?.block_on(of_database(url, known_at)),
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

/// Folds the database at `url`.
///
/// # Errors
///
/// It can't be opened, or a record can't be read.
pub async fn of_database(url: &str, known_at: Option<Instant>) -> Result<Folded, Failure> {
    let store = Store::open_reader(url).await.map_err(Failure::unavailable)?;
    let mut folded = Folded::default();
    let mut next = 0;
    loop {
        let rows = store.records(next, u64::MAX >> 1, PAGE).await.map_err(Failure::unavailable)?;
        if rows.is_empty() {
            return Ok(folded);
        }
        for row in rows {
            let index = row.index;
            let entry = row.intact().map_err(|damage| damaged(index, &damage))?;
            if known_at.is_some_and(|known_at| entry.record.recorded_at > known_at) {
                return Ok(folded);
            }
            folded.take(&entry)?;
            next = index + 1;
        }
    }
}

fn of_server(client: &Client, agreement: &StreamId, known_at: Option<Instant>) -> Result<Folded, Failure> {
    let mut entries = stream(client, &StreamId::registry())?;
    if !agreement.is_registry() {
        entries.extend(stream(client, agreement)?);
    }
    entries.sort_by_key(|entry| entry.record.index);
    let mut folded = Folded::default();
    for entry in &entries {
        if known_at.is_none_or(|known_at| entry.record.recorded_at <= known_at) {
            folded.take(entry)?;
        }
    }
    Ok(folded)
}

fn stream(client: &Client, agreement: &StreamId) -> Result<Vec<Entry>, Failure> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let after = entries.last().map_or(0, |entry| entry.record.version);
        let path = format!("/api/v1/agreements/{agreement}/events?after={after}&limit={PAGE}");
        let page: Page = client.json(&path)?.ok_or_else(|| unknown(agreement))?;
        let more = page.events.len() == PAGE as usize;
        for item in page.events {
            let entry = base64::decode(&item.record_bytes).map_err(Failure::refused);
            let entry = Entry::parse(entry?).map_err(|bad| damaged(after, &bad))?;
            if entry.record.version <= after {
                return Err(Failure::Unavailable(format!("{} repeats itself: {path}", client.base())));
            }
            entries.push(entry);
        }
        if !more {
            return Ok(entries);
        }
    }
}

impl Folded {
    /// The agreement `id`.
    ///
    /// # Errors
    ///
    /// There is none of that name.
    pub fn agreement(&self, id: &StreamId) -> Result<&(Agreement, Newest), Failure> {
        self.agreements.get(id).ok_or_else(|| unknown(id))
    }

    fn take(&mut self, entry: &Entry) -> Result<(), Failure> {
        let record = &entry.record;
        let damaged = |error: &dyn std::fmt::Display| damaged(record.index, error);
        let payload = Payload::parse(&record.envelope.payload).map_err(|error| damaged(&error))?;
        let signers = self.registry.keyring.authenticate(&payload, &record.envelope).map_err(|error| damaged(&error))?;
        let event = Event::of(entry, signers).map_err(|error| damaged(&error))?;
        if record.agreement.is_registry() {
            self.registry.evolve(&event);
            return Ok(());
        }
        let newest = Newest { index: record.index, version: record.version, leaf: entry.leaf };
        let kept = self.agreements.entry(record.agreement.clone()).or_insert_with(|| (Agreement::default(), newest));
        kept.0.evolve(&event);
        kept.1 = newest;
        Ok(())
    }
}

/// No agreement of that name.
pub fn unknown(agreement: &StreamId) -> Failure {
    Failure::Refused(format!("there is no agreement {agreement}; `sinetti status` lists those that there are"))
}

fn damaged(index: u64, error: &dyn std::fmt::Display) -> Failure {
    Failure::Refused(format!("record {index} can't be relied on: {error}. `sinetti verify` reports all that is wrong"))
}
