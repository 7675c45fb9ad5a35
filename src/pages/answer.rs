//! The sentence that answers the visitor's question: in force? how many have approved, signed, who is missing?

use sinetti_events::primitives::time::Date;
use sinetti_projections::acts::rules::EntryIntoForce;
use sinetti_projections::force;
use sinetti_projections::registry::Registry;
use sinetti_projections::status::{Missing, Status};

use super::chip::Tone;
use crate::i18n::{Value, Words, date, names, t};

/// As many names stand in the answer itself; more stand in the list below it.
const NAMES_IN_ANSWER: usize = 5;

/// The answer.
pub(crate) struct Answer {
    pub tone: Tone,
    pub badge: String,
    pub sentence: String,
    /// What the registrar has said about it.
    pub more: Option<String>,
    /// Who is missing, where it is few or many.
    pub missing: Option<String>,
}

impl Answer {
    /// Everything follows from the status.
    pub fn of(status: &Status, registry: &Registry, w: Words) -> Answer {
        let (tone, badge) = match status {
            Status { contested: true, .. } => (Tone::No, "contested"),
            Status { in_force: true, .. } if is_partly(status) => (Tone::Note, "in-force-partly"),
            Status { in_force: true, .. } => (Tone::Yes, "in-force"),
            _ => (Tone::Wait, "not-in-force"),
        };
        Answer {
            tone,
            badge: w.get(badge),
            sentence: sentence(status, registry, w),
            more: more(status, w),
            missing: missing(&status.missing, status, registry, w),
        }
    }
}

/// Under a bilateral rule: in force between some pairs and not others.
fn is_partly(status: &Status) -> bool {
    let bilateral = matches!(status.rule.entry_into_force, EntryIntoForce::EachWhenApprovedAndSigned { .. });
    bilateral && (status.in_force_pairs.len() as u64) + 1 < status.parties_total
}

fn sentence(status: &Status, registry: &Registry, w: Words) -> String {
    let mut args: Vec<(&str, Value<'_>)> = vec![
        ("total", status.parties_total.into()),
        ("approved", status.approved.into()),
        ("signed", status.signed.into()),
    ];
    if let Some(since) = status.in_force_since {
        args.push(("date", date(w.0, since).into()));
    }
    let signatures = force::asks_signatures(&status.rule.entry_into_force);
    let id = match (&status.rule.entry_into_force, status.in_force) {
        (EntryIntoForce::EachWhenApprovedAndSigned { hub }, _) => {
            args.push(("hub", names::party(w.0, registry, hub, status.on).text.into()));
            args.push(("pairs", status.in_force_pairs.len().into()));
            "sentence-pairs"
        }
        (_, true) if status.contested => "sentence-contested",
        (_, true) if signatures => "sentence-in-force",
        (_, true) => "sentence-in-force-approvals",
        (_, false) if signatures => "sentence-waiting",
        (_, false) => "sentence-waiting-approvals",
    };
    t(w.0, id, &args)
}

fn more(status: &Status, w: Words) -> Option<String> {
    let bilateral = matches!(status.rule.entry_into_force, EntryIntoForce::EachWhenApprovedAndSigned { .. });
    match (status.in_force, status.determined) {
        _ if bilateral => None,
        (true, true) => Some(w.get("determined-on")),
        (true, false) => Some(w.get("determined-not")),
        (false, _) => None,
    }
}

fn missing(missing: &[Missing], status: &Status, registry: &Registry, w: Words) -> Option<String> {
    let one = |missing: &Missing| {
        let name = names::party(w.0, registry, &missing.party, status.on).text;
        format!("{name} ({})", what(missing, w))
    };
    match missing.len() {
        0 => None,
        1..=NAMES_IN_ANSWER => {
            let names: Vec<String> = missing.iter().map(one).collect();
            Some(w.with("missing-few", "names", names.join(", ")))
        }
        count => Some(w.count("missing-many", count)),
    }
}

/// What one seat has not done.
pub(super) fn what(missing: &Missing, w: Words) -> String {
    w.get(match (missing.approval, missing.signature) {
        (true, true) => "missing-both",
        (true, false) => "missing-approval",
        (false, _) => "missing-signature",
    })
}

/// Why what counts is contested, one sentence each.
pub(super) fn contested(status: &Status, registry: &Registry, w: Words) -> Vec<String> {
    let sentence = |contest: &sinetti_projections::status::Contest| {
        let what = w.term("contest", contest.code.as_str());
        let name = |party| names::party(w.0, registry, party, status.on).text;
        let day = |day: Option<Date>| day.map(|day| date(w.0, day)).unwrap_or_default();
        match (&contest.party, &contest.by) {
            (Some(party), Some(by)) => t(
                w.0,
                "contest-by",
                &[
                    ("party", name(party).into()),
                    ("what", what.into()),
                    ("by", by.as_str().into()),
                    ("date", day(contest.occurred_on).into()),
                ],
            ),
            (Some(party), None) => t(w.0, "contest-of", &[("party", name(party).into()), ("what", what.into())]),
            (None, _) => what,
        }
    };
    status.contested_why.iter().map(sentence).collect()
}
