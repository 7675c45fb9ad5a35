//! Duties by law: what, who, when, done or overdue, and by which records that is known.

use sinetti_projections::status::{Duty, DutyState};

use super::Source;
use crate::i18n::{date, t};
use crate::pages::chip::{Chip, Tone};

/// One duty in one period.
pub(in crate::pages) struct DutyRow {
    pub what: String,
    /// The provision that sets it.
    pub basis: String,
    pub period: String,
    pub due: String,
    pub chips: Vec<Chip>,
    pub done_on: Option<String>,
    /// The records by which it was done.
    pub records: Vec<u64>,
    /// Whose it is.
    pub parties: String,
    /// Who of them has not taken part.
    pub missing: Option<String>,
}

/// `duties` as rows.
pub(in crate::pages) fn rows<'a>(source: Source<'_>, duties: impl Iterator<Item = &'a Duty>) -> Vec<DutyRow> {
    duties.map(|duty| row(source, duty)).collect()
}

fn row(source: Source<'_>, duty: &Duty) -> DutyRow {
    let w = source.w;
    let tone = match duty.state {
        DutyState::Done => Tone::Yes,
        DutyState::Due => Tone::Wait,
        DutyState::Overdue => Tone::No,
    };
    let state = Chip::new(tone, w.term("duty-state", duty.state.as_str()));
    let days = [("from", date(w.0, duty.period.from).into()), ("to", date(w.0, duty.period.to).into())];
    let open = duty.state != DutyState::Done && !duty.done_by.is_empty();
    DutyRow {
        what: w.term("duty", duty.kind.as_str()),
        basis: duty.basis.clone(),
        period: t(w.0, "duties-days", &days),
        due: date(w.0, duty.due_on),
        chips: [state].into_iter().chain(duty.invented.then(|| Chip::invented(w))).collect(),
        done_on: duty.done_on.map(|day| date(w.0, day)),
        records: duty.done_by.clone(),
        parties: match duty.parties.len() {
            0..=3 => source.names(&duty.parties),
            count => w.count("duties-parties", count),
        },
        missing: open.then(|| source.names(&duty.missing)).filter(|names| !names.is_empty()),
    }
}
