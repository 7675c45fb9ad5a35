//! Checkpoints: C2SP tlog-checkpoint, the signed head of the log tree.

use std::fmt;
use std::str::FromStr;

use crate::primitives::hash::Hash;
use crate::primitives::ids::{BadId, Origin};
use crate::tree::node::MAX_SIZE;

use super::note::{Note, NoteError, Signed};
use super::vkey::VerifierKey;

/// The three lines that a checkpoint signs. Its text form is the note's text.
///
/// ```
/// use sinetti_events::log::checkpoint::Checkpoint;
///
/// let text = "localhost/sinetti\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
/// let checkpoint: Checkpoint = text.parse().unwrap();
/// assert_eq!(checkpoint.size, 0);
/// assert_eq!(checkpoint.to_string(), text);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The ledger's origin.
    pub origin: Origin,
    /// Number of leaves, below 2^63.
    pub size: u64,
    /// Root of the log tree of that size.
    pub root: Hash,
}

/// The text is not a checkpoint of a ledger of this kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCheckpoint {
    /// There are other than three lines.
    #[error(
        "a checkpoint has exactly three lines (origin, size, root), each ended by a newline; \
         extension lines are not used here"
    )]
    Lines,
    /// The first line.
    #[error("line 1 of the checkpoint, the origin: {0}")]
    Origin(#[from] BadId),
    /// The second line.
    #[error("line 2 of the checkpoint is not a tree size in decimal below 2^63 without leading zeroes")]
    Size,
    /// The third line.
    #[error("line 3 of the checkpoint is not a root hash: 32 bytes in padded base64")]
    Root,
}

/// A checkpoint whose required signatures all verified. Only [`verify_checkpoint`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
    signed: Vec<Signed>,
}

/// The bytes are not a checkpoint of this ledger signed by all keys that must have signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note, or a signature on it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The note's text.
    #[error(transparent)]
    Text(#[from] BadCheckpoint),
    /// A checkpoint of another ledger.
    #[error("this checkpoint is of the ledger {found}, not of {expected}; fetch that ledger's own")]
    OtherLedger {
        /// The origin that was asked for.
        expected: Origin,
        /// The origin in the checkpoint.
        found: Origin,
    },
    /// A key that must have signed did not.
    #[error(
        "the checkpoint lacks the signature of the key {name}+{id}, which must be on it; \
         fetch the checkpoint again, or check the pinned key"
    )]
    Missing {
        /// Name of the key.
        name: String,
        /// Key id in hex.
        id: String,
    },
    /// Without keys nothing can be verified.
    #[error("no key was named that must have signed the checkpoint; pin the log's keys")]
    NoKeys,
}

/// Verifies that `note` is a checkpoint of `origin` signed by **all** `required` keys. A ledger
/// whose registry names an Ed25519 and an ML-DSA-44 key passes both. Other signatures on the
/// note, such as those of witnesses, are ignored here.
///
/// # Errors
///
/// Not a note, not a checkpoint, of another ledger, or a required signature fails or is missing.
pub fn verify_checkpoint(
    note: &[u8],
    origin: &Origin,
    required: &[VerifierKey],
) -> Result<VerifiedCheckpoint, CheckpointError> {
    if required.is_empty() {
        return Err(CheckpointError::NoKeys);
    }
    let note = Note::parse(note)?;
    let checkpoint: Checkpoint = note.text().parse()?;
    if checkpoint.origin != *origin {
        let (expected, found) = (origin.clone(), checkpoint.origin);
        return Err(CheckpointError::OtherLedger { expected, found });
    }
    let signed = note.open(required)?;
    for key in required {
        if !signed.iter().any(|signed| signed.key == *key) {
            let (name, id) = (key.name().to_string(), key.id().to_string());
            return Err(CheckpointError::Missing { name, id });
        }
    }
    Ok(VerifiedCheckpoint { checkpoint, note, signed })
}

