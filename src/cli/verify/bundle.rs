//! An evidence bundle, offline.

use sinetti_projections::audit::evidence::{Asked, EvidenceReport};

use crate::cli::output;
use crate::evidence;

/// Verifies the bundle in `bytes`.
pub fn verify(bytes: &[u8], asked: &Asked) -> EvidenceReport {
    let bar = output::bar(0, "records");
    let report = evidence::verify(bytes, asked, |records| bar.set_length(records), || bar.inc(1));
    bar.finish_and_clear();
    report
}
