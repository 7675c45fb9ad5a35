//! Whole ledgers: an honest one, and one for every way in which an operator, a thief of keys or
//! a careless clerk could have bent it. Chains and roots are always made right again after the
//! bending, so that each file breaks its one property and little else.

use serde_json::{Value, json};
use sinetti_events::format::envelope::Envelope;
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::{Entry, Record};
use sinetti_events::primitives::base64;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_projections::audit::{Replay, Verdict};

use crate::builder::{Builder, moment, public, sign};
use crate::file::Vector;

const REGISTRAR: u8 = 1;
const TAMPERE: u8 = 2;
const NOKIA: u8 = 3;
const STRANGER: u8 = 9;

/// The verdict on `{"checkpoint": note, "records": [base64, …]}`: the gravest, and the first
/// finding's check and place.
pub fn verdict(input: &Value) -> Value {
    let mut replay = Replay::against(input["checkpoint"].as_str().unwrap().as_bytes()).unwrap();
    for record in input["records"].as_array().unwrap() {
        replay.push(base64::decode(record.as_str().unwrap()).unwrap());
    }
    let report = replay.finish(&[]);
    match report.findings.first() {
        None => json!({"verdict": report.verdict}),
        Some(first) => {
            let mut said = json!({"verdict": report.verdict, "slug": first.slug, "member": first.member});
            if let Some(index) = first.index {
                said["index"] = index.into();
            }
            said
        }
    }
}

/// What an auditor who pinned the keys of `pinned` finds in a ledger whose keys changed at record 9,
/// `more` records later.
pub fn pinned_before_a_change(pinned: &[u8], more: usize) -> Vec<(Verdict, String)> {
    let mut ledger = ledger();
    let keys = ledger.clone().with_log_keys(201).log_keys();
    ledger.act("registrar", "registry", "log_keys_changed", &json!({"log_keys": keys}), &[REGISTRAR]);
    let handover = ledger.clone();
    for _ in 0..more {
        let payload = decision(&ledger, "nokia", &digest());
        ledger.append("a", sign(&payload, &[NOKIA]));
    }
    let note =
        if more == 0 { handover.checkpoint_of_both(201) } else { ledger.clone().with_log_keys(201).checkpoint() };
    let mut replay = Replay::against(note.as_bytes()).unwrap();
    for record in ledger.records.clone() {
        replay.push(record);
    }
    let pinned: Vec<_> = pinned.iter().flat_map(|seed| ledger.clone().with_log_keys(*seed).log_keys()).collect();
    let report = replay.finish(&pinned);
    report.findings.into_iter().map(|finding| (finding.verdict, finding.slug)).collect()
}

/// All ledger vectors.
pub fn vectors() -> Vec<Vector> {
    let groups = [honest(), of_bytes(), of_places(), of_payloads(), of_signatures(), of_rules(), of_checkpoints()];
    groups.into_iter().flatten().collect()
}

fn honest() -> Vec<Vector> {
    vec![vector("honest", &ledger(), Verdict::Valid, None)]
}

/// A changed, missing or added record.
fn of_bytes() -> Vec<Vector> {
    let honest = ledger().input();
    let with_records = |change: fn(&mut Vec<Value>)| {
        let mut input = honest.clone();
        change(input["records"].as_array_mut().unwrap());
        input
    };
    let flipped = with_records(|records| {
        let mut bytes = base64::decode(records[7].as_str().unwrap()).unwrap();
        let at = bytes.iter().rposition(|byte| byte.is_ascii_digit()).unwrap();
        bytes[at] ^= 1;
        records[7] = base64::encode(bytes).into();
    });
    let spaced = with_records(|records| {
        let mut bytes = base64::decode(records[7].as_str().unwrap()).unwrap();
        bytes.insert(1, b' ');
        records[7] = base64::encode(bytes).into();
    });
    vec![
        given("record-byte-flipped", flipped, "tampered", ("record-misplaced", "record.version", Some(7))),
        given("record-with-a-space", spaced, "tampered", ("record-not-canonical", "record", Some(7))),
        given(
            "record-dropped",
            with_records(|records| drop(records.remove(7))),
            "tampered",
            ("record-misplaced", "record.index", Some(7)),
        ),
        given(
            "records-swapped",
            with_records(|records| records.swap(1, 2)),
            "tampered",
            ("record-misplaced", "record.index", Some(1)),
        ),
        given("tail-cut", with_records(|records| drop(records.pop())), "tampered", ("records-missing", "log", None)),
        given(
            "record-repeated-at-the-end",
            with_records(|records| records.push(records[8].clone())),
            "tampered",
            ("record-misplaced", "record.index", Some(9)),
        ),
        given("no-record", with_records(Vec::clear), "tampered", ("log-empty", "log", None)),
    ]
}

