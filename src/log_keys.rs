//! The log's own keys: one Ed25519, one ML-DSA-44, which sign checkpoints; the first also signs statements, whose
//! payload type sets them apart.
//!
//! They are read at every unattended start, so they lie unencrypted (PKCS#8 PEM, mode 0600) in
//! the data directory, or come as systemd credentials. Their thief could sign a forked log, which
//! monitors and witnesses would see; no event could be forged with them.
//!
//! To rotate: `log-ed25519.next.pem` and `log-ml-dsa-44.next.pem` are made beside the present
//! ones, named in a `log_keys_changed` event, sign together with the old ones the first
//! checkpoint that contains it, and take their place.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer as _, SigningKey};
use ml_dsa::MlDsa44;
use pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use sinetti_events::format::envelope::{Envelope, Signature, pae};
use sinetti_events::format::statement::{STATEMENT_PAYLOAD_TYPE, Statement};
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::note::Note;
use sinetti_events::log::signer::{NoteSigner, SignError, sign_checkpoint};
use sinetti_events::log::vkey::{KeyName, VerifierKey};
use sinetti_events::primitives::canonical::{self, Defect, Names};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::Origin;
use zeroize::Zeroizing;

/// One generation of the log's keys.
#[derive(Debug)]
pub struct LogKeyPair {
    ed25519: SigningKey,
    ml_dsa: MlDsaSigningKey,
    verifiers: [VerifierKey; 2],
}

/// The log's keys can't be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogKeyError {
    /// Not there, although the ledger exists.
    #[error("the log's key {0} is missing. Restore it from its backup: without it no checkpoint can be signed")]
    Missing(PathBuf),
    /// There, but not readable or writable.
    #[error(
        "the log's key {path}: {reason}. It must be readable for this user only (mode 0600), and is made in a directory that this user can write, on a disk with room"
    )]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Others than its user can read it.
    #[error(
        "the log's key {0} can be read by other users of this machine. Run `chmod 600` on it; if others did read it, change the log's keys"
    )]
    Open(PathBuf),
    /// Not a key of its kind.
    #[error("{0} is no unencrypted PKCS#8 PEM key of the kind that its name says. Restore it from its backup")]
    Malformed(PathBuf),
    /// The system gives no randomness.
    #[error("the operating system gives no randomness: {0}")]
    Randomness(String),
    /// The origin can't name a key.
    #[error("these keys can't be named {origin}: {reason}")]
    Name {
        /// The ledger's origin.
        origin: Origin,
        /// Why not.
        reason: String,
    },
}

/// Which generation of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Generation {
    Present,
    Next,
}

impl LogKeyPair {
    /// Reads the present keys; makes them where they are missing, if `may_create`: only a ledger
    /// without records can do with new ones.
    ///
    /// # Errors
    ///
    /// Missing, unreadable, or no keys.
    pub fn load(dir: &Path, origin: &Origin, may_create: bool) -> Result<LogKeyPair, LogKeyError> {
        LogKeyPair::of(dir, origin, Generation::Present, may_create)
    }

    /// Reads the keys prepared for a rotation; `None` when there are none.
    ///
    /// # Errors
    ///
    /// Unreadable, no keys, or one of the two missing.
    pub fn load_next(dir: &Path, origin: &Origin) -> Result<Option<LogKeyPair>, LogKeyError> {
        let files = [ed25519_file(Generation::Next), ml_dsa_file(Generation::Next)];
        if files.iter().all(|file| !place(dir, file).exists()) {
            return Ok(None);
        }
        LogKeyPair::of(dir, origin, Generation::Next, false).map(Some)
    }

    /// Makes the keys for a rotation, or reads those made before; their [`LogKeyPair::verifiers`]
    /// go into the `log_keys_changed` event.
    ///
    /// # Errors
    ///
    /// They can't be written.
    pub fn prepare_next(dir: &Path, origin: &Origin) -> Result<LogKeyPair, LogKeyError> {
        LogKeyPair::of(dir, origin, Generation::Next, true)
    }

    /// Reads what a rotation ends with: each next key, or where it has taken its place already,
    /// the present one.
    ///
    /// # Errors
    ///
    /// Missing, unreadable, or no keys.
    pub fn load_promoted(dir: &Path, origin: &Origin) -> Result<LogKeyPair, LogKeyError> {
        let newest = |file: fn(Generation) -> String| {
            let next = place(dir, &file(Generation::Next));
            if next.exists() { next } else { place(dir, &file(Generation::Present)) }
        };
        LogKeyPair::at(&newest(ed25519_file), &newest(ml_dsa_file), origin, false)
    }

