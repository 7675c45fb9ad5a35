//! Verifier keys: C2SP signed-note's `<name>+<key id in hex>+<base64(type ‖ public key)>`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::keys::public_key::PublicKey;
use crate::primitives::base64;
use crate::primitives::ids::Origin;

use super::ml_dsa::MlDsaPublicKey;

/// Name of a key: not empty, without Unicode spaces, plus and control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

/// First four bytes of `SHA-256(name ‖ "\n" ‖ type ‖ public key)`: tells keys apart, proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

/// A public key with its signature type. The three types that this program knows.
#[derive(Debug, Clone, PartialEq)]
pub enum NoteKey {
    /// Type 0x01: Ed25519 over the note's text (signed-note).
    Ed25519(PublicKey),
    /// Type 0x04: Ed25519 cosignature with a time (tlog-cosignature).
    Ed25519Cosignature(PublicKey),
    /// Type 0x06: ML-DSA-44 cosignature with a time (tlog-cosignature).
    MlDsa44Cosignature(MlDsaPublicKey),
}

/// A named public key whose signatures on notes can be verified.
///
/// Written as signed-note's "vkey". Two are equal when they are the same text.
#[derive(Debug, Clone)]
pub struct VerifierKey {
    name: KeyName,
    id: KeyId,
    key: NoteKey,
}

/// The name can't name a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a key name is not empty and has no space, '+' or control character: {0:?}")]
pub struct BadKeyName(
    /// The name given.
    pub String,
);

/// The text is not a verifier key that this program accepts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadVerifierKey {
    /// There are not three parts.
    #[error("a verifier key is <name>+<8 hex digits>+<base64>")]
    Parts,
    /// The first part.
    #[error(transparent)]
    Name(#[from] BadKeyName),
    /// A name too long for a cosigner of type 0x06.
    #[error("the name of an ML-DSA-44 key has at most 255 bytes")]
    LongName,
    /// The second part.
    #[error("the key id is not 8 lower-case hex digits")]
    Id,
    /// The third part.
    #[error("the key is not canonical padded base64")]
    Base64,
    /// A signature type that is not verified here.
    #[error("signature type 0x{0:02x} is not known here; known are 0x01, 0x04 and 0x06")]
    Type(u8),
    /// The public key.
    #[error("no public key of its type: wrong length, not canonical, or weak (of small order)")]
    Key,
    /// The key id is of another name or key.
    #[error("the key id does not belong to this name and key; copy the whole verifier key again")]
    OtherId,
}

impl KeyName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl NoteKey {
    /// signed-note's signature type identifier byte.
    pub fn type_byte(&self) -> u8 {
        match self {
            NoteKey::Ed25519(_) => 0x01,
            NoteKey::Ed25519Cosignature(_) => 0x04,
            NoteKey::MlDsa44Cosignature(_) => 0x06,
        }
    }

    fn parse(type_byte: u8, key: &[u8]) -> Result<NoteKey, BadVerifierKey> {
        match type_byte {
            0x01 => ed25519(key).map(NoteKey::Ed25519),
            0x04 => ed25519(key).map(NoteKey::Ed25519Cosignature),
            0x06 => MlDsaPublicKey::from_bytes(key).map(NoteKey::MlDsa44Cosignature).map_err(|_| BadVerifierKey::Key),
            other => Err(BadVerifierKey::Type(other)),
        }
    }

    /// Type byte and public key, as a vkey holds them.
    fn material(&self) -> Vec<u8> {
        let key = match self {
            NoteKey::Ed25519(key) | NoteKey::Ed25519Cosignature(key) => key.to_bytes().to_vec(),
            NoteKey::MlDsa44Cosignature(key) => key.to_bytes(),
        };
        [vec![self.type_byte()], key].concat()
    }
}

