//! One pass over a whole ledger.

use std::collections::{BTreeMap, HashMap};

use sinetti_events::chain::Chain;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::{BadRecord, Entry};
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::log::checkpoint::{Checkpoint, CheckpointError, verify_checkpoint};
use sinetti_events::log::note::Note;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, Origin, PartyId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;

use super::finding::{Finding, Report, StreamReport, Verdict};
use crate::acts::Act;
use crate::acts::personal_data_erased::check_owner;
use crate::agreement::Agreement;
use crate::decide::decide;
use crate::event::{BadEvent, Event};
use crate::registry::Registry;

/// A ledger being replayed, record by record.
pub struct Replay {
    chain: Chain,
    log: Frontier,
    registry: Registry,
    agreements: BTreeMap<StreamId, Agreement>,
    /// Leaf hashes of each stream, by version − 1: what `seen` resolves to.
    leaves: HashMap<StreamId, Vec<Hash>>,
    /// Who said what: an event stands in the log once, and only its author erases of it.
    authors: HashMap<EventId, PartyId>,
    /// Who signed which record when: asked again at the end, when all compromises are known.
    signed: Vec<Signed>,
    founding: Option<Hash>,
    checkpoint: Option<Given>,
    findings: Vec<Finding>,
}

struct Signed {
    index: u64,
    recorded_at: Instant,
    signers: Vec<KeyId>,
}

/// The checkpoint that the records are held against.
struct Given {
    note: Vec<u8>,
    checkpoint: Checkpoint,
    /// Root of the records read, when as many as the checkpoint covers had been.
    root: Option<Hash>,
}

impl Replay {
    /// Of the ledger `origin`, held against no checkpoint yet.
    pub fn new(origin: Origin) -> Replay {
        Replay {
            chain: Chain::new(origin),
            log: Frontier::new(),
            registry: Registry::default(),
            agreements: BTreeMap::new(),
            leaves: HashMap::new(),
            authors: HashMap::new(),
            signed: Vec::new(),
            founding: None,
            checkpoint: None,
            findings: Vec::new(),
        }
    }

    /// Of the ledger that `note`, a checkpoint, is of; the records must be exactly those that it
    /// covers. Its signatures are checked at the end, by the keys that the registry names.
    ///
    /// # Errors
    ///
    /// The bytes are no checkpoint at all.
    pub fn against(note: &[u8]) -> Result<Replay, CheckpointError> {
        let parsed = Note::parse(note)?;
        let checkpoint: Checkpoint = parsed.text().parse()?;
        let mut replay = Replay::new(checkpoint.origin.clone());
        replay.checkpoint = Some(Given { note: note.to_vec(), checkpoint, root: None });
        replay.note_root();
        Ok(replay)
    }

    /// Number of records taken in.
    pub fn size(&self) -> u64 {
        self.log.size()
    }

    /// The registry as replayed so far.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// One agreement as replayed so far.
    pub fn agreement(&self, id: &StreamId) -> Option<&Agreement> {
        self.agreements.get(id)
    }

    /// What was found so far.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Adds a finding of the caller's own, such as a damaged copy of a hash.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Takes in the bytes of the next record. Returns the leaf hash that they have.
    pub fn push(&mut self, bytes: Vec<u8>) -> Hash {
        let index = self.log.size();
        let leaf = Hash::leaf(&bytes);
        if index == 0 {
            self.founding = Some(leaf);
        }
        self.log.push(leaf);
        self.note_root();
        match Entry::parse(bytes) {
            Ok(entry) => self.entry(index, &entry),
            Err(BadRecord::Format(format)) => {
                let reason = BadRecord::Format(format);
                self.add(Finding::unverifiable(Some(index), "record.v", reason.slug(), &reason));
                self.chain.skip(leaf);
            }
            Err(bad) => {
                self.add(Finding::tampered(Some(index), "record", bad.slug(), &bad));
                self.chain.skip(leaf);
            }
        }
        leaf
    }

    /// Ends the replay. `pinned` are keys that the auditor got from elsewhere and that must have
    /// signed the checkpoint besides those that the registry names.
    pub fn finish(mut self, pinned: &[VerifierKey]) -> Report {
        if self.size() == 0 {
            self.add(Finding::unverifiable(None, "log", "log-empty", "there is no record to verify"));
        }
        self.check_suspects();
        self.check_checkpoint(pinned);
        self.findings.sort_by_key(|finding| finding.index.unwrap_or(u64::MAX));
        let gravest = self.findings.iter().map(|finding| finding.verdict).max();
        let stream = |head: &sinetti_events::chain::StreamHead| StreamReport {
            agreement: head.agreement.clone(),
            version: head.version,
        };
        Report {
            verdict: gravest.unwrap_or(Verdict::Valid),
            origin: self.chain.origin().clone(),
            size: self.log.size(),
            root: self.log.root(),
            founding: self.founding,
            streams: self.chain.streams().iter().map(stream).collect(),
            findings: self.findings,
        }
    }

