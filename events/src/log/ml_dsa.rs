//! ML-DSA-44 (FIPS 204), pure, deterministic, with the empty context string.
//!
//! The log's second signature: an agreement "in force until further notice" outlives Ed25519.

use std::fmt;

use ml_dsa::{EncodedVerifyingKey, MlDsa44, Signature, SigningKey, VerifyingKey};

/// Bytes of a public key.
pub const PUBLIC_KEY_LENGTH: usize = 1312;
/// Bytes of a signature.
pub const SIGNATURE_LENGTH: usize = 2420;

/// An ML-DSA-44 public key.
#[derive(Clone, PartialEq)]
pub struct MlDsaPublicKey(VerifyingKey<MlDsa44>);

/// An ML-DSA-44 private key, made from its 32-byte seed.
pub struct MlDsaSigningKey(SigningKey<MlDsa44>);

/// The bytes are no ML-DSA-44 public key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an ML-DSA-44 public key has 1312 bytes, not {0}")]
pub struct BadMlDsaKey(
    /// How many bytes there were.
    pub usize,
);

/// The signature is malformed, or not by this key over this message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the ML-DSA-44 signature does not verify: message, signature or key was changed")]
pub struct BadMlDsaSignature;

/// Signing did not come to an end; the chance of that is below 2^-128.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("ML-DSA-44 signing found no signature; the key may be damaged: restore it from its backup")]
pub struct CannotSign;

impl MlDsaPublicKey {
    /// From the encoding of FIPS 204 algorithm 22 (`pkEncode`); every 1312 bytes are a key.
    ///
    /// # Errors
    ///
    /// Not 1312 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<MlDsaPublicKey, BadMlDsaKey> {
        let encoded = EncodedVerifyingKey::<MlDsa44>::try_from(bytes);
        let encoded = encoded.map_err(|_| BadMlDsaKey(bytes.len()))?;
        Ok(MlDsaPublicKey(VerifyingKey::decode(&encoded)))
    }

    /// The 1312 bytes of `pkEncode`.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.encode().to_vec()
    }

    /// FIPS 204 algorithm 3 (`ML-DSA.Verify`) with the empty context.
    ///
    /// # Errors
    ///
    /// Malformed, or not by this key over this message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), BadMlDsaSignature> {
        let signature = Signature::<MlDsa44>::try_from(signature).map_err(|_| BadMlDsaSignature)?;
        if !self.0.verify_with_context(message, &[], &signature) {
            return Err(BadMlDsaSignature);
        }
        Ok(())
    }
}

impl MlDsaSigningKey {
    /// FIPS 204 algorithm 6 (`ML-DSA.KeyGen_internal`).
    pub fn from_seed(seed: &[u8; 32]) -> MlDsaSigningKey {
        MlDsaSigningKey(SigningKey::from_seed(&(*seed).into()))
    }

    /// The public half.
    pub fn public_key(&self) -> MlDsaPublicKey {
        MlDsaPublicKey(self.0.expanded_key().verifying_key())
    }

    /// FIPS 204 algorithm 2 (`ML-DSA.Sign`), the deterministic variant, with the empty context:
    /// the same key and message always give the same 2420 bytes.
    ///
    /// # Errors
    ///
    /// None that can be provoked; see [`CannotSign`].
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, CannotSign> {
        let signature = self.0.expanded_key().sign_deterministic(message, &[]);
        Ok(signature.map_err(|_| CannotSign)?.encode().to_vec())
    }
}

impl fmt::Debug for MlDsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MlDsaPublicKey({}…)", hex::encode(&self.to_bytes()[..8]))
    }
}

/// Never shows the key.
impl fmt::Debug for MlDsaSigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MlDsaSigningKey(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn signs_deterministically_what_verifies() {
        let key = MlDsaSigningKey::from_seed(&[7; 32]);
        let signature = key.sign(b"message").unwrap();
        assert_eq!(signature.len(), SIGNATURE_LENGTH);
        assert_eq!(key.sign(b"message").unwrap(), signature);
        assert_eq!(key.public_key().verify(b"message", &signature), Ok(()));
        assert!(key.public_key().verify(b"massage", &signature).is_err());
    }

    #[test]
    fn no_changed_byte_of_a_signature_verifies() {
        let key = MlDsaSigningKey::from_seed(&[7; 32]);
        let signature = key.sign(b"message").unwrap();
        for at in (0..SIGNATURE_LENGTH).step_by(97) {
            let mut changed = signature.clone();
            changed[at] ^= 1;
            assert!(key.public_key().verify(b"message", &changed).is_err(), "{at}");
        }
        for length in [0, 2419, 2421] {
            let mut other = signature.clone();
            other.resize(length, 0);
            assert_eq!(key.public_key().verify(b"message", &other), Err(BadMlDsaSignature));
        }
    }

    #[test]
    fn public_keys_round_trip() {
        let key = MlDsaSigningKey::from_seed(&[9; 32]).public_key();
        assert_eq!(key.to_bytes().len(), PUBLIC_KEY_LENGTH);
        assert_eq!(MlDsaPublicKey::from_bytes(&key.to_bytes()), Ok(key));
        assert_eq!(MlDsaPublicKey::from_bytes(&[0; 32]), Err(BadMlDsaKey(32)));
    }
}
