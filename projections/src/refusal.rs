//! Why an event is refused: slugs are the protocol, words are for people.

use std::fmt;

use sinetti_events::keys::refusal::KeyRefusal;

use crate::event::BadEvent;

/// A rule that an event breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable name of the rule, one of [`SLUGS`] or of a key rule.
    pub slug: &'static str,
    /// The member that breaks it, as a path from the payload: `data.subject`, `actor`.
    pub member: String,
    /// What is wrong.
    pub reason: String,
    /// What would be accepted: the way out.
    pub accepted: Option<String>,
}

impl Refusal {
    /// A refusal without a way out yet.
    pub fn new(slug: &'static str, member: impl Into<String>, reason: impl Into<String>) -> Refusal {
        Refusal { slug, member: member.into(), reason: reason.into(), accepted: None }
    }

    /// The same with the way out.
    #[must_use]
    pub fn but(self, accepted: impl Into<String>) -> Refusal {
        Refusal { accepted: Some(accepted.into()), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.member, self.reason)?;
        match &self.accepted {
            Some(accepted) => write!(f, "; {accepted}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<KeyRefusal> for Refusal {
    fn from(refusal: KeyRefusal) -> Refusal {
        let text = refusal.to_string();
        // Key refusals name their member first where they have one.
        let (member, reason) = match text.split_once(": ") {
            Some((member, reason)) if member == "actor" || member.starts_with("data.") => (member, reason),
            _ => (".", text.as_str()),
        };
        Refusal::new(refusal.slug(), member, reason)
    }
}

impl From<BadEvent> for Refusal {
    fn from(bad: BadEvent) -> Refusal {
        let reason = match &bad {
            BadEvent::Member { reason, .. } => reason.clone(),
            other => other.to_string(),
        };
        Refusal::new(bad.slug(), bad.member(), reason)
    }
}

/// Every slug that `decide` can answer with, and what it means. Slugs of malformed data and of
/// keys come from `sinetti_events`.
pub const SLUGS: &[(&str, &str)] = &[
    ("actor-not-allowed", "this actor may not say this type of event"),
    ("actor-not-on-roster", "the party is not on the agreement's roster"),
    ("agreement-not-open", "the first record of an agreement opens it"),
    ("agreement-open-already", "an agreement is opened once"),
];
