//! What changed since a reader last looked: `?since=` on the page of an agreement.

use serde::Deserialize;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::difference::{Difference, DifferenceCode, differences};
use sinetti_projections::helsinki;
use sinetti_projections::registry::Registry;
use sinetti_projections::status::{Status, status};

use super::moment::{self, BadMoment};
use crate::i18n::{Titled, Words, date, instant, names, t};
use crate::ledger::{Ledger, ReadError};

/// `?since=` as sent; a form sends an empty field for what is not chosen.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    since: String,
}

/// The moment to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Since {
    known_at: Instant,
    on: Date,
}

/// What the section shows.
pub(super) struct Changes {
    /// Value of the date field.
    pub field: String,
    /// Moments that are often asked for, as date and name.
    pub offers: Vec<(String, String)>,
    pub told: Option<Told>,
}

/// The answer to what was asked.
pub(super) struct Told {
    /// Between which moments.
    pub between: String,
    /// None where the agreement was not in the ledger then.
    pub rows: Option<Vec<Changed>>,
    /// Query of the same answer for programs.
    pub query: String,
}

/// One thing that is otherwise.
pub(super) struct Changed {
    pub what: String,
    /// Whose.
    pub party: Option<Titled>,
    /// The record that it is about.
    pub version: Option<u64>,
    pub before: String,
    pub after: String,
}

impl Asked {
    /// The moment; none when none is asked for. A bare date means its end in Helsinki.
    pub fn since(&self, now: Instant) -> Result<Option<Since>, BadMoment> {
        let known_at = moment::known_at(&self.since, now)?;
        Ok(known_at.map(|known_at| Since { known_at, on: helsinki::date_of(known_at.min(now)) }))
    }

    /// The query of the page with this part added; only of what [`Asked::since`] has taken.
    pub fn added_to(&self, query: &str) -> String {
        match (self.since.as_str(), query) {
            ("", query) => query.to_owned(),
            (since, "") => format!("?since={since}"),
            (since, query) => format!("{query}&since={since}"),
        }
    }
}

/// The state as it was at `since`; none while the agreement was not in the ledger.
///
/// # Errors
///
/// As [`Ledger::view`].
pub(super) async fn before(ledger: &Ledger, now: &Status, since: Since) -> Result<Option<Status>, ReadError> {
    let view = ledger.view(&now.agreement, Some(since.known_at)).await?;
    Ok(view.and_then(|view| status(&view.agreement, &view.registry, since.on)))
}

impl Changes {
    /// What is otherwise in `after`; `before` is what [`before`] found for the moment asked for.
    pub fn of(
        before: Option<(Since, Option<Status>)>,
        after: &Status,
        registry: &Registry,
        now: Instant,
        w: Words,
    ) -> Changes {
        let today = helsinki::date_of(now);
        let field = before.as_ref().map(|(since, _)| helsinki::date_of(since.known_at).to_string());
        Changes {
            field: field.unwrap_or_default(),
            offers: offers(today, w),
            told: before.map(|(since, before)| told(since, before.as_ref(), after, registry, w)),
        }
    }
}

fn told(since: Since, before: Option<&Status>, after: &Status, registry: &Registry, w: Words) -> Told {
    let args = [("since", instant(w.0, since.known_at).into()), ("on", date(w.0, after.on).into())];
    let rows = before.map(|before| {
        let all = differences(before, after);
        all.iter().map(|difference| changed(difference, after, registry, w)).collect()
    });
    Told { between: t(w.0, "changes-between", &args), rows, query: format!("?since={}", since.known_at) }
}

fn changed(difference: &Difference, after: &Status, registry: &Registry, w: Words) -> Changed {
    let side = |side: &Option<String>, none: &str| match side {
        Some(value) => words(difference.code, value, w),
        None => w.get(none),
    };
    let name = |party: &PartyId| names::party(w.0, registry, party, after.on);
    Changed {
        what: w.term("change", difference.code.as_str()),
        party: difference.party.as_ref().map(name),
        version: difference.version,
        before: side(&difference.before, "changes-not-before"),
        after: side(&difference.after, "changes-no-more"),
    }
}

