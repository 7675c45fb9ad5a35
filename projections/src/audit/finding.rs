//! What a verifier found: four verdicts that are never merged.

use serde::{Deserialize, Serialize};
use sinetti_events::bundle::Member;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{Origin, StreamId};

/// What can be said of a ledger, or of one finding in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every check holds.
    Valid,
    /// Authentic, but signed with a key that its owner says somebody else may have had.
    Suspect,
    /// Something that this program can't judge: an unknown type, format or key.
    Unverifiable,
    /// Something is not as it was signed, or was recorded against the rules.
    Tampered,
}

/// One defect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How it weighs; never [`Verdict::Valid`].
    pub verdict: Verdict,
    /// The file of an evidence bundle that it is in, such as `agreement/000003.json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Zero-based place in the log as read; none when the defect is of the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// Which part is wrong, such as `record.previous` or `payload.seen`.
    pub member: String,
    /// Stable name of the check that failed.
    pub slug: String,
    /// What is wrong, in words.
    pub reason: String,
}

/// What a replay of a whole ledger came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The gravest verdict among the findings.
    pub verdict: Verdict,
    /// The ledger's origin.
    pub origin: Origin,
    /// Number of records read.
    pub size: u64,
    /// Root of the log tree over them.
    pub root: Hash,
    /// Leaf hash of record 0, the trust root to compare with the one published elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub founding: Option<Hash>,
    /// Streams with their number of records.
    pub streams: Vec<StreamReport>,
    /// All defects, in order of the log.
    pub findings: Vec<Finding>,
}

/// One stream of a replayed ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StreamReport {
    /// Which.
    pub agreement: StreamId,
    /// Newest version.
    pub version: u64,
}

impl Finding {
    /// A finding that proves a change, or a breach of the rules.
    pub fn tampered(index: Option<u64>, member: &str, slug: &str, reason: impl ToString) -> Finding {
        Finding::new(Verdict::Tampered, index, member, slug, reason)
    }

    /// A finding that leaves a question open.
    pub fn unverifiable(index: Option<u64>, member: &str, slug: &str, reason: impl ToString) -> Finding {
        Finding::new(Verdict::Unverifiable, index, member, slug, reason)
    }

    /// A finding about an authentic record under doubt.
    pub fn suspect(index: Option<u64>, member: &str, slug: &str, reason: impl ToString) -> Finding {
        Finding::new(Verdict::Suspect, index, member, slug, reason)
    }

    fn new(verdict: Verdict, index: Option<u64>, member: &str, slug: &str, reason: impl ToString) -> Finding {
        let (member, slug, reason) = (member.to_owned(), slug.to_owned(), reason.to_string());
        Finding { verdict, file: None, index, member, slug, reason }
    }

    /// The same, found in a file of an evidence bundle.
    #[must_use]
    pub fn in_file(mut self, file: Member) -> Finding {
        self.file = Some(file.to_string());
        self
    }
}

impl Report {
    /// How many findings have `verdict`.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }
}
