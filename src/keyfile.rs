//! Private keys on disk: Ed25519 in PKCS#8 PEM (RFC 8410, RFC 5958), for witnesses ML-DSA-44 too, encrypted with a
//! passphrase by PBES2 (RFC 8018: PBKDF2-HMAC-SHA-256 and AES-256-CBC), which openssl and WebCrypto read too.
//!
//! A key file is made with mode 0600 and never overwritten. Nothing here prints a key, and no
//! error text holds one. Reading bounds the work that a file can ask for.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::{EncodePrivateKey, KeypairBytes};
use ml_dsa::MlDsa44;
use pkcs8::der::pem::PemLabel;
use pkcs8::der::{Decode, SecretDocument};
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::{Kdf, Parameters, Pbkdf2Prf};
use pkcs8::{DecodePrivateKey, EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef};
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use zeroize::Zeroizing;

use crate::whole_file;

/// PBKDF2 rounds of the files that this program writes.
pub const ROUNDS: u32 = 600_000;

/// Most PBKDF2 rounds that reading accepts: some seconds of work, not hours.
pub const MAX_ROUNDS: u32 = 10_000_000;

/// Longest key file in bytes; an encrypted one has about 400.
const MAX_FILE: u64 = 16 * 1024;

/// A key file as it lies on disk, not opened yet.
pub struct KeyFile {
    path: PathBuf,
    document: SecretDocument,
    encrypted: bool,
    mode: u32,
}

/// A key file can't be read or written. No text holds any of its contents.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Not there.
    #[error("there is no key file {}; make one with `sinetti key new --out {}`", .0.display(), .0.display())]
    Missing(PathBuf),
    /// There, but not readable.
    #[error("key file {} can't be read: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something lies there already.
    #[error("{} exists already, and a key is never overwritten; give another path", .0.display())]
    Exists(PathBuf),
    /// The directory refuses.
    #[error("key file {} can't be written: {source}", path.display())]
    Unwritable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Not PKCS#8 PEM.
    #[error("{} is no private key in PKCS#8 PEM (it begins with `-----BEGIN PRIVATE KEY-----` or `-----BEGIN ENCRYPTED PRIVATE KEY-----`); make a key with `sinetti key new`", .0.display())]
    NotPkcs8(PathBuf),
    /// No key of a witness's second kind.
    #[error("{} holds no ML-DSA-44 key, or a damaged one; make one with `sinetti key new --type ml-dsa-44`", .0.display())]
    NotMlDsa(PathBuf),
    /// Another kind of key.
    #[error("{} holds no Ed25519 key, or a damaged one; make a key with `sinetti key new`", .0.display())]
    NotEd25519(PathBuf),
    /// Encrypted, and no passphrase given.
    #[error("key file {} is encrypted; give its passphrase with --passphrase-file, or run this on a terminal to be asked", .0.display())]
    NeedsPassphrase(PathBuf),
    /// The passphrase doesn't open it.
    #[error("the passphrase does not open key file {}; a trailing line break of a passphrase file is ignored, all other characters count", .0.display())]
    WrongPassphrase(PathBuf),
    /// Encrypted by a method that is not read.
    #[error("key file {} is encrypted by another method than PBES2 with PBKDF2-HMAC-SHA-256 and AES-CBC; write it anew with `openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter 600000`", .0.display())]
    Method(PathBuf),
    /// Too much work.
    #[error("key file {} asks for {rounds} PBKDF2 rounds; at most {MAX_ROUNDS} are computed. Write it anew with `openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter 600000`", path.display())]
    Rounds {
        /// Which.
        path: PathBuf,
        /// How many.
        rounds: u32,
    },
    /// Nobody could ever open it again.
    #[error("an empty passphrase protects nothing; give one, or say --no-passphrase")]
    EmptyPassphrase,
    /// The system gives no randomness.
    #[error("the operating system gives no randomness: {0}")]
    Randomness(String),
}

/// A new key, from the operating system's randomness.
///
/// # Errors
///
/// There is no randomness.
pub fn generate() -> Result<SigningKey, KeyFileError> {
    let mut seed = Zeroizing::new([0; 32]);
    random(seed.as_mut())?;
    Ok(SigningKey::from_bytes(&seed))
}

/// Writes `key` to a new file `path`, mode 0600; encrypted when there is a passphrase.
///
/// # Errors
///
/// Something lies at `path` already, or can't be written there.
pub fn create(path: &Path, key: &SigningKey, passphrase: Option<&str>) -> Result<(), KeyFileError> {
    write(path, &to_pem(plain(key)?, passphrase)?)
}

