//! `sinetti draft`: writes an event payload, ready to be signed.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};
use sinetti_events::format::payload::{EventType, Seen};
use sinetti_events::primitives::canonical;
use sinetti_events::primitives::ids::{EventId, Origin, PartyId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};

use super::failure::{Failure, Outcome};
use super::schema::Node;
use super::server::{self, Log, Server};
use super::{chance, compose, fields, files, output, questions};
use crate::author::{self, Draft, Heading};
use crate::clock::Clock;

/// `sinetti draft`
#[derive(Debug, Args)]
pub struct DraftCommand {
    /// The event type, such as decision_recorded; its members are in `GET /api/v1/schemas/TYPE`
    #[arg(value_name = "TYPE")]
    kind: EventType,
    /// The agreement, or `registry` for parties and keys
    #[arg(long, value_name = "AGREEMENT")]
    agreement: StreamId,
    /// Who speaks: a party, or `registrar`
    #[arg(long, value_name = "PARTY")]
    party: PartyId,
    #[command(flatten)]
    members: Members,
    #[command(flatten)]
    place: Place,
    /// Where to write the payload; stdout otherwise
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where to write the personal values that the payload only commits to
    /// [default: beside the payload, as NAME.disclosures.json]
    #[arg(long, value_name = "FILE")]
    disclosures_out: Option<PathBuf>,
}

/// What is said.
#[derive(Debug, Clone, Default, Args)]
pub struct Members {
    /// When it happened (occurred_on), as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// One member, such as organ.kind=council; a list grows each time it is named
    #[arg(long = "field", value_name = "NAME=VALUE")]
    pub fields: Vec<String>,
    /// JSON file with members; --field and the options add to it. Personal values stand in it in clear
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Whose public act the registrar transcribes
    #[arg(long, value_name = "PARTY")]
    pub act_of: Option<PartyId>,
    /// Where the registrar has it from
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Mark it as invented; only in a demonstration ledger
    #[arg(long)]
    pub invented: bool,
}

/// Where it is said.
#[derive(Debug, Clone, Args)]
pub struct Place {
    #[command(flatten)]
    pub server: Server,
    /// Without a server: the ledger's origin
    #[arg(long, value_name = "ORIGIN", requires = "seen")]
    pub ledger: Option<Origin>,
    /// Without a server: the newest record seen, as VERSION:LEAF
    #[arg(long, value_name = "VERSION:LEAF", requires = "ledger", value_parser = seen)]
    pub seen: Option<Seen>,
    /// The event's id (UUID v7); a new one otherwise
    #[arg(long, value_name = "UUID")]
    pub event: Option<EventId>,
    /// Not to be recorded later than this instant
    #[arg(long, value_name = "INSTANT")]
    pub until: Option<Instant>,
}

/// Runs `sinetti draft`.
///
/// # Errors
///
/// The members are not those of the type, or the server can't be reached.
pub fn run(command: &DraftCommand) -> Result<Outcome, Failure> {
    let data = command.members.gather(&command.kind, Map::new())?;
    let draft = command.place.draft(&command.kind, &command.agreement, &command.party, data)?;
    let disclosures = match (&command.disclosures_out, &command.out) {
        _ if draft.disclosures.is_empty() => None,
        (Some(path), _) => Some(path.clone()),
        (None, Some(out)) if !files::is_standard(out) => Some(files::beside(out, "disclosures")),
        (None, _) => {
            let text =
                "personal values are kept apart from the payload and would be lost; say where: --disclosures-out FILE";
            return Err(Failure::Usage(text.to_owned()));
        }
    };
    if let Some(path) = disclosures {
        let json = serde_json::to_vec_pretty(&draft.disclosures).map_err(Failure::refused)?;
        files::write(Some(&path), &json)?;
        output::note(&format!("Personal values: {}; give it to `sinetti submit --disclosures`.", path.display()));
    }
    files::write(command.out.as_deref(), &draft.payload)?;
    Ok(Outcome::Done)
}

impl Members {
    /// All members together; on a terminal, asks for those that are missing.
    ///
    /// # Errors
    ///
    /// No such type or member, a value of another kind, or a file that is not JSON.
    pub fn gather(&self, kind: &EventType, given: Map<String, Value>) -> Result<Value, Failure> {
        let schema = (compose::type_info(kind)?.schema)().to_value();
        let schema = Node::root(&schema);
        let mut data = match &self.data {
            Some(path) => parse(&files::read(path)?, &path.display().to_string())?,
            None => Value::Object(Map::new()),
        };
        let Some(members) = data.as_object_mut() else {
            return Err(Failure::Refused("--data: the members of an event are a JSON object".to_owned()));
        };
        members.extend(given);
        let text = |text: &dyn ToString| Value::from(text.to_string());
        members.extend(self.on.map(|date| ("occurred_on".to_owned(), text(&date))));
        members.extend(self.act_of.iter().map(|party| ("party".to_owned(), text(party))));
        members.extend(self.source.iter().map(|source| ("source".to_owned(), text(source))));
        members.extend(self.invented.then(|| ("invented".to_owned(), Value::from(true))));
        for field in &self.fields {
            fields::set(&mut data, schema, field).map_err(|error| Failure::Usage(format!("--field: {error}")))?;
        }
        questions::complete(&mut data, schema)?;
        Ok(data)
    }
}

impl Place {
    /// The payload, with `seen` and the ledger's origin from the server unless they are given.
    ///
    /// # Errors
    ///
    /// The server can't be reached, or the members are not those of the type.
    pub fn draft(
        &self,
        kind: &EventType,
        agreement: &StreamId,
        actor: &PartyId,
        data: Value,
    ) -> Result<Draft, Failure> {
        compose::type_info(kind)?;
        let (ledger, seen) = match (&self.ledger, &self.seen) {
            (Some(ledger), Some(seen)) => (ledger.clone(), seen.clone()),
            _ => {
                let client = self.server.client()?;
                (Log::ask(&client)?.origin, server::seen(&client, agreement)?)
            }
        };
        let event = self.event.map_or_else(|| chance::event_id(Clock::System.now()), Ok)?;
        let (agreement, actor, kind) = (agreement.clone(), actor.clone(), kind.clone());
        let heading = Heading { ledger, agreement, actor, event, seen, kind, until: self.until };
        compose::compose(heading, data)
    }
}

/// JSON as people write it: any white space and order, no member twice.
pub fn parse(bytes: &[u8], name: &str) -> Result<Value, Failure> {
    canonical::parse(bytes).map_err(|error| Failure::Refused(format!("{name} is not the JSON that is needed: {error}")))
}

fn seen(text: &str) -> Result<Seen, String> {
    let parts = text.split_once(':').and_then(|(version, leaf)| Some((version.parse().ok()?, leaf.parse().ok()?)));
    let (version, leaf) = parts.ok_or("give the version, a colon and the leaf hash in base64")?;
    Ok(author::seen(version, leaf))
}
