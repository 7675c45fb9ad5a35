//! Organs of a party, and sections of minutes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::line::Line;

/// An organ as its minutes name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organ {
    /// What it is by law.
    pub kind: OrganKind,
    /// Its name in the minutes' own language, such as `aluehallitus`.
    pub name: Line,
}

/// What an organ is by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganKind {
    /// Board: `kunnanhallitus`, `aluehallitus`, `maakuntahallitus`.
    Board,
    /// Committee: `lautakunta`.
    Committee,
    /// Council: `valtuusto`, `aluevaltuusto`, `maakuntavaltuusto`.
    Council,
    /// Forum such as a municipal managers' meeting or a management group: it never decides.
    Forum,
    /// Office holder who decides alone: `viranhaltija`.
    Official,
}

/// A section (§) of minutes, without the sign: `43`, `43 a`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into)]
pub struct Section(#[schemars(regex(pattern = r"^[0-9]{1,6}( ?[a-z])?$"))] String);

/// Not a section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a section; write its number as text without the sign §, as in \"43\"")]
pub struct BadSection;

impl OrganKind {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            OrganKind::Board => "board",
            OrganKind::Committee => "committee",
            OrganKind::Council => "council",
            OrganKind::Forum => "forum",
            OrganKind::Official => "official",
        }
    }
}

impl Organ {
    /// Whether two records name the same organ: same kind, same name whatever its capitals.
    pub fn is_same(&self, other: &Organ) -> bool {
        self.kind == other.kind && self.name.to_lowercase() == other.name.to_lowercase()
    }
}

impl Section {
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Section {
    type Error = BadSection;

    fn try_from(text: String) -> Result<Section, BadSection> {
        let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = text.len() - letters.len();
        let letter = letters.strip_prefix(' ').unwrap_or(letters);
        let one = letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_lowercase());
        let good = (1..=6).contains(&digits) && (letters.is_empty() || one);
        if good { Ok(Section(text)) } else { Err(BadSection) }
    }
}

impl From<Section> for String {
    fn from(section: Section) -> String {
        section.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_as_strict_as_the_parser() {
        let schema = schemars::schema_for!(Section);
        assert_eq!(schema.get("pattern").and_then(|it| it.as_str()), Some("^[0-9]{1,6}( ?[a-z])?$"));
    }

    #[test]
    fn a_section_is_a_number_and_perhaps_a_letter() {
        for good in ["43", "43 a", "7b", "123456"] {
            assert!(Section::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", "§ 43", "43 §", "a", "43  a", "43 A", "43 ", "1234567", "4–3"] {
            assert_eq!(Section::try_from(bad.to_owned()), Err(BadSection), "{bad:?}");
        }
    }
}