impl VerifiedCheckpoint {
    /// What was signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note, with all its signatures, as received.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// The required keys' signatures, with their timestamps where their type has one.
    pub fn signed(&self) -> &[Signed] {
        &self.signed
    }
}

impl FromStr for Checkpoint {
    type Err = BadCheckpoint;

    fn from_str(text: &str) -> Result<Checkpoint, BadCheckpoint> {
        let body = text.strip_suffix('\n').ok_or(BadCheckpoint::Lines)?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [origin, size, root] = lines[..] else {
            return Err(BadCheckpoint::Lines);
        };
        Ok(Checkpoint {
            origin: origin.parse()?,
            size: decimal(size).filter(|size| *size <= MAX_SIZE).ok_or(BadCheckpoint::Size)?,
            root: root.parse().map_err(|_| BadCheckpoint::Root)?,
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)
    }
}

/// ASCII decimal in its only form: no sign, no leading zeroes.
pub(in crate::log) fn decimal(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::signer::tests::{checkpoint, log_keys};

    const ROOT: &str = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    fn parse(text: &str) -> Result<Checkpoint, BadCheckpoint> {
        text.parse()
    }

    #[test]
    fn the_example_of_the_specification_round_trips() {
        let text = format!("example.com/behind-the-sofa\n20852163\n{ROOT}\n");
        assert_eq!(parse(&text).unwrap().size, 20_852_163);
        assert_eq!(parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn sizes_have_one_form_and_stay_below_2_63() {
        for size in ["", "01", "+1", "-1", "1 ", "0x1", "1e3", "9223372036854775808", "٣"] {
            assert_eq!(parse(&format!("a\n{size}\n{ROOT}\n")), Err(BadCheckpoint::Size), "{size:?}");
        }
        assert!(parse(&format!("a\n9223372036854775807\n{ROOT}\n")).is_ok());
    }

    #[test]
    fn there_are_three_lines_no_more_no_less() {
        let three = format!("a\n1\n{ROOT}\n");
        for bad in ["", "a\n", "a\n1\n", three.trim_end(), &format!("{three}x\n"), &format!("{three}\n")] {
            assert_eq!(parse(bad), Err(BadCheckpoint::Lines), "{bad:?}");
        }
    }

    #[test]
    fn origin_and_root_are_strict() {
        assert!(matches!(parse(&format!("A b\n1\n{ROOT}\n")), Err(BadCheckpoint::Origin(_))));
        assert_eq!(parse("a\n1\nAAAA\n"), Err(BadCheckpoint::Root));
        let loose = ROOT.replace("2I=", "2J=");
        assert_eq!(parse(&format!("a\n1\n{loose}\n")), Err(BadCheckpoint::Root));
    }

    #[test]
    fn every_required_key_must_have_signed() {
        let (note, keys) = (checkpoint(5), log_keys(1));
        let origin: Origin = "localhost/sinetti".parse().unwrap();
        let bytes = note.as_str().as_bytes();
        let verified = verify_checkpoint(bytes, &origin, &keys).unwrap();
        assert_eq!((verified.checkpoint().size, verified.signed().len()), (5, 2));

        let both_and_another = [keys.clone(), log_keys(2)].concat();
        let missing = verify_checkpoint(bytes, &origin, &both_and_another);
        assert!(matches!(missing, Err(CheckpointError::Missing { .. })));
        assert_eq!(verify_checkpoint(bytes, &origin, &[]), Err(CheckpointError::NoKeys));
    }

    #[test]
    fn a_checkpoint_of_another_ledger_is_refused() {
        let (note, keys) = (checkpoint(5), log_keys(1));
        let other: Origin = "localhost/other".parse().unwrap();
        let refused = verify_checkpoint(note.as_str().as_bytes(), &other, &keys);
        assert!(matches!(refused, Err(CheckpointError::OtherLedger { .. })));
    }
}
