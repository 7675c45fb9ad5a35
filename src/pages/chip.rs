//! Small marks of state: a sign and a word, so that colour is never the only carrier.

use std::fmt;

use sinetti_projections::agreement::Agreement;

use crate::i18n::Words;

/// How something stands; names a class of the stylesheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Yes,
    Wait,
    No,
    Note,
    Plain,
    MadeUp,
}

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chip {
    pub tone: Tone,
    pub word: String,
}

impl Chip {
    pub fn new(tone: Tone, word: impl Into<String>) -> Chip {
        Chip { tone, word: word.into() }
    }

    /// Marks what was made up for a demonstration.
    pub fn invented(words: Words) -> Chip {
        Chip::new(Tone::MadeUp, words.get("invented"))
    }

    /// The sign that stands before the word.
    pub fn sign(&self) -> &'static str {
        match self.tone {
            Tone::Yes => "✓",
            Tone::Wait => "…",
            Tone::No => "✕",
            Tone::Note => "i",
            Tone::Plain => "–",
            Tone::MadeUp => "*",
        }
    }
}

/// Whether the record at `version` was made up for a demonstration.
pub(super) fn is_invented(agreement: &Agreement, version: u64) -> bool {
    agreement.entries.get(&version).is_some_and(|entry| entry.common.invented)
}

impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Tone::Yes => "yes",
            Tone::Wait => "wait",
            Tone::No => "no",
            Tone::Note => "note",
            Tone::Plain => "plain",
            Tone::MadeUp => "made-up",
        })
    }
}
