//! `agreement_ended`: the agreement ends for all.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Date;

use super::act_type::{ActType, Args, args, optional};
use super::line::Line;
use super::rules::Term;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::case::Case;
use crate::periods::Course;
use crate::refusal::Refusal;

/// The agreement is in force no more for anybody; by the registrar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementEnded {
    /// Where that is decided or agreed.
    pub basis: Line,
    /// How.
    pub kind: EndKind,
    /// The last day in force.
    pub last_day: Date,
    /// The agreement of this ledger that takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<StreamId>,
}

/// How an agreement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndKind {
    /// Its term is over and nothing renewed it.
    Lapsed,
    /// Another agreement takes its place (VCLT 59).
    Replaced,
    /// The parties agreed to end it, or none is left (VCLT 54, 55).
    Terminated,
}

impl EndKind {
    /// All of them.
    pub const ALL: &[EndKind] = &[EndKind::Lapsed, EndKind::Replaced, EndKind::Terminated];

    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            EndKind::Lapsed => "lapsed",
            EndKind::Replaced => "replaced",
            EndKind::Terminated => "terminated",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "agreement_ended",
    stream: StreamKind::Agreement,
    actors: Actors::Registrar,
    summary: "The agreement ends for all.",
    args: &["basis", "ending", "from", "with"],
    schema: with_common::<AgreementEnded>,
};

impl ActType for AgreementEnded {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("basis", self.basis.to_string()),
            ("ending", self.kind.as_str().to_owned()),
            ("from", self.last_day.to_string()),
            ("with", optional(self.replaced_by.as_ref())),
        ])
    }
}

fn decide(act: &AgreementEnded, case: &Case<'_>) -> Result<(), Refusal> {
    if let Some(entry) = case.agreement.of_kind(INFO.name).next() {
        let reason = format!("record {} ends the agreement already", entry.version);
        return Err(Refusal::new("agreement-ended-already", "data", reason, "correct or retract that record first"));
    }
    check_replaced(act, case)?;
    match act.kind {
        EndKind::Lapsed => check_lapsed(act, case),
        EndKind::Replaced | EndKind::Terminated => check_day(act, case),
    }
}

/// What takes its place is named, and is another agreement.
fn check_replaced(act: &AgreementEnded, case: &Case<'_>) -> Result<(), Refusal> {
    let accepted = match (act.kind, &act.replaced_by) {
        (EndKind::Replaced, Some(by)) if Some(by) != case.agreement.id.as_ref() => return Ok(()),
        (EndKind::Lapsed | EndKind::Terminated, None) => return Ok(()),
        (EndKind::Replaced, _) => "name the other agreement of this ledger that takes its place",
        (EndKind::Lapsed | EndKind::Terminated, Some(_)) => "leave it out, or say kind replaced",
    };
    let reason = format!("an agreement that is {} names another or none", act.kind.as_str());
    Err(Refusal::new("agreement-replacement", "data.replaced_by", reason, accepted))
}

/// Only a fixed term is over, on its own last day.
fn check_lapsed(act: &AgreementEnded, case: &Case<'_>) -> Result<(), Refusal> {
    let on = case.occurred_on();
    let course = Course::of(case.agreement, on);
    match course.as_ref().and_then(Course::term) {
        Some(Term::Fixed { until }) if *until < on && act.last_day == *until => Ok(()),
        Some(Term::Fixed { until }) if *until < on => {
            let reason = format!("{} is not the last day of its term", act.last_day);
            Err(Refusal::new("agreement-end-date", "data.last_day", reason, until.to_string()))
        }
        Some(Term::Fixed { until }) => {
            let reason = format!("its term is not over on {on}");
            Err(Refusal::new("term-not-over", "data.kind", reason, format!("it is over after {until}")))
        }
        _ => Err(Refusal::new(
            "term-not-over",
            "data.kind",
            "its term has no last day, so that it can't be over",
            "terminated or replaced",
        )),
    }
}

