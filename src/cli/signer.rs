//! Who signs: a key file, or a key on a token.

use ed25519_dalek::{Signer as _, SigningKey};
use sinetti_events::format::envelope::{Envelope, Signature};
use sinetti_events::keys::public_key::PublicKey;

use super::failure::Failure;
use crate::author;
use crate::token::TokenKey;

/// A private key, wherever it is.
#[derive(Debug)]
pub enum Signer {
    /// Read from a file.
    File(Box<SigningKey>),
    /// On a card or in a hardware security module.
    Token(Box<TokenKey>),
}

impl Signer {
    /// The public half.
    ///
    /// # Errors
    ///
    /// A weak key.
    pub fn public_key(&self) -> Result<PublicKey, Failure> {
        let bytes = match self {
            Signer::File(key) => key.verifying_key().to_bytes(),
            Signer::Token(key) => key.public_key(),
        };
        PublicKey::from_bytes(&bytes).map_err(Failure::refused)
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Failure> {
        match self {
            Signer::File(key) => Ok(key.sign(message).to_bytes()),
            Signer::Token(key) => Ok(key.sign(message)?),
        }
    }
}

/// Signs `payload` with each of `signers`.
///
/// # Errors
///
/// A token refuses.
pub fn seal(payload: Vec<u8>, signers: &[Signer]) -> Result<Envelope, Failure> {
    let message = author::to_be_signed(&payload);
    let mut signatures = Vec::new();
    for signer in signers {
        let public = signer.public_key()?;
        signatures.push(Signature { keyid: public.id(), sig: signer.sign(&message)?.to_vec() });
    }
    Ok(Envelope::of_event(payload, signatures))
}