    /// After a rotation: the next keys become the present ones, the old ones stay as `*.old.pem`.
    /// Cut short at any moment, it goes on when it is called again, and no key is ever missing.
    ///
    /// # Errors
    ///
    /// The files can't be renamed. Keys that came as credentials stay where they are.
    pub fn promote_next(dir: &Path) -> Result<(), LogKeyError> {
        for file in [ed25519_file, ml_dsa_file] {
            let [present, next] = [Generation::Present, Generation::Next].map(|generation| dir.join(file(generation)));
            let failed = |error: std::io::Error| LogKeyError::Io { path: next.clone(), reason: error.to_string() };
            if !next.exists() {
                continue;
            }
            if present.exists() {
                keep_old(&present).map_err(failed)?;
            }
            fs::rename(&next, &present).and_then(|()| fs::File::open(dir)?.sync_all()).map_err(failed)?;
        }
        Ok(())
    }

    /// What the genesis record, or a `log_keys_changed`, names: Ed25519, then ML-DSA-44.
    pub fn verifiers(&self) -> &[VerifierKey; 2] {
        &self.verifiers
    }

    /// Whether these are the keys that `named` names, in either order.
    pub fn are(&self, named: &[VerifierKey]) -> bool {
        named.len() == self.verifiers.len() && self.verifiers.iter().all(|key| named.contains(key))
    }

    /// Signs a statement: a DSSE envelope in canonical JSON.
    ///
    /// # Errors
    ///
    /// None that a valid statement can cause.
    pub fn state(&self, statement: &Statement) -> Result<Vec<u8>, Defect> {
        let payload = statement.to_bytes()?;
        let sig = self.ed25519.sign(&pae(STATEMENT_PAYLOAD_TYPE, &payload)).to_bytes().to_vec();
        let keyid = Digest::of(&self.ed25519.verifying_key().to_bytes());
        let payload_type = STATEMENT_PAYLOAD_TYPE.to_owned();
        canonical::write(&Envelope { payload, payload_type, signatures: vec![Signature { keyid, sig }] }, Names::Ascii)
    }

    /// Signs with both keys of this pair, then of each of `others`, at `time` (seconds since 1970).
    ///
    /// # Errors
    ///
    /// None for an origin that can name a key.
    pub fn sign(&self, checkpoint: &Checkpoint, others: &[&LogKeyPair], time: u64) -> Result<Note, SignError> {
        let mut note = sign_checkpoint(checkpoint, &self.ed25519, &self.ml_dsa, time)?;
        let name = KeyName::from(&checkpoint.origin);
        for other in others {
            for signer in [NoteSigner::Ed25519(&other.ed25519), NoteSigner::MlDsa44Cosignature(&other.ml_dsa)] {
                note = note.with_signature(&signer.sign(&name, checkpoint, time)?)?;
            }
        }
        Ok(note)
    }

    fn of(dir: &Path, origin: &Origin, generation: Generation, may_create: bool) -> Result<LogKeyPair, LogKeyError> {
        let [ed25519, ml_dsa] = [ed25519_file(generation), ml_dsa_file(generation)].map(|file| place(dir, &file));
        LogKeyPair::at(&ed25519, &ml_dsa, origin, may_create)
    }

    fn at(ed25519: &Path, ml_dsa: &Path, origin: &Origin, may_create: bool) -> Result<LogKeyPair, LogKeyError> {
        let ed25519: SigningKey = read_or_create(ed25519, may_create, SigningKey::from_bytes)?;
        let from_seed = |seed: &[u8; 32]| ml_dsa::SigningKey::from_seed(&(*seed).into());
        let ml_dsa: ml_dsa::SigningKey<MlDsa44> = read_or_create(ml_dsa, may_create, from_seed)?;
        let seed: Zeroizing<[u8; 32]> = Zeroizing::new(ml_dsa.to_seed().into());
        LogKeyPair::new(ed25519, MlDsaSigningKey::from_seed(&seed), origin)
    }

    /// A pair of keys under the name `origin`.
    ///
    /// # Errors
    ///
    /// The origin is too long to name an ML-DSA-44 key.
    pub fn new(ed25519: SigningKey, ml_dsa: MlDsaSigningKey, origin: &Origin) -> Result<LogKeyPair, LogKeyError> {
        let name = KeyName::from(origin);
        let bad = |error: SignError| LogKeyError::Name { origin: origin.clone(), reason: error.to_string() };
        let verifiers = [
            NoteSigner::Ed25519(&ed25519).verifier_key(&name).map_err(bad)?,
            NoteSigner::MlDsa44Cosignature(&ml_dsa).verifier_key(&name).map_err(bad)?,
        ];
        Ok(LogKeyPair { ed25519, ml_dsa, verifiers })
    }
}

fn ed25519_file(generation: Generation) -> String {
    format!("log-ed25519{}.pem", suffix(generation))
}

fn ml_dsa_file(generation: Generation) -> String {
    format!("log-ml-dsa-44{}.pem", suffix(generation))
}

fn suffix(generation: Generation) -> &'static str {
    match generation {
        Generation::Present => "",
        Generation::Next => ".next",
    }
}

/// In systemd's directory of credentials when the file is there, else in the data directory.
fn place(dir: &Path, file: &str) -> PathBuf {
    let credential = std::env::var_os("CREDENTIALS_DIRECTORY").map(|dir| Path::new(&dir).join(file));
    credential.filter(|path| path.is_file()).unwrap_or_else(|| dir.join(file))
}

