//! Files of the command line: `-` is standard input or output; results are never overwritten
//! silently.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::output;
use crate::timestamp::{Authority, BadAuthority};
use crate::whole_file;

/// Longest file that is read, in bytes: an envelope with its disclosures is far shorter.
const MAX_FILE: u64 = 4 << 20;

/// Longest evidence bundle that is read, in bytes.
pub const MAX_BUNDLE: u64 = 1 << 30;

/// Reads `path`.
///
/// # Errors
///
/// Not there, unreadable, or too long.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_at_most(path, MAX_FILE)
}

/// Reads `path`, which has `most` bytes at most.
///
/// # Errors
///
/// Not there, unreadable, or too long.
pub fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: io::Error| Failure::Unavailable(format!("{} can't be read: {error}", name(path)));
    let mut bytes = Vec::new();
    if is_standard(path) {
        io::stdin().take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        fs::File::open(path).map_err(unreadable)?.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if bytes.len() as u64 > most {
        return Err(Failure::Refused(format!("{} has more than {most} bytes; is it the right file?", path.display())));
    }
    Ok(bytes)
}

/// The certificates of a timestamp authority in `path`, which `option` names.
///
/// # Errors
///
/// Unreadable, or not an authority's certificates.
pub fn authority(option: &str, path: &Path) -> Result<Authority, Failure> {
    let bad = |error: BadAuthority| Failure::Refused(format!("{option} {}: {error}", name(path)));
    Authority::parse(&read(path)?).map_err(bad)
}

/// Writes a result to a new file `path`, or to stdout when there is none.
///
/// # Errors
///
/// Something lies there already, or it can't be written.
pub fn write(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) if !is_standard(path) => create(path, &[bytes, b"\n"].concat()),
        _ => output::result(&format!("{}\n", String::from_utf8_lossy(bytes))),
    }
}

/// Writes a result that is no text, byte for byte, to a new file `path`, or to stdout for `-`.
///
/// # Errors
///
/// Something lies there already, or it can't be written.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if is_standard(path) { output::bytes(bytes) } else { create(path, bytes) }
}

/// `envelope.json` → `envelope.receipt.json`.
pub fn beside(path: &Path, word: &str) -> PathBuf {
    path.with_extension(format!("{word}.json"))
}

/// What `path` is called in an error.
pub fn name(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Whether `path` is `-`.
pub fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// Writes a new file of exactly these bytes.
///
/// # Errors
///
/// Something lies there already, or it can't be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    whole_file::create(path, 0o644, bytes).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Refused(format!("{} exists already; give another path, or move it away", path.display()))
        }
        _ => Failure::Unavailable(format!("{} can't be written: {error}", path.display())),
    })
}
