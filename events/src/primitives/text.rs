//! Which characters a string may have: NFC (UAX #15) and nothing that hides.
//!
//! The tables are those of the crates' Unicode version, [`UNICODE_VERSION`]. NFC of assigned
//! characters never changes (Unicode stability policy), and unassigned ones are refused, so a
//! later table accepts everything that this one accepts.

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Version of the Unicode tables that decide what is assigned: (major, minor, update).
pub const UNICODE_VERSION: (u64, u64, u64) = unicode_properties::UNICODE_VERSION;

/// A string has a character that a signed text can't have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// The same letters in another encoding, as macOS file names and some PDFs have them.
    #[error("not in Unicode normalisation form C; write it as {nfc:?} (NFC)")]
    NotNfc {
        /// What to write instead.
        nfc: String,
    },
    /// Control, bidirectional, zero-width or other invisible character.
    #[error("invisible or control character U+{code:04X}; take it out")]
    Invisible {
        /// The character's code point.
        code: u32,
    },
    /// No character of this Unicode version.
    #[error("unassigned code point U+{code:04X}; take it out")]
    Unassigned {
        /// The code point.
        code: u32,
    },
}

/// Checks one string; the byte offset of the first bad character is given with the defect.
///
/// # Errors
///
/// The first defect; [`BadText::NotNfc`] is told at the first character that NFC would change.
pub fn check(text: &str) -> Result<(), (usize, BadText)> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Ok(());
    }
    for (at, character) in text.char_indices() {
        check_character(character).map_err(|bad| (at, bad))?;
    }
    if is_nfc(text) {
        return Ok(());
    }
    let nfc: String = text.nfc().collect();
    Err((first_difference(text, &nfc), BadText::NotNfc { nfc }))
}

fn check_character(character: char) -> Result<(), BadText> {
    let code = u32::from(character);
    match character.general_category() {
        GeneralCategory::Unassigned => Err(BadText::Unassigned { code }),
        GeneralCategory::Control
        | GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => Err(BadText::Invisible { code }),
        _ if is_blank(character) => Err(BadText::Invisible { code }),
        _ => Ok(()),
    }
}

/// Zero-width characters outside category Cf (of Unicode's `Default_Ignorable_Code_Point`).
fn is_blank(character: char) -> bool {
    matches!(character,
        '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{3164}' | '\u{FFA0}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn first_difference(left: &str, right: &str) -> usize {
    let same = left.char_indices().zip(right.chars()).find(|((_, l), r)| l != r);
    same.map_or(left.len().min(right.len()), |((at, _), _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finnish_and_swedish_pass() {
        assert_eq!(check("Mänttä-Vilppula, Åbo, Koski Tl – § 43"), Ok(()));
    }

    #[test]
    fn nfd_is_refused_with_the_nfc_form() {
        let nfc = "Mänttä".to_owned();
        assert_eq!(check("Ma\u{308}ntta\u{308}"), Err((1, BadText::NotNfc { nfc })));
    }

    #[test]
    fn what_hides_is_refused() {
        for code in [0x00, 0x0A, 0x7F, 0x85, 0xAD, 0x200B, 0x200D, 0x202E, 0x2066, 0x2028, 0xFEFF, 0xFE0F] {
            let text = format!("a{}", char::from_u32(code).unwrap_or('?'));
            assert_eq!(check(&text), Err((1, BadText::Invisible { code })), "U+{code:04X}");
        }
    }

    #[test]
    fn unassigned_is_refused() {
        assert_eq!(check("\u{0378}"), Err((0, BadText::Unassigned { code: 0x378 })));
        assert_eq!(check("\u{FFFF}"), Err((0, BadText::Unassigned { code: 0xFFFF })));
    }
}
