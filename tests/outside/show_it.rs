//! One agreement's whole way, from outside: 25 parties make keys, approve and sign over HTTP; it is
//! in force with the last signature and not before; everything verifies; and no byte of any record
//! can be changed in the database file unnoticed.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sinetti::author::{self, Heading};
use sinetti::client::{Client, ClientError};
use sinetti::{keyfile, receipt};
use sinetti_events::format::payload::Seen;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::EventId;

use crate::program::{Server, json as answer, run};

const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";

/// A world of one server, seen from outside only.
struct World {
    client: Client,
    origin: String,
    log_keys: Vec<VerifierKey>,
    registrar: SigningKey,
    next: AtomicU64,
}

impl World {
    fn of(server: &Server, dir: &Path) -> World {
        let client = Client::new(&server.url).unwrap();
        let log: Value = client.json("/api/v1/log").unwrap().unwrap();
        let keys = log["log_keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().parse().unwrap());
        World {
            log_keys: keys.collect(),
            origin: log["origin"].as_str().unwrap().to_owned(),
            registrar: keyfile::read(&dir.join("demo/keys/registrar.pem"), None).unwrap(),
            next: AtomicU64::new(1),
            client,
        }
    }

    fn state(&self) -> Value {
        self.client.json(&format!("/api/v1/agreements/{AGREEMENT}")).unwrap().unwrap()
    }

    fn counts(&self) -> (u64, u64, bool) {
        let state = self.state();
        let number = |member: &str| state[member].as_u64().unwrap();
        (number("approved"), number("signed"), state["in_force"].as_bool().unwrap())
    }

    fn seen(&self, stream: &str) -> Seen {
        let newest = if stream == "registry" {
            let record: Value = self.client.json("/api/v1/agreements/registry/events/1").unwrap().unwrap();
            record
        } else {
            self.state()["as_of"].clone()
        };
        author::seen(newest["version"].as_u64().unwrap(), newest["leaf"].as_str().unwrap().parse().unwrap())
    }

    /// Says it, and checks the receipt as an author does.
    fn say(&self, actor: &str, stream: &str, kind: &str, data: Value, keys: &[&SigningKey]) -> Result<(), ClientError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let heading = Heading {
            ledger: self.origin.parse().unwrap(),
            agreement: stream.parse().unwrap(),
            actor: actor.parse().unwrap(),
            event: EventId::new(1_750_000_000_000 + number, &[7; 10]),
            seen: self.seen(stream),
            kind: kind.parse().unwrap(),
            until: None,
        };
        let (agreement, origin) = (heading.agreement.clone(), heading.ledger.clone());
        let draft = author::draft(heading, data, vec![], || [0; 16]).unwrap();
        let envelope = author::sign(draft.payload, keys);
        let accepted = self.client.submit(&agreement, &envelope, &[])?;
        assert!(!accepted.repeated);
        receipt::check(&accepted.receipt, &envelope.payload, &origin, &self.log_keys).unwrap();
        // Sending it again is harmless: the same receipt.
        let again = self.client.submit(&agreement, &envelope, &[])?;
        assert!(again.repeated && again.receipt == accepted.receipt);
        Ok(())
    }

    fn enrol(&self, party: &str) -> SigningKey {
        let key = keyfile::generate().unwrap();
        let public = author::public_key(&key).unwrap();
        let data = json!({"party": party, "public_key": public, "purposes": ["manage", "record", "sign"]});
        // Without its own signature nobody knows that the party has the key.
        let refused = self.say("registrar", "registry", "key_enrolled", data.clone(), &[&self.registrar]);
        assert_eq!(slug(refused.unwrap_err()), "key-possession-unproven");
        self.say("registrar", "registry", "key_enrolled", data, &[&self.registrar, &key]).unwrap();
        key
    }

    fn deposit(&self) -> String {
        let text = Digest::of("Keksitty sopimusteksti.\n".as_bytes()).to_string();
        let data = json!({
            "digest": text, "invented": true, "language": "fi", "occurred_on": "2025-01-15", "role": "approval",
            "titles": {"fi": "Puitesopimus (keksitty teksti)"}
        });
        self.say("registrar", AGREEMENT, "text_deposited", data, &[&self.registrar]).unwrap();
        text
    }

    fn approve(&self, party: &str, key: &SigningKey, text: &str) {
        let data = json!({
            "competent": {"basis": "hallintosääntö 20 §"}, "effect": "approve", "finality": "open", "invented": true,
            "minutes": "confirmed", "occurred_on": "2025-02-10", "organ": {"kind": "council", "name": "valtuusto"},
            "resolution": "adopted", "section": "12", "subject": {"digest": text}
        });
        self.say(party, AGREEMENT, "decision_recorded", data, &[key]).unwrap();
    }

    fn affix(&self, party: &str, key: &SigningKey, text: &str) {
        let data = json!({
            "grade": "ledger_key", "invented": true, "occurred_on": "2025-03-03", "role": "johtaja", "text": text
        });
        self.say(party, AGREEMENT, "text_signed", data, &[key]).unwrap();
    }

    fn determine(&self, from: &str) -> Result<(), ClientError> {
        let data = json!({"in_force_from": from, "invented": true, "occurred_on": "2025-03-04"});
        self.say("registrar", AGREEMENT, "entry_into_force_determined", data, &[&self.registrar])
    }
}

fn slug(error: ClientError) -> String {
    let ClientError::Problem(problem) = error else { panic!("{error}") };
    problem.kind.rsplit('/').next().unwrap().to_owned()
}

