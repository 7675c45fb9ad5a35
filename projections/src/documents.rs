//! Documents that events name by digest: texts, annexes, minutes. The ledger's records hold digests only; whoever
//! has a document shows by its SHA-256 that it is the one.

use std::collections::HashMap;

use serde_json::Value;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};

use crate::agreement::{Agreement, Entry};
use crate::registry::Registry;

/// A digest in the members of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// SHA-256 of the document.
    pub digest: Digest,
    /// RFC 6901 pointer to it within `data`.
    pub pointer: String,
    /// The media type that stands beside it.
    pub media_type: Option<String>,
}

/// An event that names a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The stream.
    pub agreement: StreamId,
    /// Place in it.
    pub version: u64,
    /// The event.
    pub event: EventId,
    /// Who said it.
    pub actor: PartyId,
    /// Where in its `data` the digest stands.
    pub pointer: String,
    /// The media type that it gives.
    pub media_type: Option<String>,
}

/// Which events name which documents, in the order of their agreements' records.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    by_digest: HashMap<Digest, Vec<Naming>>,
    /// The digests that each event names, and where.
    by_event: HashMap<EventId, Vec<(String, Digest)>>,
    /// Version up to which each agreement was looked at.
    seen: HashMap<StreamId, u64>,
}

/// All digests in the members of an event about an agreement. (In the registry they are those of keys.)
pub fn named(data: &Value) -> Vec<Named> {
    let mut found = Vec::new();
    search(data, String::new(), None, &mut found);
    found
}

