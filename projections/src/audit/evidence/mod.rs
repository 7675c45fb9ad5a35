//! The auditor's replay of one agreement: every check of an evidence bundle, offline (FORMATS § 6).
//!
//! Like the replay of a whole ledger it never stops at the first defect. What only the whole log
//! shows (that the roots of heads are true in every record) is told where it matters: completeness
//! rests on the last record's.

mod beside;
mod checkpoints;
mod completeness;
pub(super) mod links;
mod records;
mod report;
mod since;
mod timestamps;

use sinetti_events::bundle::{Bundle, Member};
use sinetti_events::format::record::Entry;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::Note;
use sinetti_events::log::policy::Policy;
use sinetti_events::log::vkey::VerifierKey;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::known::KnownNodes;

use super::finding::Finding;
use super::judge::Judge;
use super::quorum::Quorum;
use crate::agreement::Agreement;
use crate::registry::Registry;

pub use report::{Cosignature, EvidenceReport, Timestamp};
pub use timestamps::{Stamped, Stamper};

/// What the auditor brings along.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Keys that must have signed the checkpoint besides those that the registry names.
    pub log_keys: Vec<VerifierKey>,
    /// The auditor's own policy, in place of the one that the ledger publishes.
    pub policy: Option<Policy>,
    /// A checkpoint kept from earlier: the bundle's must extend it.
    pub since: Option<Vec<u8>>,
}

/// A bundle whose every check was made.
pub struct Evidence<'a> {
    bundle: &'a Bundle,
    asked: &'a Asked,
    stamper: Stamper<'a>,
    note: Option<Note>,
    checkpoint: Option<Checkpoint>,
    /// The policy member, when it is one.
    policy: Option<Policy>,
    records: Vec<Carried<'a>>,
    judge: Judge,
    /// The last record under the checkpoint, when its proof holds.
    last: Option<Entry>,
    known: KnownNodes,
    cosignatures: Vec<Cosignature>,
    quorum: Option<Quorum>,
    timestamps: Vec<Timestamp>,
    findings: Vec<Finding>,
}

/// One record of the bundle, in the order of the log.
struct Carried<'a> {
    member: Member,
    version: u64,
    bytes: &'a [u8],
    /// None when the bytes are no record.
    entry: Option<Entry>,
}

impl<'a> Evidence<'a> {
    /// Makes every check. `stamper` judges the tokens of timestamp authorities; `tick` is called once for each record.
    pub fn of(bundle: &'a Bundle, asked: &'a Asked, stamper: Stamper<'a>, mut tick: impl FnMut()) -> Evidence<'a> {
        let mut evidence = Evidence {
            bundle,
            asked,
            stamper,
            note: None,
            checkpoint: None,
            policy: None,
            records: Vec::new(),
            judge: Judge::partial(),
            last: None,
            known: KnownNodes::new(),
            cosignatures: Vec::new(),
            quorum: None,
            timestamps: Vec::new(),
            findings: Vec::new(),
        };
        evidence.check_members();
        evidence.read_checkpoint();
        evidence.read_policy();
        evidence.check_records(&mut tick);
        evidence.check_completeness();
        evidence.check_checkpoint();
        evidence.check_quorum();
        evidence.check_cosigned();
        evidence.check_since();
        evidence.check_beside();
        evidence.check_timestamps();
        evidence
    }

    /// Adds a finding of the caller's own.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The registry as its records say.
    pub fn registry(&self) -> &Registry {
        &self.judge.registry
    }

    /// The agreement as its records say; none in the registry's own bundle.
    pub fn agreement(&self) -> Option<&Agreement> {
        self.judge.agreements.get(&self.stream()?)
    }

    /// The checkpoint, whatever its signatures.
    pub fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    /// When the last record under the checkpoint was recorded: as of when the bundle speaks.
    pub fn as_of(&self) -> Option<Instant> {
        self.last.as_ref().map(|last| last.record.recorded_at)
    }

    /// What the timestamps say, believed or not: by when the first so many records were there.
    pub fn stamps(&self) -> Vec<(u64, Instant)> {
        self.timestamps.iter().filter_map(|it| Some((it.size, it.time?))).collect()
    }

    /// The stream of the agreement; none in the registry's own bundle.
    fn stream(&self) -> Option<StreamId> {
        let of_agreement = |carried: &&Carried| matches!(carried.member, Member::Agreement(_));
        let entries = self.records.iter().filter(of_agreement).filter_map(|carried| carried.entry.as_ref());
        entries.map(|entry| entry.record.agreement.clone()).next()
    }

    /// Finds the members that must be there and are not.
    fn check_members(&mut self) {
        let always = [Member::Readme, Member::Checkpoint, Member::Policy, Member::Heads, Member::Disclosures];
        for member in always.into_iter().filter(|member| self.bundle.get(*member).is_none()) {
            self.missing(member, "every bundle has it");
        }
    }

    fn missing(&mut self, member: Member, why: &str) {
        let reason = format!("{member} is not there; {why}");
        self.add(Finding::tampered(None, &member.to_string(), "member-missing", reason).in_file(member));
    }

    fn tampered(&mut self, file: Member, member: &str, slug: &str, reason: impl ToString) {
        self.add(Finding::tampered(None, member, slug, reason).in_file(file));
    }

    fn unverifiable(&mut self, file: Member, member: &str, slug: &str, reason: impl ToString) {
        self.add(Finding::unverifiable(None, member, slug, reason).in_file(file));
    }
}
