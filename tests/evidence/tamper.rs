//! No changed byte is ever verified, and none makes the verifier panic.

use sinetti_events::bundle::{Bundle, Member};
use sinetti_projections::audit::Verdict;

use crate::assemble::Assembler;
use crate::file::{Given, report};
use crate::vectors::honest_assembler;
use crate::world::{TEXT, presenter};

/// With every kind of member that this program verifies.
fn whole() -> Bundle {
    let (witnesses, groups) = ([("tampere", 51)], "quorum tampere\n");
    let note = crate::assemble::cosign(&crate::world::ledger().checkpoint(), &witnesses, 13);
    let earlier = crate::assemble::cosign(&crate::world::ledger_until(9).checkpoint(), &witnesses, 9);
    let honest = honest_assembler().with_note(note).with_policy(&witnesses, groups);
    Assembler { documents: vec![TEXT.to_vec()], disclosures: vec![presenter()], cosigned: vec![earlier], ..honest }
        .bundle()
}

#[test]
fn the_whole_bundle_is_verified() {
    let report = report(&Given::from(&whole()));
    assert_eq!((report.verdict, report.findings), (Verdict::Valid, vec![]));
}

/// Whoever changes a member also writes the ZIP anew, so that its checksums are right.
#[test]
fn no_changed_byte_of_any_member_is_verified() {
    let whole = whole();
    for (place, (member, bytes)) in whole.iter().enumerate() {
        // A step that meets every kind of byte; large members hold the same checkpoint again and again.
        for at in (place % 7..bytes.len()).step_by(step(member, bytes.len())) {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1 << (at % 8);
            assert_not_verified(&whole, member, changed, &format!("byte {at}"));
        }
    }
}

#[test]
fn no_member_cut_short_or_made_longer_is_verified() {
    let whole = whole();
    for (member, bytes) in whole.iter() {
        for length in [0, bytes.len() / 2, bytes.len() - 1] {
            assert_not_verified(&whole, member, bytes[..length].to_vec(), &format!("cut to {length}"));
        }
        for more in [&b"\n"[..], b" ", b"\0"] {
            assert_not_verified(&whole, member, [bytes, more].concat(), &format!("with {more:?} after it"));
        }
    }
}

#[test]
fn no_member_that_is_left_out_goes_unnoticed_but_what_may_be_absent() {
    let whole = whole();
    for (member, _) in whole.iter() {
        let mut without = whole.clone();
        without.remove(member);
        let verdict = report(&Given::from(&without)).verdict;
        let optional = matches!(member, Member::Cosigned(_) | Member::Document(_));
        assert_eq!(verdict == Verdict::Valid, optional, "{member}");
    }
}

/// The file as it travels: what a bad disk or a careless editor does to it.
#[test]
fn no_changed_byte_of_the_file_is_verified() {
    let good = whole().to_bytes().unwrap();
    for at in (0..good.len()).step_by(499).chain(good.len() - 60..good.len()) {
        let mut bundle = good.clone();
        bundle[at] ^= 1 << (at % 8);
        let verdict = report(&Given { bundle, ..Given::default() }).verdict;
        assert_eq!(verdict, Verdict::Tampered, "byte {at}");
    }
}

fn step(member: Member, length: usize) -> usize {
    match member {
        Member::Proof(_) | Member::Heads => 397,
        _ => (length / 25).max(1),
    }
}

fn assert_not_verified(whole: &Bundle, member: Member, bytes: Vec<u8>, what: &str) {
    let mut changed = whole.clone();
    changed.insert(member, bytes);
    let report = report(&Given::from(&changed));
    assert_ne!(report.verdict, Verdict::Valid, "{member}, {what}");
}
