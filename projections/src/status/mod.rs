//! The read model of one agreement: a pure function of its records, the registry and a date.

pub mod annex_chart;
pub mod annexes;
pub mod areas;
pub mod codes;
pub mod counterparts;
pub mod forums;
pub mod goals;
pub mod view;

mod amended;
mod contest;
mod decisions;
pub mod drafted;
mod in_force;
mod rows;
mod shown_texts;

use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::Date;

pub use annex_chart::{AnnexChart, annex_chart};
pub use annexes::{Annex, AnnexParty};
pub use areas::{Area, Division};
pub use codes::{ActGrade, ContestCode, NoteCode, TextErrorState};
pub use counterparts::{Counterpart, Counterparts, Side};
pub use drafted::Drafting;
pub use forums::ForumRow;
pub use goals::{Goal, IndicatorRow, PeriodValues, Reported};
pub use view::{
    Amendment, BoundParty, ConditionRow, Contest, DecisionRow, Determination, Dispute, Ending, Footnote, MergedSeat,
    Missing, Note, Pair, Period, Provisional, Resolved, RoleSigned, Row, SignatureRow, Status, Taken, TextErrorRow,
    TextGroup, TextRow, Unattributed, View, Withdrawal,
};

use crate::agreement::Agreement;
use crate::amendments;
use crate::duties;
pub use crate::duties::{Duty, DutyKind, DutyState};
use crate::force::Standing;
use crate::periods::Course;
use crate::registry::Registry;
use crate::texts;

/// The state of `agreement` as of `on`; none before it is opened.
///
/// What is *known* is chosen by folding a prefix of the records; `on` chooses the legal date.
pub fn status(agreement: &Agreement, registry: &Registry, on: Date) -> Option<Status> {
    let opened = agreement.opening()?;
    let course = Course::of(agreement, on)?;
    let standings = &course.force.standings;
    let parties: Vec<Row> = standings.iter().map(|it| rows::row(&course, registry, it)).collect();
    let contested_why = contest::contested(&course, registry);
    let determinations = in_force::determinations(agreement, on);
    Some(Status {
        agreement: agreement.id.clone().unwrap_or_else(StreamId::registry),
        amendments: amended::amendments(&course, registry),
        annexes: annexes::annexes(agreement, registry, on),
        approved: count(&parties, |row| row.approved),
        areas: areas::areas(agreement, registry, on),
        bound: count(&parties, |row| row.bound),
        conditions_met: course.force.is_met(),
        contested: !contested_why.is_empty(),
        contested_why,
        current_text: texts::current(agreement, on),
        demonstration: registry.demonstration,
        determined: !determinations.is_empty(),
        determinations,
        disputes: amended::disputes(agreement, on),
        drafting: drafted::drafting(agreement, on),
        duties: duties::duties(agreement, registry, on),
        ending: in_force::ending(&course),
        forums: forums::forums(agreement, on),
        in_force: course.in_force_since().is_some(),
        in_force_pairs: in_force::pairs(&course),
        in_force_periods: in_force::periods(&course),
        in_force_since: course.in_force_since(),
        invented: agreement.live().any(|entry| entry.common.invented && entry.happened_by(on)),
        merged_seats: in_force::merged_seats(agreement, on),
        missing: rows::missing(registry, course.force.rule, &parties, on),
        on,
        opening: opened.clone(),
        parties_current: parties_current(registry, standings, on),
        parties_total: parties.len() as u64,
        rule: amendments::amended_rules(&opened.rules, &course.amendments),
        signed: count(&parties, |row| row.signed),
        term: course.term().unwrap_or(&opened.term).clone(),
        text_groups: amended::text_groups(&course),
        text_errors: shown_texts::errors(agreement, on),
        texts: shown_texts::texts(agreement, on),
        titles: opened.titles.clone(),
        unattributed: decisions::unattributed(agreement, on),
        parties,
    })
}

fn count(rows: &[Row], of: impl Fn(&&Row) -> bool) -> u64 {
    rows.iter().filter(of).count() as u64
}

/// The different parties that hold the seats on `on`. Never what the rule counts.
fn parties_current(registry: &Registry, standings: &[Standing<'_>], on: Date) -> u64 {
    let mut holders: Vec<PartyId> =
        standings.iter().flat_map(|standing| registry.current(standing.held.holder(on), on)).collect();
    holders.sort();
    holders.dedup();
    holders.len() as u64
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::given::World;

    #[test]
    fn there_is_no_status_before_the_opening() {
        assert_eq!(status(&Agreement::default(), &Registry::default(), "2023-05-08".parse().unwrap()), None);
    }

    #[test]
    fn the_answer_has_the_members_that_programs_rely_on() {
        let mut world = World::of_parties(25);
        world.on_day("2023-06-01").complete(1..=24, "2023-05-08");
        let answer = serde_json::to_value(world.now()).unwrap();
        for (member, value) in [
            ("agreement", json!("pirkanmaa-puitesopimus-2023")),
            ("in_force", json!(false)),
            ("determined", json!(false)),
            ("contested", json!(false)),
            ("in_force_pairs", json!([])),
            ("parties_total", json!(25)),
            ("parties_current", json!(25)),
            ("approved", json!(24)),
            ("signed", json!(24)),
            ("bound", json!(0)),
            ("annexes", json!([])),
            ("amendments", json!([])),
            ("duties", json!([])),
            ("invented", json!(false)),
            ("demonstration", json!(false)),
        ] {
            assert_eq!(answer[member], value, "{member}");
        }
        assert_eq!(answer["missing"].as_array().map(Vec::len), Some(1));
        assert_eq!(answer["missing"][0]["party"], "p25");
        assert_eq!(answer["missing"][0]["why"], "pending");
        assert_eq!(answer["parties"][0]["approved"], true);
        assert_eq!(answer["parties"][0]["signatures"], "1/1");
        assert_eq!(answer["parties"][24]["number"], 25);
    }

    #[test]
    fn programs_read_back_what_was_answered() {
        let mut world = World::of_parties(3);
        world.on_day("2023-06-01").complete([1], "2023-05-08");
        let text = serde_json::to_string(&world.now()).unwrap();
        assert_eq!(serde_json::from_str::<Status>(&text).unwrap(), world.now());
    }

    #[test]
    fn codes_are_what_serde_writes() {
        let written = |code: Value| code.as_str().unwrap().to_owned();
        for code in NoteCode::ALL {
            assert_eq!(written(json!(code)), code.as_str());
        }
        for code in ContestCode::ALL {
            assert_eq!(written(json!(code)), code.as_str());
        }
        for code in TextErrorState::ALL {
            assert_eq!(written(json!(code)), code.as_str());
        }
        for code in ActGrade::ALL {
            assert_eq!(written(json!(code)), code.as_str());
        }
        for code in crate::conditions::ConditionState::ALL {
            assert_eq!(written(json!(code)), code.as_str());
        }
        for code in crate::approval::WhyNot::ALL {
            assert_eq!(written(json!(code)), code.as_str());
        }
    }
}
