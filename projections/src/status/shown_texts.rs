//! The texts of an agreement as they are shown.

use sinetti_events::primitives::time::Date;

use super::view::TextRow;
use crate::agreement::Agreement;
use crate::texts;

/// Every live deposit; one text in two languages is two rows of one group.
pub(super) fn texts(agreement: &Agreement, on: Date) -> Vec<TextRow> {
    let current = texts::current(agreement, on);
    let row = |(entry, text): (&crate::agreement::Entry, &crate::acts::TextDeposited)| {
        let group = texts::group(agreement, entry.version);
        TextRow {
            bytes: text.bytes,
            current: current == Some(group),
            date: text.date,
            digest: text.digest,
            group,
            language: text.language,
            media_type: text.media_type.clone(),
            role: text.role,
            source: entry.common.source.clone(),
            technical_changes_of: text.technical_changes_of,
            titles: text.titles.clone(),
            version: entry.version,
        }
    };
    texts::deposits(agreement).map(row).collect()
}
