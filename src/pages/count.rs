//! How many of all: approved, signed, bound.

use sinetti_projections::status::Status;

use super::chip::{Chip, Tone};
use crate::i18n::Words;

/// How many of all.
pub(super) struct Count {
    pub name: String,
    pub done: u64,
    pub total: u64,
}

/// Approved, signed and bound, of all seats.
pub(super) fn counts(status: &Status, w: Words) -> Vec<Count> {
    let counts = [("approved", status.approved), ("signed", status.signed), ("count-bound", status.bound)];
    counts.into_iter().map(|(id, done)| Count { name: w.get(id), done, total: status.parties_total }).collect()
}

/// What a reader must know of the figures as a whole: that some of the acts are invented.
pub(super) fn marks(status: &Status, w: Words) -> Vec<Chip> {
    if status.invented { vec![Chip::new(Tone::MadeUp, w.get("invented-some"))] } else { Vec::new() }
}
