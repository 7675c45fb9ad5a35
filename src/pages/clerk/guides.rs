//! What to do when a key is made, replaced, lost, or known to somebody else: step by step.

use sinetti_events::primitives::ids::PartyId;

use crate::i18n::{self, Words};

/// The guides in the order of the page: name, whether it ends in a revocation, whether that says since when.
const GUIDES: [(&str, bool, bool); 4] =
    [("first", false, false), ("rotate", true, false), ("lost", true, false), ("compromised", true, true)];

/// One guide.
pub(super) struct Guide {
    pub name: &'static str,
    pub title: String,
    pub steps: Vec<String>,
    /// Whether a key is revoked in it.
    pub closes: bool,
    pub asks_since: bool,
}

/// The guides for `party`; the registrar does its part of them.
pub(super) fn of(w: Words, party: &PartyId) -> Vec<Guide> {
    let side = if party.is_registrar() { "registrar-" } else { "" };
    let guide = |(name, closes, asks_since): (&'static str, bool, bool)| {
        let id = format!("desk-guide-{side}{name}");
        Guide { name, title: w.get(&format!("{id}-title")), steps: steps(w, &id), closes, asks_since }
    };
    GUIDES.into_iter().map(guide).collect()
}

/// As many as have words.
fn steps(w: Words, id: &str) -> Vec<String> {
    let ids = (1..).map(|step| format!("{id}-{step}"));
    ids.take_while(|id| i18n::has(w.0, id)).map(|id| w.get(&id)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_guide_has_its_steps_on_both_sides() {
        for lang in Lang::ALL {
            for party in [PartyId::registrar(), "yksi".parse().unwrap()] {
                for guide in of(Words(lang), &party) {
                    assert!(guide.steps.len() >= 3 && !guide.title.starts_with("desk-"), "{lang} {}", guide.name);
                }
            }
        }
    }
}
