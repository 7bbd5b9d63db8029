//! The date of a text that has none in its fields: in its path, in a dateline, or estimated.

use crate::archive::ArchiveFile;
use crate::archive::fields::path_date;
use crate::article::{DateSource, Published};
use crate::date::dateline;
use crate::date::dateline::Dateline;
use crate::date::written::Written;
use crate::date::{Date, estimate, field};
use jiff::civil;

/// How many lines at the head of a text may be its dateline, its place and its author.
const MAX_HEAD_LINES: usize = 4;

/// Looks for the date of publication in the path below the root.
pub(crate) fn in_file_path(file: &ArchiveFile) -> Option<Published> {
    let date = path_date::in_path(&file.below_root)?;
    publishable(date, file.today).map(|date| Published::new(date, DateSource::Path))
}

/// Looks for the date of publication in the address of the article.
pub(crate) fn in_address(address: &str, today: civil::Date) -> Option<Published> {
    let date = path_date::in_address(address)?;
    publishable(date, today).map(|date| Published::new(date, DateSource::Url))
}

fn publishable(date: Date, today: civil::Date) -> Option<Written> {
    field::check(date.into(), today).ok()
}

/// Returns the dateline of a text: a line of its own among the first, with none but names and
/// places before it.
pub(crate) fn at_head<'t>(
    lines: impl IntoIterator<Item = &'t str>,
    today: civil::Date,
) -> Option<Dateline> {
    let lines = lines
        .into_iter()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    for line in lines.take(MAX_HEAD_LINES) {
        let found = Dateline::read(line, today);
        if found.is_some() {
            return found;
        }
        if !dateline::is_name(line) {
            return None;
        }
    }
    None
}

/// Returns the date of publication: the one known from elsewhere, made more exact by the dateline;
/// else that of the dateline; else an estimate from headline and text.
pub(crate) fn published(
    known: Option<Published>,
    dateline: Option<Dateline>,
    (title, body): (&str, &str),
    today: civil::Date,
) -> Option<Published> {
    let of_dateline = |written: Written| Published::new(written, DateSource::Dateline);
    match known {
        Some(known) => {
            let finer = dateline.and_then(|line| line.written_near(known.date.last_day()));
            let finer = finer.filter(|written| is_finer(&written.date, &known.date));
            Some(finer.map_or(known, of_dateline))
        }
        None => dateline
            .and_then(|line| line.written())
            .map(of_dateline)
            .or_else(|| estimated(title, body, today)),
    }
}

fn estimated(title: &str, body: &str, today: civil::Date) -> Option<Published> {
    let day = estimate::publication_day(title, body, today)?;
    Some(Published::new(Date::Day(day), DateSource::Estimate))
}

/// Returns whether `date` lies within `other` and is more exact.
fn is_finer(date: &Date, other: &Date) -> bool {
    let is_within = other.first_day() <= date.first_day() && date.last_day() <= other.last_day();
    is_within && exactness(date) > exactness(other)
}

fn exactness(date: &Date) -> u8 {
    match date {
        Date::Year(_) => 0,
        Date::Month { .. } => 1,
        Date::Day(_) => 2,
        Date::Instant(_) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 11, 30);

    fn head(text: &str) -> Option<String> {
        let written = at_head(text.lines(), TODAY)?.written()?;
        Some(written.date.to_string())
    }

    #[test]
    fn a_dateline_stands_at_the_head_behind_names_at_most() {
        for text in [
            "31.03.2016\nРада ухвалила бюджет.",
            "\nОля Гай\n31 березня 2016\nРада ухвалила бюджет.",
            "Київ\n\nОля Гай\nОпубліковано: 31.03.16\nРада.",
        ] {
            assert_eq!(head(text).as_deref(), Some("2016-03-31"), "{text}");
        }
        for text in [
            "Рада ухвалила бюджет.\n31.03.2016",
            "Рада ухвалила бюджет\n31.03.2016",
            "Подія: 31.03.2016\n30.03.2016",
            "",
        ] {
            assert_eq!(head(text), None, "{text}");
        }
    }

    #[test]
    fn a_dateline_makes_a_known_date_more_exact_and_does_not_replace_it() {
        let with = |known: &str, line: &str| {
            let known = Published::new(Date::parse(known).unwrap(), DateSource::Path);
            let found =
                published(Some(known), Dateline::read(line, TODAY), ("", ""), TODAY).unwrap();
            (found.date.to_string(), found.date_source)
        };
        let exact = ("2016-03-31T14:20:00+03:00".to_owned(), DateSource::Dateline);
        assert_eq!(with("2016-03-31", "31.03.2016, 14:20"), exact);
        assert_eq!(with("2016-03-31", "сьогодні, 14:20"), exact);
        assert_eq!(with("2016-03", "31.03.2016, 14:20"), exact);
        let known = ("2016-03-31".to_owned(), DateSource::Path);
        assert_eq!(with("2016-03-31", "31.03.2016"), known);
        assert_eq!(with("2016-03-31", "05.04.2016, 14:20"), known);
    }
}
