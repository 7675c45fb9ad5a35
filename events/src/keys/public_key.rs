//! Ed25519 public keys, verified strictly.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::primitives::base64;
use crate::primitives::hash::Digest;

/// A public key that is canonically encoded and not of small order.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// SHA-256 of a public key's 32 bytes, in hex where written: DSSE `keyid`.
pub type KeyId = Digest;

/// The bytes are no acceptable public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Wrong length or encoding.
    #[error("a public key is 32 bytes in padded base64")]
    Encoding,
    /// No point of the curve, or not its one encoding.
    #[error("not a canonically encoded Ed25519 public key")]
    NotCanonical,
    /// A point of small order, under which one signature fits many messages.
    #[error("a weak Ed25519 public key (small order); make a new one with `sinetti key new`")]
    Weak,
}

/// The signature does not verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not verify")]
pub struct BadSignature;

impl PublicKey {
    /// From RFC 8032 bytes.
    ///
    /// # Errors
    ///
    /// Not canonical, or weak.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<PublicKey, BadKey> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| BadKey::NotCanonical)?;
        // dalek keeps the compressed bytes as given; the point itself encodes canonically.
        if key.to_edwards().compress().as_bytes() != bytes {
            return Err(BadKey::NotCanonical);
        }
        if key.is_weak() { Err(BadKey::Weak) } else { Ok(PublicKey(key)) }
    }

    /// The 32 bytes of RFC 8032.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// SHA-256 of the 32 bytes.
    pub fn id(&self) -> KeyId {
        Digest::of(&self.to_bytes())
    }

    /// Strict verification: S < L, A and R canonical and not of small order, no cofactor.
    ///
    /// # Errors
    ///
    /// The signature does not verify.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).map_err(|_| BadSignature)
    }
}

impl FromStr for PublicKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<PublicKey, BadKey> {
        let bytes = base64::decode(text).map_err(|_| BadKey::Encoding)?;
        PublicKey::from_bytes(&bytes.try_into().map_err(|_| BadKey::Encoding)?)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64::encode(self.to_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

crate::primitives::ids::string_serde!(PublicKey, "Ed25519 public key in padded base64", "^[A-Za-z0-9+/]{43}=$");

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};

    #[test]
    fn small_order_and_non_canonical_keys_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::from_bytes(&identity), Err(BadKey::Weak));
        assert_eq!(PublicKey::from_bytes(&[0; 32]), Err(BadKey::Weak));
        // y = p + 3, an encoding beyond the field's prime of the point with y = 3.
        let mut beyond = [0xff; 32];
        beyond[0] = 0xf0;
        beyond[31] = 0x7f;
        assert_eq!(PublicKey::from_bytes(&beyond), Err(BadKey::NotCanonical));
    }

    #[test]
    fn a_malleated_signature_is_refused() {
        let signing = SigningKey::from_bytes(&[9; 32]);
        let public = PublicKey::from_bytes(&signing.verifying_key().to_bytes()).unwrap();
        let signature = signing.sign(b"m").to_bytes();
        assert_eq!(public.verify(b"m", &signature), Ok(()));
        // S + L is the other root of the same equation; RFC 8032 § 5.1.7 refuses it.
        let order = hex::decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
        let mut malleated = signature;
        let mut carry = 0u16;
        for (at, byte) in order.iter().enumerate() {
            let sum = u16::from(malleated[32 + at]) + u16::from(*byte) + carry;
            malleated[32 + at] = sum.to_le_bytes()[0];
            carry = sum >> 8;
        }
        assert_eq!(public.verify(b"m", &malleated), Err(BadSignature));
    }
}
