//! What the verification of a bundle came to.

use serde::Serialize;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::{Origin, StreamId};
use sinetti_events::primitives::time::Instant;

use super::Evidence;
use crate::audit::finding::{Finding, StreamReport, Verdict};
use crate::audit::quorum::Quorum;

/// The report on one bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceReport {
    /// The gravest verdict among the findings.
    pub verdict: Verdict,
    /// The agreement, or `registry`; none when there is no readable record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<StreamId>,
    /// The ledger's origin, as the checkpoint says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Number of records under the checkpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Root of the log tree over them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root: Option<Hash>,
    /// Leaf hash of record 0, the trust root to compare with the one published elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub founding: Option<Hash>,
    /// Streams of the bundle with their number of records.
    pub streams: Vec<StreamReport>,
    /// Witnesses whose cosignatures on the checkpoint verify.
    pub cosignatures: Vec<Cosignature>,
    /// Whether those who should have cosigned did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<Quorum>,
    /// The tokens of timestamp authorities, by the size of the checkpoint that each is about.
    pub timestamps: Vec<Timestamp>,
    /// All defects, in order of the log; those of the whole come last.
    pub findings: Vec<Finding>,
}

/// A witness's word that the ledger showed it this very tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cosignature {
    /// Name of its key.
    pub witness: String,
    /// Seconds since 1970 by its clock, if it states a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<u64>,
}

/// A timestamp authority's word that a checkpoint was there at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timestamp {
    /// Number of records under the checkpoint: the records before this index were there.
    pub size: u64,
    /// *Valid* when it was verified with certificates that the auditor pinned.
    pub verdict: Verdict,
    /// When, by the authority's clock; of a token that is not *valid*, what it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Instant>,
    /// Name on the pinned certificate that signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}

impl Evidence<'_> {
    /// Ends the verification.
    pub fn finish(mut self) -> EvidenceReport {
        self.findings.sort_by_key(|finding| finding.index.unwrap_or(u64::MAX));
        let gravest = self.findings.iter().map(|finding| finding.verdict).max();
        let registry = self.records.iter().any(|carried| carried.entry.is_some()).then(StreamId::registry);
        EvidenceReport {
            verdict: gravest.unwrap_or(Verdict::Valid),
            agreement: self.stream().or(registry),
            origin: self.origin(),
            size: self.checkpoint.as_ref().map(|checkpoint| checkpoint.size),
            root: self.checkpoint.as_ref().map(|checkpoint| checkpoint.root),
            founding: self.judge.founding(),
            streams: self.streams(),
            cosignatures: self.cosignatures,
            quorum: self.quorum,
            timestamps: self.timestamps,
            findings: self.findings,
        }
    }

    fn streams(&self) -> Vec<StreamReport> {
        let mut streams: Vec<StreamReport> = Vec::new();
        for entry in self.records.iter().filter_map(|carried| carried.entry.as_ref()) {
            let (agreement, version) = (entry.record.agreement.clone(), entry.record.version);
            match streams.iter_mut().find(|stream| stream.agreement == agreement) {
                Some(stream) => stream.version = version,
                None => streams.push(StreamReport { agreement, version }),
            }
        }
        streams
    }
}
