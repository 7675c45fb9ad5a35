//! The forums of an agreement as they are shown.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::forum::Forum;
use crate::acts::slug::Slug;
use crate::agreement::Agreement;
use crate::forums;

/// One forum, as of a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForumRow {
    /// Version of the record that ended it.
    pub ended_by: Option<u64>,
    /// Version of the record that has it: 1 for those of the opening.
    pub established_by: u64,
    /// The forum.
    pub forum: Forum,
    /// Whether it is there on that date.
    pub is_there: bool,
    /// Versions of its meetings that were recorded.
    pub meetings: Vec<u64>,
    /// The first day without it, gone by or to come.
    pub over_on: Option<Date>,
}

/// All that had come to be by `on`, those that are over included, in the order of the log.
pub(super) fn forums(agreement: &Agreement, on: Date) -> Vec<ForumRow> {
    let begun = forums::forums(agreement).into_iter().filter(|known| known.has_begun(on));
    let row = |known: forums::Known<'_>| ForumRow {
        ended_by: known.ended.filter(|entry| entry.happened_by(on)).map(|entry| entry.version),
        established_by: known.by.version,
        forum: known.forum.clone(),
        is_there: known.is_there(on),
        meetings: meetings(agreement, &known.forum.id, on),
        over_on: known.over_as_of(on),
    };
    begun.map(row).collect()
}

fn meetings(agreement: &Agreement, forum: &Slug, on: Date) -> Vec<u64> {
    let held = agreement.of_kind("negotiation_held").filter(|entry| entry.happened_by(on));
    let there =
        held.filter(|entry| matches!(&entry.act, Act::NegotiationHeld(act) if act.forum.as_ref() == Some(forum)));
    there.map(|entry| entry.version).collect()
}
