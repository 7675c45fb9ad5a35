//! Texts of an agreement in groups: the language versions of one text, the description of a text
//! together with the text once it is held, and a text with an error together with the one that puts
//! it right, are one text. A group is named by the version of its first deposit.

use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::time::Date;

use crate::acts::subject::Subject;
use crate::acts::text_deposited::{TextDeposited, TextRole};
use crate::acts::{Act, AmendmentProposed, TextErrorProposed, TextErrorRectified, TextOpenedForApproval};
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
    while let Some(earlier) = deposit_at(agreement, first).and_then(|text| earlier(agreement, text)) {
        if earlier >= first {
            break;
        }
        first = earlier;
    }
    first
}

/// The deposit of the same text that `text` follows: as it says itself, or as a correction of errors made it one
/// text with the other, from the beginning (VCLT 79(4)).
fn earlier(agreement: &Agreement, text: &TextDeposited) -> Option<u64> {
    text.same_text_as.or_else(|| {
        let proposal = text.rectifies?;
        let (_, rectified) = rectification(agreement, proposal)?;
        let joined = text.digest == Some(rectified.text);
        joined.then(|| error_at(agreement, proposal).and_then(|error| held(agreement, &error.text)))?.map(|(at, _)| at)
    })
}

/// The proposal at `version` to put an error right, unless it was retracted.
pub fn error_at(agreement: &Agreement, version: u64) -> Option<&TextErrorProposed> {
    match &agreement.live_at(version)?.act {
        Act::TextErrorProposed(act) => Some(act),
        _ => None,
    }
}

/// The record by which the errors of the proposal at `version` were put right.
pub fn rectification(agreement: &Agreement, version: u64) -> Option<(&Entry, &TextErrorRectified)> {
    agreement.about(version).find_map(|entry| match &entry.act {
        Act::TextErrorRectified(act) if act.proposal == version => Some((entry, act)),
        _ => None,
    })
}

/// What put the errors of the text with `digest` right: the record, which names the text in its place.
pub fn rectified<'a>(agreement: &'a Agreement, digest: &Digest) -> Option<(&'a Entry, &'a TextErrorRectified)> {
    let errors = agreement.of_kind("text_error_proposed").filter_map(|entry| match &entry.act {
        Act::TextErrorProposed(act) if act.text == *digest => Some(entry.version),
        _ => None,
    });
    errors.filter_map(|version| rectification(agreement, version)).next()
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
    group_of_digest(agreement, &differs_from(agreement, digest)?)
}

/// The digest of the text from which the one with `digest` differs by minor technical changes only.
pub fn differs_from(agreement: &Agreement, digest: &Digest) -> Option<Digest> {
    deposit_at(agreement, group_of_digest(agreement, digest)?)?.technical_changes_of
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

/// The group that the parties are asked to approve, as of `on`: the last that was deposited or opened for
/// approval by then. Before the first there is only the first to speak of.
pub fn current(agreement: &Agreement, on: Date) -> Option<u64> {
    let put = put_for_approval(agreement);
    let by_then = put.iter().rev().find(|(_, date, _)| *date <= Some(on));
    by_then.or(put.first()).map(|(_, _, group)| *group)
}

/// What puts a text up for approval, in the order of the log: the record, the day, and the text's group.
pub(crate) fn put_for_approval(agreement: &Agreement) -> Vec<(&Entry, Option<Date>, u64)> {
    let deposited = deposits(agreement).filter(|(_, text)| text.opens_approval());
    let deposited = deposited.map(|(entry, text)| (entry, text.dated(entry), entry.version));
    let opened = agreement.of_kind("text_opened_for_approval").filter_map(|entry| match &entry.act {
        Act::TextOpenedForApproval(act) => Some((entry, entry.common.occurred_on, group_of(agreement, &act.text)?)),
        _ => None,
    });
    let mut put: Vec<(&Entry, Option<Date>, u64)> = deposited.chain(opened).collect();
    put.sort_by_key(|(entry, ..)| entry.version);
    put
}

/// The newest opening for approval of the text of group `of`, on or before `on`.
pub fn opening_of(agreement: &Agreement, of: u64, on: Date) -> Option<(&Entry, &TextOpenedForApproval)> {
    let opened = agreement.of_kind("text_opened_for_approval").rev().filter(|entry| entry.happened_by(on));
    let mut opened = opened.filter_map(|entry| match &entry.act {
        Act::TextOpenedForApproval(act) => Some((entry, act)),
        _ => None,
    });
    opened.find(|(_, act)| group_of(agreement, &act.text) == Some(of))
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
    pub(crate) fn dated(&self, entry: &Entry) -> Option<Date> {
        self.date.or(entry.common.occurred_on)
    }
}
