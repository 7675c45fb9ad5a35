//! Addresses in running text as links: sources name where they can be read.

/// A stretch of text; with an address, where it is one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub text: &'a str,
    pub is_address: bool,
}

/// Splits text into addresses (`https://` and `http://` only) and what stands between them.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || "<>\"'|\\^`{}".contains(c)).unwrap_or(from.len());
        let address = without_marks(&from[..end]);
        parts.push(Part { text: before, is_address: false });
        parts.push(Part { text: address, is_address: true });
        rest = &from[address.len()..];
    }
    parts.push(Part { text: rest, is_address: false });
    parts.retain(|part| !part.text.is_empty());
    parts
}

/// Without the marks that end a sentence and not an address; a bracket stays that was opened within it.
fn without_marks(mut address: &str) -> &str {
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let opened = shorter.matches('(').count() >= shorter.matches(')').count();
        let shorter = if opened { shorter } else { shorter.strip_suffix(')').unwrap_or(shorter) };
        if shorter == address {
            return address;
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<&str> {
        parts(text).into_iter().filter(|part| part.is_address).map(|part| part.text).collect()
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let text = "Tiedote; https://www.example.fi/a_(1). Ja (http://b.fi).";
        assert_eq!(addresses(text), ["https://www.example.fi/a_(1)", "http://b.fi"]);
        assert_eq!(addresses("ei osoitetta"), Vec::<&str>::new());
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for text in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x"] {
            assert_eq!(addresses(text), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(addresses("https://x.fi\"onmouseover=alert(1)"), ["https://x.fi"]);
    }

    #[test]
    fn nothing_of_the_text_is_lost() {
        for text in ["", "https://", "a https://b.fi, c http://d.fi", "http://https://x", "ä https://ö.fi ö"] {
            let whole: String = parts(text).into_iter().map(|part| part.text).collect();
            assert_eq!(whole, text);
        }
    }
}
