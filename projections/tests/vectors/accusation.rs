//! Evidence against a log, sound and unsound: what a monitor or a witness writes, and what somebody
//! writes who wants to slander a log.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sinetti_events::format::payload::Payload;
use sinetti_events::format::record::{Entry, Record};
use sinetti_events::log::evidence::{Claim, Evidence, Gatherer, History, Proven, Shown};
use sinetti_events::log::note::Note;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::{Digest, Hash};
use sinetti_events::tree::consistency::prefix_nodes;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::inclusion::inclusion_nodes;
use sinetti_events::tree::node::NodeId;
use sinetti_events::tree::plan::Plan;
use sinetti_projections::audit::accusation::{Judgement, judge};

use crate::builder::{Builder, moment, sign};
use crate::file::Vector;
use crate::ledger::{decision_data, deposit, digest, ledger, opening};

const REGISTRAR: u8 = 1;
const TAMPERE: u8 = 2;
const NOKIA: u8 = 3;
const STRANGER: u8 = 9;

/// The verdict on the log by `{"evidence": …, "log_keys": [vkey, …]}`, the keys being those that the
/// checker has from elsewhere.
pub fn verdict(input: &Value) -> Value {
    let evidence = Evidence::parse(input["evidence"].to_string().as_bytes()).unwrap();
    let keys: Vec<VerifierKey> = serde_json::from_value(input["log_keys"].clone()).unwrap();
    match evidence.check(&keys) {
        Ok(Proven::Fork { .. }) => json!({"verdict": "tampered", "slug": "fork"}),
        Ok(Proven::Rollback { .. }) => json!({"verdict": "tampered", "slug": "rollback"}),
        Ok(Proven::Record { defect: Some(_), .. }) => json!({"verdict": "tampered"}),
        Ok(Proven::Record { defect: None, before: None, .. }) => {
            json!({"verdict": "unverifiable", "slug": "needs-replay"})
        }
        Ok(Proven::Record { defect: None, before: Some(before), .. }) => match judge(&before) {
            Judgement::Broken(findings) => json!({"verdict": "tampered", "slug": findings[0].slug}),
            Judgement::Unknown(findings) => json!({"verdict": "unverifiable", "slug": findings[0].slug}),
            Judgement::Allowed => json!({"verdict": "unverifiable", "slug": "allowed"}),
            Judgement::Incomplete(_) => json!({"verdict": "unverifiable", "slug": "nothing-proven"}),
        },
        Err(_) => json!({"verdict": "unverifiable", "slug": "nothing-proven"}),
    }
}

/// All of them.
pub fn vectors() -> Vec<Vector> {
    [forks(), rollbacks(), records(), broken(), misplaced(), slandered()].into_iter().flatten().collect()
}

/// `ledger` with `more` approvals; another `minute` makes another history.
fn grown(minute: u64, more: u64) -> Builder {
    let mut grown = ledger();
    for n in 0..more {
        let payload = grown.payload("nokia", "a", "decision_recorded", &decision_data(&digest()));
        let envelope = sign(&payload, &[NOKIA]);
        let now = moment(grown.chain.size() + minute + n);
        let entry = grown.chain.seal(&"a".parse().unwrap(), envelope, now).unwrap();
        grown.push(&entry);
    }
    grown
}

fn forks() -> Vec<Vector> {
    let (one, other) = (grown(0, 1), grown(5, 1));
    let larger = grown(5, 4);
    let straight = grown(0, 4);
    let mut bent = fork(&one, &larger);
    if let Claim::Fork { hashes, .. } = &mut bent {
        hashes[0] = Hash([7; 32]);
    }
    let stranger = one.clone().with_log_keys(201);
    vec![
        vector("fork-of-equal-size", &one, fork(&one, &other), FORK),
        vector("fork-of-a-larger-tree", &one, fork(&one, &larger), FORK),
        vector("fork-that-is-growth", &one, fork(&one, &straight), NOTHING),
        vector("fork-of-one-checkpoint", &one, fork(&one, &one), NOTHING),
        vector("fork-by-hashes-of-no-tree", &one, bent, NOTHING),
        vector("fork-in-the-wrong-order", &one, fork(&larger, &one), NOTHING),
        vector("fork-of-a-stranger", &one, fork(&stranger, &other.clone().with_log_keys(201)), NOTHING),
        vector("fork-half-by-a-stranger", &one, fork(&one, &other.with_log_keys(201)), NOTHING),
        of_another_ledger("fork-of-another-ledger", &one, fork(&one, &larger)),
    ]
}

