//! `sinetti erase`: erases what an event disclosed, or a document that it names. The record and its proofs stay.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use sinetti_events::format::disclosure::commitments;
use sinetti_events::format::payload::{EventType, Payload};
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::Date;
use sinetti_projections::documents;
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;

use super::draft::Place;
use super::failure::{Failure, Outcome};
use super::server::Server;
use super::source::Source;
use super::submit::Pins;
use super::{act, output, sign, unlock};
use crate::author::Draft;
use crate::client::Client;
use crate::clock::Clock;

/// `sinetti erase`
#[derive(Debug, Args)]
pub struct Erase {
    /// The agreement
    agreement: StreamId,
    /// Version of the event in it
    version: u64,
    /// A member to erase, as a pointer such as /preparer; for a document that of its digest, such as /minutes_digest
    #[arg(long = "member", value_name = "POINTER", required_unless_present = "all", conflicts_with = "all")]
    members: Vec<String>,
    /// Everything personal that the event disclosed (documents only when named by --member)
    #[arg(long)]
    all: bool,
    /// Who erases: the party that said the event, or `registrar`
    #[arg(long, value_name = "PARTY")]
    party: PartyId,
    /// When it was decided (occurred_on), as YYYY-MM-DD [default: today in Finland]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Its key file
    #[arg(long = "key", value_name = "FILE", required = true)]
    keys: Vec<PathBuf>,
    /// File with the key's passphrase; asked on a terminal otherwise
    #[arg(long, value_name = "FILE")]
    passphrase_file: Vec<PathBuf>,
    /// Where to keep the envelopes and receipts
    #[arg(long, value_name = "DIR", default_value = ".")]
    keep: PathBuf,
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    pins: Pins,
}

/// The event as the server tells it.
#[derive(Deserialize)]
struct Item {
    record_bytes: String,
}

/// Runs `sinetti erase`.
///
/// # Errors
///
/// No such event or member; refused; unreachable.
pub fn run(command: &Erase) -> Result<Outcome, Failure> {
    let client = command.server.client()?;
    let payload = command.event(&client)?;
    let pointers = command.pointers(&payload)?;
    let registry = command.registry()?;
    let (done, pointers): (Vec<_>, Vec<_>) =
        pointers.into_iter().partition(|pointer| registry.is_erased(payload.event, pointer, &payload.actor));
    for pointer in done {
        output::note(&format!("{pointer} was erased before."));
    }
    let mut keys = None;
    for pointer in pointers {
        let draft = command.draft(&payload, &pointer)?;
        sign::show(&draft.payload, &[])?;
        let keys = match &mut keys {
            Some(keys) => keys,
            none => none.insert(unlock::signers(&command.keys, &command.passphrase_file)?),
        };
        act::send(draft, keys, &command.keep, &client, &command.pins)?;
    }
    Ok(Outcome::Done)
}

impl Erase {
    fn event(&self, client: &Client) -> Result<Payload, Failure> {
        let Erase { agreement, version, .. } = self;
        let item: Option<Item> = client.json(&format!("/api/v1/agreements/{agreement}/events/{version}"))?;
        let item = item.ok_or_else(|| {
            Failure::Refused(format!(
                "{agreement} has no event {version}; `sinetti history {agreement}` lists those that it has"
            ))
        })?;
        let bytes = base64::decode(&item.record_bytes).map_err(Failure::refused)?;
        let entry = Entry::parse(bytes).map_err(Failure::refused)?;
        Payload::parse(&entry.record.envelope.payload).map_err(Failure::refused)
    }

    /// What is to be erased; it is there.
    fn pointers(&self, payload: &Payload) -> Result<Vec<String>, Failure> {
        let data: Value = serde_json::from_str(payload.data.get()).map_err(Failure::refused)?;
        let personal = commitments(&data);
        if self.all {
            return Ok(personal);
        }
        let documents = documents::named(&data).into_iter().map(|named| named.pointer);
        let there: Vec<String> = personal.into_iter().chain(documents).collect();
        match self.members.iter().find(|member| !there.contains(member)) {
            None => Ok(self.members.clone()),
            Some(odd) => Err(Failure::Refused(format!(
                "{odd} is nothing that can be erased of this event; there is: {}",
                if there.is_empty() { "nothing".to_owned() } else { there.join(", ") }
            ))),
        }
    }

    fn registry(&self) -> Result<Registry, Failure> {
        let source = Source { server: self.server.server.clone(), database_url: None };
        Ok((*source.shown(&self.agreement, None)?.registry).clone())
    }

    fn draft(&self, payload: &Payload, pointer: &str) -> Result<Draft, Failure> {
        let kind: EventType = "personal_data_erased".parse().map_err(Failure::refused)?;
        let on = self.on.unwrap_or_else(|| helsinki::date_of(Clock::System.now()));
        let data = json!({ "event": payload.event, "occurred_on": on, "pointer": pointer });
        let place = Place { server: self.server.clone(), ledger: None, seen: None, event: None, until: None };
        place.draft(&kind, &StreamId::registry(), &self.party, data)
    }
}
