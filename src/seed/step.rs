//! One event to be recorded at founding, as the product's data has it, and its way to an envelope.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use sinetti_events::format::disclosure::Disclosed;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, PartyId};
use sinetti_events::primitives::time::Instant;

use super::error::SeedError;
use super::texts;
use crate::author::Personal;

/// One event, not yet bound to a ledger. Its stream is that of the list that it stands in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// Unique in its stream; the event's id is made from it.
    pub step: String,
    /// Who speaks; the registrar when left out.
    #[serde(default = "PartyId::registrar")]
    pub actor: PartyId,
    /// The event's type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its members, with `$version`, `$clear` and `$digest` in them.
    pub data: Map<String, Value>,
}

/// What makes the ids of this ledger's seed events: the same again at every start, another in
/// every other ledger.
#[derive(Debug, Clone, Copy)]
pub(super) struct Genesis {
    /// Leaf hash of record 0.
    pub leaf: Hash,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// A step with its references resolved.
#[derive(Debug)]
pub(super) struct Resolved {
    /// Ready members, but for the personal ones.
    pub data: Value,
    /// Members that become commitments.
    pub personal: Vec<Personal>,
}

impl Genesis {
    /// UUID v7 of `step` in `stream`: the time of record 0, and the hash of its leaf and the names.
    pub(super) fn event_id(&self, stream: &str, step: &str) -> EventId {
        let mut hash = Sha256::new();
        hash.update(self.leaf.0);
        hash.update(format!("{stream}\n{step}"));
        let mut random = [0; 10];
        random.copy_from_slice(&hash.finalize()[..10]);
        EventId::new(self.recorded_at.unix_ms().unsigned_abs(), &random)
    }
}

impl Step {
    /// An act of the registrar.
    pub(super) fn by_registrar(step: String, kind: &str, data: Map<String, Value>) -> Step {
        Step { step, actor: PartyId::registrar(), kind: kind.to_owned(), data }
    }

    /// The legal date of the act, as `YYYY-MM-DD`; empty for acts of keys.
    pub(super) fn occurred_on(&self) -> &str {
        self.data.get("occurred_on").and_then(Value::as_str).unwrap_or_default()
    }

    /// Puts the versions of earlier steps in place, and takes out what may name persons.
    ///
    /// # Errors
    ///
    /// A reference to a step that has no version, or to no text.
    pub(super) fn resolve(&self, versions: &BTreeMap<String, u64>) -> Result<Resolved, SeedError> {
        let mut personal = Vec::new();
        let mut resolver = Resolver { step: &self.step, versions, personal: &mut personal };
        let mut data = Map::new();
        for (name, value) in &self.data {
            data.insert(name.clone(), resolver.value(value, &format!("/{name}"))?);
        }
        Ok(Resolved { data: Value::Object(data), personal })
    }
}

/// Salts for the personal members of `event`: unguessable without the registrar's key, and the
/// same at a retry, so that a founding that was interrupted goes on with the same bytes.
pub(super) fn salts(secret: &[u8; 32], event: EventId) -> impl FnMut() -> [u8; 16] + use<> {
    let mut hash = Sha256::new();
    hash.update(b"sinetti seed salt\n");
    hash.update(secret);
    hash.update(event.to_string());
    let mut count = 0u8;
    move || {
        count = count.wrapping_add(1);
        let mut salt = [0; 16];
        salt.copy_from_slice(&hash.clone().chain_update([count]).finalize()[..16]);
        salt
    }
}

struct Resolver<'a> {
    step: &'a str,
    versions: &'a BTreeMap<String, u64>,
    personal: &'a mut Vec<Personal>,
}

