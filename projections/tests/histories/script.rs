//! Reads a script and records its acts, signed, by all the rules.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use sinetti_events::chain::Chain;
use sinetti_events::format::disclosure::{Disclosed, Disclosure, Salt};
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::{Payload, Seen};
use sinetti_events::format::record::Entry;
use sinetti_events::keys::public_key::{KeyId, PublicKey};
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::primitives::ids::{EventId, Origin};
use sinetti_events::primitives::time::Instant;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::decide::decide;
use sinetti_projections::event::Event;
use sinetti_projections::registry::Registry;

use crate::builder::{key, public, sign};

const ORIGIN: &str = "localhost/histories-demo";

/// What is told of one agreement.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    agreement: String,
    /// Every party that is registered, and what it is.
    parties: BTreeMap<String, String>,
    steps: Vec<Step>,
}

/// One act, or the same act by several parties.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// The day on which it is recorded, at noon in UTC.
    at: String,
    /// Who speaks; `each` for several, who stand in `of`.
    by: String,
    #[serde(default)]
    of: Vec<String>,
    #[serde(rename = "type")]
    kind: String,
    /// How later steps call its version: `{"$version": name}`.
    #[serde(default)]
    name: Option<String>,
    /// The slug with which it is refused, where it is.
    #[serde(default)]
    refused: Option<String>,
    data: Value,
}

/// One step as it was recorded, and the state after it.
#[derive(Clone)]
pub struct Told {
    pub actor: String,
    pub kind: String,
    pub occurred_on: Option<String>,
    pub refused: Option<String>,
    pub entry: Option<Entry>,
    pub disclosures: Vec<Disclosure>,
    pub signers: Vec<PublicKey>,
    pub at: Instant,
    pub agreement: Agreement,
    pub registry: Registry,
}

struct World {
    chain: Chain,
    agreement_id: String,
    registry: Registry,
    agreement: Agreement,
    versions: BTreeMap<String, u64>,
    events: BTreeMap<String, EventId>,
    genesis: Option<Hash>,
    /// Seeds of the keys: 1 is the registrar's, 200 the log's, the parties' between.
    seeds: BTreeMap<String, u8>,
    count: u64,
    told: Vec<Told>,
}

