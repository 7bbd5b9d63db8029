//! Dates and times at the beginning of tokens.

use crate::date::stamp_words::{Meaning, meaning};
use crate::date::token::Token;
use crate::date::{Date, month_names};
use jiff::civil;
use jiff::tz::Offset;
use std::ops::RangeInclusive;

/// What a text says of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StampDay {
    /// A day, a month or a year in full.
    Full(Date),
    /// A day without its year.
    OfYear { month: i8, day: i8 },
    /// `сьогодні` is 0, `вчора` -1.
    FromNow(i8),
}

/// Reads dates and times from the beginning of what is left of the tokens.
pub(super) struct Reader<'a, 't> {
    pub(super) tokens: &'a [Token<'t>],
    pub(super) at: usize,
    pub(super) today: civil::Date,
    /// The text is prose, where months are written in full and numbers joined by marks may be
    /// anything.
    pub(super) is_prose: bool,
}

impl<'t> Reader<'_, 't> {
    pub(super) fn peek(&self, ahead: usize) -> Option<Token<'t>> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn number(&self, ahead: usize, digits: RangeInclusive<usize>) -> Option<i16> {
        let (value, count) = self.peek(ahead)?.number()?;
        if digits.contains(&count) {
            i16::try_from(value).ok()
        } else {
            None
        }
    }

    fn small(&self, ahead: usize) -> Option<i8> {
        self.number(ahead, 1..=2).and_then(|n| i8::try_from(n).ok())
    }

    fn mark(&self, ahead: usize, marks: &[char]) -> Option<char> {
        let token = self.peek(ahead).filter(|token| token.is_mark(marks))?;
        token.text.chars().next()
    }

    fn month(&self, ahead: usize) -> Option<i8> {
        let names = if self.is_prose {
            month_names::full
        } else {
            month_names::any
        };
        self.peek(ahead)?.word().and_then(names)
    }

    /// Reads a date and moves behind it, or stays.
    pub(super) fn day(&mut self) -> Option<StampDay> {
        let (day, length) = self
            .compact()
            .or_else(|| self.numeric())
            .or_else(|| self.day_then_month())
            .or_else(|| self.month_then_day())
            .or_else(|| self.year_then_day())
            .or_else(|| self.year_alone())?;
        self.at += length;
        self.skip_year_word();
        Some(day)
    }

    /// `20160331`, `201603311420`, `20160331142005`: the time stays for [`Self::clock`], so only
    /// eight digits.
    fn compact(&self) -> Option<(StampDay, usize)> {
        let (value, digits) = self.peek(0)?.number()?;
        if digits != 8 || self.is_prose {
            return None;
        }
        let year = i16::try_from(value / 10_000).ok()?;
        let month = i8::try_from(value / 100 % 100).ok()?;
        let day = i8::try_from(value % 100).ok()?;
        Some((full(year, month, day)?, 1))
    }

    /// `31.03.2016`, `31/03/16`, `2016-03-31`, `03.2016`.
    fn numeric(&self) -> Option<(StampDay, usize)> {
        let first = self.number(0, 1..=4)?;
        let separator = self.mark(1, &['.', '/', '-', '–', '\u{2011}', '_'])?;
        let second = self.small(2)?;
        let first_digits = self.peek(0)?.text.len();
        if self.is_prose && !self.is_day_in_prose(separator) {
            return None;
        }
        let third = self
            .mark(3, &[separator])
            .and_then(|_| self.number(4, 1..=4));
        let Some(third) = third else {
            let year = self.number(2, 4..=4);
            return match (first_digits, year) {
                (1..=2, Some(year)) if separator != '–' => {
                    month_of(year, i8::try_from(first).ok()?)
                }
                (4, None) if separator == '-' => month_of(first, second),
                _ => None,
            }
            .map(|month| (month, 3));
        };
        // `31.03.2016.5` and `10:31.03.16` are something else.
        let goes_on = self.mark(5, &[separator]).is_some()
            && self
                .peek(6)
                .is_some_and(|token| token.number().is_some() && !token.is_apart);
        if goes_on && separator != '-' {
            return None;
        }
        let third_digits = self.peek(4)?.text.len();
        let small = |n: i16| i8::try_from(n).ok();
        let day = match (first_digits, third_digits) {
            (4, 1 | 2) => full(first, second, small(third)?)?,
            (1 | 2, 4) => day_month_year(small(first)?, second, third, separator)?,
            (1 | 2, 2) => {
                let year = self.century(third);
                day_month_year(small(first)?, second, year, separator)?
            }
            _ => return None,
        };
        Some((day, 5))
    }

    /// In prose `31.03.2016` and `2016-03-31` are days where no more digits stand around; `2.10`
    /// and `5/7` are not.
    fn is_day_in_prose(&self, separator: char) -> bool {
        let is_tight = |ahead: usize| self.peek(ahead).is_some_and(|token| !token.is_apart);
        let digits = |ahead: usize| self.peek(ahead).map_or(0, |token| token.text.len());
        let form = match separator {
            '.' | '/' => (digits(0) <= 2 && digits(4) == 4) && self.number(4, 4..=4).is_some(),
            '-' => digits(0) == 4 && digits(2) == 2 && digits(4) == 2,
            _ => false,
        };
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let begins = self.peek(0).is_some_and(|token| token.is_apart)
            || before.is_none_or(|token| !token.is_mark(&['.', '-', '/', ':', ',', '+']));
        form && begins && (1..=4).all(is_tight)
    }

    /// `31 березня 2016`, `31-го бер. 2016 р.`, `31-Mar-2016`, `31 березня`.
    fn day_then_month(&self) -> Option<(StampDay, usize)> {
        let day = self.small(0)?;
        let mut length = 1 + self.ordinal_ending(1);
        length += usize::from(self.mark(length, &['-', ',', '.', '/', ' ']).is_some());
        let word = self.peek(length)?;
        if word.word().is_some_and(|w| w.eq_ignore_ascii_case("of")) {
            length += 1;
        }
        let month = self.month(length)?;
        length += 1;
        length += usize::from(self.mark(length, &['.']).is_some());
        self.with_year(month, day, length)
    }

    /// `March 31, 2016`, `Березень 31, 2016`, `березень 2016`.
    fn month_then_day(&self) -> Option<(StampDay, usize)> {
        let month = self.month(0)?;
        let mut length = 1 + usize::from(self.mark(1, &['.']).is_some());
        length += usize::from(self.mark(length, &['-', ',', '/']).is_some());
        if let Some(year) = self.number(length, 4..=4) {
            return Some((month_of(year, month)?, length + 1));
        }
        let day = self.small(length)?;
        // `May 10:15` names no day.
        if self.mark(length + 1, &[':']).is_some() {
            return None;
        }
        length += 1 + self.ordinal_ending(length + 1);
        // `Mar 31 10:00:00 2016`, as C libraries write it.
        let is_clock =
            self.mark(length + 1, &[':']).is_some() && self.mark(length + 3, &[':']).is_some();
        if is_clock && let Some(year) = self.number(length + 5, 4..=4) {
            return Some((full(year, month, day)?, length));
        }
        self.with_year(month, day, length)
    }

    /// `2016, 31 березня`, `2016 Mar 31`.
    fn year_then_day(&self) -> Option<(StampDay, usize)> {
        let year = self.number(0, 4..=4)?;
        let mut length = 1;
        let is_year_word = |ahead: usize| {
            let word = self.peek(ahead).and_then(|token| token.word());
            word.is_some_and(|word| matches!(word, "р" | "рік" | "року" | "год" | "г"))
        };
        length += usize::from(is_year_word(length));
        length += usize::from(self.mark(length, &['.', ',', '-']).is_some());
        if let Some(day) = self.small(length) {
            let length = length + 1 + usize::from(self.mark(length + 1, &['-', '.']).is_some());
            let month = self.month(length)?;
            return Some((full(year, month, day)?, length + 1));
        }
        let month = self.month(length)?;
        length += 1 + usize::from(self.mark(length + 1, &['.', '-']).is_some());
        match self.small(length) {
            Some(day) if self.mark(length + 1, &[':']).is_none() => {
                Some((full(year, month, day)?, length + 1))
            }
            _ => Some((month_of(year, month)?, length)),
        }
    }

    /// A year that is all of the text, or all but its word: `2016 р.`
    fn year_alone(&self) -> Option<(StampDay, usize)> {
        let year = self.number(0, 4..=4).filter(|_| !self.is_prose)?;
        let is_all = self.at == 0 && self.tokens.len() <= 3;
        let is_word = |token: &Token<'_>| {
            token
                .word()
                .is_some_and(|w| meaning(w) == Some(Meaning::Filler))
        };
        let rest = self.tokens.get(1..)?;
        let is_bare = rest
            .iter()
            .all(|token| is_word(token) || token.is_mark(&['.']));
        let date = Date::Year(crate::date::plausible_year(year).ok()?);
        (is_all && is_bare).then_some((StampDay::Full(date), 1))
    }

    fn with_year(&self, month: i8, day: i8, length: usize) -> Option<(StampDay, usize)> {
        let mut ahead = length;
        ahead += usize::from(self.mark(ahead, &[',', '-', '/']).is_some());
        // `4 липня, 1592-й день війни`
        let is_count = self.is_prose
            && self.mark(ahead + 1, &['-']).is_some()
            && !self.is_word(ahead + 2, &["го"]);
        if let Some(year) = self.number(ahead, 4..=4).filter(|_| !is_count) {
            return Some((full(year, month, day)?, ahead + 1));
        }
        let is_cut = self.mark(ahead, &['\'', '’', 'ʼ']).is_some();
        ahead += usize::from(is_cut);
        // Two digits before a colon are an hour.
        if let Some(year) = self.number(ahead, 2..=2)
            && self.mark(ahead + 1, &[':']).is_none()
            && (is_cut || !self.is_prose)
            && (is_cut || ahead == length || self.mark(ahead - 1, &['-', '/']).is_some())
            && let Some(day) = full(self.century(year), month, day)
        {
            return Some((day, ahead + 1));
        }
        civil::Date::new(2024, month, day).ok()?;
        Some((StampDay::OfYear { month, day }, length))
    }

    fn ordinal_ending(&self, ahead: usize) -> usize {
        let is_ending = |ahead: usize| {
            let token = self.peek(ahead).filter(|token| !token.is_apart);
            let word = token.and_then(|token| token.word());
            word.is_some_and(|word| matches!(word, "го" | "е" | "є" | "st" | "nd" | "rd" | "th"))
        };
        match self.mark(ahead, &['-', '\u{2011}']) {
            Some(_) if is_ending(ahead + 1) => 2,
            None if is_ending(ahead) => 1,
            _ => 0,
        }
    }

    fn skip_year_word(&mut self) {
        let start = usize::from(self.mark(0, &['-']).is_some() && self.is_word(1, &["го"])) * 2;
        if self.is_word(start, &["р", "рік", "року", "г", "год", "года", "y"]) {
            self.at += start + 1;
            self.at += usize::from(self.mark(0, &['.']).is_some());
        }
    }

    fn is_word(&self, ahead: usize, words: &[&str]) -> bool {
        let word = self.peek(ahead).and_then(|token| token.word());
        word.is_some_and(|word| words.contains(&word))
    }

    /// Reads `14:20`, `2:20:05.5 pm`, behind `о` also `14.20`, and moves behind it, or stays.
    pub(super) fn clock(&mut self, after_at: bool) -> Option<civil::Time> {
        if self.peek(0)?.word().is_some_and(|word| word == "T") && !self.peek(0)?.is_apart {
            self.at += 1;
            let clock = self.clock(after_at);
            self.at -= usize::from(clock.is_none());
            return clock;
        }
        let mut hour = self.small(0)?;
        let separator = self.mark(1, if after_at { &[':', '.'] } else { &[':'] })?;
        let minute = self.number(2, 2..=2).and_then(|n| i8::try_from(n).ok())?;
        let mut length = 3;
        let mut second = 0;
        if separator == ':'
            && self.mark(3, &[':']).is_some()
            && let Some(found) = self.number(4, 2..=2)
        {
            second = i8::try_from(found).ok()?;
            length = 5;
            let fraction = self.peek(6).filter(|token| !token.is_apart);
            if self.mark(5, &['.', ',']).is_some() && fraction.is_some_and(|f| f.number().is_some())
            {
                length = 7;
            }
        }
        let word = self.peek(length).and_then(|token| token.word());
        if let Some(Meaning::HalfOfDay(half)) = word.and_then(meaning) {
            hour = hour % 12 + half;
            length += 1;
        }
        let clock = civil::Time::new(hour, minute, second, 0).ok()?;
        self.at += length;
        Some(clock)
    }

    /// Reads `+0200`, `GMT+3`, `EET` behind a time and moves behind it, or stays.
    pub(super) fn offset(&mut self) -> Option<Offset> {
        let mut length = 0;
        let mut seconds = None;
        if let Some(Meaning::Zone(hours)) = self.peek(0)?.word().and_then(meaning) {
            seconds = Some(i32::from(hours) * 3_600);
            length = 1;
        }
        if let Some(sign) = self.mark(length, &['+', '-', '\u{2212}'])
            && let Some((value, digits)) = self.peek(length + 1).and_then(|token| token.number())
        {
            let value = i32::try_from(value).ok()?;
            let (hours, minutes, taken) = match digits {
                4 => (value / 100, value % 100, 2),
                1 | 2 => match (
                    self.mark(length + 2, &[':']),
                    self.number(length + 3, 2..=2),
                ) {
                    (Some(_), Some(minutes)) => (value, i32::from(minutes), 4),
                    _ => (value, 0, 2),
                },
                _ => return None,
            };
            let sign = if sign == '+' { 1 } else { -1 };
            seconds = Some(sign * (hours * 3_600 + minutes * 60));
            length += taken;
        }
        let offset = Offset::from_seconds(seconds?).ok()?;
        self.at += length;
        Some(offset)
    }

    /// Passes over the offset of `2016-03-31+02:00`, which says nothing about a whole day.
    pub(super) fn skip_offset_of_day(&mut self) {
        if self
            .peek(0)
            .is_some_and(|token| token.is_mark(&['+', '-']) && !token.is_apart)
        {
            let _ = self.offset();
        } else if self.is_word(0, &["Z"]) {
            self.at += 1;
        }
    }

    fn century(&self, year: i16) -> i16 {
        let century = self.today.year() / 100 * 100;
        if century + year <= self.today.year() + 1 {
            century + year
        } else {
            century - 100 + year
        }
    }
}

/// Day before month, as papers here write; the American order only where no other can be.
fn day_month_year(first: i8, second: i8, year: i16, separator: char) -> Option<StampDay> {
    full(year, second, first).or_else(|| {
        if separator == '/' {
            full(year, first, second)
        } else {
            None
        }
    })
}

fn full(year: i16, month: i8, day: i8) -> Option<StampDay> {
    Date::day(year, month, day).ok().map(StampDay::Full)
}

fn month_of(year: i16, month: i8) -> Option<StampDay> {
    Date::month(year, month).ok().map(StampDay::Full)
}
