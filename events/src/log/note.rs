//! Signed notes: C2SP signed-note.
//!
//! The text must be ignored until [`Note::open`] has verified a signature that is trusted.

use crate::primitives::base64;

use super::checkpoint::{BadCheckpoint, TreeHead};
use super::cosignature::{verify_ed25519, verify_ml_dsa};
use super::vkey::{BadKeyName, KeyId, KeyName, NoteKey, VerifierKey};

/// A note of more bytes is refused unread.
pub const MAX_NOTE_BYTES: usize = 1 << 20;
/// A note with more signature lines is refused.
pub const MAX_SIGNATURES: usize = 64;

/// A parsed note: well formed, not yet verified. Keeps the bytes as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    bytes: String,
    /// Where the text ends: after its last newline, before the blank line.
    text_length: usize,
    signatures: Vec<NoteSignature>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// Claimed name of the key.
    pub name: KeyName,
    /// Claimed key id.
    pub id: KeyId,
    /// What the key's type makes of it; at least one byte.
    pub signature: Vec<u8>,
}

/// A signature that verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The key that signed.
    pub key: VerifierKey,
    /// When, by the signer's clock, in seconds since 1970. Plain Ed25519 signatures have none, and
    /// ML-DSA-44 ones may state none.
    pub time: Option<u64>,
}

/// The bytes are not a note, or not one to trust.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Too long.
    #[error("the note has more than {MAX_NOTE_BYTES} bytes")]
    TooLong,
    /// Not text.
    #[error("byte {at} of the note is not UTF-8, or is a control character other than newline")]
    Characters {
        /// Zero-based place of the byte.
        at: usize,
    },
    /// The blank line or the last newline is missing.
    #[error("a note is text, a blank line, and signature lines, each ended by a newline")]
    Shape,
    /// A malformed signature line.
    #[error(
        "signature line {line} is not '— <name> <base64>' with a key name without spaces or '+' \
         and canonical base64 of a key id and a signature"
    )]
    Line {
        /// One-based place among the signature lines.
        line: usize,
    },
    /// Too many signature lines.
    #[error("the note has more than {MAX_SIGNATURES} signature lines")]
    TooMany,
    /// A known key signed twice.
    #[error("the key {name} signed the note twice; fetch the note again")]
    Twice {
        /// Name of the key.
        name: KeyName,
    },
    /// A known key's signature does not verify.
    #[error("the signature by {name} does not verify: the note was changed, or another key signed")]
    BadSignature {
        /// Name of the key.
        name: KeyName,
    },
    /// A cosignature of type 0x06 is on something that is no checkpoint.
    #[error("{name} signs checkpoints only, and the text is none: {reason}")]
    NotACheckpoint {
        /// Name of the key.
        name: KeyName,
        /// What is wrong with the text.
        reason: BadCheckpoint,
    },
    /// Nobody known signed.
    #[error("no known key signed the note; pin the key of its signer, or fetch the right note")]
    Unknown,
}

impl Note {
    /// Parses strictly; what is accepted has only this one form.
    ///
    /// # Errors
    ///
    /// What is malformed, and where.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLong);
        }
        let text = check_characters(bytes)?;
        let blank = text.rfind("\n\n").ok_or(NoteError::Shape)?;
        let text_length = blank + 1;
        let lines = text[text_length + 1..].strip_suffix('\n').ok_or(NoteError::Shape)?;
        let signatures = parse_lines(lines)?;
        Ok(Note { bytes: text.to_owned(), text_length, signatures })
    }

    /// Signs nothing: puts `text` (ending in a newline) and its signatures together.
    ///
    /// # Errors
    ///
    /// The result would not be a note.
    pub fn new(text: &str, signatures: &[NoteSignature]) -> Result<Note, NoteError> {
        let lines: String = signatures.iter().map(NoteSignature::line).collect();
        Note::parse(format!("{text}\n{lines}").as_bytes())
    }

    /// The same note with one more signature line, after those it has.
    ///
    /// # Errors
    ///
    /// The note would have too many signatures or bytes.
    pub fn with_signature(&self, signature: &NoteSignature) -> Result<Note, NoteError> {
        Note::parse(format!("{}{}", self.bytes, signature.line()).as_bytes())
    }

    /// The same note with the signatures under one name alone, byte for byte: without those of others, who signed
    /// later.
    ///
    /// # Errors
    ///
    /// Nobody signed under that name.
    pub fn signed_as(&self, name: &KeyName) -> Result<Note, NoteError> {
        let own: Vec<NoteSignature> = self.signatures.iter().filter(|line| line.name == *name).cloned().collect();
        if own.is_empty() { Err(NoteError::Unknown) } else { Note::new(self.text(), &own) }
    }

    /// What the signatures are about, including its last newline.
    pub fn text(&self) -> &str {
        &self.bytes[..self.text_length]
    }

    /// All signatures, trusted or not, in order.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The whole note as received.
    pub fn as_str(&self) -> &str {
        &self.bytes
    }

    /// Verifies the signatures of all `known` keys that are on the note, in order of the lines.
    /// Signatures of other keys are ignored, as signed-note demands. A known key's signature that
    /// fails, or a second one, refuses the whole note; so does the lack of any.
    ///
    /// # Errors
    ///
    /// A known key signed twice or wrongly, or none signed.
    pub fn open(&self, known: &[VerifierKey]) -> Result<Vec<Signed>, NoteError> {
        let mut signed: Vec<Signed> = Vec::new();
        for line in &self.signatures {
            let Some(key) = known.iter().find(|key| line.claims(key)) else {
                continue;
            };
            if signed.iter().any(|earlier| earlier.key == *key) {
                return Err(NoteError::Twice { name: line.name.clone() });
            }
            let time = verify(key, self.text(), &line.signature)?;
            signed.push(Signed { key: key.clone(), time });
        }
        if signed.is_empty() {
            return Err(NoteError::Unknown);
        }
        Ok(signed)
    }
}

