//! Dates and instants in the one form that each has here. No clock: "now" is an argument.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar date, `YYYY-MM-DD`: when something happened in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

/// Milliseconds since 1970 in UTC, `YYYY-MM-DDThh:mm:ss.mmmZ`: when the ledger learned it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A date or instant is not in its one form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTime {
    /// Dates.
    #[error("not a date as YYYY-MM-DD")]
    Date,
    /// Instants.
    #[error("not an instant as YYYY-MM-DDThh:mm:ss.mmmZ (RFC 3339, UTC, milliseconds)")]
    Instant,
}

impl Instant {
    /// 1970-01-01T00:00:00.000Z.
    pub const EPOCH: Instant = Instant(0);

    /// The last millisecond that four digits of year can write.
    const MAX_MS: i64 = 253_402_300_799_999;

    /// From milliseconds since 1970; fails before 1970 and after 9999.
    pub fn from_unix_ms(ms: i64) -> Result<Instant, BadTime> {
        if (0..=Self::MAX_MS).contains(&ms) { Ok(Instant(ms)) } else { Err(BadTime::Instant) }
    }

    /// The same, but a moment outside those years becomes the nearer end of them: clocks can be wrong.
    pub fn saturating_from_unix_ms(ms: i64) -> Instant {
        Instant(ms.clamp(0, jiff::Timestamp::MAX.as_millisecond()))
    }

    /// Milliseconds since 1970.
    pub fn unix_ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, as C2SP cosignatures count.
    pub fn unix_seconds(self) -> u64 {
        (self.0 / 1000).unsigned_abs()
    }

    /// The same moment for calendar computations.
    pub fn timestamp(self) -> jiff::Timestamp {
        // MAX_MS lies within jiff's range, which ends at 9999-12-30T22:00Z; the clamp covers the last day.
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

impl FromStr for Date {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Date, BadTime> {
        let shape = |(at, byte): (usize, u8)| {
            if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
        };
        if text.len() != 10 || !text.bytes().enumerate().all(shape) {
            return Err(BadTime::Date);
        }
        text.parse().map(Date).map_err(|_| BadTime::Date)
    }
}

impl FromStr for Instant {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Instant, BadTime> {
        let timestamp: jiff::Timestamp = text.parse().map_err(|_| BadTime::Instant)?;
        let instant = Instant::from_unix_ms(timestamp.as_millisecond())?;
        if instant.to_string() == text { Ok(instant) } else { Err(BadTime::Instant) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = jiff::tz::Offset::UTC.to_datetime(self.timestamp());
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.millisecond()
        )
    }
}

super::ids::string_serde!(Date, "calendar date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
super::ids::string_serde!(
    Instant,
    "RFC 3339 instant in UTC with milliseconds",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_have_one_form() {
        let text = "2026-11-22T17:46:00.123Z";
        assert_eq!(text.parse::<Instant>().map(|i| i.to_string()), Ok(text.to_owned()));
        for bad in [
            "2026-11-22T17:46:00Z",
            "2026-11-22T17:46:00.1234Z",
            "2026-11-22T17:46:00.123+00:00",
            "2026-11-22t17:46:00.123z",
            "2026-11-22 17:46:00.123Z",
            "1969-12-31T23:59:59.999Z",
            "2026-02-30T00:00:00.000Z",
        ] {
            assert_eq!(bad.parse::<Instant>(), Err(BadTime::Instant), "{bad}");
        }
    }

    #[test]
    fn dates_have_one_form() {
        assert_eq!("2023-03-27".parse::<Date>().map(|d| d.to_string()), Ok("2023-03-27".into()));
        for bad in ["2023-3-27", "20230327", "2023-02-29", "27.3.2023", "+002023-03-27", "2023-W13-1"] {
            assert_eq!(bad.parse::<Date>(), Err(BadTime::Date), "{bad}");
        }
    }
}
