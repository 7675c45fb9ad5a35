//! The fold of one agreement's stream. The state is the acts themselves, with what later
//! records did to them; everything that is shown is computed from it, nothing is counted here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};

use crate::acts::pointer::Change;
use crate::acts::{Act, AgreementOpened, Common};
use crate::event::{BadEvent, Event};
use crate::index::Index;
use crate::registry::Registry;
use crate::seats;

/// What one agreement's stream says up to [`Agreement::version`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Agreement {
    /// Its records by version.
    pub entries: BTreeMap<u64, Entry>,
    /// Its id, once it is opened.
    pub id: Option<StreamId>,
    /// Version of the newest record; 0 before the first.
    pub version: u64,
    #[serde(skip)]
    index: Index,
}

/// An agreement as it is stored: all but what is derived.
#[derive(Deserialize)]
struct Stored {
    entries: BTreeMap<u64, Entry>,
    id: Option<StreamId>,
    version: u64,
}

impl From<Stored> for Agreement {
    fn from(Stored { entries, id, version }: Stored) -> Agreement {
        Agreement { index: Index::of(&entries), entries, id, version }
    }
}

/// One record of the agreement and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The members of its type, as corrected.
    pub act: Act,
    /// Who spoke.
    pub actor: PartyId,
    /// The members that any act may have, as corrected.
    pub common: Common,
    /// Version of the `record_confirmed` by the party whose act it transcribes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<u64>,
    /// Versions of the corrections that stand, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected_by: Vec<u64>,
    /// The event's id.
    pub event: EventId,
    /// Place in the ledger.
    pub index: u64,
    /// Leaf hash of the record.
    pub leaf: Hash,
    /// As it was written, where it was corrected since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Box<Original>>,
    /// When the ledger recorded it.
    pub recorded_at: Instant,
    /// Version of the `record_retracted` that took back its effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retracted_by: Option<u64>,
    /// The keys that spoke for the actor.
    pub signers: Vec<KeyId>,
    /// Place in the stream.
    pub version: u64,
}

/// An act as it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Original {
    /// The members of its type.
    pub act: Act,
    /// The members that any act may have.
    pub common: Common,
}

impl Agreement {
    /// Takes in a recorded event of this stream.
    pub fn evolve(&mut self, event: &Event) {
        self.version = event.version;
        self.id.get_or_insert_with(|| event.payload.agreement.clone());
        let entry = Entry::of(event);
        self.index.add(&entry);
        self.entries.insert(event.version, entry);
        match &event.act {
            Act::RecordRetracted(retracted) => {
                let target = self.entries.get_mut(&retracted.version).map(|entry| {
                    entry.retracted_by = Some(event.version);
                    entry.act.amends()
                });
                if let Some(target) = target.flatten() {
                    self.refresh(target);
                }
            }
            act => {
                if let Some(target) = act.amends() {
                    self.refresh(target);
                }
            }
        }
    }

    /// How it was opened, as corrected.
    pub fn opening(&self) -> Option<&AgreementOpened> {
        self.entries.get(&1).and_then(|entry| match &entry.act {
            Act::AgreementOpened(opened) => Some(opened.as_ref()),
            _ => None,
        })
    }

    /// Whether the log ever gave `party` a seat.
    pub fn has_seat(&self, party: &PartyId) -> bool {
        seats::has_seat(self, party)
    }

    /// The records that were not retracted, in order.
    pub fn live(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.values().filter(|entry| entry.retracted_by.is_none())
    }

