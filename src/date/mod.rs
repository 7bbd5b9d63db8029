//! Dates as exact as they were given: a bare year stays a year.
//!
//! [`Date::parse`] reads what articles, file names and people write; [`Date`]'s `Display` writes it
//! back at the same precision. Whatever has no offset of its own is Kyiv time, and days begin at
//! midnight in Kyiv.

pub mod dateline;
pub mod estimate;
pub mod field;
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

use crate::date::written::Written;
use crate::text::first_chars;
use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
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
    /// Reads a date at any precision.
    ///
    /// It takes ISO 8601 (`2018`, `2025-12`, `2025-12-28`, `2026-03-26T16:15:14+00:00`, with or
    /// without seconds, fraction and offset, a space instead of `T`), the order of Ukrainian papers
    /// (`28.12.2025`, `12.2025`) and RFC 2822 (`Sun, 28 Dec 2025 10:00:00 +0200`). A time without
    /// an offset is Kyiv time.
    ///
    /// # Errors
    ///
    /// Tells which part is wrong, or that the text is no date.
    ///
    /// ```
    /// use shukach::date::Date;
    ///
    /// assert_eq!(Date::parse("28.12.2025"), Date::parse("2025-12-28"));
    /// let error = Date::parse("2025-13-01").unwrap_err();
    /// assert_eq!(error.to_string(), "month 13: months run from 01 to 12");
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        read(text).map(|written| written.date)
    }

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

    /// Tells whether it is a moment at the very beginning of a day in Kyiv, not the day.
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

fn read(text: &str) -> Result<Written, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if let Some((numbers, rest)) = leading_numbers(text) {
        return numbers.into_date(text, rest);
    }
    let relaxed = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    match relaxed.parse_zoned(text) {
        Ok(written) => written_instant(&written),
        Err(_) => Err(unknown(text)),
    }
}

/// The numbers at the beginning of a date, in the order they stand.
struct Numbers {
    groups: Vec<Group>,
    separator: Option<char>,
}

struct Group {
    value: i16,
    digit_count: usize,
}

/// Reads up to three groups of digits joined by one kind of separator.
fn leading_numbers(text: &str) -> Option<(Numbers, &str)> {
    let mut numbers = Numbers {
        groups: Vec::new(),
        separator: None,
    };
    let mut rest = text;
    loop {
        let (group, behind) = leading_group(rest)?;
        numbers.groups.push(group);
        rest = behind;
        let next = rest.chars().next().filter(|c| matches!(c, '-' | '.' | '/'));
        let more = next.is_some() && (numbers.separator.is_none() || numbers.separator == next);
        if !more || numbers.groups.len() == 3 {
            break;
        }
        numbers.separator = next;
        rest = rest.get(1..)?;
    }
    let first_behind = rest.chars().next();
    let is_end = first_behind.is_none_or(|c| matches!(c, 'T' | 't') || c.is_whitespace());
    // `28 Dec 2025` begins with digits too, but what follows is a month and no time.
    let is_time = rest
        .trim_start_matches(['T', 't'])
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit());
    (is_end && (first_behind.is_none() || is_time)).then_some((numbers, rest))
}

fn leading_group(text: &str) -> Option<(Group, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    // Eight digits are a day without separators and stay for the caller, who sees no group here.
    if !(1..=4).contains(&digits.len()) {
        return None;
    }
    Some((
        Group {
            value: digits.parse().ok()?,
            digit_count: digits.len(),
        },
        rest,
    ))
}

impl Numbers {
    fn into_date(self, text: &str, rest: &str) -> Result<Written, DateError> {
        let counts: Vec<usize> = self.groups.iter().map(|g| g.digit_count).collect();
        let values: Vec<i16> = self.groups.iter().map(|g| g.value).collect();
        let is_dotted = self.separator == Some('.');
        let small = |n: i16| i8::try_from(n).unwrap_or(i8::MAX);
        let day = match (counts.as_slice(), values.as_slice()) {
            ([4], &[year]) if rest.is_empty() => {
                return plausible_year(year).map(|year| Date::Year(year).into());
            }
            ([4, 1 | 2], &[year, month]) if rest.is_empty() => {
                return Date::month(year, small(month)).map(Written::from);
            }
            ([1 | 2, 4], &[month, year]) if is_dotted && rest.is_empty() => {
                return Date::month(year, small(month)).map(Written::from);
            }
            ([4, 1 | 2, 1 | 2], &[year, month, day]) => civil_day(year, small(month), small(day))?,
            ([1 | 2, 1 | 2, 4], &[day, month, year]) if is_dotted => {
                civil_day(year, small(month), small(day))?
            }
            _ => return Err(unknown(text)),
        };
        if rest.is_empty() {
            return Ok(Date::Day(day).into());
        }
        instant_on(day, rest, text)
    }
}

