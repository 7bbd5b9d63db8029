//! Dates as exact as they were given: a bare year stays a year.
//!
//! [`Date::parse`] reads what articles, file names and people write; [`Date`]'s `Display` writes it
//! back at the same precision. Whatever has no offset of its own is Kyiv time, and days begin at
//! midnight in Kyiv.
//!
//! | module | what it holds |
//! |---|---|
//! | `iso` | numeric dates |
//! | [`field`] | dates in fields, in every form in use |
//! | [`written`] | a date and the day that its text names |
//! | [`zone`] | time zones |
//! | [`dateline`] | a line that is nothing but a date |
//! | [`estimate`] | estimates the day from all dates and tenses of a text |
//! | `mention` | dates that a text mentions |
//! | `tense` | past, present and future |
//! | `stamp` | dates in words |
//! | `stamp_words` | words beside dates |
//! | `month_names` | months in three languages |
//! | `reader` | reads tokens |
//! | `token` | numbers, words and marks |

pub mod dateline;
pub mod estimate;
pub mod field;
mod iso;
mod mention;
mod month_names;
mod reader;
mod stamp;
mod stamp_words;
mod tense;
#[cfg(test)]
mod tests;
mod token;
pub mod written;
pub mod zone;

use crate::text::first_chars;
use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::fmt;
use std::ops::RangeInclusive;

/// The time zone of the archive's days.
pub static KYIV: TimeZone = jiff::tz::get!("Europe/Kyiv");

/// The years that are taken for years; what lies outside is a slip (`0000-00-00`, `9999`).
pub const PLAUSIBLE_YEARS: RangeInclusive<i16> = 1000..=2262;

/// The first year whose newspapers an archive may hold; see [`field::check`].
const PUBLICATION_YEARS_FROM: i16 = 1800;

const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// A date of publication: a year, a month, a day or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// A whole year.
    Year(i16),
    /// A month of a year.
    Month {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
    /// A day in Kyiv.
    Day(civil::Date),
    /// A moment, exact to the nanosecond.
    Instant(Timestamp),
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// There is nothing but white space.
    #[error("the date is empty: write it as 2025-12-28, 2025-12 or 2025")]
    Empty,
    /// The year is not plausible.
    #[error(
        "year {year:04}: years run from {} to {}",
        PLAUSIBLE_YEARS.start(),
        PLAUSIBLE_YEARS.end()
    )]
    Year {
        /// The year as given.
        year: i16,
    },
    /// There is no such month.
    #[error("month {month:02}: months run from 01 to 12")]
    Month {
        /// The month as given.
        month: i8,
    },
    /// There is no such day in that month.
    #[error("day {day:02}: the days of {year:04}-{month:02} run from 01 to {last_day}")]
    Day {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
        /// The day as given.
        day: i8,
        /// The last day of that month.
        last_day: i8,
    },
    /// There is no such time of day.
    #[error("time {hour:02}:{minute:02}:{second:02}: times run from 00:00:00 to 23:59:59")]
    Time {
        /// The hour as given.
        hour: i8,
        /// The minute as given.
        minute: i8,
        /// The second as given.
        second: i8,
    },
    /// It lies before 1800 or after the day after the day of reading, so nothing was published
    /// then.
    #[error("{date} lies before {PUBLICATION_YEARS_FROM} or in the future")]
    OutOfRange {
        /// The date as it is read.
        date: String,
    },
    /// It is the beginning of 1970, which programs write where they know no date.
    #[error("1970-01-01 is what programs write where they know no date")]
    Placeholder,
    /// It does not look like a date at all.
    #[error("\"{text}\" is not a date: write it as 2025-12-28, 2025-12 or 2025")]
    Unknown {
        /// The beginning of the text, at most 40 characters.
        text: String,
    },
}

impl Date {
    /// Makes a day.
    ///
    /// # Errors
    ///
    /// Fails if there is no such day, or the year is not plausible.
    pub fn day(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        civil_day(year, month, day).map(Self::Day)
    }

