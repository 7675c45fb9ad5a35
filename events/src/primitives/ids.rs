//! Identifiers: what each may look like, parsed once and trusted after.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Serde and JSON Schema by `Display` and `FromStr`, so that one parser guards every door.
macro_rules! string_serde {
    ($type:ty, $what:literal, $pattern:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string", "description": $what, "pattern": $pattern
                })
            }
        }
    };
}
pub(crate) use string_serde;

/// Slug of an agreement, or `registry`: names one stream of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(String);

/// Slug of a party, or `registrar`: names who speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(String);

/// The ledger's origin (C2SP tlog-checkpoint), such as `sinetti.example.fi/pirkanmaa`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

/// UUID v7, lower case, chosen by the author of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(uuid::Uuid);

/// An identifier has the wrong form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadId {
    /// Agreements and parties.
    #[error("not an id: 1 to 64 of a-z, 0-9 and '-', beginning with a letter or digit")]
    Slug,
    /// A word that names a page or role and can't name an agreement or party.
    #[error("this id is reserved")]
    Reserved,
    /// Origins.
    #[error("not an origin: 1 to 200 of a-z, 0-9 and . / : _ -, not beginning with cosignature/")]
    Origin,
    /// Event ids.
    #[error("not a UUID of version 7 in lower case with hyphens")]
    Event,
}

impl StreamId {
    /// The name of the stream of the ledger itself, its parties and keys.
    pub const REGISTRY: &'static str = "registry";

    /// Words that can't name an agreement, because pages and roles have them.
    pub const RESERVED: [&'static str; 9] =
        ["registry", "registrar", "parties", "clerk", "verify", "about", "privacy", "accessibility", "api"];

    /// The registry stream.
    pub fn registry() -> StreamId {
        StreamId(Self::REGISTRY.to_owned())
    }

    /// Whether this is the registry stream.
    pub fn is_registry(&self) -> bool {
        self.0 == Self::REGISTRY
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartyId {
    /// The name under which the registrar speaks.
    pub const REGISTRAR: &'static str = "registrar";

    /// The registrar.
    pub fn registrar() -> PartyId {
        PartyId(Self::REGISTRAR.to_owned())
    }

    /// Whether this is the registrar.
    pub fn is_registrar(&self) -> bool {
        self.0 == Self::REGISTRAR
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Origin {
    /// The origin as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this origin is of a demonstration ledger: it ends in `-demo`.
    pub fn is_demonstration(&self) -> bool {
        self.0.ends_with("-demo")
    }
}

impl EventId {
    /// A UUID v7 from the time in milliseconds since 1970 and 10 random bytes, both given.
    pub fn new(unix_ms: u64, random: &[u8; 10]) -> EventId {
        EventId(uuid::Builder::from_unix_timestamp_millis(unix_ms, random).into_uuid())
    }
}

impl FromStr for StreamId {
    type Err = BadId;

    /// `registry` is accepted here; other reserved words are not.
    fn from_str(text: &str) -> Result<StreamId, BadId> {
        slug(text)?;
        if text != Self::REGISTRY && Self::RESERVED.contains(&text) {
            return Err(BadId::Reserved);
        }
        Ok(StreamId(text.to_owned()))
    }
}

impl FromStr for PartyId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<PartyId, BadId> {
        slug(text)?;
        Ok(PartyId(text.to_owned()))
    }
}

impl FromStr for Origin {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Origin, BadId> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'/' | b':' | b'_' | b'-');
        let good = (1..=200).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with("cosignature/");
        if good { Ok(Origin(text.to_owned())) } else { Err(BadId::Origin) }
    }
}

impl FromStr for EventId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<EventId, BadId> {
        let id = uuid::Uuid::try_parse(text).map_err(|_| BadId::Event)?;
        let good = id.get_version_num() == 7
            && id.get_variant() == uuid::Variant::RFC4122
            && id.hyphenated().to_string() == text;
        if good { Ok(EventId(id)) } else { Err(BadId::Event) }
    }
}

/// `[a-z0-9][a-z0-9-]{0,63}`.
fn slug(text: &str) -> Result<(), BadId> {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let good = (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-');
    if good { Ok(()) } else { Err(BadId::Slug) }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.hyphenated())
    }
}

string_serde!(StreamId, "agreement id, or registry", "^[a-z0-9][a-z0-9-]{0,63}$");
string_serde!(PartyId, "party id, or registrar", "^[a-z0-9][a-z0-9-]{0,63}$");
string_serde!(Origin, "the ledger's origin", "^[a-z0-9./:_-]{1,200}$");
string_serde!(EventId, "UUID v7, lower case", "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_name_no_agreement() {
        assert_eq!("api".parse::<StreamId>(), Err(BadId::Reserved));
        assert!("registry".parse::<StreamId>().is_ok());
    }

    #[test]
    fn slugs_are_lower_case_ascii_of_64_at_most() {
        assert!("pirkanmaa-puitesopimus-2023".parse::<StreamId>().is_ok());
        for bad in ["", "-a", "Tampere", "mänttä", "a b", &"a".repeat(65), "a/b", ".."] {
            assert_eq!(bad.parse::<PartyId>(), Err(BadId::Slug), "{bad:?}");
        }
    }

    #[test]
    fn an_origin_is_never_mistaken_for_a_cosignature() {
        assert!("localhost/sinetti".parse::<Origin>().is_ok());
        for bad in ["", "cosignature/v1", "a+b", "a b", "Ä", &"a".repeat(201)] {
            assert_eq!(bad.parse::<Origin>(), Err(BadId::Origin), "{bad:?}");
        }
    }

    #[test]
    fn event_ids_are_uuid_v7_in_lower_case() {
        let id = EventId::new(1_700_000_000_000, &[7; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "00000000-0000-0000-0000-000000000000",
            "018BCFE5-6800-7707-8707-070707070707",
            "018bcfe5680077078707070707070707",
            "018bcfe5-6800-4707-8707-070707070707",
            "018bcfe5-6800-7707-c707-070707070707",
        ] {
            assert_eq!(bad.parse::<EventId>(), Err(BadId::Event), "{bad}");
        }
    }
}
