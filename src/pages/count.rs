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

/// Approved and signed, of all seats.
pub(super) fn acts(status: &Status, w: Words) -> Vec<Count> {
    vec![Count::of(status, "approved", status.approved, w), Count::of(status, "signed", status.signed, w)]
}

/// Approved, signed and bound, of all seats.
pub(super) fn all(status: &Status, w: Words) -> Vec<Count> {
    let bound = Count::of(status, "count-bound", status.bound, w);
    acts(status, w).into_iter().chain([bound]).collect()
}

impl Count {
    fn of(status: &Status, id: &str, done: u64, w: Words) -> Count {
        Count { name: w.get(id), done, total: status.parties_total }
    }
}

/// What a reader must know of the figures as a whole: that some of the acts are invented.
pub(super) fn marks(status: &Status, w: Words) -> Vec<Chip> {
    if status.invented { vec![Chip::new(Tone::MadeUp, w.get("invented-some"))] } else { Vec::new() }
}
