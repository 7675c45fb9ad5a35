//! An evidence bundle, offline.

use std::path::Path;

use sinetti_projections::audit::evidence::{Asked, EvidenceReport};

use super::pass::bar;
use crate::cli::failure::Failure;
use crate::cli::files;
use crate::evidence;

/// Verifies the bundle at `path`.
///
/// # Errors
///
/// There is no such file.
pub fn verify(path: &Path, asked: &Asked) -> Result<EvidenceReport, Failure> {
    let bytes = files::read_at_most(path, files::MAX_BUNDLE)?;
    let bar = bar(0);
    let report = evidence::verify(&bytes, asked, |records| bar.set_length(records), || bar.inc(1));
    bar.finish_and_clear();
    Ok(report)
}
