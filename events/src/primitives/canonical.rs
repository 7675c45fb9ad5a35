//! RFC 8785 (JCS) canonical JSON, narrowed: integers within ±(2^53−1), no null, ASCII member
//! names, strings as [`super::text`] allows.
//!
//! Under these limits bytes are canonical exactly when one pass over them finds no white space,
//! strictly ascending member names, shortest escapes and shortest integers, so that is what
//! [`check`] does; it says where the first wrong byte is. Duplicate members can't ascend.

use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::text::{self, BadText};

/// Deepest nesting of objects and arrays.
pub const MAX_DEPTH: usize = 16;

/// Largest absolute value of an integer: 2^53 − 1.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Which member names are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// `[a-z][a-z0-9_]*`: payloads.
    SnakeCase,
    /// Printable ASCII without quote and backslash: records and envelopes (DSSE has `payloadType`).
    Ascii,
}

/// The first byte that is not canonical, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not canonical JSON (RFC 8785) at byte {position}: {problem}")]
pub struct Defect {
    /// Zero-based offset of the first wrong byte.
    pub position: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong at a byte.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A byte that no JSON value or separator has here, white space included.
    #[error("unexpected byte; canonical JSON has no white space between tokens")]
    Unexpected,
    /// The text ends within a value.
    #[error("ends too early")]
    End,
    /// Bytes after the value.
    #[error("something follows the value")]
    Trailing,
    /// Not UTF-8.
    #[error("not UTF-8")]
    Utf8,
    /// Fraction or exponent.
    #[error("only integers are allowed; write amounts in the smallest unit")]
    Float,
    /// Leading zero, negative zero or beyond ±(2^53−1).
    #[error("an integer is written shortest and lies within ±(2^53−1)")]
    Integer,
    /// `null`.
    #[error("null is not allowed; leave the member out")]
    Null,
    /// Same name twice.
    #[error("duplicate member {0:?}")]
    Duplicate(String),
    /// Names out of order.
    #[error("member {0:?} is out of order; names ascend")]
    Order(String),
    /// A member name with other characters.
    #[error("member name {0:?} is not allowed here")]
    Name(String),
    /// An escape where the character itself, or nothing, belongs.
    #[error("only \\\" and \\\\ are escaped")]
    Escape,
    /// Nested too deep.
    #[error("nested deeper than {MAX_DEPTH}")]
    Depth,
    /// A character that no string may have.
    #[error(transparent)]
    Text(#[from] BadText),
}

/// Checks that `bytes` are one canonical JSON value.
///
/// # Errors
///
/// The first wrong byte.
pub fn check(bytes: &[u8], names: Names) -> Result<(), Defect> {
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(Defect { position: error.valid_up_to(), problem: Problem::Utf8 });
    }
    let mut scanner = Scanner { bytes, at: 0, names };
    scanner.value(0)?;
    if scanner.at == bytes.len() { Ok(()) } else { scanner.fail(Problem::Trailing) }
}

/// Writes `value` canonically and checks the result, so that what can't be said isn't.
///
/// # Errors
///
/// A [`Defect`] with its position in the canonical form (floats, nulls, bad strings).
pub fn write(value: &impl Serialize, names: Names) -> Result<Vec<u8>, Defect> {
    let unwritable = |_| Defect { position: 0, problem: Problem::Unexpected };
    let value = serde_json::to_value(value).map_err(unwritable)?;
    let mut out = Vec::new();
    write_value(&value, &mut out);
    check(&out, names)?;
    Ok(out)
}

/// Parses JSON as people write it (any white space and order), refusing duplicate members.
///
/// # Errors
///
/// serde_json's, with line and column.
pub fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice::<Strict>(bytes).map(|strict| strict.0)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    names: Names,
}