/// Nothing ends backwards: the last day is the day before at the earliest.
fn check_day(act: &AgreementEnded, case: &Case<'_>) -> Result<(), Refusal> {
    let Ok(earliest) = case.occurred_on().0.yesterday().map(Date) else { return Ok(()) };
    if act.last_day >= earliest {
        return Ok(());
    }
    let reason = format!("on {} it can't end as of {}, which is past", case.occurred_on(), act.last_day);
    Err(Refusal::new(
        "agreement-end-date",
        "data.last_day",
        reason,
        format!("{earliest} or later; occurred_on is the day on which the end was agreed or decided"),
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, opening, text_a, with};

    fn end(kind: &str, date: &str, last_day: &str) -> Value {
        json!({"basis": "seurantaryhmän pöytäkirja", "kind": kind, "last_day": last_day, "occurred_on": date})
    }

    /// In force since 8.5.2023.
    fn world() -> World {
        let mut world = World::of_parties(2);
        world.on_day("2026-06-01").complete([1, 2], "2023-05-08");
        world
    }

    /// The same, for a term to the end of 2025.
    fn fixed() -> World {
        let mut world = World::founded("2026-06-01");
        for party in ["p1", "p2"] {
            world.register(party);
        }
        let term = json!({"term": {"kind": "fixed", "until": "2025-12-31"}});
        world.given(
            "registrar",
            "agreement_opened",
            with(opening(2, json!({"kind": "all_approved_and_signed"})), term),
        );
        world.deposit(&text_a(), "2023-02-14");
        world.complete([1, 2], "2023-05-08");
        world
    }

    #[test]
    fn given_an_agreement_in_force_when_it_is_terminated_then_it_ends_after_its_last_day() {
        let mut world = world();
        let version = world.given("registrar", "agreement_ended", end("terminated", "2024-03-01", "2024-06-30"));
        let then = world.status("2024-06-30");
        assert!(then.in_force && then.bound == 2 && then.in_force_periods[0].last_day.is_none());
        let now = world.now();
        assert!(!now.in_force && now.bound == 0 && now.signed == 2 && !now.contested);
        let ending = now.ending.unwrap();
        assert_eq!((ending.kind.as_str(), ending.version), ("terminated", Some(version)));
        let period = &now.in_force_periods[0];
        let days = (period.from.to_string(), period.last_day.unwrap().to_string());
        assert_eq!(days, ("2023-05-08".to_owned(), "2024-06-30".to_owned()));
        // Nobody knew of the end before it was agreed.
        assert!(world.status("2024-02-29").ending.is_none());
        assert_eq!(
            world.slug("registrar", "agreement_ended", end("terminated", "2024-03-01", "2024-06-30")),
            "agreement-ended-already"
        );
    }

    #[test]
    fn after_the_end_nobody_comes_or_goes() {
        let mut world = world();
        world.register("p3");
        world.given("registrar", "agreement_ended", end("terminated", "2024-03-01", "2024-06-30"));
        let seat = json!({"number": 3, "party": "p3"});
        let accession = |date: &str| json!({"basis": "14 §", "occurred_on": date, "seat": seat});
        assert_eq!(world.slug("registrar", "party_acceded", accession("2024-07-01")), "agreement-ended");
        world.given("registrar", "party_acceded", accession("2024-06-30"));
        let leaving = json!({"occurred_on": "2024-07-01", "takes_effect_on": "2024-08-01"});
        assert_eq!(world.slug("p1", "withdrawal_notified", leaving), "agreement-ended");
        let declared = json!({"from": "2024-07-01", "occurred_on": "2024-07-01"});
        assert_eq!(world.slug("p1", "provisional_application_declared", declared), "agreement-ended");
    }

    #[test]
    fn another_agreement_takes_its_place() {
        let mut world = world();
        let replaced = with(end("replaced", "2024-03-01", "2024-02-29"), json!({"replaced_by": "pirkanmaa-2024"}));
        for (data, slug) in [
            (with(replaced.clone(), json!({"replaced_by": null})), "agreement-replacement"),
            (with(replaced.clone(), json!({"replaced_by": crate::given::AGREEMENT})), "agreement-replacement"),
            (with(replaced.clone(), json!({"kind": "terminated"})), "agreement-replacement"),
            (with(replaced.clone(), json!({"last_day": "2024-02-28"})), "agreement-end-date"),
        ] {
            assert_eq!(world.slug("registrar", "agreement_ended", data.clone()), slug, "{data}");
        }
        world.given("registrar", "agreement_ended", replaced);
        assert_eq!(world.now().ending.unwrap().replaced_by.unwrap().as_str(), "pirkanmaa-2024");
        assert!(world.status("2024-02-29").in_force && !world.status("2024-03-01").in_force);
    }

    #[test]
    fn only_a_term_that_is_over_has_lapsed() {
        let on = "2026-01-15";
        assert_eq!(world().slug("registrar", "agreement_ended", end("lapsed", on, "2025-12-31")), "term-not-over");
        let mut world = fixed();
        for (data, slug) in [
            (end("lapsed", "2025-12-31", "2025-12-31"), "term-not-over"),
            (end("lapsed", on, "2025-12-30"), "agreement-end-date"),
        ] {
            assert_eq!(world.slug("registrar", "agreement_ended", data.clone()), slug, "{data}");
        }
        // The calendar did it already; the record says so.
        let ending = world.now().ending.unwrap();
        assert_eq!((ending.kind.as_str(), ending.version), ("lapsed", None));
        let version = world.given("registrar", "agreement_ended", end("lapsed", on, "2025-12-31"));
        assert_eq!(world.now().ending.unwrap().version, Some(version));
        assert!(world.status("2025-12-31").in_force && !world.status("2026-01-01").in_force);
    }

    #[test]
    fn only_the_registrar_ends_it() {
        assert_eq!(
            world().slug("p1", "agreement_ended", end("terminated", "2024-03-01", "2024-06-30")),
            "actor-not-allowed"
        );
    }
}
