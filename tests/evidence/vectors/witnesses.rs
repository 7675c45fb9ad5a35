//! Witnesses: who cosigned, what the policies ask for, and time, proven from outside.

use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::log::policy::Policy;

use super::{by, found, honest_assembler, tampered, unverifiable, valid};
use crate::assemble::{Assembler, cosign, policy, readme_of};
use crate::file::{Given, Vector};
use crate::world::{SIZE, ledger, ledger_until};

const WITNESSES: [(&str, u8); 3] = [("tampere", 51), ("nokia", 52), ("auditor", 53)];
const GROUPS: &str = "group parties any tampere nokia\ngroup needed all parties auditor\nquorum needed\n";

pub fn vectors() -> Vec<Vector> {
    [cosigned(), earlier(), policies()].into_iter().flatten().collect()
}

/// The honest evidence, cosigned by these witnesses at the minute of the last record.
fn witnessed(by: &[(&str, u8)]) -> Assembler {
    let note = cosign(&ledger().checkpoint(), by, SIZE as u64);
    honest_assembler().with_note(note).with_policy(&WITNESSES, GROUPS)
}

fn cosigned() -> Vec<Vector> {
    let of = |assembler: &Assembler| Given::from(&assembler.bundle());
    let unmet = found(by::WITNESSES, "quorum-not-met", Member::Checkpoint);
    let early = cosign(&ledger().checkpoint(), &[WITNESSES[0], WITNESSES[2]], 5);
    let early = honest_assembler().with_note(early).with_policy(&WITNESSES, GROUPS);
    let mut altered = witnessed(&[WITNESSES[0], WITNESSES[2]]);
    altered.note = alter_last_line(&altered.note);
    vec![
        valid("honest-witnessed", of(&witnessed(&[WITNESSES[0], WITNESSES[2]]))),
        valid("honest-witnessed-by-all", of(&witnessed(&WITNESSES))),
        unverifiable("quorum-of-the-ledger-not-met", of(&witnessed(&WITNESSES[..2])), unmet),
        tampered("cosignature-altered", of(&altered), found(by::WITNESSES, "cosignature", Member::Checkpoint)),
        tampered(
            "recorded-later-than-cosigned",
            of(&early),
            found(by::WITNESSES, "recorded-after-cosigned", Member::Checkpoint),
        ),
    ]
}

/// Another base64 digit near the end of the last signature.
fn alter_last_line(note: &str) -> String {
    let mut bytes = note.as_bytes().to_vec();
    let at = bytes.len() - 20;
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}

/// Earlier checkpoints with cosignatures.
fn earlier() -> Vec<Vector> {
    let note = |size: usize| cosign(&ledger_until(size).checkpoint(), &[WITNESSES[0], WITNESSES[2]], size as u64);
    let with = |notes: Vec<String>| Assembler { cosigned: notes, ..witnessed(&[WITNESSES[0], WITNESSES[2]]) };
    let bent = |change: fn(&mut Bundle)| {
        let mut bundle = with(vec![note(9)]).bundle();
        change(&mut bundle);
        bundle.insert(Member::Readme, readme_of(&bundle));
        Given::from(&bundle)
    };
    let moved = bent(|bundle| {
        let earlier = bundle.remove(Member::Cosigned(9)).unwrap();
        bundle.insert(Member::Cosigned(10), earlier);
    });
    let no_proof = bent(|bundle| {
        let text = String::from_utf8(bundle.get(Member::Cosigned(9)).unwrap().to_vec()).unwrap();
        let checkpoint = text.split_once("\n\n").unwrap().1;
        bundle.insert(Member::Cosigned(9), format!("consistency 13\n\n{checkpoint}"));
    });
    let unknown = cosign(&ledger_until(9).checkpoint(), &[("stranger", 60)], 9);
    let late = cosign(&ledger_until(9).checkpoint(), &[WITNESSES[0]], 2);
    let since = Given { since: Some(ledger_until(10).checkpoint()), ..Given::from(&with(vec![note(10)]).bundle()) };
    let file = Member::Cosigned(9);
    vec![
        valid("honest-with-time-from-outside", Given::from(&with(vec![note(9), note(11)]).bundle())),
        valid("honest-since-a-cosigned-checkpoint", since),
        tampered(
            "cosigned-of-another-size",
            moved,
            found(by::WITNESSES, "checkpoint-of-another-size", Member::Cosigned(10)),
        ),
        tampered("cosigned-without-its-proof", no_proof, found(by::WITNESSES, "checkpoint-inconsistent", file)),
        unverifiable(
            "cosigned-by-an-unknown-witness",
            Given::from(&with(vec![unknown]).bundle()),
            found(by::WITNESSES, "signature-unknown", file),
        ),
        tampered(
            "recorded-later-than-an-earlier-checkpoint-was-cosigned",
            Given::from(&with(vec![late]).bundle()),
            found(by::WITNESSES, "recorded-after-cosigned", file),
        ),
    ]
}

/// The auditor's own policy, and one that the operator bent.
fn policies() -> Vec<Vector> {
    let asked = |policy: String| Given { policy: Some(policy), ..Given::from(&witnessed(&WITNESSES[..2]).bundle()) };
    let logs = |seed: u8| {
        let keys = ledger().with_log_keys(seed).log_keys();
        String::from_utf8(Policy::of_logs(keys).to_bytes()).unwrap().replace("quorum none\n", "")
    };
    let own = |seed, rest: &str| asked(logs(seed) + &policy(&WITNESSES, rest));
    let mut other = honest_assembler();
    other.policy = Policy::of_logs(ledger().with_log_keys(201).log_keys()).to_bytes();
    vec![
        valid("honest-by-the-auditors-policy", own(200, "quorum nokia\n")),
        unverifiable(
            "quorum-of-the-auditor-not-met",
            own(200, "group all-three all tampere nokia auditor\nquorum all-three\n"),
            found(by::WITNESSES, "quorum-not-met", Member::Checkpoint),
        ),
        tampered(
            "log-not-in-the-auditors-policy",
            own(201, "quorum nokia\n"),
            found(by::WITNESSES, "log-not-in-policy", Member::Checkpoint),
        ),
        tampered(
            "policy-of-other-log-keys",
            Given::from(&other.bundle()),
            found(by::WITNESSES, "policy-of-other-keys", Member::Policy),
        ),
    ]
}