/// Writes the ML-DSA-44 key of a new seed to a new file `path`, mode 0600; encrypted when there is a passphrase.
///
/// # Errors
///
/// There is no randomness, something lies at `path` already, or it can't be written there.
pub fn create_ml_dsa(path: &Path, passphrase: Option<&str>) -> Result<MlDsaSigningKey, KeyFileError> {
    let mut seed = Zeroizing::new([0; 32]);
    random(seed.as_mut())?;
    let key = ml_dsa::SigningKey::<MlDsa44>::from_seed(&(*seed).into());
    let plain = key.to_pkcs8_der().map_err(|error| KeyFileError::Randomness(error.to_string()))?;
    write(path, &to_pem(plain, passphrase)?)?;
    Ok(MlDsaSigningKey::from_seed(&seed))
}

fn write(path: &Path, pem: &str) -> Result<(), KeyFileError> {
    let unwritable = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => KeyFileError::Exists(path.to_owned()),
        _ => KeyFileError::Unwritable { path: path.to_owned(), source },
    };
    whole_file::create(path, 0o600, pem.as_bytes()).map_err(unwritable)
}

/// Writes `key` in place of the file `path`, which stays whole if this fails midway.
///
/// # Errors
///
/// The directory can't be written to.
pub fn replace(path: &Path, key: &SigningKey, passphrase: Option<&str>) -> Result<(), KeyFileError> {
    let pem = to_pem(plain(key)?, passphrase)?;
    let unwritable = |source| KeyFileError::Unwritable { path: path.to_owned(), source };
    whole_file::replace(path, 0o600, pem.as_bytes()).map_err(unwritable)
}

/// Reads the key in file `path`.
///
/// # Errors
///
/// No such file, not a key, encrypted and no passphrase given, or another's passphrase.
pub fn read(path: &Path, passphrase: Option<&str>) -> Result<SigningKey, KeyFileError> {
    KeyFile::load(path)?.open(passphrase)
}

impl KeyFile {
    /// Reads the file without opening it.
    ///
    /// # Errors
    ///
    /// No such file, or not PKCS#8 PEM.
    pub fn load(path: &Path) -> Result<KeyFile, KeyFileError> {
        let unreadable = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => KeyFileError::Missing(path.to_owned()),
            _ => KeyFileError::Unreadable { path: path.to_owned(), source },
        };
        let file = File::open(path).map_err(unreadable)?;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode();
        let mut pem = Zeroizing::new(Vec::new());
        file.take(MAX_FILE).read_to_end(&mut pem).map_err(unreadable)?;
        let not_pkcs8 = || KeyFileError::NotPkcs8(path.to_owned());
        let pem = std::str::from_utf8(&pem).map_err(|_| not_pkcs8())?;
        let (label, document) = SecretDocument::from_pem(pem).map_err(|_| not_pkcs8())?;
        let encrypted = match label {
            label if label == PrivateKeyInfoRef::PEM_LABEL => false,
            label if label == EncryptedPrivateKeyInfoRef::PEM_LABEL => true,
            _ => return Err(not_pkcs8()),
        };
        Ok(KeyFile { path: path.to_owned(), document, encrypted, mode })
    }

    /// Whether a passphrase is needed.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// What its owner should mend: others can read the file, or its passphrase is stretched little.
    pub fn warnings(&self) -> Vec<String> {
        let path = self.path.display();
        let mut warnings = Vec::new();
        if self.mode & 0o077 != 0 {
            warnings.push(format!("others on this machine can read key file {path}; run `chmod 600 {path}`"));
        }
        if let Some(rounds) = self.rounds().filter(|rounds| *rounds < ROUNDS) {
            warnings.push(format!(
                "key file {path} stretches its passphrase by {rounds} rounds only; `sinetti key passphrase {path}` writes it with {ROUNDS}"
            ));
        }
        warnings
    }

    /// The key.
    ///
    /// # Errors
    ///
    /// Encrypted and no passphrase given, another's passphrase, or no Ed25519 key.
    pub fn open(&self, passphrase: Option<&str>) -> Result<SigningKey, KeyFileError> {
        let not_ed25519 = |_| KeyFileError::NotEd25519(self.path.clone());
        SigningKey::from_pkcs8_der(self.opened(passphrase)?.as_bytes()).map_err(not_ed25519)
    }

    /// The key of a witness that cosigns with ML-DSA-44 too.
    ///
    /// # Errors
    ///
    /// Encrypted and no passphrase given, another's passphrase, or no ML-DSA-44 key.
    pub fn open_ml_dsa(&self, passphrase: Option<&str>) -> Result<MlDsaSigningKey, KeyFileError> {
        let opened = self.opened(passphrase)?;
        let key = ml_dsa::SigningKey::<MlDsa44>::from_pkcs8_der(opened.as_bytes());
        let key = key.map_err(|_| KeyFileError::NotMlDsa(self.path.clone()))?;
        let seed: Zeroizing<[u8; 32]> = Zeroizing::new(key.to_seed().into());
        Ok(MlDsaSigningKey::from_seed(&seed))
    }

    fn opened(&self, passphrase: Option<&str>) -> Result<SecretDocument, KeyFileError> {
        if !self.encrypted {
            return Ok(self.document.clone());
        }
        let passphrase = passphrase.ok_or_else(|| KeyFileError::NeedsPassphrase(self.path.clone()))?;
        let opened = self.decrypt(passphrase)?;
        // CBC has no integrity: a wrong passphrase passes for padding once in 256 times.
        PrivateKeyInfoRef::from_der(opened.as_bytes()).map_err(|_| KeyFileError::WrongPassphrase(self.path.clone()))?;
        Ok(opened)
    }

    fn decrypt(&self, passphrase: &str) -> Result<SecretDocument, KeyFileError> {
        let info = EncryptedPrivateKeyInfoRef::from_der(self.document.as_bytes())
            .map_err(|_| KeyFileError::Method(self.path.clone()))?;
        match pbkdf2_rounds(&info.encryption_algorithm) {
            None => return Err(KeyFileError::Method(self.path.clone())),
            Some(rounds) if rounds > MAX_ROUNDS => {
                return Err(KeyFileError::Rounds { path: self.path.clone(), rounds });
            }
            Some(_) => {}
        }
        info.decrypt(passphrase).map_err(|_| KeyFileError::WrongPassphrase(self.path.clone()))
    }

    fn rounds(&self) -> Option<u32> {
        let info = EncryptedPrivateKeyInfoRef::from_der(self.document.as_bytes()).ok()?;
        pbkdf2_rounds(&info.encryption_algorithm)
    }
}

