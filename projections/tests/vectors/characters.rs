//! The table of characters that no string may have, for the browser: its own tables are of another
//! Unicode version than ours, and both must refuse the same.

use std::fmt::Write;
use std::fs;

use sinetti_events::primitives::text::{BadText, UNICODE_VERSION, check};

/// Proves that `assets/verify/characters.js` is fresh, or writes it.
pub fn prove() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/verify/characters.js");
    if std::env::var_os("SINETTI_WRITE_VECTORS").is_some() {
        fs::write(path, module()).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(committed == module(), "{path} is not fresh; run with SINETTI_WRITE_VECTORS=1 and commit");
}

fn module() -> String {
    let (major, minor, _) = UNICODE_VERSION;
    let mut words = String::new();
    let mut end = 0;
    for (from, to) in refused() {
        write!(words, "{} {} ", base_36(from - end), base_36(to - from)).unwrap();
        end = to;
    }
    TEMPLATE.replace("{unicode}", &format!("{major}.{minor}")).replace("{table}", &lines(words.trim_end()))
}

const TEMPLATE: &str = "\
// Made by projections/tests/vectors/characters.rs (SINETTI_WRITE_VECTORS=1); not to be changed by hand.

/// What no string may have, of Unicode {unicode}: unassigned, control, format and invisible characters. Base 36, in turn:
/// how many code points are allowed, how many are refused.
const TABLE = `
{table}
`;

/// Where each run of refused code points begins and ends.
const [FROM, TO] = (() => {
  const [from, to] = [[], []];
  let at = 0;
  TABLE.trim().split(/\\s+/).forEach((length, turn) => {
    at += parseInt(length, 36);
    (turn % 2 ? to : from).push(at);
  });
  return [from, to];
})();

/// Whether no string may have the code point.
export function isRefused(codePoint) {
  let [low, high] = [0, FROM.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (TO[middle] <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low < FROM.length && FROM[low] <= codePoint;
}
";

/// Runs of refused code points, surrogates among them: from, and the first after.
fn refused() -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for code in (0..=0x0010_FFFF).filter(|code| is_refused(*code)) {
        match runs.last_mut() {
            Some((_, to)) if *to == code => *to += 1,
            _ => runs.push((code, code + 1)),
        }
    }
    runs
}

fn is_refused(code: u32) -> bool {
    let Some(character) = char::from_u32(code) else { return true };
    matches!(check(&character.to_string()), Err((_, BadText::Invisible { .. } | BadText::Unassigned { .. })))
}

fn base_36(number: u32) -> String {
    let mut rest = number;
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(rest % 36, 36).unwrap());
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// Breaks words into lines.
fn lines(words: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in words.split(' ') {
        let gap = if width == 0 {
            ""
        } else if width + word.len() > 115 {
            "\n"
        } else {
            " "
        };
        width = if gap == " " { width + 1 + word.len() } else { word.len() };
        out.push_str(gap);
        out.push_str(word);
    }
    out
}
