//! Evidence bundles: what the pure crates can't do, which is the trail in plain words and the judging of timestamps.

pub mod readme;

use sinetti_events::bundle::{BadArchive, Bundle, Member};
use sinetti_events::primitives::time::Instant;
use sinetti_projections::audit::Finding;
use sinetti_projections::audit::evidence::{Asked, Evidence, EvidenceReport, Stamped};

use crate::timestamp::{self, Authority, BadToken};
use readme::{Difference, Facts};

/// Said of a timestamp when no authority is pinned.
const UNPINNED: &str = "nobody's certificates were given to judge it by; give those of the authority that you trust with \
     --timestamp-ca FILE, or leave timestamps out of the question with --without-timestamps";

/// Whose timestamps an auditor believes.
#[derive(Debug, Clone, Default)]
pub enum Authorities {
    /// Nobody said: a timestamp leaves a question open.
    #[default]
    Unsaid,
    /// Those of the authority with these certificates.
    Pinned(Authority),
    /// Whose they are is not asked; that they are of the checkpoint is.
    LeftOut,
}

/// Makes every check of a bundle. `tick` is called once for each record, `begin` before with their number.
pub fn verify(
    bytes: &[u8],
    asked: &Asked,
    authorities: &Authorities,
    begin: impl FnOnce(u64),
    tick: impl FnMut(),
) -> EvidenceReport {
    let (bundle, defects) = Bundle::read(bytes);
    let stamper = |token: &[u8], message: &[u8]| authorities.judge(token, message);
    let records = |(member, _): &(Member, &[u8])| matches!(member, Member::Registry(_) | Member::Agreement(_));
    begin(bundle.iter().filter(records).count() as u64);
    let mut evidence = Evidence::of(&bundle, asked, &stamper, tick);
    if let Some(finding) = check_readme(&bundle, &evidence) {
        evidence.add(finding);
    }
    for defect in &defects {
        evidence.add(archive(defect));
    }
    evidence.finish()
}

impl Authorities {
    /// Judges `token` over `message`.
    pub fn judge(&self, token: &[u8], message: &[u8]) -> Stamped {
        let time = match timestamp::read(token, message) {
            Ok(said) => said.time,
            Err(bad) => return stamped(&bad, None),
        };
        match self {
            Authorities::LeftOut => Stamped::LeftOut(time),
            Authorities::Unsaid => {
                Stamped::Open { time: Some(time), slug: "timestamp-unpinned", reason: UNPINNED.to_owned() }
            }
            Authorities::Pinned(authority) => match authority.verify(token, message) {
                Ok(stamp) => Stamped::By { authority: stamp.authority, time: stamp.said.time },
                Err(bad) => stamped(&bad, Some(time)),
            },
        }
    }
}

/// What is wrong with a token proves a change only when it, or what it is about, is not as it was signed.
fn stamped(bad: &BadToken, time: Option<Instant>) -> Stamped {
    let open = |slug| Stamped::Open { time, slug, reason: bad.to_string() };
    match bad {
        BadToken::Form(_) | BadToken::Imprint | BadToken::Signature(_) => {
            Stamped::Refused { time, reason: bad.to_string() }
        }
        BadToken::Stranger => open("timestamp-by-another"),
        BadToken::Unknown(_) | BadToken::Unnamed => open("timestamp-unknown-form"),
        BadToken::Purpose(_) | BadToken::Validity { .. } | BadToken::Extension { .. } | BadToken::Chain(_) => {
            open("timestamp-certificate")
        }
    }
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
        timestamps: &evidence.stamps(),
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
