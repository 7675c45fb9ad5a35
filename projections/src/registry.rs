//! The fold of the registry stream: the ledger, its parties and their keys.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sinetti_events::keys::keyring::{Keyring, Place};
use sinetti_events::primitives::ids::{EventId, Origin, PartyId};
use sinetti_events::primitives::time::{Date, Instant};

use crate::acts::line::Words;
use crate::acts::party_succeeded::SuccessionKind;
use crate::acts::pointer::Pointer;
use crate::acts::{Act, PartyRegistered, PartySucceeded};
use crate::event::Event;

/// What the registry stream says up to [`Registry::version`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Registry {
    /// True in a demonstration ledger, whose acts may be invented.
    pub demonstration: bool,
    /// Disclosures that were erased.
    pub erasures: Vec<Erasure>,
    /// Keys of parties, registrar and log.
    pub keyring: Keyring,
    /// The ledger's origin, once it is founded.
    pub origin: Option<Origin>,
    /// Parties by id.
    pub parties: BTreeMap<PartyId, Party>,
    /// Who continues whom, in the order of the log.
    pub successions: Vec<Succession>,
    /// Version of the newest record; 0 before the first.
    pub version: u64,
}

/// A registered party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// True when it is made up for a demonstration.
    pub invented: bool,
    /// When, in law.
    pub occurred_on: Option<Date>,
    /// When the ledger recorded it.
    pub recorded_at: Instant,
    /// As registered; later names and ids stand in the successions.
    pub registered: PartyRegistered,
    /// Version of the record.
    pub version: u64,
}

/// A recorded succession.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Succession {
    /// From when, in law.
    pub occurred_on: Date,
    /// When the ledger recorded it.
    pub recorded_at: Instant,
    /// Who continues whom.
    pub succeeded: PartySucceeded,
    /// Version of the record.
    pub version: u64,
}

/// A recorded erasure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Erasure {
    /// By whom; it holds when that is the event's own actor or the registrar.
    pub by: PartyId,
    /// The event that committed to the disclosure.
    pub event: EventId,
    /// The disclosure's pointer within the event's `data`.
    pub pointer: Pointer,
    /// Version of the record.
    pub version: u64,
}

impl Registry {
    /// Takes in a recorded event of the registry stream.
    pub fn evolve(&mut self, event: &Event) {
        self.version = event.version;
        let place = Place { index: event.index, recorded_at: event.recorded_at, signers: event.signers.clone() };
        self.keyring.evolve(&event.payload, place);
        match &event.act {
            Act::LedgerFounded(founded) => {
                self.demonstration = founded.demonstration;
                self.origin = Some(event.payload.ledger.clone());
            }
            Act::PartyRegistered(registered) => self.register(event, registered),
            Act::PartySucceeded(succeeded) => self.successions.extend(event.common.occurred_on.map(|occurred_on| {
                let succeeded = succeeded.clone();
                Succession { occurred_on, recorded_at: event.recorded_at, succeeded, version: event.version }
            })),
            Act::PersonalDataErased(erased) => self.erasures.push(Erasure {
                by: event.payload.actor.clone(),
                event: erased.event,
                pointer: erased.pointer.clone(),
                version: event.version,
            }),
            _ => {}
        }
    }

    /// Whether a disclosure of an event by `actor` was erased, by that actor or the registrar.
    pub fn is_erased(&self, event: EventId, pointer: &str, actor: &PartyId) -> bool {
        self.erasures.iter().any(|erasure| {
            erasure.event == event
                && erasure.pointer.as_str() == pointer
                && (erasure.by == *actor || erasure.by.is_registrar())
        })
    }

    /// The names of `party` as of `on`.
    pub fn names(&self, party: &PartyId, on: Date) -> Option<&Words> {
        let renamed = self.successions_of(party, on).filter_map(|succession| succession.succeeded.names.as_ref());
        renamed.last().or_else(|| self.parties.get(party).map(|party| &party.registered.names))
    }

    /// The succession in which `party` ended on or before `on`.
    pub fn ended(&self, party: &PartyId, on: Date) -> Option<&Succession> {
        self.successions_of(party, on).find(|succession| succession.succeeded.ends(party))
    }

    /// Those who continue `party` as of `on`, itself when it has not ended.
    pub fn current(&self, party: &PartyId, on: Date) -> Vec<PartyId> {
        let mut open = vec![party.clone()];
        let (mut seen, mut current) = (Vec::new(), Vec::new());
        while let Some(next) = open.pop() {
            if seen.contains(&next) {
                continue;
            }
            match self.ended(&next, on) {
                Some(succession) => open.extend(succession.succeeded.successors.iter().cloned()),
                None => current.push(next.clone()),
            }
            seen.push(next);
        }
        current
    }

    /// Whether `party` continues `predecessor`, another one, as of `on`: at once or through others.
    pub fn continues(&self, party: &PartyId, predecessor: &PartyId, on: Date) -> bool {
        let (mut open, mut seen) = (vec![predecessor.clone()], Vec::new());
        while let Some(next) = open.pop() {
            let after = self.successions_of(&next, on).flat_map(|succession| &succession.succeeded.successors);
            let new: Vec<PartyId> = after.filter(|it| !seen.contains(*it)).cloned().collect();
            seen.extend(new.iter().cloned());
            open.extend(new);
        }
        party != predecessor && seen.contains(party)
    }

    /// The successions in effect on `on` in which `party` was there before, in legal order.
    fn successions_of(&self, party: &PartyId, on: Date) -> impl Iterator<Item = &Succession> {
        let mut of: Vec<&Succession> = self.successions.iter().collect();
        of.retain(|succession| succession.occurred_on <= on && succession.succeeded.predecessors.contains(party));
        of.sort_by_key(|succession| (succession.occurred_on, succession.version));
        of.into_iter()
    }

    fn register(&mut self, event: &Event, registered: &PartyRegistered) {
        let party = Party {
            invented: event.common.invented,
            occurred_on: event.common.occurred_on,
            recorded_at: event.recorded_at,
            registered: registered.clone(),
            version: event.version,
        };
        self.parties.insert(registered.id.clone(), party);
    }
}

impl PartySucceeded {
    /// Whether `party` is no more after this.
    pub fn ends(&self, party: &PartyId) -> bool {
        let continues = matches!(self.kind, SuccessionKind::Renamed | SuccessionKind::IdChanged);
        !continues && self.predecessors.contains(party) && !self.successors.contains(party)
    }
}
