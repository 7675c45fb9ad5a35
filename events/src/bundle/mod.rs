//! The evidence bundle: everything that an auditor needs for one agreement, in one ZIP (FORMATS § 6).
//!
//! Here are bytes and members. What the members must say is checked by the auditor's replay.

mod archive;
mod heads;
mod member;

use std::collections::BTreeMap;

use crate::primitives::ids::StreamId;

pub use archive::{BadArchive, MAX_MEMBERS, TooLarge};
pub use heads::{BadHeads, Heads};
pub use member::{Member, UnknownMember};

/// The members of a bundle, exact bytes, in their order in the ZIP.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    members: BTreeMap<Member, Vec<u8>>,
}

impl Bundle {
    /// A bundle without members.
    pub fn new() -> Bundle {
        Bundle::default()
    }

    /// `<agreement>-<size>.sinetti.zip`.
    pub fn file_name(agreement: &StreamId, size: u64) -> String {
        format!("{agreement}-{size}.sinetti.zip")
    }

    /// Puts a member in, or in place of the one that is there.
    pub fn insert(&mut self, member: Member, bytes: impl Into<Vec<u8>>) {
        self.members.insert(member, bytes.into());
    }

    /// Takes a member out.
    pub fn remove(&mut self, member: Member) -> Option<Vec<u8>> {
        self.members.remove(&member)
    }

    /// The bytes of one member.
    pub fn get(&self, member: Member) -> Option<&[u8]> {
        self.members.get(&member).map(Vec::as_slice)
    }

    /// All members in order.
    pub fn iter(&self) -> impl Iterator<Item = (Member, &[u8])> {
        self.members.iter().map(|(member, bytes)| (*member, bytes.as_slice()))
    }
}
