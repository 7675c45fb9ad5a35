//! Puts a bundle together as an operator does, honest or not: proofs are made for whatever records there are.

use ed25519_dalek::SigningKey;
use sinetti::evidence::Authorities;
use sinetti::evidence::readme::{self, Facts};
use sinetti_events::bundle::{Bundle, Heads, Member};
use sinetti_events::completeness::prove_newest;
use sinetti_events::format::disclosure::Disclosure;
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::earlier::EarlierCheckpoint;
use sinetti_events::log::note::Note;
use sinetti_events::log::policy::Policy;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::signer::NoteSigner;
use sinetti_events::primitives::canonical::{self, Names};
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::tree::heads::HeadsTree;
use sinetti_events::tree::{Frontier, consistency_nodes};
use sinetti_projections::audit::evidence::{Asked, Evidence};

use crate::builder::{Builder, moment};

/// A witness that cosigns, by its seed.
pub fn witness(seed: u8) -> SigningKey {
    crate::builder::key(seed)
}

/// What an operator puts into a bundle.
#[derive(Clone)]
pub struct Assembler {
    pub ledger: Builder,
    pub agreement: &'static str,
    /// The checkpoint, with whatever signatures.
    pub note: String,
    pub policy: Vec<u8>,
    pub disclosures: Vec<Disclosure>,
    pub documents: Vec<Vec<u8>>,
    /// Earlier checkpoints, with cosignatures or timestamps.
    pub cosigned: Vec<String>,
    /// Timestamps by the size of what they are over, or said to be.
    pub timestamps: Vec<(u64, Vec<u8>)>,
}

impl Assembler {
    /// Of the ledger as it is, honestly.
    pub fn new(ledger: &Builder, agreement: &'static str) -> Assembler {
        Assembler {
            note: ledger.checkpoint(),
            policy: Policy::of_logs(ledger.log_keys()).to_bytes(),
            ledger: ledger.clone(),
            agreement,
            disclosures: Vec::new(),
            documents: Vec::new(),
            cosigned: Vec::new(),
            timestamps: Vec::new(),
        }
    }

    /// The same with another checkpoint over the same records.
    pub fn with_note(mut self, note: String) -> Assembler {
        self.note = note;
        self
    }

    /// Witnesses by name and seed, whom the published policy asks for.
    pub fn with_policy(mut self, witnesses: &[(&str, u8)], rest: &str) -> Assembler {
        self.policy =
            [self.policy.strip_suffix(b"quorum none\n").unwrap(), policy(witnesses, rest).as_bytes()].concat();
        self
    }

    /// The bundle.
    pub fn bundle(&self) -> Bundle {
        let mut bundle = self.without_readme();
        let readme = readme_of(&bundle);
        bundle.insert(Member::Readme, readme);
        bundle
    }

    fn without_readme(&self) -> Bundle {
        let mut bundle = Bundle::new();
        bundle.insert(Member::Checkpoint, self.note.as_str());
        bundle.insert(Member::Policy, self.policy.as_slice());
        let (mut registry, mut agreement) = (0, 0);
        for (place, bytes) in (0..).zip(&self.ledger.records) {
            // Also what is no record to this program stands where it says.
            let record: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            let member = match record["agreement"].as_str().unwrap() {
                "registry" => numbered(&mut registry, Member::Registry),
                other if other == self.agreement => numbered(&mut agreement, Member::Agreement),
                _ => continue,
            };
            bundle.insert(member, bytes.as_slice());
            bundle.insert(Member::Proof(record["index"].as_u64().unwrap()), self.proof(place));
        }
        bundle.insert(Member::Heads, self.heads().to_bytes());
        for note in &self.cosigned {
            let earlier = self.earlier(note);
            let size = earlier.checkpoint.text().parse::<Checkpoint>().unwrap().size;
            bundle.insert(Member::Cosigned(size), earlier.to_string());
        }
        for (size, token) in &self.timestamps {
            bundle.insert(Member::Timestamp(*size), token.as_slice());
        }
        for document in &self.documents {
            bundle.insert(Member::Document(Digest::of(document)), document.as_slice());
        }
        bundle.insert(Member::Disclosures, canonical::write(&self.disclosures, Names::Ascii).unwrap());
        bundle
    }

