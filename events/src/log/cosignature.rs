//! Cosignatures: C2SP tlog-cosignature, types 0x04 (Ed25519) and 0x06 (ML-DSA-44).
//!
//! A signature of either type is a time in seconds since 1970, eight bytes, then the signature
//! proper. An Ed25519 cosignature does not commit to its signer's name, so log, witness and event
//! keys are never shared; an ML-DSA-44 one does.

use ed25519_dalek::Signer as _;

use crate::keys::public_key::PublicKey;

use super::checkpoint::TreeHead;
use super::ml_dsa::{CannotSign, MlDsaPublicKey, MlDsaSigningKey};
use super::vkey::KeyName;

/// tlog-cosignature: a time "MUST NOT exceed 2^63 - 1".
const MAX_TIME: u64 = (1 << 63) - 1;

/// The cosignature is malformed, or not by this key over this checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the cosignature does not verify: checkpoint, time, signature or key was changed")]
pub struct BadCosignature;

/// No cosignature can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CosignError {
    /// The time is out of range.
    #[error("a cosignature's time is in seconds since 1970, at most 2^63 - 1; set the clock")]
    Time,
    /// The name or origin is too long for the signed message.
    #[error("cosigner name and origin have 1 to 255 bytes each")]
    Name,
    /// ML-DSA-44 failed.
    #[error(transparent)]
    MlDsa(#[from] CannotSign),
}

/// Signs a checkpoint's text as a witness does, at `time` (seconds since 1970).
///
/// # Errors
///
/// The time is out of range.
pub fn cosign_ed25519(key: &ed25519_dalek::SigningKey, time: u64, text: &str) -> Result<Vec<u8>, CosignError> {
    check_time(time)?;
    let signature = key.sign(&ed25519_message(time, text));
    Ok([&time.to_be_bytes()[..], &signature.to_bytes()].concat())
}

/// Verifies a cosignature of type 0x04 over a checkpoint's text; gives its time.
///
/// # Errors
///
/// Malformed, or not by this key over this text.
pub fn verify_ed25519(key: &PublicKey, text: &str, cosignature: &[u8]) -> Result<u64, BadCosignature> {
    let (time, signature) = split(cosignature)?;
    let signature: &[u8; 64] = signature.try_into().map_err(|_| BadCosignature)?;
    let verified = key.verify(&ed25519_message(time, text), signature);
    verified.map(|()| time).map_err(|_| BadCosignature)
}

/// Signs a checkpoint with ML-DSA-44 under `name`, at `time` (seconds since 1970; 0 states none).
///
/// # Errors
///
/// The time is out of range, or the name too long.
pub fn cosign_ml_dsa(
    key: &MlDsaSigningKey,
    name: &KeyName,
    time: u64,
    checkpoint: &TreeHead,
) -> Result<Vec<u8>, CosignError> {
    check_time(time)?;
    let message = ml_dsa_message(name, time, checkpoint).ok_or(CosignError::Name)?;
    Ok([time.to_be_bytes().to_vec(), key.sign(&message)?].concat())
}

/// Verifies a cosignature of type 0x06 by the cosigner `name`; gives its time.
///
/// # Errors
///
/// Malformed, or not by this key and name over this checkpoint.
pub fn verify_ml_dsa(
    key: &MlDsaPublicKey,
    name: &KeyName,
    checkpoint: &TreeHead,
    cosignature: &[u8],
) -> Result<u64, BadCosignature> {
    let (time, signature) = split(cosignature)?;
    let message = ml_dsa_message(name, time, checkpoint).ok_or(BadCosignature)?;
    let verified = key.verify(&message, signature);
    verified.map(|()| time).map_err(|_| BadCosignature)
}

