//! Periods in a query: partial, ranged and relative dates in both languages.

use crate::date::{Date, DateError, day_number};
use crate::text;
use jiff::civil::{self, Weekday};
use jiff::{Span, ToSpan};
use std::fmt;

/// Days in Kyiv, both ends included; an end that is not there is open. Never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub first: Option<civil::Date>,
    /// The last day.
    pub last: Option<civil::Date>,
}

impl DayRange {
    /// Returns the days as numbers from 1970-01-01, open ends as the least and greatest number.
    pub fn numbers(self) -> (i64, i64) {
        (
            self.first.map_or(i64::MIN, day_number),
            self.last.map_or(i64::MAX, day_number),
        )
    }
}

impl fmt::Display for DayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last
            && let Some(day) = self.first
        {
            return write!(f, "{day}");
        }
        if (self.first, self.last) == (None, None) {
            return f.write_str("[* TO *]");
        }
        if let Some(first) = self.first {
            write!(f, "{first}")?;
        }
        f.write_str("..")?;
        if let Some(last) = self.last {
            write!(f, "{last}")?;
        }
        Ok(())
    }
}

/// Why a text names no days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodError {
    /// A date in it is none.
    Date {
        /// The date as it was typed.
        text: String,
        /// What is wrong with it.
        error: DateError,
    },
    /// The first day lies behind the last.
    Reversed {
        /// The first day.
        first: civil::Date,
        /// The last day.
        last: civil::Date,
    },
    /// A range in brackets without `TO`, or without both bounds.
    Brackets,
}

/// Reads what may stand behind `date:`, seen from `today`.
///
/// A date stands for its whole period (`2025-12`); `a..b` goes from the first day of `a` to the
/// last of `b`, and each end may be left out; `>=`, `>`, `<=` and `<` stand before a date; `[a TO
/// b]` includes its bounds and `{a TO b}` does not. `7d` (`7д`) are the last seven days with today,
/// `2w` (`2т`) the last fourteen, `3m` (`3м`) and `1y` (`1р`) end today too. `*` are all days.
///
/// # Errors
/// See [`PeriodError`].
pub fn read(text: &str, today: civil::Date) -> Result<DayRange, PeriodError> {
    let text = text.trim();
    if text == "*" {
        return Ok(DayRange {
            first: None,
            last: None,
        });
    }
    let range = if text.starts_with(['[', '{']) {
        bracketed(text, today)?
    } else if let Some((first, last)) = text.split_once("..") {
        let bound = |text: &str| match text.trim() {
            "" => Ok(None),
            text => single(text, today).map(Some),
        };
        let (first, last) = (bound(first)?, bound(last.trim_start_matches('.'))?);
        if first.is_none() && last.is_none() {
            return Err(not_a_date(text));
        }
        DayRange {
            first: first.and_then(|days| days.first),
            last: last.and_then(|days| days.last),
        }
    } else {
        compared(text, today)?
    };
    match (range.first, range.last) {
        (Some(first), Some(last)) if first > last => Err(PeriodError::Reversed { first, last }),
        _ => Ok(range),
    }
}

/// Reads one date, named day or span of days up to `today`: what may stand behind `date:` but no
/// range.
///
/// # Errors
/// [`PeriodError::Date`].
pub fn read_single(text: &str, today: civil::Date) -> Result<DayRange, PeriodError> {
    single(text.trim(), today)
}

fn compared(text: &str, today: civil::Date) -> Result<DayRange, PeriodError> {
    let rest = text.trim_start_matches(['<', '>', '=', '≤', '≥']);
    let sign = text.strip_suffix(rest).unwrap_or_default();
    let days = single(rest.trim(), today)?;
    let open = DayRange {
        first: None,
        last: None,
    };
    Ok(match sign {
        "" | "=" => days,
        ">=" | "≥" | "=>" => DayRange {
            first: days.first,
            ..open
        },
        "<=" | "≤" | "=<" => DayRange {
            last: days.last,
            ..open
        },
        ">" => DayRange {
            first: days.last.and_then(after),
            ..open
        },
        "<" => DayRange {
            last: days.first.and_then(before),
            ..open
        },
        _ => return Err(not_a_date(text)),
    })
}

fn bracketed(text: &str, today: civil::Date) -> Result<DayRange, PeriodError> {
    let inside = text
        .trim_start_matches(['[', '{'])
        .trim_end_matches([']', '}']);
    let words: Vec<&str> = inside.split_whitespace().collect();
    let [first, to, last] = words[..] else {
        return Err(PeriodError::Brackets);
    };
    if !["to", "до"].contains(&to.to_lowercase().as_str()) {
        return Err(PeriodError::Brackets);
    }
    let bound = |text: &str| match text {
        "*" => Ok(None),
        text => single(text, today).map(Some),
    };
    let (mut range_first, mut range_last) = (bound(first)?, bound(last)?);
    if text.starts_with('{') {
        range_first = range_first.map(|days| DayRange {
            first: days.last.and_then(after),
            ..days
        });
    }
    if text.ends_with('}') {
        range_last = range_last.map(|days| DayRange {
            last: days.first.and_then(before),
            ..days
        });
    }
    Ok(DayRange {
        first: range_first.and_then(|days| days.first),
        last: range_last.and_then(|days| days.last),
    })
}

