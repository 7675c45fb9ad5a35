//! Proofs: C2SP tlog-proof, the inclusion of one record in a signed checkpoint, as a text file.

use std::fmt;

use crate::primitives::base64;
use crate::primitives::hash::Hash;
use crate::tree::inclusion::{InclusionError, check_inclusion};
use crate::tree::node::MAX_SIZE;

use super::checkpoint::{VerifiedCheckpoint, decimal};
use super::note::{Note, NoteError};

/// A proof of more bytes is refused unread.
pub const MAX_PROOF_BYTES: usize = 2 << 20;
/// A proof of more hashes is refused: a tree below 2^63 leaves needs at most 63.
const MAX_HASHES: usize = 64;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A parsed `.tlog-proof`: well formed, not yet checked. Its text form is [`fmt::Display`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Opaque data beside the proof; nothing vouches for it.
    pub extra: Option<Vec<u8>>,
    /// Zero-based place of the record in the ledger.
    pub index: u64,
    /// The inclusion proof, nearest to the leaf first.
    pub hashes: Vec<Hash>,
    /// The checkpoint, verbatim.
    pub checkpoint: Note,
}

/// The bytes are not a tlog-proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadProof {
    /// Too long.
    #[error("the proof has more than {MAX_PROOF_BYTES} bytes")]
    TooLong,
    /// Not text.
    #[error("the proof is not UTF-8")]
    Utf8,
    /// The first line.
    #[error("line 1 of the proof is not '{HEADER}': another format or version")]
    Header,
    /// The optional second line.
    #[error("the proof's extra line is not 'extra <base64>'; leave it out when there is no data")]
    Extra,
    /// The index line.
    #[error("the proof has no line 'index <place>' in decimal below 2^63 without leading zeroes")]
    Index,
    /// The lines of the inclusion proof.
    #[error(transparent)]
    Hashes(#[from] BadHashes),
    /// The checkpoint.
    #[error("the checkpoint in the proof: {0}")]
    Checkpoint(#[from] NoteError),
}

/// The lines between a proof's head and its checkpoint are not one hash each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHashes {
    /// A line.
    #[error("hash {number} of the proof is not 32 bytes in padded base64")]
    Hash {
        /// One-based place among the hashes.
        number: usize,
    },
    /// Too many.
    #[error("the proof has more than {most} hashes")]
    TooMany {
        /// How many a proof can have.
        most: usize,
    },
    /// The text ends too early.
    #[error("the proof ends before its checkpoint, which follows an empty line")]
    NoCheckpoint,
}

/// A proof does not show that the record is in the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The proof embeds another checkpoint than the one that was verified.
    #[error("the proof holds another checkpoint than the verified one; verify the one it holds")]
    OtherCheckpoint,
    /// The Merkle proof fails.
    #[error(transparent)]
    Inclusion(#[from] InclusionError),
}

impl TlogProof {
    /// Parses strictly; what is accepted has only this one form.
    ///
    /// # Errors
    ///
    /// What is malformed, and where.
    pub fn parse(bytes: &[u8]) -> Result<TlogProof, BadProof> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(BadProof::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BadProof::Utf8)?;
        let rest = text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n'));
        let (extra, rest) = parse_extra(rest.ok_or(BadProof::Header)?)?;
        let (index, rest) = parse_index(rest)?;
        let (hashes, checkpoint) = parse_hashes(rest, MAX_HASHES)?;
        let checkpoint = Note::parse(checkpoint.as_bytes())?;
        Ok(TlogProof { extra, index, hashes, checkpoint })
    }

    /// Checks that `leaf` is the record at [`TlogProof::index`] of the tree of `checkpoint`,
    /// which is the verified form of the checkpoint embedded here, byte for byte.
    ///
    /// # Errors
    ///
    /// Another checkpoint, or the proof does not lead to its root.
    pub fn check(&self, leaf: &Hash, checkpoint: &VerifiedCheckpoint) -> Result<(), ProofError> {
        if *checkpoint.note() != self.checkpoint {
            return Err(ProofError::OtherCheckpoint);
        }
        let tree = checkpoint.checkpoint();
        Ok(check_inclusion(leaf, self.index, tree.size, &self.hashes, &tree.root)?)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", base64::encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint.as_str())
    }
}

/// The extra data, when its line is there, and what follows.
fn parse_extra(text: &str) -> Result<(Option<Vec<u8>>, &str), BadProof> {
    let Some(rest) = text.strip_prefix("extra ") else {
        return Ok((None, text));
    };
    let (line, rest) = rest.split_once('\n').ok_or(BadProof::Extra)?;
    let extra = base64::decode(line).map_err(|_| BadProof::Extra)?;
    if extra.is_empty() {
        return Err(BadProof::Extra);
    }
    Ok((Some(extra), rest))
}

fn parse_index(text: &str) -> Result<(u64, &str), BadProof> {
    let line = text.strip_prefix("index ").ok_or(BadProof::Index)?;
    let (line, rest) = line.split_once('\n').ok_or(BadProof::Index)?;
    let index = decimal(line).filter(|index| *index < MAX_SIZE);
    Ok((index.ok_or(BadProof::Index)?, rest))
}

