//! Evidence as a file: JSON with the members of its kind (FORMATS § 9a).

use serde::{Deserialize, Serialize};

use super::history::History;
use super::{Claim, Evidence, FORMAT};
use crate::log::vkey::VerifierKey;
use crate::primitives::base64;
use crate::primitives::hash::Hash;
use crate::primitives::ids::Origin;

/// Reads a file.
///
/// # Errors
///
/// Why it is none of these.
pub(super) fn read(bytes: &[u8]) -> Result<Evidence, String> {
    let file: File = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if file.format != FORMAT {
        return Err(format!("its format is {:?}", file.format));
    }
    let (ledger, log_keys) = (file.ledger.clone(), file.log_keys.clone());
    Ok(Evidence { ledger, log_keys, claim: file.claim()? })
}

/// The members of a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    kind: Kind,
    ledger: Origin,
    log_keys: Vec<VerifierKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    older: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hashes: Option<Vec<Hash>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    earlier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    later: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proof: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    history: Option<History>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Fork,
    Rollback,
    Record,
}

impl File {
    fn claim(self) -> Result<Claim, String> {
        let claim = match self {
            File { kind: Kind::Fork, older: Some(older), newer: Some(newer), hashes: Some(hashes), .. } => {
                Claim::Fork { older, newer, hashes }
            }
            File { kind: Kind::Rollback, earlier: Some(earlier), later: Some(later), .. } => {
                Claim::Rollback { earlier, later }
            }
            File {
                kind: Kind::Record,
                record: Some(record),
                proof: Some(proof),
                slug: Some(slug),
                reason: Some(reason),
                history,
                ..
            } => {
                let record = base64::decode(&record).map_err(|bad| format!("record: {bad}"))?;
                Claim::Record { record, proof, slug, reason, history }
            }
            _ => return Err("a member of its kind is missing, or one of another kind is there".to_owned()),
        };
        Ok(claim)
    }
}

impl Serialize for Evidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = File {
            format: FORMAT.to_owned(),
            kind: Kind::Fork,
            ledger: self.ledger.clone(),
            log_keys: self.log_keys.clone(),
            older: None,
            newer: None,
            hashes: None,
            earlier: None,
            later: None,
            record: None,
            proof: None,
            slug: None,
            reason: None,
            history: None,
        };
        match self.claim.clone() {
            Claim::Fork { older, newer, hashes } => {
                (file.older, file.newer, file.hashes) = (Some(older), Some(newer), Some(hashes));
            }
            Claim::Rollback { earlier, later } => {
                file.kind = Kind::Rollback;
                (file.earlier, file.later) = (Some(earlier), Some(later));
            }
            Claim::Record { record, proof, slug, reason, history } => {
                file.kind = Kind::Record;
                (file.record, file.proof) = (Some(base64::encode(record)), Some(proof));
                (file.slug, file.reason, file.history) = (Some(slug), Some(reason), history);
            }
        }
        file.serialize(serializer)
    }
}