/// Canonical and not of small order, or refused.
fn ed25519(key: &[u8]) -> Result<PublicKey, BadVerifierKey> {
    let bytes = key.try_into().map_err(|_| BadVerifierKey::Key)?;
    PublicKey::from_bytes(bytes).map_err(|_| BadVerifierKey::Key)
}

impl VerifierKey {
    /// Names `key`. tlog-cosignature limits names of type 0x06 to 255 bytes.
    ///
    /// # Errors
    ///
    /// The name is too long.
    pub fn new(name: KeyName, key: NoteKey) -> Result<VerifierKey, BadVerifierKey> {
        // tlog-cosignature's cosigner_name<1..2^8-1>.
        if matches!(key, NoteKey::MlDsa44Cosignature(_)) && name.0.len() > 255 {
            return Err(BadVerifierKey::LongName);
        }
        let id = KeyId::of(&name, &key.material());
        Ok(VerifierKey { name, id, key })
    }

    /// The key's name.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The key's id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The public key and its type.
    pub fn key(&self) -> &NoteKey {
        &self.key
    }

    /// Whether this is a log's Ed25519 note key (type 0x01).
    pub fn is_ed25519_note(&self) -> bool {
        matches!(self.key, NoteKey::Ed25519(_))
    }

    /// Whether this is an ML-DSA-44 key (type 0x06), of a log or a witness.
    pub fn is_ml_dsa_cosignature(&self) -> bool {
        matches!(self.key, NoteKey::MlDsa44Cosignature(_))
    }

    /// Whether both are the same key, whatever they are called and used for.
    pub fn shares_key(&self, other: &VerifierKey) -> bool {
        match (&self.key, &other.key) {
            (NoteKey::MlDsa44Cosignature(own), NoteKey::MlDsa44Cosignature(other)) => own == other,
            (_, NoteKey::Ed25519(key) | NoteKey::Ed25519Cosignature(key)) => self.is_key(key),
            _ => false,
        }
    }

    /// Whether this is `key`, in whatever role: log, witness and event keys are never shared.
    pub fn is_key(&self, key: &PublicKey) -> bool {
        match &self.key {
            NoteKey::Ed25519(own) | NoteKey::Ed25519Cosignature(own) => own == key,
            NoteKey::MlDsa44Cosignature(_) => false,
        }
    }
}

impl KeyId {
    fn of(name: &KeyName, material: &[u8]) -> KeyId {
        let mut hasher = Sha256::new();
        hasher.update(&name.0);
        hasher.update(b"\n");
        hasher.update(material);
        let hash: [u8; 32] = hasher.finalize().into();
        KeyId([hash[0], hash[1], hash[2], hash[3]])
    }
}

impl PartialEq for VerifierKey {
    fn eq(&self, other: &VerifierKey) -> bool {
        self.name == other.name && self.key == other.key
    }
}

impl Eq for VerifierKey {}

/// A log's key is named as its origin.
impl PartialEq<str> for KeyName {
    fn eq(&self, text: &str) -> bool {
        self.0 == text
    }
}

impl FromStr for KeyName {
    type Err = BadKeyName;

    fn from_str(text: &str) -> Result<KeyName, BadKeyName> {
        let bad = |c: char| c.is_whitespace() || c == '+' || c < ' ';
        if text.is_empty() || text.contains(bad) {
            return Err(BadKeyName(text.to_owned()));
        }
        Ok(KeyName(text.to_owned()))
    }
}

/// An origin has no character that a key name can't have.
impl From<&Origin> for KeyName {
    fn from(origin: &Origin) -> KeyName {
        KeyName(origin.as_str().to_owned())
    }
}

impl FromStr for VerifierKey {
    type Err = BadVerifierKey;

