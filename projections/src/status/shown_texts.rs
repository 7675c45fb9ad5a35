//! The texts of an agreement as they are shown.

use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use super::codes::TextErrorState;
use super::view::{TextErrorRow, TextRow};
use crate::acts::{Act, TextErrorProposed};
use crate::agreement::{Agreement, Entry};
use crate::texts;

/// Every live deposit; one text in two languages is two rows of one group.
pub(super) fn texts(agreement: &Agreement, on: Date) -> Vec<TextRow> {
    let current = texts::current(agreement, on);
    let row = |(entry, text): (&Entry, &crate::acts::TextDeposited)| {
        let group = texts::group(agreement, entry.version);
        let opened = texts::opening_of(agreement, group, on);
        TextRow {
            answer_by: opened.and_then(|(_, act)| act.answer_by),
            bytes: text.bytes,
            current: current == Some(group),
            date: text.date,
            digest: text.digest,
            group,
            language: text.language,
            media_type: text.media_type.clone(),
            opened_on: opened.and_then(|(entry, _)| entry.common.occurred_on),
            rectified_by: text.digest.and_then(|digest| rectified_by(agreement, &digest, on)),
            rectifies: text.rectifies,
            role: text.role,
            source: entry.common.source.clone(),
            technical_changes_of: text.technical_changes_of,
            titles: text.titles.clone(),
            version: entry.version,
        }
    };
    texts::deposits(agreement).map(row).collect()
}

/// The deposit that took the place of the text with `digest`.
fn rectified_by(agreement: &Agreement, digest: &Digest, on: Date) -> Option<u64> {
    let (_, act) = texts::rectified(agreement, digest).filter(|(entry, _)| entry.happened_by(on))?;
    texts::held(agreement, &act.text).map(|(version, _)| version)
}

/// The errors that were proposed by `on`, in order.
pub(super) fn errors(agreement: &Agreement, on: Date) -> Vec<TextErrorRow> {
    let proposed = agreement.of_kind("text_error_proposed").filter(|entry| entry.happened_by(on));
    let row = |entry: &Entry| match &entry.act {
        Act::TextErrorProposed(act) => Some(error(agreement, entry, act, on)),
        _ => None,
    };
    proposed.filter_map(row).collect()
}

fn error(agreement: &Agreement, entry: &Entry, act: &TextErrorProposed, on: Date) -> TextErrorRow {
    let objected = agreement.about(entry.version).filter(|it| matches!(&it.act, Act::TextErrorObjected(_)));
    let mut objected: Vec<&Entry> = objected.filter(|it| it.happened_by(on)).collect();
    objected.sort_by_key(|it| (it.common.occurred_on, it.version));
    let rectified = texts::rectification(agreement, entry.version).filter(|(it, _)| it.happened_by(on));
    TextErrorRow {
        corrected_text: rectified.map(|(_, act)| act.text),
        corrections: act.corrections.clone(),
        objections: objected.iter().filter_map(|it| it.party().cloned()).collect(),
        objections_by: act.objections_by,
        proposed_by: entry.party().cloned(),
        proposed_on: entry.common.occurred_on,
        rectified_on: rectified.and_then(|(it, _)| it.common.occurred_on),
        state: match rectified {
            Some(_) => TextErrorState::Rectified,
            None if !objected.is_empty() => TextErrorState::Objected,
            None if on <= act.objections_by => TextErrorState::Open,
            None => TextErrorState::Unopposed,
        },
        text: act.text,
        version: entry.version,
    }
}
