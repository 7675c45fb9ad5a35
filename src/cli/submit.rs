//! `sinetti submit`: sends an envelope, and believes the receipt only after checking it.

use std::path::{Path, PathBuf};

use clap::Args;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::Payload;
use sinetti_events::log::vkey::VerifierKey;

use super::failure::{Failure, Outcome};
use super::server::{Log, Server};
use super::{compose, draft, files, output, sign};
use crate::client::{Client, ClientError};
use crate::receipt;

/// `sinetti submit`
#[derive(Debug, Args)]
pub struct Submit {
    /// The envelope, from `sinetti sign`; `-` for stdin
    envelope: PathBuf,
    /// Its personal values, from `sinetti draft`
    #[arg(long, value_name = "FILE")]
    disclosures: Option<PathBuf>,
    /// Where to write the receipt [default: beside the envelope, as NAME.receipt.json; stdout for `-`]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    pins: Pins,
}

/// Keys that the auditor or author brings along.
#[derive(Debug, Clone, Default, Args)]
pub struct Pins {
    /// A key of the log (vkey) that you trust, such as the old and the new one over a change of keys: of each kind
    /// one must have signed; otherwise those that the ledger itself names
    #[arg(long = "log-key", value_name = "VKEY")]
    pub log_keys: Vec<VerifierKey>,
}

/// Runs `sinetti submit`.
///
/// # Errors
///
/// Refused, unreachable, or a receipt that does not hold.
pub fn run(command: &Submit) -> Result<Outcome, Failure> {
    let name = files::name(&command.envelope);
    let value = draft::parse(&files::read(&command.envelope)?, &name)?;
    let envelope = sign::envelope(value, &name)?;
    let disclosures = sign::disclosures(command.disclosures.as_deref())?;
    let out = match &command.out {
        Some(out) => Some(out.clone()),
        None if files::is_standard(&command.envelope) => None,
        None => Some(files::beside(&command.envelope, "receipt")),
    };
    send(&command.server.client()?, &envelope, &disclosures, &command.pins, out.as_deref())
}

/// Sends `envelope`, checks the receipt and writes it to `out`.
///
/// # Errors
///
/// Refused, unreachable, or a receipt that does not hold.
pub fn send(
    client: &Client,
    envelope: &Envelope,
    disclosures: &[Disclosure],
    pins: &Pins,
    out: Option<&Path>,
) -> Result<Outcome, Failure> {
    let (payload, _) = compose::check(&envelope.payload)?;
    let log = Log::ask(client).map_err(|error| match error {
        Failure::Unavailable(text) => {
            Failure::Unavailable(format!("{text}\nNothing was sent; submitting again is safe"))
        }
        other => other,
    })?;
    if log.origin != payload.ledger {
        return Err(Failure::Refused(format!(
            "the payload is for the ledger {}, but {} serves {}; give the right --server, or draft it anew",
            payload.ledger,
            client.base(),
            log.origin
        )));
    }
    let keys = log.keys(&pins.log_keys)?;
    let accepted = client.submit(&payload.agreement, envelope, disclosures).map_err(repeatable)?;
    let checked = receipt::check(&accepted.receipt, &envelope.payload, &payload.ledger, &keys).map_err(|error| {
        Failure::Refused(format!(
            "the server accepted the event, but {error}. Don't rely on it; tell the registrar and an auditor"
        ))
    })?;
    keep(out, &accepted.receipt)?;
    let record = &checked.entry.record;
    let tree = checked.checkpoint.checkpoint();
    output::note(&format!(
        "{} as version {} of {} (index {}), proven in the checkpoint of {} records{}.{}",
        if accepted.repeated { "Recorded before," } else { "Recorded" },
        record.version,
        payload.agreement,
        record.index,
        tree.size,
        trust(pins),
        receipt_place(&payload, out),
    ));
    Ok(Outcome::Done)
}

/// A receipt of the same record that lies there already is kept: either proves it.
fn keep(out: Option<&Path>, receipt: &[u8]) -> Result<(), Failure> {
    let leaf = |bytes: &[u8]| {
        serde_json::from_slice::<serde_json::Value>(bytes).ok().and_then(|value| value.get("leaf").cloned())
    };
    let kept =
        |path: &Path| std::fs::read(path).is_ok_and(|there| leaf(&there).is_some() && leaf(&there) == leaf(receipt));
    match out {
        Some(path) if kept(path) => Ok(()),
        _ => files::write(out, receipt.trim_ascii_end()),
    }
}

fn trust(pins: &Pins) -> &'static str {
    if pins.log_keys.is_empty() { " by the keys that the server names (pin them with --log-key)" } else { "" }
}

fn receipt_place(payload: &Payload, out: Option<&Path>) -> String {
    match out {
        Some(path) => format!("\nKeep the receipt: {} (event {})", path.display(), payload.event),
        None => String::new(),
    }
}

fn repeatable(error: ClientError) -> Failure {
    let text = error.to_string();
    match Failure::from(error) {
        Failure::Unavailable(_) => Failure::Unavailable(format!(
            "{text}\nWhether the event was recorded is not known; submitting the same envelope again is safe"
        )),
        refused => refused,
    }
}
