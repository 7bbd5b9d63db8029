//! Words of answers that are not from the archive, in both languages.

use crate::locale::{Locale, english_count, ukrainian_plural};
use crate::query::Notice;
use crate::query::diagnostics::notice::NOT_COUNTED;
use crate::render::hit_field::placed;
use crate::render::sanitize::one_line;
use crate::render::style::Style;
use crate::search::{ClusterSummary, Copies, Place};
use std::fmt::Write;

/// Returns a count of articles in words.
pub fn articles(count: u64, locale: Locale) -> String {
    match (locale, count) {
        (Locale::English, 0) => "no articles".to_owned(),
        (Locale::English, _) => english_count(count, "article"),
        (Locale::Ukrainian, 0) => "жодної статті".to_owned(),
        (Locale::Ukrainian, _) => {
            let word = ukrainian_plural(count, ["стаття", "статті", "статей"]);
            format!("{count} {word}")
        }
    }
}

/// Returns a number of copies in words.
pub fn copies(count: u64, locale: Locale) -> String {
    match (locale, count) {
        (Locale::English, 1) => "1 copy".to_owned(),
        (Locale::English, _) => format!("{count} copies"),
        (Locale::Ukrainian, _) => {
            let word = ukrainian_plural(count, ["копія", "копії", "копій"]);
            format!("{count} {word}")
        }
    }
}

/// So many outlets of copies are named.
const MAX_COPY_SOURCES: usize = 8;

/// Returns how many other prints a hit has, and in which outlets.
pub fn more_copies(found: &Copies, locale: Locale) -> String {
    let more = match (locale, found.count) {
        (Locale::English, 1) => "1 more copy".to_owned(),
        (Locale::English, count) => format!("{count} more copies"),
        (Locale::Ukrainian, count) => format!("ще {}", copies(count, locale)),
    };
    let named: Vec<&str> = found
        .sources
        .iter()
        .map(String::as_str)
        .take(MAX_COPY_SOURCES)
        .collect();
    let unnamed = found.sources.len().saturating_sub(MAX_COPY_SOURCES);
    let others = match (unnamed, locale) {
        (0, _) => String::new(),
        (_, Locale::English) => format!(" and {unnamed} more"),
        (_, Locale::Ukrainian) => format!(" та ще {unnamed}"),
    };
    if named.is_empty() {
        more
    } else {
        format!("{more}: {}{others}", named.join(", "))
    }
}

/// Returns in which other places a hit stands; none where it stands in one.
pub(crate) fn more_places(places: &[Place], locale: Locale) -> Option<String> {
    let others = places.len().checked_sub(1).filter(|count| *count > 0)?;
    let named = places.iter().skip(1).take(MAX_PLACES);
    let named: Vec<String> = named.map(|place| placed(&place.path, place.line)).collect();
    let also = locale.choose("also in", "також у");
    let unnamed = others.saturating_sub(MAX_PLACES);
    let more = match (unnamed, locale) {
        (0, _) => String::new(),
        (_, Locale::English) => format!(" and {unnamed} more"),
        (_, Locale::Ukrainian) => format!(" та ще {unnamed}"),
    };
    Some(format!("{also} {}{more}", named.join(", ")))
}

/// The most other places of a hit that are named.
const MAX_PLACES: usize = 3;

/// Returns a number of exact repeats, with what is done with them.
pub fn stored_once(count: u64, locale: Locale) -> String {
    match locale {
        Locale::English => format!("{} stored once", english_count(count, "repeat")),
        Locale::Ukrainian => {
            let forms = [
                "повтор збережено",
                "повтори збережено",
                "повторів збережено",
            ];
            format!("{count} {} один раз", ukrainian_plural(count, forms))
        }
    }
}

/// Returns how a cluster holds an index.
pub fn cluster(held: &ClusterSummary, locale: Locale) -> String {
    let names = held.indexes.join(", ");
    let names = one_line(&names);
    let (shards, copies) = (held.shards, held.copies);
    let mut text = match locale {
        Locale::English => format!(
            "{names}: {}, copies of shards: {copies}",
            english_count(shards, "shard")
        ),
        Locale::Ukrainian => format!("{names}: шардів {shards}, копій шардів {copies}"),
    };
    if held.missing_copies > 0 {
        let missing = locale.choose("missing", "бракує");
        // Writing to a text cannot fail.
        let _ = write!(text, ", {missing}: {}", held.missing_copies);
    }
    text
}