impl Script {
    pub fn read(name: &str) -> Script {
        let path = crate::folder().join(format!("{name}.json"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Founds a ledger, registers and enrols the parties, then takes every step.
    pub fn run(&self) -> Vec<Told> {
        let mut world = World::founded(&self.agreement, self.parties.keys());
        let first = self.steps.first().map_or("2023-01-02", |step| step.at.as_str()).to_owned();
        for (party, kind) in &self.parties {
            let data = json!({"id": party, "invented": true, "kind": kind, "names": {"fi": party}, "occurred_on": "2023-01-01"});
            world.say(&first, "registrar", "party_registered", data, None);
            let data = json!({"party": party, "public_key": public(world.seeds[party]), "purposes": ["manage", "record", "sign"]});
            world.say(&first, "registrar", "key_enrolled", data, None);
        }
        for step in &self.steps {
            let actors = if step.by == "each" { step.of.clone() } else { vec![step.by.clone()] };
            for actor in actors {
                let data = world.filled(&step.data, &actor);
                let version = world.say(&step.at, &actor, &step.kind, data, step.refused.as_deref());
                if let (Some(name), Some(version)) = (&step.name, version) {
                    let name = name.replace("$party", &actor);
                    world.events.insert(name.clone(), EventId::new(world.count, &[7; 10]));
                    world.versions.insert(name, version);
                }
            }
        }
        world.told
    }
}

impl World {
    fn founded<'a>(agreement: &str, parties: impl Iterator<Item = &'a String>) -> World {
        let origin: Origin = ORIGIN.parse().unwrap();
        let mut seeds: BTreeMap<String, u8> = parties.cloned().zip(2..200).collect();
        seeds.insert("registrar".to_owned(), 1);
        let mut world = World {
            chain: Chain::new(origin.clone()),
            agreement_id: agreement.to_owned(),
            registry: Registry::default(),
            agreement: Agreement::default(),
            versions: BTreeMap::new(),
            events: BTreeMap::new(),
            genesis: None,
            seeds,
            count: 0,
            told: Vec::new(),
        };
        let data = json!({"demonstration": true, "log_keys": log_keys(200),
            "registrar_keys": [{"public_key": public(1), "purposes": ["manage", "record"]}]});
        world.say("2023-01-02", "registrar", "ledger_founded", data, None);
        world
    }

    /// Signs it, has it authenticated and judged, and records it.
    fn say(&mut self, at: &str, actor: &str, kind: &str, mut data: Value, refused: Option<&str>) -> Option<u64> {
        let info = sinetti_projections::acts::TypeInfo::named(kind).unwrap_or_else(|| panic!("no type {kind}"));
        let registry = info.stream == sinetti_projections::acts::StreamKind::Registry;
        let stream = if registry { "registry".to_owned() } else { self.agreement_id.clone() }.parse().unwrap();
        self.count += 1;
        let event = EventId::new(self.count, &[7; 10]);
        if !info.is_of_keys() {
            data["invented"] = Value::Bool(true);
        }
        let mut disclosures = Vec::new();
        commit(&mut data, event, String::new(), &mut disclosures);
        let occurred_on = data["occurred_on"].as_str().map(str::to_owned);
        let payload = Payload {
            actor: actor.parse().unwrap(),
            agreement: stream,
            data: serde_json::value::to_raw_value(&data).unwrap(),
            event,
            ledger: ORIGIN.parse().unwrap(),
            seen: self.seen(registry),
            kind: kind.parse().unwrap(),
            until: None,
        };
        let mut seeds = vec![self.seeds[actor]];
        if let ("key_enrolled", Some(party)) = (kind, data["party"].as_str()) {
            seeds.push(self.seeds[party]);
        }
        seeds.sort_by_key(|seed| public(*seed).id());
        let envelope = sign(&payload, &seeds);
        let at: Instant = format!("{at}T12:00:00.000Z").parse().unwrap();
        let place = format!("step {} ({kind} by {actor})", self.count);
        let judged = self.judge(&payload, &envelope, at);
        let entry = match (judged, refused) {
            (Ok(signers), None) => Some(self.record(&payload, envelope, signers, at)),
            (Err(slug), Some(wanted)) => {
                assert_eq!(slug.0, wanted, "{place}: {}", slug.1);
                None
            }
            (Ok(_), Some(wanted)) => panic!("{place}: accepted, but {wanted} was expected"),
            (Err((slug, reason)), None) => panic!("{place}: refused with {slug}: {reason}\n{data}"),
        };
        let version = entry.as_ref().map(|entry| entry.record.version);
        self.told.push(Told {
            actor: actor.to_owned(),
            kind: kind.to_owned(),
            occurred_on,
            refused: refused.map(str::to_owned),
            entry,
            disclosures,
            signers: seeds.into_iter().map(public).collect(),
            at,
            agreement: self.agreement.clone(),
            registry: self.registry.clone(),
        });
        version
    }

    fn judge(&self, payload: &Payload, envelope: &Envelope, at: Instant) -> Result<Vec<KeyId>, (String, String)> {
        let signers = self.registry.keyring.authenticate(payload, envelope);
        let signers = signers.map_err(|refusal| (refusal.slug().to_owned(), refusal.to_string()))?;
        let version = if payload.agreement.is_registry() { self.registry.version } else { self.agreement.version } + 1;
        let event = Event::proposed(payload.clone(), signers.clone(), self.chain.size(), version, at)
            .map_err(|bad| (bad.slug().to_owned(), bad.to_string()))?;
        decide(&self.registry, &self.agreement, &event)
            .map_err(|refusal| (refusal.slug.to_owned(), refusal.to_string()))?;
        Ok(signers)
    }

    fn record(&mut self, payload: &Payload, envelope: Envelope, signers: Vec<KeyId>, at: Instant) -> Entry {
        let entry = self.chain.seal(&payload.agreement, envelope, at).unwrap();
        self.chain.push(&entry);
        self.genesis.get_or_insert(entry.leaf);
        let event = Event::of(&entry, signers).unwrap();
        if payload.agreement.is_registry() {
            self.registry.evolve(&event)
        } else {
            self.agreement.evolve(&event)
        }
        entry
    }

    fn seen(&self, registry: bool) -> Seen {
        let stream = if registry { "registry".to_owned() } else { self.agreement_id.clone() }.parse().unwrap();
        match self.chain.head(&stream) {
            Some(head) => Seen { hash: Some(head.leaf), version: head.version },
            None => Seen { hash: self.genesis, version: 0 },
        }
    }

    /// `{"$version": name}` becomes a version, `{"$digest": text}` a SHA-256; `$party` is the actor.
    fn filled(&self, data: &Value, actor: &str) -> Value {
        match data {
            Value::Object(members) if members.len() == 1 && members.contains_key("$version") => {
                let name = members["$version"].as_str().unwrap().replace("$party", actor);
                json!(self.versions.get(&name).unwrap_or_else(|| panic!("no step is called {name}")))
            }
            Value::Object(members) if members.len() == 1 && members.contains_key("$digest") => {
                json!(Digest::of(members["$digest"].as_str().unwrap().as_bytes()).to_string())
            }
            Value::Object(members) if members.len() == 1 && members.contains_key("$key") => {
                json!(public(self.seeds[members["$key"].as_str().unwrap()]).id())
            }
            Value::Object(members) if members.len() == 1 && members.contains_key("$event") => {
                json!(self.events[members["$event"].as_str().unwrap()])
            }
            Value::Object(members) if members.len() == 1 && members.contains_key("$log_keys") => {
                json!(log_keys(u8::try_from(members["$log_keys"].as_u64().unwrap()).unwrap()))
            }
            Value::Object(members) => {
                let filled = members.iter().map(|(name, value)| (name.clone(), self.filled(value, actor)));
                Value::Object(filled.collect::<Map<_, _>>())
            }
            Value::Array(items) => items.iter().map(|item| self.filled(item, actor)).collect(),
            Value::String(text) => json!(text.replace("$party", actor)),
            other => other.clone(),
        }
    }
}

/// Verifier keys of the log, from a seed.
fn log_keys(seed: u8) -> Vec<String> {
    let name = (&ORIGIN.parse::<Origin>().unwrap()).into();
    let (ed25519, ml_dsa) = (key(seed), MlDsaSigningKey::from_seed(&[seed; 32]));
    let signers = [NoteSigner::Ed25519(&ed25519), NoteSigner::MlDsa44Cosignature(&ml_dsa)];
    signers.iter().map(|signer| signer.verifier_key(&name).unwrap().to_string()).collect()
}

/// `{"$clear": words}` becomes a commitment, with its disclosure beside.
fn commit(data: &mut Value, event: EventId, pointer: String, disclosures: &mut Vec<Disclosure>) {
    match data {
        Value::Object(members) if members.len() == 1 && members.contains_key("$clear") => {
            let salt = Digest::of(format!("{event}{pointer}").as_bytes()).0[..16].try_into().unwrap();
            let value = Disclosed::Text(members["$clear"].as_str().unwrap().to_owned());
            let disclosure = Disclosure { salt: Salt(salt), event, pointer, value };
            *data = json!({"sd": disclosure.commitment().unwrap().sd.to_string()});
            disclosures.push(disclosure);
        }
        Value::Object(members) => {
            for (name, member) in members {
                commit(member, event, format!("{pointer}/{name}"), disclosures);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                commit(item, event, format!("{pointer}/{at}"), disclosures);
            }
        }
        _ => {}
    }
}
