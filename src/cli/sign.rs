//! `sinetti sign`: a payload, or an envelope that others signed already, becomes an envelope with
//! one's own signature.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::envelope::Envelope;
use sinetti_events::primitives::canonical::{self, Names};

use super::failure::{Failure, Outcome};
use super::{compose, draft, files, output, plain, signer, unlock};

/// `sinetti sign`
#[derive(Debug, Args)]
pub struct Sign {
    /// The payload, in any JSON form; or an envelope, to sign beside others. `-` for stdin
    payload: PathBuf,
    /// Key file, or pkcs11:… for a key on a card or in an HSM; several for several signatures
    #[arg(long = "key", value_name = "FILE", required = true)]
    keys: Vec<PathBuf>,
    /// File with the keys' passphrase: one for all, or one for each, in order
    #[arg(long, value_name = "FILE")]
    passphrase_file: Vec<PathBuf>,
    /// The payload's disclosures, to show what they say
    #[arg(long, value_name = "FILE")]
    disclosures: Option<PathBuf>,
    /// Where to write the envelope; stdout otherwise
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs `sinetti sign`.
///
/// # Errors
///
/// What is to be signed is malformed, or a key can't be opened.
pub fn run(command: &Sign) -> Result<Outcome, Failure> {
    let name = files::name(&command.payload);
    let value = draft::parse(&files::read(&command.payload)?, &name)?;
    let given = if value.get("payloadType").is_some() { Some(envelope(value.clone(), &name)?) } else { None };
    let payload = match &given {
        Some(envelope) => envelope.payload.clone(),
        None => canonical::write(&value, Names::SnakeCase)
            .map_err(|defect| Failure::Refused(format!("{name}, once written canonically: {defect}")))?,
    };
    show(&payload, &disclosures(command.disclosures.as_deref())?)?;
    let signers = unlock::signers(&command.keys, &command.passphrase_file)?;
    let mut signed = signer::seal(payload, &signers)?;
    signed.signatures.extend(given.into_iter().flat_map(|envelope| envelope.signatures));
    let signed = Envelope::of_event(signed.payload, signed.signatures);
    signed.check().map_err(|error| Failure::Refused(format!("{error} (was this key's signature there already?)")))?;
    files::write(command.out.as_deref(), &bytes(&signed)?)?;
    Ok(Outcome::Done)
}

/// Shows on stderr what `payload` says.
///
/// # Errors
///
/// It is malformed.
pub fn show(payload: &[u8], disclosures: &[Disclosure]) -> Result<(), Failure> {
    let (payload, act) = compose::check(payload)?;
    output::note(&format!("Signing: {}", plain::describe(&payload, &act, disclosures)));
    Ok(())
}

/// Reads an envelope.
///
/// # Errors
///
/// Not an envelope.
pub fn envelope(value: Value, name: &str) -> Result<Envelope, Failure> {
    let refused =
        |error: &dyn std::fmt::Display| Failure::Refused(format!("{name} is no envelope of `sinetti sign`: {error}"));
    let envelope: Envelope = serde_json::from_value(value).map_err(|error| refused(&error))?;
    envelope.check().map_err(|error| refused(&error))?;
    Ok(envelope)
}

/// The canonical form of `envelope`.
///
/// # Errors
///
/// None that a checked envelope can cause.
pub fn bytes(envelope: &Envelope) -> Result<Vec<u8>, Failure> {
    canonical::write(envelope, Names::Ascii).map_err(Failure::refused)
}

/// Reads a file of disclosures; none when there is no file.
///
/// # Errors
///
/// Not disclosures.
pub fn disclosures(path: Option<&Path>) -> Result<Vec<Disclosure>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let name = files::name(path);
    let value = draft::parse(&files::read(path)?, &name)?;
    serde_json::from_value(value)
        .map_err(|error| Failure::Refused(format!("{name} is no disclosures file of `sinetti draft`: {error}")))
}