/// A value of the difference in words.
fn words(code: DifferenceCode, value: &str, w: Words) -> String {
    use DifferenceCode as Code;
    let day = |value: &str| value.parse().map_or_else(|_| value.to_owned(), |day| date(w.0, day));
    match code {
        Code::InForce | Code::Determined => w.get(if value == "true" { "yes" } else { "no" }),
        Code::InForceSince | Code::Ending | Code::ApprovedOn | Code::SignedOn | Code::Pair => day(value),
        Code::Amendment if value == "proposed" => w.get("changes-proposed"),
        Code::Amendment => w.with("force-from", "date", day(value)),
        Code::Annex => w.term("form", value),
        Code::AnnexPart => w.term("annex-state", value),
        Code::Contested => w.term("contest", value),
        Code::CurrentText => w.with("history-version", "version", value),
        Code::Decision if value == "counted" => w.get("changes-counted"),
        Code::Decision => w.term("why", value),
        Code::Dispute if value == "open" => w.get("dispute-open"),
        Code::Dispute => w.get("dispute-over"),
        Code::Duty => duty(value, w),
        Code::Text => w.term("role", value),
        Code::AmendmentAccepted
        | Code::AmendmentBound
        | Code::Approved
        | Code::Bound
        | Code::PartiesTotal
        | Code::Seat
        | Code::Signatures
        | Code::Signed => value.to_owned(),
    }
}

/// `council_term done until 2025-05-31`: which duty, how it stands, and by when.
fn duty(value: &str, w: Words) -> String {
    let parts: Vec<&str> = value.split(' ').collect();
    let [kind, state, _, due] = parts.as_slice() else { return value.to_owned() };
    let due = due.parse().map_or_else(|_| (*due).to_owned(), |day| date(w.0, day));
    format!("{}: {} ({due})", w.term("duty", kind), w.term("duty-state", state))
}

/// A week, a month and a year ago.
fn offers(today: Date, w: Words) -> Vec<(String, String)> {
    let ago = [("changes-week", 7), ("changes-month", 30), ("changes-year", 365)];
    let offer = |(id, days): (&str, i64)| {
        let day = today.0.checked_sub(jiff::Span::new().days(days)).ok()?;
        Some((Date(day).to_string(), w.get(id)))
    };
    ago.into_iter().filter_map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_value_is_told_in_words() {
        let w = Words(Lang::Fi);
        for (code, value, told) in [
            (DifferenceCode::InForce, "true", "kyllä"),
            (DifferenceCode::ApprovedOn, "2023-03-27", "27.3.2023"),
            (DifferenceCode::Amendment, "proposed", "ehdotettu"),
            (DifferenceCode::AnnexPart, "not_joined", "ei mukana"),
            (DifferenceCode::Decision, "counted", "lasketaan hyväksynnäksi"),
            (DifferenceCode::Decision, "noted", "Merkittiin tiedoksi. Se ei ole hyväksyntä."),
            (DifferenceCode::Signatures, "1/2", "1/2"),
        ] {
            assert_eq!(words(code, value, w), told);
        }
        let duty = words(DifferenceCode::Duty, "welfare_plan done until 2025-05-31", w);
        assert_eq!(duty, "Alueellinen hyvinvointisuunnitelma valtuustokausittain: täytetty (31.5.2025)");
    }

    #[test]
    fn the_moment_goes_on_in_the_address_beside_the_others() {
        let asked = |since: &str| Asked { since: since.to_owned() };
        assert_eq!(asked("").added_to("?on=2023-06-01"), "?on=2023-06-01");
        assert_eq!(asked("2023-05-01").added_to(""), "?since=2023-05-01");
        assert_eq!(asked("2023-05-01").added_to("?on=2023-06-01"), "?on=2023-06-01&since=2023-05-01");
    }
}
