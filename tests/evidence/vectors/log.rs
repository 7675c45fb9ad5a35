//! Proofs and completeness: what an operator hides, moves or takes from elsewhere.

use sinetti_events::bundle::{Bundle, Heads, Member};
use sinetti_events::format::record::Entry;

use super::{at, bent, by, found, honest_assembler, honest_bundle, replace, tampered};
use crate::assemble::{Assembler, readme_of};
use crate::file::{Found, Given, Vector};
use crate::world::{DECISION, ledger, ledger_of, ledger_until};

pub fn vectors() -> Vec<Vector> {
    [proofs(), completeness(), other_ledgers()].into_iter().flatten().collect()
}

fn proofs() -> Vec<Vector> {
    let not_included = at(DECISION, found(by::LOG, "record-not-included", Member::Proof(8)));
    let hash = |bundle: &Bundle, line: usize| {
        let text = String::from_utf8(bundle.get(Member::Proof(8)).unwrap().to_vec()).unwrap();
        text.lines().nth(line).unwrap().to_owned()
    };
    let flipped = bent(|bundle| {
        let second = hash(bundle, 3);
        let other = if second.starts_with('A') { "B" } else { "A" };
        replace(bundle, Member::Proof(8), &second, &format!("{other}{}", &second[1..]));
    });
    let shorter = bent(|bundle| {
        let first = hash(bundle, 2) + "\n";
        replace(bundle, Member::Proof(8), &first, "");
    });
    let swapped = bent(|bundle| {
        let (seven, eight) = (bundle.remove(Member::Proof(7)).unwrap(), bundle.remove(Member::Proof(8)).unwrap());
        bundle.insert(Member::Proof(7), eight);
        bundle.insert(Member::Proof(8), seven);
    });
    let older = Assembler::new(&ledger_until(12), "a").proof(DECISION);
    let older = bent(|bundle| bundle.insert(Member::Proof(8), older));
    vec![
        tampered("proof-hash-changed", flipped, not_included),
        tampered("proof-hash-left-out", shorter, not_included),
        tampered("proofs-swapped", swapped, at(DECISION, found(by::LOG, "proof-of-another-record", Member::Proof(8)))),
        tampered(
            "proof-against-an-older-checkpoint",
            older,
            at(DECISION, found(by::LOG, "proof-of-another-checkpoint", Member::Proof(8))),
        ),
    ]
}

/// The last record of the agreement is left out, in every way in which that could be covered up.
fn completeness() -> Vec<Vector> {
    let incomplete = |member| found(by::LOG, "incomplete", member);
    let hide = |bundle: &mut Bundle| {
        bundle.remove(Member::Agreement(4));
        bundle.remove(Member::Proof(10));
    };
    let hidden = bent(hide);
    let registry_hidden = bent(|bundle| {
        bundle.remove(Member::Registry(6));
        bundle.remove(Member::Proof(11));
    });
    // The proof of the head as it was before.
    let before = Heads::parse(Assembler::new(&ledger_until(10), "a").bundle().get(Member::Heads).unwrap()).unwrap();
    let replayed = bent(|bundle| {
        hide(bundle);
        let mut heads = Heads::parse(bundle.get(Member::Heads).unwrap()).unwrap();
        heads.agreement = before.agreement.clone();
        bundle.insert(Member::Heads, heads.to_bytes());
    });
    // An older record passed off as the last.
    let older = bent(|bundle| {
        hide(bundle);
        let last = ledger().records[9].clone();
        let heads = Heads { last, proof: honest_assembler().proof(9), ..before.clone() };
        bundle.insert(Member::Heads, heads.to_bytes());
    });
    let other_stream = bent(|bundle| {
        hide(bundle);
        let mut heads = Heads::parse(bundle.get(Member::Heads).unwrap()).unwrap();
        heads.agreement = heads.registry.clone();
        bundle.insert(Member::Heads, heads.to_bytes());
    });
    // The last record is of the agreement itself, and is hidden.
    let last = Assembler::new(&ledger_until(11), "a");
    let mut own_last = last.bundle();
    own_last.remove(Member::Agreement(4));
    own_last.remove(Member::Proof(10));
    own_last.insert(Member::Readme, readme_of(&own_last));
    vec![
        tampered("last-record-hidden", hidden, incomplete(Member::Heads)),
        tampered("last-record-of-the-registry-hidden", registry_hidden, incomplete(Member::Heads)),
        tampered("last-record-hidden-by-an-older-proof", replayed, incomplete(Member::Heads)),
        tampered(
            "last-record-hidden-by-an-older-head",
            older,
            found(by::LOG, "heads-of-another-record", Member::Heads),
        ),
        tampered("last-record-hidden-by-another-streams-proof", other_stream, incomplete(Member::Heads)),
        tampered("last-record-of-all-hidden", Given::from(&own_last), incomplete(Member::Heads)),
        tampered("last-record-forged", forged_last(), found(by::LOG, "record-not-included", Member::Heads)),
    ]
}

/// `heads.json` holds a record that was never in the tree.
fn forged_last() -> Given {
    bent(|bundle| {
        let mut heads = Heads::parse(bundle.get(Member::Heads).unwrap()).unwrap();
        let mut record = Entry::parse(heads.last.clone()).unwrap().record;
        record.recorded_at = crate::builder::moment(20);
        heads.last = Entry::seal(record).unwrap().bytes;
        bundle.insert(Member::Heads, heads.to_bytes());
    })
}

/// Proofs and checkpoints of another ledger, which founded itself under its own or the same name.
fn other_ledgers() -> Vec<Vector> {
    let misplaced = |member| found(by::LOG, "record-misplaced", member);
    let other = ledger_of("localhost/other", crate::world::SIZE);
    let theirs = Assembler::new(&other, "a");
    let replayed = bent(|bundle| bundle.insert(Member::Proof(8), theirs.proof(DECISION)));
    let renamed = bent(|bundle| bundle.insert(Member::Checkpoint, theirs.note.as_str()));
    let fork = forked();
    vec![
        tampered(
            "proof-of-another-ledger",
            replayed,
            at(DECISION, found(by::LOG, "proof-of-another-checkpoint", Member::Proof(8))),
        ),
        tampered("checkpoint-of-another-ledger", renamed, misplaced(Member::Registry(1))),
        fork,
    ]
}

/// Records of one history, the checkpoint of another.
fn forked() -> Vector {
    let mut other = ledger_until(12);
    let payload = crate::world::next_decision(&other);
    other.append("a", crate::builder::sign(&payload, &[crate::world::NOKIA]));
    let mut bundle = honest_bundle();
    let note = other.checkpoint();
    let honest = honest_assembler();
    bundle.insert(Member::Checkpoint, note.as_str());
    let theirs = honest.with_note(note).bundle();
    for (member, bytes) in theirs.iter().filter(|(member, _)| matches!(member, Member::Proof(_) | Member::Heads)) {
        bundle.insert(member, bytes);
    }
    let found: Found = at(DECISION, found(by::LOG, "record-not-included", Member::Proof(8)));
    tampered("checkpoint-of-another-history", Given::from(&bundle), found)
}
