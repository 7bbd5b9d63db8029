//! Dates in the path of a file or an address.

use crate::date::Date;
use std::ops::RangeInclusive;

/// The years that a number in a path may mean; wider, and serial numbers become dates.
const YEARS: RangeInclusive<i16> = 1900..=2100;

/// Finds `2025/12/28/`, `2025-12-28-…`, `20251228…`, `28-12-2025` or else the month `2025/12/` in a
/// path with `/`.
pub(crate) fn in_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    let (folders, _) = parts.split_at(parts.len().saturating_sub(1));
    let named = parts.iter().rev().find_map(|part| day_of_name(part));
    let nested = || folders.windows(3).rev().find_map(day_of_folders);
    let month = || folders.windows(2).rev().find_map(month_of_folders);
    let month_name = || folders.iter().rev().find_map(|part| month_of_name(part));
    named.or_else(nested).or_else(month).or_else(month_name)
}

/// Does the same in the path of an address; its host, query and fragment tell no date.
pub(crate) fn in_address(address: &str) -> Option<Date> {
    let path = address.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let (_, path) = path.split_once('/')?;
    // The last part of an address is often a folder: `/news/2016/03/31`.
    let is_number = path.rsplit('/').next().is_some_and(|last| last.len() <= 2);
    if is_number {
        in_path(&format!("{path}/"))
    } else {
        in_path(path)
    }
}

/// Returns the day that a name begins with.
fn day_of_name(name: &str) -> Option<Date> {
    let end = name.find(|c: char| !is_part(c)).unwrap_or(name.len());
    let head = name.get(..end)?;
    let digit_count = head.bytes().take_while(u8::is_ascii_digit).count();
    let number = |range: std::ops::Range<usize>| number(head.get(range)?);
    let is_free = |end: usize| {
        !head
            .get(end..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let separator = head
        .chars()
        .nth(digit_count)
        .filter(|c| matches!(c, '-' | '_' | '.'));
    let same = |at: usize| head.chars().nth(at) == separator;
    match (digit_count, separator) {
        (8, _) => day(number(0..4)?, number(4..6)?, number(6..8)?),
        (4, Some(_)) if same(7) && is_free(10) => day(number(0..4)?, number(5..7)?, number(8..10)?),
        (2, Some(_)) if same(5) && is_free(10) => day(number(6..10)?, number(3..5)?, number(0..2)?),
        _ => None,
    }
}

fn is_part(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '_' | '.')
}

fn day_of_folders(folders: &[&str]) -> Option<Date> {
    let &[year, month, day_text] = folders else {
        return None;
    };
    if year.len() != 4 || month.len() > 2 || day_text.len() > 2 {
        return None;
    }
    day(number(year)?, number(month)?, number(day_text)?)
}

fn month_of_folders(folders: &[&str]) -> Option<Date> {
    let &[year, month_text] = folders else {
        return None;
    };
    if year.len() != 4 || month_text.len() > 2 {
        return None;
    }
    month(number(year)?, number(month_text)?)
}

fn month_of_name(folder: &str) -> Option<Date> {
    let (year, month_text) = folder.split_once(['-', '_', '.'])?;
    if year.len() != 4 || month_text.len() != 2 {
        return None;
    }
    month(number(year)?, number(month_text)?)
}

fn number(text: &str) -> Option<i16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::day(year, month, day)
        .ok()
        .filter(|_| YEARS.contains(&year))
}

fn month(year: i16, month: i16) -> Option<Date> {
    let month = i8::try_from(month).ok()?;
    Date::month(year, month)
        .ok()
        .filter(|_| YEARS.contains(&year))
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
            ("20251228-mist.txt", "2025-12-28"),
            ("28.12.2025/mist.txt", "2025-12-28"),
            ("28-12-2025-mist.html", "2025-12-28"),
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
            "2025-12-281.txt",
            "12-28.txt",
            "",
        ] {
            assert_eq!(found(in_path(path)), "none", "{path}");
        }
    }

    #[test]
    fn an_address_tells_the_day_in_its_path_alone() {
        for (address, date) in [
            (
                "https://example.org/news/2016/03/31/mosty.html",
                "2016-03-31",
            ),
            ("https://example.org/news/2016/3/31/7427919/", "2016-03-31"),
            ("https://example.org/20160331-mosty", "2016-03-31"),
            (
                "https://example.org/31-03-2016/mosty?x=2020/01/01/",
                "2016-03-31",
            ),
            ("https://example.org/2016/03/31", "2016-03-31"),
            ("https://example.org/2016/03/mosty/", "2016-03"),
            ("//example.org/2016-03-31/mosty#2020-01-01", "2016-03-31"),
            ("https://example.org/?d=/2016/03/31/", "none"),
            ("https://20160331.example.org/mosty", "none"),
            ("https://example.org/4160331/mosty", "none"),
        ] {
            assert_eq!(found(in_address(address)), date, "{address}");
        }
    }
}
