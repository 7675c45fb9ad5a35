//! What a log and a witness say to each other: the bodies of C2SP tlog-witness `add-checkpoint`.

use std::fmt;

use crate::primitives::hash::Hash;
use crate::tree::node::MAX_SIZE;

use super::checkpoint::decimal;
use super::note::{MAX_SIGNATURES, Note, NoteError, NoteSignature};

/// A request of more bytes is refused unread: 63 hashes and 64 signature lines, all of ML-DSA-44, fit.
pub const MAX_REQUEST_BYTES: usize = 256 * 1024;
/// An answer of more bytes is not read.
pub const MAX_ANSWER_BYTES: usize = 256 * 1024;
/// tlog-witness: "The client MUST NOT send more than 63 consistency proof lines."
pub const MAX_PROOF_LINES: usize = 63;
/// Media type of the size that a witness answers with status 409.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// A parsed request: well formed, nothing in it verified. Its text form is [`fmt::Display`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Size of the tree that the witness cosigned last, as the log believes.
    pub old: u64,
    /// Consistency proof from that tree to the checkpoint's.
    pub proof: Vec<Hash>,
    /// The checkpoint.
    pub checkpoint: Note,
}

/// The bytes are no such request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAddCheckpoint {
    /// Too long.
    #[error("the request has more than {MAX_REQUEST_BYTES} bytes")]
    TooLong,
    /// Not text.
    #[error("the request is not UTF-8")]
    Utf8,
    /// The first line.
    #[error("line 1 of the request is not 'old <size>' in decimal below 2^63 without leading zeroes")]
    Old,
    /// A line of the proof.
    #[error("hash {number} of the consistency proof is not 32 bytes in padded base64")]
    Hash {
        /// One-based place among the hashes.
        number: usize,
    },
    /// Too many hashes.
    #[error("the consistency proof has more than {MAX_PROOF_LINES} lines")]
    TooMany,
    /// The text ends too early.
    #[error("the request ends before its checkpoint, which follows an empty line")]
    NoCheckpoint,
    /// The checkpoint.
    #[error("the checkpoint in the request: {0}")]
    Checkpoint(#[from] NoteError),
}

/// The bytes are no witness's answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// Too long, or not text.
    #[error("the answer is not text of at most {MAX_ANSWER_BYTES} bytes")]
    Text,
    /// Not signature lines.
    #[error(
        "line {line} of the answer is no signature line ('— <name> <base64>', ended by a newline), or one too many"
    )]
    Line {
        /// One-based place.
        line: usize,
    },
}

impl AddCheckpoint {
    /// Parses strictly; what is accepted has only this one form.
    ///
    /// # Errors
    ///
    /// What is malformed, and where.
    pub fn parse(bytes: &[u8]) -> Result<AddCheckpoint, BadAddCheckpoint> {
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(BadAddCheckpoint::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BadAddCheckpoint::Utf8)?;
        let (line, rest) = text.split_once('\n').ok_or(BadAddCheckpoint::Old)?;
        let old = line.strip_prefix("old ").and_then(decimal).filter(|size| *size <= MAX_SIZE);
        let old = old.ok_or(BadAddCheckpoint::Old)?;
        let (proof, rest) = parse_proof(rest)?;
        Ok(AddCheckpoint { old, proof, checkpoint: Note::parse(rest.as_bytes())? })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        for hash in &self.proof {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint.as_str())
    }
}

/// The signature lines of a 200 answer, verified by nobody yet.
///
/// # Errors
///
/// It is not one signature line or more, each ended by a newline.
pub fn parse_cosignatures(body: &[u8]) -> Result<Vec<NoteSignature>, BadAnswer> {
    if body.len() > MAX_ANSWER_BYTES {
        return Err(BadAnswer::Text);
    }
    let text = std::str::from_utf8(body).map_err(|_| BadAnswer::Text)?;
    let lines = text.strip_suffix('\n').ok_or(BadAnswer::Line { line: 1 })?;
    let parse = |(at, line): (usize, &str)| {
        let signature = NoteSignature::parse(line).filter(|_| at < MAX_SIGNATURES);
        signature.ok_or(BadAnswer::Line { line: at + 1 })
    };
    lines.split('\n').enumerate().map(parse).collect()
}

/// The size in a 409 answer; none when it says something else.
pub fn parse_size(body: &[u8]) -> Option<u64> {
    let line = std::str::from_utf8(body).ok()?.strip_suffix('\n')?;
    decimal(line).filter(|size| *size <= MAX_SIZE)
}

