//! When the time for challenging a decision ends by the calendar (KuntaL §§ 134–140; act 611/2021 has the same
//! rules for wellbeing services counties). An estimate and said to be one: what really ended when, a record tells.

use jiff::Span;
use serde::{Deserialize, Serialize};
use sinetti_events::primitives::time::Date;

use crate::acts::decision_recorded::{DecisionRecorded, Effect, Resolution};
use crate::acts::organ::OrganKind;
use crate::holidays;

/// Days from publication in the information network until a member of the municipality is deemed to have notice
/// (KuntaL § 140). This day does not move when it is a holiday.
const NOTICE_DAYS: i64 = 7;

/// The estimated time for challenging a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// The last day, moved to a weekday (act 150/1930 § 5).
    pub ends_on: Date,
    /// Always true: the calendar proves no legal force.
    pub estimate: bool,
    /// By what it is challenged within that time.
    pub means: Means,
    /// When notice is deemed given; the day itself is not counted (act 150/1930 § 2).
    pub notice_on: Date,
    /// When the minutes were published.
    pub published_on: Date,
}

/// By what a decision is challenged first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Appeal to an administrative court (kunnallisvalitus, KuntaL § 135).
    Appeal,
    /// Claim for a revised decision (oikaisuvaatimus, KuntaL § 134), with appeal only after it.
    RectificationClaim,
}

impl Means {
    /// All of them.
    pub const ALL: &'static [Means] = &[Means::Appeal, Means::RectificationClaim];

    /// The code as it stands in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Means::Appeal => "appeal",
            Means::RectificationClaim => "rectification_claim",
        }
    }

    /// Days from notice.
    fn days(self) -> i64 {
        match self {
            Means::Appeal => 30,
            Means::RectificationClaim => 14,
        }
    }
}

/// The time that began when the minutes of `decision` were published. None where no time runs, or where its end
/// lies beyond the year 9999.
pub fn estimate(decision: &DecisionRecorded, published_on: Date) -> Option<Estimate> {
    let means = means(decision)?;
    let notice_on = after(published_on, NOTICE_DAYS)?;
    let ends_on = holidays::next_weekday(after(notice_on, means.days())?)?;
    Some(Estimate { ends_on, estimate: true, means, notice_on, published_on })
}

/// By what it is challenged: a council's decision by appeal, another's by a claim first. Preparation is never
/// challenged (KuntaL § 136): notes, opinions, proposals to a superior, and what was not decided yet.
fn means(decision: &DecisionRecorded) -> Option<Means> {
    let decided =
        matches!(decision.resolution, Resolution::Adopted | Resolution::AdoptedAmended | Resolution::Rejected);
    let prepares =
        matches!(decision.effect, Effect::Note | Effect::StateOpinion | Effect::ProposeToSuperior | Effect::Unknown);
    match decision.organ.kind {
        _ if prepares || !decided => None,
        OrganKind::Council => Some(Means::Appeal),
        OrganKind::Board | OrganKind::Committee | OrganKind::Official => Some(Means::RectificationClaim),
        OrganKind::Forum => None,
    }
}

fn after(date: Date, days: i64) -> Option<Date> {
    date.0.checked_add(Span::new().try_days(days).ok()?).ok().map(Date)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::acts::Act;
    use crate::given::{approval, with};

    fn decision(changes: serde_json::Value) -> DecisionRecorded {
        let data = with(approval("2023-03-27"), changes);
        let serde_json::Value::Object(members) = data else { unreachable!() };
        match Act::of_members("decision_recorded", members).unwrap() {
            (_, Act::DecisionRecorded(decision)) => *decision,
            _ => unreachable!(),
        }
    }

    fn by(kind: &str) -> DecisionRecorded {
        decision(json!({"organ": {"kind": kind, "name": "toimielin"}}))
    }

    fn ends(decision: &DecisionRecorded, published: &str) -> Option<(String, String)> {
        let estimate = estimate(decision, published.parse().unwrap())?;
        Some((estimate.notice_on.to_string(), estimate.ends_on.to_string()))
    }

    fn days(notice: &str, end: &str) -> Option<(String, String)> {
        Some((notice.to_owned(), end.to_owned()))
    }

    #[test]
    fn the_golden_case() {
        // Notice falls on Easter Monday, and stays there.
        for organ in ["board", "committee", "official"] {
            assert_eq!(ends(&by(organ), "2023-04-03"), days("2023-04-10", "2023-04-24"), "{organ}");
        }
        assert_eq!(ends(&by("council"), "2023-04-03"), days("2023-04-10", "2023-05-10"));
    }

    #[test]
    fn a_statutory_last_day_moves_to_the_next_weekday() {
        // Board, published Friday 2.6.2023: the 14th day is Midsummer Eve.
        assert_eq!(ends(&by("board"), "2023-06-02"), days("2023-06-09", "2023-06-26"));
        // Saturday; Sunday before May Day; Ascension Day; Christmas Eve; Independence Day.
        assert_eq!(ends(&by("board"), "2023-04-01"), days("2023-04-08", "2023-04-24"));
        assert_eq!(ends(&by("board"), "2023-04-09"), days("2023-04-16", "2023-05-02"));
        assert_eq!(ends(&by("board"), "2023-04-27"), days("2023-05-04", "2023-05-19"));
        assert_eq!(ends(&by("council"), "2025-11-17"), days("2025-11-24", "2025-12-29"));
        assert_eq!(ends(&by("board"), "2023-11-15"), days("2023-11-22", "2023-12-07"));
    }

    #[test]
    fn preparation_and_what_is_not_decided_have_no_clock() {
        for change in [
            json!({"effect": "note"}),
            json!({"effect": "state_opinion"}),
            json!({"effect": "propose_to_superior"}),
            json!({"effect": "unknown"}),
            json!({"resolution": "tabled"}),
            json!({"resolution": "returned"}),
            json!({"resolution": "withdrawn"}),
            json!({"resolution": "not_competent"}),
            json!({"resolution": "unknown"}),
            json!({"organ": {"kind": "forum", "name": "johtoryhmä"}}),
        ] {
            assert_eq!(ends(&decision(change.clone()), "2023-04-03"), None, "{change}");
        }
        for change in [json!({"effect": "reject"}), json!({"effect": "commit"}), json!({"resolution": "rejected"})] {
            assert!(ends(&decision(change.clone()), "2023-04-03").is_some(), "{change}");
        }
    }

    #[test]
    fn at_the_end_of_the_calendar_there_is_no_estimate() {
        assert_eq!(ends(&by("board"), "9999-12-20"), None);
    }

    #[test]
    fn codes_are_what_serde_writes() {
        for means in Means::ALL {
            assert_eq!(json!(means), json!(means.as_str()));
        }
    }
}
