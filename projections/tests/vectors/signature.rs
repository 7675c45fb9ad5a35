//! Ed25519 as this ledger verifies it: strictly.

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sinetti_events::keys::public_key::PublicKey;
use sinetti_events::primitives::base64;

use crate::file::Vector;

/// The verdict on `{"public_key", "message", "signature"}`, all base64.
pub fn verdict(input: &Value) -> Value {
    let bytes = |member: &str| base64::decode(input[member].as_str().unwrap()).unwrap();
    let key = bytes("public_key").try_into().ok().and_then(|key| PublicKey::from_bytes(&key).ok());
    let signature: Option<[u8; 64]> = bytes("signature").try_into().ok();
    let valid = match (key, signature) {
        (Some(key), Some(signature)) => key.verify(&bytes("message"), &signature).is_ok(),
        _ => false,
    };
    json!({"verdict": if valid { "valid" } else { "tampered" }})
}

/// One good signature and every way to bend it that some verifiers let pass.
pub fn vectors() -> Vec<Vector> {
    let signing = SigningKey::from_bytes(&[42; 32]);
    let key = signing.verifying_key().to_bytes();
    let good = signing.sign(b"seal").to_bytes();
    let identity = point(1);
    let mut small_order_r = good;
    small_order_r[..32].copy_from_slice(&identity);
    let mut zero_s = [0; 64];
    zero_s[..32].copy_from_slice(&identity);
    let mut flipped_r = good;
    flipped_r[0] ^= 1;
    let mut flipped_s = good;
    flipped_s[32] ^= 1;
    let mut key_beyond_prime = [0xff; 32];
    key_beyond_prime[0] = 0xee;
    key_beyond_prime[31] = 0x7f;
    vec![
        vector("good", &key, b"seal", &good, true),
        vector("other-message", &key, b"seaL", &good, false),
        vector("r-flipped", &key, b"seal", &flipped_r, false),
        vector("s-flipped", &key, b"seal", &flipped_s, false),
        vector("s-plus-group-order", &key, b"seal", &plus_order(good), false),
        vector("r-of-small-order", &key, b"seal", &small_order_r, false),
        vector("key-of-small-order-signs-anything", &identity, b"seal", &zero_s, false),
        vector("key-zero-of-small-order", &point(0), b"seal", &zero_s, false),
        vector("key-encoded-beyond-prime", &key_beyond_prime, b"seal", &zero_s, false),
        vector("key-of-order-8", &order_8(0), b"seal", &zero_s, false),
        vector("key-of-order-8-negative", &order_8(0x80), b"seal", &zero_s, false),
        vector("r-of-order-8", &key, b"seal", &with_r(good, order_8(0)), false),
        vector("r-encoded-beyond-prime", &key, b"seal", &with_r(good, key_beyond_prime), false),
        vector("key-not-on-the-curve", &point(2), b"seal", &good, false),
        vector("key-with-order-8-part-cancelled", &mixed_key(), b"seal 2", &mixed(CANCELLED), true),
        vector("key-with-order-8-part-needs-cofactor", &mixed_key(), b"seal 4", &mixed(NEEDS_COFACTOR), false),
        vector("signature-too-short", &key, b"seal", &good[..63], false),
        vector("key-too-short", &key[..31], b"seal", &good, false),
    ]
}

/// A key A = [a]B + T with T of order 8, and R = [r]B of two signatures by it with S = r + k a. For
/// one message k is a multiple of 8, so that [S]B = R + [k]A; for the other the two sides differ by
/// [k]T, which only verifiers that multiply by the cofactor overlook.
const MIXED_KEY: &str = "0422ead6cfd2e2ada4571a5783e2f4fb983390fac9b11f92b69b689d07e10317";
const MIXED_R: &str = "f26da2751cb088835e23a2dfe06a6ca9a22f9e76f9eed1feef65549ccc03aa6b";
const CANCELLED: &str = "1bb111c547c937b3410a86acd83e4a738c9d4851a01cb0bad4c963f076712206";
const NEEDS_COFACTOR: &str = "46d1e9f888978cc861c998d2f9e50c4dd4b693fc6ff1f3c17dd4c78cde0cca04";

fn mixed_key() -> Vec<u8> {
    hex::decode(MIXED_KEY).unwrap()
}

fn mixed(s: &str) -> Vec<u8> {
    [hex::decode(MIXED_R).unwrap(), hex::decode(s).unwrap()].concat()
}

/// A point of order 8, with the sign of its x in the highest bit.
fn order_8(sign: u8) -> [u8; 32] {
    let hex = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    let mut bytes: [u8; 32] = hex::decode(hex).unwrap().try_into().unwrap();
    bytes[31] |= sign;
    bytes
}

fn with_r(mut signature: [u8; 64], r: [u8; 32]) -> [u8; 64] {
    signature[..32].copy_from_slice(&r);
    signature
}

fn point(y: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = y;
    bytes
}

/// The same signature with S + L, which satisfies the equation and RFC 8032 § 5.1.7 refuses.
fn plus_order(mut signature: [u8; 64]) -> [u8; 64] {
    let order = hex::decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    let mut carry = 0u16;
    for (s, l) in signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*s) + u16::from(l) + carry;
        *s = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    signature
}

fn vector(property: &'static str, key: &[u8], message: &[u8], signature: &[u8], valid: bool) -> Vector {
    let input = json!({
        "public_key": base64::encode(key),
        "message": base64::encode(message),
        "signature": base64::encode(signature),
    });
    Vector { property, input, expect: json!({"verdict": if valid { "valid" } else { "tampered" }}) }
}
