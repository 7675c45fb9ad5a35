//! Amendments, and the texts that hold for whom.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::seat::Missing;
use crate::acts::line::{Line, Words};
use crate::acts::rules::AmendmentRule;

/// A proposed amendment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// How many of those asked have accepted it: approved and, where the agreement asks for it, signed.
    pub accepted: u64,
    /// How many of those asked have approved its text.
    pub approved: u64,
    /// The articles that it changes.
    pub articles: Vec<Line>,
    /// How many parties are asked: those of the agreement that have not left.
    pub asked: u64,
    /// Since when it binds every party; its new rules and term hold from then.
    pub binds_all_from: Option<Date>,
    /// The parties that it binds.
    pub bound: Vec<BoundParty>,
    /// Whether the conditions of its rule hold.
    pub conditions_met: bool,
    /// Whether the registrar has determined it, on or before the date.
    pub determined: bool,
    /// While it is in force: the parties by the amendments that bind them.
    pub groups: Vec<TextGroup>,
    /// Whether it is in force between some parties.
    pub in_force: bool,
    /// Since when.
    pub in_force_since: Option<Date>,
    /// Who of those asked has not accepted it, and what is missing.
    pub missing: Vec<Missing>,
    /// The rule by which it binds.
    pub rule: AmendmentRule,
    /// How many of those asked have signed its text.
    pub signed: u64,
    /// SHA-256 of its text, in hex.
    pub text: Digest,
    /// Titles of its text by language.
    pub titles: Option<Words>,
    /// Version of the record that proposes it.
    pub version: u64,
}

/// A party that an amendment binds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoundParty {
    /// Who.
    pub party: PartyId,
    /// Since when.
    pub since: Date,
}

/// Parties that the same amendments bind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextGroup {
    /// Versions of the amendments; none for those who hold to the text as it was approved.
    pub amendments: Vec<u64>,
    /// Version of the text that consolidates just these, where one is deposited.
    pub consolidated: Option<u64>,
    /// The parties.
    pub parties: Vec<PartyId>,
}
