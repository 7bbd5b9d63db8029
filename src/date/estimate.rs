//! The day of publication, estimated from all dates and tenses of a text.
//!
//! News speak of the day before, of the days just behind it and of what is to come. So the day that
//! a text was written on is the latest that it does not speak of as to come, if enough bears that
//! out: it stands in the headline, comes more than once, has days just before it, a time or a
//! weekday beside it. One date in the middle of a text is none of these and estimates nothing.

use crate::date::mention::{Mention, When, mentions};
use crate::date::token::{Token, Tokens};
use jiff::civil;

/// How much of a text is looked at, in bytes.
const MAX_BYTES: usize = 128 * 1024;

/// The first year that is estimated: prose that mentions earlier days is mostly about history.
const FIRST_YEAR: i16 = 1990;

/// A longer headline, in bytes, is the text itself.
const MAX_TITLE_BYTES: usize = 400;

/// What stands so near to the beginning of the text, in bytes, is its news.
const LEAD_BYTES: usize = 700;

/// A dateline before the first sentence begins within so many bytes.
const HEAD_BYTES: usize = 80;

/// Days of one story lie within so many days.
const STORY_DAYS: i32 = 10;

/// What is to come so many days later at most shows that the text was written just before.
const NEXT_DAYS: i32 = 31;

/// The points that an estimate needs.
const ENOUGH: u8 = 2;

/// Days that texts of any later day refer to.
const REFERENCES: &[civil::Date] = &[
    civil::date(1991, 8, 24),
    civil::date(2014, 2, 20),
    civil::date(2022, 2, 24),
];

/// Estimates the day on which a text was published from the dates that it mentions, or `None` where
/// they do not bear out any: most often there are too few.
///
/// Of real articles whose day is known some 95 % of the estimates lie within three days of it; the
/// figures stand in docs/input-formats.md. An estimate lies between 1990 and `today`. Looks at the
/// first 128 KiB, in one pass.
///
/// ```
/// use shukach::date::estimate;
///
/// let today = jiff::civil::date(2026, 11, 30);
/// let text = "28 грудня 2025 року відбулася онлайн-зустріч. \
///     На початку січня 2026 року в Парижі відбудеться друга.";
/// let day = estimate::publication_day("Переговори", text, today);
/// assert_eq!(day, Some(jiff::civil::date(2025, 12, 28)));
/// let text = "Князь Ярослав помер 20 лютого 1054 року. Музей просить бюджет.";
/// assert_eq!(estimate::publication_day("Спадок Ярослава", text, today), None);
/// ```
pub fn publication_day(title: &str, body: &str, today: civil::Date) -> Option<civil::Date> {
    let body_end = body.floor_char_boundary(MAX_BYTES);
    let body = body.get(..body_end)?;
    if !title
        .bytes()
        .chain(body.bytes())
        .any(|b| b.is_ascii_digit())
    {
        return None;
    }
    let text = format!("{title}\n{body}");
    let tokens: Vec<Token<'_>> = Tokens::of(&text).collect();
    let all = mentions(&tokens, today);
    let title_end = if title.len() <= MAX_TITLE_BYTES {
        title.len()
    } else {
        0
    };
    let timeline = Timeline::of(&all, title_end, today)?;
    let points = timeline.points(title_end, &tokens);
    let day = timeline.written_on();
    (points >= ENOUGH && day.year() >= FIRST_YEAR && day <= today).then_some(day)
}

/// The dates of a text around the latest that it does not speak of as to come.
struct Timeline<'m> {
    day: civil::Date,
    /// The mentions of that day.
    at: Vec<&'m Mention>,
    /// Another day of the story lies just before it.
    has_story: bool,
    /// What is to come begins just behind it.
    has_next: bool,
}

