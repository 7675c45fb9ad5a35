//! Documents that texts and events name by digest: where they can be fetched, or why not.

use std::collections::HashMap;

use sinetti_events::primitives::hash::Digest;

use crate::i18n::Words;
use crate::ledger::Ledger;

/// What is known of each of some documents.
pub(super) struct Documents(HashMap<Digest, State>);

/// One document as it is shown.
pub(super) struct Document {
    pub digest: String,
    pub words: String,
    /// Whether it can be fetched.
    pub held: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Held,
    Missing,
    Erased,
}

impl Documents {
    /// Looks whether they are held. Where the documents can't be read, none is shown as held: the rest of a page does
    /// not depend on them.
    pub async fn look(ledger: &Ledger, digests: &[Digest]) -> Documents {
        let mut states = HashMap::new();
        for digest in digests.iter().copied() {
            let state = match ledger.documents() {
                _ if ledger.document(&digest).erased => State::Erased,
                Some(documents) if matches!(documents.length(&digest).await, Ok(Some(_))) => State::Held,
                _ => State::Missing,
            };
            states.insert(digest, state);
        }
        Documents(states)
    }

    /// One of them in words.
    pub fn show(&self, digest: Digest, w: Words) -> Document {
        let state = self.0.get(&digest).copied().unwrap_or(State::Missing);
        let words = match state {
            State::Held => "document-held",
            State::Missing => "document-missing",
            State::Erased => "document-erased",
        };
        Document { digest: digest.to_string(), words: w.get(words), held: state == State::Held }
    }
}
