//! Dates that a running text mentions, with what stands around them.

use crate::date::reader::{Reader, StampDay};
use crate::date::stamp_words;
use crate::date::token::{Kind, Token};
use crate::date::{Date, tense};
use jiff::civil;

/// What a text mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Day(civil::Date),
    /// A day whose year is not given.
    DayOfYear {
        month: i8,
        day: i8,
    },
    Month {
        year: i16,
        month: i8,
    },
    Year(i16),
}

/// One mention of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) when: When,
    /// Offset in bytes of its first byte.
    pub(super) start: usize,
    pub(super) around: Around,
}

/// What stands around a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own")]
pub(super) struct Around {
    /// Its sentence speaks of what is to come.
    pub(super) is_future: bool,
    /// `до 1 вересня`, `з 1 вересня`: the end or the beginning of something, which may be to come.
    pub(super) is_bound: bool,
    /// `сьогодні, 5 березня` is 0, `вчора, 4 березня` 1, `завтра` -1: the days from it to the day
    /// of writing.
    pub(super) days_ago: Option<i8>,
    /// `станом на 5 березня`, `з 24 лютого по 5 березня`.
    pub(super) is_as_of: bool,
    /// A weekday stands beside it, 1 for Monday to 7.
    pub(super) weekday: Option<i8>,
    /// A time stands beside it, or `вранці`, `у ніч на`.
    pub(super) has_time: bool,
    /// It is all that stands on its line.
    pub(super) is_alone: bool,
    /// `нагадаємо`, `раніше`: its sentence recalls what was.
    pub(super) is_recalled: bool,
}