    fn from_str(text: &str) -> Result<VerifierKey, BadVerifierKey> {
        // Neither name nor id holds a plus; the base64 may.
        let parts: Vec<&str> = text.splitn(3, '+').collect();
        let [name, id, material] = parts[..] else {
            return Err(BadVerifierKey::Parts);
        };
        let name = name.parse()?;
        let hex_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if id.len() != 8 || !id.bytes().all(hex_digit) {
            return Err(BadVerifierKey::Id);
        }
        let material = base64::decode(material).map_err(|_| BadVerifierKey::Base64)?;
        let (type_byte, key) = material.split_first().ok_or(BadVerifierKey::Key)?;
        let key = VerifierKey::new(name, NoteKey::parse(*type_byte, key)?)?;
        if key.id.to_string() != id {
            return Err(BadVerifierKey::OtherId);
        }
        Ok(key)
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let material = base64::encode(self.key.material());
        write!(f, "{}+{}+{material}", self.name, self.id)
    }
}

crate::primitives::ids::string_serde!(
    VerifierKey,
    "C2SP signed-note verifier key",
    "^[^+ ]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+={0,2}$"
);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::ml_dsa::MlDsaSigningKey;

    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    fn refused(text: &str) -> BadVerifierKey {
        text.parse::<VerifierKey>().unwrap_err()
    }

    #[test]
    fn keys_of_other_implementations_round_trip() {
        let keys = [
            // The example of C2SP signed-note.
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            // golang.org/x/mod sumdb/note.
            PETER,
            "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
            // transparency-dev/formats: type 0x01 with a plus in its base64, and type 0x04.
            "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
            "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        ];
        for text in keys {
            assert_eq!(text.parse::<VerifierKey>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn ml_dsa_keys_round_trip() {
        let public = MlDsaSigningKey::from_seed(&[1; 32]).public_key();
        let key = NoteKey::MlDsa44Cosignature(public);
        let key = VerifierKey::new("example.com/log".parse().unwrap(), key).unwrap();
        assert_eq!(key.to_string().parse(), Ok(key.clone()));
        assert_eq!(key.key().type_byte(), 0x06);
        let long = "n".repeat(256).parse().unwrap();
        assert_eq!(VerifierKey::new(long, key.key), Err(BadVerifierKey::LongName));
    }

    #[test]
    fn an_id_of_another_key_is_refused() {
        assert_eq!(refused(&PETER.replace("c74f20a3", "c74f20a4")), BadVerifierKey::OtherId);
        assert_eq!(refused(&PETER.replace("Peter", "Pieter")), BadVerifierKey::OtherId);
    }

    #[test]
    fn each_part_has_one_form() {
        assert_eq!(refused("PeterNeumann"), BadVerifierKey::Parts);
        assert_eq!(refused("a+00000000+"), BadVerifierKey::Key);
        assert_eq!(refused("a+00000000+AQ="), BadVerifierKey::Base64);
        assert_eq!(refused("a+00000000+BQA="), BadVerifierKey::Type(5));
        assert_eq!(refused("a+00000000+AQA="), BadVerifierKey::Key);
        for id in ["c74f20a", "c74f20a33", "C74F20A3", "c74f20g3"] {
            assert_eq!(refused(&PETER.replace("c74f20a3", id)), BadVerifierKey::Id, "{id}");
        }
        for name in ["", "a b", "a\u{a0}b", "a\nb", "a\u{3000}"] {
            let text = PETER.replace("PeterNeumann", name);
            assert!(matches!(refused(&text), BadVerifierKey::Name(_)), "{name:?}");
        }
    }

    #[test]
    fn keys_of_small_order_and_other_encodings_are_refused() {
        // The neutral element; the same again with the sign bit; y = p + 1, which is y = 1.
        let mut one = [0; 32];
        one[0] = 1;
        let mut signed = one;
        signed[31] = 0x80;
        let mut unreduced = [0xff; 32];
        unreduced[0] = 0xee;
        unreduced[31] = 0x7f;
        for key in [one, signed, unreduced, [0; 32]] {
            for type_byte in [0x01, 0x04] {
                assert_eq!(NoteKey::parse(type_byte, &key), Err(BadVerifierKey::Key));
            }
        }
    }
}