fn read_or_create<K: DecodePrivateKey + EncodePrivateKey>(
    path: &Path,
    may_create: bool,
    from_seed: impl FnOnce(&[u8; 32]) -> K,
) -> Result<K, LogKeyError> {
    if path.exists() {
        return read(path);
    }
    if !may_create {
        return Err(LogKeyError::Missing(path.to_owned()));
    }
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut()).map_err(|error| LogKeyError::Randomness(error.to_string()))?;
    let key = from_seed(&seed);
    write(path, &key)?;
    Ok(key)
}

fn read<K: DecodePrivateKey>(path: &Path) -> Result<K, LogKeyError> {
    let failed = |error: std::io::Error| LogKeyError::Io { path: path.to_owned(), reason: error.to_string() };
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
    // systemd guards its credentials in its own way.
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").is_some_and(|dir| path.starts_with(dir));
    if mode & 0o077 != 0 && !credentials {
        return Err(LogKeyError::Open(path.to_owned()));
    }
    let pem = Zeroizing::new(fs::read_to_string(path).map_err(failed)?);
    K::from_pkcs8_pem(&pem).map_err(|_| LogKeyError::Malformed(path.to_owned()))
}

/// A second name for the present key, which its own name can then be taken from.
fn keep_old(present: &Path) -> std::io::Result<()> {
    let old = present.with_extension("old.pem");
    match fs::remove_file(&old) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => fs::hard_link(present, &old),
    }
}

/// Durable before it is used: a checkpoint signed with a key that is lost binds for ever.
fn write<K: EncodePrivateKey>(path: &Path, key: &K) -> Result<(), LogKeyError> {
    let failed = |error: std::io::Error| LogKeyError::Io { path: path.to_owned(), reason: error.to_string() };
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| LogKeyError::Malformed(path.to_owned()))?;
    let fresh = path.with_extension("pem.new");
    let _ = fs::remove_file(&fresh);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh).map_err(failed)?;
    file.write_all(pem.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&fresh, path).map_err(failed)?;
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sinetti_events::log::checkpoint::verify_checkpoint;
    use sinetti_events::primitives::hash::Hash;

    use super::*;

    fn origin() -> Origin {
        "localhost/sinetti".parse().unwrap()
    }

    #[test]
    fn keys_are_made_once_private_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(LogKeyPair::load(dir.path(), &origin(), false), Err(LogKeyError::Missing(_))));
        let made = LogKeyPair::load(dir.path(), &origin(), true).unwrap();
        let read = LogKeyPair::load(dir.path(), &origin(), false).unwrap();
        assert_eq!(made.verifiers(), read.verifiers());
        for file in ["log-ed25519.pem", "log-ml-dsa-44.pem"] {
            let mode = fs::metadata(dir.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_that_others_can_read_is_not_used() {
        let dir = tempfile::tempdir().unwrap();
        LogKeyPair::load(dir.path(), &origin(), true).unwrap();
        let path = dir.path().join("log-ml-dsa-44.pem");
        for (mode, refused) in [(0o640, true), (0o604, true), (0o600, false), (0o400, false)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let read = LogKeyPair::load(dir.path(), &origin(), false);
            assert_eq!(read.err() == Some(LogKeyError::Open(path.clone())), refused, "{mode:o}");
        }
    }

    #[test]
    fn a_damaged_key_is_named_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        LogKeyPair::load(dir.path(), &origin(), true).unwrap();
        let path = dir.path().join("log-ed25519.pem");
        fs::write(&path, "not a key").unwrap();
        let error = LogKeyPair::load(dir.path(), &origin(), true).unwrap_err();
        assert_eq!(error, LogKeyError::Malformed(path));
    }

    #[test]
    fn old_and_new_sign_together_and_the_new_take_over() {
        let dir = tempfile::tempdir().unwrap();
        let old = LogKeyPair::load(dir.path(), &origin(), true).unwrap();
        assert!(LogKeyPair::load_next(dir.path(), &origin()).unwrap().is_none());
        let next = LogKeyPair::prepare_next(dir.path(), &origin()).unwrap();
        let checkpoint = Checkpoint { origin: origin(), size: 0, root: Hash::empty_root() };
        let note = old.sign(&checkpoint, &[&next], 1).unwrap();
        let all = [old.verifiers().clone(), next.verifiers().clone()].concat();
        assert!(verify_checkpoint(note.as_str().as_bytes(), &origin(), &all).is_ok());
        LogKeyPair::promote_next(dir.path()).unwrap();
        assert!(LogKeyPair::load(dir.path(), &origin(), false).unwrap().are(next.verifiers()));
        for name in ["log-ed25519", "log-ml-dsa-44"] {
            fs::copy(dir.path().join(format!("{name}.old.pem")), dir.path().join(format!("{name}.pem"))).unwrap();
        }
        assert!(LogKeyPair::load(dir.path(), &origin(), false).unwrap().are(old.verifiers()));
        assert!(LogKeyPair::load_next(dir.path(), &origin()).unwrap().is_none());
    }
}