impl NoteSignature {
    /// Whether this line says that `key` made it.
    fn claims(&self, key: &VerifierKey) -> bool {
        self.name == *key.name() && self.id == key.id()
    }

    /// The line with its newline.
    pub fn line(&self) -> String {
        let bytes = [&self.id.0[..], &self.signature].concat();
        format!("— {} {}\n", self.name, base64::encode(bytes))
    }

    /// Parses a line without its newline; what is accepted has only this one form.
    pub(super) fn parse(line: &str) -> Option<NoteSignature> {
        let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
        let bytes = base64::decode(signature).ok()?;
        let (id, signature) = bytes.split_first_chunk()?;
        let name = name.parse().map_err(|_: BadKeyName| ()).ok()?;
        let signature = (!signature.is_empty()).then(|| signature.to_vec())?;
        Some(NoteSignature { name, id: KeyId(*id), signature })
    }
}

/// Verifies one signature by its key's type; gives its time, where the type has one.
fn verify(key: &VerifierKey, text: &str, signature: &[u8]) -> Result<Option<u64>, NoteError> {
    let name = || key.name().clone();
    let bad = || NoteError::BadSignature { name: name() };
    match key.key() {
        NoteKey::Ed25519(public) => {
            let signature = signature.try_into().map_err(|_| bad())?;
            public.verify(text.as_bytes(), signature).map_err(|_| bad())?;
            Ok(None)
        }
        NoteKey::Ed25519Cosignature(public) => verify_ed25519(public, text, signature).map(Some).map_err(|_| bad()),
        NoteKey::MlDsa44Cosignature(public) => {
            let checkpoint: TreeHead =
                text.parse().map_err(|reason| NoteError::NotACheckpoint { name: name(), reason })?;
            let time = verify_ml_dsa(public, key.name(), &checkpoint, signature);
            // tlog-cosignature: a time of 0 states none.
            time.map(|time| (time > 0).then_some(time)).map_err(|_| bad())
        }
    }
}

/// UTF-8 without control characters below U+0020 but newline.
fn check_characters(bytes: &[u8]) -> Result<&str, NoteError> {
    let text = std::str::from_utf8(bytes).map_err(|error| NoteError::Characters { at: error.valid_up_to() })?;
    match bytes.iter().position(|byte| *byte < b' ' && *byte != b'\n') {
        Some(at) => Err(NoteError::Characters { at }),
        None => Ok(text),
    }
}

