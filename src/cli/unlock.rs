//! Opens key files: warns of what their owner should mend, and asks for passphrases.

use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use sinetti_events::log::ml_dsa::MlDsaSigningKey;

use super::failure::Failure;
use super::output;
use super::passphrase::{self, Passphrase};
use super::signer::Signer;
use crate::keyfile::KeyFile;
use crate::token::{self, TokenKey};

/// The key in `file`; its passphrase from a file, or asked on a terminal.
///
/// # Errors
///
/// No such file, no key, or no passphrase that opens it.
pub fn key(file: &Path, passphrase_file: Option<&Path>) -> Result<SigningKey, Failure> {
    let (found, passphrase) = ready(file, passphrase_file)?;
    Ok(found.open(passphrase.as_ref().map(|text| text.as_str()))?)
}

/// The ML-DSA-44 key in `file`; its passphrase from a file, or asked on a terminal.
///
/// # Errors
///
/// No such file, no such key, or no passphrase that opens it.
pub fn ml_dsa_key(file: &Path, passphrase_file: Option<&Path>) -> Result<MlDsaSigningKey, Failure> {
    let (found, passphrase) = ready(file, passphrase_file)?;
    Ok(found.open_ml_dsa(passphrase.as_ref().map(|text| text.as_str()))?)
}

/// The file, and its passphrase where it needs one.
fn ready(file: &Path, passphrase_file: Option<&Path>) -> Result<(KeyFile, Option<Passphrase>), Failure> {
    let found = KeyFile::load(file)?;
    for warning in found.warnings() {
        output::warn(&warning);
    }
    let passphrase = match passphrase_file {
        _ if !found.is_encrypted() => None,
        Some(path) => Some(passphrase::from_file(path)?),
        None => passphrase::ask(&format!("Passphrase of {}: ", file.display()))?,
    };
    Ok((found, passphrase))
}

/// The keys in `files`, where `pkcs11:…` names one on a token and its passphrase is the PIN. One passphrase file serves all of them; several, each its own, in order.
///
/// # Errors
///
/// As [`key`]; or another number of passphrase files than of keys.
pub fn signers(files: &[PathBuf], passphrase_files: &[PathBuf]) -> Result<Vec<Signer>, Failure> {
    if passphrase_files.len() > 1 && passphrase_files.len() != files.len() {
        let text = "give one --passphrase-file for all keys, or one for each --key, in the same order";
        return Err(Failure::Usage(text.to_owned()));
    }
    let of = |at: usize| passphrase_files.get(at).or(passphrase_files.first()).map(PathBuf::as_path);
    files.iter().enumerate().map(|(at, file)| signer(file, of(at))).collect()
}

/// The key in `file`, or on the token that it names.
///
/// # Errors
///
/// As [`key`]; no such token or key on it, or a PIN that it refuses.
pub fn signer(file: &Path, passphrase_file: Option<&Path>) -> Result<Signer, Failure> {
    let Some(uri) = file.to_str().filter(|text| text.starts_with(token::SCHEME)) else {
        return key(file, passphrase_file).map(|key| Signer::File(Box::new(key)));
    };
    let pin = |label: &str| match passphrase_file {
        Some(path) => passphrase::from_file(path).map(Some),
        None => passphrase::ask(&format!("PIN of {label}: ")),
    };
    TokenKey::open(&uri.parse()?, pin).map(|key| Signer::Token(Box::new(key)))
}
