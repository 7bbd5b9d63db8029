//! A dateline: a line or element of its own that is nothing but a date, a time, a place or an
//! author.

use crate::date::field;
use crate::date::stamp::{Line, Stamp};
use crate::date::stamp_words::{Meaning, Role, meaning};
use crate::date::token::Tokens;
use crate::date::written::Written;
use jiff::civil;

/// The most words beside the date: a place, a name, an outlet.
const MAX_WORDS: usize = 7;

/// The most numbers beside the date: an issue, readers.
const MAX_NUMBERS: usize = 2;

/// A dateline that tells when something was published.
#[derive(Debug, Clone, Copy)]
pub struct Dateline {
    stamp: Stamp,
    today: civil::Date,
    /// Nothing but the date stands there, perhaps behind a label.
    pub is_bare: bool,
}

impl Dateline {
    /// Reads `Київ, 31 березня 2016 р., 14:20`, `Опубліковано: 31.03.16`, `Оля Гай | сьогодні,
    /// 14:20`.
    ///
    /// The date of an event, of an update or of printing is none, nor is a sentence that has a date
    /// in it. Years of two digits are those up to the year of `today`.
    ///
    /// ```
    /// use shukach::date::dateline::Dateline;
    ///
    /// let today = jiff::civil::date(2026, 11, 30);
    /// let read = |text| Dateline::read(text, today).and_then(|line| line.written());
    /// assert_eq!(read("Київ, 31 бер. 2016 р.").unwrap().date.to_string(), "2016-03-31");
    /// assert!(read("Концерт відбудеться 31 березня 2016 року").is_none());
    /// ```
    pub fn read(text: &str, today: civil::Date) -> Option<Self> {
        let line = Line::read(text, today)?;
        let is_bare = line.words.is_empty() && line.number_count == 0;
        let is_beside = line.words.len() <= MAX_WORDS
            && line.number_count <= MAX_NUMBERS
            && line.words.iter().all(|word| is_name_word(word))
            && (!line.is_run_on || line.stamps.iter().any(|stamp| stamp.clock.is_some()));
        let stamp = *line.published()?;
        (!line.has_prose_marks && (is_bare || is_beside)).then_some(Self {
            stamp,
            today,
            is_bare,
        })
    }

    /// Returns the date, if it names its day in full and something can have been published then.
    pub fn written(&self) -> Option<Written> {
        field::check(self.stamp.written()?, self.today).ok()
    }

    /// Returns the date; a year that it leaves out, `сьогодні` and `вчора` are taken from `known`,
    /// a day known otherwise.
    pub fn written_near(&self, known: civil::Date) -> Option<Written> {
        field::check(self.stamp.written_near(known)?, self.today).ok()
    }
}

/// Returns what a label such as `Оновлено:` before a date says: `Some(true)` where the date is that
/// of publication,
/// `Some(false)` where it is another.
pub fn label(text: &str) -> Option<bool> {
    let labels = Tokens::of(text).filter_map(|token| match token.word().and_then(meaning) {
        Some(Meaning::Label(role)) => Some(role),
        _ => None,
    });
    labels.last().map(|role| role == Role::Published)
}

/// Returns whether a short text is nothing but dates, times, numbers and their labels, whatever
/// they say.
pub fn is_stamp(text: &str, today: civil::Date) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let line = Line::read(text, today).filter(|_| has_digit);
    line.is_some_and(|line| line.words.is_empty() && !line.has_prose_marks)
}

/// Returns whether a line may be a name, a place or an outlet: a few words with capitals and no
/// sentence.
pub fn is_name(line: &str) -> bool {
    let is_short = line.len() <= 120 && !line.ends_with(['.', '!', '?', ':', ';', '…']);
    let mut words = Tokens::of(line).filter_map(|token| token.word()).peekable();
    let begins_with_capital = words
        .peek()
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    let words: Vec<&str> = words.take(6).collect();
    is_short
        && begins_with_capital
        && words.len() <= 4
        && words.iter().all(|word| is_name_word(word))
        && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, '«' | '"' | '“'))
}

