//! A date in a field of any input: JSON, CSV, feeds, front matter, `<meta>`.

use crate::date::iso::written_instant;
use crate::date::stamp::Line;
use crate::date::written::Written;
use crate::date::{Date, DateError, PUBLICATION_YEARS_FROM};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// The days to which a number without marks may point: as seconds since 1970 that is 1973.
const MIN_UNIX_SECONDS: u64 = 100_000_000;

/// Reads the date of publication from a field, in any form that exports and sites use.
///
/// Beside all that [`Date::parse`] takes these are:
///
/// - numeric days in the order of papers here, years of two digits too: `31.03.16`, `31/03/2016`,
///   `31-03-2016`; the American order only where no other can be (`03/31/2016`);
/// - `20160331`, `20160331T142005Z`, `20160331142005`;
/// - Unix time in seconds, milliseconds, microseconds or nanoseconds, and `/Date(1459411200000)/`;
/// - months in words, Ukrainian, Russian or English, in any case or cut short: `31 бер. 2016 р.,
///   14:20`, `31-го марта 2016 года`, `March 31, 2016 2:20 PM`, `31-Mar-2016`, `Tue Mar 31 2016
///   10:00:00 GMT+0300`;
/// - all of these behind a label (`Опубліковано:`) and with a weekday, whether it fits the day or
///   not.
///
/// A time without an offset is Kyiv time. `today` is the day of reading: nothing later than the day
/// after it or before 1800 is a date of publication. Costs a few microseconds at most; longer texts
/// than 400 bytes are refused unread.
///
/// # Errors
///
/// Fails with what is wrong: no date at all, a month or day that does not exist, a day out of that
/// range, or the beginning of 1970, which programs write where they know no date.
///
/// ```
/// use shukach::date::{Date, field};
///
/// let today = jiff::civil::date(2026, 11, 30);
/// let day = Date::parse("2016-03-31")?;
/// for text in ["31 бер. 2016 р.", "31/03/16", "20160331", "Опубліковано: четвер, 31 марта 2016"] {
///     assert_eq!(field::parse(text, today)?.date, day);
/// }
/// assert!(field::parse("1970-01-01T00:00:00Z", today).is_err());
/// assert!(field::parse("2035-01-01", today).is_err());
/// # Ok::<_, shukach::date::DateError>(())
/// ```
pub fn parse(text: &str, today: civil::Date) -> Result<Written, DateError> {
    let text = text.trim();
    let written = match Written::parse(text) {
        Ok(written) => written,
        Err(DateError::Empty) => return Err(DateError::Empty),
        Err(reason) => of_number(text)
            .or_else(|| basic_iso(text))
            .or_else(|| of_stamp(text, today))
            .ok_or(reason)?,
    };
    check(written, today)
}

/// Returns the date if an article can have been published then: from 1800 to the day after `today`,
/// and not at the beginning of 1970.
///
/// # Errors
///
/// Fails where it cannot.
pub fn check(written: Written, today: civil::Date) -> Result<Written, DateError> {
    let (first, last) = (written.date.first_day(), written.date.last_day());
    let is_epoch = match written.date {
        Date::Instant(instant) => instant.as_second() == 0,
        Date::Day(day) => day == civil::date(1970, 1, 1),
        Date::Year(_) | Date::Month { .. } => false,
    };
    if is_epoch {
        return Err(DateError::Placeholder);
    }
    if last.year() < PUBLICATION_YEARS_FROM || first > today.tomorrow().unwrap_or(today) {
        return Err(DateError::OutOfRange {
            date: written.date.to_string(),
        });
    }
    Ok(written)
}

/// `1459411200`, `1459411200000`, `1459411200.5`, `/Date(1459411200000+0300)/`.
fn of_number(text: &str) -> Option<Written> {
    let text = text
        .strip_prefix("/Date(")
        .and_then(|rest| rest.split_once([')', '+', '-']))
        .map_or(text, |(number, _)| number);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let value: u64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        9 | 10 if value >= MIN_UNIX_SECONDS => value,
        12 | 13 if !whole.starts_with("19") && !whole.starts_with("20") => value / 1_000,
        13 => value / 1_000,
        16 => value / 1_000_000,
        19 => value / 1_000_000_000,
        _ if value == 0 => 0,
        _ => return None,
    };
    let instant = Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    written_instant(&instant.to_zoned(TimeZone::UTC)).ok()
}

/// `20160331T142005Z`, `20160331142005`, `201603311420`.
fn basic_iso(text: &str) -> Option<Written> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, 'T' | 't' | ' '))
        .collect();
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    if !matches!(count, 12 | 14) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits.get(range);
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let (hour, minute) = (part(8..10)?, part(10..12)?);
    let second = if count == 14 { part(12..14)? } else { "00" };
    let zone = digits.get(count..)?;
    Written::parse(&format!(
        "{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
    ))
    .ok()
}