/// Brings the agreement into force; the world's checks on the way.
fn bring_into_force(world: &World) {
    let state = world.state();
    assert_eq!((state["parties_total"].as_u64(), world.counts()), (Some(25), (0, 0, false)));
    let parties: Vec<String> =
        state["parties"].as_array().unwrap().iter().map(|row| row["party"].as_str().unwrap().to_owned()).collect();
    let keys: Vec<SigningKey> = parties.iter().map(|party| world.enrol(party)).collect();
    let text = world.deposit();
    for (done, (party, key)) in (1..).zip(parties.iter().zip(&keys)) {
        world.approve(party, key, &text);
        assert_eq!(world.counts(), (done, 0, false));
    }
    for (done, (party, key)) in (1..=24).zip(parties.iter().zip(&keys)) {
        world.affix(party, key, &text);
        assert_eq!(world.counts(), (25, done, false));
    }
    let missing = world.state()["missing"].clone();
    assert_eq!(missing.as_array().unwrap().len(), 1);
    assert_eq!((&missing[0]["party"], &missing[0]["signature"]), (&json!(parties[24]), &json!(true)));
    assert_eq!(missing[0]["approval"], json!(false));
    assert_eq!(slug(world.determine("2025-03-03").unwrap_err()), "conditions-not-met");

    world.affix(&parties[24], &keys[24], &text);
    assert_eq!(world.counts(), (25, 25, true));
    let state = world.state();
    assert_eq!((&state["in_force_since"], &state["determined"]), (&json!("2025-03-03"), &json!(false)));
    world.determine("2025-03-03").unwrap();
    let state = world.state();
    assert_eq!((&state["determined"], &state["bound"], &state["missing"]), (&json!(true), &json!(25), &json!([])));
}

#[test]
fn twenty_five_parties_bring_an_agreement_into_force_and_no_byte_of_it_can_change() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo=empty"]);
    assert!(server.banner.contains("localhost/sinetti-demo"), "{}", server.banner);
    let world = World::of(&server, dir.path());
    bring_into_force(&world);

    let status = answer(&["status", AGREEMENT, "--json", "--server", &server.url]);
    assert_eq!(status["in_force"], json!(true));
    let (code, text, _) = run(&["verify", "--server", &server.url, "--log-key", &world.log_keys[0].to_string()]);
    assert_eq!(code, 0, "{text}");
    let database = format!("sqlite:{}", dir.path().join("demo/sinetti.db").display());
    let (code, text, _) = run(&["verify", "--database-url", &database]);
    assert!(code == 0 && text.contains("verified: every check of every record holds"), "{text}");
    server.stop();

    let (code, text, _) = run(&["verify", "--database-url", &database]);
    assert_eq!(code, 0, "after a stop: {text}");
    no_byte_can_change(&dir.path().join("demo"), &database);
}

/// Changes single bytes of records in the database file itself, at least one in every member of
/// several records, and puts each back.
fn no_byte_can_change(dir: &Path, database: &str) {
    let path = dir.join("sinetti.db");
    merge_log(database);
    let whole = fs::read(&path).unwrap();
    let mut changed = 0;
    for (index, record) in records(database) {
        for (member, offset) in places(&record) {
            let Some(at) = find_in(&whole, &record, offset) else { continue };
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            let (code, report, _) = run(&["verify", "--database-url", database]);
            assert_eq!(code, 1, "record {index}, {member} at {offset}: {report}");
            assert!(report.contains(&format!("record {index}")), "record {index}, {member}: {report}");
            assert!(report.contains("NOT verified: tampered"), "{report}");
            changed += 1;
        }
    }
    assert!(changed >= 50, "only {changed} bytes were changed");
    fs::write(&path, &whole).unwrap();
    assert_eq!(run(&["verify", "--database-url", database]).0, 0);
}

/// Puts what the write-ahead log still holds into the file itself, as any later writer would.
fn merge_log(database: &str) {
    use sqlx::Connection as _;
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = sqlx::SqliteConnection::connect(database).await.unwrap();
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// The founding record, an approval, a signature, the determination.
fn records(database: &str) -> Vec<(u64, Vec<u8>)> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = sinetti::store::Store::open_reader(database).await.unwrap();
        let size = store.head().await.unwrap().size;
        let mut chosen = Vec::new();
        for index in [0, size - 40, size - 10, size - 1] {
            let rows = store.records(index, index + 1, 1).await.unwrap();
            chosen.push((index, rows[0].bytes.clone()));
        }
        store.close().await;
        chosen
    })
}

/// An offset within the value of each member of the record and its envelope, and of each quarter.
fn places(record: &[u8]) -> Vec<(String, usize)> {
    let members = [
        "agreement",
        "agreement_previous",
        "envelope",
        "heads",
        "index",
        "ledger",
        "previous",
        "recorded_at",
        "stream",
        "streams",
        "v",
        "version",
        "payload",
        "payloadType",
        "signatures",
        "keyid",
        "sig",
    ];
    let text = std::str::from_utf8(record).unwrap();
    let value = |member: &&str| {
        let name = format!("\"{member}\":");
        let start = text.find(&name).unwrap() + name.len();
        let inner = if record[start] == b'"' { start + 4 } else { start };
        (member.to_string(), inner)
    };
    let quarters = (0..4).map(|quarter| (format!("quarter {quarter}"), record.len() * quarter / 4));
    members.iter().map(value).chain(quarters).collect()
}

/// Where byte `offset` of `record` lies in the file; none where a page ends near it, or where the
/// same bytes stand more than once.
fn find_in(file: &[u8], record: &[u8], offset: usize) -> Option<usize> {
    let from = offset.saturating_sub(40);
    let to = (offset + 40).min(record.len());
    let piece = &record[from..to];
    let mut found = file.windows(piece.len()).enumerate().filter(|(_, window)| *window == piece);
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at + offset - from)
}
