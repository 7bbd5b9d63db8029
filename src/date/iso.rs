//! Reads numeric dates: ISO 8601, the order of Ukrainian papers, RFC 2822.

use crate::date::written::Written;
use crate::date::{Date, DateError, KYIV, civil_day, plausible_instant, plausible_year, unknown};
use jiff::Zoned;
use jiff::civil;
use jiff::tz::TimeZone;

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
}

impl Written {
    /// Does as [`Date::parse`] and keeps the day that was written.
    ///
    /// # Errors
    /// As [`Date::parse`].
    pub fn parse(text: &str) -> Result<Self, DateError> {
        read(text)
    }
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
pub(crate) struct Numbers {
    groups: Vec<Group>,
    separator: Option<char>,
}

pub(crate) struct Group {
    value: i16,
    digit_count: usize,
}

/// Reads up to three groups of digits joined by one kind of separator.
pub(crate) fn leading_numbers(text: &str) -> Option<(Numbers, &str)> {
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

pub(crate) fn leading_group(text: &str) -> Option<(Group, &str)> {
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
pub(crate) fn instant_on(day: civil::Date, time: &str, text: &str) -> Result<Written, DateError> {
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
pub(crate) fn written_instant(written: &Zoned) -> Result<Written, DateError> {
    let instant = plausible_instant(written.timestamp())?;
    let is_midnight = written.time() == civil::Time::midnight();
    let day = Date::Day(written.date());
    let begins_day = is_midnight && day.first_second() == written.timestamp().as_second();
    let date = if begins_day { day } else { instant };
    Ok(Written::of(date, written))
}

/// Returns `00:04:30` for `24:04:30`.
pub(crate) fn clock_of_next_day(clock: &str) -> Option<String> {
    clock.strip_prefix("24:").map(|rest| format!("00:{rest}"))
}

pub(crate) fn clock_time(clock: &str, text: &str) -> Result<civil::Time, DateError> {
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
pub(crate) fn fixed_offset(text: &str) -> Option<jiff::tz::Offset> {
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
