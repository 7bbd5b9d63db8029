//! The zone whose days are meant: Kyiv, another one that a user asks for, or that of each article.

use crate::date::written::Written;
use crate::date::{Date, KYIV, day_number, day_of};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use std::fmt;

/// How far behind midnight a day can begin where clocks go forward at midnight, in seconds.
const LATEST_FIRST_SECOND: i64 = 2 * 3_600;

/// The zone whose days are counted.
///
/// An index holds days of Kyiv. In another zone an article of which the moment is known may fall on
/// the day before or after; one of which only the day, month or year is known stays where it is.
/// Midnight in Kyiv, written as such, counts as known to the day: sites that have no time write
/// that one.
///
/// [`WRITTEN`] is no zone of the world: with it each article counts on the day that it names
/// itself, by the offset behind its time. Without an offset that is the day in Kyiv.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zone {
    clock: Clock,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Clock {
    #[default]
    Kyiv,
    /// That of each article.
    Written,
    Other(TimeZone),
}

/// The name of the zone in which days are as the articles have them written.
pub const WRITTEN: &str = "written";

/// Why a text names no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown time zone \"{name}\"; give a name of the IANA database, as Europe/Kyiv, Europe/Warsaw or UTC, or {WRITTEN} for the days that the articles themselves name"
)]
pub struct ZoneError {
    /// The name as it was given.
    pub name: String,
}

impl Zone {
    /// Finds a zone by its name in the IANA database or [`WRITTEN`], whatever the case of its
    /// letters.
    ///
    /// # Errors
    /// Where the database has no such name.
    ///
    /// ```
    /// use shukach::date::zone::Zone;
    ///
    /// assert_eq!(Zone::parse("europe/kyiv")?, Zone::default());
    /// assert!(Zone::parse("Europe/Shukach").is_err());
    /// # Ok::<_, shukach::date::zone::ZoneError>(())
    /// ```
    pub fn parse(name: &str) -> Result<Self, ZoneError> {
        if name.eq_ignore_ascii_case(WRITTEN) {
            return Ok(Self {
                clock: Clock::Written,
            });
        }
        let unknown = |_| ZoneError {
            name: name.to_owned(),
        };
        let zone = TimeZone::get(name).map_err(unknown)?;
        let is_kyiv = matches!(zone.iana_name(), Some("Europe/Kyiv" | "Europe/Kiev"));
        let clock = if is_kyiv {
            Clock::Kyiv
        } else {
            Clock::Other(zone)
        };
        Ok(Self { clock })
    }

    /// Returns the name in the IANA database, or [`WRITTEN`].
    pub fn name(&self) -> &str {
        match &self.clock {
            Clock::Kyiv => "Europe/Kyiv",
            Clock::Written => WRITTEN,
            Clock::Other(zone) => zone.iana_name().unwrap_or("UTC"),
        }
    }

    /// Returns the day that it is now there; for [`WRITTEN`] in Kyiv.
    pub fn today(&self) -> civil::Date {
        let zone = match &self.clock {
            Clock::Kyiv | Clock::Written => &KYIV,
            Clock::Other(zone) => zone,
        };
        Timestamp::now().to_zoned(zone.clone()).date()
    }

    /// Returns the moment at which clocks there show what they show in Kyiv at `instant`.
    pub fn with_clock_of_kyiv(&self, instant: Timestamp) -> Timestamp {
        let Clock::Other(zone) = &self.clock else {
            return instant;
        };
        let clock = instant.to_zoned(KYIV.clone()).datetime();
        clock
            .to_zoned(zone.clone())
            .map_or(instant, |there| there.timestamp())
    }