/// Returns the dates that the tokens of a text mention, in their order.
pub(super) fn mentions(tokens: &[Token<'_>], today: civil::Date) -> Vec<Mention> {
    let mut reader = Reader {
        tokens,
        at: 0,
        today,
        is_prose: true,
    };
    let mut found = Vec::new();
    while let Some(token) = reader.peek(0) {
        let first = reader.at;
        let begins = matches!(token.kind, Kind::Number(_)) || token.word().is_some_and(is_month);
        let when = begins.then(|| reader.day()).flatten().and_then(when_of);
        if let Some(when) = when {
            found.push(Mention {
                when,
                start: token.start,
                around: around(tokens, first, reader.at),
            });
        } else if let Some(year) = year(tokens, first) {
            reader.at = first + 2;
            found.push(Mention {
                when: When::Year(year),
                start: token.start,
                around: around(tokens, first, first + 2),
            });
        } else {
            reader.at = first + 1;
        }
    }
    found
}

fn when_of(day: StampDay) -> Option<When> {
    match day {
        StampDay::Full(Date::Day(day)) => Some(When::Day(day)),
        StampDay::Full(Date::Month { year, month }) => Some(When::Month { year, month }),
        StampDay::OfYear { month, day } => Some(When::DayOfYear { month, day }),
        StampDay::Full(_) | StampDay::FromNow(_) => None,
    }
}

fn is_month(word: &str) -> bool {
    crate::date::month_names::full(word).is_some()
}

/// `2016 року`, `2016-го`, `в 2016 году`.
fn year(tokens: &[Token<'_>], at: usize) -> Option<i16> {
    let (value, digits) = tokens.get(at)?.number()?;
    let behind = tokens.get(at + 1)?;
    let is_year_word = |word: &str| {
        matches!(
            word,
            "р" | "року"
                | "рік"
                | "році"
                | "роком"
                | "рр"
                | "г"
                | "год"
                | "года"
                | "году"
                | "годом"
        )
    };
    let is_year = behind.word().is_some_and(is_year_word)
        || (behind.is_mark(&['-'])
            && tokens
                .get(at + 2)?
                .word()
                .is_some_and(|w| w == "го" || w == "му"));
    (digits == 4 && is_year)
        .then(|| i16::try_from(value).ok())
        .flatten()
}

/// How many tokens before and behind a mention are looked at for a sentence.
const REACH: usize = 40;

fn around(tokens: &[Token<'_>], first: usize, end: usize) -> Around {
    let before = sentence_before(tokens, first);
    let behind = sentence_behind(tokens, end);
    let near_before = before
        .get(before.len().saturating_sub(5)..)
        .unwrap_or_default();
    let near_behind = behind.get(..behind.len().min(4)).unwrap_or_default();
    let words = |list: &[Token<'_>]| -> Vec<String> {
        list.iter()
            .filter_map(Token::word)
            .map(str::to_lowercase)
            .collect()
    };
    let (near_before_words, near_behind_words) = (words(near_before), words(near_behind));
    let last_two: Vec<&str> = near_before_words
        .iter()
        .rev()
        .take(2)
        .map(String::as_str)
        .collect();
    let last = last_two.first().copied().unwrap_or_default();
    let touches = before.last().is_some_and(|token| token.word().is_some());
    let all = || {
        before
            .iter()
            .chain(behind)
            .filter_map(Token::word)
            .map(str::to_lowercase)
    };
    let near = || {
        near_before_words
            .iter()
            .chain(&near_behind_words)
            .map(String::as_str)
    };
    let is_alone = tokens.get(first).is_some_and(|token| token.begins_line)
        && tokens.get(end..).is_some_and(|rest| {
            rest.iter()
                .find(|t| t.word().is_some() || t.number().is_some())
                .is_none_or(|t| t.begins_line)
        });
    let is_as_of = (touches
        && matches!(last, "на" | "по" | "of")
        && last_two.get(1).is_some_and(|word| {
            matches!(
                *word,
                "станом" | "стан" | "даними" | "состоянию" | "данным" | "as"
            )
        }))
        || (touches
            && last == "по"
            && near_before_words
                .iter()
                .any(|w| matches!(w.as_str(), "з" | "із" | "с" | "лютого" | "февраля")))
        || (touches && last == "за" && tokens.get(first).is_some_and(|t| t.number().is_some()));
    Around {
        is_future: all().any(|word| tense::is_future(&word)),
        is_bound: touches
            && matches!(
                last,
                "до" | "з" | "із" | "зі" | "від" | "с" | "from" | "until" | "till" | "since" | "по"
            ),
        days_ago: near().find_map(tense::days_ago),
        is_as_of,
        weekday: near().find_map(stamp_words::weekday_number),
        has_time: near().any(tense::is_time_of_day)
            || behind.first().zip(behind.get(1)).is_some_and(|(a, b)| {
                (a.number().is_some() && b.is_mark(&[':']))
                    || (a.word().is_some_and(|w| matches!(w, "о" | "об" | "в"))
                        && b.number().is_some())
            })
            || behind
                .get(1)
                .zip(behind.get(2))
                .is_some_and(|(a, b)| a.number().is_some() && b.is_mark(&[':'])),
        is_alone,
        is_recalled: all().any(|word| tense::recalls(&word)),
    }
}

fn sentence_before<'a, 't>(tokens: &'a [Token<'t>], first: usize) -> &'a [Token<'t>] {
    let mut start = first;
    while start > 0 && first - start < REACH {
        let is_line = tokens.get(start).is_some_and(|token| token.begins_line);
        if is_line
            || tokens
                .get(start - 1)
                .zip(tokens.get(start))
                .is_some_and(|(a, b)| ends_sentence(a, b))
        {
            break;
        }
        start -= 1;
    }
    tokens.get(start..first).unwrap_or_default()
}

fn sentence_behind<'a, 't>(tokens: &'a [Token<'t>], first: usize) -> &'a [Token<'t>] {
    let mut end = first;
    while let Some(token) = tokens.get(end) {
        let ends = end > first
            && tokens
                .get(end - 1)
                .is_some_and(|before| ends_sentence(before, token));
        if token.begins_line || ends || end - first >= REACH {
            break;
        }
        end += 1;
    }
    tokens.get(first..end).unwrap_or_default()
}

fn ends_sentence(mark: &Token<'_>, next: &Token<'_>) -> bool {
    let begins = next
        .text
        .starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '"' | '“' | '–' | '—'));
    mark.is_mark(&['.', '!', '?', '…']) && next.is_apart && begins
}