/// A record whose own words about its place are false, sealed and signed over by the operator.
fn of_places() -> Vec<Vector> {
    let forged = |property, member, change: fn(&mut Record)| {
        let mut ledger = ledger_until(7);
        let payload = decision(&ledger, "tampere", &digest());
        let entry = ledger.chain.seal(&payload.agreement, sign(&payload, &[TAMPERE]), moment(7)).unwrap();
        let mut record = entry.record;
        change(&mut record);
        ledger.push(&Entry::seal(record).unwrap());
        vector(property, &ledger, Verdict::Tampered, Some(("record-misplaced", member, 7)))
    };
    let mut ledger = ledger_until(7);
    let payload = decision(&ledger, "tampere", &digest());
    let entry = ledger.chain.seal(&payload.agreement, sign(&payload, &[TAMPERE]), moment(7)).unwrap();
    let mut record = entry.record;
    record.v = 2;
    ledger.push(&Entry::seal(record).unwrap());
    let later =
        vector("record-format-unknown", &ledger, Verdict::Unverifiable, Some(("record-format-unknown", "record.v", 7)));
    vec![
        forged("previous-of-another-record", "record.previous", |r| r.previous = Hash([7; 32])),
        forged("agreement-previous-of-another-record", "record.agreement_previous", |r| {
            r.agreement_previous = Hash([7; 32])
        }),
        forged("heads-root-forged", "record.heads", |r| r.heads = Hash([7; 32])),
        forged("stream-number-forged", "record.stream", |r| r.stream = 0),
        forged("number-of-streams-forged", "record.streams", |r| r.streams += 1),
        forged("index-skipped", "record.index", |r| r.index += 1),
        forged("version-skipped", "record.version", |r| r.version += 1),
        forged("time-falls", "record.recorded_at", |r| r.recorded_at = moment(3)),
        forged("record-of-another-ledger", "record.ledger", |r| r.ledger = "localhost/other".parse().unwrap()),
        later,
    ]
}

/// A payload that was not meant for this place.
fn of_payloads() -> Vec<Vector> {
    let bent = |property, slug, member, change: fn(&Builder, &mut Payload)| {
        let mut ledger = ledger_until(7);
        let mut payload = decision(&ledger, "tampere", &digest());
        change(&ledger, &mut payload);
        ledger.append("a", sign(&payload, &[TAMPERE]));
        vector(property, &ledger, Verdict::Tampered, Some((slug, member, 7)))
    };
    let mut spaced = ledger_until(7);
    let payload = decision(&spaced, "tampere", &digest());
    let bytes = [b"{ ".as_slice(), &payload.to_bytes().unwrap()[1..]].concat();
    let envelope = sign(&payload, &[TAMPERE]);
    spaced.append("a", Envelope { payload: bytes, ..envelope });
    vec![
        bent("signed-for-another-ledger", "ledger-mismatch", "payload.ledger", |_, p| {
            p.ledger = "localhost/other".parse().unwrap();
        }),
        bent("signed-for-another-agreement", "agreement-mismatch", "payload.agreement", |_, p| {
            p.agreement = "b".parse().unwrap();
        }),
        bent("event-id-used-before", "event-repeated", "payload.event", |b, p| {
            p.event = b.payload_at(6).event;
        }),
        bent("seen-of-another-history", "seen-not-in-history", "payload.seen", |_, p| {
            p.seen.hash = Some(Hash([7; 32]));
        }),
        bent("seen-in-the-future", "seen-not-in-history", "payload.seen", |_, p| p.seen.version += 1),
        bent("recorded-after-it-expired", "expired", "payload.until", |_, p| p.until = Some(moment(6))),
        vector("payload-not-canonical", &spaced, Verdict::Tampered, Some(("not-canonical", "payload", 7))),
    ]
}

