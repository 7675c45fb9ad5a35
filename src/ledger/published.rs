//! What the ledger has said in public: the newest checkpoint and the states under it. Reads show
//! this and nothing newer, so that whatever is shown is proven.

use std::collections::HashMap;

use sinetti_events::chain::StreamHead;
use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::ids::StreamId;
use sinetti_projections::documents::Documents;

use super::fold::States;

/// The newest record of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tip {
    /// Version and leaf.
    pub(crate) head: StreamHead,
    /// Its place in the ledger.
    pub(crate) index: u64,
}

/// A published checkpoint with what it covers.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    /// Number of records that reads may show.
    pub(crate) size: u64,
    /// Root of their tree.
    pub(crate) root: Hash,
    /// The signed note that proofs embed; none when nothing stored could be proven.
    pub(crate) note: Option<String>,
    /// The newest note ever shown: in a database that was cut short it is newer than `note`.
    pub(crate) shown: Option<String>,
    /// States of all streams.
    pub(crate) states: States,
    /// Newest records, by stream number.
    tips: Vec<Tip>,
    numbers: HashMap<StreamId, usize>,
    /// Which documents the records name.
    pub(crate) documents: Documents,
    /// Records that must not be shown, by stream: index and what does not fit.
    pub(crate) damaged: HashMap<StreamId, (u64, String)>,
}

impl Published {
    /// Nothing yet.
    pub(crate) fn empty() -> Published {
        Published {
            size: 0,
            root: Hash::empty_root(),
            note: None,
            shown: None,
            states: States::default(),
            tips: Vec::new(),
            numbers: HashMap::new(),
            documents: Documents::default(),
            damaged: HashMap::new(),
        }
    }

    /// The newest record of a stream.
    pub(crate) fn tip(&self, stream: &StreamId) -> Option<&Tip> {
        self.numbers.get(stream).and_then(|number| self.tips.get(*number))
    }

    /// The newest records of all streams, by stream number.
    pub(crate) fn tips(&self) -> &[Tip] {
        &self.tips
    }

    /// Takes in newly published records, in order of their streams' numbers where those are new;
    /// their streams' states come from `states`.
    pub(crate) fn advance(&mut self, grown: &[Tip], states: &States) {
        for tip in grown {
            let stream = &tip.head.agreement;
            self.states.take(stream, states);
            if !stream.is_registry() {
                self.documents.take(&states.agreement(stream));
            }
            if let Some(known) = self.numbers.get(stream).and_then(|number| self.tips.get_mut(*number)) {
                *known = tip.clone();
            } else {
                self.numbers.insert(stream.clone(), self.tips.len());
                self.tips.push(tip.clone());
            }
        }
    }

    /// Shows a new checkpoint.
    pub(crate) fn show(&mut self, checkpoint: &Checkpoint, note: &str) {
        self.size = checkpoint.size;
        self.root = checkpoint.root;
        self.note = Some(note.to_owned());
        self.shown = self.note.clone();
    }
}
