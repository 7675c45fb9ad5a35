//! Test vectors named after the property that they break, the verdict inside each file.
//!
//! The files in `tests/vectors/` are shared by every verifier of this project, whatever language
//! it is written in. They are made by this program (`SINETTI_WRITE_VECTORS=1`) and committed; a
//! run without that variable proves that they are fresh and that each gets its verdict.
#![allow(clippy::unwrap_used)]

mod accusation;
#[allow(dead_code, reason = "shared with the vectors of evidence bundles")]
mod builder;
mod canonical;
mod characters;
mod file;
mod ledger;
mod policy;
mod resumed;
mod signature;

use sinetti_events::primitives::base64;

#[test]
fn canonical_vectors_are_fresh_and_get_their_verdict() {
    file::prove("canonical", &canonical::vectors(), canonical::verdict);
}

#[test]
fn signature_vectors_are_fresh_and_get_their_verdict() {
    file::prove("signature", &signature::vectors(), signature::verdict);
}

#[test]
fn policy_vectors_are_fresh_and_get_their_verdict() {
    file::prove("policy", &policy::vectors(), policy::verdict);
}

#[test]
fn ledger_vectors_are_fresh_and_get_their_verdict() {
    file::prove("ledger", &ledger::vectors(), ledger::verdict);
}

#[test]
fn accusation_vectors_are_fresh_and_get_their_verdict() {
    file::prove("accusation", &accusation::vectors(), accusation::verdict);
}

/// A monitor judges what is new when it comes: what it finds is what one replay of the whole finds.
#[test]
fn a_replay_that_is_taken_up_again_finds_the_same_in_every_ledger() {
    for vector in ledger::vectors() {
        for batch in [1, 2, 4] {
            resumed::assert_same(vector.property, &vector.input, batch);
        }
    }
}

#[test]
fn the_browsers_table_of_characters_is_fresh() {
    characters::prove();
}

/// Old and new keys sign the first checkpoint with the change, the new ones alone what follows.
#[test]
fn a_pinned_key_that_was_replaced_is_told_apart_from_one_that_did_not_sign() {
    use sinetti_projections::audit::Verdict;
    let replaced = (Verdict::Unverifiable, "log-key-replaced".to_owned());
    let stranger = (Verdict::Tampered, "checkpoint-signature".to_owned());
    for (pinned, more, expected) in [
        (&[200][..], 0, vec![]),
        (&[201], 0, vec![]),
        (&[202], 0, vec![stranger.clone()]),
        (&[200], 1, vec![replaced.clone(), replaced.clone()]),
        (&[201], 1, vec![]),
        (&[202], 1, vec![stranger.clone()]),
        // Old and new ones, as over a change of keys: one of each type that stands is enough.
        (&[200, 201], 0, vec![]),
        (&[200, 201], 1, vec![]),
        (&[202, 201], 1, vec![]),
        (&[200, 202], 1, vec![stranger]),
    ] {
        assert_eq!(ledger::pinned_before_a_change(pinned, more), expected, "{pinned:?} {more}");
    }
}

/// Hashing makes this certain; the test is that no check is skipped on the way to saying so.
#[test]
fn no_changed_byte_of_any_record_is_verified() {
    let honest = ledger::vectors().swap_remove(0).input;
    let records = honest["records"].as_array().unwrap();
    for (at, record) in records.iter().enumerate() {
        let bytes = base64::decode(record.as_str().unwrap()).unwrap();
        for byte in (at..bytes.len()).step_by(29) {
            let mut changed = bytes.clone();
            changed[byte] ^= 1 << (byte % 8);
            let mut input = honest.clone();
            input["records"][at] = base64::encode(changed).into();
            assert_eq!(ledger::verdict(&input)["verdict"], "tampered", "record {at}, byte {byte}");
        }
    }
}