fn parse_lines(lines: &str) -> Result<Vec<NoteSignature>, NoteError> {
    if lines.split('\n').count() > MAX_SIGNATURES {
        return Err(NoteError::TooMany);
    }
    let numbered = lines.split('\n').enumerate();
    let parse = |(at, line)| NoteSignature::parse(line).ok_or(NoteError::Line { line: at + 1 });
    numbered.map(parse).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                        then you don't know what your problem is.\n";
    const LINE: &str =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    fn parse(text: &str) -> Result<Note, NoteError> {
        Note::parse(text.as_bytes())
    }

    fn peter() -> Vec<VerifierKey> {
        vec![PETER.parse().unwrap()]
    }

    #[test]
    fn the_note_of_go_sumdb_opens() {
        let note = parse(&format!("{TEXT}\n{LINE}")).unwrap();
        assert_eq!(note.text(), TEXT);
        let signed = note.open(&peter()).unwrap();
        assert_eq!((signed[0].key.to_string().as_str(), signed[0].time), (PETER, None));
    }

    #[test]
    fn the_note_of_the_specification_is_split_at_its_last_blank_line() {
        let text = "Ognuno sta solo sul cuor della terra\n\
                    trafitto da un raggio di sole:\n\ned è subito sera.\n";
        let line = "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
        let note = parse(&format!("{text}\n{line}")).unwrap();
        assert_eq!(note.text(), text);
        assert_eq!(note.signatures()[0].id, KeyId([0x36, 0x7b, 0xa0, 0x4b]));
        assert_eq!(Note::new(note.text(), note.signatures()), Ok(note.clone()));
        assert_eq!(note.open(&peter()), Err(NoteError::Unknown));
    }

    #[test]
    fn unknown_keys_are_ignored_even_under_a_known_name() {
        let other = LINE.replace("x08go", "x08gp");
        let stranger = "— stranger AAAAAAA=\n";
        let note = parse(&format!("{TEXT}\n{other}{stranger}{stranger}{LINE}")).unwrap();
        assert_eq!(note.open(&peter()).unwrap().len(), 1);
    }

    #[test]
    fn a_known_key_that_signs_twice_is_refused() {
        let note = parse(&format!("{TEXT}\n{LINE}{LINE}")).unwrap();
        assert!(matches!(note.open(&peter()), Err(NoteError::Twice { .. })));
    }

    #[test]
    fn a_failing_signature_of_a_known_key_refuses_the_note() {
        for (old, new) in [("answer", "answers"), ("ZJkuBS", "ZJkuBT")] {
            let changed = format!("{TEXT}\n{LINE}").replace(old, new);
            let opened = parse(&changed).unwrap().open(&peter());
            assert!(matches!(opened, Err(NoteError::BadSignature { .. })), "{new}");
        }
        let short = format!("{TEXT}\n— PeterNeumann x08go/Y=\n");
        let opened = parse(&short).unwrap().open(&peter());
        assert!(matches!(opened, Err(NoteError::BadSignature { .. })));
    }

    #[test]
    fn other_shapes_are_refused() {
        let good = format!("{TEXT}\n{LINE}");
        assert_eq!(parse(good.trim_end()), Err(NoteError::Shape));
        assert_eq!(parse(TEXT), Err(NoteError::Shape));
        assert_eq!(parse(&format!("{TEXT}\n")), Err(NoteError::Shape));
        assert_eq!(parse(&format!("{TEXT}{LINE}")), Err(NoteError::Shape));
        assert_eq!(parse(""), Err(NoteError::Shape));
        assert!(matches!(parse(&format!("{good}\n")), Err(NoteError::Shape)));
        assert_eq!(parse(&format!("{good}x\n")), Err(NoteError::Line { line: 2 }));
    }

    #[test]
    fn other_characters_are_refused() {
        for bad in ["\r", "\t", "\0", "\u{1f}"] {
            let note = format!("a{bad}\n\n{LINE}");
            assert_eq!(parse(&note), Err(NoteError::Characters { at: 1 }), "{bad:?}");
        }
        assert_eq!(Note::parse(b"a\xff\n\n"), Err(NoteError::Characters { at: 1 }));
    }

    #[test]
    fn other_signature_lines_are_refused() {
        let lines = [
            "- a AAAAAAA=",
            "—  a AAAAAAA=",
            "— a  AAAAAAA=",
            "— a AAAAAAA= ",
            "— AAAAAAA=",
            "— a+b AAAAAAA=",
            "— a\u{a0}b AAAAAAA=",
            "— a AAAAAAA",
            "— a AAAAAAB=",
            "— a AAAA",
            "— a AAAAAA==",
            "— a ",
            "",
        ];
        for line in lines {
            let refused = parse(&format!("a\n\n{LINE}{line}\n"));
            let shape = matches!(refused, Err(NoteError::Line { line: 2 } | NoteError::Shape));
            assert!(shape, "{line:?} {refused:?}");
        }
    }

    #[test]
    fn sizes_are_limited() {
        let lines = |n: usize| parse(&format!("a\n\n{}", LINE.repeat(n)));
        assert!(lines(64).is_ok());
        assert_eq!(lines(65), Err(NoteError::TooMany));
        let long = format!("{}\n\n{LINE}", "a".repeat(MAX_NOTE_BYTES));
        assert_eq!(parse(&long), Err(NoteError::TooLong));
    }
}
