//! A name and a value of a definition list.

use crate::i18n::Words;

/// One line of facts.
pub(super) struct Fact {
    pub name: String,
    pub value: String,
}

impl Fact {
    /// A fact named by message `id`.
    pub fn new(words: Words, id: &str, value: impl ToString) -> Fact {
        Fact { name: words.get(id), value: value.to_string() }
    }
}
