//! Dates that nobody marked as such: in the path of a file and in the running text.

use super::ArchiveFile;
use crate::article::{DateSource, Published};
use crate::date::Date;
use std::ops::RangeInclusive;

/// The years that a number in a path may mean; wider, and serial numbers become dates.
const PATH_YEARS: RangeInclusive<i16> = 1900..=2100;

/// The months in the genitive, as they follow the day: Ukrainian, Russian, English.
const MONTHS: [[&str; 12]; 3] = [
    [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
];

/// Looks for the date of publication in the path below the root, then in the texts in their order.
pub(super) fn published(file: &ArchiveFile, texts: &[&str]) -> Option<Published> {
    in_file_path(file).or_else(|| {
        let date = texts.iter().find_map(|text| in_text(text))?;
        Some(Published::new(date, DateSource::Text))
    })
}

/// Looks for the date of publication in the path below the root alone.
pub(super) fn in_file_path(file: &ArchiveFile) -> Option<Published> {
    in_path(&file.below_root).map(|date| Published::new(date, DateSource::Path))
}

/// Finds `2025/12/28/`, `2025-12-28-…`, `20251228…` or else the month `2025/12/` in a path with `/`.
fn in_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    let (folders, _) = parts.split_at(parts.len().saturating_sub(1));
    let named = parts
        .iter()
        .rev()
        .find_map(|part| at_beginning_of_name(part));
    let nested = || folders.windows(3).rev().find_map(day_of_folders);
    let month = || folders.windows(2).rev().find_map(month_of_folders);
    let month_name = || folders.iter().rev().find_map(|part| month_of_name(part));
    named.or_else(nested).or_else(month).or_else(month_name)
}