impl<'m> Timeline<'m> {
    fn of(all: &'m [Mention], title_end: usize, today: civil::Date) -> Option<Self> {
        let is_past = |mention: &&Mention| !mention.around.is_future;
        let full = |mention: &Mention| match mention.when {
            When::Day(day) if day <= today => Some(day),
            _ => None,
        };
        let anchor = all.iter().filter(is_past).filter_map(full).max()?;
        // Days without a year are those around the latest that has one.
        let day_of = |mention: &Mention| match mention.when {
            When::Day(day) => Some(day),
            When::DayOfYear { month, day } => nearest(anchor, month, day),
            When::Month { .. } | When::Year(_) => None,
        };
        let is_story = |mention: &&Mention| {
            let is_near = day_of(mention)
                .is_some_and(|day| (0..=NEXT_DAYS).contains(&days(anchor, day)) && day <= today);
            is_near
                && !mention.around.is_future
                && !mention.around.is_recalled
                && !is_open_bound(mention)
        };
        let is_named = |m: &Mention| m.start < title_end && full(m) == Some(anchor);
        let in_title = all.iter().any(is_named);
        let last = || all.iter().filter(is_story).filter_map(day_of).max();
        let day = if in_title { None } else { last() }.unwrap_or(anchor);
        let at: Vec<&Mention> = all.iter().filter(|m| day_of(m) == Some(day)).collect();
        let mut timeline = Self {
            day,
            at,
            has_story: all
                .iter()
                .filter_map(day_of)
                .any(|other| (1..=STORY_DAYS).contains(&days(other, day))),
            has_next: false,
        };
        for mention in all {
            let begins = match mention.when {
                When::Year(year) => civil::Date::new(year, 1, 1).ok(),
                When::Month { year, month } => civil::Date::new(year, month, 1).ok(),
                _ => day_of(mention),
            };
            let Some(distance) = begins.map(|begins| days(day, begins)).filter(|n| *n > 0) else {
                continue;
            };
            if mention.around.is_future {
                timeline.has_next |=
                    distance <= NEXT_DAYS && !matches!(mention.when, When::Year(_));
                continue;
            }
            let is_of_other_year = in_title && matches!(mention.when, When::DayOfYear { .. });
            if !mention.around.is_bound && !is_of_other_year {
                // It was written after that, and who knows when.
                return None;
            }
        }
        Some(timeline)
    }