impl<'a> Scanner<'a> {
    fn fail<T>(&self, problem: Problem) -> Result<T, Defect> {
        Err(Defect { position: self.at, problem })
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Result<(), Defect> {
        match self.peek() {
            Some(found) if found == byte => {
                self.at += 1;
                Ok(())
            }
            Some(_) => self.fail(Problem::Unexpected),
            None => self.fail(Problem::End),
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), Defect> {
        if depth > MAX_DEPTH {
            return self.fail(Problem::Depth);
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(drop),
            Some(b'-' | b'0'..=b'9') => self.integer(),
            Some(b't') => self.literal(b"true"),
            Some(b'f') => self.literal(b"false"),
            Some(b'n') if self.bytes[self.at..].starts_with(b"null") => self.fail(Problem::Null),
            Some(_) => self.fail(Problem::Unexpected),
            None => self.fail(Problem::End),
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), Defect> {
        self.expect(b'{')?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        let mut last: Option<&'a str> = None;
        loop {
            let start = self.at;
            let name = self.string()?;
            self.name(start, name, last)?;
            last = Some(name);
            self.expect(b':')?;
            self.value(depth + 1)?;
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(());
            }
            self.expect(b',')?;
        }
    }

    /// Names are ASCII, so byte order is the order of UTF-16 units that RFC 8785 § 3.2.3 asks for.
    fn name(&self, position: usize, name: &str, last: Option<&str>) -> Result<(), Defect> {
        let snake = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        let ascii = |byte: u8| (0x20..0x7f).contains(&byte) && byte != b'"' && byte != b'\\';
        let allowed = match self.names {
            Names::SnakeCase => name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(snake),
            Names::Ascii => !name.is_empty() && name.bytes().all(ascii),
        };
        let problem = if !allowed {
            Problem::Name(name.to_owned())
        } else if last == Some(name) {
            Problem::Duplicate(name.to_owned())
        } else if last.is_some_and(|last| last > name) {
            Problem::Order(name.to_owned())
        } else {
            return Ok(());
        };
        Err(Defect { position, problem })
    }

    fn array(&mut self, depth: usize) -> Result<(), Defect> {
        self.expect(b'[')?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.value(depth + 1)?;
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(());
            }
            self.expect(b',')?;
        }
    }

    /// The text between the quotes, escapes and all.
    fn string(&mut self) -> Result<&'a str, Defect> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            match self.peek() {
                None => return self.fail(Problem::End),
                Some(b'"') => break,
                Some(b'\\') => {
                    if !matches!(self.bytes.get(self.at + 1), Some(b'"' | b'\\')) {
                        return self.fail(Problem::Escape);
                    }
                    self.at += 2;
                }
                Some(_) => self.at += 1,
            }
        }
        let raw = &self.bytes[start..self.at];
        let not_utf8 = |_| Defect { position: start, problem: Problem::Utf8 };
        let raw = std::str::from_utf8(raw).map_err(not_utf8)?;
        text::check(raw).map_err(|(offset, bad)| Defect { position: start + offset, problem: bad.into() })?;
        self.at += 1;
        Ok(raw)
    }

    fn integer(&mut self) -> Result<(), Defect> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let digits = self.at;
        let mut value: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err(Defect { position: start, problem: Problem::Float });
        }
        let length = self.at - digits;
        let shortest = length > 0 && (length == 1 || self.bytes[digits] != b'0') && !(value == 0 && digits > start);
        if shortest && value <= MAX_INTEGER {
            Ok(())
        } else {
            Err(Defect { position: start, problem: Problem::Integer })
        }
    }

    fn literal(&mut self, literal: &[u8]) -> Result<(), Defect> {
        if !self.bytes[self.at..].starts_with(literal) {
            return self.fail(Problem::Unexpected);
        }
        self.at += literal.len();
        Ok(())
    }
}