/// Reads one date, named day or span of days up to today.
fn single(text: &str, today: civil::Date) -> Result<DayRange, PeriodError> {
    let days = |first: civil::Date, last: civil::Date| DayRange {
        first: Some(first),
        last: Some(last),
    };
    if let Some((first, last)) = named(text, today) {
        return Ok(days(first, last));
    }
    if let Some(span) = span(text) {
        // The day that lies so far back belongs to the span before this one.
        let first = today.checked_sub(span).ok().and_then(after);
        return match first {
            Some(first) => Ok(days(first, today)),
            None => Err(not_a_date(text)),
        };
    }
    match Date::parse(text) {
        Ok(date) => Ok(days(date.first_day(), date.last_day())),
        Err(error) => Err(PeriodError::Date {
            text: text.to_owned(),
            error,
        }),
    }
}

fn named(text: &str, today: civil::Date) -> Option<(civil::Date, civil::Date)> {
    let week = |day: civil::Date| {
        let back = i64::from(day.weekday().since(Weekday::Monday));
        let monday = day.checked_sub(back.days()).ok()?;
        Some((monday, monday.checked_add(6.days()).ok()?))
    };
    let month = |day: civil::Date| Some((day.first_of_month(), day.last_of_month()));
    let year = |day: civil::Date| Some((day.first_of_year(), day.last_of_year()));
    let ago = |span: Span| today.checked_sub(span).ok();
    let text = text.to_lowercase().replace('_', "-");
    match text.as_str() {
        "today" | "сьогодні" => Some((today, today)),
        "yesterday" | "вчора" | "учора" => ago(1.day()).map(|day| (day, day)),
        "this-week" | "цей-тиждень" => week(today),
        "last-week" | "минулий-тиждень" => week(ago(1.week())?),
        "this-month" | "цей-місяць" => month(today),
        "last-month" | "минулий-місяць" => month(ago(1.month())?),
        "this-year" | "цей-рік" => year(today),
        "last-year" | "минулий-рік" => year(ago(1.year())?),
        _ => None,
    }
}

fn span(text: &str) -> Option<Span> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = text.strip_prefix(digits)?;
    let count: i64 = digits.parse().ok().filter(|count| *count > 0)?;
    match unit {
        "d" | "д" => Span::new().try_days(count),
        "w" | "т" => Span::new().try_weeks(count),
        "m" | "м" => Span::new().try_months(count),
        "y" | "р" => Span::new().try_years(count),
        _ => return None,
    }
    .ok()
}

fn after(day: civil::Date) -> Option<civil::Date> {
    day.checked_add(1.day()).ok()
}

fn before(day: civil::Date) -> Option<civil::Date> {
    day.checked_sub(1.day()).ok()
}

fn not_a_date(text: &str) -> PeriodError {
    PeriodError::Date {
        text: text.to_owned(),
        error: DateError::Unknown {
            text: text::first_chars(text, 40).to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 3, 18);

    fn days(text: &str) -> String {
        read(text, TODAY).unwrap().to_string()
    }

    #[test]
    fn a_partial_date_is_its_whole_period() {
        assert_eq!(days("2025"), "2025-01-01..2025-12-31");
        assert_eq!(days("2024-02"), "2024-02-01..2024-02-29");
        assert_eq!(days("02.2024"), "2024-02-01..2024-02-29");
        assert_eq!(days("24.02.2022"), "2022-02-24");
        assert_eq!(days("2022-02-24"), "2022-02-24");
    }

    #[test]
    fn ranges_include_both_ends_and_each_may_be_open() {
        assert_eq!(days("2022-02..2022-04"), "2022-02-01..2022-04-30");
        assert_eq!(days("2022..вчора"), "2022-01-01..2026-03-17");
        assert_eq!(days("2022.."), "2022-01-01..");
        assert_eq!(days("..2022"), "..2022-12-31");
        assert_eq!(days(">=2022"), "2022-01-01..");
        assert_eq!(days(">2022"), "2023-01-01..");
        assert_eq!(days("<=2022-02"), "..2022-02-28");
        assert_eq!(days("<2022-02"), "..2022-01-31");
        assert_eq!(days("[2022-01 TO 2022-03]"), "2022-01-01..2022-03-31");
        assert_eq!(days("{2022-01 ДО 2022-03}"), "2022-02-01..2022-02-28");
        assert_eq!(days("[* TO 2022-03}"), "..2022-02-28");
    }

    #[test]
    fn relative_dates_are_seen_from_today_in_both_languages() {
        for (text, expected) in [
            ("today", "2026-03-18"),
            ("сьогодні", "2026-03-18"),
            ("вчора", "2026-03-17"),
            ("7d", "2026-03-12..2026-03-18"),
            ("7д", "2026-03-12..2026-03-18"),
            ("1d", "2026-03-18"),
            ("2т", "2026-03-05..2026-03-18"),
            ("1m", "2026-02-19..2026-03-18"),
            ("1р", "2025-03-19..2026-03-18"),
            ("this-week", "2026-03-16..2026-03-22"),
            ("минулий-тиждень", "2026-03-09..2026-03-15"),
            ("минулий-місяць", "2026-02-01..2026-02-28"),
            ("цей-рік", "2026-01-01..2026-12-31"),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_printed_is_read_again_as_the_same_days() {
        for text in ["2025", "2022..", "..2022-02", "7d", "{2022-01 TO 2022-03}"] {
            assert_eq!(days(&days(text)), days(text), "{text}");
        }
    }

    #[test]
    fn what_names_no_days_is_told_apart() {
        let error = |text| read(text, TODAY).unwrap_err();
        assert!(matches!(
            error("2022-13"),
            PeriodError::Date {
                error: DateError::Month { month: 13 },
                ..
            }
        ));
        assert!(matches!(error("2023..2022"), PeriodError::Reversed { .. }));
        assert!(matches!(error("[2022 2023]"), PeriodError::Brackets));
        for text in ["", "..", "колись", "0d", "7x", "><2022", "99999999y"] {
            assert!(matches!(error(text), PeriodError::Date { .. }), "{text}");
        }
    }
}