/// The hashes up to the empty line, `most` at most, and what follows it.
pub(super) fn parse_hashes(text: &str, most: usize) -> Result<(Vec<Hash>, &str), BadHashes> {
    let mut hashes = Vec::new();
    let mut rest = text;
    loop {
        let (line, after) = rest.split_once('\n').ok_or(BadHashes::NoCheckpoint)?;
        rest = after;
        if line.is_empty() {
            return Ok((hashes, rest));
        }
        if hashes.len() == most {
            return Err(BadHashes::TooMany { most });
        }
        let number = hashes.len() + 1;
        hashes.push(line.parse().map_err(|_| BadHashes::Hash { number })?);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::checkpoint::{Checkpoint, verify_checkpoint};
    use crate::log::signer::tests::{checkpoint_with_root, log_keys};
    use crate::tree::heads::HeadsTree;

    fn leaf(index: u64) -> Hash {
        Hash::leaf(&index.to_be_bytes())
    }

    /// The proof of leaf `index` in the tree of leaves 0 to 10.
    fn proof(index: u64) -> TlogProof {
        let tree: HeadsTree = (0..11).map(leaf).collect();
        let hashes = tree.prove(index, 11).unwrap();
        let checkpoint = checkpoint_with_root(11, tree.root());
        TlogProof { extra: None, index, hashes, checkpoint }
    }

    fn verified(proof: &TlogProof) -> VerifiedCheckpoint {
        let origin = "localhost/sinetti".parse().unwrap();
        let bytes = proof.checkpoint.as_str().as_bytes();
        verify_checkpoint(bytes, &origin, &log_keys(1)).unwrap()
    }

    fn parse(text: &str) -> Result<TlogProof, BadProof> {
        TlogProof::parse(text.as_bytes())
    }

    #[test]
    fn a_proof_round_trips_and_checks() {
        for index in 0..11 {
            let mut proof = proof(index);
            assert_eq!(parse(&proof.to_string()), Ok(proof.clone()));
            proof.extra = Some(vec![1, 2, 3]);
            assert_eq!(parse(&proof.to_string()), Ok(proof.clone()));
            assert_eq!(proof.check(&leaf(index), &verified(&proof)), Ok(()));
        }
    }

    #[test]
    fn a_proof_of_another_place_or_leaf_fails() {
        let mut proof = proof(4);
        let checkpoint = verified(&proof);
        assert!(proof.check(&leaf(5), &checkpoint).is_err());
        proof.index = 5;
        assert!(proof.check(&leaf(4), &checkpoint).is_err());
    }

    #[test]
    fn the_embedded_checkpoint_is_the_verified_one() {
        let mut proof = proof(4);
        let checkpoint = verified(&proof);
        proof.checkpoint = checkpoint_with_root(12, Hash::ZERO);
        assert_eq!(proof.check(&leaf(4), &checkpoint), Err(ProofError::OtherCheckpoint));
    }

    #[test]
    fn a_tree_of_one_leaf_has_no_hash_line() {
        let checkpoint = checkpoint_with_root(1, leaf(0));
        let proof = TlogProof { extra: None, index: 0, hashes: Vec::new(), checkpoint };
        assert!(proof.to_string().starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nlocalhost"));
        assert_eq!(parse(&proof.to_string()), Ok(proof.clone()));
        assert_eq!(proof.check(&leaf(0), &verified(&proof)), Ok(()));
    }

    #[test]
    fn other_forms_are_refused() {
        let good = proof(4).to_string();
        let first = proof(4).hashes[0].to_string();
        let cases = [
            ("@v1\n", "@v2\n", BadProof::Header),
            ("@v1\n", "@v1\r\n", BadProof::Header),
            ("index 4", "extra \nindex 4", BadProof::Extra),
            ("index 4", "extra QQ\nindex 4", BadProof::Extra),
            ("index 4", "extra QQ==\nextra QQ==\nindex 4", BadProof::Index),
            ("index 4", "index 04", BadProof::Index),
            ("index 4", "index +4", BadProof::Index),
            ("index 4", "index 9223372036854775807", BadProof::Index),
            ("index 4\n", "index 4 \n", BadProof::Index),
            ("index 4\n", "index 4\nAAAA\n", BadProof::Hashes(BadHashes::Hash { number: 1 })),
            (&first, first.trim_end_matches('='), BadProof::Hashes(BadHashes::Hash { number: 1 })),
            ("— localhost", "- localhost", BadProof::Checkpoint(NoteError::Line { line: 1 })),
        ];
        for (old, new, expected) in cases {
            let refused = parse(&good.replacen(old, new, 1));
            assert_eq!(refused, Err(expected), "{new:?}");
        }
        assert_eq!(parse("c2sp.org/tlog-proof@v1\nindex 4\n"), Err(BadProof::Hashes(BadHashes::NoCheckpoint)));
    }

    #[test]
    fn a_second_empty_line_belongs_to_the_checkpoint_and_spoils_it() {
        let good = proof(4);
        let shifted = good.to_string().replacen("\n\n", "\n\n\n", 1);
        let shifted = parse(&shifted).unwrap();
        assert!(shifted.checkpoint.text().parse::<Checkpoint>().is_err());
        assert_eq!(shifted.check(&leaf(4), &verified(&good)), Err(ProofError::OtherCheckpoint));
    }

    #[test]
    fn more_than_64_hashes_are_refused() {
        let mut proof = proof(4);
        proof.hashes = vec![Hash::ZERO; 65];
        assert_eq!(parse(&proof.to_string()), Err(BadProof::Hashes(BadHashes::TooMany { most: 64 })));
    }
}