/// Rounds of a method that is read; scrypt is not, for its memory is the file's to choose.
fn pbkdf2_rounds(scheme: &EncryptionScheme) -> Option<u32> {
    let EncryptionScheme::Pbes2(Parameters { kdf: Kdf::Pbkdf2(pbkdf2), .. }) = scheme else {
        return None;
    };
    (pbkdf2.prf == Pbkdf2Prf::HmacWithSha256).then_some(pbkdf2.iteration_count)
}

/// PKCS#8 version 1, without the public key: OpenSSL 3.0 does not read version 2.
fn plain(key: &SigningKey) -> Result<SecretDocument, KeyFileError> {
    let bytes = KeypairBytes { secret_key: key.to_bytes(), public_key: None };
    bytes.to_pkcs8_der().map_err(|error| KeyFileError::Randomness(error.to_string()))
}

fn to_pem(plain: SecretDocument, passphrase: Option<&str>) -> Result<Zeroizing<String>, KeyFileError> {
    let unencodable = |error: pkcs8::Error| KeyFileError::Randomness(error.to_string());
    let (document, label) = match passphrase {
        None => (plain, PrivateKeyInfoRef::PEM_LABEL),
        Some("") => return Err(KeyFileError::EmptyPassphrase),
        Some(passphrase) => (encrypt(&plain, passphrase)?, EncryptedPrivateKeyInfoRef::PEM_LABEL),
    };
    document.to_pem(label, LineEnding::LF).map_err(|error| unencodable(error.into()))
}

fn encrypt(plain: &SecretDocument, passphrase: &str) -> Result<SecretDocument, KeyFileError> {
    let unencodable = |error: pkcs8::Error| KeyFileError::Randomness(error.to_string());
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    random(&mut salt)?;
    random(&mut iv)?;
    let parameters =
        Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &salt, iv).map_err(|error| unencodable(error.into()))?;
    let info = PrivateKeyInfoRef::from_der(plain.as_bytes()).map_err(|error| unencodable(error.into()))?;
    info.encrypt_with_params(parameters, passphrase).map_err(unencodable)
}

