//! Years, quarters, months, weeks and days as numbers, names and ranges of days.

use crate::date::day_of;
use crate::query::period::DayRange;
use crate::search::request::Period;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// Days from Monday, 29 December 1969, to 1970-01-01.
const DAYS_FROM_MONDAY: i64 = 3;

impl Period {
    /// Returns the number of the period that a day (from 1970-01-01) lies in; those of neighbours
    /// differ by one.
    pub fn ordinal_of(self, day: i64) -> i64 {
        let date = || day_of(day);
        match self {
            Self::Day => day,
            Self::Week => (day + DAYS_FROM_MONDAY).div_euclid(7),
            Self::Month => date().map_or(day, |date| {
                i64::from(date.year()) * 12 + i64::from(date.month()) - 1
            }),
            Self::Quarter => date().map_or(day, |date| {
                i64::from(date.year()) * 4 + (i64::from(date.month()) - 1) / 3
            }),
            Self::Year => date().map_or(day, |date| i64::from(date.year())),
        }
    }

    /// Returns the number of the period that two days lie in, if it is one.
    pub fn of_days(self, (first, last): (i64, i64)) -> Option<i64> {
        let ordinal = self.ordinal_of(first);
        (ordinal == self.ordinal_of(last)).then_some(ordinal)
    }

    /// Returns the name of a period: `2025`, `2025-Q4`, `2025-12`, `2025-W52` (ISO 8601, from
    /// Monday) or `2025-12-28`.
    pub fn name_of(self, ordinal: i64) -> String {
        match self {
            Self::Day => day_of(ordinal)
                .map(|date| date.to_string())
                .unwrap_or_default(),
            Self::Week => day_of(ordinal * 7 - DAYS_FROM_MONDAY)
                .map(Date::iso_week_date)
                .map(|week: ISOWeekDate| format!("{:04}-W{:02}", week.year(), week.week()))
                .unwrap_or_default(),
            Self::Month => format!(
                "{:04}-{:02}",
                ordinal.div_euclid(12),
                ordinal.rem_euclid(12) + 1
            ),
            Self::Quarter => format!(
                "{:04}-Q{}",
                ordinal.div_euclid(4),
                ordinal.rem_euclid(4) + 1
            ),
            Self::Year => format!("{ordinal:04}"),
        }
    }

    /// Returns the days of a period; `None` where the calendar ends.
    pub fn days_of(self, ordinal: i64) -> Option<DayRange> {
        let (first, last) = match self {
            Self::Day => (day_of(ordinal)?, day_of(ordinal)?),
            Self::Week => {
                let monday = ordinal * 7 - DAYS_FROM_MONDAY;
                (day_of(monday)?, day_of(monday + 6)?)
            }
            Self::Month => {
                let year = i16::try_from(ordinal.div_euclid(12)).ok()?;
                let month = i8::try_from(ordinal.rem_euclid(12) + 1).ok()?;
                let first = Date::new(year, month, 1).ok()?;
                (first, first.last_of_month())
            }
            Self::Quarter => {
                let year = i16::try_from(ordinal.div_euclid(4)).ok()?;
                let month = i8::try_from(ordinal.rem_euclid(4) * 3 + 1).ok()?;
                let last = Date::new(year, month + 2, 1).ok()?.last_of_month();
                (Date::new(year, month, 1).ok()?, last)
            }
            Self::Year => {
                let first = Date::new(i16::try_from(ordinal).ok()?, 1, 1).ok()?;
                (first, first.last_of_year())
            }
        };
        debug_assert!(self != Self::Week || first.weekday() == Weekday::Monday);
        Some(DayRange {
            first: Some(first),
            last: Some(last),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::day_number;
    use proptest::prelude::*;

    const ALL: [Period; 5] = [
        Period::Year,
        Period::Quarter,
        Period::Month,
        Period::Week,
        Period::Day,
    ];

    #[test]
    fn weeks_are_those_of_iso_8601() {
        for (day, week) in [
            ((2025, 12, 28), "2025-W52"),
            ((2025, 12, 29), "2026-W01"),
            ((2026, 1, 4), "2026-W01"),
            ((2027, 1, 3), "2026-W53"),
            ((1969, 12, 28), "1969-W52"),
            ((1970, 1, 1), "1970-W01"),
        ] {
            let (year, month, day) = day;
            let ordinal = Period::Week.ordinal_of(day_number(Date::constant(year, month, day)));
            assert_eq!(Period::Week.name_of(ordinal), week);
        }
    }

    proptest! {
        #[test]
        fn a_day_lies_in_its_period_and_in_no_other(day in -300_000..100_000_i64) {
            for period in ALL {
                let ordinal = period.ordinal_of(day);
                let (first, last) = period.days_of(ordinal).unwrap().numbers();
                prop_assert!(first <= day && day <= last, "{period:?}");
                prop_assert_eq!(period.ordinal_of(first - 1), ordinal - 1);
                prop_assert_eq!(period.ordinal_of(last + 1), ordinal + 1);
            }
        }
    }
}
