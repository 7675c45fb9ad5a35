//! A replay that goes on where an earlier one ended: a monitor's. It asks for what it needs to know
//! again of the records before, a batch at a time, so that a look costs what is new and not the
//! whole history; what it learned goes back to whoever keeps it.

use std::collections::BTreeMap;

use serde::Deserialize;
use sinetti_events::chain::Chain;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::Entry;
use sinetti_events::keys::keyring::Keyring;
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::log::checkpoint::{Checkpoint, CheckpointError};
use sinetti_events::log::note::Note;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, Origin, PartyId, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;

use super::finding::Finding;
use super::replay::Replay;
use crate::agreement::Agreement;
use crate::registry::Registry;

/// Where a replay stands after some prefix of the log: grows with the streams, not with history.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The ends of both chains.
    pub chain: Chain,
    /// The right edge of the log tree.
    pub log: Frontier,
    /// Leaf hash of record 0.
    pub founding: Option<Hash>,
    /// The registry.
    pub registry: Registry,
    /// How many records of each stream were judged.
    pub judged: BTreeMap<StreamId, u64>,
    /// The agreements that the replay was given or met.
    pub agreements: BTreeMap<StreamId, Agreement>,
}

/// Facts about records judged before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Leaf hashes, by stream and place in it from 1 on.
    pub leaves: Vec<(StreamId, u64, Hash)>,
    /// Who said which event.
    pub authors: Vec<(EventId, PartyId)>,
    /// Who signed which record.
    pub signed: Vec<Signed>,
}

/// The keys that signed one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The record's place.
    pub index: u64,
    /// When it was recorded, on the operator's word.
    pub recorded_at: Instant,
    /// The keys that speak for its actor.
    pub signers: Vec<KeyId>,
}

/// What judging one record needs to know of those before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The stream whose state is judged on.
    pub stream: Option<StreamId>,
    /// The record of that stream that its author had seen.
    pub seen: u64,
    /// Events whose authors are asked for.
    pub events: Vec<EventId>,
}

/// An event that another event names.
#[derive(Deserialize)]
struct Named {
    event: EventId,
}

impl Signed {
    /// The finding that a key that signed was in other hands by then, as far as `keyring` knows.
    pub(super) fn suspect(&self, keyring: &Keyring) -> Option<Finding> {
        let key = self.signers.iter().find(|key| keyring.is_suspect(key, self.recorded_at))?;
        let reason = format!("signed with key {key}, which was or may have been in other hands by then");
        Some(Finding::suspect(Some(self.index), "envelope.signatures", "key-suspect", reason))
    }
}

impl Asked {
    /// Of a record's bytes; of such as are no record nothing is asked.
    pub fn of(bytes: &[u8]) -> Asked {
        let entry = Entry::parse(bytes.to_vec()).ok();
        let payload = entry.and_then(|entry| Payload::parse(&entry.record.envelope.payload).ok());
        let Some(payload) = payload else { return Asked::default() };
        let named = serde_json::from_str::<Named>(payload.data.get()).ok();
        let events = std::iter::once(payload.event).chain(named.map(|named| named.event)).collect();
        Asked { stream: Some(payload.agreement), seen: payload.seen.version, events }
    }
}

impl Standing {
    /// The keys with which somebody else may have signed: what they signed before this replay is to be
    /// asked about again ([`Standing::suspects`]).
    pub fn doubted_keys(&self) -> Vec<KeyId> {
        let keyring = &self.registry.keyring;
        let ever = Instant::saturating_from_unix_ms(i64::MAX);
        keyring.keys().map(|key| key.public_key.id()).filter(|key| keyring.is_suspect(key, ever)).collect()
    }

    /// What is found about records judged before, now that more is known of the keys that signed them.
    pub fn suspects(&self, signed: &[Signed]) -> Vec<Finding> {
        signed.iter().filter_map(|record| record.suspect(&self.registry.keyring)).collect()
    }

    /// Before the first record of the ledger `origin`.
    pub fn new(origin: Origin) -> Standing {
        Standing {
            chain: Chain::new(origin),
            log: Frontier::new(),
            founding: None,
            registry: Registry::default(),
            judged: BTreeMap::new(),
            agreements: BTreeMap::new(),
        }
    }
}

impl Replay {
    /// Goes on from `standing` to the checkpoint `note`.
    ///
    /// # Errors
    ///
    /// The bytes are no checkpoint at all.
    pub fn resume(standing: Standing, note: &[u8]) -> Result<Replay, CheckpointError> {
        let checkpoint: Checkpoint = Note::parse(note)?.text().parse()?;
        let mut replay = Replay::new(standing.chain.origin().clone());
        (replay.chain, replay.log) = (standing.chain, standing.log);
        replay.judge.registry = standing.registry;
        replay.judge.agreements = standing.agreements;
        if let Some(founding) = standing.founding {
            replay.judge.found(founding);
        }
        for (stream, judged) in &standing.judged {
            replay.judge.resume(stream, *judged);
        }
        replay.hold(note, checkpoint);
        Ok(replay)
    }

    /// Takes in what is known of records before those that come now: before [`Replay::push`], for
    /// each of them what it [`Asked`].
    pub fn learn(&mut self, past: Past) {
        self.judge.learn(past);
    }

    /// Takes in the state of an agreement, unless it is at hand already.
    pub fn load(&mut self, stream: StreamId, agreement: Agreement) {
        self.judge.agreements.entry(stream).or_insert(agreement);
    }

    /// Gives what is to be kept of the records since the last time and what was found in them, and
    /// forgets it, so that memory is bounded whatever a log holds.
    pub fn settle(&mut self) -> (Past, Vec<Finding>) {
        let past = self.judge.settle();
        (past, std::mem::take(&mut self.judge.findings))
    }

    /// Ends the replay, after a last [`Replay::settle`]: what is found about the checkpoint, and where
    /// the replay stands. `pinned` as for [`Replay::finish`].
    pub fn stand(mut self, pinned: &[VerifierKey]) -> (Vec<Finding>, Standing) {
        self.check_checkpoint(pinned);
        let judged = self.judge.judged().map(|(stream, judged)| (stream.clone(), judged)).collect();
        let founding = self.judge.founding();
        let standing = Standing {
            chain: self.chain,
            log: self.log,
            founding,
            registry: self.judge.registry,
            judged,
            agreements: self.judge.agreements,
        };
        (self.judge.findings, standing)
    }
}
