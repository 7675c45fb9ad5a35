//! The log's signatures, pinned keys, and a checkpoint kept from earlier.

use serde_json::json;
use sinetti_events::bundle::Member;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::ml_dsa::MlDsaSigningKey;
use sinetti_events::log::signer::sign_checkpoint;
use sinetti_events::primitives::hash::Hash;

use super::{by, found, honest_assembler, honest_bundle, tampered, unverifiable, valid};
use crate::assemble::Assembler;
use crate::builder::{Builder, key, moment, sign};
use crate::file::{Given, Vector};
use crate::world::{NOKIA, REGISTRAR, SIZE, deposit, ledger, ledger_until, next_decision};

pub fn vectors() -> Vec<Vector> {
    [signatures(), key_change(), earlier()].into_iter().flatten().collect()
}

fn signatures() -> Vec<Vector> {
    let ledger = ledger();
    let note = ledger.checkpoint();
    let without = |at: usize| -> String {
        note.split_inclusive('\n').enumerate().filter(|(n, _)| *n != at).map(|(_, line)| line).collect()
    };
    let with = |note: String| Given::from(&honest_assembler().with_note(note).bundle());
    let unsigned = found(by::LOG, "checkpoint-signature", Member::Checkpoint);
    let early = ledger.checkpoint_at(moment(10).unix_seconds());
    let stranger =
        format!("{note}— localhost/stranger {}", note.lines().nth(4).unwrap().rsplit(' ').next().unwrap()) + "\n";
    let pinned = vec![ledger.clone().with_log_keys(201).log_keys()[0].to_string()];
    vec![
        tampered("checkpoint-of-other-keys", with(ledger.clone().with_log_keys(201).checkpoint()), unsigned),
        tampered("checkpoint-without-ed25519", with(without(4)), unsigned),
        tampered("checkpoint-without-ml-dsa", with(without(5)), unsigned),
        tampered(
            "checkpoint-signed-twice-by-one-key",
            with(note.clone() + note.lines().nth(4).unwrap() + "\n"),
            unsigned,
        ),
        tampered("checkpoint-root-changed", with(other_root(&note)), unsigned),
        tampered(
            "checkpoint-signed-before-its-last-record",
            with(early),
            found(by::LOG, "checkpoint-before-record", Member::Checkpoint),
        ),
        unverifiable(
            "checkpoint-signed-by-somebody-unknown",
            with(stranger),
            found(by::WITNESSES, "signature-unknown", Member::Checkpoint),
        ),
        tampered("checkpoint-not-by-the-pinned-key", Given { log_keys: pinned, ..with(note.clone()) }, unsigned),
    ]
}

/// The log's keys change with record 13; old and new sign the first checkpoint with it.
fn key_change() -> Vec<Vector> {
    let changed = |more: bool| {
        let mut ledger = ledger();
        let keys = ledger.clone().with_log_keys(201).log_keys();
        ledger.act("registrar", "registry", "log_keys_changed", &json!({"log_keys": keys}), &[REGISTRAR]);
        if more { fork(ledger) } else { ledger }
    };
    let given = |ledger: Builder, note: String| {
        Given::from(&Assembler::new(&ledger.with_log_keys(201), "a").with_note(note).bundle())
    };
    let (first, later) = (changed(false), changed(true));
    let new = |ledger: &Builder| ledger.clone().with_log_keys(201).checkpoint();
    let unsigned = found(by::LOG, "checkpoint-signature", Member::Checkpoint);
    let both: Vec<String> = [&first, &first.clone().with_log_keys(201)]
        .iter()
        .flat_map(|ledger| ledger.log_keys().into_iter().map(|key| key.to_string()))
        .collect();
    let pinned = |given: Given| Given { log_keys: both.clone(), ..given };
    let replaced = Given { log_keys: vec![first.log_keys()[0].to_string()], ..given(later.clone(), new(&later)) };
    vec![
        valid("honest-first-checkpoint-of-new-keys", given(first.clone(), first.checkpoint_of_both(201))),
        valid("honest-after-a-change-of-keys", given(later.clone(), new(&later))),
        valid("honest-by-old-and-new-pinned-keys", pinned(given(later.clone(), new(&later)))),
        tampered("old-keys-under-old-and-new-pinned-ones", pinned(given(later.clone(), later.checkpoint())), unsigned),
        tampered("first-checkpoint-of-new-keys-without-the-old", given(first.clone(), new(&first)), unsigned),
        tampered("checkpoint-of-replaced-keys", given(later.clone(), later.checkpoint()), unsigned),
        unverifiable("pinned-key-was-replaced", replaced, found(by::LOG, "log-key-replaced", Member::Checkpoint)),
    ]
}

/// The first digit of the root's base64 is another.
fn other_root(note: &str) -> String {
    let root = note.lines().nth(2).unwrap();
    let other = if root.starts_with('A') { 'B' } else { 'A' };
    note.replacen(root, &format!("{other}{}", &root[1..]), 1)
}

fn earlier() -> Vec<Vector> {
    let given = |since: String| Given { since: Some(since), ..Given::from(&honest_bundle()) };
    // The last record under it is in the bundle, so its root can be told.
    let older = ledger_until(11).checkpoint();
    let forked = fork(ledger_until(10)).checkpoint();
    let of_b = ledger_until(10).checkpoint();
    // Among many records of `b`, where nothing in the bundle shows the tree.
    let mut long = ledger();
    for text in [b"1", b"2", b"3", b"4"] {
        long.act("registrar", "b", "text_deposited", &deposit(text), &[REGISTRAR]);
    }
    let hidden = long.clone().until(14).checkpoint();
    let hidden = Given { since: Some(hidden), ..Given::from(&Assembler::new(&long, "a").bundle()) };
    let later = fork(ledger()).checkpoint();
    let same_size = Checkpoint { origin: "localhost/sinetti".parse().unwrap(), size: SIZE as u64, root: Hash([7; 32]) };
    let ml_dsa = MlDsaSigningKey::from_seed(&[200; 32]);
    let same_size = sign_checkpoint(&same_size, &key(200), &ml_dsa, moment(13).unix_seconds()).unwrap();
    let witnessed = Assembler { cosigned: vec![of_b.clone()], ..honest_assembler() };
    let mut with_proof = Given { since: Some(of_b.clone()), ..Given::from(&witnessed.bundle()) };
    // It is proven, though nobody cosigned it, which is another finding.
    let no_cosignature = found(by::WITNESSES, "cosignature-missing", Member::Cosigned(10));
    with_proof.log_keys.clear();
    vec![
        valid("honest-since-an-older-checkpoint", given(older)),
        valid("honest-since-the-same-checkpoint", given(ledger().checkpoint())),
        valid("honest-since-nothing", given(Builder::new("localhost/sinetti").checkpoint())),
        tampered("since-a-checkpoint-of-another-history", given(forked), found(by::WITNESSES, "root-mismatch", None)),
        tampered(
            "since-another-root-of-the-same-size",
            given(same_size.as_str().to_owned()),
            found(by::WITNESSES, "root-mismatch", None),
        ),
        unverifiable("since-what-the-bundle-does-not-show", hidden, found(by::WITNESSES, "since-not-shown", None)),
        unverifiable("since-a-later-checkpoint", given(later), found(by::WITNESSES, "since-not-shown", None)),
        unverifiable("cosigned-by-nobody", with_proof, no_cosignature),
    ]
}

fn fork(mut ledger: Builder) -> Builder {
    let payload = next_decision(&ledger);
    ledger.append("a", sign(&payload, &[NOKIA]));
    ledger
}
