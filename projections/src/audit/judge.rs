//! What records say, judged one after the other: meant for this place, authentic, allowed.

use std::collections::{BTreeMap, HashMap, HashSet};

use sinetti_events::chain::check_seen;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};

use super::finding::Finding;
use super::resume::{Past, Signed};
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
    /// Leaf hashes of each stream: what `seen` resolves to.
    leaves: HashMap<StreamId, Leaves>,
    /// Who said what: an event stands in the log once, and only its author erases of it.
    authors: HashMap<EventId, PartyId>,
    /// Events of [`Judge::authors`] that the caller knows of already.
    told: HashSet<EventId>,
    /// Who signed which record when: asked again at the end, when all compromises are known.
    signed: Vec<Signed>,
}

/// The leaf hashes of one stream, by place from 1 on.
#[derive(Default)]
struct Leaves {
    /// How many come before `new`; of these only those in `told` are known.
    before: u64,
    told: HashMap<u64, Hash>,
    new: Vec<Hash>,
}

impl Leaves {
    fn at(&self, version: u64) -> Option<Hash> {
        match version.checked_sub(self.before).and_then(|after| after.checked_sub(1)) {
            Some(after) => self.new.get(usize::try_from(after).ok()?).copied(),
            None => self.told.get(&version).copied(),
        }
    }
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
        self.leaves.entry(stream.clone()).or_default().new.push(leaf);
    }

    /// Takes in how many records of a stream were judged before, and what of them is asked again.
    pub(super) fn resume(&mut self, stream: &StreamId, before: u64) {
        self.leaves.entry(stream.clone()).or_default().before = before;
    }

    /// Takes in what was judged before, so far as it is asked again.
    pub(super) fn learn(&mut self, past: Past) {
        for (stream, version, leaf) in past.leaves {
            self.leaves.entry(stream).or_default().told.insert(version, leaf);
        }
        self.told.extend(past.authors.iter().map(|(event, _)| *event));
        self.authors.extend(past.authors);
    }

    /// Forgets what was judged since the last time, and gives it to be kept.
    pub(super) fn settle(&mut self) -> Past {
        self.find_suspects();
        let mut past = Past { signed: std::mem::take(&mut self.signed), ..Past::default() };
        for (stream, leaves) in &mut self.leaves {
            let from = leaves.before + 1;
            let new = std::mem::take(&mut leaves.new);
            leaves.before += new.len() as u64;
            leaves.told.clear();
            past.leaves.extend((from..).zip(new).map(|(version, leaf)| (stream.clone(), version, leaf)));
        }
        let told = std::mem::take(&mut self.told);
        let authors = std::mem::take(&mut self.authors).into_iter();
        past.authors.extend(authors.filter(|(event, _)| !told.contains(event)));
        past
    }

    /// How many records of each stream were judged.
    pub(super) fn judged(&self) -> impl Iterator<Item = (&StreamId, u64)> {
        self.leaves.iter().map(|(stream, leaves)| (stream, leaves.before + leaves.new.len() as u64))
    }

    /// Finds the records that keys signed which were in other hands by then.
    pub(super) fn find_suspects(&mut self) {
        let keyring = &self.registry.keyring;
        self.findings.extend(self.signed.iter().filter_map(|record| record.suspect(keyring)));
    }

    /// The keys that must have signed the checkpoint of `size` records: those that the registry names and, of
    /// each type among those that the auditor pinned, old and new ones, one that stands. Finds the pinned ones
    /// that were replaced, unless another of their type stands.
    pub(super) fn required_keys(&mut self, size: u64, pinned: &[VerifierKey]) -> Vec<VerifierKey> {
        let mut required = self.registry.keyring.log_keys_signing(size);
        let type_of = |key: &VerifierKey| key.key().type_byte();
        let (replaced, standing): (Vec<&VerifierKey>, Vec<&VerifierKey>) =
            pinned.iter().partition(|key| self.replaced(key, size).is_some());
        for key in replaced {
            if !standing.iter().any(|other| type_of(other) == type_of(key)) {
                self.findings.extend(self.replaced(key, size));
            }
        }
        for key in &standing {
            let named = standing.iter().any(|other| type_of(other) == type_of(key) && required.contains(other));
            if !named {
                required.push((*key).clone());
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
        let leaf_at = |version: u64| leaves?.at(version);
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
