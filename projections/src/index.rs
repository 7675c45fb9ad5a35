//! Where to look among an agreement's acts, so that no question reads all of them. Derived from
//! the acts, never stored.

use std::collections::BTreeMap;

use sinetti_events::primitives::ids::PartyId;

use crate::agreement::Entry;

/// Versions in ascending order, retracted ones included.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Index {
    by_party: BTreeMap<PartyId, Vec<u64>>,
    by_kind: BTreeMap<&'static str, Vec<u64>>,
    about: BTreeMap<u64, Vec<u64>>,
}

impl Index {
    /// Of all of `entries`.
    pub fn of(entries: &BTreeMap<u64, Entry>) -> Index {
        let mut index = Index::default();
        for entry in entries.values() {
            index.add(entry);
        }
        index
    }

    /// Takes in an act whose version is above all others'.
    pub fn add(&mut self, entry: &Entry) {
        if let Some(party) = entry.party() {
            self.by_party.entry(party.clone()).or_default().push(entry.version);
        }
        self.by_kind.entry(entry.act.kind()).or_default().push(entry.version);
        for version in entry.act.of_type().refers_to() {
            self.about.entry(version).or_default().push(entry.version);
        }
    }

    /// Acts of `party`, its own and those transcribed of it.
    pub fn of_party(&self, party: &PartyId) -> &[u64] {
        self.by_party.get(party).map_or(&[], Vec::as_slice)
    }

    /// Acts of the type `kind`.
    pub fn of_kind(&self, kind: &str) -> &[u64] {
        self.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Acts that refer to the record at `version`.
    pub fn about(&self, version: u64) -> &[u64] {
        self.about.get(&version).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use crate::given::{World, approval, with};

    #[test]
    fn what_is_retracted_is_found_no_more() {
        let mut world = World::of_parties(2);
        let unconfirmed = with(approval("2023-02-14"), json!({"minutes": "unconfirmed"}));
        let decision = world.given("p1", "decision_recorded", unconfirmed);
        let confirmed =
            world.given("p1", "minutes_confirmed", json!({"decision": decision, "occurred_on": "2023-02-14"}));
        let agreement = &world.agreement;
        let p1 = "p1".parse().unwrap();
        let versions = |entries: Vec<&crate::agreement::Entry>| entries.iter().map(|it| it.version).collect::<Vec<_>>();
        assert_eq!(versions(agreement.about(decision).collect()), [confirmed]);
        assert_eq!(versions(agreement.of_kind("decision_recorded").collect()), [decision]);
        assert_eq!(versions(agreement.of_party(&p1).collect()), [decision, confirmed]);
        world.given("p1", "record_retracted", json!({"occurred_on": "2023-02-14", "version": confirmed}));
        assert_eq!(world.agreement.about(decision).count(), 0);
    }

    #[test]
    fn what_the_index_is_made_from_is_beyond_correction() {
        let mut world = World::of_parties(2);
        let unconfirmed = with(approval("2023-02-14"), json!({"minutes": "unconfirmed"}));
        let decision = world.given("p1", "decision_recorded", unconfirmed.clone());
        let other = world.given("p1", "decision_recorded", with(unconfirmed, json!({"section": "22"})));
        let confirmed =
            world.given("p1", "minutes_confirmed", json!({"decision": decision, "occurred_on": "2023-02-14"}));
        let changes = json!([{"field": "/decision", "old": decision, "new": other}]);
        let correction = json!({"changes": changes, "occurred_on": "2023-02-14", "version": confirmed});
        assert_eq!(world.slug("p1", "record_corrected", correction), "correction-not-possible");
    }
}
