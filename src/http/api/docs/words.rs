//! The little Markdown that descriptions have: paragraphs and `code`.

/// A description.
pub struct Paragraphs(pub Vec<Vec<Piece>>);

/// Text, plain or code.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// Between backticks.
    pub code: bool,
    /// Without them.
    pub text: String,
}

impl Paragraphs {
    /// Splits `text` at empty lines, and each paragraph at backticks.
    pub fn of(text: &str) -> Paragraphs {
        Paragraphs(text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).map(pieces).collect())
    }
}

fn pieces(paragraph: &str) -> Vec<Piece> {
    let pieces = paragraph.split('`').enumerate();
    let pieces = pieces.map(|(at, text)| Piece { code: at % 2 == 1, text: text.to_owned() });
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_code_are_told_apart() {
        let Paragraphs(paragraphs) = Paragraphs::of("See `slug`.\n\n`x`");
        let piece = |code, text: &str| Piece { code, text: text.into() };
        assert_eq!(
            paragraphs,
            [vec![piece(false, "See "), piece(true, "slug"), piece(false, ".")], vec![piece(true, "x")],]
        );
    }
}
