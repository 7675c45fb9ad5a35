//! Base64 of RFC 4648 § 4: standard alphabet, padded, no loose trailing bits, no white space.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serializer};

/// The bytes are not canonical padded base64.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not canonical padded base64 (RFC 4648 § 4)")]
pub struct NotBase64;

/// Encodes `bytes`.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

/// Decodes `text`; every text has at most one meaning and every meaning one text.
pub fn decode(text: impl AsRef<[u8]>) -> Result<Vec<u8>, NotBase64> {
    STANDARD.decode(text).map_err(|_| NotBase64)
}

/// For `#[serde(with = "…")]` on a `Vec<u8>`.
pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&encode(bytes))
}

/// For `#[serde(with = "…")]` on a `Vec<u8>`.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    decode(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        assert_eq!(decode(encode(b"seal")).as_deref(), Ok(b"seal".as_slice()));
    }

    #[test]
    fn refuses_loose_bits_missing_padding_and_white_space() {
        for bad in ["QQ", "QR==", "QQ==\n", " QQ==", "QQ=", "Q-8=", "QQ==QQ=="] {
            assert_eq!(decode(bad), Err(NotBase64), "{bad:?}");
        }
    }
}
