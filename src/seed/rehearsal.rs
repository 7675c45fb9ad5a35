//! The whole founding in memory, against keyring and rules, without a store: the product's own
//! data is right, or these tests say which step isn't.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use sinetti_events::chain::Chain;
use sinetti_events::format::payload::{Payload, Seen};
use sinetti_events::format::record::Entry;
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::log::vkey::KeyName;
use sinetti_events::primitives::ids::{EventId, Origin, PartyId, StreamId};
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::agreement::Agreement as State;
use sinetti_projections::decide::decide;
use sinetti_projections::event::Event;
use sinetti_projections::registry::Registry;
use sinetti_projections::status::{Status, status};

use super::scribe::{self, Scribe, Written};
use super::step::{Genesis, Step};
use super::{Keys, Kind, agreements, enrolments, registrations};
use crate::author;

/// A ledger in memory.
struct Rehearsal {
    now: Instant,
    chain: Chain,
    registry: Registry,
    agreements: BTreeMap<StreamId, State>,
}

impl Rehearsal {
    fn found(kind: Kind) -> Rehearsal {
        let origin: Origin =
            if kind == Kind::Real { "localhost/sinetti" } else { "localhost/sinetti-demo" }.parse().unwrap();
        let now: Instant = "2026-11-22T18:00:00.000Z".parse().unwrap();
        let keys = keys(kind);
        let (chain, registry) = (Chain::new(origin.clone()), Registry::default());
        let mut ledger = Rehearsal { now, chain, registry, agreements: BTreeMap::new() };
        let event = EventId::new(1_795_000_000_000, &[7; 10]);
        let written = scribe::genesis(&origin, event, &log_keys(&origin), &keys.registrar, kind).unwrap();
        let entry = ledger.record(&StreamId::registry(), "record 0", written);
        let genesis = Genesis { leaf: entry.leaf, recorded_at: entry.record.recorded_at };
        let scribe = Scribe { origin: &origin, keys: &keys, genesis };
        for step in [registrations("2026-11-22").unwrap(), enrolments(&keys).unwrap()].concat() {
            ledger.step(&scribe, &StreamId::registry(), &step, &BTreeMap::new(), author::seen(1, genesis.leaf));
        }
        for agreement in agreements::all().unwrap() {
            let (mut versions, mut seen) = (BTreeMap::new(), author::seen(0, genesis.leaf));
            for step in agreement.steps(kind, "2026-11-22") {
                let entry = ledger.step(&scribe, &agreement.id, &step, &versions, seen);
                versions.insert(step.step, entry.record.version);
                seen = author::seen(entry.record.version, entry.leaf);
            }
        }
        ledger
    }

    fn step(
        &mut self,
        scribe: &Scribe<'_>,
        stream: &StreamId,
        step: &Step,
        versions: &BTreeMap<String, u64>,
        seen: Seen,
    ) -> Entry {
        let written = scribe.write(stream, step, versions, seen).unwrap();
        self.record(stream, &step.step, written)
    }

    fn record(&mut self, stream: &StreamId, step: &str, written: Written) -> Entry {
        let payload = Payload::parse(&written.envelope.payload).unwrap();
        let signers = self.registry.keyring.authenticate(&payload, &written.envelope);
        let signers = signers.unwrap_or_else(|error| panic!("{stream}/{step}: {error}"));
        let entry = self.chain.seal(stream, written.envelope, self.now).unwrap();
        let event = Event::of(&entry, signers).unwrap_or_else(|error| panic!("{stream}/{step}: {error}"));
        let state = self.agreements.entry(stream.clone()).or_default();
        decide(&self.registry, state, &event).unwrap_or_else(|refusal| panic!("{stream}/{step}: {refusal}"));
        if stream.is_registry() {
            self.registry.evolve(&event)
        } else {
            state.evolve(&event)
        }
        self.chain.push(&entry);
        entry
    }

    fn status(&self, agreement: &str, on: &str) -> Status {
        let state = &self.agreements[&agreement.parse::<StreamId>().unwrap()];
        status(state, &self.registry, on.parse::<Date>().unwrap()).unwrap()
    }
}

fn keys(kind: Kind) -> Keys {
    let ids = agreements::all().unwrap().into_iter().flat_map(|agreement| agreement.parties).map(|row| row.party);
    let key = |number: usize| SigningKey::from_bytes(&[u8::try_from(number).unwrap(); 32]);
    let parties = ids.enumerate().map(|(number, id)| (id, key(number + 2)));
    let parties = if kind == Kind::Real { BTreeMap::new() } else { parties.collect() };
    Keys { registrar: key(1), parties }
}

fn log_keys(origin: &Origin) -> Vec<String> {
    let name = KeyName::from(origin);
    let ed25519 = SigningKey::from_bytes(&[200; 32]);
    let ml_dsa = sinetti_events::log::ml_dsa::MlDsaSigningKey::from_seed(&[201; 32]);
    let signers = [NoteSigner::Ed25519(&ed25519), NoteSigner::MlDsa44Cosignature(&ml_dsa)];
    signers.iter().map(|signer| signer.verifier_key(&name).unwrap().to_string()).collect()
}

