//! The registrar's key at founding: the operator's own, or one made here and to be moved away.

use std::fs::{self, OpenOptions};
use std::io::{IsTerminal as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;

use super::error::SeedError;
use crate::keyfile::{self, KeyFile, KeyFileError};

/// What the program has to tell the operator while it founds a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The registrar's key was made; it is to be moved off the server.
    KeyMade(PathBuf),
    /// The made passphrase, shown this once and written nowhere.
    Passphrase(String),
    /// The made passphrase lies beside the key: move both away.
    PassphraseWritten(PathBuf),
}

/// The registrar's key in `dir` for a real ledger: read when it lies there (brought by the
/// operator, or made by a founding that was interrupted), else made and encrypted.
///
/// The passphrase comes from `passphrase_file`; else it is made, and told once when a person
/// looks on (`terminal`), or written beside the key.
///
/// # Errors
///
/// A file can't be read or written, or no passphrase opens the key that lies there.
pub(super) fn open_or_make(
    dir: &Path,
    passphrase_file: Option<&Path>,
    terminal: bool,
    tell: &mut dyn FnMut(Notice),
) -> Result<SigningKey, SeedError> {
    let path = dir.join("registrar.pem");
    let beside = dir.join("registrar.passphrase");
    let given = passphrase_file.map(read_passphrase).transpose()?;
    if path.exists() {
        return open(&path, given, &beside, terminal);
    }
    let key = keyfile::generate().map_err(|error| key_error(&path, &error))?;
    let passphrase = match &given {
        Some(given) => given.clone(),
        None => made_passphrase()?,
    };
    match given {
        Some(_) => {}
        // Told before the key is written: a founding that stops here leaves no key without one.
        None if terminal => tell(Notice::Passphrase(passphrase.clone())),
        None => {
            write_passphrase(&beside, &passphrase)?;
            tell(Notice::PassphraseWritten(beside));
        }
    }
    keyfile::create(&path, &key, Some(&passphrase)).map_err(|error| key_error(&path, &error))?;
    tell(Notice::KeyMade(path));
    Ok(key)
}

/// An invented key of the demonstration, unencrypted: read when it lies there, else made.
///
/// # Errors
///
/// The file can't be read or written.
pub(super) fn invented(path: &Path) -> Result<SigningKey, SeedError> {
    if path.exists() {
        return keyfile::read(path, None).map_err(|error| key_error(path, &error));
    }
    let key = keyfile::generate().map_err(|error| key_error(path, &error))?;
    keyfile::create(path, &key, None).map_err(|error| key_error(path, &error))?;
    Ok(key)
}

/// Makes folder `path` and those above it, for its owner only.
pub(super) fn make_dir(path: &Path) -> Result<(), SeedError> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|source| file_error(path, source))
}

/// Writes `text` as file `path`, durably.
pub(super) fn mark(path: &Path, text: &str) -> Result<(), SeedError> {
    let written = fs::File::create(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|source| file_error(path, source))
}

/// What [`mark`] wrote, if it is there.
pub(super) fn marked(path: &Path) -> Result<Option<String>, SeedError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(file_error(path, source)),
    }
}

/// Removes file `path`; one that is gone already is no error.
pub(super) fn remove(path: &Path) -> Result<(), SeedError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(file_error(path, source)),
        _ => Ok(()),
    }
}

pub(super) fn file_error(path: &Path, source: std::io::Error) -> SeedError {
    SeedError::File { path: path.to_owned(), source }
}

fn open(path: &Path, given: Option<String>, beside: &Path, terminal: bool) -> Result<SigningKey, SeedError> {
    let file = KeyFile::load(path).map_err(|error| key_error(path, &error))?;
    let passphrase = match given {
        _ if !file.is_encrypted() => None,
        Some(given) => Some(given),
        None if beside.exists() => Some(read_passphrase(beside)?),
        None if terminal && std::io::stdin().is_terminal() => {
            let prompt = format!("Passphrase of {}: ", path.display());
            Some(rpassword::prompt_password(prompt).map_err(|source| file_error(path, source))?)
        }
        None => {
            let reason = "it is encrypted and no passphrase was given; give --registrar-passphrase-file, or \
                          move the file away to have a new key made (only while the ledger holds no record)";
            return Err(SeedError::Key { path: path.to_owned(), reason: reason.to_owned() });
        }
    };
    file.open(passphrase.as_deref()).map_err(|error| key_error(path, &error))
}

