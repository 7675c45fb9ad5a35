//! What records say, judged one after the other: meant for this place, authentic, allowed.

use std::collections::{BTreeMap, HashMap};

use sinetti_events::chain::check_seen;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};
use sinetti_events::primitives::time::Instant;

use super::finding::Finding;
use crate::acts::Act;
use crate::acts::personal_data_erased::check_owner;
use crate::agreement::Agreement;
use crate::decide::decide;
use crate::event::{BadEvent, Event};
use crate::registry::Registry;

/// The streams as judged so far.
#[derive(Default)]
pub(super) struct Judge {
    /// The registry.
    pub(super) registry: Registry,
    /// The agreements.
    pub(super) agreements: BTreeMap<StreamId, Agreement>,
    /// What was found.
    pub(super) findings: Vec<Finding>,
    /// Some streams of the ledger are not here, so an event can be about one that is not.
    partial: bool,
    /// Leaf hash of record 0.
    founding: Option<Hash>,
    /// Leaf hashes of each stream, by version − 1: what `seen` resolves to.
    leaves: HashMap<StreamId, Vec<Hash>>,
    /// Who said what: an event stands in the log once, and only its author erases of it.
    authors: HashMap<EventId, PartyId>,
    /// Who signed which record when: asked again at the end, when all compromises are known.
    signed: Vec<Signed>,
}

struct Signed {
    index: u64,
    recorded_at: Instant,
    signers: Vec<KeyId>,
}

impl Judge {
    /// Of the registry and some of the agreements only.
    pub(super) fn partial() -> Judge {
        Judge { partial: true, ..Judge::default() }
    }

    /// Notes the leaf hash of record 0.
    pub(super) fn found(&mut self, leaf: Hash) {
        self.founding = Some(leaf);
    }

    /// Leaf hash of record 0.
    pub(super) fn founding(&self) -> Option<Hash> {
        self.founding
    }

    /// Judges what the record at place `index` of the log says. `newest` is the version of the stream
    /// that its payload names as it stood before.
    pub(super) fn entry(&mut self, index: u64, entry: &Entry, newest: impl Fn(&StreamId) -> u64) {
        match Payload::parse(&entry.record.envelope.payload) {
            Ok(payload) => self.payload(index, entry, payload, newest),
            Err(bad) => self.findings.push(Finding::tampered(Some(index), "payload", bad.slug(), &bad)),
        }
        self.pass(&entry.record.agreement, entry.leaf);
    }

    /// Takes in the leaf of a record of `stream`, whatever it says.
    pub(super) fn pass(&mut self, stream: &StreamId, leaf: Hash) {
        self.leaves.entry(stream.clone()).or_default().push(leaf);
    }

    /// Finds the records that keys signed which were in other hands by then.
    pub(super) fn find_suspects(&mut self) {
        let keyring = &self.registry.keyring;
        for record in &self.signed {
            let suspect = |key: &&KeyId| keyring.is_suspect(key, record.recorded_at);
            if let Some(key) = record.signers.iter().find(suspect) {
                let reason = format!("signed with key {key}, which was or may have been in other hands by then");
                let finding = Finding::suspect(Some(record.index), "envelope.signatures", "key-suspect", reason);
                self.findings.push(finding);
            }
        }
    }

    /// The keys that must have signed the checkpoint of `size` records: those that the registry names, and those
    /// that the auditor pinned. Finds the pinned ones that were replaced.
    pub(super) fn required_keys(&mut self, size: u64, pinned: &[VerifierKey]) -> Vec<VerifierKey> {
        let mut required = self.registry.keyring.log_keys_signing(size);
        for key in pinned {
            match self.replaced(key, size) {
                Some(finding) => self.findings.push(finding),
                None if required.contains(key) => {}
                None => required.push(key.clone()),
            }
        }
        required
    }

