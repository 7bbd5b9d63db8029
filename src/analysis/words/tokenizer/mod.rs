//! Cuts a text into words and brings each into its form.

#[cfg(test)]
mod tests;

use crate::analysis::characters::apostrophe::APOSTROPHE;
use crate::analysis::characters::capitals::Capitals;
use crate::analysis::characters::char_class::{CharClass, CharTable};
use crate::analysis::characters::homoglyph::{Scripts, unmixed};
use crate::analysis::characters::invisible::{is_combining, is_stress};
use crate::analysis::words::endings;
use crate::analysis::words::number;
use crate::analysis::words::number::Reading;
use crate::analysis::words::roman;
use crate::text::ByteRange;
use std::iter::Peekable;
use std::str::CharIndices;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The bytes of the original text that it covers; both ends fall on character boundaries.
    pub range: ByteRange,
    /// Its place in the text, counted in words from 0.
    pub position: u32,
    /// Which characters of its form are capitals in the text.
    pub capitals: Capitals,
}

impl Word {
    /// Returns how many letters of an acronym with an ending are capitals, 0 where `form` is none.
    pub fn acronym_chars(self, form: &str) -> u8 {
        let leading = self.capitals.leading_only();
        if leading > 1 && endings::acronym_of(form, leading).is_some() {
            u8::try_from(leading).unwrap_or(0)
        } else {
            0
        }
    }

    /// Returns whether it begins with a capital, as names do.
    pub fn is_capitalised(self) -> bool {
        self.capitals.has_first()
    }
}

/// An iterator-like cursor over the words of a text.
///
/// A word is a run of letters and digits, with apostrophes between letters and with the invisible
/// characters inside it. A hyphen ends a word: `Івано-Франківськ` is two words at neighbouring
/// positions. So do all marks but those inside a [`number`]: `censor.net` and `1/2` are two words
/// each, an address for mail is as many as it has parts, `#` and `@` are no part of what they mark.
/// Nothing is dropped for its length. Costs one pass over the text and no allocation but the growth
/// of the caller's buffer (and some for a word that must be composed or mixes two scripts).
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    table: &'static CharTable,
    chars: Peekable<CharIndices<'a>>,
    /// Where `chars` began, in bytes.
    base: usize,
    position: u32,
    /// Digits before this byte were found to make no number of several groups.
    groups_end: usize,
    /// Where the last word ended if it ended in a letter, in bytes.
    letters_end: usize,
}