/// A word of a name, a place, an outlet, or one that introduces them.
fn is_name_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        || matches!(
            word,
            "автор"
                | "автори"
                | "текст"
                | "фото"
                | "джерело"
                | "м"
                | "смт"
                | "с"
                | "місто"
                | "для"
                | "та"
                | "і"
                | "вісник"
                | "газета"
                | "новини"
                | "вісті"
                | "агентство"
                | "редакція"
                | "портал"
                | "радіо"
                | "тиждень"
                | "кор"
                | "спецкор"
                | "редактор"
                | "журналіст"
                | "журналістка"
                | "переглядів"
                | "перегляди"
                | "коментарів"
                | "коментарі"
                | "коментар"
                | "хв"
                | "хвилин"
                | "читання"
                | "розділ"
                | "рубрика"
                | "author"
                | "by"
                | "for"
                | "views"
                | "comments"
                | "min"
                | "read"
                | "просмотров"
                | "комментариев"
                | "источник"
                | "и"
                | "ua"
                | "com"
                | "net"
                | "org"
                | "in"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 11, 30);

    fn read(text: &str) -> Option<String> {
        let line = Dateline::read(text, TODAY)?;
        line.written().map(|written| written.date.to_string())
    }

    #[test]
    fn a_date_alone_or_with_a_place_or_a_name_is_a_dateline() {
        for text in [
            "31.03.2016",
            "31 березня 2016 року",
            "Четвер, 31 березня 2016",
            "Київ, 31 березня 2016 р.",
            "31 березня 2016, Київ",
            "Оля Гай | 31.03.16",
            "Оля Гай, 31 бер. 2016",
            "Автор: Оля Гай · 31 березня 2016",
            "м. Львів, 31 марта 2016 г.",
            "Опубліковано: 31.03.2016",
            "Опубліковано 31.03.2016, оновлено 06.05.2024",
            "Оновлено: 06.05.2024 | Опубліковано: 31.03.2016",
            "№ 12, 31 березня 2016",
            "March 31, 2016",
            "Київ.\n31.03.2016",
            "Дата публікації: 31/03/2016",
        ] {
            assert_eq!(read(text).as_deref(), Some("2016-03-31"), "{text}");
        }
        for text in [
            "31.03.2016, 14:20",
            "14:20 31 березня 2016",
            "Оля Гай 31.03.2016 14:20",
            "31 березня 2016 14:20 переглядів: 153",
        ] {
            assert_eq!(
                read(text).as_deref(),
                Some("2016-03-31T14:20:00+03:00"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_sentence_an_event_and_a_saving_are_none() {
        for text in [
            "Рада ухвалила бюджет 31 березня 2016 року.",
            "Концерт 31 березня 2016",
            "Концерт відбудеться: 31 березня 2016",
            "Дата події: 31.03.2016",
            "Роздруковано 31.03.2016 14:20",
            "Оновлено 31.03.2016",
            "Збережено: 31.03.2016",
            "31.03.2016 – 02.04.2016",
            "Станом на 31 березня 2016",
            "© 2016 Вісті",
            "Торік, 31 березня 2016, відкрили міст",
            "«Дзвін», 31 березня 2016",
            "31.03.2035",
            "14:20",
            "Київ",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_dateline_leaves_out_comes_from_a_day_that_is_known() {
        let known = civil::date(2016, 4, 1);
        for (text, date) in [
            ("сьогодні, 14:20", "2016-04-01T14:20:00+03:00"),
            ("Вчора, 14:20", "2016-03-31T14:20:00+03:00"),
            ("Вчера в 14:20", "2016-03-31T14:20:00+03:00"),
            ("31 березня, 14:20", "2016-03-31T14:20:00+03:00"),
            ("30 грудня, 14:20", "2015-12-30T14:20:00+02:00"),
            ("31 березня 2016", "2016-03-31"),
        ] {
            let line = Dateline::read(text, TODAY).unwrap();
            assert_eq!(
                line.written_near(known).unwrap().date.to_string(),
                date,
                "{text}"
            );
        }
        assert_eq!(read("сьогодні, 14:20"), None);
    }

    #[test]
    fn a_label_says_whose_the_date_behind_it_is() {
        assert_eq!(label("Опубліковано:"), Some(true));
        assert_eq!(label("Останнє оновлення –"), Some(false));
        assert_eq!(label("Роздруковано"), Some(false));
        assert_eq!(label("Оля Гай,"), None);
    }
}
