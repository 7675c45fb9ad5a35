//! The import in memory: the ledger is replayed as it stands, and each act judged by the ledger's
//! own rules on the state that the acts before it give.

use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::{Payload, Seen};
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::{BadCheckpoint, Checkpoint};
use sinetti_events::log::note::Note;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, Origin, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::audit::{Replay, Verdict};
use sinetti_projections::decide::decide;
use sinetti_projections::event::Event;
use sinetti_projections::registry::Registry;

use crate::author;
use crate::cli::failure::Failure;
use crate::client::Client;
use crate::log_reader::{LogReader, ReadLogError};

/// A ledger in memory, as far as one agreement needs it.
pub struct Rehearsal {
    /// The ledger's origin.
    pub origin: Origin,
    /// Record 0: its leaf hash.
    pub founding: Hash,
    /// When record 0 was recorded.
    pub founded_at: Instant,
    /// The newest record of the agreement that the ledger held when it was read.
    pub seen: Seen,
    /// The registry.
    pub registry: Registry,
    /// The agreement, with the acts rehearsed so far.
    pub agreement: Agreement,
    size: u64,
}

impl Rehearsal {
    /// Reads and replays the ledger that `client`'s server serves.
    ///
    /// # Errors
    ///
    /// Unreachable, no such agreement, or records that do not verify.
    pub fn read(client: &Client, agreement: &StreamId) -> Result<Rehearsal, Failure> {
        let note = client.bytes("/checkpoint")?.ok_or_else(|| {
            Failure::Unavailable(format!("{}/checkpoint is not there; is --server right?", client.base()))
        })?;
        let checkpoint = parse(&note)
            .map_err(|error| Failure::Refused(format!("{}/checkpoint is no checkpoint: {error}", client.base())))?;
        let mut replay = Replay::against(&note).map_err(Failure::refused)?;
        let mut founding = None;
        let mut take = |bytes: Vec<u8>| {
            if founding.is_none() {
                founding = Entry::parse(bytes.clone()).ok().map(|entry| (entry.leaf, entry.record.recorded_at));
            }
            replay.push(bytes);
            Ok::<(), ReadLogError>(())
        };
        LogReader::new(client).records(0, checkpoint.size, &mut take).map_err(unreadable)?;
        let state = replay.agreement(agreement).cloned();
        let registry = replay.registry().clone();
        let report = replay.finish(&[]);
        if report.verdict == Verdict::Tampered {
            let text = "the ledger does not verify, so nothing is sent to it; see `sinetti verify --server`";
            return Err(Failure::Refused(text.to_owned()));
        }
        let (Some((founding, founded_at)), Some(agreement)) = (founding, state) else {
            return Err(Failure::Refused(format!("the ledger has no agreement {agreement}; see `sinetti status`")));
        };
        let (origin, size) = (checkpoint.origin, checkpoint.size);
        let newest = agreement.entries.last_key_value().map(|(version, entry)| author::seen(*version, entry.leaf));
        let seen = newest.unwrap_or_else(|| author::seen(0, founding));
        Ok(Rehearsal { origin, founding, founded_at, seen, registry, agreement, size })
    }

    /// The version of an event that the ledger, or this rehearsal, has already.
    pub fn version_of(&self, event: EventId) -> Option<u64> {
        self.agreement.entries.values().find(|entry| entry.event == event).map(|entry| entry.version)
    }

    /// Judges an act as the ledger would and takes it in; answers its version.
    ///
    /// # Errors
    ///
    /// Its signatures or a rule refuse it.
    pub fn record(&mut self, payload: &[u8], envelope: Option<&Envelope>, now: Instant) -> Result<u64, Failure> {
        let payload = Payload::parse(payload).map_err(Failure::refused)?;
        let signers = match envelope {
            Some(envelope) => self.registry.keyring.authenticate(&payload, envelope).map_err(Failure::refused)?,
            None => Vec::new(),
        };
        let version = self.agreement.version + 1;
        let event = Event::proposed(payload, signers, self.size, version, now).map_err(Failure::refused)?;
        decide(&self.registry, &self.agreement, &event).map_err(Failure::refused)?;
        self.agreement.evolve(&event);
        self.size += 1;
        Ok(version)
    }
}

fn parse(note: &[u8]) -> Result<Checkpoint, String> {
    let note = Note::parse(note).map_err(|error| error.to_string())?;
    note.text().parse().map_err(|error: BadCheckpoint| error.to_string())
}

fn unreadable(error: ReadLogError) -> Failure {
    if error.is_unreachable() { Failure::unavailable(error) } else { Failure::refused(error) }
}
