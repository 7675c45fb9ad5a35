//! Amendments and disputes as they are shown.

use sinetti_events::primitives::time::Date;

use super::view::{Amendment, BoundParty, Dispute, Missing, Resolved, TextGroup, View};
use crate::agreement::{Agreement, Entry};
use crate::amendments::{self, Amended};
use crate::approval::{self, WhyNot};
use crate::disputes;
use crate::force::{self, Standing};
use crate::periods::Course;
use crate::registry::Registry;
use crate::signing;
use crate::texts;

/// The amendments that were proposed by the date.
pub(super) fn amendments(course: &Course<'_>, registry: &Registry) -> Vec<Amendment> {
    course.amendments.iter().map(|amended| amendment(course, registry, amended)).collect()
}

/// While the agreement is in force: its parties by the amendments that bind them.
pub(super) fn text_groups(course: &Course<'_>) -> Vec<TextGroup> {
    if course.in_force_since().is_none() {
        return Vec::new();
    }
    let groups = amendments::text_groups(&course.force, &course.amendments).into_iter();
    let group = |group: amendments::TextGroup<'_>| TextGroup {
        amendments: group.amendments,
        consolidated: group.consolidated,
        parties: group.parties.into_iter().cloned().collect(),
    };
    groups.map(group).collect()
}

fn amendment(course: &Course<'_>, registry: &Registry, amended: &Amended<'_>) -> Amendment {
    let (force, on) = (&course.force, course.force.on);
    let asked: Vec<&Standing<'_>> = amended.asked(force).collect();
    let count = |of: &dyn Fn(&Standing<'_>) -> bool| asked.iter().filter(|standing| of(standing)).count() as u64;
    let in_force = amended.since.is_some() && course.in_force_since().is_some();
    let bound = if in_force { amended.bound(force) } else { Vec::new() };
    let text = amended.group.and_then(|group| texts::deposit_at(force.agreement, group));
    Amendment {
        accepted: count(&|standing| standing.done(force.rule).is_some()),
        approved: count(&|standing| standing.approved.is_some()),
        articles: amended.act.articles.clone(),
        asked: asked.len() as u64,
        binds_all_from: amended.binds_all_from,
        bound: bound.into_iter().map(|(party, since)| BoundParty { party: party.clone(), since }).collect(),
        conditions_met: amended.met_since.is_some(),
        determined: amended.determination.is_some_and(|(entry, _)| entry.happened_by(on)),
        groups: if in_force { text_groups(course) } else { Vec::new() },
        in_force,
        in_force_since: amended.since,
        missing: asked.iter().filter_map(|standing| missing(course, registry, amended, standing)).collect(),
        rule: amended.act.rule.clone(),
        signed: count(&|standing| standing.signed.is_some()),
        text: amended.act.text,
        titles: text.map(|text| text.titles.clone()),
        version: amended.entry.version,
    }
}

/// What a party has not done about the amendment; none when it has accepted it.
fn missing(
    course: &Course<'_>,
    registry: &Registry,
    amended: &Amended<'_>,
    standing: &Standing<'_>,
) -> Option<Missing> {
    let (agreement, on, party) = (course.force.agreement, course.force.on, &standing.seat.party);
    let signature = force::asks_signatures(course.force.rule) && standing.signed.is_none();
    let approval = standing.approved.is_none();
    (approval || signature).then(|| Missing {
        approval,
        names: registry.names(party, on).cloned(),
        number: standing.seat.number,
        party: party.clone(),
        signature,
        signatures: amended.group.map_or("0/1".to_owned(), |group| {
            let signing = signing::signing(agreement, party, group, on);
            format!("{}/{}", signing.have, signing.needed)
        }),
        successors: match registry.ended(party, on) {
            Some(_) => registry.current(party, on),
            None => Vec::new(),
        },
        why: approval.then(|| why_not(agreement, amended, standing, on)),
    })
}

/// Why the party's newest decision about the amendment does not approve it.
fn why_not(agreement: &Agreement, amended: &Amended<'_>, standing: &Standing<'_>, on: Date) -> WhyNot {
    let Some(group) = amended.group else { return WhyNot::Pending };
    let decisions = approval::decisions_of(agreement, &standing.seat.party, on);
    let about =
        decisions.iter().rev().find(|(entry, act)| approval::group_approved(agreement, entry, act) == Some(group));
    let counted = about.map(|(entry, act)| approval::counts_as_approval(agreement, entry, act, group, on));
    counted.and_then(Result::err).unwrap_or(WhyNot::Pending)
}

/// The disputes that were raised by the date.
pub(super) fn disputes(agreement: &Agreement, on: Date) -> Vec<Dispute> {
    let dispute = |dispute: disputes::Dispute<'_>| Dispute {
        about: dispute.act.about,
        answers: dispute.answers.iter().map(|(entry, _)| view(entry)).collect(),
        matter: dispute.act.matter,
        open: dispute.is_open(agreement),
        resolved: dispute.resolved.map(|(entry, act)| Resolved {
            by: act.by.clone(),
            occurred_on: entry.common.occurred_on,
            outcome: act.outcome,
            version: entry.version,
        }),
        view: view(dispute.entry),
    };
    disputes::disputes(agreement, on).into_iter().map(dispute).collect()
}

fn view(entry: &Entry) -> View {
    View {
        grade: entry.grade(),
        occurred_on: entry.common.occurred_on,
        party: entry.party().cloned(),
        version: entry.version,
    }
}
