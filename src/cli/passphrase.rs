//! Passphrases: from a file, or asked on a terminal without echo; wiped from memory after use.

use std::fs;
use std::path::Path;

use zeroize::Zeroizing;

use super::failure::Failure;
use super::output;

/// A passphrase; its memory is wiped when dropped.
pub type Passphrase = Zeroizing<String>;

/// Reads a passphrase file; one trailing line break is not part of it.
///
/// # Errors
///
/// No such file, not text, or empty.
pub fn from_file(path: &Path) -> Result<Passphrase, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::Unavailable(format!("passphrase file {} can't be read: {error}", path.display()))
    };
    let mut text = Zeroizing::new(fs::read_to_string(path).map_err(unreadable)?);
    let length = text.trim_end_matches(['\n', '\r']).len();
    text.truncate(length);
    if text.is_empty() {
        let empty = format!("passphrase file {} is empty; write a passphrase into it", path.display());
        return Err(Failure::Usage(empty));
    }
    Ok(text)
}

/// Asks once, to open what is encrypted already; `None` when nobody is there to answer.
///
/// # Errors
///
/// The terminal fails.
pub fn ask(question: &str) -> Result<Option<Passphrase>, Failure> {
    if !output::is_interactive() {
        return Ok(None);
    }
    let asked = rpassword::prompt_password(question);
    let failed = |error| Failure::Unavailable(format!("the passphrase can't be read from the terminal: {error}"));
    asked.map(|text| Some(Zeroizing::new(text))).map_err(failed)
}

/// Asks for a new passphrase, twice, until both answers agree.
///
/// # Errors
///
/// Nobody is there to answer, or the terminal fails.
pub fn ask_new(path: &Path) -> Result<Passphrase, Failure> {
    loop {
        let first = ask(&format!("New passphrase for {}: ", path.display()))?.ok_or_else(nobody)?;
        if first.is_empty() {
            output::note("An empty passphrase protects nothing.");
            continue;
        }
        let second = ask("The same again: ")?.ok_or_else(nobody)?;
        if first == second {
            return Ok(first);
        }
        output::note("They differ; try again.");
    }
}

fn nobody() -> Failure {
    Failure::Usage("a new key needs a passphrase: give --passphrase-file FILE, or --no-passphrase to write it unencrypted, or run this on a terminal".to_owned())
}
