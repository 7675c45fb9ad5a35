//! What stands beside the records: documents and disclosures.

use std::collections::HashMap;

use serde_json::Value;
use sinetti_events::bundle::Member;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::payload::Payload;
use sinetti_events::primitives::canonical::{self, Names};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{EventId, PartyId};

use super::Evidence;
use crate::audit::finding::Finding;
use crate::documents::{self, Named};

/// An event of the bundle: its place in the bundle's order, its actor's payload.
struct Said {
    place: usize,
    index: u64,
    payload: Payload,
    data: Value,
}

impl Evidence<'_> {
    pub(super) fn check_beside(&mut self) {
        let said = self.said();
        self.check_documents(&said);
        self.check_disclosures(&said);
    }

    /// All events, the registry's first, each stream in its order.
    fn said(&self) -> HashMap<EventId, Said> {
        let mut records: Vec<_> = self.records.iter().collect();
        records.sort_by_key(|carried| carried.member);
        let mut said = HashMap::new();
        for (place, entry) in records.iter().filter_map(|carried| carried.entry.as_ref()).enumerate() {
            let Ok(payload) = Payload::parse(&entry.record.envelope.payload) else { continue };
            let data = serde_json::from_str(payload.data.get()).unwrap_or_default();
            said.insert(payload.event, Said { place, index: entry.record.index, payload, data });
        }
        said
    }

    fn check_documents(&mut self, said: &HashMap<EventId, Said>) {
        let of_agreement = said.values().filter(|said| !said.payload.agreement.is_registry());
        let named: Vec<(&Said, Named)> =
            of_agreement.flat_map(|said| documents::named(&said.data).into_iter().map(move |it| (said, it))).collect();
        let bundle = self.bundle;
        for (member, bytes) in bundle.iter() {
            let Member::Document(digest) = member else { continue };
            let found = Digest::of(bytes);
            if found != digest {
                self.tampered(member, "document", "document-altered", format!("its SHA-256 is {found}"));
            }
            let namings: Vec<_> = named.iter().filter(|(_, named)| named.digest == digest).collect();
            if namings.is_empty() {
                self.tampered(member, "document", "member-unneeded", "no record of this bundle names it");
            }
            let registrar = PartyId::registrar();
            let registry = &self.judge.registry;
            let erased =
                |(said, named): &&&(&Said, Named)| registry.is_erased(said.payload.event, &named.pointer, &registrar);
            if let Some((said, _)) = namings.iter().find(erased) {
                let reason = format!("record {} names it, and the registrar erased it; it is here", said.index);
                self.tampered(member, "document", "document-erased", reason);
            }
        }
    }

    /// Each opens a commitment of an event here, none is there twice, none should be erased.
    fn check_disclosures(&mut self, said: &HashMap<EventId, Said>) {
        let file = Member::Disclosures;
        let Some(bytes) = self.bundle.get(file) else { return };
        if let Err(defect) = canonical::check(bytes, Names::Ascii) {
            return self.tampered(file, "disclosures", "disclosures-malformed", &defect);
        }
        let disclosures: Vec<Disclosure> = match serde_json::from_slice(bytes) {
            Ok(disclosures) => disclosures,
            Err(error) => return self.tampered(file, "disclosures", "disclosures-malformed", &error),
        };
        let mut before = None;
        for disclosure in &disclosures {
            let Some(said) = said.get(&disclosure.event) else {
                let reason = format!("event {} is not in this bundle", disclosure.event);
                self.tampered(file, "disclosures", "disclosure-refused", reason);
                continue;
            };
            self.check_disclosure(said, disclosure);
            let place = Some((said.place, disclosure.pointer.clone()));
            if place <= before {
                let reason = format!("{} of record {} is out of order or twice there", disclosure.pointer, said.index);
                self.tampered(file, "disclosures", "disclosures-malformed", reason);
            }
            before = place;
        }
    }

    fn check_disclosure(&mut self, said: &Said, disclosure: &Disclosure) {
        let file = Member::Disclosures;
        if let Err(bad) = disclosure.check(said.payload.event, &said.data) {
            let finding = Finding::tampered(Some(said.index), "disclosures", "disclosure-refused", &bad);
            self.add(finding.in_file(file));
        }
        if self.judge.registry.is_erased(disclosure.event, &disclosure.pointer, &said.payload.actor) {
            let reason = format!("{} was erased, by a record of the registry, and is here", disclosure.pointer);
            let finding = Finding::tampered(Some(said.index), "disclosures", "disclosure-erased", reason);
            self.add(finding.in_file(file));
        }
    }
}