const PIRKANMAA: &str = "pirkanmaa-puitesopimus-2023";
const POHJOIS_POHJANMAA: &str = "pohjois-pohjanmaa-strateginen-2023";
const VARSINAIS_SUOMI: &str = "varsinais-suomi-yhteistyosopimus-2023";

/// Approved, signed, parties.
fn counts(status: &Status) -> (u64, u64, u64) {
    (status.approved, status.signed, status.parties_total)
}

#[test]
fn a_real_ledger_counts_what_is_proven_and_no_more() {
    let ledger = Rehearsal::found(Kind::Real);
    let pirkanmaa = ledger.status(PIRKANMAA, "2026-11-22");
    assert_eq!(counts(&pirkanmaa), (1, 0, 25));
    let approved: Vec<_> = pirkanmaa.parties.iter().filter(|row| row.approved).map(|row| row.party.as_str()).collect();
    assert_eq!(approved, ["pirkanmaan-liitto"]);
    assert_eq!(counts(&ledger.status(POHJOIS_POHJANMAA, "2026-11-22")), (0, 0, 32));
    let varsinais_suomi = ledger.status(VARSINAIS_SUOMI, "2026-11-22");
    assert_eq!(counts(&varsinais_suomi), (0, 0, 28));
    let unnamed: Vec<_> = varsinais_suomi.unattributed.iter().filter_map(|act| act.decision.as_ref()).collect();
    assert_eq!(unnamed.len(), 1);
    assert!(!unnamed[0].counted);
    for agreement in [PIRKANMAA, POHJOIS_POHJANMAA, VARSINAIS_SUOMI] {
        let status = ledger.status(agreement, "2026-11-22");
        assert!(!status.in_force && !status.invented && !status.demonstration && status.bound == 0);
    }
}

#[test]
fn the_proven_approval_counts_from_its_legal_date() {
    let ledger = Rehearsal::found(Kind::Real);
    assert_eq!(ledger.status(PIRKANMAA, "2023-03-26").approved, 0);
    assert_eq!(ledger.status(PIRKANMAA, "2023-03-27").approved, 1);
}

#[test]
fn an_empty_demonstration_has_keys_and_agreements_and_no_acts() {
    let ledger = Rehearsal::found(Kind::DemoEmpty);
    assert_eq!(ledger.registry.keyring.keys().count(), 86);
    assert!(
        [PIRKANMAA, POHJOIS_POHJANMAA, VARSINAIS_SUOMI]
            .iter()
            .all(|id| ledger.agreements[&id.parse().unwrap()].version == 1)
    );
    assert!(ledger.status(PIRKANMAA, "2026-11-22").demonstration);
}

#[test]
fn the_demonstration_shows_a_spread_of_states() {
    let ledger = Rehearsal::found(Kind::Demo);
    let pirkanmaa = ledger.status(PIRKANMAA, "2026-11-22");
    assert_eq!(counts(&pirkanmaa), (18, 16, 25));
    assert!(!pirkanmaa.in_force && pirkanmaa.invented && pirkanmaa.demonstration);
    let pohjois_pohjanmaa = ledger.status(POHJOIS_POHJANMAA, "2026-11-22");
    assert_eq!(counts(&pohjois_pohjanmaa), (32, 32, 32));
    assert!(pohjois_pohjanmaa.in_force && pohjois_pohjanmaa.determined);
    assert_eq!(pohjois_pohjanmaa.in_force_since, "2024-03-15".parse().ok());
    assert!(!ledger.status(POHJOIS_POHJANMAA, "2024-03-14").in_force);
    let varsinais_suomi = ledger.status(VARSINAIS_SUOMI, "2026-11-22");
    assert_eq!(varsinais_suomi.in_force_pairs.len(), 9);
}

#[test]
fn every_invented_act_says_so_and_no_real_one_does() {
    let ledger = Rehearsal::found(Kind::Demo);
    let real = Rehearsal::found(Kind::Real);
    for (id, state) in ledger.agreements.iter().filter(|(id, _)| !id.is_registry()) {
        let invented = state.live().filter(|entry| entry.common.invented).count();
        let others = state.live().filter(|entry| !entry.common.invented).count();
        assert!(invented > 0);
        assert_eq!(others as u64, real.agreements[id].version, "{id}");
    }
}

#[test]
fn nothing_invented_vouches_for_a_real_act() {
    let ledger = Rehearsal::found(Kind::Demo);
    for state in ledger.agreements.values() {
        for real in state.live().filter(|entry| !entry.common.invented) {
            assert!(real.confirmed_by.is_none() && real.corrected_by.is_empty(), "{}", real.version);
        }
    }
}

#[test]
fn rosters_are_numbered_from_one_and_no_party_is_on_two() {
    let all = agreements::all().unwrap();
    assert_eq!(all.each_ref().map(|agreement| agreement.parties.len()), [25, 32, 28]);
    for agreement in &all {
        assert!(agreement.parties.iter().zip(1..).all(|(row, number)| row.number == number), "{}", agreement.id);
    }
    let mut ids: Vec<PartyId> = all.into_iter().flat_map(|agreement| agreement.parties).map(|row| row.party).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 85);
}
