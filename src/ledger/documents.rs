//! What the published records say of documents, and where those are kept.

use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::documents::Naming;

use super::Ledger;
use crate::documents::Documents;

/// A document as the published records know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The events that name it, in order; nobody may put a document that none names.
    pub namings: Vec<Naming>,
    /// It was erased: it is not given out, and not taken in again.
    pub erased: bool,
}

impl Ledger {
    /// Where documents are kept; none when a database is read without its server.
    pub fn documents(&self) -> Option<&Documents> {
        self.0.documents.as_ref()
    }

    /// What the records say of a document.
    pub fn document(&self, digest: &Digest) -> Document {
        self.0.shared.read(|published| Document {
            namings: published.documents.namings(digest).to_vec(),
            erased: published.documents.is_erased(digest, published.states.registry()),
        })
    }

    /// The documents that an agreement's records name, each once, in order of their digests; without those that were erased.
    pub fn documents_of(&self, agreement: &StreamId) -> Vec<Digest> {
        self.0.shared.read(|published| {
            let registry = published.states.registry();
            let mut of = published.documents.of(agreement);
            of.retain(|digest| !published.documents.is_erased(digest, registry));
            of
        })
    }
}