/// Signatures that don't speak for the actor.
fn of_signatures() -> Vec<Vector> {
    let signed = |property, slug, seeds: &[u8]| {
        let mut ledger = ledger_until(7);
        let payload = decision(&ledger, "tampere", &digest());
        ledger.append("a", sign(&payload, seeds));
        vector(property, &ledger, Verdict::Tampered, Some((slug, "envelope.signatures", 7)))
    };
    let mut altered = ledger_until(7);
    let payload = decision(&altered, "tampere", &digest());
    let mut envelope = sign(&payload, &[TAMPERE]);
    envelope.signatures[0].sig[40] ^= 1;
    altered.append("a", envelope);
    let mut revoked = ledger_until(7);
    let key = public(TAMPERE).id();
    revoked.act("tampere", "registry", "key_revoked", &json!({"key": key, "party": "tampere"}), &[TAMPERE]);
    let payload = decision(&revoked, "tampere", &digest());
    revoked.append("a", sign(&payload, &[TAMPERE]));
    let mut unproven = ledger_until(3);
    unproven.act("registrar", "registry", "key_enrolled", &enrolment("tampere", TAMPERE), &[REGISTRAR]);
    let mut suspect = ledger();
    suspect.act("tampere", "registry", "key_enrolled", &enrolment("tampere", 5), &[TAMPERE, 5]);
    let claim = json!({"compromised_since": moment(8), "key": key, "party": "tampere"});
    suspect.act("tampere", "registry", "key_revoked", &claim, &[5]);
    vec![
        signed("signed-by-a-stranger", "key-unknown", &[STRANGER]),
        signed("signed-by-another-party", "key-of-another-party", &[NOKIA]),
        signed("signed-by-the-party-and-a-stranger", "key-unknown", &[TAMPERE, STRANGER]),
        signed("registrar-signs-for-a-party", "key-of-another-party", &[REGISTRAR]),
        vector("signature-altered", &altered, Verdict::Tampered, Some(("signature-invalid", "envelope.signatures", 7))),
        vector("signed-by-a-revoked-key", &revoked, Verdict::Tampered, Some(("key-revoked", "envelope.signatures", 8))),
        vector(
            "enrolled-without-proof-of-possession",
            &unproven,
            Verdict::Tampered,
            Some(("key-possession-unproven", "envelope.signatures", 3)),
        ),
        vector("key-compromised-before", &suspect, Verdict::Suspect, Some(("key-suspect", "envelope.signatures", 8))),
    ]
}

/// Authentic acts that the rules refuse, recorded all the same.
fn of_rules() -> Vec<Vector> {
    let broken = |property, slug, member, actor: &str, kind: &str, data: Value, seed: u8| {
        let mut ledger = ledger();
        ledger.act(actor, "a", kind, &data, &[seed]);
        let verdict = if slug == "event-type-unknown" { Verdict::Unverifiable } else { Verdict::Tampered };
        vector(property, &ledger, verdict, Some((slug, member, 9)))
    };
    let unknown = Digest::of(b"another text");
    let decision = decision_data(&unknown);
    let mut invented = decision_data(&digest());
    invented["invented"] = true.into();
    let determination = json!({"in_force_from": "2025-12-01", "occurred_on": "2025-12-02"});
    let mut erased = ledger();
    let erasure = json!({"event": erased.payload_at(7).event, "occurred_on": "2025-12-01", "pointer": "/decision"});
    erased.act("nokia", "registry", "personal_data_erased", &erasure, &[NOKIA]);
    let theirs = Some(("actor-not-allowed", "payload.actor", 9));
    vec![
        vector("erasure-of-another-partys-words", &erased, Verdict::Tampered, theirs),
        broken(
            "approval-of-an-unknown-text",
            "text-unknown",
            "payload.data.subject",
            "nokia",
            "decision_recorded",
            decision,
            NOKIA,
        ),
        broken(
            "invented-act-in-a-real-ledger",
            "invented-in-real-ledger",
            "payload.data.invented",
            "nokia",
            "decision_recorded",
            invented,
            NOKIA,
        ),
        broken(
            "in-force-though-one-has-not-signed",
            "conditions-not-met",
            "payload.data",
            "registrar",
            "entry_into_force_determined",
            determination,
            REGISTRAR,
        ),
        broken(
            "event-type-unknown",
            "event-type-unknown",
            "payload.type",
            "nokia",
            "something_happened",
            json!({"occurred_on": "2025-12-01"}),
            NOKIA,
        ),
    ]
}

/// A checkpoint that does not vouch for these records.
fn of_checkpoints() -> Vec<Vector> {
    let ledger = ledger();
    let with = |checkpoint: String| json!({"checkpoint": checkpoint, "records": ledger.input()["records"]});
    let note = ledger.checkpoint();
    let line_of =
        |at: usize| note.split_inclusive('\n').enumerate().filter(|(n, _)| *n != at).map(|(_, l)| l).collect();
    let mut longer = ledger.clone();
    longer.act("nokia", "a", "decision_recorded", &decision_data(&digest()), &[NOKIA]);
    let beyond = json!({"checkpoint": note, "records": longer.input()["records"]});
    let signatures = |slug| (slug, "checkpoint.signatures", None);
    vec![
        given(
            "checkpoint-of-other-keys",
            with(ledger.clone().with_log_keys(201).checkpoint()),
            "tampered",
            signatures("checkpoint-signature"),
        ),
        given("checkpoint-without-ed25519", with(line_of(4)), "tampered", signatures("checkpoint-signature")),
        given("checkpoint-without-ml-dsa", with(line_of(5)), "tampered", signatures("checkpoint-signature")),
        given(
            "checkpoint-signed-before-its-last-record",
            with(ledger.checkpoint_at(moment(7).unix_seconds())),
            "tampered",
            signatures("checkpoint-before-record"),
        ),
        given("record-beyond-the-checkpoint", beyond, "unverifiable", ("records-beyond-checkpoint", "log", Some(9))),
    ]
}