/// The first line of a passphrase file.
fn read_passphrase(path: &Path) -> Result<String, SeedError> {
    let failed = |reason: String| SeedError::Passphrase { path: path.to_owned(), reason };
    let text = fs::read_to_string(path).map_err(|source| failed(source.to_string()))?;
    match text.trim_end_matches(['\n', '\r']) {
        "" => Err(failed("it is empty".to_owned())),
        passphrase => Ok(passphrase.to_owned()),
    }
}

/// Writes anew: a passphrase without its key, left by a founding that stopped between, opens nothing.
fn write_passphrase(path: &Path, passphrase: &str) -> Result<(), SeedError> {
    remove(path)?;
    let open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = open.and_then(|mut file| {
        writeln!(file, "{passphrase}")?;
        file.sync_all()
    });
    written.map_err(|source| file_error(path, source))
}

/// 24 letters and digits in groups of four, 120 bits; none is easily taken for another.
fn made_passphrase() -> Result<String, SeedError> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let mut random = [0u8; 24];
    getrandom::fill(&mut random).map_err(|error| SeedError::Randomness(error.to_string()))?;
    let letters: Vec<char> = random.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

fn key_error(path: &Path, error: &KeyFileError) -> SeedError {
    SeedError::Key { path: path.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn found(dir: &Path, file: Option<&Path>, terminal: bool) -> (Result<SigningKey, SeedError>, Vec<Notice>) {
        let mut notices = Vec::new();
        let key = open_or_make(dir, file, terminal, &mut |notice| notices.push(notice));
        (key, notices)
    }

    #[test]
    fn without_a_terminal_the_passphrase_lies_beside_the_key_for_its_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let (key, notices) = found(dir.path(), None, false);
        let (path, beside) = (dir.path().join("registrar.pem"), dir.path().join("registrar.passphrase"));
        assert_eq!(notices, [Notice::PassphraseWritten(beside.clone()), Notice::KeyMade(path.clone())]);
        for file in [&path, &beside] {
            assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(KeyFile::load(&path).unwrap().is_encrypted());
        // The next start, after an interruption, opens the same key and makes nothing.
        let (again, notices) = found(dir.path(), None, false);
        assert_eq!(again.unwrap(), key.unwrap());
        assert!(notices.is_empty());
    }

    #[test]
    fn on_a_terminal_the_passphrase_is_told_and_written_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let (key, notices) = found(dir.path(), None, true);
        let Notice::Passphrase(told) = &notices[0] else { panic!("{notices:?}") };
        assert_eq!(told.len(), 29);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        let opened = keyfile::read(&dir.path().join("registrar.pem"), Some(told));
        assert_eq!(opened.unwrap(), key.unwrap());
    }

    #[test]
    fn a_passphrase_file_is_used_and_a_wrong_one_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("p");
        fs::write(&file, "correct horse\n").unwrap();
        let (key, notices) = found(dir.path(), Some(&file), false);
        assert_eq!(notices, [Notice::KeyMade(dir.path().join("registrar.pem"))]);
        let opened = keyfile::read(&dir.path().join("registrar.pem"), Some("correct horse"));
        assert_eq!(opened.unwrap(), key.unwrap());
        fs::write(&file, "wrong\n").unwrap();
        let (refused, _) = found(dir.path(), Some(&file), false);
        assert!(refused.unwrap_err().to_string().contains("does not open"));
    }

    #[test]
    fn a_key_without_its_passphrase_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let (key, _) = found(dir.path(), None, false);
        fs::remove_file(dir.path().join("registrar.passphrase")).unwrap();
        let (refused, _) = found(dir.path(), None, false);
        assert!(refused.unwrap_err().to_string().contains("--registrar-passphrase-file"));
        assert!(key.is_ok());
    }
}
