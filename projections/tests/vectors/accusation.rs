//! Evidence against a log, sound and unsound: what a monitor or a witness writes, and what somebody
//! writes who wants to slander a log.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sinetti_events::format::record::Entry;
use sinetti_events::log::evidence::{Claim, Evidence, Proven};
use sinetti_events::log::note::Note;
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::tree::consistency::prefix_nodes;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::inclusion::inclusion_nodes;
use sinetti_events::tree::node::NodeId;
use sinetti_events::tree::plan::Plan;

use crate::builder::{Builder, moment};
use crate::file::Vector;
use crate::ledger::{decision_data, digest, ledger};

const NOKIA: u8 = 3;

/// The verdict on the log by `{"evidence": …, "log_keys": [vkey, …]}`, the keys being those that the
/// checker has from elsewhere.
pub fn verdict(input: &Value) -> Value {
    let evidence = Evidence::parse(input["evidence"].to_string().as_bytes()).unwrap();
    let keys: Vec<VerifierKey> = serde_json::from_value(input["log_keys"].clone()).unwrap();
    match evidence.check(&keys) {
        Ok(Proven::Fork { .. }) => json!({"verdict": "tampered", "slug": "fork"}),
        Ok(Proven::Rollback { .. }) => json!({"verdict": "tampered", "slug": "rollback"}),
        Ok(Proven::Record { defect: Some(_), .. }) => json!({"verdict": "tampered"}),
        Ok(Proven::Record { defect: None, .. }) => json!({"verdict": "unverifiable", "slug": "needs-replay"}),
        Err(_) => json!({"verdict": "unverifiable", "slug": "nothing-proven"}),
    }
}

/// All of them.
pub fn vectors() -> Vec<Vector> {
    [forks(), rollbacks(), records()].into_iter().flatten().collect()
}

/// `ledger` with `more` approvals; another `minute` makes another history.
fn grown(minute: u64, more: u64) -> Builder {
    let mut grown = ledger();
    for n in 0..more {
        let payload = grown.payload("nokia", "a", "decision_recorded", &decision_data(&digest()));
        let envelope = crate::builder::sign(&payload, &[NOKIA]);
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
        Claim::Record { record, proof, slug, reason } => {
            Claim::Record { record, proof: proof.replace("\nindex 4\n", "\nindex 5\n"), slug, reason }
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
    Claim::Record { record, proof, slug: "the-slug".to_owned(), reason: "the reason".to_owned() }
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