impl<'a> Words<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            table: CharTable::get(),
            chars: text.char_indices().peekable(),
            base: 0,
            position: 0,
            groups_end: 0,
            letters_end: 0,
        }
    }

    /// Goes to byte `offset`, which lies behind the last word and before which `position` words
    /// stand. No word may lie across it.
    pub(crate) fn go_to(&mut self, offset: usize, position: u32) {
        let rest = self.text.get(offset..).unwrap_or_default();
        self.chars = rest.char_indices().peekable();
        self.base = offset;
        self.position = position;
    }

    /// Goes to the next word and puts its form into `form`, which is emptied first; `None` at the
    /// end.
    pub fn next_into(&mut self, form: &mut String) -> Option<Word> {
        form.clear();
        let table = self.table;
        let (start, first) = self
            .chars
            .find(|(_, c)| table.class(*c) == CharClass::Word)?;
        let start = self.base + start;
        if first.is_ascii_digit()
            && let Some(range) = self.number(start, form)
        {
            return Some(self.place(range, Capitals::default()));
        }
        let mut run = self.run(start, first, form);
        self.read_ending(&mut run, form);
        let range = ByteRange::new(start, run.end);
        let mut capitals = run.capitals;
        // Only a digit parts a word from letters that it touches.
        let is_before_digit = self.chars.peek().is_some_and(|(_, c)| c.is_ascii_digit());
        self.letters_end = if is_before_digit && form.ends_with(char::is_alphabetic) {
            range.end
        } else {
            0
        };
        if run.scripts.may_be_mixed()
            && !has_foreign_ending(form)
            && let Some(word) = unmixed(range.of(self.text))
        {
            let word = Words::new(&word).next_into(form);
            capitals = word.map_or(capitals, |word| word.capitals);
        } else if !run.is_composed {
            *form = form.nfc().collect();
        } else if roman::may_be_roman(form)
            && let Some(number) = roman::latin(form, capitals.are_all(run.chars))
        {
            *form = number;
        }
        Some(self.place(range, capitals))
    }

    fn place(&mut self, range: ByteRange, capitals: Capitals) -> Word {
        let word = Word {
            range,
            position: self.position,
            capitals,
        };
        self.position = self.position.saturating_add(1);
        word
    }

    /// Reads the number of several groups that begins at byte `start`, if one does. The first of
    /// its digits is read already.
    fn number(&mut self, start: usize, form: &mut String) -> Option<ByteRange> {
        if start < self.groups_end {
            return None;
        }
        let rest = self.text.get(start..)?;
        match number::read(rest) {
            Reading::Digits => None,
            Reading::Groups(bytes) => {
                self.groups_end = start + bytes;
                None
            }
            Reading::Number(bytes) => {
                let range = ByteRange::new(start, start + bytes);
                number::push_form(range.of(self.text), form);
                let base = self.base;
                while self
                    .chars
                    .next_if(|(at, _)| base + *at < range.end)
                    .is_some()
                {}
                Some(range)
            }
        }
    }

    /// Reads on from the letter or digit `first` at byte `start` to the end of the word.
    fn run(&mut self, start: usize, first: char, form: &mut String) -> Run {
        let table = self.table;
        let mut run = Run {
            end: start + first.len_utf8(),
            is_composed: true,
            scripts: Scripts::default(),
            chars: 0,
            capitals: Capitals::default(),
        };
        run.push(first, table, form);
        while let Some(&(at, c)) = self.chars.peek() {
            match table.class(c) {
                CharClass::Word if self.parts(form, c, start) => break,
                CharClass::Word => run.push(c, table, form),
                CharClass::Combining => run.push_mark(c, form),
                CharClass::Apostrophe if self.joins_letters(form) => {
                    form.push(APOSTROPHE);
                    run.chars += 1;
                }
                CharClass::Invisible => {
                    self.chars.next();
                    continue;
                }
                CharClass::Apostrophe | CharClass::Separator => break,
            }
            run.end = self.base + at + c.len_utf8();
            self.chars.next();
        }
        run
    }

    /// Returns whether a word ends between `form`, which begins at byte `start`, and the letter or
    /// digit `c`: letters and digits of a designation (`F16`, `Т-90М`) are words of their own, and
    /// so is a unit behind its number.
    fn parts(&self, form: &str, c: char, start: usize) -> bool {
        let is_digit = c.is_ascii_digit();
        match form.bytes().next_back() {
            None => false,
            Some(last) if last.is_ascii_digit() == is_digit => false,
            Some(_) if is_digit => form.ends_with(char::is_alphabetic),
            Some(_) => {
                self.letters_end == start && start > 0
                    || endings::is_unit(&self.letters_ahead(self.chars.clone()).0)
            }
        }
    }

    /// Returns the letters that come next, small ones, as many as an ending may have, and what
    /// comes behind them.
    fn letters_ahead(&self, mut ahead: Peekable<CharIndices<'a>>) -> (String, Option<char>) {
        let mut letters = String::new();
        while let Some((_, c)) = ahead.peek() {
            let is_letter = self.table.class(*c) == CharClass::Word && c.is_alphabetic();
            if !is_letter || letters.len() > endings::LONGEST_BYTES {
                break;
            }
            self.table.push_lower(*c, &mut letters);
            ahead.next();
        }
        (letters, ahead.next().map(|(_, c)| c))
    }

    /// Adds to a number or Latin name the ending that stands behind it with a hyphen, if one does:
    /// `47-ї`, `Starlink-ами`.
    fn read_ending(&mut self, run: &mut Run, form: &mut String) {
        let mut ahead = self.chars.clone();
        let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}');
        if ahead.next().is_none_or(|(_, c)| !is_hyphen(c)) {
            return;
        }
        let is_number = form.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number && (!form.is_ascii() || form.len() < 2) {
            return;
        }
        if ahead
            .peek()
            .is_none_or(|(_, c)| !is_ending_letter(*c, is_number))
        {
            return;
        }
        let (ending, _) = self.letters_ahead(ahead);
        let fits = if is_number {
            endings::is_ordinal(&ending)
        } else {
            endings::is_of_noun(&ending)
        };
        // As inside words, an apostrophe joins letters alone.
        let rest = self.chars.clone().map(|(_, c)| c);
        let mut rest = rest.skip(1 + ending.chars().count());
        let goes_on = match rest.next().map(|c| self.table.class(c)) {
            Some(CharClass::Word | CharClass::Combining) => true,
            Some(CharClass::Apostrophe) => rest
                .find(|c| self.table.class(*c) != CharClass::Invisible)
                .is_some_and(|c| c.is_alphabetic() && self.table.class(c) == CharClass::Word),
            _ => false,
        };
        if !fits || goes_on {
            return;
        }
        // The hyphen, then the letters.
        self.chars.next();
        form.push('-');
        run.chars += 1;
        for _ in ending.chars() {
            if let Some((at, c)) = self.chars.next() {
                run.push(c, self.table, form);
                run.end = self.base + at + c.len_utf8();
            }
        }
        // A number with an ending is a word of one script.
        run.scripts = Scripts::default();
    }

    /// Returns whether the apostrophe that comes next stands between two letters.
    fn joins_letters(&self, form: &str) -> bool {
        let mut ahead = self.chars.clone();
        ahead.next();
        let is_letter = |c: char| c.is_alphabetic() && self.table.class(c) == CharClass::Word;
        let next = ahead
            .map(|(_, c)| c)
            .find(|c| self.table.class(*c) != CharClass::Invisible);
        form.chars()
            .rev()
            .find(|c| !is_combining(*c))
            .is_some_and(is_letter)
            && next.is_some_and(is_letter)
    }
}