    /// Makes a month.
    ///
    /// # Errors
    ///
    /// Fails if there is no such month, or the year is not plausible.
    pub fn month(year: i16, month: i8) -> Result<Self, DateError> {
        civil_day(year, month, 1).map(|_| Self::Month { year, month })
    }

    /// Returns the first day it covers, in Kyiv.
    pub fn first_day(&self) -> civil::Date {
        match *self {
            Self::Year(year) => clamped(year, 1),
            Self::Month { year, month } => clamped(year, month),
            Self::Day(day) => day,
            Self::Instant(instant) => instant.to_zoned(KYIV.clone()).date(),
        }
    }

    /// Returns the last day it covers, in Kyiv.
    pub fn last_day(&self) -> civil::Date {
        match *self {
            Self::Year(year) => clamped(year, 12).last_of_month(),
            Self::Month { year, month } => clamped(year, month).last_of_month(),
            Self::Day(_) | Self::Instant(_) => self.first_day(),
        }
    }

    /// Returns the second by which an index orders the date and tells a moment from a day, in Unix
    /// seconds: its first, but for a moment at the very beginning of a day in Kyiv the next one.
    pub fn indexed_second(&self) -> i64 {
        self.first_second() + i64::from(self.is_moment_of_midnight())
    }

    /// Whether it is a moment at the very beginning of a day in Kyiv, not the day.
    fn is_moment_of_midnight(&self) -> bool {
        let day = Self::Day(self.first_day());
        matches!(self, Self::Instant(_)) && day.first_second() == self.first_second()
    }

    /// Returns its first moment, in Unix seconds; a day begins at midnight in Kyiv.
    pub fn first_second(&self) -> i64 {
        match *self {
            Self::Instant(instant) => instant.as_second(),
            _ => match self.first_day().to_zoned(KYIV.clone()) {
                Ok(midnight) => midnight.timestamp().as_second(),
                // Only at the very ends of the calendar, which no parser lets in.
                Err(_) => day_number(self.first_day()).saturating_mul(86_400),
            },
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Instant(instant) => {
                let offset = KYIV.to_offset(*instant);
                // Until 1924 Kyiv was 2 h 2 min 4 s ahead, and ISO 8601 knows no seconds in an
                // offset. Midnight in Kyiv would be read as a day.
                let is_plain = offset.seconds() % 60 == 0 && !self.is_moment_of_midnight();
                let written = if is_plain {
                    offset
                } else {
                    jiff::tz::Offset::UTC
                };
                write!(f, "{}", instant.display_with_offset(written))
            }
        }
    }
}

/// Returns the day that it is now in Kyiv.
pub fn today() -> civil::Date {
    Timestamp::now().to_zoned(KYIV.clone()).date()
}

/// Returns the days from 1970-01-01 to `day`; negative before it.
pub fn day_number(day: civil::Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

/// Returns the day that many days after 1970-01-01, or `None` where the calendar ends.
pub fn day_of(number: i64) -> Option<civil::Date> {
    let span = Span::new().try_days(number).ok()?;
    EPOCH.checked_add(span).ok()
}

fn civil_day(year: i16, month: i8, day: i8) -> Result<civil::Date, DateError> {
    plausible_year(year)?;
    let first = civil::Date::new(year, month, 1).map_err(|_| DateError::Month { month })?;
    let last_day = first.days_in_month();
    civil::Date::new(year, month, day).map_err(|_| DateError::Day {
        year,
        month,
        day,
        last_day,
    })
}

fn plausible_year(year: i16) -> Result<i16, DateError> {
    if PLAUSIBLE_YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(DateError::Year { year })
    }
}

fn plausible_instant(instant: Timestamp) -> Result<Date, DateError> {
    let date = Date::Instant(instant);
    plausible_year(date.first_day().year()).map(|_| date)
}

fn clamped(year: i16, month: i8) -> civil::Date {
    civil::Date::new(year.clamp(-9999, 9999), month.clamp(1, 12), 1).unwrap_or(EPOCH)
}

fn unknown(text: &str) -> DateError {
    DateError::Unknown {
        text: first_chars(text, 40).to_owned(),
    }
}
