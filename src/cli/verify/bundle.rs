//! An evidence bundle, offline.

use sinetti_projections::audit::evidence::{Asked, EvidenceReport};

use crate::cli::output;
use crate::evidence::{self, Authorities};

/// Verifies the bundle in `bytes`.
pub fn verify(bytes: &[u8], asked: &Asked, authorities: &Authorities) -> EvidenceReport {
    let bar = output::bar(0, "records");
    let report = evidence::verify(bytes, asked, authorities, |records| bar.set_length(records), || bar.inc(1));
    bar.finish_and_clear();
    report
}
