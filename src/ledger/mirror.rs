//! What the sequencer knows of the ledger's end: enough to place the next record.

use sinetti_events::chain::Chain;
use sinetti_events::format::record::Entry;
use sinetti_events::primitives::hash::Hash;
use sinetti_events::primitives::time::Instant;
use sinetti_events::tree::frontier::Frontier;
use sinetti_events::tree::node::NodeId;
use sinetti_projections::event::Event;

use super::fold::States;
use crate::store::rows::Head;

/// The ends of chains and tree, and the folds of all streams.
#[derive(Debug, Clone)]
pub(crate) struct Mirror {
    /// Ends of both chains.
    pub(crate) chain: Chain,
    /// Right edge of the log tree.
    pub(crate) frontier: Frontier,
    /// Leaf of record 0.
    pub(crate) first: Option<Hash>,
    /// Folds.
    pub(crate) states: States,
    /// Leaf of the newest record.
    pub(crate) last: Option<Hash>,
}

impl Mirror {
    /// Takes in a sealed record; gives the tree nodes that it completes.
    pub(crate) fn push(&mut self, entry: &Entry, event: &Event) -> Vec<(NodeId, Hash)> {
        self.chain.push(entry);
        self.first.get_or_insert(entry.leaf);
        self.last = Some(entry.leaf);
        self.states.evolve(event);
        self.frontier.push(entry.leaf)
    }

    /// What the head row must say.
    pub(crate) fn head(&self) -> Head {
        Head { size: self.chain.size(), last: self.last.zip(self.chain.last_recorded_at()) }
    }

    /// When a record made now would be recorded: never before the last one.
    pub(crate) fn recorded_at(&self, now: Instant) -> Instant {
        self.chain.last_recorded_at().map_or(now, |last| last.max(now))
    }
}
