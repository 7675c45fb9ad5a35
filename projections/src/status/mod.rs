//! The read model of one agreement: a pure function of its records, the registry and a date.

pub mod annex_chart;
pub mod annexes;
pub mod areas;
pub mod codes;
pub mod view;

mod contest;
mod decisions;
mod rows;
mod shown_texts;

use sinetti_events::primitives::ids::{PartyId, StreamId};
use sinetti_events::primitives::time::Date;

pub use annex_chart::{AnnexChart, annex_chart};
pub use annexes::{Annex, AnnexParty};
pub use areas::Area;
pub use codes::{ActGrade, ContestCode, NoteCode};
pub use view::{
    Amendment, ConditionRow, Contest, DecisionRow, Determination, Duty, Footnote, Missing, Note, Pair, RoleSigned, Row,
    SignatureRow, Status, TextRow, Unattributed,
};

use crate::acts::Act;
use crate::acts::agreement_opened::AgreementOpened;
use crate::acts::rules::EntryIntoForce;
use crate::agreement::Agreement;
use crate::force::{self, Standing};
use crate::registry::Registry;
use crate::texts;

/// The state of `agreement` as of `on`; none before it is opened.
///
/// What is *known* is chosen by folding a prefix of the records; `on` chooses the legal date.
pub fn status(agreement: &Agreement, registry: &Registry, on: Date) -> Option<Status> {
    let opened = agreement.opening()?;
    let rule = &opened.rules.entry_into_force;
    let standings = force::standings(agreement, on);
    let parties: Vec<Row> = standings.iter().map(|standing| rows::row(agreement, registry, standing, on)).collect();
    let pairs = pairs(agreement, rule, &standings, on);
    let since = in_force_since(agreement, rule, &standings, &pairs, on);
    let in_force = since.is_some();
    let contested_why = contest::contested(agreement, registry, &standings, on);
    let determinations = determinations(agreement, on);
    Some(Status {
        agreement: agreement.id.clone().unwrap_or_else(StreamId::registry),
        amendments: Vec::new(),
        annexes: annexes::annexes(agreement, registry, on),
        approved: count(&standings, |standing| standing.approved.is_some()),
        areas: areas::areas(agreement, on),
        bound: bound(rule, in_force, &standings, &pairs),
        conditions_met: conditions_met(rule, &standings),
        contested: !contested_why.is_empty(),
        contested_why,
        current_text: texts::current(agreement, on),
        demonstration: registry.demonstration,
        determined: !determinations.is_empty(),
        determinations,
        duties: Vec::new(),
        in_force,
        in_force_pairs: pairs,
        in_force_since: since,
        invented: agreement.live().any(|entry| entry.common.invented && entry.happened_by(on)),
        missing: rows::missing(registry, rule, &parties, on),
        on,
        opening: opened.clone(),
        parties_current: parties_current(registry, opened, on),
        parties_total: opened.roster.len() as u64,
        parties,
        rule: opened.rules.clone(),
        signed: count(&standings, |standing| standing.signed.is_some()),
        texts: shown_texts::texts(agreement, on),
        titles: opened.titles.clone(),
        unattributed: decisions::unattributed(agreement, on),
    })
}

fn count<'a>(standings: &[Standing<'a>], of: impl Fn(&&Standing<'a>) -> bool) -> u64 {
    standings.iter().filter(of).count() as u64
}

/// As determined, where the registrar has; else as computed.
fn in_force_since(
    agreement: &Agreement,
    rule: &EntryIntoForce,
    standings: &[Standing<'_>],
    pairs: &[Pair],
    on: Date,
) -> Option<Date> {
    if matches!(rule, EntryIntoForce::EachWhenApprovedAndSigned { .. }) {
        return pairs.iter().map(|pair| pair.since).min();
    }
    let from = match force::determination(agreement, None) {
        Some((_, determined)) => Some(determined.in_force_from),
        None => force::met_since(rule, standings),
    };
    from.filter(|from| *from <= on && !term_is_over(agreement, on))
}

/// Whether the agreement's own term has ended.
fn term_is_over(agreement: &Agreement, on: Date) -> bool {
    agreement.opening().is_some_and(|opened| opened.term.is_over(on))
}

fn pairs(agreement: &Agreement, rule: &EntryIntoForce, standings: &[Standing<'_>], on: Date) -> Vec<Pair> {
    let EntryIntoForce::EachWhenApprovedAndSigned { hub } = rule else { return Vec::new() };
    if term_is_over(agreement, on) {
        return Vec::new();
    }
    let pair = |standing: &Standing<'_>| {
        let party = &standing.seat.party;
        let met = force::pair_met_since(rule, standings, party);
        let determined = force::determination(agreement, Some(party)).map(|(_, act)| act.in_force_from);
        Some(Pair {
            contested: determined.is_some_and(|from| met.is_none_or(|met| met > from)),
            determined: determined.is_some(),
            hub: hub.clone(),
            number: standing.seat.number,
            party: party.clone(),
            since: determined.or(met).filter(|since| *since <= on)?,
        })
    };
    standings.iter().filter_map(pair).collect()
}

fn conditions_met(rule: &EntryIntoForce, standings: &[Standing<'_>]) -> bool {
    let pair = |standing: &Standing<'_>| force::pair_met_since(rule, standings, &standing.seat.party).is_some();
    force::met_since(rule, standings).is_some() || standings.iter().any(pair)
}

/// While it is in force, the parties that have done what the rule asks and still hold to it.
fn bound(rule: &EntryIntoForce, in_force: bool, standings: &[Standing<'_>], pairs: &[Pair]) -> u64 {
    let holds = |party: &PartyId| {
        standings.iter().any(|standing| standing.seat.party == *party && standing.done(rule).is_some())
    };
    match rule {
        _ if !in_force => 0,
        EntryIntoForce::EachWhenApprovedAndSigned { hub } => {
            let parties = pairs.iter().filter(|pair| !pair.contested).count() as u64;
            if parties > 0 && holds(hub) { parties + 1 } else { 0 }
        }
        _ => count(standings, |standing| standing.done(rule).is_some()),
    }
}

fn determinations(agreement: &Agreement, on: Date) -> Vec<Determination> {
    let determination = |entry: &crate::agreement::Entry| match &entry.act {
        Act::EntryIntoForceDetermined(act) => Some(Determination {
            in_force_from: act.in_force_from,
            occurred_on: entry.common.occurred_on,
            version: entry.version,
            with_party: act.with_party.clone(),
        }),
        _ => None,
    };
    let determined = agreement.of_kind("entry_into_force_determined");
    determined.filter(|entry| entry.happened_by(on)).filter_map(determination).collect()
}

/// The different parties that hold the seats on `on`. Never what the rule counts.
fn parties_current(registry: &Registry, opened: &AgreementOpened, on: Date) -> u64 {
    let mut holders: Vec<PartyId> = opened.roster.iter().flat_map(|seat| registry.current(&seat.party, on)).collect();
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