    /// The live acts of type `kind`, in order.
    pub fn of_kind(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Entry> {
        self.at(self.index.of_kind(kind))
    }

    /// The live acts that refer to the record at `version`, in order.
    pub fn about(&self, version: u64) -> impl DoubleEndedIterator<Item = &Entry> {
        self.at(self.index.about(version))
    }

    /// The live acts of `party`, transcribed ones included, in order.
    pub fn of_party(&self, party: &PartyId) -> impl DoubleEndedIterator<Item = &Entry> {
        self.at(self.index.of_party(party))
    }

    /// The same agreement, had the record at `version` never been.
    pub(crate) fn without(&self, version: u64) -> Agreement {
        let mut entries = self.entries.clone();
        entries.remove(&version);
        Agreement { index: Index::of(&entries), entries, id: self.id.clone(), version: self.version }
    }

    fn at<'a>(&'a self, versions: &'a [u64]) -> impl DoubleEndedIterator<Item = &'a Entry> {
        versions.iter().filter_map(|version| self.live_at(*version))
    }

    /// The record at `version`, unless it was retracted.
    pub fn live_at(&self, version: u64) -> Option<&Entry> {
        self.entries.get(&version).filter(|entry| entry.retracted_by.is_none())
    }

    /// The live acts that count for `party` and happened on or before `on`, transcribed ones included, in legal
    /// order: its own, and from the day on which they took its seat those of its successors.
    pub fn acts_of<'a>(&'a self, party: &'a PartyId, on: Date) -> Vec<&'a Entry> {
        let voices = seats::voices(self, party, on).into_iter();
        let mut acts: Vec<&Entry> = voices
            .flat_map(|(who, from)| self.of_party(who).filter(move |entry| entry.common.occurred_on >= from))
            .filter(|entry| entry.happened_by(on))
            .collect();
        acts.sort_by_key(|entry| (entry.common.occurred_on, entry.version));
        acts
    }

    /// The changes that stand against the record at `version`, with the version that makes them.
    pub(crate) fn changes(&self, version: u64) -> impl Iterator<Item = (u64, &[Change])> {
        self.about(version).filter_map(move |entry| match &entry.act {
            Act::RecordCorrected(act) if act.version == version => Some((entry.version, act.changes.as_slice())),
            Act::MinutesReinspected(act) if act.decision == version && !act.changes.is_empty() => {
                Some((entry.version, act.changes.as_slice()))
            }
            _ => None,
        })
    }

    /// Computes one record's effective act again from what was written and what stands against it.
    fn refresh(&mut self, version: u64) {
        let changes: Vec<(u64, Vec<Change>)> =
            self.changes(version).map(|(by, changes)| (by, changes.to_vec())).collect();
        let confirmed_by =
            self.about(version).rev().find(|entry| entry.act.confirms().is_some()).map(|entry| entry.version);
        let Some(entry) = self.entries.get_mut(&version) else { return };
        entry.confirmed_by = confirmed_by;
        let changed = !changes.is_empty() || entry.original.is_some();
        let original = match entry.original.take() {
            Some(original) => *original,
            None => Original { act: entry.act.clone(), common: entry.common.clone() },
        };
        entry.corrected_by = changes.iter().map(|(by, _)| *by).collect();
        // decide lets only changes through that fit; one that doesn't leaves the act as it is.
        let all = changes.iter().flat_map(|(_, changes)| changes);
        (entry.common, entry.act) =
            original.changed(all).unwrap_or_else(|_| (original.common.clone(), original.act.clone()));
        entry.original = (!changes.is_empty()).then(|| Box::new(original));
        if changed {
            self.index = Index::of(&self.entries);
        }
    }
}

/// Why changes don't fit an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BadCorrection {
    /// One change does not fit what stands there.
    Change(Change, crate::acts::pointer::BadChange),
    /// The result is no act of its type.
    Result(BadEvent),
}

impl Original {
    /// The act with `changes` made in order.
    pub(crate) fn changed<'a>(
        &self,
        changes: impl Iterator<Item = &'a Change>,
    ) -> Result<(Common, Act), BadCorrection> {
        let mut members = self.act.members();
        self.common.put(&mut members);
        let mut data = serde_json::Value::Object(members);
        for change in changes {
            change.apply(&mut data).map_err(|bad| BadCorrection::Change(change.clone(), bad))?;
        }
        let serde_json::Value::Object(members) = data else { return Ok((self.common.clone(), self.act.clone())) };
        Act::of_members(self.act.kind(), members).map_err(BadCorrection::Result)
    }
}

impl Entry {
    fn of(event: &Event) -> Entry {
        Entry {
            act: event.act.clone(),
            actor: event.payload.actor.clone(),
            common: event.common.clone(),
            confirmed_by: None,
            corrected_by: Vec::new(),
            event: event.payload.event,
            index: event.index,
            leaf: event.leaf,
            original: None,
            recorded_at: event.recorded_at,
            retracted_by: None,
            signers: event.signers.clone(),
            version: event.version,
        }
    }

    /// The party whose act it is: the actor, or whom the registrar transcribes. None for acts
    /// of the registrar's own and of a party that the source does not name.
    pub fn party(&self) -> Option<&PartyId> {
        if self.actor.is_registrar() { self.common.party.as_ref() } else { Some(&self.actor) }
    }

    /// Whether it is the registrar's transcription of somebody's act.
    pub fn is_transcription(&self) -> bool {
        self.actor.is_registrar() && self.common.is_transcription()
    }

    /// Whether it happened on or before `on`.
    pub fn happened_by(&self, on: Date) -> bool {
        self.common.occurred_on.is_none_or(|occurred_on| occurred_on <= on)
    }

    /// Whether one of its keys was compromised when the ledger recorded it.
    pub fn is_suspect(&self, registry: &Registry) -> bool {
        self.signers.iter().any(|key| registry.keyring.is_suspect(key, self.recorded_at))
    }
}

impl Act {
    /// The record that this act changes or confirms when it is filed.
    fn amends(&self) -> Option<u64> {
        match self {
            Act::RecordCorrected(act) => Some(act.version),
            Act::MinutesReinspected(act) => Some(act.decision),
            _ => self.confirms(),
        }
    }

    fn confirms(&self) -> Option<u64> {
        match self {
            Act::RecordConfirmed(act) => Some(act.version),
            _ => None,
        }
    }
}
