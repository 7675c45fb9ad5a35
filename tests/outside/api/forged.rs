//! Signatures that satisfy the equation of Ed25519 and are none.

use curve25519_dalek::scalar::Scalar;
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha512};

/// The neutral point: of order 1, so that it signs everything.
pub const IDENTITY: [u8; 32] = {
    let mut bytes = [0; 32];
    bytes[0] = 1;
    bytes
};

/// The order of the group, little-endian (RFC 8032 § 5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The same signature with S + L: another encoding of the same number.
pub fn with_greater_s(signature: &[u8]) -> Vec<u8> {
    let mut forged = signature.to_vec();
    let mut carry = 0;
    for (byte, order) in forged[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    forged
}

/// R is the neutral point and S = k·a: the key's owner can make it, and lax verifiers accept it.
pub fn with_small_r(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    let challenge =
        Sha512::new().chain_update(IDENTITY).chain_update(key.verifying_key().as_bytes()).chain_update(message);
    let challenge = Scalar::from_bytes_mod_order_wide(&challenge.finalize().into());
    let s = challenge * key.to_scalar();
    [IDENTITY, s.to_bytes()].concat()
}
