//! The witness's own keys: Ed25519, and ML-DSA-44 beside it where there is one. They cosign and do
//! nothing else.

use ed25519_dalek::SigningKey;
use sinetti_events::keys::public_key::{BadKey, PublicKey};
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::note::NoteSignature;
use sinetti_events::log::signer::{NoteSigner, SignError};
use sinetti_events::log::vkey::{BadKeyName, KeyName, VerifierKey};

/// Who cosigns.
#[derive(Debug)]
pub struct Cosigner {
    name: KeyName,
    ed25519: SigningKey,
    ml_dsa: Option<MlDsaSigningKey>,
    verifiers: Vec<VerifierKey>,
}

/// The keys can't cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A weak key.
    #[error(transparent)]
    Key(#[from] BadKey),
    /// The name.
    #[error(transparent)]
    Name(#[from] BadKeyName),
    /// Name and key together.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl Cosigner {
    /// Under `name`, which says whose cosignatures they are, such as `witness.example.fi/w1`; without
    /// one the key's own id serves.
    ///
    /// # Errors
    ///
    /// The key is weak, or the name too long for ML-DSA-44.
    pub fn new(
        name: Option<KeyName>,
        ed25519: SigningKey,
        ml_dsa: Option<MlDsaSigningKey>,
    ) -> Result<Cosigner, KeyError> {
        let public = PublicKey::from_bytes(ed25519.verifying_key().as_bytes())?;
        let name = match name {
            Some(name) => name,
            None => format!("witness-{:.16}", public.id().to_string()).parse()?,
        };
        let mut cosigner = Cosigner { name, ed25519, ml_dsa, verifiers: Vec::new() };
        let verifiers: Result<_, SignError> =
            cosigner.signers().map(|signer| signer.verifier_key(&cosigner.name)).collect();
        cosigner.verifiers = verifiers?;
        Ok(cosigner)
    }

    /// What a log and its auditors are told: Ed25519, then ML-DSA-44.
    pub fn verifiers(&self) -> &[VerifierKey] {
        &self.verifiers
    }

    /// Its name.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// Whether one of `keys` is the witness's Ed25519 key, in whatever role: an Ed25519 cosignature
    /// does not say whose it is, so roles don't share keys.
    pub fn shares_key_with(&self, keys: &[VerifierKey]) -> bool {
        let own = PublicKey::from_bytes(self.ed25519.verifying_key().as_bytes());
        own.is_ok_and(|own| keys.iter().any(|key| key.is_key(&own)))
            || keys.iter().any(|key| self.verifiers.iter().any(|own| own.key() == key.key()))
    }

    /// Cosigns a checkpoint's text at `time` (seconds since 1970) with each key.
    ///
    /// # Errors
    ///
    /// The time is out of range, or the text no checkpoint.
    pub fn sign(&self, text: &str, time: u64) -> Result<Vec<NoteSignature>, SignError> {
        self.signers().map(|signer| signer.sign_text(&self.name, text, time)).collect()
    }

    fn signers(&self) -> impl Iterator<Item = NoteSigner<'_>> {
        let ml_dsa = self.ml_dsa.iter().map(NoteSigner::MlDsa44Cosignature);
        std::iter::once(NoteSigner::Ed25519Cosignature(&self.ed25519)).chain(ml_dsa)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn ed25519() -> SigningKey {
        SigningKey::from_bytes(&[8; 32])
    }

    #[test]
    fn a_nameless_witness_is_called_after_its_key() {
        let first = Cosigner::new(None, ed25519(), None).unwrap();
        let second = Cosigner::new(None, ed25519(), None).unwrap();
        assert_eq!(first.name(), second.name());
        assert!(first.name().as_str().starts_with("witness-") && first.name().as_str().len() == 24);
    }

    #[test]
    fn both_keys_cosign_under_one_name() {
        let ml_dsa = MlDsaSigningKey::from_seed(&[8; 32]);
        let cosigner = Cosigner::new(Some("w1".parse().unwrap()), ed25519(), Some(ml_dsa)).unwrap();
        let types: Vec<u8> = cosigner.verifiers().iter().map(|key| key.key().type_byte()).collect();
        assert_eq!(types, [0x04, 0x06]);
        let text = "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        let lines = cosigner.sign(text, 7).unwrap();
        let note = sinetti_events::log::note::Note::new(text, &lines).unwrap();
        let times: Vec<Option<u64>> =
            note.open(cosigner.verifiers()).unwrap().iter().map(|signed| signed.time).collect();
        assert_eq!(times, [Some(7), Some(7)]);
    }

    #[test]
    fn a_key_in_another_role_is_noticed() {
        let cosigner = Cosigner::new(None, ed25519(), None).unwrap();
        let log = |key: &SigningKey| vec![NoteSigner::Ed25519(key).verifier_key(&"log".parse().unwrap()).unwrap()];
        assert!(cosigner.shares_key_with(&log(&ed25519())));
        assert!(!cosigner.shares_key_with(&log(&SigningKey::from_bytes(&[9; 32]))));
        assert!(!cosigner.shares_key_with(&[]));
    }
}
