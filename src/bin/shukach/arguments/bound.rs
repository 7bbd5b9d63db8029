//! The ends of a time, `--from` and `--to`: dates, times of day, and what is seen from today.

use jiff::{Timestamp, ToSpan, civil};
use shukach::date::zone::Zone;
use shukach::date::{Date, today};
use shukach::locale::Locale;
use shukach::query::QueryProblem;
use shukach::query::period::{self, DayRange, PeriodError};
use std::fmt;

/// An end as it was typed, known to be one.
#[derive(Debug, Clone)]
pub(crate) struct Bound(String);

/// Why a text is no end of a time.
#[derive(Debug)]
pub(crate) struct BoundError(PeriodError);

impl BoundError {
    /// Returns a message with the problem and its remedy.
    pub(crate) fn message(&self, locale: Locale) -> String {
        QueryProblem::Period(self.0.clone()).message(locale)
    }
}

impl fmt::Display for BoundError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Locale::English))
    }
}

impl std::error::Error for BoundError {}

impl Bound {
    /// Checks what was typed.
    pub(crate) fn parse(text: &str) -> Result<Self, BoundError> {
        period::read_single(text, today()).map_err(BoundError)?;
        Ok(Self(text.trim().to_owned()))
    }

    /// Returns the beginning of what it names, seen from `today`.
    pub(crate) fn first(&self, today: civil::Date, zone: &Zone) -> Option<Date> {
        match Date::parse(&self.0) {
            Ok(Date::Instant(instant)) => Some(Date::Instant(self.there(instant, zone))),
            Ok(date) => Some(date),
            Err(_) => self.days(today)?.first.map(Date::Day),
        }
    }

    /// Returns the end of what it names, seen from `today`; a time without seconds is the whole
    /// minute.
    pub(crate) fn last(&self, today: civil::Date, zone: &Zone) -> Option<Date> {
        match Date::parse(&self.0) {
            Ok(Date::Instant(instant)) => {
                let first = self.there(instant, zone);
                let seconds = if self.has_seconds() { 0 } else { 59 };
                let last = first.checked_add(seconds.seconds());
                Some(Date::Instant(last.unwrap_or(first)))
            }
            Ok(date) => Some(date),
            Err(_) => self.days(today)?.last.map(Date::Day),
        }
    }

    fn days(&self, today: civil::Date) -> Option<DayRange> {
        period::read_single(&self.0, today).ok()
    }

    /// Returns the moment that it names: without an offset one of `zone`.
    fn there(&self, instant: Timestamp, zone: &Zone) -> Timestamp {
        if self.time().contains(['+', '-', '−', 'Z', 'z']) {
            instant
        } else {
            zone.with_clock_of_kyiv(instant)
        }
    }

    fn has_seconds(&self) -> bool {
        let clock = self.time().split(['+', '-', '−', 'Z', 'z']).next();
        clock.is_some_and(|clock| clock.matches(':').count() > 1)
    }

    /// Returns the time of day with its offset.
    fn time(&self) -> &str {
        let split = self.0.split_once(['T', 't', ' ', 'Т', 'т']);
        split.map_or("", |(_, time)| time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 3, 18);

    fn ends(text: &str, zone: &str) -> (String, String) {
        let zone = Zone::parse(zone).unwrap();
        let bound = Bound::parse(text).unwrap();
        let ends = [bound.first(TODAY, &zone), bound.last(TODAY, &zone)];
        let [first, last] = ends.map(|date| match date.unwrap() {
            Date::Instant(instant) => instant.to_string(),
            date => date.to_string(),
        });
        (first, last)
    }

    #[test]
    fn a_bound_is_a_date_a_time_or_seen_from_today() {
        for (text, first, last) in [
            ("2025-12", "2025-12", "2025-12"),
            ("7d", "2026-03-12", "2026-03-18"),
            ("вчора", "2026-03-17", "2026-03-17"),
            ("last-month", "2026-02-01", "2026-02-28"),
            (
                "2024-03-31T12:00",
                "2024-03-31T09:00:00Z",
                "2024-03-31T09:00:59Z",
            ),
            (
                "2024-03-31T12:00:30",
                "2024-03-31T09:00:30Z",
                "2024-03-31T09:00:30Z",
            ),
            (
                "2024-03-31T12:00Z",
                "2024-03-31T12:00:00Z",
                "2024-03-31T12:00:59Z",
            ),
        ] {
            assert_eq!(
                ends(text, "Europe/Kyiv"),
                (first.to_owned(), last.to_owned()),
                "{text}"
            );
        }
        let (noon, _) = ends("2024-07-01T12:00", "UTC");
        assert_eq!(noon, "2024-07-01T12:00:00Z");
        for wrong in ["", "колись", "2024..2025", ">2024", "2025-13"] {
            assert!(Bound::parse(wrong).is_err(), "{wrong}");
        }
    }
}
