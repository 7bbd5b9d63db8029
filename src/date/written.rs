//! A date together with the day that its text names.

use crate::date::{Date, PLAUSIBLE_YEARS};
use jiff::{Zoned, civil};

/// A date as it was written.
///
/// A [`Date`] forgets the offset that stood behind a time; what remains of it is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Written {
    /// The date.
    pub date: Date,
    /// The day that was written, where it is another than the one in Kyiv:
    /// `2026-03-26T23:15:14+00:00` names the 26th and falls on the 27th. Only a moment has one.
    pub day: Option<civil::Date>,
}

impl Written {
    /// Puts the day of `written` beside the date that was made of it.
    pub(crate) fn of(date: Date, written: &Zoned) -> Self {
        let day = written.date();
        let is_other = matches!(date, Date::Instant(_)) && date.first_day() != day;
        Self {
            date,
            day: (is_other && PLAUSIBLE_YEARS.contains(&day.year())).then_some(day),
        }
    }
}

impl From<Date> for Written {
    fn from(date: Date) -> Self {
        Self { date, day: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        Some(Written::parse(text).unwrap().day?.to_string())
    }

    #[test]
    fn the_day_is_kept_where_it_is_another_in_kyiv() {
        for (text, written) in [
            ("2026-03-26T23:15:14+00:00", "2026-03-26"),
            ("2026-03-26T23:15Z", "2026-03-26"),
            ("Thu, 26 Mar 2026 19:15:14 -0500", "2026-03-26"),
            ("2026-03-27T01:00:00+09:00", "2026-03-27"),
            // Midnight in Kyiv, but not as it is written.
            ("2026-03-26T22:00:00Z", "2026-03-26"),
            // A day may end at 24:00, which is the beginning of the next.
            ("2026-03-26T24:00:00+09:00", "2026-03-27"),
        ] {
            assert_eq!(day(text).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn the_day_in_kyiv_is_not_kept_twice() {
        for text in [
            "2026-03-26T12:00:00Z",
            "2026-03-26T23:15:14+02:00",
            "2026-03-26T00:00:00+02:00",
            "2026-03-26T23:15:14",
            "2026-03-26 24:00",
            "2026-03-26",
            "26.03.2026",
            "2026-03",
            "2026",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_of_a_year_that_cannot_be_asked_for_is_not_kept() {
        assert_eq!(day("2262-12-31T24:00:00+14:00"), None);
    }
}