/// The message of type 0x04: two lines, then the whole text of the checkpoint.
fn ed25519_message(time: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// The message of type 0x06: the `cosigned_message` structure, for a whole tree (`start` is 0). It
/// does not hold extension lines; of these a cosigner says nothing.
fn ml_dsa_message(name: &KeyName, time: u64, checkpoint: &TreeHead) -> Option<Vec<u8>> {
    let mut message = b"subtree/v1\n\0".to_vec();
    message.extend(opaque(name.as_str())?);
    message.extend(time.to_be_bytes());
    message.extend(opaque(&checkpoint.origin)?);
    message.extend(0u64.to_be_bytes());
    message.extend(checkpoint.size.to_be_bytes());
    message.extend(checkpoint.root.0);
    Some(message)
}

/// RFC 8446 § 3.4: `opaque text<1..2^8-1>`.
fn opaque(text: &str) -> Option<Vec<u8>> {
    let length = u8::try_from(text.len()).ok().filter(|length| *length > 0)?;
    Some([&[length], text.as_bytes()].concat())
}

/// Time and signature proper.
fn split(cosignature: &[u8]) -> Result<(u64, &[u8]), BadCosignature> {
    let (time, signature) = cosignature.split_first_chunk().ok_or(BadCosignature)?;
    let time = u64::from_be_bytes(*time);
    check_time(time).map_err(|_| BadCosignature)?;
    Ok((time, signature))
}

fn check_time(time: u64) -> Result<(), CosignError> {
    if time > MAX_TIME {
        return Err(CosignError::Time);
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TIME: u64 = 1_679_315_147;

    const TEXT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    fn checkpoint() -> TreeHead {
        TEXT.parse().unwrap()
    }

    fn name(text: &str) -> KeyName {
        text.parse().unwrap()
    }

    #[test]
    fn the_ed25519_message_is_that_of_the_specification() {
        let expected = "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n\
                        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        assert_eq!(ed25519_message(TIME, TEXT), expected.as_bytes());
    }

    #[test]
    fn the_ml_dsa_message_has_each_field_at_its_place() {
        let message = ml_dsa_message(&name("w1"), TIME, &checkpoint()).unwrap();
        let expected = [
            b"subtree/v1\n\0".as_slice(),
            b"\x02w1",
            &[0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb],
            b"\x1bexample.com/behind-the-sofa",
            &[0; 8],
            &[0, 0, 0, 0, 0x01, 0x3e, 0x2d, 0xc3],
            &checkpoint().root.0,
        ];
        assert_eq!(message, expected.concat());
    }

    #[test]
    fn an_ed25519_cosignature_binds_time_and_text() {
        let key = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
        let public = PublicKey::from_bytes(key.verifying_key().as_bytes()).unwrap();
        let signature = cosign_ed25519(&key, TIME, TEXT).unwrap();
        assert_eq!(verify_ed25519(&public, TEXT, &signature), Ok(TIME));
        assert!(verify_ed25519(&public, &TEXT.replace('2', "3"), &signature).is_err());
        for at in [0, 7, 8, 71] {
            let mut changed = signature.clone();
            changed[at] ^= 1;
            assert_eq!(verify_ed25519(&public, TEXT, &changed), Err(BadCosignature));
        }
        assert!(verify_ed25519(&public, TEXT, &signature[..71]).is_err());
        assert!(verify_ed25519(&public, TEXT, &[]).is_err());
    }

    #[test]
    fn an_ml_dsa_cosignature_binds_name_time_and_checkpoint() {
        let key = MlDsaSigningKey::from_seed(&[3; 32]);
        let (public, w1, tree) = (key.public_key(), name("w1"), checkpoint());
        let signature = cosign_ml_dsa(&key, &w1, TIME, &tree).unwrap();
        assert_eq!(signature.len(), 8 + 2420);
        assert_eq!(verify_ml_dsa(&public, &w1, &tree, &signature), Ok(TIME));
        assert!(verify_ml_dsa(&public, &name("w2"), &tree, &signature).is_err());
        let mut other = tree.clone();
        other.size += 1;
        assert!(verify_ml_dsa(&public, &w1, &other, &signature).is_err());
        let mut later = signature.clone();
        later[7] ^= 1;
        assert!(verify_ml_dsa(&public, &w1, &tree, &later).is_err());
    }

    #[test]
    fn times_stay_below_2_63() {
        let key = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
        assert_eq!(cosign_ed25519(&key, 1 << 63, "a\n"), Err(CosignError::Time));
        let ml_dsa = MlDsaSigningKey::from_seed(&[3; 32]);
        let refused = cosign_ml_dsa(&ml_dsa, &name("w"), u64::MAX, &checkpoint());
        assert_eq!(refused, Err(CosignError::Time));
    }

    #[test]
    fn a_true_signature_over_a_time_beyond_2_63_is_refused() {
        let key = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
        let public = PublicKey::from_bytes(key.verifying_key().as_bytes()).unwrap();
        for (time, accepted) in [(MAX_TIME, true), (MAX_TIME + 1, false)] {
            let signature = key.sign(&ed25519_message(time, "a\n")).to_bytes();
            let signature = [&time.to_be_bytes()[..], &signature].concat();
            assert_eq!(verify_ed25519(&public, "a\n", &signature).is_ok(), accepted);
        }
    }

    #[test]
    fn names_that_do_not_fit_are_refused() {
        let key = MlDsaSigningKey::from_seed(&[3; 32]);
        let long = name(&"n".repeat(256));
        assert_eq!(cosign_ml_dsa(&key, &long, 1, &checkpoint()), Err(CosignError::Name));
        assert!(cosign_ml_dsa(&key, &name(&"n".repeat(255)), 1, &checkpoint()).is_ok());
    }
}
