//! The forums of an agreement: those of its opening and those established since, until they end.

use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::forum::{Forum, ForumDuration};
use crate::acts::slug::Slug;
use crate::agreement::{Agreement, Entry};
use crate::case::Case;
use crate::refusal::Refusal;

/// A forum, and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The record that has it: the opening, or the one that established it.
    pub by: &'a Entry,
    /// The record that ended it.
    pub ended: Option<&'a Entry>,
    /// The forum.
    pub forum: &'a Forum,
}

/// Every forum in the order of the log: the opening's first.
pub fn forums(agreement: &Agreement) -> Vec<Known<'_>> {
    let opened = agreement.entries.get(&1).zip(agreement.opening());
    let of_opening = opened.into_iter().flat_map(|(entry, act)| act.forums.iter().map(move |it| (entry, it)));
    let established = agreement.of_kind("forum_established").filter_map(|entry| match &entry.act {
        Act::ForumEstablished(act) => Some((entry, &act.forum)),
        _ => None,
    });
    let all = of_opening.chain(established);
    all.map(|(by, forum)| Known { by, ended: ended(agreement, &forum.id), forum }).collect()
}

fn ended<'a>(agreement: &'a Agreement, forum: &Slug) -> Option<&'a Entry> {
    agreement.of_kind("forum_ended").find(|entry| matches!(&entry.act, Act::ForumEnded(act) if act.forum == *forum))
}

impl Known<'_> {
    /// The first day without it: that of its end, or the day after the last for which it was meant.
    pub fn over_on(&self) -> Option<Date> {
        self.ended.and_then(|entry| entry.common.occurred_on).into_iter().chain(self.lapses_on()).min()
    }

    /// The same as of `on`, when a later end was not yet to be known of.
    pub fn over_as_of(&self, on: Date) -> Option<Date> {
        Known { ended: self.ended.filter(|entry| entry.happened_by(on)), ..*self }.over_on()
    }

    fn lapses_on(&self) -> Option<Date> {
        match self.forum.duration {
            Some(ForumDuration::Temporary { until }) => until?.0.tomorrow().ok().map(Date),
            _ => None,
        }
    }

    /// Whether it has come to be by `on`. The opening's are there whenever somebody asks: the
    /// ledger may open an agreement long after its forums first met.
    pub fn has_begun(&self, on: Date) -> bool {
        self.by.version == 1 || self.by.happened_by(on)
    }

    /// Whether it is there on `on`.
    pub fn is_there(&self, on: Date) -> bool {
        self.has_begun(on) && self.over_on().is_none_or(|over| on < over)
    }
}

/// The forum that an act names, which must have come to be when that happened.
pub(crate) fn named<'a>(case: &Case<'a>, forum: &Slug, member: &str) -> Result<Known<'a>, Refusal> {
    let forums = forums(case.agreement);
    match forums.iter().find(|known| known.forum.id == *forum) {
        Some(known) if known.by.version > 1 => case.check_after(known.by).map(|()| *known),
        Some(known) => Ok(*known),
        None => {
            let ids: Vec<&str> = forums.iter().map(|known| known.forum.id.as_str()).collect();
            let accepted = if ids.is_empty() {
                "this agreement has none; the registrar establishes one with forum_established".to_owned()
            } else {
                format!("one of: {}", ids.join(", "))
            };
            Err(Refusal::new("forum-unknown", member, format!("this agreement has no forum {forum}"), accepted))
        }
    }
}
