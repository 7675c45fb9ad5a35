//! `text_signed`: one role signs one text for its party.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::hash::Digest;

use super::line::Line;

/// One signature. Officials who sign jointly each send their own. Never transcribed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextSigned {
    /// With what kind of signature.
    pub grade: Grade,
    /// The role of the mandate for which the signer, a substitute, signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_role: Option<Line>,
    /// The signer's own role, such as `hallituksen puheenjohtaja`.
    pub role: Line,
    /// Name of the signer (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Commitment>,
    /// SHA-256 of the text, in hex.
    pub text: Digest,
}

/// What kind of signature stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// On paper; the party states it with its key.
    Paper,
    /// The party's key in this ledger alone.
    LedgerKey,
    /// Advanced electronic signature (eIDAS art. 26).
    Advanced,
    /// Qualified electronic signature (eIDAS art. 3(12)).
    Qualified,
}

impl TextSigned {
    /// The role that the signature counts for.
    pub fn counted_role(&self) -> &Line {
        self.on_behalf_of_role.as_ref().unwrap_or(&self.role)
    }
}

impl Grade {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::Paper => "paper",
            Grade::LedgerKey => "ledger_key",
            Grade::Advanced => "advanced",
            Grade::Qualified => "qualified",
        }
    }
}
