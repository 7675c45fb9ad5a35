//! A ledger in a directory of its own, and a registrar who speaks in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti_events::format::payload::Seen;
use sinetti_events::log::checkpoint::verify_checkpoint;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::{EventId, PartyId, StreamId};
use sinetti_events::primitives::time::Instant;
use tempfile::TempDir;

use crate::author::{self, Heading, Personal};
use crate::clock::Clock;
use crate::ledger::faults::Faults;
use crate::ledger::{Ledger, Options, Receipt, Submission, SubmitError, Submitted};

/// Where tests happen.
pub(super) struct World {
    pub(super) dir: TempDir,
    pub(super) ms: Arc<AtomicI64>,
    pub(super) registrar: SigningKey,
    pub(super) faults: Faults,
    count: AtomicU64,
}

/// The agreement that [`World::founded`] opens.
pub(super) fn agreement() -> StreamId {
    "sopimus".parse().unwrap()
}

impl World {
    pub(super) fn new() -> World {
        let start: Instant = "2026-11-22T12:00:00.000Z".parse().unwrap();
        World {
            dir: tempfile::tempdir().unwrap(),
            ms: Arc::new(AtomicI64::new(start.unix_ms())),
            registrar: SigningKey::from_bytes(&[7; 32]),
            faults: Faults::default(),
            count: AtomicU64::new(0),
        }
    }

    /// Another world with the same files; this one's ledger is closed.
    pub(super) fn copy(&self) -> World {
        let copy = World::new();
        super::restore::copy(self.dir.path(), copy.dir.path());
        copy.count.store(self.count.load(Ordering::SeqCst), Ordering::SeqCst);
        copy
    }

    pub(super) fn options(&self) -> Options {
        Options {
            clock: Clock::Fixed(self.ms.clone()),
            faults: self.faults.clone(),
            ..Options::new(self.dir.path(), "localhost/sinetti".parse().unwrap())
        }
    }

    pub(super) fn database(&self) -> std::path::PathBuf {
        self.dir.path().join("sinetti.db")
    }

    pub(super) async fn open(&self) -> Ledger {
        Ledger::open(self.options()).await.unwrap()
    }

    /// Open, with record 0, one party, and the agreement opened: four records.
    pub(super) async fn founded(&self) -> Ledger {
        let ledger = self.open().await;
        ledger.submit(self.founding(&ledger)).await.unwrap();
        ledger.submit(self.party(&ledger, "tampere").await).await.unwrap();
        ledger.submit(self.party(&ledger, "akaa").await).await.unwrap();
        ledger.submit(self.opening(&ledger).await).await.unwrap();
        ledger
    }

    pub(super) fn founding(&self, ledger: &Ledger) -> Submission {
        let key = author::public_key(&self.registrar).unwrap();
        let data = json!({
            "log_keys": ledger.log_keys(),
            "registrar_keys": [{"public_key": key, "purposes": ["manage", "record", "sign"]}],
        });
        self.event(ledger, &StreamId::registry(), "ledger_founded", data, author::NOTHING_SEEN)
    }

    pub(super) async fn party(&self, ledger: &Ledger, id: &str) -> Submission {
        let data =
            json!({"id": id, "kind": "other", "names": {"fi": format!("Jäsen {id}")}, "occurred_on": "2026-11-01"});
        self.next(ledger, &StreamId::registry(), "party_registered", data).await
    }

    async fn opening(&self, ledger: &Ledger) -> Submission {
        let data = json!({
            "languages": ["fi"],
            "occurred_on": "2026-11-01",
            "roster": [{"number": 1, "party": "akaa"}, {"number": 2, "party": "tampere"}],
            "rules": {"basis": "assumed", "entry_into_force": {"kind": "all_approved_and_signed"}, "source": "koe"},
            "term": {"kind": "until_further_notice"},
            "titles": {"fi": "Sopimus"},
        });
        self.next(ledger, &agreement(), "agreement_opened", data).await
    }

    /// A text deposited in the agreement: any number of these is allowed.
    pub(super) async fn text(&self, ledger: &Ledger) -> Submission {
        let digest = Digest::of(&self.count.load(Ordering::SeqCst).to_be_bytes());
        let data = json!({
            "digest": digest, "language": "fi", "occurred_on": "2026-11-02", "role": "draft",
            "titles": {"fi": "Luonnos"},
        });
        self.next(ledger, &agreement(), "text_deposited", data).await
    }

    /// An event whose author has seen all that is published.
    pub(super) async fn next(&self, ledger: &Ledger, stream: &StreamId, kind: &str, data: Value) -> Submission {
        let seen = self.seen(ledger, stream).await;
        self.event(ledger, stream, kind, data, seen)
    }

    pub(super) async fn seen(&self, ledger: &Ledger, stream: &StreamId) -> Seen {
        let head = ledger.streams().await.unwrap().into_iter().find(|head| head.agreement == *stream);
        match head {
            Some(head) => author::seen(head.version, head.leaf),
            None => {
                let first = ledger.record(&StreamId::registry(), 1).await.unwrap().unwrap();
                author::seen(0, first.leaf)
            }
        }
    }

    pub(super) fn event(&self, ledger: &Ledger, stream: &StreamId, kind: &str, data: Value, seen: Seen) -> Submission {
        self.personal_event(ledger, stream, kind, data, seen, Vec::new())
    }

    pub(super) fn personal_event(
        &self,
        ledger: &Ledger,
        stream: &StreamId,
        kind: &str,
        data: Value,
        seen: Seen,
        personal: Vec<Personal>,
    ) -> Submission {
        let heading = Heading {
            ledger: ledger.origin().clone(),
            agreement: stream.clone(),
            actor: PartyId::registrar(),
            event: self.event_id(),
            seen,
            kind: kind.parse().unwrap(),
            until: None,
        };
        let draft = author::draft(heading, data, personal, || [3; 16]).unwrap();
        let envelope = author::sign(draft.payload, &[&self.registrar]);
        Submission { agreement: stream.clone(), envelope, disclosures: draft.disclosures, if_match: None }
    }

    pub(super) fn event_id(&self) -> EventId {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.count.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        EventId::new(1_700_000_000_000, &random)
    }

    pub(super) fn pass(&self, ms: i64) {
        self.ms.fetch_add(ms, Ordering::SeqCst);
    }
}

/// A receipt proves what it says, by the ledger's own keys.
pub(super) fn assert_proven(ledger: &Ledger, receipt: &Receipt) {
    let proof = TlogProof::parse(receipt.proof.as_bytes()).unwrap();
    assert_eq!(proof.index, receipt.entry.record.index);
    let note = proof.checkpoint.as_str().as_bytes();
    let checkpoint = verify_checkpoint(note, ledger.origin(), &ledger.log_keys()).unwrap();
    assert!(checkpoint.checkpoint().size > receipt.entry.record.index);
    proof.check(&receipt.entry.leaf, &checkpoint).unwrap();
}

/// Whether the database agrees with itself and the anchor in every table.
pub(super) async fn differences(world: &World) -> Vec<crate::ledger::Difference> {
    let url = world.options().database_url;
    crate::ledger::check(&url, Some(world.dir.path())).await.unwrap().differences
}

pub(super) fn slug(result: &Result<Submitted, SubmitError>) -> &'static str {
    result.as_ref().err().map_or("accepted", SubmitError::slug)
}
