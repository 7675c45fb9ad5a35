//! Provisional application (VCLT 25): a party applies a text before it is in force for it. It counts as nothing else.

use sinetti_events::primitives::time::Date;

use crate::acts::{Act, ProvisionalApplicationDeclared};
use crate::agreement::Entry;
use crate::approval;
use crate::force::Standing;
use crate::periods::{Course, Period};
use crate::texts;

/// The declaration by which the party of a seat applies the text provisionally, as of the date of `course`.
pub fn applied<'a>(
    course: &Course<'a>,
    standing: &Standing<'a>,
) -> Option<(&'a Entry, &'a ProvisionalApplicationDeclared)> {
    declared(course, standing).filter(|(_, act)| act.from <= course.force.on)
}

/// The same, whether its first day has come or not. It ends by the record that says so, once the agreement is in
/// force for the party, and when the party leaves or decides against the text.
pub fn declared<'a>(
    course: &Course<'a>,
    standing: &Standing<'a>,
) -> Option<(&'a Entry, &'a ProvisionalApplicationDeclared)> {
    let acts = course.force.agreement.acts_of(&standing.seat.party, course.force.on).into_iter().rev();
    let mut declared = acts.filter_map(|entry| match &entry.act {
        Act::ProvisionalApplicationDeclared(act) => Some((entry, act)),
        _ => None,
    });
    declared.find(|(entry, act)| standing.left.is_none() && goes_on(course, standing, entry, act))
}

fn goes_on(course: &Course<'_>, standing: &Standing<'_>, entry: &Entry, act: &ProvisionalApplicationDeclared) -> bool {
    let (agreement, on) = (course.force.agreement, course.force.on);
    let ended = |it: &Entry| it.happened_by(on) && matches!(it.act, Act::ProvisionalApplicationEnded(_));
    let against = texts::current(agreement, on).and_then(|text| approval::undone_by(agreement, entry, text, on));
    !agreement.about(entry.version).any(ended) && against.is_none() && !was_in_force(course, standing, act.from)
}

/// Whether the agreement has been in force for the party since `from`.
fn was_in_force(course: &Course<'_>, standing: &Standing<'_>, from: Date) -> bool {
    let since = |period: &Period| period.last_day.is_none_or(|last| last >= from);
    let done = match course.force.hub() {
        Some(hub) if *hub != standing.seat.party => course.force.pair_start(standing),
        _ => standing.done(course.force.rule),
    };
    done.is_some() && course.periods.iter().any(since)
}
