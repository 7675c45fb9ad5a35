//! What comes before the decisions: comment rounds, and which comments came in time. Comments approve nothing.

use sinetti_events::primitives::time::Date;

use crate::acts::{Act, CommentRoundOpened, CommentSubmitted};
use crate::agreement::{Agreement, Entry};

/// A comment of a round.
#[derive(Debug, Clone, Copy)]
pub struct Comment<'a> {
    /// What it says of itself.
    pub act: &'a CommentSubmitted,
    /// The record.
    pub entry: &'a Entry,
    /// Whether it came after the last day. That is contractual: it does not move to the next working day.
    pub late: bool,
}

/// The rounds that were opened by `on`, in order.
pub fn rounds(agreement: &Agreement, on: Date) -> impl Iterator<Item = (&Entry, &CommentRoundOpened)> {
    let opened = agreement.of_kind("comment_round_opened").filter(move |entry| entry.happened_by(on));
    opened.filter_map(|entry| round_of(entry).map(|act| (entry, act)))
}

/// The comments of the round at `version` that were given by `on`, in legal order.
pub fn comments(agreement: &Agreement, version: u64, on: Date) -> Vec<Comment<'_>> {
    let given = agreement.about(version).filter(|entry| entry.happened_by(on));
    let mut comments: Vec<Comment<'_>> =
        given.filter_map(|entry| comment(agreement, entry)).filter(|it| it.act.round == version).collect();
    comments.sort_by_key(|it| (it.entry.common.occurred_on, it.entry.version));
    comments
}

/// The comments that the decision at `version` was sent as, to whatever round.
pub(crate) fn sent_as(agreement: &Agreement, version: u64) -> impl Iterator<Item = Comment<'_>> {
    let about = agreement.about(version).filter_map(|entry| comment(agreement, entry));
    about.filter(move |it| it.act.decision == Some(version))
}

fn comment<'a>(agreement: &'a Agreement, entry: &'a Entry) -> Option<Comment<'a>> {
    let Act::CommentSubmitted(act) = &entry.act else { return None };
    let deadline = agreement.live_at(act.round).and_then(round_of).map(|round| round.deadline);
    Some(Comment { act, entry, late: deadline.is_some() && entry.common.occurred_on > deadline })
}

fn round_of(entry: &Entry) -> Option<&CommentRoundOpened> {
    match &entry.act {
        Act::CommentRoundOpened(act) => Some(act),
        _ => None,
    }
}
