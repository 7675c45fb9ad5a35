//! The two axes of time in a request: known at (when the ledger had learnt it) and in force on.

use serde::Deserialize;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::helsinki::{date_of, end_of};
use utoipa::IntoParams;

use super::problem::Problem;

/// `?known_at=&on=` as given.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Moment {
    /// As the ledger knew it then: an instant `YYYY-MM-DDThh:mm:ss.mmmZ`, or a date `YYYY-MM-DD`, which means its
    /// end in Europe/Helsinki. Now, when left out.
    #[param(example = "2023-03-27", required = false)]
    known_at: Option<String>,
    /// In force on this date, `YYYY-MM-DD`. The Finnish date of `known_at`, or today's, when left out.
    #[param(example = "2023-06-01", required = false)]
    on: Option<String>,
}

/// `?on=` as given.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsOn {
    /// On this date, `YYYY-MM-DD`; today in Finland, when left out.
    #[param(example = "2023-06-01", required = false)]
    on: Option<String>,
}

impl AsOn {
    /// Resolves the parameter; `now` is the ledger's clock.
    ///
    /// # Errors
    ///
    /// Not in the one form of dates.
    pub fn resolve(self, now: Instant) -> Result<Date, Problem> {
        Ok(Moment { known_at: None, on: self.on }.resolve(now)?.on)
    }
}

/// The moment that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Records of this instant and earlier; all of them when absent.
    pub known_at: Option<Instant>,
    /// In force on this date.
    pub on: Date,
}

impl Moment {
    /// Resolves the parameters; `now` is the ledger's clock.
    ///
    /// # Errors
    ///
    /// Not in the one form of dates and instants, or a `known_at` after today.
    pub fn resolve(&self, now: Instant) -> Result<When, Problem> {
        resolve(self.known_at.as_deref(), self.on.as_deref(), now)
    }
}

/// Resolves both parameters as they were given; `now` is the ledger's clock.
///
/// # Errors
///
/// Not in the one form of dates and instants, or a `known_at` after today.
pub fn resolve(given: Option<&str>, on: Option<&str>, now: Instant) -> Result<When, Problem> {
    let known_at = given.map(|text| known_at(text, now)).transpose()?;
    let on = match on {
        Some(text) => text.parse().map_err(|_| malformed("on", text, "a date YYYY-MM-DD"))?,
        None => date_of(known_at.map_or(now, |known_at| known_at.min(now))),
    };
    Ok(When { known_at, on })
}

fn known_at(text: &str, now: Instant) -> Result<Instant, Problem> {
    let known_at = match text.parse::<Date>() {
        Ok(date) => end_of(date).ok(),
        Err(_) => text.parse().ok(),
    };
    let forms = "a date YYYY-MM-DD or an instant YYYY-MM-DDThh:mm:ss.mmmZ, from 1970 on";
    let known_at = known_at.ok_or_else(|| malformed("known_at", text, forms))?;
    if date_of(known_at) > date_of(now) {
        let today = date_of(now);
        let detail =
            format!("known_at={text} lies in the future; what will be known then is not known. Leave it out for now.");
        return Err(Problem::of("known-at-in-future", detail).at("known_at").accepting(format!("{today} and earlier")));
    }
    Ok(known_at)
}

fn malformed(member: &str, text: &str, forms: &str) -> Problem {
    Problem::of("time-malformed", format!("{member}={text:?} is not {forms}.")).at(member).accepting(forms)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn when(known_at: &str, on: &str) -> Result<(String, String), &'static str> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let now = "2026-11-22T18:00:00.000Z".parse().unwrap();
        let when = Moment { known_at: given(known_at), on: given(on) }.resolve(now);
        when.map(|when| (when.known_at.map_or(String::new(), |at| at.to_string()), when.on.to_string()))
            .map_err(|problem| problem.slug())
    }

    fn is(known_at: &str, on: &str) -> Result<(String, String), &'static str> {
        Ok((known_at.to_owned(), on.to_owned()))
    }

    #[test]
    fn now_and_today_are_the_defaults() {
        assert_eq!(when("", ""), is("", "2026-11-22"));
        assert_eq!(when("", "2023-03-27"), is("", "2023-03-27"));
        assert_eq!(when("", "2030-01-01"), is("", "2030-01-01"));
    }

    #[test]
    fn a_date_means_its_end_in_helsinki_summer_and_winter() {
        assert_eq!(when("2023-01-31", ""), is("2023-01-31T21:59:59.999Z", "2023-01-31"));
        assert_eq!(when("2023-07-31", ""), is("2023-07-31T20:59:59.999Z", "2023-07-31"));
        assert_eq!(when("2023-03-25", ""), is("2023-03-25T21:59:59.999Z", "2023-03-25"));
        assert_eq!(when("2023-03-26", ""), is("2023-03-26T20:59:59.999Z", "2023-03-26"));
        assert_eq!(when("2026-11-22", ""), is("2026-11-22T21:59:59.999Z", "2026-11-22"));
    }

    #[test]
    fn an_instant_late_in_the_evening_is_the_next_finnish_day() {
        assert_eq!(when("2023-03-27T21:30:00.000Z", ""), is("2023-03-27T21:30:00.000Z", "2023-03-28"));
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_forms() {
        for bad in ["27.3.2023", "2023-02-29", "2023-03-27T12:00Z", "1969-12-30", "x", "2023-13-01", " "] {
            assert_eq!(when(bad, ""), Err("time-malformed"), "{bad}");
        }
        for bad in ["27.3.2023", "2023-03-27T21:30:00.000Z", "2023-02-29"] {
            assert_eq!(when("", bad), Err("time-malformed"), "{bad}");
        }
    }

    #[test]
    fn the_future_is_not_known() {
        for bad in ["2026-11-23", "2026-11-22T22:00:00.000Z", "9999-12-30"] {
            assert_eq!(when(bad, ""), Err("known-at-in-future"), "{bad}");
        }
    }
}
