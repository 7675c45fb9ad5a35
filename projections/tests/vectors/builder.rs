//! Builds small ledgers with known keys, honest ones and bent ones.

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sinetti_events::chain::Chain;
use sinetti_events::format::envelope::{EVENT_PAYLOAD_TYPE, Envelope, Signature, pae};
use sinetti_events::format::payload::{Payload, Seen};
use sinetti_events::format::record::Entry;
use sinetti_events::keys::public_key::PublicKey;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::signer::{NoteSigner, sign_checkpoint};
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{EventId, Origin, StreamId};
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;

/// 2026-01-01T00:00:00Z in milliseconds; record n is recorded n minutes later.
const START: i64 = 1_767_225_600_000;

/// A ledger being written by an operator who may be dishonest.
#[derive(Clone)]
pub struct Builder {
    /// Where the next record goes.
    pub chain: Chain,
    /// What was written, as bytes.
    pub records: Vec<Vec<u8>>,
    origin: Origin,
    log_seed: u8,
    leaves: Vec<(StreamId, Hash)>,
}

/// One key of the tests.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// Its public half.
pub fn public(seed: u8) -> PublicKey {
    PublicKey::from_bytes(key(seed).verifying_key().as_bytes()).unwrap()
}

/// The moment at which record `index` is recorded.
pub fn moment(index: u64) -> Instant {
    Instant::from_unix_ms(START + i64::try_from(index).unwrap() * 60_000).unwrap()
}

/// Signs `payload` with `seeds`.
pub fn sign(payload: &Payload, seeds: &[u8]) -> Envelope {
    let bytes = payload.to_bytes().unwrap();
    let message = pae(EVENT_PAYLOAD_TYPE, &bytes);
    let signature =
        |seed: &u8| Signature { keyid: public(*seed).id(), sig: key(*seed).sign(&message).to_bytes().to_vec() };
    Envelope::of_event(bytes, seeds.iter().map(signature).collect())
}

/// The id of the event that becomes record `index`.
fn event_id(index: usize) -> EventId {
    let random = u8::try_from(index).map_or_else(
        |_| {
            let mut random = [0; 10];
            random[..8].copy_from_slice(&(index as u64).to_be_bytes());
            random
        },
        |index| [index; 10],
    );
    EventId::new(START.unsigned_abs(), &random)
}

impl Builder {
    /// An empty ledger.
    pub fn new(origin: &str) -> Builder {
        let origin: Origin = origin.parse().unwrap();
        let chain = Chain::new(origin.clone());
        Builder { chain, records: Vec::new(), origin, log_seed: 200, leaves: Vec::new() }
    }

    /// The log's verifier keys.
    pub fn log_keys(&self) -> Vec<VerifierKey> {
        let (ed25519, ml_dsa) = (key(self.log_seed), MlDsaSigningKey::from_seed(&[self.log_seed; 32]));
        let signers = [NoteSigner::Ed25519(&ed25519), NoteSigner::MlDsa44Cosignature(&ml_dsa)];
        signers.iter().map(|signer| signer.verifier_key(&(&self.origin).into()).unwrap()).collect()
    }

    /// The next payload of `stream`, with `seen` right.
    pub fn payload(&self, actor: &str, stream: &str, kind: &str, data: &Value) -> Payload {
        let stream: StreamId = stream.parse().unwrap();
        let version = self.chain.version(&stream);
        let newest = self.chain.head(&stream).map(|head| head.leaf);
        let hash = newest.or_else(|| self.leaves.first().map(|(_, leaf)| *leaf));
        Payload {
            actor: actor.parse().unwrap(),
            agreement: stream,
            data: serde_json::value::to_raw_value(data).unwrap(),
            event: event_id(self.records.len()),
            ledger: self.origin.clone(),
            seen: Seen { hash, version },
            kind: kind.parse().unwrap(),
            until: None,
        }
    }

    /// Signs and appends an act.
    pub fn act(&mut self, actor: &str, stream: &str, kind: &str, data: &Value, seeds: &[u8]) {
        let payload = self.payload(actor, stream, kind, data);
        self.append(stream, sign(&payload, seeds));
    }

    /// Appends an envelope, whatever it says.
    pub fn append(&mut self, stream: &str, envelope: Envelope) {
        let now = moment(self.chain.size());
        let entry = self.chain.seal(&stream.parse().unwrap(), envelope, now).unwrap();
        self.push(&entry);
    }

    /// Appends a record, whatever it says.
    pub fn push(&mut self, entry: &Entry) {
        self.chain.push(entry);
        self.leaves.push((entry.record.agreement.clone(), entry.leaf));
        self.records.push(entry.bytes.clone());
    }

    /// The payload of the record at `index`.
    pub fn payload_at(&self, index: usize) -> Payload {
        let entry = Entry::parse(self.records[index].clone()).unwrap();
        Payload::parse(&entry.record.envelope.payload).unwrap()
    }

    /// The checkpoint over all records, as an operator signs it.
    pub fn checkpoint(&self) -> String {
        self.checkpoint_at(moment(self.chain.size()).unix_seconds())
    }

    /// The same, signed at a chosen second.
    pub fn checkpoint_at(&self, second: u64) -> String {
        let mut log = Frontier::new();
        for record in &self.records {
            log.push(Hash::leaf(record));
        }
        let checkpoint = Checkpoint { origin: self.origin.clone(), size: log.size(), root: log.root() };
        let ml_dsa = MlDsaSigningKey::from_seed(&[self.log_seed; 32]);
        sign_checkpoint(&checkpoint, &key(self.log_seed), &ml_dsa, second).unwrap().as_str().to_owned()
    }

    /// The first `length` records only, as an operator has them who cut the rest off.
    pub fn until(mut self, length: usize) -> Builder {
        self.records.truncate(length);
        self
    }

    /// The same, signed by other log keys too.
    pub fn checkpoint_of_both(&self, other: u8) -> String {
        let others = self.clone().with_log_keys(other).checkpoint();
        let (_, signatures) = others.split_once("\n\n").unwrap();
        self.checkpoint() + signatures
    }

    /// Lets other log keys sign what follows.
    pub fn with_log_keys(mut self, seed: u8) -> Builder {
        self.log_seed = seed;
        self
    }

    /// What a verifier is given.
    pub fn input(&self) -> Value {
        let records: Vec<String> = self.records.iter().map(sinetti_events::primitives::base64::encode).collect();
        json!({"checkpoint": self.checkpoint(), "records": records})
    }
}