impl Resolver<'_> {
    fn value(&mut self, value: &Value, pointer: &str) -> Result<Value, SeedError> {
        match value {
            Value::Object(members) => match single(members) {
                Some(("$version", Value::String(step))) => self.version(step),
                Some(("$digest", Value::String(text))) => self.digest(text),
                Some(("$clear", clear)) => self.clear(clear, pointer),
                _ => self.object(members, pointer),
            },
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(at, item)| self.value(item, &format!("{pointer}/{at}")));
                items.collect::<Result<Vec<_>, _>>().map(Value::Array)
            }
            other => Ok(other.clone()),
        }
    }

    fn object(&mut self, members: &Map<String, Value>, pointer: &str) -> Result<Value, SeedError> {
        let members = members.iter();
        let members = members.map(|(name, value)| Ok((name.clone(), self.value(value, &format!("{pointer}/{name}"))?)));
        members.collect::<Result<Map<_, _>, _>>().map(Value::Object)
    }

    fn version(&self, step: &str) -> Result<Value, SeedError> {
        let version = self.versions.get(step);
        version.map(|version| json!(version)).ok_or_else(|| self.wrong(format!("there is no earlier step {step:?}")))
    }

    fn digest(&self, text: &str) -> Result<Value, SeedError> {
        let text = texts::by_name(text).ok_or_else(|| self.wrong(format!("there is no text {text:?}")))?;
        Ok(json!(text.digest().to_string()))
    }

    fn clear(&mut self, clear: &Value, pointer: &str) -> Result<Value, SeedError> {
        let value: Disclosed = serde_json::from_value(clear.clone()).map_err(|error| self.wrong(error.to_string()))?;
        self.personal.push(Personal { pointer: pointer.to_owned(), value });
        // The commitment takes this place when the event is drafted.
        Ok(Value::Bool(false))
    }

    fn wrong(&self, reason: String) -> SeedError {
        SeedError::Step { step: self.step.to_owned(), reason }
    }
}

/// The only member of an object that has one.
fn single(members: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut all = members.iter();
    let first = all.next()?;
    all.next().is_none().then_some((first.0.as_str(), first.1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn step(data: Value) -> Step {
        let step = json!({ "step": "x", "type": "decision_recorded", "data": data });
        serde_json::from_value(step).unwrap()
    }

    fn genesis(first: u8) -> Genesis {
        Genesis { leaf: Hash([first; 32]), recorded_at: "2026-11-22T18:00:00.000Z".parse().unwrap() }
    }

    #[test]
    fn references_get_the_versions_of_earlier_steps() {
        let versions = BTreeMap::from([("text".to_owned(), 4)]);
        let resolved = step(json!({ "subject": { "deposit": { "$version": "text" } } })).resolve(&versions);
        assert_eq!(resolved.unwrap().data, json!({ "subject": { "deposit": 4 } }));
        let unknown = step(json!({ "text": { "$version": "later" } })).resolve(&versions);
        assert!(unknown.unwrap_err().to_string().contains("no earlier step \"later\""));
    }

    #[test]
    fn what_may_name_persons_is_taken_out_with_its_pointer() {
        let resolved = step(json!({ "list": [1, { "$clear": "Maija Esimerkki" }] })).resolve(&BTreeMap::new());
        let resolved = resolved.unwrap();
        assert!(!resolved.data.to_string().contains("Maija"));
        assert_eq!(resolved.personal[0].pointer, "/list/1");
    }

    #[test]
    fn ids_repeat_within_a_ledger_and_differ_between_ledgers_streams_and_steps() {
        let id = genesis(1).event_id("a", "x");
        assert_eq!(id, genesis(1).event_id("a", "x"));
        assert_eq!(id.to_string().parse(), Ok(id));
        for other in [genesis(2).event_id("a", "x"), genesis(1).event_id("b", "x"), genesis(1).event_id("a", "y")] {
            assert_ne!(id, other);
        }
    }

    #[test]
    fn salts_repeat_for_the_same_key_and_event_only() {
        let event = genesis(1).event_id("a", "x");
        let (mut one, mut again) = (salts(&[1; 32], event), salts(&[1; 32], event));
        let first = one();
        assert_eq!(first, again());
        assert_ne!(first, one());
        assert_ne!(first, salts(&[2; 32], event)());
        assert_ne!(first, salts(&[1; 32], genesis(1).event_id("a", "y"))());
    }
}
