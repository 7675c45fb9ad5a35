//! Words as they stand in acts: one line, and one line in each language.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longest [`Line`], in bytes.
pub const MAX_LINE: usize = 2_000;

/// One line of words: not empty, without white space at its ends, [`MAX_LINE`] bytes at most.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into)]
pub struct Line(#[schemars(length(min = 1, max = 2000))] String);

/// A language in which agreements and names are written (ISO 639).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// Finnish.
    Fi,
    /// Northern Sámi.
    Se,
    /// Inari Sámi.
    Smn,
    /// Skolt Sámi.
    Sms,
    /// Swedish.
    Sv,
}

/// The same words by language; at least one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "BTreeMap<Language, Line>", into = "BTreeMap<Language, Line>")]
pub struct Words(BTreeMap<Language, Line>);

/// The text is no [`Line`], or there are no [`Words`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// Nothing in it.
    #[error("empty; leave the member out, or say something")]
    Empty,
    /// White space at an end.
    #[error("white space at the beginning or end; take it out")]
    Padded,
    /// Too long.
    #[error("longer than {MAX_LINE} bytes; name a long text by its digest")]
    TooLong,
}

impl Line {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Words {
    /// The words in `language`, else in Finnish, else in the first language there is.
    pub fn in_language(&self, language: Language) -> &str {
        let wanted = self.0.get(&language).or_else(|| self.0.get(&Language::Fi));
        wanted.or_else(|| self.0.values().next()).map_or("", Line::as_str)
    }

    /// The words in exactly `language`.
    pub fn get(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(Line::as_str)
    }

    /// All, by language.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, line)| (*language, line.as_str()))
    }
}

impl Language {
    /// The code as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fi => "fi",
            Language::Se => "se",
            Language::Smn => "smn",
            Language::Sms => "sms",
            Language::Sv => "sv",
        }
    }
}

impl TryFrom<String> for Line {
    type Error = BadLine;

    fn try_from(text: String) -> Result<Line, BadLine> {
        if text.trim().is_empty() {
            return Err(BadLine::Empty);
        }
        if text.trim().len() != text.len() {
            return Err(BadLine::Padded);
        }
        if text.len() > MAX_LINE { Err(BadLine::TooLong) } else { Ok(Line(text)) }
    }
}

impl From<Line> for String {
    fn from(line: Line) -> String {
        line.0
    }
}

impl TryFrom<BTreeMap<Language, Line>> for Words {
    type Error = BadLine;

    fn try_from(words: BTreeMap<Language, Line>) -> Result<Words, BadLine> {
        if words.is_empty() { Err(BadLine::Empty) } else { Ok(Words(words)) }
    }
}

impl From<Words> for BTreeMap<Language, Line> {
    fn from(words: Words) -> BTreeMap<Language, Line> {
        words.0
    }
}

impl Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_something_and_has_clean_ends() {
        assert_eq!(Line::try_from(" ".to_owned()), Err(BadLine::Empty));
        assert_eq!(Line::try_from("a ".to_owned()), Err(BadLine::Padded));
        assert_eq!(Line::try_from("a".repeat(MAX_LINE + 1)), Err(BadLine::TooLong));
        assert!(Line::try_from("Tampereen kaupunki".to_owned()).is_ok());
    }

    #[test]
    fn an_unknown_language_is_refused() {
        assert!(serde_json::from_str::<Words>(r#"{"fi":"a","xx":"b"}"#).is_err());
        assert!(serde_json::from_str::<Words>("{}").is_err());
    }
}