fn random(bytes: &mut [u8]) -> Result<(), KeyFileError> {
    getrandom::fill(bytes).map_err(|error| KeyFileError::Randomness(error.to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    /// Public key of the key in `tests/keys`, as `openssl pkey -pubout` tells it.
    const PUBLIC: &str = "7aff650e3f20aed482620d4d6879ef42e4dc032b13fdbf62b7b2e0ff89b2c2f9";

    fn fixture(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(name)
    }

    fn public(key: &SigningKey) -> String {
        hex::encode(key.verifying_key().to_bytes())
    }

    #[test]
    fn reads_what_openssl_writes() {
        assert_eq!(public(&read(&fixture("openssl_plain.pem"), None).unwrap()), PUBLIC);
        for name in ["openssl_600000_rounds.pem", "openssl_2048_rounds.pem"] {
            assert_eq!(public(&read(&fixture(name), Some("salasana")).unwrap()), PUBLIC, "{name}");
        }
    }

    #[test]
    fn few_rounds_are_read_and_warned_of() {
        let warnings = |name| KeyFile::load(&fixture(name)).unwrap().warnings().concat();
        assert!(warnings("openssl_2048_rounds.pem").contains("2048 rounds only"));
        assert!(!warnings("openssl_600000_rounds.pem").contains("rounds only"));
    }

    #[test]
    fn a_file_can_not_ask_for_endless_work() {
        let refusal = |name| read(&fixture(name), Some("x")).unwrap_err();
        assert!(matches!(refusal("openssl_too_many_rounds.pem"), KeyFileError::Rounds { rounds: 10_000_001, .. }));
        assert!(matches!(refusal("openssl_scrypt.pem"), KeyFileError::Method(_)));
    }

    #[test]
    fn an_ml_dsa_key_is_written_and_read_with_and_without_a_passphrase() {
        let dir = tempfile::tempdir().unwrap();
        for (name, passphrase) in [("plain.pem", None), ("encrypted.pem", Some("salasana"))] {
            let path = dir.path().join(name);
            let made = create_ml_dsa(&path, passphrase).unwrap();
            let file = KeyFile::load(&path).unwrap();
            assert_eq!(file.is_encrypted(), passphrase.is_some());
            assert_eq!(file.open_ml_dsa(passphrase).unwrap().public_key(), made.public_key());
            assert!(matches!(file.open(passphrase), Err(KeyFileError::NotEd25519(_))));
            assert!(matches!(create_ml_dsa(&path, passphrase), Err(KeyFileError::Exists(_))));
        }
        let ed25519 = KeyFile::load(&fixture("openssl_plain.pem")).unwrap();
        assert!(matches!(ed25519.open_ml_dsa(None), Err(KeyFileError::NotMlDsa(_))));
    }

    #[test]
    fn another_kind_of_key_is_refused() {
        let refusal = read(&fixture("openssl_x25519.pem"), None).unwrap_err();
        assert!(matches!(refusal, KeyFileError::NotEd25519(_)));
        assert!(matches!(read(&fixture("README.md"), None), Err(KeyFileError::NotPkcs8(_))));
        assert!(matches!(read(&fixture("none.pem"), None), Err(KeyFileError::Missing(_))));
    }

    #[test]
    fn an_encrypted_key_comes_back_by_its_passphrase_only() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("k.pem");
        let key = generate().unwrap();
        create(&path, &key, Some("sala sana ä")).unwrap();
        assert_eq!(public(&read(&path, Some("sala sana ä")).unwrap()), public(&key));
        assert!(matches!(read(&path, Some("salasana")), Err(KeyFileError::WrongPassphrase(_))));
        assert!(matches!(read(&path, None), Err(KeyFileError::NeedsPassphrase(_))));
        assert!(KeyFile::load(&path).unwrap().warnings().is_empty());
    }

    #[test]
    fn a_file_is_private_and_never_overwritten() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("k.pem");
        let key = generate().unwrap();
        create(&path, &key, None).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(matches!(create(&path, &generate().unwrap(), None), Err(KeyFileError::Exists(_))));
        assert_eq!(public(&read(&path, None).unwrap()), public(&key));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(KeyFile::load(&path).unwrap().warnings()[0].contains("chmod 600"));
    }

    #[test]
    fn replacing_changes_the_passphrase_and_keeps_the_key() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("k.pem");
        let key = generate().unwrap();
        create(&path, &key, None).unwrap();
        replace(&path, &key, Some("uusi")).unwrap();
        assert_eq!(public(&read(&path, Some("uusi")).unwrap()), public(&key));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
        assert!(matches!(replace(&path, &key, Some("")), Err(KeyFileError::EmptyPassphrase)));
    }
}
