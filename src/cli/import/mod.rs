//! `sinetti import`: historical acts from a table, all judged in memory before the first is sent.

mod acts;
mod rehearsal;
mod send;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use sinetti_events::format::payload::EventType;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};
use sinetti_projections::helsinki;
use sinetti_projections::timeline::timeline;

use super::failure::{Failure, Outcome};
use super::server::Server;
use super::signer::{self, Signer};
use super::submit::Pins;
use super::{files, output, unlock};
use crate::clock::Clock;
use crate::i18n::{Lang, history};
use acts::Named;
use rehearsal::Rehearsal;
use table::Row;

/// Larger files are refused: thousands of acts are a few megabytes.
const MAX_FILE: u64 = 16 << 20;

/// `sinetti import`
#[derive(Debug, Args)]
pub struct Import {
    /// CSV in UTF-8: the first line names members (party, occurred_on, organ.kind …), each further line is an act
    file: PathBuf,
    /// The agreement
    #[arg(long, value_name = "AGREEMENT")]
    agreement: StreamId,
    /// Who speaks: the registrar, who transcribes, or a party for itself
    #[arg(long, value_name = "PARTY", default_value = PartyId::REGISTRAR)]
    party: PartyId,
    /// The event type of rows that have none in a column `type`
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<EventType>,
    /// Its key file; without one, --dry-run judges everything but the signature
    #[arg(long = "key", value_name = "FILE", required_unless_present = "dry_run")]
    keys: Vec<PathBuf>,
    /// File with the key's passphrase; asked on a terminal otherwise
    #[arg(long, value_name = "FILE")]
    passphrase_file: Vec<PathBuf>,
    /// Judge all rows and say what they would record; send nothing
    #[arg(long)]
    dry_run: bool,
    /// Where to keep envelopes, personal values and receipts
    #[arg(long, value_name = "DIR", default_value = ".")]
    keep: PathBuf,
    /// Mark every act as invented; only in a demonstration ledger
    #[arg(long)]
    invented: bool,
    /// Language of what is said of each row
    #[arg(long, value_name = "LANG", value_enum, default_value = "fi")]
    lang: Lang,
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    pins: Pins,
    /// Write the answer as JSON, one object for each row
    #[arg(long)]
    json: bool,
}

/// A row that was judged.
struct Judged {
    row: Row,
    event: EventId,
    /// Where it stands, or would stand if nobody wrote meanwhile.
    version: u64,
    recorded: bool,
    text: String,
}

/// Runs `sinetti import`: nothing is sent unless every row would be accepted. Rows that the ledger
/// has already are passed over, so an import that was interrupted is started again as it was.
///
/// # Errors
///
/// The file is no table of acts; a row is refused; unreachable.
pub fn run(command: &Import) -> Result<Outcome, Failure> {
    let name = files::name(&command.file);
    let bytes = files::read_at_most(&command.file, MAX_FILE)?;
    let rows =
        table::read(&bytes, command.kind.as_ref()).map_err(|error| Failure::Refused(format!("{name}: {error}")))?;
    let client = command.server.client()?;
    let keys = unlock::signers(&command.keys, &command.passphrase_file)?;
    let mut rehearsal = Rehearsal::read(&client, &command.agreement)?;
    let seen = rehearsal.seen.clone();
    let judged = command.judge(rows, &mut rehearsal, &keys, &name)?;
    if !command.dry_run {
        command.send(&judged, &rehearsal, seen, &keys, &client)?;
    }
    command.report(&judged)
}

impl Import {
    /// Judges all rows, each on the state that those before it give.
    fn judge(
        &self,
        rows: Vec<Row>,
        rehearsal: &mut Rehearsal,
        keys: &[Signer],
        name: &str,
    ) -> Result<Vec<Judged>, Failure> {
        let (mut judged, mut named) = (Vec::new(), Named::new());
        let (bar, now) = (output::bar(rows.len() as u64, "rows"), Clock::System.now());
        let (seen, held) = (rehearsal.seen.clone(), rehearsal.agreement.version);
        for row in rows {
            let at = |failure: Failure| Failure::Refused(format!("{name}, line {}: {failure}", row.line));
            let event = self.event_id(&row, rehearsal, &named).map_err(at)?;
            let version = match rehearsal.version_of(event) {
                Some(version) if version > held => {
                    return Err(at(Failure::Refused("this row is the same as one before it".to_owned())));
                }
                Some(version) => version,
                None => {
                    let draft = self.draft(&row, event, rehearsal, seen.clone(), &named).map_err(at)?;
                    let envelope = if keys.is_empty() {
                        None
                    } else {
                        Some(signer::seal(draft.payload.clone(), keys).map_err(at)?)
                    };
                    rehearsal.record(&draft.payload, envelope.as_ref(), now).map_err(at)?
                }
            };
            named.extend(row.name.clone().map(|name| (name, (version, event))));
            judged.push(Judged { row, event, version, recorded: version <= held, text: String::new() });
            bar.inc(1);
        }
        bar.finish_and_clear();
        self.put_texts(&mut judged, rehearsal);
        Ok(judged)
    }

    /// What each row says, in the words of the trail.
    fn put_texts(&self, judged: &mut [Judged], rehearsal: &Rehearsal) {
        let today = helsinki::date_of(Clock::System.now());
        let lines = timeline(&rehearsal.agreement, &rehearsal.registry);
        let lines: BTreeMap<u64, _> = lines.iter().map(|line| (line.version, line)).collect();
        for judged in judged {
            let line = lines.get(&judged.version);
            let sentence = line.map(|line| history::sentence(self.lang, line, &rehearsal.registry, today));
            judged.text = sentence.unwrap_or_default();
        }
    }

    fn report(&self, judged: &[Judged]) -> Result<Outcome, Failure> {
        let word = |judged: &Judged| match (judged.recorded, self.dry_run) {
            (true, _) => "there already",
            (false, true) => "would be recorded",
            (false, false) => "recorded",
        };
        if self.json {
            let row = |judged: &Judged| {
                let Judged { row, event, version, text, .. } = judged;
                json!({"line": row.line, "type": row.kind, "event": event, "version": version,
                    "outcome": word(judged).replace(' ', "_"), "text": text})
            };
            output::json(&judged.iter().map(row).collect::<Vec<_>>())?;
        } else {
            let line = |judged: &Judged| format!("line {:>4}  {}: {}\n", judged.row.line, word(judged), judged.text);
            output::result(&judged.iter().map(line).collect::<String>())?;
        }
        let old = judged.iter().filter(|judged| judged.recorded).count();
        let new = judged.len() - old;
        output::note(&match self.dry_run {
            true => format!(
                "{new} acts would be recorded, {old} are there already; nothing was sent.{}",
                if self.keys.is_empty() { " Signatures were not judged: no --key." } else { "" }
            ),
            false => format!("{new} acts recorded, {old} were there already; receipts in {}", self.keep.display()),
        });
        Ok(Outcome::Done)
    }
}
