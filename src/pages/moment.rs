//! Which moment a page shows: what was known when, and what was in force when.

use serde::Deserialize;
use sinetti_events::primitives::time::{Date, Instant};
use sinetti_projections::helsinki;

use crate::i18n::{Words, date, instant, t};

/// `?known_at=&on=` as sent; a form sends an empty field for what is not chosen.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    known_at: String,
    #[serde(default)]
    on: String,
}

/// The moment that a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// Records up to here are known; all when none was asked for.
    pub known_at: Option<Instant>,
    /// The legal date; that of the moment of knowledge when none was asked for.
    pub on: Date,
    /// Whether a legal date was asked for.
    asked_on: bool,
}

/// Neither a date nor an instant, or knowledge of the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadMoment;

impl Asked {
    /// A bare date as `known_at` means its end in Helsinki. `now` is the ledger's clock.
    pub fn moment(&self, now: Instant) -> Result<Moment, BadMoment> {
        let known_at = known_at(&self.known_at, now)?;
        let on = match self.on.as_str() {
            "" => None,
            text => Some(text.parse::<Date>().map_err(|_| BadMoment)?),
        };
        let default = helsinki::date_of(known_at.map_or(now, |known_at| known_at.min(now)));
        Ok(Moment { known_at, on: on.unwrap_or(default), asked_on: on.is_some() })
    }

    /// The query that asks for the same again, for the links to other languages.
    pub fn query(&self) -> String {
        let pairs = [("known_at", &self.known_at), ("on", &self.on)];
        let set: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if set.is_empty() { String::new() } else { format!("?{}", set.join("&")) }
    }
}

/// A moment of knowledge as sent: a date, which means its end in Helsinki, or an instant; none when empty.
pub(super) fn known_at(text: &str, now: Instant) -> Result<Option<Instant>, BadMoment> {
    let known_at = match (text, text.parse::<Date>(), text.parse::<Instant>()) {
        ("", ..) => return Ok(None),
        (_, Ok(date), _) => helsinki::end_of(date).map_err(|_| BadMoment)?,
        (_, _, Ok(instant)) => instant,
        _ => return Err(BadMoment),
    };
    let future = helsinki::date_of(known_at) > helsinki::date_of(now);
    if future { Err(BadMoment) } else { Ok(Some(known_at)) }
}

impl Moment {
    /// Says which moment is shown; nothing when it is the present.
    pub fn banner(&self, w: Words) -> Option<String> {
        let known = self.known_at.map(|known_at| instant(w.0, known_at));
        let on = date(w.0, self.on);
        match (known, self.asked_on) {
            (Some(known), true) => Some(t(w.0, "banner-moment", &[("known", known.into()), ("on", on.into())])),
            (Some(known), false) => Some(w.with("banner-known", "known", known)),
            (None, true) => Some(w.with("banner-on", "on", on)),
            (None, false) => None,
        }
    }

    /// The values of the form's two date fields.
    pub fn fields(&self) -> Fields {
        Fields {
            known_at: self.known_at.map(|known_at| helsinki::date_of(known_at).to_string()).unwrap_or_default(),
            on: if self.asked_on { self.on.to_string() } else { String::new() },
        }
    }
}

/// Values of the form.
pub(super) struct Fields {
    pub known_at: String,
    pub on: String,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn asked(known_at: &str, on: &str) -> Asked {
        Asked { known_at: known_at.to_owned(), on: on.to_owned() }
    }

    fn now() -> Instant {
        "2026-11-22T22:30:00.000Z".parse().unwrap()
    }

    #[test]
    fn nothing_asked_is_today_in_helsinki() {
        let moment = asked("", "").moment(now()).unwrap();
        assert_eq!((moment.known_at, moment.on.to_string()), (None, "2026-11-23".to_owned()));
        assert_eq!(moment.banner(Words(crate::i18n::Lang::Fi)), None);
    }

    #[test]
    fn a_bare_date_is_known_until_its_end_in_helsinki() {
        let moment = asked("2023-04-01", "").moment(now()).unwrap();
        assert_eq!(moment.known_at.unwrap().to_string(), "2023-04-01T20:59:59.999Z");
        assert_eq!(moment.on.to_string(), "2023-04-01");
    }

    #[test]
    fn the_two_axes_are_independent() {
        let moment = asked("2023-04-01T10:00:00.000Z", "2023-03-27").moment(now()).unwrap();
        assert_eq!(moment.known_at.unwrap().to_string(), "2023-04-01T10:00:00.000Z");
        assert_eq!(moment.on.to_string(), "2023-03-27");
        assert!(moment.banner(Words(crate::i18n::Lang::En)).unwrap().contains("27 March 2023"));
    }

    #[test]
    fn nonsense_is_refused() {
        for (known_at, on) in [
            ("yesterday", ""),
            ("", "27.3.2023"),
            ("2023-02-30", ""),
            ("", "2023-04-01T10:00:00.000Z"),
            ("2026-11-24", ""),
        ] {
            assert_eq!(asked(known_at, on).moment(now()), Err(BadMoment), "{known_at} {on}");
        }
    }
}
