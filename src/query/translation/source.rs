//! A cursor over the text of a query in another language.

use crate::query::diagnostics::error::{QueryError, QueryProblem, Side};
use crate::query::diagnostics::notice::{Difference, Warning};
use crate::query::parser::MAX_DEPTH;
use crate::query::translation::untranslatable::unknown_here;
use crate::text::ByteRange;

/// A text and the place up to which it was read.
pub(crate) struct Source<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    /// How many parentheses are open.
    depth: usize,
}

impl<'a> Source<'a> {
    /// Starts at the beginning.
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// Returns what was not read yet.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Returns how far it was read, in bytes.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Returns the next character.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Returns where it was read from `start` on, without the spaces at the end.
    pub(crate) fn since(&self, start: usize) -> ByteRange {
        let read = self.text.get(start..self.at).unwrap_or_default();
        ByteRange::new(start, start + read.trim_end().len())
    }

    /// Returns what was read from `start` on.
    pub(crate) fn text_since(&self, start: usize) -> &'a str {
        let read = self.text.get(start..self.at).unwrap_or_default();
        read.trim()
    }

    /// Advances by `bytes` bytes.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Goes back to where it was before.
    pub(crate) fn skip_back_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Goes to the next character that is no space, and returns it.
    pub(crate) fn next_visible(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.peek()
    }

    /// Goes past `text`, if it stands here; capital letters are the same as small ones.
    pub(crate) fn eat(&mut self, text: &str) -> bool {
        let here = self.rest().get(..text.len());
        let is_here = here.is_some_and(|here| here.eq_ignore_ascii_case(text));
        if is_here {
            self.at += text.len();
        }
        is_here
    }

    /// Goes past `text`, if it stands here just so.
    pub(crate) fn eat_exactly(&mut self, text: &str) -> bool {
        let is_here = self.rest().starts_with(text);
        if is_here {
            self.at += text.len();
        }
        is_here
    }

    /// Goes past `word`, if it stands here and ends here; capital letters are the same as small
    /// ones.
    pub(crate) fn eat_word(&mut self, word: &str) -> bool {
        let start = self.at;
        let mut behind = self.rest().get(word.len()..).unwrap_or_default().chars();
        let next = behind.next();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // not-for-profit and and/or are words.
        let goes_on =
            is_letter(next) || (matches!(next, Some('-' | '/')) && is_letter(behind.next()));
        let is_whole = self.eat(word) && !goes_on;
        if !is_whole {
            self.at = start;
        }
        is_whole
    }

    /// Does as [`Source::eat_word`], but capital letters are not the same as small ones.
    pub(crate) fn eat_word_exactly(&mut self, word: &str) -> bool {
        self.rest().starts_with(word) && self.eat_word(word)
    }

    /// Goes past a word and returns it, up to a space or one of the marks `ends`; a backslash takes
    /// their meaning from them.
    pub(crate) fn word(&mut self, ends: &str) -> &'a str {
        let mut is_escaped = false;
        let rest = self.rest();
        let end = rest.find(|c: char| {
            let ends = !is_escaped && (c.is_whitespace() || ends.contains(c));
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        word
    }

    /// Goes past the characters for which `is_wanted` holds and returns them.
    pub(crate) fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !is_wanted(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// Goes past a whole number and returns its digits; none where it stands not here.
    pub(crate) fn digits(&mut self) -> Option<&'a str> {
        let digits = self.take_while(|c| c.is_ascii_digit());
        (!digits.is_empty()).then_some(digits)
    }

    /// Goes past a number that may have decimals and returns it.
    pub(crate) fn decimal(&mut self) -> Option<&'a str> {
        let number = self.take_while(|c| c.is_ascii_digit() || c == '.');
        let tail = number.len() - number.trim_end_matches('.').len();
        self.at -= tail;
        let number = number.trim_end_matches('.');
        (!number.is_empty()).then_some(number)
    }

    /// Goes past what stands between this character and the next `close`, and returns it.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn enclosed(&mut self, close: char) -> Result<&'a str, QueryError> {
        let start = self.at;
        let quote = self.peek().unwrap_or(close);
        self.at += quote.len_utf8();
        let mut is_escaped = false;
        let rest = self.rest();
        let end = rest.find(|c| {
            let ends = c == close && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let Some(end) = end else {
            return Err(QueryError {
                problem: QueryProblem::UnclosedQuote { quote },
                range: ByteRange::new(start, start + quote.len_utf8()),
            });
        };
        self.at += end + close.len_utf8();
        Ok(rest.get(..end).unwrap_or_default())
    }

    /// Goes past the opening parenthesis here.
    ///
    /// # Errors
    /// Where too many are open.
    pub(crate) fn open(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError {
                problem: QueryProblem::TooDeep { limit: MAX_DEPTH },
                range: ByteRange::new(start, self.at),
            });
        }
        Ok(())
    }

    /// Goes past the closing parenthesis of the one that stands at `opened`.
    ///
    /// # Errors
    /// Where it is not here.
    pub(crate) fn close(&mut self, opened: usize) -> Result<(), QueryError> {
        if !matches!(self.next_visible(), Some(')' | ']')) {
            return Err(QueryError {
                problem: QueryProblem::UnclosedParenthesis,
                range: ByteRange::new(opened, opened + 1),
            });
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// Makes sure that all was read.
    ///
    /// # Errors
    /// Where a closing parenthesis is left that none was opened for.
    pub(crate) fn finish(&mut self) -> Result<(), QueryError> {
        match self.next_visible() {
            None => Ok(()),
            Some(c) => Err(QueryError {
                problem: QueryProblem::UnopenedParenthesis,
                range: ByteRange::new(self.at, self.at + c.len_utf8()),
            }),
        }
    }

    /// Returns a fault for what was read from `start` on and our language has not.
    pub(crate) fn no_counterpart(&self, start: usize) -> QueryError {
        unknown_here(self.text_since(start), self.since(start))
    }

    /// Adds a notice that the text from `start` is left out.
    pub(crate) fn left_out(&self, start: usize) -> Warning {
        let text = self.text_since(start).to_owned();
        Warning::LeftOut { text }
    }

    /// Adds a notice of how the text from `start` differs.
    pub(crate) fn differs(&self, start: usize, how: Difference) -> Warning {
        let text = self.text_since(start).to_owned();
        Warning::Differs { text, how }
    }

    /// Returns the fault of the operator that was read from `start` on and lacks a word at `side`.
    pub(crate) fn lacks_operand(&self, start: usize, side: Side) -> QueryError {
        QueryError {
            problem: QueryProblem::MissingTerm {
                operator: self.text_since(start).to_owned(),
                side,
            },
            range: self.since(start),
        }
    }
}