    /// Returns how much bears out that the text was written on that day.
    fn points(&self, title_end: usize, tokens: &[Token<'_>]) -> u8 {
        let any = |holds: &dyn Fn(&Mention) -> bool| self.at.iter().any(|mention| holds(mention));
        let in_title = any(&|m| m.start < title_end);
        let is_reference = REFERENCES.contains(&self.day);
        let is_old = self
            .at
            .iter()
            .all(|m| m.around.is_recalled || is_open_bound(m));
        if (is_old || is_reference) && !in_title {
            return 0;
        }
        let lead_end = title_end + LEAD_BYTES;
        let is_dateline = any(&|m| {
            m.start > title_end && m.start < title_end + HEAD_BYTES && is_set_off(m, tokens)
        });
        let strong = [
            in_title,
            is_dateline,
            self.has_next,
            any(&|m| m.around.days_ago.is_some()),
            any(&|m| m.around.is_alone),
        ];
        let weak = [
            any(&|m| m.start > title_end && m.start < lead_end),
            !is_quarter_end(self.day) && any(&|m| m.around.is_as_of),
            any(&|m| m.around.has_time),
            any(&|m| m.around.weekday == Some(self.day.weekday().to_monday_one_offset())),
            self.at.len() > 1,
            self.has_story,
        ];
        let count = |list: &[bool]| {
            u8::try_from(list.iter().filter(|holds| **holds).count()).unwrap_or(u8::MAX)
        };
        2 * count(&strong) + count(&weak)
    }

    /// Returns the day of writing: `вчора, 4 березня 2024` was written on the fifth.
    fn written_on(&self) -> civil::Date {
        let days = self
            .at
            .iter()
            .find_map(|mention| mention.around.days_ago)
            .unwrap_or(0);
        let mut day = self.day;
        for _ in 0..days {
            day = day.tomorrow().unwrap_or(day);
        }
        day
    }
}

/// `до 1 вересня`, `з 1 вересня`, but not `станом на` or `з 24 лютого по 5 березня`.
fn is_open_bound(mention: &Mention) -> bool {
    mention.around.is_bound && !mention.around.is_as_of
}

/// Returns whether a mark stands behind the date, as behind a dateline before the first sentence.
fn is_set_off(mention: &Mention, tokens: &[Token<'_>]) -> bool {
    let behind = tokens
        .iter()
        .skip_while(|token| token.start < mention.start);
    let first = behind
        .skip_while(|token| {
            token.number().is_some()
                || token.is_mark(&['-'])
                || token.word().is_some_and(is_date_word)
        })
        .find(|token| !token.is_mark(&['.', ',']) || token.is_apart);
    first.is_some_and(|token| token.is_mark(&['–', '—', '-', '(', '/', ':', '|', '.']))
}

fn is_date_word(word: &str) -> bool {
    crate::date::month_names::full(word).is_some()
        || matches!(word, "р" | "року" | "г" | "года" | "го")
}

/// Reports of the quarter give their figures as of its last day, or of the first of the next.
fn is_quarter_end(day: civil::Date) -> bool {
    let next = day.tomorrow().unwrap_or(day);
    [day, next]
        .iter()
        .any(|day| day.day() == 1 && day.month() % 3 == 1)
}

fn days(from: civil::Date, to: civil::Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Returns the day of that month nearest to `anchor`.
fn nearest(anchor: civil::Date, month: i8, day: i8) -> Option<civil::Date> {
    (anchor.year() - 1..=anchor.year() + 1)
        .filter_map(|year| civil::Date::new(year, month, day).ok())
        .min_by_key(|day| days(anchor, *day).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(title: &str, body: &str) -> String {
        let day = publication_day(title, body, civil::date(2026, 11, 30));
        day.map_or_else(|| "none".to_owned(), |day| day.to_string())
    }

    #[test]
    fn what_was_and_what_is_to_come_hold_the_day_between_them() {
        let text = "Президент оголосив про поступ у переговорах. На початку січня 2026 року в Парижі відбудеться \
                    зустріч, де країни узгодять внески.\nВесь процес будується на довірі.\n28 грудня 2025 року \
                    відбулася онлайн-зустріч лідерів.";
        assert_eq!(estimate("Поступ у переговорах", text), "2025-12-28");
    }

    #[test]
    fn several_signs_make_an_estimate() {
        for (title, body, day) in [
            (
                "Засідання виконкому від 5 лютого 2016 року",
                "Розглянули три питання.",
                "2016-02-05",
            ),
            (
                "Бюджет",
                "Київ. 5 березня 2024 року – Рада ухвалила бюджет громади.",
                "2024-03-05",
            ),
            (
                "Бюджет",
                "КИЇВ, 5 березня 2024 р. (Вісті). Рада ухвалила бюджет.",
                "2024-03-05",
            ),
            (
                "Бюджет",
                "Рада ухвалила бюджет сьогодні, 5 березня 2024 року.",
                "2024-03-05",
            ),
            (
                "Бюджет",
                "Рада ухвалила бюджет учора, 4 березня 2024 року.",
                "2024-03-05",
            ),
            (
                "Втрати",
                "У ніч на 5 березня 2024 року місто атакували дрони.",
                "2024-03-05",
            ),
            (
                "Ціни",
                "Станом на 5 березня 2024 року хліб коштує 30 гривень.",
                "2024-03-05",
            ),
            (
                "Суд",
                "У вівторок, 5 березня 2024 року, суд обрав запобіжний захід.",
                "2024-03-05",
            ),
            (
                "Обстріл",
                "3 березня 2024 року росіяни обстріляли місто. 5 березня 2024 року рятувальники завершили роботи. \
                 Загинули двоє людей.",
                "2024-03-05",
            ),
            (
                "Лист громади",
                "Просимо відремонтувати дорогу.\n\n5 березня 2024 року",
                "2024-03-05",
            ),
            (
                "Обстріл",
                "3 березня 2024 року обстріляли місто. 5 березня роботи завершили.",
                "2024-03-05",
            ),
        ] {
            assert_eq!(estimate(title, body), day, "{title}: {body}");
        }
    }

    #[test]
    fn one_date_in_passing_estimates_nothing() {
        for (title, body) in [
            (
                "Спадок Ярослава",
                "Князь Ярослав помер 20 лютого 1054 року. Музей просить бюджет.",
            ),
            (
                "Полтавська битва 27 червня 1709 року",
                "Музей відкрив виставку про битву 27 червня 1709 року.",
            ),
            (
                "План міста",
                "Стратегію розраховано до 1 січня 2035 року. Її ухвалять згодом.",
            ),
            (
                "Бюджет",
                "Рада ухвалила бюджет. Нагадаємо, 20 грудня 2022 року ухвалили торішній, 20 грудня 2022 року.",
            ),
            (
                "Війна",
                "Вторгнення почалося 24 лютого 2022 року. Від 24 лютого 2022 року минув час.",
            ),
            (
                "Будинок",
                "Будинок звели 3 травня 2010 року, а у 2015 році відремонтували 3 травня 2010 року.",
            ),
            (
                "Ранок",
                "Сьогодні — 4 липня, 1592-й день повномасштабної війни.",
            ),
            (
                "Зустріч",
                "Зустріч відбудеться 5 березня 2024 року о 14:00 у вівторок.",
            ),
            ("Міст", "Міст відкрили сьогодні, 5 березня."),
            ("Телефон", "Телефон 044-28-12-2025, адреса 192.168.10.2025."),
            ("", ""),
        ] {
            assert_eq!(estimate(title, body), "none", "{title}: {body}");
        }
    }

    #[test]
    fn nothing_later_than_today_is_estimated() {
        let today = civil::date(2024, 3, 4);
        assert_eq!(
            publication_day(
                "Засідання від 5 березня 2024 року",
                "Порядок денний.",
                today
            ),
            None
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([0-9]{1,4}|[ .,:/-]|сьогодні|до|березня|лютого|2024|року|\\n){0,40}") {
            let _ = publication_day(&text, &text, civil::date(2026, 11, 30));
        }
    }
}
