//! The records: each proven in the tree, linked to the one before, authentic and allowed.

use std::collections::BTreeSet;

use sinetti_events::bundle::Member;
use sinetti_events::format::record::{BadRecord, Entry};
use sinetti_events::log::proof::TlogProof;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::tree::inclusion::check_inclusion;

use super::links::Links;
use super::{Carried, Evidence};
use crate::audit::finding::Finding;

impl<'a> Evidence<'a> {
    /// Reads, links, proves and judges every record.
    pub(super) fn check_records(&mut self, tick: &mut impl FnMut()) {
        let registry = self.carried(|member| match member {
            Member::Registry(version) => Some(version),
            _ => None,
        });
        let agreement = self.carried(|member| match member {
            Member::Agreement(version) => Some(version),
            _ => None,
        });
        self.check_numbers(&registry, Member::Registry, "the registry is complete");
        self.check_numbers(&agreement, Member::Agreement, "the agreement is complete");
        self.records = in_order_of_the_log(registry, agreement);
        self.check_places(tick);
        self.check_needed_proofs();
    }

    /// The records of one folder, in order of their names.
    fn carried(&mut self, version: impl Fn(Member) -> Option<u64>) -> Vec<Carried<'a>> {
        let bundle = self.bundle;
        let mut records = Vec::new();
        for (member, bytes) in bundle.iter() {
            let Some(version) = version(member) else { continue };
            let entry = self.parse(member, bytes);
            records.push(Carried { member, version, bytes, entry });
        }
        records
    }

    /// A record, or a finding.
    pub(super) fn parse(&mut self, file: Member, bytes: &[u8]) -> Option<Entry> {
        match Entry::parse(bytes.to_vec()) {
            Ok(entry) => Some(entry),
            Err(bad @ BadRecord::Format(_)) => {
                self.unverifiable(file, "record.v", bad.slug(), &bad);
                None
            }
            Err(bad) => {
                self.tampered(file, "record", bad.slug(), &bad);
                None
            }
        }
    }

    /// Names ascend from 1 without gaps. A gap is one finding, however wide.
    fn check_numbers(&mut self, records: &[Carried<'a>], member: fn(u64) -> Member, why: &str) {
        let mut next = 1;
        for record in records {
            if record.version != next {
                self.missing(member(next), why);
            }
            next = record.version.saturating_add(1);
        }
        if records.is_empty() && member(1) == Member::Registry(1) {
            self.missing(Member::Registry(1), "every bundle has it");
        }
    }

    fn check_places(&mut self, tick: &mut impl FnMut()) {
        let Some(origin) = self.origin() else { return };
        let mut links = Links::new(origin);
        let of_agreement = self.stream().unwrap_or_else(StreamId::registry);
        for at in 0..self.records.len() {
            let Carried { member, version, bytes, ref entry } = self.records[at];
            let entry = entry.clone();
            let registry = matches!(member, Member::Registry(_));
            let stream = if registry { StreamId::registry() } else { of_agreement.clone() };
            if member == Member::Registry(1) {
                self.judge.found(Hash::leaf(bytes));
            }
            match entry {
                Some(entry) => {
                    self.check_place(member, &entry, links.check(&entry, &stream, version));
                    self.judge.entry(entry.record.index, &entry, |stream| links.version(stream));
                    self.take_judgement(member);
                    self.check_proof(member, &entry);
                    links.push(&entry);
                }
                None => {
                    let leaf = Hash::leaf(bytes);
                    self.judge.pass(&stream, leaf);
                    links.skip(&stream, leaf);
                }
            }
            tick();
        }
        self.judge.find_suspects();
        self.take_suspects();
    }

    fn check_place(&mut self, file: Member, entry: &Entry, defects: Vec<sinetti_events::chain::Misplaced>) {
        for misplaced in defects {
            let member = format!("record.{}", misplaced.member);
            let finding = Finding::tampered(Some(entry.record.index), &member, "record-misplaced", &misplaced);
            self.add(finding.in_file(file));
        }
    }

    /// Moves what the judge found of one record to the findings.
    pub(super) fn take_judgement(&mut self, file: Member) {
        let found = std::mem::take(&mut self.judge.findings);
        self.findings.extend(found.into_iter().map(|finding| finding.in_file(file)));
    }

    fn take_suspects(&mut self) {
        for finding in std::mem::take(&mut self.judge.findings) {
            let of = |carried: &&Carried| carried.entry.as_ref().map(|entry| entry.record.index) == finding.index;
            let file = self.records.iter().find(of).map(|carried| carried.member);
            self.findings.push(match file {
                Some(file) => finding.in_file(file),
                None => finding,
            });
        }
    }

    /// The record is in the tree, by the proof of its own.
    fn check_proof(&mut self, record: Member, entry: &Entry) {
        let file = Member::Proof(entry.record.index);
        match self.bundle.get(file) {
            Some(bytes) => {
                self.check_inclusion(file, bytes, entry);
            }
            None => self.missing(file, &format!("{record} is not proven without it")),
        }
    }

    /// Whether `proof` shows `entry` in the tree of the bundle's own checkpoint; findings where not.
    pub(super) fn check_inclusion(&mut self, file: Member, proof: &[u8], entry: &Entry) -> bool {
        let index = Some(entry.record.index);
        let mut found = Vec::new();
        let mut tampered = |slug: &str, reason: String| {
            found.push(Finding::tampered(index, "proof", slug, reason).in_file(file));
        };
        match TlogProof::parse(proof) {
            Ok(proof) => {
                if proof.extra.is_some() {
                    tampered("proof-extra", "it has a line `extra`, for which nothing vouches".to_owned());
                }
                if proof.index != entry.record.index {
                    let reason = format!("it is of index {}, the record says {}", proof.index, entry.record.index);
                    tampered("proof-of-another-record", reason);
                }
                if self.note.as_ref() != Some(&proof.checkpoint) {
                    tampered(
                        "proof-of-another-checkpoint",
                        "it embeds another checkpoint than the bundle's".to_owned(),
                    );
                }
                if let Some(checkpoint) = &self.checkpoint {
                    let (size, root) = (checkpoint.size, checkpoint.root);
                    match check_inclusion(&entry.leaf, entry.record.index, size, &proof.hashes, &root) {
                        Ok(()) => self.known.add(&entry.leaf, entry.record.index, size, &proof.hashes),
                        Err(error) => tampered("record-not-included", error.to_string()),
                    }
                }
            }
            Err(bad) => tampered("proof-malformed", bad.to_string()),
        }
        let holds = found.is_empty();
        self.findings.append(&mut found);
        holds
    }

    /// A proof of no record here proves nothing, and stands in no bundle.
    fn check_needed_proofs(&mut self) {
        let entries: Option<BTreeSet<u64>> =
            self.records.iter().map(|carried| carried.entry.as_ref().map(|entry| entry.record.index)).collect();
        // The proof of a record that can't be read can't be told from one too many.
        let Some(indices) = entries else { return };
        let bundle = self.bundle;
        for (member, _) in bundle.iter() {
            if let Member::Proof(index) = member
                && !indices.contains(&index)
            {
                self.tampered(member, "proof", "member-unneeded", "it is the proof of no record of this bundle");
            }
        }
    }

    /// The ledger that the bundle says to be of.
    pub(super) fn origin(&self) -> Option<sinetti_events::primitives::ids::Origin> {
        let of_record = || self.records.iter().find_map(|carried| carried.entry.as_ref());
        let of_checkpoint = self.checkpoint.as_ref().map(|checkpoint| checkpoint.origin.clone());
        of_checkpoint.or_else(|| of_record().map(|entry| entry.record.ledger.clone()))
    }
}

/// Both streams as one, by index; a record that can't be read stands after the one before it.
fn in_order_of_the_log<'a>(registry: Vec<Carried<'a>>, agreement: Vec<Carried<'a>>) -> Vec<Carried<'a>> {
    let mut placed: Vec<(u64, Carried)> = Vec::new();
    for stream in [registry, agreement] {
        let mut index = 0;
        for carried in stream {
            // By its own word, but never before its predecessor.
            index = carried.entry.as_ref().map_or(index, |entry| entry.record.index.max(index));
            placed.push((index, carried));
        }
    }
    placed.sort_by_key(|(index, _)| *index);
    placed.into_iter().map(|(_, carried)| carried).collect()
}
