//! Personal data apart from the chain, in the manner of SD-JWT (RFC 9901): the payload holds a
//! salted digest, the disclosure beside it the value, which can be erased.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::primitives::base64;
use crate::primitives::canonical::{self, Defect, Names};
use crate::primitives::hash::Hash;
use crate::primitives::ids::EventId;

/// Longest disclosure in bytes of its canonical form.
pub const MAX_DISCLOSURE: usize = 20_000;

/// What stands in a payload for a value that may name a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Base64 of SHA-256 over the disclosure.
    pub sd: Hash,
}

/// `[salt, event, pointer, value]`: bound to one member of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Parts", into = "Parts")]
pub struct Disclosure {
    /// 16 random bytes.
    pub salt: Salt,
    /// The payload's own id.
    pub event: EventId,
    /// RFC 6901 pointer of the member within `data`, such as `/signatory`.
    pub pointer: String,
    /// What was said.
    pub value: Disclosed,
}

/// 16 random bytes that keep a short value from being guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

/// A disclosed value: one text, or paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Disclosed {
    /// One text.
    Text(String),
    /// Paragraphs in order (a string has no line breaks).
    Paragraphs(Vec<String>),
}

type Parts = (Salt, EventId, String, Disclosed);

/// A disclosure does not belong to the event that it was sent with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDisclosure {
    /// Of another event.
    #[error("the disclosure for {pointer} is of event {event}, not of this one")]
    OtherEvent {
        /// Its pointer.
        pointer: String,
        /// The event that it names.
        event: EventId,
    },
    /// The payload has no commitment there, or another.
    #[error(
        "the disclosure for {pointer} does not match the payload's digest there; send the one made with the payload"
    )]
    NoMatch {
        /// Its pointer.
        pointer: String,
    },
    /// The same member twice.
    #[error("two disclosures for {pointer}")]
    Twice {
        /// Their pointer.
        pointer: String,
    },
    /// Too long.
    #[error("the disclosure for {pointer} is longer than {MAX_DISCLOSURE} bytes")]
    TooLong {
        /// Its pointer.
        pointer: String,
    },
    /// Characters that no text may have.
    #[error("the disclosure for {pointer}: {defect}")]
    Text {
        /// Its pointer.
        pointer: String,
        /// Where and why, in its canonical form.
        defect: Defect,
    },
}

impl BadDisclosure {
    /// Stable name of the problem.
    pub fn slug(&self) -> &'static str {
        "disclosure-refused"
    }
}

impl Disclosure {
    /// The commitment that stands in the payload.
    ///
    /// # Errors
    ///
    /// The value holds characters that no text may have, or is too long.
    pub fn commitment(&self) -> Result<Commitment, BadDisclosure> {
        let bytes = canonical::write(self, Names::Ascii)
            .map_err(|defect| BadDisclosure::Text { pointer: self.pointer.clone(), defect })?;
        if bytes.len() > MAX_DISCLOSURE {
            return Err(BadDisclosure::TooLong { pointer: self.pointer.clone() });
        }
        Ok(Commitment { sd: Hash(Sha256::digest(bytes).into()) })
    }

    /// Checks that this disclosure opens a commitment of event `event` with members `data`.
    ///
    /// # Errors
    ///
    /// It is of another event, or `data` has no such commitment at its pointer.
    pub fn check(&self, event: EventId, data: &Value) -> Result<(), BadDisclosure> {
        let pointer = || self.pointer.clone();
        if self.event != event {
            return Err(BadDisclosure::OtherEvent { pointer: pointer(), event: self.event });
        }
        let member = serde_json::to_value(self.commitment()?).unwrap_or_default();
        if data.pointer(&self.pointer) == Some(&member) {
            Ok(())
        } else {
            Err(BadDisclosure::NoMatch { pointer: pointer() })
        }
    }
}

