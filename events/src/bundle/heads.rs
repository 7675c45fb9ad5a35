//! `heads.json`: the last record under the checkpoint, and the proofs that registry and agreement
//! are complete ([`crate::completeness`]).

use serde::{Deserialize, Serialize};

use crate::primitives::base64;
use crate::primitives::hash::Hash;

/// Members are in canonical order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// Inclusion proof of the agreement's head; empty in the registry's own bundle, and when the
    /// last record is of the agreement.
    pub agreement: Vec<Hash>,
    /// Bytes of the record at index `size − 1`.
    #[serde(with = "base64")]
    pub last: Vec<u8>,
    /// Its tlog-proof.
    pub proof: String,
    /// Inclusion proof of the registry's head; empty when the last record is of the registry.
    pub registry: Vec<Hash>,
}

/// The bytes are no `heads.json`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHeads {
    /// Not JSON of this shape.
    #[error("not an object of agreement, last, proof and registry: {0}")]
    Malformed(String),
    /// JSON of this shape, written in another way.
    #[error("byte {position} is not that of the canonical form (RFC 8785)")]
    NotCanonical {
        /// Zero-based place of the first byte that differs.
        position: usize,
    },
}

impl Heads {
    /// The canonical bytes (RFC 8785; the proof's line breaks are written `\n`).
    pub fn to_bytes(&self) -> Vec<u8> {
        // Strings and arrays of strings always serialise; serde_json escapes as RFC 8785 does.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Parses exactly the canonical form.
    ///
    /// # Errors
    ///
    /// Another shape, or another form.
    pub fn parse(bytes: &[u8]) -> Result<Heads, BadHeads> {
        let heads: Heads = serde_json::from_slice(bytes).map_err(|error| BadHeads::Malformed(error.to_string()))?;
        let canonical = heads.to_bytes();
        if canonical == bytes {
            return Ok(heads);
        }
        let same = canonical.iter().zip(bytes).take_while(|(left, right)| left == right).count();
        Err(BadHeads::NotCanonical { position: same })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn heads() -> Heads {
        let proof = "c2sp.org/tlog-proof@v1\nindex 4\n\nlocalhost/sinetti\n…— \"\\".to_owned();
        Heads { agreement: vec![Hash::ZERO], last: b"{}".to_vec(), proof, registry: vec![] }
    }

    #[test]
    fn bytes_round_trip_and_are_those_of_rfc_8785() {
        let bytes = heads().to_bytes();
        assert_eq!(Heads::parse(&bytes), Ok(heads()));
        assert_eq!(bytes, serde_json_canonicalizer::to_vec(&heads()).unwrap());
    }

    #[test]
    fn another_form_is_named_at_its_first_byte() {
        let good = String::from_utf8(heads().to_bytes()).unwrap();
        let spaced = good.replacen(":", ": ", 1);
        assert_eq!(Heads::parse(spaced.as_bytes()), Err(BadHeads::NotCanonical { position: 13 }));
        let escaped = good.replace('…', "\\u2026");
        assert!(matches!(Heads::parse(escaped.as_bytes()), Err(BadHeads::NotCanonical { .. })));
        let longer = good.clone() + "\n";
        assert_eq!(Heads::parse(longer.as_bytes()), Err(BadHeads::NotCanonical { position: good.len() }));
    }

    #[test]
    fn other_members_are_refused() {
        let good = String::from_utf8(heads().to_bytes()).unwrap();
        for (old, new) in
            [("\"registry\":[]", "\"registry\":[],\"registry\":[]"), (",\"registry\":[]", ""), ("registry", "regis")]
        {
            let changed = good.replacen(old, new, 1);
            assert!(matches!(Heads::parse(changed.as_bytes()), Err(BadHeads::Malformed(_))), "{new}");
        }
    }
}