/// Returns the time taken as it stands at the end of a line; nothing where it was left out.
pub(crate) fn took(took_ms: f64, style: Style, locale: Locale) -> String {
    if took_ms > 0.0 {
        let unit = locale.choose("ms", "мс");
        let took = format!("{:.0} {unit}", took_ms.max(1.0));
        format!(" · {}", style.dim(&took))
    } else {
        String::new()
    }
}

/// Returns the notices that answers for people show: what was not counted they see.
pub fn for_people(notices: &[Notice]) -> impl Iterator<Item = &Notice> {
    notices.iter().filter(|notice| notice.code != NOT_COUNTED)
}

/// Returns a notice as a line, safe for a terminal.
pub fn notice(notice: &Notice, locale: Locale) -> String {
    let word = locale.choose("note", "примітка");
    format!("{word}[{}]: {}", notice.code, one_line(&notice.message))
}

/// Returns the heading of counts by the field or period called `name` in requests.
pub fn by(name: &str, locale: Locale) -> String {
    let by = match (locale, name) {
        (Locale::English, "first_publisher") => return "First published by".to_owned(),
        (Locale::English, name) => return format!("By {name}"),
        (_, "source") => "джерелами",
        (_, "section") => "розділами",
        (_, "author") => "авторами",
        (_, "lang") => "мовами",
        (_, "tag") => "тегами",
        (_, "first_publisher") => "тим, хто опублікував першим",
        (_, "collection") => "колекціями",
        (_, "year") => "роками",
        (_, "quarter") => "кварталами",
        (_, "month") => "місяцями",
        (_, "week") => "тижнями",
        (_, "day") => "днями",
        (_, other) => other,
    };
    format!("За {by}")
}

/// Returns the name of a field or period for people.
pub(crate) fn field(name: &'static str, locale: Locale) -> &'static str {
    match (locale, name) {
        (Locale::English, name) => name,
        (_, "title") => "заголовок",
        (_, "lead") => "лід",
        (_, "body" | "text") => "текст",
        (_, "source") => "джерело",
        (_, "section") => "розділ",
        (_, "author") => "автор",
        (_, "lang") => "мова",
        (_, "tag") => "тег",
        (_, "copies") => "копії",
        (_, "first_publisher") => "першоджерело",
        (_, "collection") => "колекція",
        (_, "url") => "адреса",
        (_, "year") => "рік",
        (_, "quarter") => "квартал",
        (_, "month") => "місяць",
        (_, "week") => "тиждень",
        (_, "day") => "день",
        (_, other) => other,
    }
}

/// Returns `count` with its period, `name`, in the right form: `5 років`.
pub(crate) fn periods(count: u64, name: &str, locale: Locale) -> String {
    let forms = match (locale, name) {
        (Locale::English, name) => return english_count(count, name),
        (_, "year") => ["рік", "роки", "років"],
        (_, "quarter") => ["квартал", "квартали", "кварталів"],
        (_, "month") => ["місяць", "місяці", "місяців"],
        (_, "week") => ["тиждень", "тижні", "тижнів"],
        (_, "day") => ["день", "дні", "днів"],
        (_, other) => [other; 3],
    };
    format!("{count} {}", ukrainian_plural(count, forms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_counted_as_people_count_them() {
        let told =
            [0, 1, 2, 5, 11, 12, 21, 22, 25, 111, 1_001].map(|n| articles(n, Locale::Ukrainian));
        assert_eq!(
            told,
            [
                "жодної статті",
                "1 стаття",
                "2 статті",
                "5 статей",
                "11 статей",
                "12 статей",
                "21 стаття",
                "22 статті",
                "25 статей",
                "111 статей",
                "1001 стаття"
            ]
        );
        let told = [1, 3, 5, 21].map(|n| copies(n, Locale::Ukrainian));
        assert_eq!(told, ["1 копія", "3 копії", "5 копій", "21 копія"]);
        let told = [0, 1, 7].map(|n| articles(n, Locale::English));
        assert_eq!(told, ["no articles", "1 article", "7 articles"]);
    }
}
