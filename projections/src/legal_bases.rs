//! Which provision a line such as `612/2021 §§ 6, 7, 10` names.

/// Whether `line` names section `section` of the act `act`, such as 14 of `611/2021`.
///
/// Read are an act's number and year and the sections after it, as in `611/2021 § 14`, `612/2021 §§ 6, 7 ja 10–12`
/// and `611/2021 14 § 2 mom.`. An act that is named in words only is not recognised.
pub fn names(line: &str, act: &str, section: u64) -> bool {
    let mut within = false;
    let tokens: Vec<&str> = line.split(|c: char| c.is_whitespace() || c == ',' || c == ';').collect();
    tokens.iter().enumerate().any(|(at, token)| {
        if is_act(token) {
            within = *token == act;
            return false;
        }
        // The number of a subsection (momentti) or item (kohta) is none of a section.
        let next = tokens.get(at + 1).copied().unwrap_or_default();
        let part = ["mom", "koh"].iter().any(|word| next.starts_with(word));
        within && !part && holds(token, section)
    })
}

/// A number and a year: `611/2021`.
fn is_act(token: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    token.split_once('/').is_some_and(|(number, year)| digits(number) && year.len() == 4 && digits(year))
}

/// `14`, `§14`, or `10–12` for 11.
fn holds(token: &str, section: u64) -> bool {
    let bare = token.trim_matches(|c: char| !c.is_ascii_digit());
    let (first, last) = bare.split_once(['-', '–']).unwrap_or((bare, bare));
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) => (first..=last).contains(&section),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_found_however_the_provision_is_written() {
        for line in [
            "612/2021 § 7",
            "612/2021 §7",
            "612/2021 §§ 6, 7, 10, 32, 50",
            "612/2021 7 §",
            "612/2021 7 § 2 mom.",
            "611/2021 § 14; 612/2021 §§ 6, 7",
            "laki sosiaali- ja terveydenhuollon järjestämisestä 612/2021 6–10 §",
            "612/2021 §§ 6 ja 7",
        ] {
            assert!(names(line, "612/2021", 7), "{line}");
        }
    }

    #[test]
    fn what_is_of_another_act_or_no_section_is_not() {
        for line in [
            "611/2021 § 7",
            "612/2021 § 17",
            "612/2021 § 70",
            "612/2021 § 14; 611/2021 § 7",
            "612/2021 6 § 7 mom.",
            "612/2021 6 § 1 mom. 7 kohta",
            "järjestämislaki 7 §",
            "612/2022 § 7",
            "612/2021",
            "",
            "§ 7",
        ] {
            assert!(!names(line, "612/2021", 7), "{line}");
        }
    }
}