fn rollbacks() -> Vec<Vector> {
    let (large, small) = (grown(0, 3), grown(0, 1));
    let claim = |first: u64, second: u64| Claim::Rollback {
        earlier: large.checkpoint_at(moment(first).unix_seconds()),
        later: small.checkpoint_at(moment(second).unix_seconds()),
    };
    vec![
        vector("rollback-signed-later", &large, claim(20, 21), ("tampered", Some("rollback"))),
        vector("rollback-signed-before", &large, claim(21, 20), NOTHING),
        vector("rollback-signed-at-once", &large, claim(20, 20), NOTHING),
    ]
}

fn records() -> Vec<Vector> {
    let mut none = grown(0, 1);
    none.records.push(br#"{"no":"record"}"#.to_vec());
    let mut elsewhere = grown(0, 1);
    let mut record = Entry::parse(elsewhere.records[9].clone()).unwrap().record;
    record.ledger = "localhost/other".parse().unwrap();
    elsewhere.records.push(Entry::seal(record).unwrap().bytes);
    let allowed = grown(0, 1);
    let moved = match record_of(&allowed, 4) {
        Claim::Record { record, proof, slug, reason, history } => {
            Claim::Record { record, proof: proof.replace("\nindex 4\n", "\nindex 5\n"), slug, reason, history }
        }
        other => other,
    };
    vec![
        vector("record-that-is-none", &none, record_of(&none, 10), ("tampered", None)),
        vector("record-of-another-ledger", &elsewhere, record_of(&elsewhere, 10), ("tampered", None)),
        vector(
            "record-judged-by-its-history",
            &allowed,
            record_of(&allowed, 9),
            ("unverifiable", Some("needs-replay")),
        ),
        vector("record-at-another-place", &allowed, moved, NOTHING),
        of_another_ledger("record-under-another-name", &allowed, record_of(&allowed, 9)),
    ]
}

const FORK: (&str, Option<&str>) = ("tampered", Some("fork"));
const NOTHING: (&str, Option<&str>) = ("unverifiable", Some("nothing-proven"));

fn fork(older: &Builder, newer: &Builder) -> Claim {
    let (old, new) = (older.records.len() as u64, newer.records.len() as u64);
    let hashes = prefix_nodes(old, new).map_or_else(|_| Vec::new(), |plan| proven(newer, &plan));
    Claim::Fork { older: older.checkpoint(), newer: newer.checkpoint(), hashes }
}

fn record_of(ledger: &Builder, index: u64) -> Claim {
    let plan = inclusion_nodes(index, ledger.records.len() as u64).unwrap();
    let checkpoint = Note::parse(ledger.checkpoint().as_bytes()).unwrap();
    let proof = TlogProof { extra: None, index, hashes: proven(ledger, &plan), checkpoint }.to_string();
    let record = ledger.records[usize::try_from(index).unwrap()].clone();
    Claim::Record { record, proof, slug: "the-slug".to_owned(), reason: "the reason".to_owned(), history: None }
}

/// Records that the log should not have taken, each with the history that shows it.
fn broken() -> Vec<Vector> {
    let told = |property, slug, kind: &str, seeds: &[u8], change: &dyn Fn(&Builder, &mut Payload)| {
        let mut ledger = wide();
        let mut payload = ledger.payload("nokia", "a", kind, &decision_data(&digest()));
        change(&ledger, &mut payload);
        ledger.append("a", sign(&payload, seeds));
        ledger.act("tampere", "b", "decision_recorded", &decision_data(&digest()), &[TAMPERE]);
        let verdict = if slug == "event-type-unknown" { "unverifiable" } else { "tampered" };
        vector(property, &ledger, with_history(&ledger, ACCUSED), (verdict, Some(slug)))
    };
    let another_text = |_: &Builder, payload: &mut Payload| {
        payload.data = serde_json::value::to_raw_value(&decision_data(&Digest::of(b"another text"))).unwrap();
    };
    let same = |_: &Builder, _: &mut Payload| {};
    vec![
        told("record-that-the-rules-refuse", "text-unknown", "decision_recorded", &[NOKIA], &another_text),
        told("record-signed-by-a-stranger", "key-unknown", "decision_recorded", &[STRANGER], &same),
        told("record-signed-by-another-party", "key-of-another-party", "decision_recorded", &[TAMPERE], &same),
        told("record-of-an-unknown-type", "event-type-unknown", "something_happened", &[NOKIA], &same),
        told("record-that-had-not-seen-it", "seen-not-in-history", "decision_recorded", &[NOKIA], &|_, payload| {
            payload.seen.hash = Some(Hash([7; 32]));
        }),
        told("record-of-an-event-of-another-stream", "event-repeated", "decision_recorded", &[NOKIA], &|ledger, p| {
            p.event = ledger.payload_at(ACCUSED as usize - 2).event;
        }),
    ]
}

/// Records that do not stand where they should.
fn misplaced() -> Vec<Vector> {
    let forged = |property, mut ledger: Builder, change: fn(&mut Record)| {
        let payload = ledger.payload("nokia", "a", "decision_recorded", &decision_data(&digest()));
        let index = ledger.chain.size();
        let entry = ledger.chain.seal(&payload.agreement, sign(&payload, &[NOKIA]), moment(index)).unwrap();
        let mut record = entry.record;
        change(&mut record);
        ledger.push(&Entry::seal(record).unwrap());
        vector(property, &ledger, with_history(&ledger, index), ("tampered", Some("record-misplaced")))
    };
    let mut begun = ledger();
    begun.act("registrar", "b", "agreement_opened", &opening(), &[REGISTRAR]);
    vec![
        forged("record-after-another-one", wide(), |record| record.previous = Hash([7; 32])),
        forged("record-with-false-heads", wide(), |record| record.heads = Hash([7; 32])),
        forged("record-with-false-heads-after-a-new-stream", begun, |record| record.heads = Hash([7; 32])),
        forged("record-with-a-stream-too-many", wide(), |record| record.streams += 1),
        forged("record-earlier-than-the-one-before", wide(), |record| record.recorded_at = moment(3)),
        forged("record-that-skips-a-version", wide(), |record| record.version += 1),
        forged("record-beside-its-stream", wide(), |record| record.agreement_previous = Hash([7; 32])),
    ]
}

/// What somebody shows who wants an honest record to look broken.
fn slandered() -> Vec<Vector> {
    let mut ledger = wide();
    ledger.act("nokia", "a", "decision_recorded", &decision_data(&digest()), &[NOKIA]);
    ledger.act("tampere", "b", "decision_recorded", &decision_data(&digest()), &[TAMPERE]);
    let told = |property, slug, change: &dyn Fn(&mut History)| {
        let mut claim = with_history(&ledger, ACCUSED);
        if let Claim::Record { history: Some(history), .. } = &mut claim {
            change(history);
        }
        vector(property, &ledger, claim, ("unverifiable", Some(slug)))
    };
    let out = |index: u64| move |history: &mut History| history.records.retain(|shown| shown.index != index);
    vec![
        told("record-that-is-allowed", "allowed", &|_| {}),
        told("record-whose-key-is-left-out", "nothing-proven", &out(4)),
        told("record-whose-newest-registry-record-is-left-out", "nothing-proven", &out(10)),
        told("record-whose-text-is-left-out", "nothing-proven", &out(6)),
        told("record-whose-newest-predecessor-is-left-out", "nothing-proven", &out(8)),
        told("record-whose-registry-is-left-out", "nothing-proven", &|history| {
            history.records.drain(..5).for_each(drop)
        }),
        told("record-without-any-history", "nothing-proven", &|history| history.records.clear()),
        told("record-whose-history-is-of-another-tree", "nothing-proven", &|history| {
            history.records[3].proof[0] = Hash([7; 32]);
        }),
        told("record-whose-history-is-out-of-order", "nothing-proven", &|history| history.records.swap(1, 2)),
        told("record-whose-history-comes-after-it", "nothing-proven", &|history| {
            history.records.push(Shown { index: ACCUSED + 1, ..history.records[0].clone() });
        }),
        told("record-with-heads-of-no-tree", "allowed", &|history| history.heads = vec![Hash([7; 32])]),
    ]
}

/// Place of the record that comes next after [`wide`].
const ACCUSED: u64 = 13;

/// Two agreements, records of which alternate, and a late record of the registry.
fn wide() -> Builder {
    let mut wide = ledger();
    wide.act("registrar", "b", "agreement_opened", &opening(), &[REGISTRAR]);
    let third =
        json!({"id": "orivesi", "kind": "municipality", "names": {"fi": "Orivesi"}, "occurred_on": "2025-01-01"});
    wide.act("registrar", "registry", "party_registered", &third, &[REGISTRAR]);
    wide.act("registrar", "b", "text_deposited", &deposit(), &[REGISTRAR]);
    wide.act("nokia", "b", "decision_recorded", &decision_data(&digest()), &[NOKIA]);
    wide
}

fn with_history(ledger: &Builder, index: u64) -> Claim {
    let accused = ledger.records[usize::try_from(index).unwrap()].clone();
    let mut gatherer = Gatherer::of("localhost/sinetti".parse().unwrap(), [(index, accused)]);
    for record in &ledger.records[..usize::try_from(gatherer.size()).unwrap()] {
        gatherer.push(record.clone());
    }
    let size = ledger.records.len() as u64;
    let proof = |index| Ok::<_, ()>(proven(ledger, &inclusion_nodes(index, size).unwrap()));
    let gathered = gatherer.finish(proof).unwrap().remove(&index);
    match record_of(ledger, index) {
        Claim::Record { record, proof, slug, reason, .. } => {
            Claim::Record { record, proof, slug, reason, history: gathered }
        }
        other => other,
    }
}

fn proven(ledger: &Builder, plan: &Plan) -> Vec<Hash> {
    let (mut tree, mut nodes) = (Frontier::new(), BTreeMap::<NodeId, Hash>::new());
    for record in &ledger.records {
        nodes.extend(tree.push(Hash::leaf(record)));
    }
    let hashes: Vec<Hash> = plan.nodes().iter().map(|id| nodes[id]).collect();
    plan.prove(&hashes).unwrap()
}

fn of_another_ledger(property: &'static str, ledger: &Builder, claim: Claim) -> Vector {
    let mut vector = vector(property, ledger, claim, NOTHING);
    vector.input["evidence"]["ledger"] = "localhost/other".into();
    vector
}

fn vector(
    property: &'static str,
    ledger: &Builder,
    claim: Claim,
    (verdict, slug): (&'static str, Option<&'static str>),
) -> Vector {
    let log_keys = ledger.log_keys();
    let evidence = Evidence { ledger: "localhost/sinetti".parse().unwrap(), log_keys: log_keys.clone(), claim };
    let mut expect = json!({"verdict": verdict});
    if let Some(slug) = slug {
        expect["slug"] = slug.into();
    }
    Vector { property, input: json!({"evidence": evidence, "log_keys": log_keys}), expect }
}
