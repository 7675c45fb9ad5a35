//! SHA-256 in the three roles it has here: tree hash, stream head, document digest.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::base64;

/// A 32-byte SHA-256 value of the log or heads tree, or of a chain; written in base64.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

/// SHA-256 of a document or of a public key; written in lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Hash {
    /// The `previous` of the first record: 32 zero bytes.
    pub const ZERO: Hash = Hash([0; 32]);

    /// RFC 6962 § 2.1: the root of the empty tree, SHA-256 of the empty string.
    pub fn empty_root() -> Hash {
        Hash(Sha256::digest([]).into())
    }

    /// RFC 6962 § 2.1: `SHA-256(0x00 ‖ data)`.
    pub fn leaf(data: &[u8]) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update([0x00]);
        hasher.update(data);
        Hash(hasher.finalize().into())
    }

    /// RFC 6962 § 2.1: `SHA-256(0x01 ‖ left ‖ right)`.
    pub fn node(left: &Hash, right: &Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update([0x01]);
        hasher.update(left.0);
        hasher.update(right.0);
        Hash(hasher.finalize().into())
    }
}

impl Digest {
    /// SHA-256 of `data`.
    pub fn of(data: &[u8]) -> Digest {
        Digest(Sha256::digest(data).into())
    }
}

/// The text is not a SHA-256 value in the encoding that this place asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAHash {
    /// A tree hash is 32 bytes in padded base64.
    #[error("not 32 bytes in padded base64")]
    Base64,
    /// A digest is 64 lower-case hex digits.
    #[error("not 64 lower-case hex digits (SHA-256)")]
    Hex,
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Hash, NotAHash> {
        let bytes = base64::decode(text).map_err(|_| NotAHash::Base64)?;
        bytes.try_into().map(Hash).map_err(|_| NotAHash::Base64)
    }
}

impl FromStr for Digest {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Digest, NotAHash> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(NotAHash::Hex);
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAHash::Hex)?;
        Ok(Digest(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64::encode(self.0))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

super::ids::string_serde!(Hash, "SHA-256 in padded base64", "^[A-Za-z0-9+/]{43}=$");
super::ids::string_serde!(Digest, "SHA-256 in lower-case hex", "^[0-9a-f]{64}$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_root_is_sha256_of_nothing() {
        assert_eq!(
            hex::encode(Hash::empty_root().0),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn digest_is_lower_case_only() {
        let text = Digest::of(b"").to_string();
        assert!(Digest::from_str(&text).is_ok());
        assert_eq!(Digest::from_str(&text.to_uppercase()), Err(NotAHash::Hex));
    }
}
