//! `sinetti key`: make and look at key files.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use serde_json::json;
use sinetti_events::keys::public_key::PublicKey;
use sinetti_events::keys::purpose::Purpose;
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;

use super::failure::{Failure, Outcome};
use super::passphrase::{self, Passphrase};
use super::{output, unlock};
use crate::{author, keyfile};

/// What to do with a key file.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a new key and write it to a file (0600; never overwrites)
    New(New),
    /// Show the public half of a key: what others may know
    Show(Show),
    /// Change the passphrase of a key file
    Passphrase(Change),
}

/// `sinetti key new`
#[derive(Debug, Args)]
pub struct New {
    /// Where to write the private key
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Kind of key: ed25519 signs events, and cosigns checkpoints for a witness; ml-dsa-44 is a
    /// witness's second key
    #[arg(long = "type", value_name = "TYPE", default_value = "ed25519", conflicts_with_all = ["party", "purpose"])]
    kind: Kind,
    /// Whose key it will be; shown with what to enrol
    #[arg(long, value_name = "PARTY")]
    party: Option<PartyId>,
    /// What it will be for: manage (the party's keys), record (acts of decision), sign (texts)
    #[arg(long, value_name = "PURPOSES", value_delimiter = ',', default_value = "manage,record,sign", value_parser = purpose)]
    purpose: Vec<Purpose>,
    #[command(flatten)]
    protection: Protection,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// A kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Ed25519,
    #[value(name = "ml-dsa-44")]
    MlDsa44,
}

/// `sinetti key show`
#[derive(Debug, Args)]
pub struct Show {
    /// The key file
    file: PathBuf,
    /// File with its passphrase; asked on a terminal otherwise
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Write the answer as JSON
    #[arg(long)]
    json: bool,
}

/// `sinetti key passphrase`
#[derive(Debug, Args)]
pub struct Change {
    /// The key file
    file: PathBuf,
    /// File with its present passphrase; asked on a terminal otherwise
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// File with the new passphrase; asked on a terminal otherwise
    #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
    new_passphrase_file: Option<PathBuf>,
    /// Write it unencrypted
    #[arg(long)]
    no_passphrase: bool,
}

/// How a new key file is protected.
#[derive(Debug, Args)]
pub struct Protection {
    /// File with the passphrase that encrypts it; asked on a terminal otherwise
    #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
    passphrase_file: Option<PathBuf>,
    /// Write it unencrypted
    #[arg(long)]
    no_passphrase: bool,
}

/// Runs `sinetti key …`.
///
/// # Errors
///
/// The file can't be read, opened or written.
pub fn run(command: &KeyCommand) -> Result<Outcome, Failure> {
    match command {
        KeyCommand::New(new) => make(new),
        KeyCommand::Show(show) => tell(show),
        KeyCommand::Passphrase(change) => change_passphrase(change),
    }
}

fn make(new: &New) -> Result<Outcome, Failure> {
    let Protection { passphrase_file, no_passphrase } = &new.protection;
    if new.out.exists() {
        return Err(keyfile::KeyFileError::Exists(new.out.clone()).into());
    }
    let passphrase = new_passphrase(&new.out, passphrase_file.as_deref(), *no_passphrase)?;
    let passphrase = passphrase.as_ref().map(|text| text.as_str());
    if new.kind == Kind::MlDsa44 {
        let key = keyfile::create_ml_dsa(&new.out, passphrase)?;
        describe_ml_dsa(&key, &new.out, new.json)?;
        output::note("Keep the file and its passphrase apart; nobody can restore either.");
        return Ok(Outcome::Done);
    }
    let key = keyfile::generate()?;
    keyfile::create(&new.out, &key, passphrase)?;
    let mut purposes = new.purpose.clone();
    purposes.sort_unstable();
    purposes.dedup();
    describe(&author::public_key(&key).map_err(Failure::refused)?, &new.out, new.party.as_ref(), &purposes, new.json)?;
    output::note("Keep the file and its passphrase apart; nobody can restore either.");
    if let Some(party) = &new.party {
        let names: Vec<&str> = purposes.iter().map(|purpose| purpose.as_str()).collect();
        let public = author::public_key(&key).map_err(Failure::refused)?;
        output::note(&format!(
            "To enrol it: sinetti draft key_enrolled --agreement registry --party registrar --field party={party} \
             --field public_key={public} --field purposes={}\nand have the payload signed by the registrar's key (or \
             a manage key of {party}) and by this one: sinetti sign PAYLOAD --key REGISTRAR --key {}",
            names.join(","),
            new.out.display()
        ));
    }
    Ok(Outcome::Done)
}