fn of_stamp(text: &str, today: civil::Date) -> Option<Written> {
    let line = Line::read(text, today)?;
    let is_date_alone = line.words.is_empty() && line.number_count == 0 && !line.has_prose_marks;
    line.published().filter(|_| is_date_alone)?.written()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 11, 30);

    fn read(text: &str) -> String {
        match parse(text, TODAY) {
            Ok(written) => written.date.to_string(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn every_numeric_form_of_a_day_is_read() {
        for text in [
            "31.03.2016",
            "31.03.16",
            "31.3.16",
            "31/03/2016",
            "31/03/16",
            "31-03-2016",
            "03/31/2016",
            "2016-03-31",
            "2016/03/31",
            "2016.03.31",
            "20160331",
            "31.03.2016 р.",
            "31.03.2016р.",
            "31 . 03 . 2016",
            "2016-03-31Z",
            "2016-03-31+02:00",
            "31.03.2016 г.",
        ] {
            assert_eq!(read(text), "2016-03-31", "{text}");
        }
    }

    #[test]
    fn every_form_with_a_time_is_read() {
        for text in [
            "31.03.2016 14:20",
            "31.03.2016, 14:20",
            "14:20 | 31.03.16",
            "14:20, 31.03.2016",
            "31.03.2016 14:20:00",
            "2016-03-31T14:20",
            "2016-03-31 14:20:00",
            "2016-03-31T11:20:00Z",
            "2016-03-31T14:20:00.000+03:00",
            "20160331T142000+0300",
            "20160331T112000Z",
            "20160331142000",
            "201603311420",
            "1459423200",
            "1459423200000",
            "1459423200.0",
            "/Date(1459423200000)/",
            "31 березня 2016, 14:20",
            "31 березня 2016 о 14:20",
            "31 бер. 2016 р. о 14.20",
            "Четвер, 31 березня 2016 р., 14:20",
            "31 марта 2016 в 14:20",
            "31 мар. 2016, 14:20",
            "14:20 31 марта 2016 г.",
            "March 31, 2016 2:20 PM",
            "Mar. 31, 2016 at 14:20",
            "31 March 2016 14:20",
            "Thu, 31 Mar 2016 14:20:00 +0300",
            "Thu Mar 31 2016 14:20:00 GMT+0300 (EEST)",
            "Thu Mar 31 14:20:00 2016",
            "31 Mar 2016 11:20:00 GMT",
            "2016-03-31 14:20:00 EEST",
            "2016-03-31 14:20 +03:00",
            "Fri, 31 Mar 2016 14:20:00 +0300",
            "31.03.2016 – 14:20",
            "31-Mar-2016 14:20",
            "14:20 четвер 31.03.2016 за київським часом",
            "2016, 31 березня, 14:20",
        ] {
            assert_eq!(read(text), "2016-03-31T14:20:00+03:00", "{text}");
        }
    }

    #[test]
    fn months_in_words_are_read_in_three_languages() {
        for text in [
            "31 березня 2016",
            "31 Березня 2016 року",
            "31 бер. 2016 р.",
            "31 бер 2016",
            "31-го березня 2016 року",
            "31 марта 2016 года",
            "31 мар. 2016",
            "31 мар 2016 г.",
            "March 31, 2016",
            "Mar 31st, 2016",
            "31st of March 2016",
            "31-Mar-2016",
            "31-Mar-16",
            "березень 31, 2016",
            "31 березня, 2016",
            "2016 March 31",
            "Дата: 31 березня 2016",
            "Опубліковано: 31.03.2016",
            "Четвер, 31 березня 2016",
            "31 март 2016",
            "31 березня '16",
            "31\u{a0}березня\u{a0}2016\u{a0}р.",
            "Posted on March 31, 2016",
            "Опубліковано 31.03.2016, оновлено 06.05.2024",
            "Оновлено 06.05.2024. Опубліковано 31.03.2016",
        ] {
            assert_eq!(read(text), "2016-03-31", "{text}");
        }
    }

    #[test]
    fn months_and_years_stay_as_exact_as_they_are() {
        for (text, date) in [
            ("2016", "2016"),
            ("2016 р.", "2016"),
            ("2016 рік", "2016"),
            ("03.2016", "2016-03"),
            ("2016-03", "2016-03"),
            ("березень 2016", "2016-03"),
            ("Березень 2016 р.", "2016-03"),
            ("March 2016", "2016-03"),
            ("Mar 2016", "2016-03"),
            ("март 2016", "2016-03"),
        ] {
            assert_eq!(read(text), date, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_of_publication_is_told() {
        for text in [
            "1970-01-01T00:00:00Z",
            "1970-01-01",
            "0",
            "1970-01-01 00:00:00",
            "01.01.1970",
            "2035-01-01",
            "2026-12-02",
            "1799-12-31",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "",
            "null",
            "вчора",
            "сьогодні, 14:20",
            "31 березня",
            "2016-13-01",
            "31.02.2016",
            "12345",
            "31.03.2016 - 02.04.2016",
            "Оновлено 31.03.2016",
            "Подія: 31.03.2016",
            "14:20",
            "Зустріч 31 березня 2016",
            "3609-01-01T00:00:00Z",
            "192.168.10.2025",
            "1.28.12.2025",
        ] {
            assert!(read(text).starts_with("error: "), "{text}: {}", read(text));
        }
        assert_eq!(read("2026-12-01"), "2026-12-01");
        assert_eq!(read("1800"), "1800");
    }

    #[test]
    fn two_digits_are_a_year_of_this_century_or_the_last() {
        assert_eq!(read("31.03.26"), "2026-03-31");
        assert_eq!(read("31.03.98"), "1998-03-31");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9.:/TZ +а-яa-z,-]{0,40}") {
            let _ = parse(&text, TODAY);
        }
    }
}