/// Two parties, one agreement, one text, one approval and one signature: 9 records.
pub fn ledger() -> Builder {
    ledger_until(9)
}

/// Its first `length` records.
fn ledger_until(length: usize) -> Builder {
    let mut ledger = Builder::new("localhost/sinetti");
    let keys = json!([{"public_key": public(REGISTRAR), "purposes": ["manage", "record"]}]);
    let founding = json!({"log_keys": ledger.log_keys(), "registrar_keys": keys});
    let steps: [(&str, &str, &str, Value, &[u8]); 9] = [
        ("registrar", "registry", "ledger_founded", founding, &[REGISTRAR]),
        ("registrar", "registry", "party_registered", party("tampere", "Tampereen kaupunki"), &[REGISTRAR]),
        ("registrar", "registry", "party_registered", party("nokia", "Nokian kaupunki"), &[REGISTRAR]),
        ("registrar", "registry", "key_enrolled", enrolment("tampere", TAMPERE), &[REGISTRAR, TAMPERE]),
        ("registrar", "registry", "key_enrolled", enrolment("nokia", NOKIA), &[REGISTRAR, NOKIA]),
        ("registrar", "a", "agreement_opened", opening(), &[REGISTRAR]),
        ("registrar", "a", "text_deposited", deposit(), &[REGISTRAR]),
        ("tampere", "a", "decision_recorded", decision_data(&digest()), &[TAMPERE]),
        ("tampere", "a", "text_signed", signing(), &[TAMPERE]),
    ];
    for (actor, stream, kind, data, seeds) in steps.into_iter().take(length) {
        ledger.act(actor, stream, kind, &data, seeds);
    }
    ledger
}

/// Of the agreement's text.
pub fn digest() -> Digest {
    Digest::of(b"the text of the agreement")
}

fn party(id: &str, name: &str) -> Value {
    json!({"id": id, "kind": "municipality", "names": {"fi": name}, "occurred_on": "2025-01-01"})
}

fn enrolment(party: &str, seed: u8) -> Value {
    json!({"party": party, "public_key": public(seed), "purposes": ["manage", "record", "sign"]})
}

/// Of an agreement between the two parties.
pub fn opening() -> Value {
    json!({
        "languages": ["fi"],
        "occurred_on": "2025-01-02",
        "roster": [{"number": 1, "party": "tampere"}, {"number": 2, "party": "nokia"}],
        "rules": {
            "basis": "stated",
            "entry_into_force": {"kind": "all_approved_and_signed"},
            "source": "the agreement, section 9",
        },
        "term": {"kind": "until_further_notice"},
        "titles": {"fi": "Puitesopimus"},
    })
}

/// Of its text.
pub fn deposit() -> Value {
    json!({
        "digest": digest(), "language": "fi", "occurred_on": "2025-01-03",
        "role": "approval", "titles": {"fi": "Puitesopimus"},
    })
}

/// An approval of the text.
pub fn decision_data(digest: &Digest) -> Value {
    json!({
        "competent": {"basis": "kuntalaki 14 §"},
        "effect": "approve",
        "finality": "open",
        "minutes": "confirmed",
        "occurred_on": "2025-02-03",
        "organ": {"kind": "council", "name": "kaupunginvaltuusto"},
        "resolution": "adopted",
        "section": "12",
        "subject": {"digest": digest},
    })
}

fn decision(ledger: &Builder, actor: &str, digest: &Digest) -> Payload {
    ledger.payload(actor, "a", "decision_recorded", &decision_data(digest))
}

fn signing() -> Value {
    json!({"grade": "ledger_key", "occurred_on": "2025-02-10", "role": "pormestari", "text": digest()})
}

fn vector(property: &'static str, ledger: &Builder, verdict: Verdict, first: Option<(&str, &str, u64)>) -> Vector {
    let expect = match first {
        None => json!({"verdict": verdict}),
        Some((slug, member, index)) => {
            json!({"verdict": verdict, "slug": slug, "member": member, "index": index})
        }
    };
    Vector { property, input: ledger.input(), expect }
}

fn given(property: &'static str, input: Value, verdict: &str, first: (&str, &str, Option<u64>)) -> Vector {
    let (slug, member, index) = first;
    let mut expect = json!({"verdict": verdict, "slug": slug, "member": member});
    if let Some(index) = index {
        expect["index"] = index.into();
    }
    Vector { property, input, expect }
}
