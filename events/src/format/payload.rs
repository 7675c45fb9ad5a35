//! What a party signs: the payload of an event.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::primitives::canonical::{self, Defect, Names};
use crate::primitives::hash::Hash;
use crate::primitives::ids::{EventId, Origin, PartyId, StreamId};
use crate::primitives::time::Instant;

/// Largest payload, in bytes: with 8 signatures it fits a record of 65 535.
pub const MAX_PAYLOAD: usize = 40_000;

/// One event as its author says it. Members are in canonical order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// Who speaks.
    pub actor: PartyId,
    /// The stream that it belongs to.
    pub agreement: StreamId,
    /// The members of the type, canonical.
    pub data: Box<RawValue>,
    /// Chosen by the author; makes a retry harmless.
    pub event: EventId,
    /// The ledger that it is meant for.
    pub ledger: Origin,
    /// The record of this stream that the author had seen.
    pub seen: Seen,
    /// What kind of act this is.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Not to be recorded later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A record of the stream, by version and leaf hash: the author testifies to all history up to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Leaf hash of that record; of record 0 for the first of a stream; none in record 0 itself.
    #[serde(with = "seen_hash")]
    pub hash: Option<Hash>,
    /// Its version; 0 while the stream has no record.
    pub version: u64,
}

/// Name of an event type: snake_case, past tense.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventType(String);

/// The bytes are no payload.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPayload {
    /// Too long.
    #[error("the payload has {length} bytes; {MAX_PAYLOAD} at most. Name long texts by their digest")]
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// Not canonical.
    #[error(transparent)]
    NotCanonical(#[from] Defect),
    /// Canonical JSON, but other members or values than a payload has.
    #[error("the payload's member {member}: {reason}")]
    Member {
        /// Path of the member, `.` for the payload itself.
        member: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl BadPayload {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        match self {
            BadPayload::TooLong { .. } => "payload-too-long",
            BadPayload::NotCanonical(_) => "not-canonical",
            BadPayload::Member { .. } => "payload-malformed",
        }
    }
}

impl Payload {
    /// Parses exactly the canonical form.
    ///
    /// # Errors
    ///
    /// Too long, not canonical (with the first wrong byte), or a member that no payload has.
    pub fn parse(bytes: &[u8]) -> Result<Payload, BadPayload> {
        if bytes.len() > MAX_PAYLOAD {
            return Err(BadPayload::TooLong { length: bytes.len() });
        }
        canonical::check(bytes, Names::SnakeCase)?;
        let payload: Payload = typed(bytes)?;
        if payload.data.get().starts_with('{') {
            return Ok(payload);
        }
        Err(BadPayload::Member { member: "data".into(), reason: "not an object".into() })
    }

    /// The canonical bytes, to be signed.
    ///
    /// # Errors
    ///
    /// Too long, or `data` holds what canonical JSON can't.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BadPayload> {
        let bytes = canonical::write(self, Names::SnakeCase)?;
        if bytes.len() > MAX_PAYLOAD {
            return Err(BadPayload::TooLong { length: bytes.len() });
        }
        Ok(bytes)
    }
}

fn typed<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, BadPayload> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut json)
        .map_err(|error| BadPayload::Member { member: error.path().to_string(), reason: error.inner().to_string() })
}

impl EventType {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EventType {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<EventType, &'static str> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        let good = (1..=64).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(allowed);
        if good { Ok(EventType(text.to_owned())) } else { Err("not an event type: snake_case, 64 characters at most") }
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::primitives::ids::string_serde!(EventType, "event type, snake_case", "^[a-z][a-z0-9_]{0,63}$");

/// The empty string stands for "nothing was there to see".
mod seen_hash {
    use super::{Deserialize, Deserializer, Hash, Serializer};

    pub fn serialize<S: Serializer>(hash: &Option<Hash>, serializer: S) -> Result<S::Ok, S::Error> {
        match hash {
            Some(hash) => serializer.collect_str(hash),
            None => serializer.serialize_str(""),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Hash>, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = concat!(
        r#"{"actor":"tampere","agreement":"a","data":{"x":1},"#,
        r#""event":"018bcfe5-6800-7707-8707-070707070707","ledger":"localhost/sinetti","#,
        r#""seen":{"hash":"","version":0},"type":"text_signed"}"#
    );

    fn refusal(text: &str) -> Option<BadPayload> {
        Payload::parse(text.as_bytes()).err()
    }

    #[test]
    fn bytes_round_trip() {
        let payload = Payload::parse(GOOD.as_bytes()).ok();
        let bytes = payload.and_then(|payload| payload.to_bytes().ok());
        assert_eq!(bytes.as_deref(), Some(GOOD.as_bytes()));
    }

    #[test]
    fn an_unknown_member_is_named() {
        let text = GOOD.replace(r#""type":"#, r#""tipe":"x","type":"#);
        assert!(matches!(refusal(&text), Some(BadPayload::Member { reason, .. }) if reason.contains("tipe")));
    }

    #[test]
    fn a_bad_value_is_named_by_its_path() {
        let text = GOOD.replace(r#""hash":"""#, r#""hash":"x""#);
        assert!(matches!(refusal(&text), Some(BadPayload::Member { member, .. }) if member == "seen.hash"));
        let text = GOOD.replace(r#"{"x":1}"#, "1");
        assert!(matches!(refusal(&text), Some(BadPayload::Member { member, .. }) if member == "data"));
    }

    #[test]
    fn one_byte_too_many_is_refused() {
        let room = MAX_PAYLOAD - GOOD.len() + 7 - 8;
        let fits = GOOD.replace(r#"{"x":1}"#, &format!(r#"{{"x":"{}"}}"#, "a".repeat(room)));
        assert_eq!(fits.len(), MAX_PAYLOAD);
        assert!(Payload::parse(fits.as_bytes()).is_ok());
        let longer = fits.replace("aaaaa\"", "aaaaaa\"");
        assert_eq!(refusal(&longer), Some(BadPayload::TooLong { length: MAX_PAYLOAD + 1 }));
    }
}