fn tell(show: &Show) -> Result<Outcome, Failure> {
    let key = unlock::signer(&show.file, show.passphrase_file.as_deref())?;
    describe(&key.public_key()?, &show.file, None, &[], show.json)?;
    Ok(Outcome::Done)
}

fn change_passphrase(change: &Change) -> Result<Outcome, Failure> {
    let key = unlock::key(&change.file, change.passphrase_file.as_deref())?;
    let new = new_passphrase(&change.file, change.new_passphrase_file.as_deref(), change.no_passphrase)?;
    keyfile::replace(&change.file, &key, new.as_ref().map(|text| text.as_str()))?;
    output::note(&format!("{} is written anew; its key is the same.", change.file.display()));
    Ok(Outcome::Done)
}

fn new_passphrase(path: &Path, file: Option<&Path>, none: bool) -> Result<Option<Passphrase>, Failure> {
    match file {
        _ if none => Ok(None),
        Some(file) => passphrase::from_file(file).map(Some),
        None => passphrase::ask_new(path).map(Some),
    }
}

fn describe(
    public: &PublicKey,
    path: &Path,
    party: Option<&PartyId>,
    purposes: &[Purpose],
    as_json: bool,
) -> Result<(), Failure> {
    let id = public.id().to_string();
    if as_json {
        let mut answer = json!({
            "file": path.display().to_string(),
            "public_key": public,
            "key_id": id,
            "fingerprint": fingerprint(&id),
        });
        if let Some(party) = party {
            answer["enrol"] = json!({ "party": party, "public_key": public, "purposes": purposes });
        }
        return output::json(&answer);
    }
    output::result(&format!(
        "file         {}\npublic key   {public}\nkey id       {id}\nfingerprint  {}\n",
        path.display(),
        fingerprint(&id)
    ))
}

/// The key id is of the same making as an Ed25519 key's: SHA-256 of the public key.
fn describe_ml_dsa(key: &MlDsaSigningKey, path: &Path, as_json: bool) -> Result<(), Failure> {
    let public = key.public_key().to_bytes();
    let id = Digest::of(&public).to_string();
    let public = base64::encode(&public);
    if as_json {
        let file = path.display().to_string();
        return output::json(&json!({
            "file": file, "type": "ml-dsa-44", "public_key": public, "key_id": id, "fingerprint": fingerprint(&id),
        }));
    }
    output::result(&format!(
        "file         {}\ntype         ml-dsa-44\nkey id       {id}\nfingerprint  {}\n",
        path.display(),
        fingerprint(&id)
    ))
}

/// The first half of the key id in groups of four, to be compared by telephone: 128 bits.
fn fingerprint(id: &str) -> String {
    let groups: Vec<&str> = (0..8).filter_map(|group| id.get(group * 4..group * 4 + 4)).collect();
    groups.join(" ")
}

fn purpose(text: &str) -> Result<Purpose, String> {
    match text {
        "manage" => Ok(Purpose::Manage),
        "record" => Ok(Purpose::Record),
        "sign" => Ok(Purpose::Sign),
        _ => Err("a purpose is manage, record or sign".to_owned()),
    }
}
