//! Names of members, which are all of a fixed form.

use std::fmt;
use std::str::FromStr;

use crate::primitives::hash::Digest;

/// One file of a bundle. They ascend as they stand in the ZIP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Member {
    /// `README.txt`: what this is and the trail in plain words.
    Readme,
    /// `checkpoint`: the signed note that all proofs embed.
    Checkpoint,
    /// `policy`: the tlog-policy that the ledger publishes.
    Policy,
    /// `registry/000001.json`: a record of the registry, by version.
    Registry(u64),
    /// `agreement/000001.json`: a record of the agreement, by version.
    Agreement(u64),
    /// `proofs/<index>.tlog-proof`: the inclusion of one of these records.
    Proof(u64),
    /// `heads.json`: that none is left out.
    Heads,
    /// `cosigned/<size>`: an earlier checkpoint with cosignatures.
    Cosigned(u64),
    /// `timestamps/<size>.tsr`: an RFC 3161 timestamp of a checkpoint.
    Timestamp(u64),
    /// `documents/<sha256>`: a text or extract that a record names.
    Document(Digest),
    /// `disclosures.json`: personal data still held.
    Disclosures,
}

/// No bundle has such a member.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no member of an evidence bundle")]
pub struct UnknownMember(
    /// The name.
    pub String,
);

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Member::Readme => f.write_str("README.txt"),
            Member::Checkpoint => f.write_str("checkpoint"),
            Member::Policy => f.write_str("policy"),
            Member::Registry(version) => write!(f, "registry/{version:06}.json"),
            Member::Agreement(version) => write!(f, "agreement/{version:06}.json"),
            Member::Proof(index) => write!(f, "proofs/{index}.tlog-proof"),
            Member::Heads => f.write_str("heads.json"),
            Member::Cosigned(size) => write!(f, "cosigned/{size}"),
            Member::Timestamp(size) => write!(f, "timestamps/{size}.tsr"),
            Member::Document(digest) => write!(f, "documents/{digest}"),
            Member::Disclosures => f.write_str("disclosures.json"),
        }
    }
}

impl FromStr for Member {
    type Err = UnknownMember;

    /// Each member has one name: `registry/1.json` is none.
    fn from_str(name: &str) -> Result<Member, UnknownMember> {
        parse(name).filter(|member| member.to_string() == name).ok_or_else(|| UnknownMember(name.to_owned()))
    }
}

fn parse(name: &str) -> Option<Member> {
    let between = |before: &str, after: &str| name.strip_prefix(before)?.strip_suffix(after);
    let number = |before: &str, after: &str| between(before, after)?.parse::<u64>().ok();
    match name {
        "README.txt" => Some(Member::Readme),
        "checkpoint" => Some(Member::Checkpoint),
        "policy" => Some(Member::Policy),
        "heads.json" => Some(Member::Heads),
        "disclosures.json" => Some(Member::Disclosures),
        _ => None,
    }
    .or_else(|| number("registry/", ".json").map(Member::Registry))
    .or_else(|| number("agreement/", ".json").map(Member::Agreement))
    .or_else(|| number("proofs/", ".tlog-proof").map(Member::Proof))
    .or_else(|| number("cosigned/", "").map(Member::Cosigned))
    .or_else(|| number("timestamps/", ".tsr").map(Member::Timestamp))
    .or_else(|| between("documents/", "").and_then(|digest| digest.parse().ok()).map(Member::Document))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn all() -> Vec<Member> {
        vec![
            Member::Readme,
            Member::Checkpoint,
            Member::Policy,
            Member::Registry(1),
            Member::Registry(2),
            Member::Registry(999_999),
            Member::Registry(1_000_000),
            Member::Agreement(1),
            Member::Proof(0),
            Member::Proof(9),
            Member::Proof(10),
            Member::Heads,
            Member::Cosigned(7),
            Member::Cosigned(40),
            Member::Timestamp(40),
            Member::Document(Digest([0; 32])),
            Member::Document(Digest([9; 32])),
            Member::Disclosures,
        ]
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for member in all() {
            assert_eq!(member.to_string().parse(), Ok(member));
        }
        assert_eq!(Member::Registry(1).to_string(), "registry/000001.json");
        assert_eq!(Member::Registry(1_000_000).to_string(), "registry/1000000.json");
    }

    #[test]
    fn the_order_is_that_of_the_format_and_of_numbers() {
        assert!(all().is_sorted());
    }

    #[test]
    fn each_member_has_one_name() {
        let zeroes = "0".repeat(64);
        for name in [
            "",
            "readme.txt",
            "README.TXT",
            "registry/1.json",
            "registry/0000001.json",
            "registry/+00001.json",
            "registry/000001.JSON",
            "registry/",
            "proofs/01.tlog-proof",
            "proofs/18446744073709551616.tlog-proof",
            "cosigned/",
            "cosigned/-1",
            "timestamps/1",
            "documents/../checkpoint",
            "documents/ABCD",
            "/checkpoint",
            "./checkpoint",
            "agreement\\000001.json",
            &format!("documents/{}A", &zeroes[1..]),
        ] {
            assert_eq!(name.parse::<Member>(), Err(UnknownMember(name.to_owned())));
        }
    }
}
