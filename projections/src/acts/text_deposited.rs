//! `text_deposited`: a text of the agreement, named by its SHA-256.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use super::line::{Language, Line, Words};

/// Deposits one language version of a text; by the registrar. The document itself is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextDeposited {
    /// Length of the document in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Date that the text bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// SHA-256 of the document, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// True for a text that the ledger does not hold and knows by title and date only; else left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub digest_unknown: bool,
    /// Language of this version.
    pub language: Language,
    /// Media type of the document, such as `application/pdf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Line>,
    /// What it is for.
    pub role: TextRole,
    /// Version of an earlier deposit of the same text: another language, or the description
    /// of a text that is now held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_text_as: Option<u64>,
    /// Digest of the text that this one differs from by minor technical changes only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical_changes_of: Option<Digest>,
    /// Titles by language.
    pub titles: Words,
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextRole {
    /// Amends the agreement.
    Amendment,
    /// Belongs to the agreement, on its own terms.
    Annex,
    /// The text that the parties are asked to approve.
    Approval,
    /// Main text and amendments in one.
    Consolidated,
    /// Not yet for approval.
    Draft,
}

impl TextRole {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            TextRole::Amendment => "amendment",
            TextRole::Annex => "annex",
            TextRole::Approval => "approval",
            TextRole::Consolidated => "consolidated",
            TextRole::Draft => "draft",
        }
    }
}
