//! The texts that decisions and signatures name.

use sinetti_projections::agreement::Agreement;
use sinetti_projections::status::{Status, TextRow};

use super::chip::{self, Chip, Tone};
use super::documents::{Document, Documents};
use super::fact::Fact;
use crate::i18n::{Titled, Words, date, t};

/// One deposited text as it is shown.
pub(super) struct Text {
    pub version: u64,
    pub title: Titled,
    pub chips: Vec<Chip>,
    pub facts: Vec<Fact>,
    pub document: Option<Document>,
}

/// What is said of a reader's own copy; the names in braces are filled in by a script.
pub(super) struct Copy {
    pub same: String,
    pub other: String,
    pub too_large: String,
}

impl Copy {
    pub fn words(w: Words) -> Copy {
        let named = ["file", "title", "digest"].map(|name| (name, format!("{{{name}}}").into()));
        let [same, other, too_large] = ["copy-same", "copy-other", "copy-too-large"].map(|id| t(w.0, id, &named));
        Copy { same, other, too_large }
    }
}

/// All of them, in the order of deposit.
pub(super) fn texts(status: &Status, agreement: &Agreement, documents: &Documents, w: Words) -> Vec<Text> {
    status.texts.iter().map(|row| text(row, agreement, documents, w)).collect()
}

fn text(row: &TextRow, agreement: &Agreement, documents: &Documents, w: Words) -> Text {
    let role = Chip::new(Tone::Plain, w.term("role", row.role.as_str()));
    let current = row.current.then(|| Chip::new(Tone::Note, w.get("text-current")));
    let invented = chip::is_invented(agreement, row.version).then(|| Chip::invented(w));
    let dated = row.date.map(|day| Fact::new(w, "text-dated", date(w.0, day)));
    let source = row.source.as_ref().map(|source| Fact::new(w, "event-source", source));
    let language = Fact::new(w, "text-language", w.term("language", row.language.as_str()));
    Text {
        version: row.version,
        title: Titled::of(w.0, &row.titles),
        chips: current.into_iter().chain([role]).chain(invented).collect(),
        facts: dated.into_iter().chain([language]).chain(source).collect(),
        document: row.digest.map(|digest| documents.show(digest, w)),
    }
}