fn search(value: &Value, pointer: String, media_type: Option<&str>, found: &mut Vec<Named>) {
    match value {
        Value::String(text) => found.extend(text.parse().ok().map(|digest| Named {
            digest,
            pointer,
            media_type: media_type.map(str::to_owned),
        })),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                search(item, format!("{pointer}/{at}"), None, found);
            }
        }
        Value::Object(members) => {
            let media_type = members.get("media_type").and_then(Value::as_str);
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                search(member, format!("{pointer}/{name}"), media_type, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Documents {
    /// Takes in the records of an agreement that are new since it was last taken in.
    pub fn take(&mut self, agreement: &Agreement) {
        let Some(id) = &agreement.id else { return };
        let seen = self.seen.insert(id.clone(), agreement.version).unwrap_or(0);
        for entry in agreement.entries.range(seen.saturating_add(1)..).map(|(_, entry)| entry) {
            for Named { digest, pointer, media_type } in named(&data(entry)) {
                self.by_event.entry(entry.event).or_default().push((pointer.clone(), digest));
                self.by_digest.entry(digest).or_default().push(Naming {
                    agreement: id.clone(),
                    version: entry.version,
                    event: entry.event,
                    actor: entry.actor.clone(),
                    pointer,
                    media_type,
                });
            }
        }
    }

    /// The events that name the document.
    pub fn namings(&self, digest: &Digest) -> &[Naming] {
        self.by_digest.get(digest).map_or(&[], Vec::as_slice)
    }

    /// Whether the document was erased: by the registrar, or by everybody who named it. A party alone can't take away
    /// what others rest on.
    pub fn is_erased(&self, digest: &Digest, registry: &Registry) -> bool {
        let namings = self.namings(digest);
        let registrar = PartyId::registrar();
        let by_registrar = |naming: &Naming| registry.is_erased(naming.event, &naming.pointer, &registrar);
        let by_author = |naming: &Naming| registry.is_erased(naming.event, &naming.pointer, &naming.actor);
        namings.iter().any(by_registrar) || !namings.is_empty() && namings.iter().all(by_author)
    }

    /// The documents that an agreement's events name, each once, in order of their digests.
    pub fn of(&self, agreement: &StreamId) -> Vec<Digest> {
        let named = self.by_digest.iter();
        let named = named.filter(|(_, namings)| namings.iter().any(|naming| naming.agreement == *agreement));
        let mut of: Vec<Digest> = named.map(|(digest, _)| *digest).collect();
        of.sort_unstable_by_key(|digest| digest.0);
        of
    }

    /// The document that this member of this event names.
    pub fn at(&self, event: EventId, pointer: &str) -> Option<Digest> {
        let named = self.by_event.get(&event)?;
        named.iter().find(|(place, _)| place == pointer).map(|(_, digest)| *digest)
    }
}

/// The members as they were signed.
fn data(entry: &Entry) -> Value {
    let act = entry.original.as_ref().map_or(&entry.act, |original| &original.act);
    Value::Object(act.members())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::given::{World, approval, digest, text_a, text_b, with};

    fn of(text: &str) -> Digest {
        digest(text).parse().unwrap()
    }

    fn taken(world: &World) -> Documents {
        let mut documents = Documents::default();
        documents.take(&world.agreement);
        documents
    }

    fn erase(world: &mut World, by: &str, naming: &Naming) {
        let data = json!({"event": naming.event, "occurred_on": "2023-02-14", "pointer": naming.pointer});
        world.given(by, "personal_data_erased", data);
    }

    #[test]
    fn digests_are_found_wherever_they_stand_with_the_media_type_beside_them() {
        let data = json!({
            "a/b": [{"x": text_a()}], "digest": text_b(), "media_type": "application/pdf",
            "deep": {"media_type": 5, "digest": text_a()}, "no": [text_a().to_uppercase(), "ab", 1, null, true],
        });
        let found: Vec<_> = named(&data).into_iter().map(|n| (n.pointer, n.digest, n.media_type)).collect();
        assert_eq!(
            found,
            [
                ("/a~1b/0/x".to_owned(), of("a"), None),
                ("/deep/digest".to_owned(), of("a"), None),
                ("/digest".to_owned(), of("b"), Some("application/pdf".to_owned())),
            ]
        );
    }

    #[test]
    fn a_document_is_named_once_its_event_is_taken_in() {
        let mut world = World::of_parties(2);
        let mut documents = taken(&world);
        assert_eq!(documents.namings(&of("minutes")), []);
        assert_eq!(documents.namings(&of("a")).len(), 1);
        world.given(
            "p1",
            "decision_recorded",
            with(approval("2023-02-14"), json!({"minutes_digest": digest("minutes")})),
        );
        documents.take(&world.agreement);
        documents.take(&world.agreement);
        let [naming] = documents.namings(&of("minutes")) else { unreachable!() };
        assert_eq!((naming.version, naming.actor.as_str(), naming.pointer.as_str()), (3, "p1", "/minutes_digest"));
        assert_eq!(documents.at(naming.event, "/minutes_digest"), Some(of("minutes")));
        assert_eq!(documents.at(naming.event, "/subject/digest"), Some(of("a")));
        assert_eq!(documents.at(naming.event, "/section"), None);
        assert_eq!(documents.namings(&of("a")).len(), 2, "a decision names its text too");
        let id = world.agreement.id.clone().unwrap();
        let mut both = [of("a"), of("minutes")];
        both.sort_by_key(|digest| digest.0);
        assert_eq!(documents.of(&id), both);
        assert_eq!(documents.of(&"other".parse().unwrap()), []);
    }

    #[test]
    fn what_was_corrected_is_named_as_it_was_and_as_it_is() {
        let mut world = World::of_parties(2);
        let data = with(approval("2023-02-14"), json!({"minutes_digest": digest("wrong")}));
        world.given("p1", "decision_recorded", data);
        let change = json!({"field": "/minutes_digest", "old": digest("wrong"), "new": digest("right")});
        world.given("p1", "record_corrected", json!({"changes": [change], "occurred_on": "2023-02-14", "version": 3}));
        let documents = taken(&world);
        let places: Vec<_> = documents.namings(&of("wrong")).iter().map(|n| (n.version, n.pointer.as_str())).collect();
        assert_eq!(places, [(3, "/minutes_digest"), (4, "/changes/0/old")]);
        assert_eq!(documents.namings(&of("right")).len(), 1);
    }

    #[test]
    fn a_party_erases_its_own_documents_and_not_what_others_rest_on() {
        let mut world = World::of_parties(2);
        for party in ["p1", "p2"] {
            let data = with(approval("2023-02-14"), json!({"minutes_digest": digest("joint")}));
            world.given(party, "decision_recorded", data);
        }
        let documents = taken(&world);
        let [first, second] = documents.namings(&of("joint")) else { unreachable!() };
        erase(&mut world, "p1", first);
        assert!(!documents.is_erased(&of("joint"), &world.registry));
        erase(&mut world, "p2", second);
        assert!(documents.is_erased(&of("joint"), &world.registry));
        // The text that p1 approved is the registrar's deposit.
        let approved = documents.namings(&of("a"))[1].clone();
        erase(&mut world, "p1", &approved);
        assert!(!documents.is_erased(&of("a"), &world.registry));
        let deposited = documents.namings(&of("a"))[0].clone();
        erase(&mut world, "registrar", &deposited);
        assert!(documents.is_erased(&of("a"), &world.registry));
        assert!(!documents.is_erased(&of("never named"), &world.registry));
    }
}
