//! Translates dates.

use crate::query::diagnostics::notice::{Difference, Warning};

/// A number above this is a day, not a month.
const MONTHS: u32 = 12;

/// What a date says of the time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    /// Nothing.
    None,
    /// The beginning of the day.
    Beginning,
    /// Its end.
    End,
    /// Something between.
    Other,
}

/// Returns a date without its time of day, and what that says.
pub(crate) fn without_time(text: &str) -> (&str, Time) {
    let text = text.trim();
    match text.split_once('T') {
        Some((day, time)) if time.starts_with("00:00") => (day, Time::Beginning),
        Some((day, time)) if time.starts_with("23:59") => (day, Time::End),
        Some((day, _)) => (day, Time::Other),
        None => (text, Time::None),
    }
}

/// Returns a day as we write it: `20260318`, `3/18/2026` and, where the first number can be no
/// month, `18/3/2026`. What it is not stays as it stands. Adds to `warnings` where it could be read
/// in another way.
pub(crate) fn ours(text: &str, warnings: &mut Vec<Warning>) -> String {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        return format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8));
    }
    let numbers: Vec<&str> = text.split('/').collect();
    if let [first, second, year] = numbers.as_slice()
        && let (Ok(first), Ok(second)) = (first.parse::<u32>(), second.parse::<u32>())
    {
        let (month, day) = if first > MONTHS {
            (second, first)
        } else {
            (first, second)
        };
        if first <= MONTHS && second <= MONTHS && first != second {
            let (text, how) = (text.to_owned(), Difference::MonthFirst);
            warnings.push(Warning::Differs { text, how });
        }
        let century = if year.len() == 2 { "20" } else { "" };
        return format!("{century}{year}-{month:02}-{day:02}");
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_our_way_and_doubts_are_told() {
        for (text, expected, is_told) in [
            ("20260318", "2026-03-18", false),
            ("3/18/2026", "2026-03-18", false),
            ("18/3/2026", "2026-03-18", false),
            ("3/4/2026", "2026-03-04", true),
            ("4/4/26", "2026-04-04", false),
            ("2026", "2026", false),
            ("учора", "учора", false),
        ] {
            let mut warnings = Vec::new();
            assert_eq!(ours(text, &mut warnings), expected, "{text}");
            assert_eq!(!warnings.is_empty(), is_told, "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_told_from_the_day() {
        for (text, expected) in [
            ("2026-03-18T00:00:00Z", ("2026-03-18", Time::Beginning)),
            ("2026-03-18T23:59:59.999Z", ("2026-03-18", Time::End)),
            ("2026-03-18T10:00", ("2026-03-18", Time::Other)),
            ("2026-03", ("2026-03", Time::None)),
        ] {
            assert_eq!(without_time(text), expected, "{text}");
        }
    }
}