fn write_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by(|left, right| left.0.encode_utf16().cmp(right.0.encode_utf16()));
            write_list(out, [b'{', b'}'], &members, |(name, value), out| {
                write_string(name, out);
                out.push(b':');
                write_value(value, out);
            });
        }
        Value::Array(items) => write_list(out, [b'[', b']'], items, write_value),
        Value::String(text) => write_string(text, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            out.extend_from_slice(value.to_string().as_bytes());
        }
    }
}

fn write_list<T>(out: &mut Vec<u8>, brackets: [u8; 2], items: &[T], write: impl Fn(&T, &mut Vec<u8>)) {
    out.push(brackets[0]);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(brackets[1]);
}

/// serde_json escapes as RFC 8785 § 3.2.2.2 asks.
fn write_string(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(Value::from(text).to_string().as_bytes());
}

/// A [`Value`] whose objects had no member twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Strict, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("JSON without null and fractions")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Strict, E> {
        Number::from_f64(value).map(|n| Strict(Value::Number(n))).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Strict, E> {
        Ok(Strict(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        let mut out = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            out.push(item);
        }
        Ok(Strict(Value::Array(out)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Strict, A::Error> {
        let mut out = Map::new();
        while let Some((name, Strict(value))) = members.next_entry::<String, Strict>()? {
            if out.contains_key(&name) {
                return Err(de::Error::custom(format!("duplicate member {name:?}")));
            }
            out.insert(name, value);
        }
        Ok(Strict(Value::Object(out)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defect(text: &str) -> Option<(usize, Problem)> {
        check(text.as_bytes(), Names::SnakeCase).err().map(|d| (d.position, d.problem))
    }

    #[test]
    fn canonical_passes() {
        let text = r#"{"a":[1,-2,true,"x\"\\ä"],"b":{"c":9007199254740991},"d":{}}"#;
        assert_eq!(defect(text), None);
    }

    #[test]
    fn the_first_wrong_byte_is_named() {
        let cases = [
            (r#"{ "a":1}"#, 1, Problem::Unexpected),
            (r#"{"b":1,"a":2}"#, 7, Problem::Order("a".into())),
            (r#"{"a":1,"a":2}"#, 7, Problem::Duplicate("a".into())),
            (r#"{"a":1.0}"#, 5, Problem::Float),
            (r#"{"a":1e3}"#, 5, Problem::Float),
            (r#"{"a":01}"#, 5, Problem::Integer),
            (r#"{"a":-0}"#, 5, Problem::Integer),
            (r#"{"a":-}"#, 5, Problem::Integer),
            (r#"{"a":9007199254740992}"#, 5, Problem::Integer),
            (r#"{"a":null}"#, 5, Problem::Null),
            (r#"{"A":1}"#, 1, Problem::Name("A".into())),
            (r#"{"a":"\u0041"}"#, 6, Problem::Escape),
            (r#"{"a":"\n"}"#, 6, Problem::Escape),
            (r#"{"a":1}x"#, 7, Problem::Trailing),
            (r#"{"a":1"#, 6, Problem::End),
            (r#"{"a":tru}"#, 5, Problem::Unexpected),
            ("{\"a\":\"\u{200b}\"}", 6, Problem::Text(BadText::Invisible { code: 0x200b })),
        ];
        for (text, position, problem) in cases {
            assert_eq!(defect(text), Some((position, problem)), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded_without_recursing_into_the_stack() {
        let deep = "[".repeat(100_000);
        assert_eq!(defect(&deep), Some((MAX_DEPTH + 1, Problem::Depth)));
    }

    #[test]
    fn writing_sorts_and_reading_refuses_duplicates() {
        let value = parse(br#"{ "b": 1, "a": [true, "x"] }"#).unwrap_or_default();
        let written = write(&value, Names::SnakeCase).unwrap_or_default();
        assert_eq!(written, br#"{"a":[true,"x"],"b":1}"#);
        assert!(parse(br#"{"a":1,"a":2}"#).is_err());
        assert!(write(&serde_json::json!({"a": 1.5}), Names::SnakeCase).is_err());
    }
}
