//! The ZIP itself, and members that are missing, added or malformed.

use std::io::{Cursor, Write as _};

use sinetti_events::bundle::{Bundle, Member};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{bent, by, found, honest_bundle, replace, tampered};
use crate::file::{Given, Vector};

pub fn vectors() -> Vec<Vector> {
    [archive(), missing(), malformed()].into_iter().flatten().collect()
}

fn archive() -> Vec<Vector> {
    let good = honest_bundle().to_bytes().unwrap();
    let given = |bundle: Vec<u8>| Given { bundle, ..Given::default() };
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let canonical = stored.last_modified_time(DateTime::DEFAULT);
    let dated = stored.last_modified_time(DateTime::from_date_and_time(2026, 11, 24, 12, 0, 0).unwrap());
    let honest = honest_bundle();
    let members = || honest.iter().map(|(member, bytes)| (member.to_string(), bytes.to_vec()));
    let mut shuffled: Vec<_> = members().collect();
    shuffled.swap(1, 2);
    let added: Vec<_> = members().chain([("notes.txt".to_owned(), b"hello".to_vec())]).collect();
    let record = honest.get(Member::Agreement(3)).unwrap();
    let at = good.windows(record.len()).position(|window| window == record).unwrap();
    let mut flipped = good.clone();
    flipped[at + record.len() / 2] ^= 1;
    let bad = |property, bundle| tampered(property, given(bundle), found(by::FORM, "bundle-malformed", None));
    vec![
        bad("zip-none", b"this is no ZIP".to_vec()),
        bad("zip-cut-short", good[..good.len() - 100].to_vec()),
        bad("zip-with-a-byte-after", [&good[..], b"\n"].concat()),
        bad("zip-with-a-byte-before", [b"\n", &good[..]].concat()),
        bad("zip-dated-another-day", zip(members(), dated)),
        bad("zip-of-another-file-mode", zip(members(), canonical.unix_permissions(0o755))),
        bad("zip-in-another-order", zip(shuffled.into_iter(), canonical)),
        bad("zip-with-an-unknown-member", zip(added.into_iter(), canonical)),
        bad("zip-with-a-byte-of-a-record-flipped", flipped),
    ]
}

fn zip(members: impl Iterator<Item = (String, Vec<u8>)>, options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn missing() -> Vec<Vector> {
    let without = |property, member: Member| {
        let given = bent(|bundle: &mut Bundle| drop(bundle.remove(member)));
        tampered(property, given, found(by::FORM, "member-missing", member))
    };
    vec![
        without("readme-missing", Member::Readme),
        without("checkpoint-missing", Member::Checkpoint),
        without("policy-missing", Member::Policy),
        without("first-record-missing", Member::Registry(1)),
        without("registry-record-missing", Member::Registry(3)),
        without("agreement-record-missing", Member::Agreement(2)),
        without("proof-missing", Member::Proof(8)),
        without("heads-missing", Member::Heads),
        without("disclosures-missing", Member::Disclosures),
    ]
}

fn malformed() -> Vec<Vector> {
    let with = |property, member: Member, slug, old: &'static str, new: &'static str| {
        let given = bent(|bundle: &mut Bundle| replace(bundle, member, old, new));
        tampered(property, given, found(by::FORM, slug, member))
    };
    let unneeded = bent(|bundle| {
        let proof = bundle.get(Member::Proof(8)).unwrap().to_vec();
        bundle.insert(Member::Proof(9), proof);
    });
    vec![
        tampered("proof-of-no-record", unneeded, found(by::FORM, "member-unneeded", Member::Proof(9))),
        with("checkpoint-without-its-last-newline", Member::Checkpoint, "checkpoint-malformed", "\n\n", "\n"),
        with("proof-of-another-version", Member::Proof(8), "proof-malformed", "@v1", "@v2"),
        with("proof-index-with-leading-zero", Member::Proof(8), "proof-malformed", "index 8", "index 08"),
        with("proof-with-extra-data", Member::Proof(8), "proof-extra", "index 8", "extra aGVsbG8=\nindex 8"),
        with("heads-with-a-space", Member::Heads, "heads-malformed", "\":", "\": "),
        with("heads-with-a-member-more", Member::Heads, "heads-malformed", "{", "{\"a\":1,"),
        with("disclosures-with-a-space", Member::Disclosures, "disclosures-malformed", "[", "[ "),
        with("disclosures-no-array", Member::Disclosures, "disclosures-malformed", "[]", "{}"),
        with("policy-malformed", Member::Policy, "policy-malformed", "quorum none", "quorum nobody"),
        with("policy-with-a-comment", Member::Policy, "policy-not-canonical", "quorum", "# ours\nquorum"),
    ]
}