    /// A pinned key that later keys have taken over from signs no more: no change of the log, but what
    /// follows rests on the new keys, which are to be pinned from the same place.
    fn replaced(&self, pinned: &VerifierKey, size: u64) -> Option<Finding> {
        let generations = self.registry.keyring.log_keys();
        let (_, new) = generations.iter().zip(generations.get(1..)?).find(|(old, _)| old.keys.contains(pinned))?;
        let signs = new.from + 1 >= size;
        let reason = format!(
            "the pinned key {}+{} was the log's until record {}, which names other keys. Get the newest verifier key \
             from where you got that one, and pin it instead; a checkpoint kept from before binds as ever",
            pinned.name(),
            pinned.id(),
            new.from
        );
        (!signs).then(|| Finding::unverifiable(Some(new.from), "checkpoint.signatures", "log-key-replaced", reason))
    }

    fn payload(&mut self, index: u64, entry: &Entry, payload: Payload, newest: impl Fn(&StreamId) -> u64) {
        self.check_place(index, entry, &payload, newest(&payload.agreement));
        let signers = match self.registry.keyring.authenticate(&payload, &entry.record.envelope) {
            Ok(signers) => signers,
            Err(refusal) => {
                // Not authentic: what it says must change nothing that follows.
                let finding = Finding::tampered(Some(index), "envelope.signatures", refusal.slug(), &refusal);
                self.findings.push(finding);
                return;
            }
        };
        let recorded_at = entry.record.recorded_at;
        self.signed.push(Signed { index, recorded_at, signers: signers.clone() });
        match Event::of(entry, signers) {
            Ok(event) => self.event(index, &event),
            Err(bad @ BadEvent::UnknownType(_)) => {
                self.findings.push(Finding::unverifiable(Some(index), "payload.type", bad.slug(), &bad));
            }
            Err(bad) => self.findings.push(Finding::tampered(Some(index), "payload.data", bad.slug(), &bad)),
        }
    }

    /// Everything that ties a payload to this record of this ledger.
    fn check_place(&mut self, index: u64, entry: &Entry, payload: &Payload, newest: u64) {
        let record = &entry.record;
        let mut found = Vec::new();
        let mut tampered = |member: &str, slug: &str, reason: String| {
            found.push(Finding::tampered(Some(index), member, slug, reason));
        };
        if payload.ledger != record.ledger {
            let reason = format!("signed for ledger {}, recorded in {}", payload.ledger, record.ledger);
            tampered("payload.ledger", "ledger-mismatch", reason);
        }
        if payload.agreement != record.agreement {
            let reason = format!("signed for {}, recorded in {}", payload.agreement, record.agreement);
            tampered("payload.agreement", "agreement-mismatch", reason);
        }
        if payload.until.is_some_and(|until| until < record.recorded_at) {
            tampered("payload.until", "expired", "recorded after the moment that its author set".into());
        }
        let leaves = self.leaves.get(&payload.agreement);
        let leaf_at = |version: u64| {
            let at = usize::try_from(version).ok()?.checked_sub(1)?;
            leaves?.get(at).copied()
        };
        let first = if index == 0 { None } else { self.founding };
        if let Err(not_seen) = check_seen(payload, newest, first, leaf_at) {
            tampered("payload.seen", not_seen.slug(), not_seen.to_string());
        }
        if self.authors.insert(payload.event, payload.actor.clone()).is_some() {
            tampered("payload.event", "event-repeated", format!("event {} stands in the log twice", payload.event));
        }
        self.findings.append(&mut found);
    }

    fn event(&mut self, index: u64, event: &Event) {
        let stream = &event.payload.agreement;
        let agreement = self.agreements.entry(stream.clone()).or_default();
        let allowed = decide(&self.registry, agreement, event).and_then(|()| match &event.act {
            Act::PersonalDataErased(act) => match self.authors.get(&act.event) {
                // It can be an event of an agreement that is not here.
                None if self.partial => Ok(()),
                author => check_owner(&event.payload.actor, author),
            },
            _ => Ok(()),
        });
        if let Err(refusal) = allowed {
            let member = format!("payload.{}", refusal.member);
            let reason = format!("recorded although the rules refuse it: {refusal}");
            self.findings.push(Finding::tampered(Some(index), &member, refusal.slug, reason));
        }
        if stream.is_registry() {
            self.registry.evolve(event);
        } else {
            agreement.evolve(event);
        }
    }
}