    fn entry(&mut self, index: u64, entry: &Entry) {
        for misplaced in self.chain.check(entry) {
            let member = format!("record.{}", misplaced.member);
            self.add(Finding::tampered(Some(index), &member, "record-misplaced", &misplaced));
        }
        match Payload::parse(&entry.record.envelope.payload) {
            Ok(payload) => self.payload(index, entry, payload),
            Err(bad) => self.add(Finding::tampered(Some(index), "payload", bad.slug(), &bad)),
        }
        self.leaves.entry(entry.record.agreement.clone()).or_default().push(entry.leaf);
        self.chain.push(entry);
    }

    fn payload(&mut self, index: u64, entry: &Entry, payload: Payload) {
        self.check_place(index, entry, &payload);
        let keyring = &self.registry.keyring;
        let signers = match keyring.authenticate(&payload, &entry.record.envelope) {
            Ok(signers) => signers,
            Err(refusal) => {
                // Not authentic: what it says must change nothing that follows.
                self.add(Finding::tampered(Some(index), "envelope.signatures", refusal.slug(), &refusal));
                return;
            }
        };
        let recorded_at = entry.record.recorded_at;
        self.signed.push(Signed { index, recorded_at, signers: signers.clone() });
        match Event::of(entry, signers) {
            Ok(event) => self.event(index, &event),
            Err(bad @ BadEvent::UnknownType(_)) => {
                self.add(Finding::unverifiable(Some(index), "payload.type", bad.slug(), &bad));
            }
            Err(bad) => self.add(Finding::tampered(Some(index), "payload.data", bad.slug(), &bad)),
        }
    }

    /// Everything that ties a payload to this record of this ledger.
    fn check_place(&mut self, index: u64, entry: &Entry, payload: &Payload) {
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
        if let Err(not_seen) = self.chain.check_seen(payload, first, leaf_at) {
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
            Act::PersonalDataErased(act) => check_owner(&event.payload.actor, self.authors.get(&act.event)),
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

    fn check_suspects(&mut self) {
        let keyring = &self.registry.keyring;
        let mut found = Vec::new();
        for record in &self.signed {
            let suspect = |key: &&KeyId| keyring.is_suspect(key, record.recorded_at);
            if let Some(key) = record.signers.iter().find(suspect) {
                let reason = format!("signed with key {key}, which was or may have been in other hands by then");
                found.push(Finding::suspect(Some(record.index), "envelope.signatures", "key-suspect", reason));
            }
        }
        self.findings.append(&mut found);
    }

    fn note_root(&mut self) {
        if let Some(given) = &mut self.checkpoint
            && given.checkpoint.size == self.log.size()
        {
            given.root = Some(self.log.root());
        }
    }

    fn check_checkpoint(&mut self, pinned: &[VerifierKey]) {
        let Some(given) = self.checkpoint.take() else {
            return;
        };
        let (size, read) = (given.checkpoint.size, self.log.size());
        match given.root {
            None => {
                let reason = format!("the checkpoint covers {size} records, but only {read} are there");
                self.add(Finding::tampered(None, "log", "records-missing", reason));
            }
            Some(root) if root != given.checkpoint.root => {
                let reason = format!("the records give root {root}, the checkpoint says {}", given.checkpoint.root);
                self.add(Finding::tampered(None, "checkpoint.root", "root-mismatch", reason));
            }
            Some(_) if read > size => {
                let reason = format!("{} records come after the checkpoint and no signature covers them", read - size);
                self.add(Finding::unverifiable(Some(size), "log", "records-beyond-checkpoint", reason));
            }
            Some(_) => {}
        }
        self.check_signatures(&given, pinned);
    }

    fn check_signatures(&mut self, given: &Given, pinned: &[VerifierKey]) {
        let named = self.registry.keyring.log_keys_at(given.checkpoint.size);
        let mut required: Vec<VerifierKey> = named.map(|keys| keys.keys.clone()).unwrap_or_default();
        required.extend(pinned.iter().filter(|key| !required.contains(key)).cloned().collect::<Vec<_>>());
        let verified = match verify_checkpoint(&given.note, self.chain.origin(), &required) {
            Ok(verified) => verified,
            Err(error) => {
                self.add(Finding::tampered(None, "checkpoint.signatures", "checkpoint-signature", &error));
                return;
            }
        };
        let last = self.chain.last_recorded_at().map(Instant::unix_seconds);
        let times = verified.signed().iter().filter_map(|signed| signed.time);
        if let Some(time) = times.filter(|time| self.size() == given.checkpoint.size && Some(*time) < last).min() {
            let reason = format!("signed at {time} s, before the last record that it covers was recorded");
            self.add(Finding::tampered(None, "checkpoint.signatures", "checkpoint-before-record", reason));
        }
    }
}