    /// The tlog-proof of the record at `place`.
    pub fn proof(&self, place: u64) -> String {
        let note = Note::parse(self.note.as_bytes()).unwrap();
        let size = self.ledger.records.len() as u64;
        let hashes = self.tree().prove(place, size).unwrap();
        TlogProof { extra: None, index: place, hashes, checkpoint: note }.to_string()
    }

    fn tree(&self) -> HeadsTree {
        self.ledger.records.iter().map(|record| Hash::leaf(record)).collect()
    }

    fn heads(&self) -> Heads {
        let last = &Entry::parse(self.ledger.records.last().unwrap().clone()).unwrap();
        let streams = self.ledger.chain.streams();
        let number = |name: &str| streams.iter().position(|head| head.agreement.as_str() == name).unwrap() as u64;
        // Whoever forges the last record's heads proves what can be proven.
        let shown = |name: &str| prove_newest(last, streams, number(name)).unwrap_or_default();
        Heads {
            agreement: if self.agreement == "registry" { Vec::new() } else { shown(self.agreement) },
            last: last.bytes.clone(),
            proof: self.proof(self.ledger.records.len() as u64 - 1),
            registry: shown("registry"),
        }
    }

    /// The proof that this bundle's checkpoint extends the one of `note`.
    pub fn earlier(&self, note: &str) -> EarlierCheckpoint {
        let checkpoint = Note::parse(note.as_bytes()).unwrap();
        let (old, to) = (checkpoint.text().parse::<Checkpoint>().unwrap().size, self.ledger.records.len() as u64);
        let mut tree = Frontier::new();
        let nodes: std::collections::HashMap<_, _> =
            self.ledger.records.iter().flat_map(|record| tree.push(Hash::leaf(record))).collect();
        let plan = consistency_nodes(old, to).unwrap();
        let hashes: Vec<Hash> = plan.nodes().iter().map(|id| nodes[id]).collect();
        EarlierCheckpoint { to, hashes: plan.prove(&hashes).unwrap(), checkpoint }
    }
}

/// The text that the records of `bundle` give; empty when they give none.
pub fn readme_of(bundle: &Bundle) -> String {
    let asked = Asked::default();
    let evidence = Evidence::of(bundle, &asked, &|token, message| Authorities::LeftOut.judge(token, message), || ());
    let (Some(as_of), Some(checkpoint)) = (evidence.as_of(), evidence.checkpoint()) else { return String::new() };
    let policy = bundle.get(Member::Policy).unwrap_or_default();
    readme::readme(&Facts {
        agreement: evidence.agreement(),
        as_of,
        checkpoint,
        policy,
        registry: evidence.registry(),
        timestamps: &evidence.stamps(),
    })
}

/// Witness lines, then `rest`: groups and the quorum.
pub fn policy(witnesses: &[(&str, u8)], rest: &str) -> String {
    let line = |(name, seed): &(&str, u8)| {
        let key = NoteSigner::Ed25519Cosignature(&witness(*seed));
        format!("witness {name} {}\n", key.verifier_key(&witness_name(name)).unwrap())
    };
    witnesses.iter().map(line).collect::<String>() + rest
}

/// `note` with the cosignatures of these witnesses, at the minute of record `minute`.
pub fn cosign(note: &str, witnesses: &[(&str, u8)], minute: u64) -> String {
    let mut note = Note::parse(note.as_bytes()).unwrap();
    let checkpoint: Checkpoint = note.text().parse().unwrap();
    for (name, seed) in witnesses {
        let signer = witness(*seed);
        let signer = NoteSigner::Ed25519Cosignature(&signer);
        let signature = signer.sign(&witness_name(name), &checkpoint, moment(minute).unix_seconds()).unwrap();
        note = note.with_signature(&signature).unwrap();
    }
    note.as_str().to_owned()
}

fn witness_name(name: &str) -> sinetti_events::log::vkey::KeyName {
    format!("localhost/{name}").parse().unwrap()
}

fn numbered(number: &mut u64, member: fn(u64) -> Member) -> Member {
    *number += 1;
    member(*number)
}