/// Checks all disclosures sent with one event.
///
/// # Errors
///
/// The first that does not belong, or two for one member.
pub fn check_all(disclosures: &[Disclosure], event: EventId, data: &Value) -> Result<(), BadDisclosure> {
    for (at, disclosure) in disclosures.iter().enumerate() {
        disclosure.check(event, data)?;
        if disclosures[..at].iter().any(|earlier| earlier.pointer == disclosure.pointer) {
            return Err(BadDisclosure::Twice { pointer: disclosure.pointer.clone() });
        }
    }
    Ok(())
}

/// RFC 6901 pointers of the members of `data` that are commitments, in order.
///
/// ```
/// let data = serde_json::json!({"organ": {"name": "x"}, "preparer": {"sd": "…"}});
/// assert_eq!(sinetti_events::format::disclosure::commitments(&data), ["/preparer"]);
/// ```
pub fn commitments(data: &Value) -> Vec<String> {
    let mut found = Vec::new();
    search(data, String::new(), &mut found);
    found
}

fn search(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) if members.len() == 1 && members.contains_key("sd") => found.push(at),
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                search(member, format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                search(item, format!("{at}/{place}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl From<Parts> for Disclosure {
    fn from((salt, event, pointer, value): Parts) -> Disclosure {
        Disclosure { salt, event, pointer, value }
    }
}

impl From<Disclosure> for Parts {
    fn from(disclosure: Disclosure) -> Parts {
        (disclosure.salt, disclosure.event, disclosure.pointer, disclosure.value)
    }
}

impl Serialize for Salt {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        base64::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Salt, D::Error> {
        let bytes = base64::deserialize(deserializer)?;
        let not_16 = |_| serde::de::Error::custom("a salt is 16 bytes in base64");
        bytes.try_into().map(Salt).map_err(not_16)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn disclosure(pointer: &str, value: &str) -> Disclosure {
        Disclosure {
            salt: Salt([7; 16]),
            event: EventId::new(1, &[1; 10]),
            pointer: pointer.into(),
            value: Disclosed::Text(value.into()),
        }
    }

    fn data(disclosure: &Disclosure) -> Value {
        serde_json::json!({ "signatory": disclosure.commitment().unwrap(), "other": {"sd": "x"} })
    }

    #[test]
    fn opens_its_own_member_of_its_own_event_only() {
        let ours = disclosure("/signatory", "Maija Esimerkki");
        let data = data(&ours);
        assert_eq!(check_all(std::slice::from_ref(&ours), ours.event, &data), Ok(()));
        assert!(disclosure("/other", "Maija Esimerkki").check(ours.event, &data).is_err());
        assert!(disclosure("/signatory", "Matti Esimerkki").check(ours.event, &data).is_err());
        assert!(ours.check(EventId::new(2, &[1; 10]), &data).is_err());
        assert!(matches!(
            check_all(&[ours.clone(), ours.clone()], ours.event, &data),
            Err(BadDisclosure::Twice { .. })
        ));
    }

    #[test]
    fn commitments_are_found_wherever_they_stand() {
        let data = serde_json::json!({
            "decision": {"sd": "x"}, "organ": {"name": "sd"}, "a/b~": [[{"sd": "z"}]],
            "conditions": [{"kind": "declaration", "text": {"sd": "y"}}], "sd": "no"
        });
        assert_eq!(commitments(&data), ["/a~1b~0/0/0", "/conditions/0/text", "/decision"]);
    }

    #[test]
    fn the_salt_hides_the_value() {
        let mut other = disclosure("/signatory", "Maija Esimerkki");
        other.salt = Salt([8; 16]);
        assert_ne!(other.commitment(), disclosure("/signatory", "Maija Esimerkki").commitment());
    }

    #[test]
    fn travels_as_an_array_of_four() {
        let json = serde_json::to_string(&disclosure("/signatory", "M")).unwrap();
        assert_eq!(json, r#"["BwcHBwcHBwcHBwcHBwcHBw==","00000000-0001-7101-8101-010101010101","/signatory","M"]"#);
        assert_eq!(serde_json::from_str::<Disclosure>(&json).unwrap(), disclosure("/signatory", "M"));
    }
}