    /// Returns the first and last day of an article there, from those in Kyiv, its
    /// [`Date::indexed_second`] and the day that it names where that is another; these two are
    /// asked for only where they matter.
    pub fn days(
        &self,
        (first, last): (i64, i64),
        published_at: impl FnOnce() -> Option<i64>,
        written_day: impl FnOnce() -> Option<i64>,
    ) -> (i64, i64) {
        if first != last {
            return (first, last);
        }
        let day = match &self.clock {
            Clock::Kyiv => None,
            Clock::Written => written_day(),
            Clock::Other(zone) => published_at().and_then(|second| day_there(zone, first, second)),
        };
        day.map_or((first, last), |day| (day, day))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Returns the day of a moment in `zone`; none where it begins `kyiv_day` and so stands for the
/// whole day.
fn day_there(zone: &TimeZone, kyiv_day: i64, second: i64) -> Option<i64> {
    let instant = Timestamp::from_second(second).ok()?;
    let kyiv_second = second + i64::from(KYIV.to_offset(instant).seconds());
    if kyiv_second.rem_euclid(86_400) <= LATEST_FIRST_SECOND
        && Date::Day(day_of(kyiv_day)?).first_second() == second
    {
        return None;
    }
    Some((second + i64::from(zone.to_offset(instant).seconds())).div_euclid(86_400))
}

/// Returns the first and last day of a date in `zone`, as an index of it gives them.
pub fn days_of(Written { date, day }: &Written, zone: &Zone) -> (i64, i64) {
    let days = (day_number(date.first_day()), day_number(date.last_day()));
    let published_at = || Some(date.indexed_second());
    zone.days(days, published_at, || day.map(day_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_in(zone: &str, date: &str) -> String {
        let written = Written::parse(date).unwrap();
        let (first, last) = days_of(&written, &Zone::parse(zone).unwrap());
        assert!(first <= last);
        day_of(first).unwrap().to_string()
    }

    #[test]
    fn a_moment_falls_on_the_day_that_it_is_there() {
        for (zone, date, day) in [
            ("Europe/Kyiv", "2026-01-01T00:30:00+02:00", "2026-01-01"),
            ("UTC", "2026-01-01T00:30:00+02:00", "2025-12-31"),
            ("UTC", "2026-01-01T02:00:00+02:00", "2026-01-01"),
            ("UTC", "2025-12-31T22:00:00Z", "2025-12-31"),
            ("Europe/Kyiv", "2025-12-31T22:00:00Z", "2026-01-01"),
            ("Asia/Tokyo", "2025-12-31T17:00:00+02:00", "2026-01-01"),
            (
                "America/New_York",
                "2025-12-31T23:59:59-05:00",
                "2025-12-31",
            ),
            ("written", "2026-01-01T00:30:00+02:00", "2026-01-01"),
            ("written", "2025-12-31T22:00:00Z", "2025-12-31"),
            ("written", "2025-12-31T23:59:59-05:00", "2025-12-31"),
            ("written", "2026-01-01T04:00:00+09:00", "2026-01-01"),
            ("written", "2025-12-31T23:30:00", "2025-12-31"),
        ] {
            assert_eq!(day_in(zone, date), day, "{date} in {zone}");
        }
    }

    #[test]
    fn what_is_known_to_the_day_or_less_stays_where_it_is() {
        for zone in ["UTC", "Asia/Tokyo", "America/New_York", WRITTEN] {
            assert_eq!(day_in(zone, "2026-01-01"), "2026-01-01", "{zone}");
            assert_eq!(day_in(zone, "2026-01-01T00:00:00+02:00"), "2026-01-01");
            assert_eq!(day_in(zone, "2026-01"), "2026-01-01", "{zone}");
            // The clocks of Kyiv went from midnight to one o'clock that day.
            assert_eq!(day_in(zone, "1982-04-01"), "1982-04-01", "{zone}");
        }
    }

    #[test]
    fn zones_have_the_names_of_the_iana_database() {
        assert_eq!(Zone::parse("Europe/Kiev").unwrap().name(), "Europe/Kyiv");
        assert_eq!(Zone::parse("utc").unwrap().to_string(), "UTC");
        assert_eq!(Zone::parse("Written").unwrap().name(), "written");
        let error = Zone::parse("Київ").unwrap_err().to_string();
        assert!(
            error.starts_with("unknown time zone \"Київ\"; give")
                && error.ends_with("or written for the days that the articles themselves name"),
            "{error}"
        );
    }
}
