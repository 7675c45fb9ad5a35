//! Signatures as they are shown.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use crate::acts::line::Line;
use crate::acts::text_signed::Grade;

/// A party's signature of the current text as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureRow {
    /// Whether all who must have signed.
    pub complete: bool,
    /// When they had, else the newest signature's date.
    pub date: Option<Date>,
    /// The roles, in legal order.
    pub roles: Vec<RoleSigned>,
}

/// One role's signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleSigned {
    /// When.
    pub date: Option<Date>,
    /// Digest of the approved text from which the signed one differs by minor technical changes.
    pub differs_from: Option<Digest>,
    /// With what kind of signature.
    pub grade: Grade,
    /// The role for which a substitute signed.
    pub on_behalf_of_role: Option<Line>,
    /// The signer's own role.
    pub role: Line,
    /// SHA-256 of the scan of a signature on paper.
    pub scan: Option<Digest>,
    /// The digest signed.
    pub text: Digest,
    /// Version of the record.
    pub version: u64,
}
