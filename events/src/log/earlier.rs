//! An earlier checkpoint with the proof that a later one extends it: `cosigned/<size>` of an
//! evidence bundle.
//!
//! ```text
//! consistency <size of the later checkpoint>
//! <base64 hash>          one line for each hash of the RFC 6962 consistency proof
//!
//! <the earlier checkpoint, verbatim>
//! ```

use std::fmt;

use crate::primitives::hash::Hash;
use crate::tree::consistency::{ConsistencyError, check_consistency};
use crate::tree::node::MAX_SIZE;

use super::checkpoint::{Checkpoint, decimal};
use super::note::{Note, NoteError};
use super::proof::{BadHashes, MAX_PROOF_BYTES, parse_hashes};

/// A consistency proof below 2^63 leaves has at most 64 hashes.
const MAX_HASHES: usize = 64;

/// A parsed file: well formed, not yet checked. Its text form is [`fmt::Display`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierCheckpoint {
    /// Size of the later checkpoint.
    pub to: u64,
    /// The consistency proof.
    pub hashes: Vec<Hash>,
    /// The earlier checkpoint, verbatim.
    pub checkpoint: Note,
}

/// The bytes are no earlier checkpoint with its proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEarlier {
    /// Too long.
    #[error("it has more than {MAX_PROOF_BYTES} bytes")]
    TooLong,
    /// Not text.
    #[error("it is not UTF-8")]
    Utf8,
    /// The first line.
    #[error("its first line is not 'consistency <size>' in decimal below 2^63 without leading zeroes")]
    Size,
    /// The proof.
    #[error("its proof: {0}")]
    Hashes(#[from] BadHashes),
    /// The checkpoint.
    #[error("its checkpoint: {0}")]
    Checkpoint(#[from] NoteError),
}

impl EarlierCheckpoint {
    /// Parses strictly; what is accepted has only this one form.
    ///
    /// # Errors
    ///
    /// What is malformed.
    pub fn parse(bytes: &[u8]) -> Result<EarlierCheckpoint, BadEarlier> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(BadEarlier::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BadEarlier::Utf8)?;
        let (line, rest) =
            text.strip_prefix("consistency ").and_then(|rest| rest.split_once('\n')).ok_or(BadEarlier::Size)?;
        let to = decimal(line).filter(|size| *size <= MAX_SIZE).ok_or(BadEarlier::Size)?;
        let (hashes, checkpoint) = parse_hashes(rest, MAX_HASHES)?;
        Ok(EarlierCheckpoint { to, hashes, checkpoint: Note::parse(checkpoint.as_bytes())? })
    }

    /// Checks that the tree of `later` extends that of `earlier`, which is the text of
    /// [`EarlierCheckpoint::checkpoint`] with its signatures verified elsewhere.
    ///
    /// # Errors
    ///
    /// Why the proof does not show it.
    pub fn check(&self, earlier: &Checkpoint, later: &Checkpoint) -> Result<(), ConsistencyError> {
        if self.to != later.size {
            return Err(ConsistencyError::Sizes { old: earlier.size, new: self.to });
        }
        check_consistency(earlier.size, &earlier.root, later.size, &later.root, &self.hashes)
    }
}

impl fmt::Display for EarlierCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "consistency {}", self.to)?;
        for hash in &self.hashes {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint.as_str())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::signer::tests::checkpoint_with_root;
    use crate::tree::consistency::consistency_nodes;
    use crate::tree::frontier::Frontier;

    /// The tree of this size, with all its nodes.
    fn tree(size: u64) -> (Hash, std::collections::HashMap<crate::tree::node::NodeId, Hash>) {
        let mut tree = Frontier::new();
        let nodes = (0..size).flat_map(|leaf| tree.push(Hash::leaf(&leaf.to_be_bytes()))).collect();
        (tree.root(), nodes)
    }

    fn earlier(old: u64, new: u64) -> (EarlierCheckpoint, Checkpoint, Checkpoint) {
        let (later, nodes) = tree(new);
        let plan = consistency_nodes(old, new).unwrap();
        let hashes: Vec<Hash> = plan.nodes().iter().map(|id| nodes[id]).collect();
        let (note, later) = (checkpoint_with_root(old, tree(old).0), checkpoint_with_root(new, later));
        let (from, to) = (note.text().parse().unwrap(), later.text().parse().unwrap());
        (EarlierCheckpoint { to: new, hashes: plan.prove(&hashes).unwrap(), checkpoint: note }, from, to)
    }

    #[test]
    fn it_round_trips_and_checks() {
        for new in 1..20 {
            for old in 1..=new {
                let (earlier, from, to) = earlier(old, new);
                assert_eq!(EarlierCheckpoint::parse(earlier.to_string().as_bytes()), Ok(earlier.clone()));
                assert_eq!(earlier.check(&from, &to), Ok(()), "{old} to {new}");
            }
        }
    }

    #[test]
    fn a_proof_to_another_checkpoint_shows_nothing() {
        let (good, from, to) = earlier(3, 7);
        let (_, _, other) = earlier(3, 8);
        assert!(good.check(&from, &other).is_err());
        assert!(EarlierCheckpoint { to: 8, ..good.clone() }.check(&from, &to).is_err());
        assert!(good.check(&Checkpoint { root: Hash::ZERO, ..from.clone() }, &to).is_err());
        assert!(good.check(&from, &Checkpoint { root: Hash::ZERO, ..to.clone() }).is_err());
        assert!(good.check(&to, &from).is_err());
    }

    #[test]
    fn other_forms_are_refused() {
        let good = earlier(3, 7).0.to_string();
        for (old, new) in [
            ("consistency 7", "consistency 07"),
            ("consistency 7", "consistency 9223372036854775808"),
            ("consistency 7", "to 7"),
            ("consistency 7\n", "consistency 7\n\n"),
            ("consistency 7\n", "consistency 7\nAAAA\n"),
            ("— localhost", "- localhost"),
        ] {
            let changed = good.replacen(old, new, 1);
            let parsed = EarlierCheckpoint::parse(changed.as_bytes());
            assert!(
                parsed.is_err() || parsed.is_ok_and(|it| it.checkpoint.text().parse::<Checkpoint>().is_err()),
                "{new:?}"
            );
        }
        let long = format!("consistency 7\n{}\n", format!("{}\n", Hash::ZERO).repeat(65));
        assert_eq!(EarlierCheckpoint::parse(long.as_bytes()), Err(BadEarlier::Hashes(BadHashes::TooMany { most: 64 })));
    }
}