/// The hashes up to the empty line, and what follows it.
fn parse_proof(text: &str) -> Result<(Vec<Hash>, &str), BadAddCheckpoint> {
    let mut proof = Vec::new();
    let mut rest = text;
    loop {
        let (line, after) = rest.split_once('\n').ok_or(BadAddCheckpoint::NoCheckpoint)?;
        rest = after;
        if line.is_empty() {
            return Ok((proof, rest));
        }
        if proof.len() == MAX_PROOF_LINES {
            return Err(BadAddCheckpoint::TooMany);
        }
        let number = proof.len() + 1;
        proof.push(line.parse().map_err(|_| BadAddCheckpoint::Hash { number })?);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::signer::tests::checkpoint;

    /// The example of the specification.
    const EXAMPLE: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
";

    const ANSWER: &str = "— witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==
— witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==
— witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==
";

    fn refused(text: &str) -> BadAddCheckpoint {
        AddCheckpoint::parse(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn the_request_of_the_specification_round_trips() {
        let request = AddCheckpoint::parse(EXAMPLE.as_bytes()).unwrap();
        assert_eq!((request.old, request.proof.len()), (20_852_014, 4));
        assert!(request.checkpoint.text().starts_with("example.com/behind-the-sofa\n20852163\n"));
        assert_eq!(request.to_string(), EXAMPLE);
    }

    #[test]
    fn the_old_size_has_one_form() {
        let first = |line: &str| format!("{line}\n\n{}", checkpoint(5).as_str());
        assert!(AddCheckpoint::parse(first("old 0").as_bytes()).is_ok());
        for line in ["", "old", "old ", "old 01", "old -1", "old +1", "old  1", "Old 1", "old 1 ", "1", "size 1"] {
            assert_eq!(refused(&first(line)), BadAddCheckpoint::Old, "{line:?}");
        }
        assert_eq!(refused(&first("old 9223372036854775808")), BadAddCheckpoint::Old);
        assert_eq!(refused(&first("old 18446744073709551616")), BadAddCheckpoint::Old);
    }

    #[test]
    fn hashes_are_canonical_and_at_most_63() {
        let request = |lines: &[&str]| format!("old 1\n{}\n{}", lines.concat(), checkpoint(5).as_str());
        let hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
        assert_eq!(AddCheckpoint::parse(request(&[hash; 63]).as_bytes()).unwrap().proof.len(), 63);
        assert_eq!(refused(&request(&[hash; 64])), BadAddCheckpoint::TooMany);
        let loose = hash.replace("kaw=", "kax=");
        for bad in ["AAAA\n", " \n", "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw\n", &loose] {
            assert_eq!(refused(&request(&[hash, bad])), BadAddCheckpoint::Hash { number: 2 }, "{bad:?}");
        }
    }

    #[test]
    fn what_ends_early_is_refused() {
        assert_eq!(refused("old 1"), BadAddCheckpoint::Old);
        assert_eq!(refused("old 1\n"), BadAddCheckpoint::NoCheckpoint);
        assert!(matches!(refused("old 1\n\n"), BadAddCheckpoint::Checkpoint(NoteError::Shape)));
        for at in (0..EXAMPLE.len()).filter(|at| EXAMPLE.is_char_boundary(*at)) {
            let cut = AddCheckpoint::parse(&EXAMPLE.as_bytes()[..at]);
            // Without its last line the checkpoint is still a signed one.
            let whole_line = EXAMPLE[..at].ends_with("YQ8=\n");
            assert_eq!(cut.is_ok(), whole_line, "{at}");
        }
        let long = format!("old 1\n{}", "a".repeat(MAX_REQUEST_BYTES));
        assert_eq!(refused(&long), BadAddCheckpoint::TooLong);
        assert_eq!(AddCheckpoint::parse(b"old 1\n\xff\n").unwrap_err(), BadAddCheckpoint::Utf8);
    }

    #[test]
    fn the_answer_of_the_specification_is_three_lines() {
        let lines = parse_cosignatures(ANSWER.as_bytes()).unwrap();
        let text: String = lines.iter().map(NoteSignature::line).collect();
        assert_eq!((lines.len(), text.as_str()), (3, ANSWER));
        for bad in ["", "\n", ANSWER.trim_end(), &format!("{ANSWER}\n"), &format!("x\n{ANSWER}")] {
            assert!(matches!(parse_cosignatures(bad.as_bytes()), Err(BadAnswer::Line { .. })), "{bad:?}");
        }
        let many = ANSWER.repeat(22);
        assert_eq!(parse_cosignatures(many.as_bytes()), Err(BadAnswer::Line { line: 65 }));
        assert_eq!(parse_cosignatures(&[0xff]), Err(BadAnswer::Text));
    }

    #[test]
    fn a_conflict_says_one_size() {
        assert_eq!(parse_size(b"0\n"), Some(0));
        assert_eq!(parse_size(b"50\n"), Some(50));
        for bad in ["", "50", "050\n", "50\n\n", "-1\n", "9223372036854775808\n", "x\n"] {
            assert_eq!(parse_size(bad.as_bytes()), None, "{bad:?}");
        }
    }
}
