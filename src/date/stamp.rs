//! A date as pages and papers print it: `Четвер, 31 бер. 2016 р., 14:20`, `10:15 | 31.03.16`,
//! `сьогодні, 14:20`.
//!
//! [`Line::read`] reads a short text that may be a stamp and keeps what it does not understand, so
//! that its caller decides how much else may stand there: nothing in a field, a place or a name in
//! a dateline.

use crate::date::iso::written_instant;
use crate::date::reader::{Reader, StampDay};
use crate::date::stamp_words::{Meaning, Role, meaning};
use crate::date::token::{Token, Tokens};
use crate::date::written::Written;
use crate::date::{Date, KYIV};
use jiff::ToSpan;
use jiff::civil;
use jiff::tz::{Offset, TimeZone};

/// A text longer than this, in bytes, is no stamp.
const MAX_BYTES: usize = 400;

/// One date of a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) role: Role,
    pub(super) day: StampDay,
    pub(super) clock: Option<civil::Time>,
    pub(super) offset: Option<Offset>,
}

impl Stamp {
    /// Returns the date, if it names its day in full.
    pub(super) fn written(&self) -> Option<Written> {
        match self.day {
            StampDay::Full(Date::Day(day)) => self.on(day),
            StampDay::Full(date) => Some(date.into()),
            StampDay::OfYear { .. } | StampDay::FromNow(_) => None,
        }
    }

    /// Returns the date, with what it leaves out taken from a day that is known: that of the page
    /// or the file.
    pub(super) fn written_near(&self, known: civil::Date) -> Option<Written> {
        match self.day {
            StampDay::Full(_) => self.written(),
            StampDay::FromNow(days) => self.on(known.checked_add(i64::from(days).days()).ok()?),
            StampDay::OfYear { month, day } => {
                let this_year = civil::Date::new(known.year(), month, day).ok();
                let fits = |day: &civil::Date| *day <= known.tomorrow().unwrap_or(known);
                let day = this_year
                    .filter(fits)
                    .or_else(|| civil::Date::new(known.year() - 1, month, day).ok())?;
                self.on(day)
            }
        }
    }

    fn on(&self, day: civil::Date) -> Option<Written> {
        let Some(clock) = self.clock else {
            return Some(Date::Day(day).into());
        };
        let zone = self.offset.map_or_else(|| KYIV.clone(), TimeZone::fixed);
        let zoned = day.to_datetime(clock).to_zoned(zone).ok()?;
        written_instant(&zoned).ok()
    }
}

/// The stamps of a text and what else stands there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub(super) stamps: Vec<Stamp>,
    /// Words that belong to no date.
    pub(super) words: Vec<&'t str>,
    /// Numbers that belong to no date.
    pub(super) number_count: usize,
    /// A mark of running text stands there: a quotation, a question.
    pub(super) has_prose_marks: bool,
    /// A word stands beside a date with nothing between them.
    pub(super) is_run_on: bool,
}

impl<'t> Line<'t> {
    /// Reads the stamps of a short text; years of two digits are those up to the year of `today`.
    pub(super) fn read(text: &'t str, today: civil::Date) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let tokens: Vec<Token<'t>> = Tokens::of(text).collect();
        let mut reader = Reader {
            tokens: &tokens,
            at: 0,
            today,
            is_prose: false,
        };
        let mut line = Self::default();
        let mut role = Role::Plain;
        let mut pending = Pending::default();
        let mut before = Before::Gap;
        while let Some(token) = reader.peek(0) {
            let after_at = std::mem::take(&mut pending.after_at);
            if token.begins_line {
                before = Before::Gap;
            }
            if let Some(day) = reader.day() {
                line.is_run_on |= before == Before::Word;
                before = Before::Date;
                line.take(&mut pending, role, day);
                role = Role::Plain;
                reader.skip_offset_of_day();
            } else if let Some(clock) = reader.clock(after_at) {
                let offset = reader.offset();
                let mut stamps = line.stamps.last_mut();
                if let Some(stamp) = stamps.as_mut().filter(|stamp| stamp.clock.is_none()) {
                    (stamp.clock, stamp.offset) = (Some(clock), offset);
                } else {
                    (pending.clock, pending.offset) = (Some(clock), offset);
                }
            } else {
                reader.at += 1;
                let word_count = line.words.len();
                role = line.take_other(token, &mut pending, role);
                if line.words.len() > word_count {
                    line.is_run_on |= before == Before::Date;
                    before = Before::Word;
                } else if token.word().is_none() {
                    before = Before::Gap;
                }
            }
        }
        Some(line)
    }

    /// Returns the stamp of publication: the one labelled so, else the only one without a label.
    pub(super) fn published(&self) -> Option<&Stamp> {
        let labelled = self
            .stamps
            .iter()
            .find(|stamp| stamp.role == Role::Published);
        labelled.or_else(|| {
            let mut plain = self.stamps.iter().filter(|stamp| stamp.role == Role::Plain);
            let first = plain.next()?;
            plain.all(|other| other.day == first.day).then_some(first)
        })
    }

    fn take(&mut self, pending: &mut Pending, role: Role, day: StampDay) {
        self.stamps.push(Stamp {
            role,
            day,
            clock: pending.clock.take(),
            offset: pending.offset.take(),
        });
    }

    /// The year of `Mar 31 10:00:00 2016` comes once more behind its time.
    fn is_year_again(&self, value: u64) -> bool {
        self.stamps.last().is_some_and(|stamp| match stamp.day {
            StampDay::Full(Date::Day(day)) => {
                stamp.clock.is_some() && i16::try_from(value) == Ok(day.year())
            }
            _ => false,
        })
    }

    fn take_other(&mut self, token: Token<'t>, pending: &mut Pending, role: Role) -> Role {
        if let Some((value, _)) = token.number() {
            self.number_count += usize::from(!self.is_year_again(value));
        } else if token.is_mark(&['?', '!', '«', '»', '"', '“', '”', '…', ';']) {
            self.has_prose_marks = true;
        }
        let Some(word) = token.word() else {
            return role;
        };
        match meaning(word) {
            Some(Meaning::Label(found)) => return found,
            Some(Meaning::DaysFromNow(days)) => {
                self.take(pending, role, StampDay::FromNow(days));
                return Role::Plain;
            }
            Some(Meaning::At) => pending.after_at = true,
            Some(_) => {}
            None => self.words.push(word),
        }
        role
    }
}

/// What stands before a date or a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A mark, a new line or nothing.
    Gap,
    Date,
    Word,
}

/// What stands before the day that it belongs to.
#[derive(Default)]
struct Pending {
    clock: Option<civil::Time>,
    offset: Option<Offset>,
    after_at: bool,
}