fn at_beginning_of_name(name: &str) -> Option<Date> {
    let mut cursor = Cursor { rest: name };
    let (digits, _) = cursor.digits()?;
    let day = match digits.len() {
        8 => {
            let number = |range| digits.get(range).and_then(|part: &str| part.parse().ok());
            path_day(number(0..4)?, number(4..6)?, number(6..8)?)
        }
        4 => {
            let separator = cursor.one_of(&['-', '_', '.'])?;
            let month = cursor.number_of_digits(2..=2)?;
            cursor.char(separator)?;
            path_day(digits.parse().ok()?, month, cursor.number_of_digits(2..=2)?)
        }
        _ => None,
    };
    day.filter(|_| !cursor.rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn day_of_folders(folders: &[&str]) -> Option<Date> {
    let &[year, month, day] = folders else {
        return None;
    };
    path_day(
        number(year, 4..=4)?,
        number(month, 1..=2)?,
        number(day, 1..=2)?,
    )
}

fn month_of_folders(folders: &[&str]) -> Option<Date> {
    let &[year, month] = folders else {
        return None;
    };
    path_month(number(year, 4..=4)?, number(month, 1..=2)?)
}

fn month_of_name(folder: &str) -> Option<Date> {
    let (year, month) = folder.split_once(['-', '_', '.'])?;
    path_month(number(year, 4..=4)?, number(month, 2..=2)?)
}

fn number(text: &str, digit_counts: RangeInclusive<usize>) -> Option<i16> {
    let is_number =
        digit_counts.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

fn path_day(year: i16, month: i16, day: i16) -> Option<Date> {
    if PATH_YEARS.contains(&year) {
        day_in(year, month, day)
    } else {
        None
    }
}

fn path_month(year: i16, month: i16) -> Option<Date> {
    let month = i8::try_from(month)
        .ok()
        .filter(|_| PATH_YEARS.contains(&year))?;
    Date::month(year, month).ok()
}

fn day_in(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Finds the first complete date of a text: `28 грудня 2025 року`, `28.12.2025`, `2025-12-28`,
/// `December 28, 2025`, and the same in Russian.
fn in_text(text: &str) -> Option<Date> {
    let mut before = None;
    for (start, c) in text.char_indices() {
        let begins_word = before.is_none_or(|b: char| !b.is_alphanumeric());
        if begins_word && (c.is_ascii_digit() || c.is_ascii_uppercase()) {
            let found = at_beginning_of_text(text.get(start..)?, before);
            if found.is_some() {
                return found;
            }
        }
        before = Some(c);
    }
    None
}

fn at_beginning_of_text(text: &str, before: Option<char>) -> Option<Date> {
    let cursor = Cursor { rest: text };
    // In `192.168.10.2025` and `№ 7/28.12.2025` the digits belong to something longer.
    let is_free = !matches!(before, Some('.' | '-' | '/' | ':' | ',' | '+'));
    let numeric = || {
        if is_free {
            dotted(cursor).or_else(|| iso(cursor))
        } else {
            None
        }
    };
    day_then_month(cursor)
        .or_else(numeric)
        .or_else(|| month_then_day(cursor))
}

/// `28 грудня 2025`, `28-го грудня 2025`, `28th December, 2025`.
fn day_then_month(mut cursor: Cursor<'_>) -> Option<Date> {
    let day = cursor.number_of_digits(1..=2)?;
    for suffix in ["-го", "-е", "st", "nd", "rd", "th"] {
        if let Some(rest) = cursor.rest.strip_prefix(suffix) {
            cursor.rest = rest;
            break;
        }
    }
    cursor.spaces()?;
    let month = cursor.month()?;
    cursor.year_behind(month, day)
}

/// `December 28, 2025`.
fn month_then_day(mut cursor: Cursor<'_>) -> Option<Date> {
    let month = cursor.month()?;
    cursor.spaces()?;
    let day = cursor.number_of_digits(1..=2)?;
    cursor.year_behind(month, day)
}

/// `28.12.2025`.
fn dotted(mut cursor: Cursor<'_>) -> Option<Date> {
    let day = cursor.number_of_digits(1..=2)?;
    cursor.char('.')?;
    let month = cursor.number_of_digits(1..=2)?;
    cursor.char('.')?;
    let year = cursor.number_of_digits(4..=4)?;
    cursor.ends_number()?;
    day_in(year, month, day)
}

/// `2025-12-28`.
fn iso(mut cursor: Cursor<'_>) -> Option<Date> {
    let year = cursor.number_of_digits(4..=4)?;
    cursor.char('-')?;
    let month = cursor.number_of_digits(2..=2)?;
    cursor.char('-')?;
    let day = cursor.number_of_digits(2..=2)?;
    cursor.ends_number()?;
    day_in(year, month, day)
}

/// What is left of a text while a date is read from its beginning.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> Option<&'t str> {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self
            .rest
            .split_at_checked(end)
            .filter(|(taken, _)| !taken.is_empty())?;
        self.rest = rest;
        Some(taken)
    }

    fn digits(&mut self) -> Option<(&'t str, usize)> {
        self.take_while(|c| c.is_ascii_digit())
            .map(|digits| (digits, digits.len()))
    }

    fn number_of_digits(&mut self, counts: RangeInclusive<usize>) -> Option<i16> {
        let (digits, count) = self.digits()?;
        if counts.contains(&count) {
            digits.parse().ok()
        } else {
            None
        }
    }

    fn spaces(&mut self) -> Option<&'t str> {
        self.take_while(|c| c.is_whitespace() && c != '\n')
    }

    fn char(&mut self, expected: char) -> Option<char> {
        self.one_of(&[expected])
    }

    fn one_of(&mut self, expected: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| expected.contains(c))?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn month(&mut self) -> Option<i16> {
        let word = self
            .take_while(char::is_alphabetic)
            .filter(|word| word.len() <= 32)?
            .to_lowercase();
        let ordinal = MONTHS
            .iter()
            .find_map(|names| names.iter().position(|name| *name == word))?;
        i16::try_from(ordinal + 1).ok()
    }

    fn year_behind(&mut self, month: i16, day: i16) -> Option<Date> {
        let _ = self.char(',');
        self.spaces()?;
        let year = self.number_of_digits(4..=4)?;
        let is_word_end = !self.rest.starts_with(char::is_alphanumeric);
        if is_word_end {
            day_in(year, month, day)
        } else {
            None
        }
    }

    /// Fails where a number goes on: `28.12.2025.1`, `2025-12-28-3`; `2025-12-28T10:00` is a date.
    fn ends_number(&self) -> Option<()> {
        let mut behind = self.rest.chars();
        let (next, after) = (behind.next(), behind.next());
        let goes_on = match next {
            Some('T') => !after.is_some_and(|c| c.is_ascii_digit()),
            Some('.' | '-' | '/' | ':') => after.is_some_and(|c| c.is_ascii_digit()),
            // The year's own abbreviation may stand close to it: `28.12.2025р.`
            None | Some('р' | 'г') => false,
            Some(c) => c.is_alphanumeric(),
        };
        if goes_on { None } else { Some(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(date: Option<Date>) -> String {
        date.map_or_else(|| "none".to_owned(), |date| date.to_string())
    }

    #[test]
    fn a_path_tells_the_day_or_the_month() {
        for (path, date) in [
            ("2025/12/28/mist.txt", "2025-12-28"),
            ("novyny/2022/07/5/12.txt", "2022-07-05"),
            ("2025-12-28-mist.md", "2025-12-28"),
            ("2025_12_28.md", "2025-12-28"),
            ("2025-12-28/mist.txt", "2025-12-28"),
            ("20251228_mist.txt", "2025-12-28"),
            ("2025/12/mist.txt", "2025-12"),
            ("2025-12/mist.txt", "2025-12"),
            ("2024/11/2025-12-28.txt", "2025-12-28"),
        ] {
            assert_eq!(found(in_path(path)), date, "{path}");
        }
    }

    #[test]
    fn a_path_of_other_numbers_tells_nothing() {
        for path in [
            "2025/mist.txt",
            "2025/13/mist.txt",
            "2025-02-31-mist.md",
            "20259999.txt",
            "202512281.txt",
            "1234/12/11/a.txt",
            "2025/12.txt",
            "5/12/28/a.txt",
            "mist-2025-12-28.txt",
            "",
        ] {
            assert_eq!(found(in_path(path)), "none", "{path}");
        }
    }

    #[test]
    fn a_text_tells_its_first_complete_day() {
        for (text, date) in [
            ("Міст відкрили 28 грудня 2025 року.", "2025-12-28"),
            ("28 Грудня 2025", "2025-12-28"),
            ("Від 3\u{a0}травня\u{a0}2024 р. діє", "2024-05-03"),
            ("28-го грудня 2025", "2025-12-28"),
            ("Указ від 28.12.2025 № 7", "2025-12-28"),
            ("Указ від 28.12.2025р.", "2025-12-28"),
            ("оновлено 2025-12-28T10:00:00", "2025-12-28"),
            ("Мост открыли 28 декабря 2025 года", "2025-12-28"),
            ("Opened on 28 December 2025.", "2025-12-28"),
            ("Opened on December 28, 2025.", "2025-12-28"),
            ("27–28 грудня 2025 року", "2025-12-28"),
            ("31.02.2025, тобто 01.03.2025", "2025-03-01"),
            ("Спершу 1 січня, а 2 січня 2026 року — знову", "2026-01-02"),
        ] {
            assert_eq!(found(in_text(text)), date, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_complete_day_tells_nothing() {
        for text in [
            "На початку січня 2026 року",
            "У січні 2026-го",
            "31.02.2025",
            "192.168.10.2025",
            "1.28.12.2025",
            "28.12.2025.1",
            "28.12.25",
            "12.2025",
            "128.12.2025",
            "тел. 044-28-12-2025",
            "28 грудня",
            "35 грудня 2025",
            "28 грудня 20251",
            "v2025-12-28-3",
            "28\nгрудня 2025",
            "",
        ] {
            assert_eq!(found(in_text(text)), "none", "{text}");
        }
    }
}
