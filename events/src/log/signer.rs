//! Signing of checkpoints by the log: one Ed25519 line, one ML-DSA-44 line, both under the
//! ledger's origin (FORMATS § 4).

use ed25519_dalek::Signer as _;

use crate::keys::public_key::BadKey;

use super::checkpoint::{BadCheckpoint, Checkpoint, TreeHead};
use super::cosignature::{CosignError, cosign_ed25519, cosign_ml_dsa};
use super::ml_dsa::MlDsaSigningKey;
use super::note::{Note, NoteError, NoteSignature};
use super::vkey::{BadVerifierKey, KeyName, NoteKey, VerifierKey};
use crate::keys::public_key::PublicKey;

/// No signature could be put on the note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key can't be named so.
    #[error(transparent)]
    Key(#[from] BadVerifierKey),
    /// The Ed25519 key is unfit.
    #[error(transparent)]
    Ed25519(#[from] BadKey),
    /// The cosignature failed.
    #[error(transparent)]
    Cosign(#[from] CosignError),
    /// The note would not be well formed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is no checkpoint.
    #[error(transparent)]
    Text(#[from] BadCheckpoint),
}

/// A private key that signs notes as one [`NoteKey`] type, under a name.
#[derive(Debug)]
pub enum NoteSigner<'a> {
    /// Type 0x01.
    Ed25519(&'a ed25519_dalek::SigningKey),
    /// Type 0x04.
    Ed25519Cosignature(&'a ed25519_dalek::SigningKey),
    /// Type 0x06.
    MlDsa44Cosignature(&'a MlDsaSigningKey),
}

/// The note that a log publishes: `checkpoint` signed with both keys at `time` (seconds since
/// 1970). The Ed25519 line comes first. When keys are rotated, the others sign by
/// [`NoteSigner::sign`] and [`Note::with_signature`].
///
/// # Errors
///
/// The keys or the time are unfit.
pub fn sign_checkpoint(
    checkpoint: &Checkpoint,
    ed25519: &ed25519_dalek::SigningKey,
    ml_dsa: &MlDsaSigningKey,
    time: u64,
) -> Result<Note, SignError> {
    let name = KeyName::from(&checkpoint.origin);
    let signers = [NoteSigner::Ed25519(ed25519), NoteSigner::MlDsa44Cosignature(ml_dsa)];
    let sign = |signer: &NoteSigner| signer.sign(&name, checkpoint, time);
    let signatures = signers.iter().map(sign).collect::<Result<Vec<_>, _>>()?;
    Ok(Note::new(&checkpoint.to_string(), &signatures)?)
}

impl NoteSigner<'_> {
    /// Signs `checkpoint` under `name` at `time` (seconds since 1970; type 0x01 has no time).
    ///
    /// # Errors
    ///
    /// The key, its name or the time is unfit.
    pub fn sign(&self, name: &KeyName, checkpoint: &Checkpoint, time: u64) -> Result<NoteSignature, SignError> {
        self.sign_text(name, &checkpoint.to_string(), time)
    }

    /// The same for the text of any log's checkpoint, extension lines and all.
    ///
    /// # Errors
    ///
    /// As [`NoteSigner::sign`]; or the text is no checkpoint, which ML-DSA-44 cosignatures need.
    pub fn sign_text(&self, name: &KeyName, text: &str, time: u64) -> Result<NoteSignature, SignError> {
        let id = self.verifier_key(name)?.id();
        let signature = match self {
            NoteSigner::Ed25519(key) => key.sign(text.as_bytes()).to_bytes().to_vec(),
            NoteSigner::Ed25519Cosignature(key) => cosign_ed25519(key, time, text)?,
            NoteSigner::MlDsa44Cosignature(key) => cosign_ml_dsa(key, name, time, &text.parse::<TreeHead>()?)?,
        };
        Ok(NoteSignature { name: name.clone(), id, signature })
    }

    /// The public half under `name`, to be published and pinned.
    ///
    /// # Errors
    ///
    /// The key is weak, or the name too long for its type.
    pub fn verifier_key(&self, name: &KeyName) -> Result<VerifierKey, SignError> {
        let key = match self {
            NoteSigner::Ed25519(key) => NoteKey::Ed25519(public(key)?),
            NoteSigner::Ed25519Cosignature(key) => NoteKey::Ed25519Cosignature(public(key)?),
            NoteSigner::MlDsa44Cosignature(key) => NoteKey::MlDsa44Cosignature(key.public_key()),
        };
        Ok(VerifierKey::new(name.clone(), key)?)
    }
}

fn public(key: &ed25519_dalek::SigningKey) -> Result<PublicKey, BadKey> {
    PublicKey::from_bytes(key.verifying_key().as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;
    use crate::log::checkpoint::verify_checkpoint;
    use crate::primitives::hash::Hash;

    const TIME: u64 = 1_700_000_000;

    /// A checkpoint of `localhost/sinetti`, signed by `log_keys(1)`.
    pub fn checkpoint(size: u64) -> Note {
        checkpoint_with_root(size, Hash([5; 32]))
    }

    /// A checkpoint of `localhost/sinetti` with this root, signed by `log_keys(1)`.
    pub fn checkpoint_with_root(size: u64, root: Hash) -> Note {
        let origin = "localhost/sinetti".parse().unwrap();
        let ed25519 = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
        let ml_dsa = MlDsaSigningKey::from_seed(&[1; 32]);
        sign_checkpoint(&Checkpoint { origin, size, root }, &ed25519, &ml_dsa, TIME).unwrap()
    }

    /// The two public keys of a log whose private keys are `seed` repeated.
    pub fn log_keys(seed: u8) -> Vec<VerifierKey> {
        let name = "localhost/sinetti".parse().unwrap();
        let ed25519 = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
        let ml_dsa = MlDsaSigningKey::from_seed(&[seed; 32]);
        let signers = [NoteSigner::Ed25519(&ed25519), NoteSigner::MlDsa44Cosignature(&ml_dsa)];
        signers.iter().map(|signer| signer.verifier_key(&name).unwrap()).collect()
    }

    #[test]
    fn both_keys_sign_and_the_second_says_when() {
        let signed = checkpoint(5).open(&log_keys(1)).unwrap();
        let times: Vec<_> = signed.iter().map(|signed| signed.time).collect();
        assert_eq!(times, [None, Some(TIME)]);
    }

    #[test]
    fn a_time_of_0_states_none() {
        let key = MlDsaSigningKey::from_seed(&[1; 32]);
        let (signer, name) = (NoteSigner::MlDsa44Cosignature(&key), "w1".parse().unwrap());
        let tree: Checkpoint = checkpoint(5).text().parse().unwrap();
        let line = signer.sign(&name, &tree, 0).unwrap();
        let note = Note::new(&tree.to_string(), &[line]).unwrap();
        let signed = note.open(&[signer.verifier_key(&name).unwrap()]).unwrap();
        assert_eq!(signed[0].time, None);
    }

    #[test]
    fn signing_is_deterministic() {
        assert_eq!(checkpoint(5), checkpoint(5));
    }

    #[test]
    fn one_changed_byte_is_never_accepted() {
        let (note, keys) = (checkpoint(5), log_keys(1));
        let origin = "localhost/sinetti".parse().unwrap();
        let bytes = note.as_str().as_bytes();
        for at in (0..bytes.len()).filter(|at| *at < 250 || at % 41 == 0) {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1;
            assert!(verify_checkpoint(&changed, &origin, &keys).is_err(), "{at}");
        }
    }

    #[test]
    fn a_witness_adds_its_line() {
        let key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
        let (witness, name) = (NoteSigner::Ed25519Cosignature(&key), "w1".parse().unwrap());
        let note = checkpoint(5);
        let tree: Checkpoint = note.text().parse().unwrap();
        let line = witness.sign(&name, &tree, TIME).unwrap();
        let cosigned = note.with_signature(&line).unwrap();
        assert!(cosigned.as_str().starts_with(note.as_str()));
        let signed = cosigned.open(&[witness.verifier_key(&name).unwrap()]).unwrap();
        assert_eq!(signed[0].time, Some(TIME));
        assert_eq!(cosigned.open(&log_keys(1)).unwrap().len(), 2);
    }
}
