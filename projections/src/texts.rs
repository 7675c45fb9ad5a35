//! Texts of an agreement in groups: the language versions of one text, and the description of
//! a text together with the text once it is held, are one text. A group is named by the
//! version of its first deposit.

use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use crate::acts::subject::Subject;
use crate::acts::text_deposited::{TextDeposited, TextRole};
use crate::acts::{Act, AmendmentProposed};
use crate::agreement::{Agreement, Entry};

/// The deposits that were not retracted, in order.
pub fn deposits(agreement: &Agreement) -> impl DoubleEndedIterator<Item = (&Entry, &TextDeposited)> {
    agreement.of_kind("text_deposited").filter_map(|entry| match &entry.act {
        Act::TextDeposited(text) => Some((entry, text.as_ref())),
        _ => None,
    })
}

/// The deposit at `version`, unless it was retracted.
pub fn deposit_at(agreement: &Agreement, version: u64) -> Option<&TextDeposited> {
    match &agreement.live_at(version)?.act {
        Act::TextDeposited(text) => Some(text),
        _ => None,
    }
}

/// The deposit of the text with `digest`.
pub fn held<'a>(agreement: &'a Agreement, digest: &Digest) -> Option<(u64, &'a TextDeposited)> {
    deposits(agreement)
        .find(|(_, text)| text.digest.as_ref() == Some(digest))
        .map(|(entry, text)| (entry.version, text))
}

/// The group to which the deposit at `version` belongs.
pub fn group(agreement: &Agreement, version: u64) -> u64 {
    let mut first = version;
    // decide lets a deposit name an earlier one only, so this ends.
    while let Some(earlier) = deposit_at(agreement, first).and_then(|text| text.same_text_as) {
        if earlier >= first {
            break;
        }
        first = earlier;
    }
    first
}

/// The group of the text with `digest`.
pub fn group_of_digest(agreement: &Agreement, digest: &Digest) -> Option<u64> {
    held(agreement, digest).map(|(version, _)| group(agreement, version))
}

/// The group of the text that an act names.
pub fn group_of(agreement: &Agreement, subject: &Subject) -> Option<u64> {
    match subject {
        Subject::Digest(digest) => group_of_digest(agreement, digest),
        Subject::Deposit(version) => deposit_at(agreement, *version).map(|_| group(agreement, *version)),
    }
}

/// The group from which the text with `digest` differs by minor technical changes only.
pub fn base_of(agreement: &Agreement, digest: &Digest) -> Option<u64> {
    let (_, text) = held(agreement, digest)?;
    group_of_digest(agreement, text.technical_changes_of.as_ref()?)
}

/// The digests of a group.
pub fn digests(agreement: &Agreement, of: u64) -> Vec<Digest> {
    let mine = deposits(agreement).filter(|(entry, _)| group(agreement, entry.version) == of);
    mine.filter_map(|(_, text)| text.digest).collect()
}

/// Whether the text of group `of` stands beside the agreement's own, as an annex or an amendment: what the
/// parties do about it is shown with it.
pub fn stands_apart(agreement: &Agreement, of: u64) -> bool {
    let role = deposit_at(agreement, of).map(|text| text.role);
    matches!(role, Some(TextRole::Amendment | TextRole::Annex))
}

/// The amendment whose text is of group `of`, with the record that proposed it.
pub fn proposed(agreement: &Agreement, of: u64) -> Option<(&Entry, &AmendmentProposed)> {
    agreement.of_kind("amendment_proposed").find_map(|entry| match &entry.act {
        Act::AmendmentProposed(act) if group_of_digest(agreement, &act.text) == Some(of) => Some((entry, act.as_ref())),
        _ => None,
    })
}

/// The group that the parties are asked to approve, as of `on`: the last that was deposited for
/// approval by then. Before the first there is only the first to speak of.
pub fn current(agreement: &Agreement, on: Date) -> Option<u64> {
    let firsts: Vec<(&Entry, &TextDeposited)> = deposits(agreement).filter(|(_, text)| text.opens_approval()).collect();
    let by_then = firsts.iter().rev().find(|(entry, text)| text.dated(entry) <= Some(on));
    by_then.or(firsts.first()).map(|(entry, _)| entry.version)
}

impl TextDeposited {
    /// Whether this is the first deposit of a text for approval.
    pub(crate) fn opens_approval(&self) -> bool {
        self.role == TextRole::Approval
            && self.same_text_as.is_none()
            && self.technical_changes_of.is_none()
            && self.rectifies.is_none()
    }

    /// The date that the text bears, else that of its deposit.
    fn dated(&self, entry: &Entry) -> Option<Date> {
        self.date.or(entry.common.occurred_on)
    }
}
