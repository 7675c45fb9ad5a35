//! Evidence bundles: what the pure crates can't do, which is the trail in plain words.

pub mod readme;

use sinetti_events::bundle::{BadArchive, Bundle, Member};
use sinetti_projections::audit::Finding;
use sinetti_projections::audit::evidence::{Asked, Evidence, EvidenceReport};

use readme::{Difference, Facts};

/// Makes every check of a bundle. `tick` is called once for each record, `begin` before with their number.
pub fn verify(bytes: &[u8], asked: &Asked, begin: impl FnOnce(u64), tick: impl FnMut()) -> EvidenceReport {
    let (bundle, defects) = Bundle::read(bytes);
    let records = |(member, _): &(Member, &[u8])| matches!(member, Member::Registry(_) | Member::Agreement(_));
    begin(bundle.iter().filter(records).count() as u64);
    let mut evidence = Evidence::of(&bundle, asked, tick);
    if let Some(finding) = check_readme(&bundle, &evidence) {
        evidence.add(finding);
    }
    for defect in &defects {
        evidence.add(archive(defect));
    }
    evidence.finish()
}

/// README.txt says in plain words what the records say, and nothing else.
fn check_readme(bundle: &Bundle, evidence: &Evidence<'_>) -> Option<Finding> {
    let readme = bundle.get(Member::Readme)?;
    let facts = Facts {
        agreement: evidence.agreement(),
        as_of: evidence.as_of()?,
        checkpoint: evidence.checkpoint()?,
        policy: bundle.get(Member::Policy)?,
        registry: evidence.registry(),
    };
    let difference = readme::compare(readme, &facts)?;
    let reason = difference.to_string();
    let finding = match difference {
        Difference::Altered { .. } => Finding::tampered(None, "readme", "readme-altered", reason),
        Difference::OtherWords { .. } => Finding::unverifiable(None, "readme", "readme-in-other-words", reason),
    };
    Some(finding.in_file(Member::Readme))
}

fn archive(defect: &BadArchive) -> Finding {
    Finding::tampered(None, "bundle", "bundle-malformed", defect)
}