/// Returns whether an ending may begin with `c`: behind a number a single capital is the letter of
/// a class or house (`11-А`).
fn is_ending_letter(c: char, is_number: bool) -> bool {
    c.is_lowercase() || !is_number || matches!(c, 'Ї' | 'Й' | 'Х' | 'Г' | 'М' | 'Т')
}

/// Returns whether `form` is a Latin name with a Cyrillic ending; a single letter that looks like a
/// Latin one is none unless an apostrophe stands before it.
fn has_foreign_ending(form: &str) -> bool {
    endings::latin_name_of(form).is_some_and(|name| {
        let mut ending = form.chars().skip(name.chars().count());
        let first = ending.next();
        ending.next().is_some() || matches!(first, Some('ю' | 'я' | 'є' | 'ї' | 'и'))
    })
}

/// What was learnt of a word while reading it.
#[derive(Debug)]
struct Run {
    /// Offset behind its last visible character, in bytes.
    end: usize,
    /// Whether no mark was left to be composed with its letter.
    is_composed: bool,
    scripts: Scripts,
    /// How many characters its form has.
    chars: usize,
    /// Which of them are capitals.
    capitals: Capitals,
}

impl Run {
    /// Appends the letter or digit `c` to `form`.
    fn push(&mut self, c: char, table: &CharTable, form: &mut String) {
        if table.is_capital(c) {
            self.capitals.insert(self.chars);
        }
        self.chars += table.push_lower(c, form);
        self.scripts.add(c);
    }

    /// Joins `mark` to the last letter of `form` unless it is a stress mark.
    fn push_mark(&mut self, mark: char, form: &mut String) {
        let Some(letter) = form.chars().next_back() else {
            return;
        };
        if is_stress(mark, letter) {
            return;
        }
        if let Some(composed) = compose(letter, mark) {
            form.pop();
            form.push(composed);
        } else {
            // Marks in another order than the usual one may still be composed in the end.
            form.push(mark);
            self.chars += 1;
            self.is_composed = false;
        }
    }
}

/// Returns the forms of all words of `text`, in order.
pub fn forms_of(text: &str) -> Vec<String> {
    let mut words = Words::new(text);
    let mut form = String::new();
    let mut forms = Vec::new();
    while words.next_into(&mut form).is_some() {
        forms.push(form.clone());
    }
    forms
}