/// Reads the time behind a day: `T16:15`, ` 16:15:14.5 +0200`, `T16:15Z`.
fn instant_on(day: civil::Date, time: &str, text: &str) -> Result<Written, DateError> {
    let time = time.trim_start_matches(['T', 't']).trim_start();
    let offset_start = time.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')));
    let (clock, offset) = time
        .split_at_checked(offset_start.unwrap_or(time.len()))
        .unwrap_or((time, ""));
    let moment = match clock {
        // ISO 8601 lets a day end at 24:00, which is when the next one begins.
        "24:00" | "24:00:00" => day
            .tomorrow()
            .unwrap_or(day)
            .to_datetime(civil::Time::midnight()),
        // Past midnight by the clock of the day before: the instant is not clear, the day named is.
        _ if clock_of_next_day(clock).is_some_and(|clock| clock_time(&clock, text).is_ok()) => {
            return Ok(Date::Day(day).into());
        }
        _ => day.to_datetime(clock_time(clock, text)?),
    };
    let zone = match offset.trim() {
        "" => KYIV.clone(),
        given => TimeZone::fixed(fixed_offset(given).ok_or_else(|| unknown(text))?),
    };
    match moment.to_zoned(zone) {
        Ok(zoned) => written_instant(&zoned),
        Err(_) => Err(DateError::Year { year: day.year() }),
    }
}

/// Returns the instant; only its day if it was written as the very beginning of a day in Kyiv: so
/// do sites that know no time.
fn written_instant(written: &Zoned) -> Result<Written, DateError> {
    let instant = plausible_instant(written.timestamp())?;
    let is_midnight = written.time() == civil::Time::midnight();
    let day = Date::Day(written.date());
    let begins_day = is_midnight && day.first_second() == written.timestamp().as_second();
    let date = if begins_day { day } else { instant };
    Ok(Written::of(date, written))
}

/// Returns `00:04:30` for `24:04:30`.
fn clock_of_next_day(clock: &str) -> Option<String> {
    clock.strip_prefix("24:").map(|rest| format!("00:{rest}"))
}

fn clock_time(clock: &str, text: &str) -> Result<civil::Time, DateError> {
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, ""));
    let mut parts = [0_i8; 3];
    let mut part_count = 0;
    for part in whole.split(':') {
        let slot = parts.get_mut(part_count).ok_or_else(|| unknown(text))?;
        if !(1..=2).contains(&part.len()) {
            return Err(unknown(text));
        }
        *slot = part.parse().map_err(|_| unknown(text))?;
        part_count += 1;
    }
    let is_fraction = fraction.len() <= 9 && fraction.bytes().all(|b| b.is_ascii_digit());
    if part_count < 2 || !is_fraction {
        return Err(unknown(text));
    }
    let nanoseconds = format!("{fraction:0<9}").parse().unwrap_or(0);
    let [hour, minute, second] = parts;
    civil::Time::new(hour, minute, second, nanoseconds).map_err(|_| DateError::Time {
        hour,
        minute,
        second,
    })
}

/// Reads `Z`, `+02:00`, `+0200`, `+02`.
fn fixed_offset(text: &str) -> Option<jiff::tz::Offset> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(jiff::tz::Offset::UTC);
    }
    let (sign, digits) = match (text.strip_prefix('+'), text.strip_prefix(['-', '\u{2212}'])) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.split(':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits
        .get(2..)
        .filter(|m| !m.is_empty())
        .unwrap_or("0")
        .parse()
        .ok()?;
    if minutes > 59 {
        return None;
    }
    jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
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
