//! The text between two quotes.

use crate::query::ast::{Phrase, PhraseSlot, QueryRange, WordMode};
use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::diagnostics::notice::Warning;
use crate::query::lexer;
use crate::query::lexer::lexeme::{LexemeKind, leading};
use crate::query::lexer::{Lexer, closing_quotes};
use crate::text::ByteRange;

impl Lexer<'_> {
    /// Reads a phrase whose marks begin at `start` and whose words are read as `reading` unless
    /// they have marks.
    pub(crate) fn phrase(&mut self, start: usize, reading: WordMode) -> Result<(), QueryError> {
        let quote = self.peek(0).unwrap_or('"');
        let inside = self.quoted(quote, start)?;
        let behind = self.at;
        self.at = inside.start;
        let mut slots = Vec::new();
        while self.at < inside.end {
            self.slot(inside.end, reading, &mut slots)?;
        }
        self.at = behind;
        let max_others = self.slop()?;
        let is_any = |slot: &PhraseSlot| *slot == PhraseSlot::Any;
        let edges = slots.first().is_some_and(is_any) || slots.last().is_some_and(is_any);
        if edges || (max_others.is_some() && slots.iter().any(is_any)) {
            self.lexed.warnings.push(Warning::Ignored {
                mark: "*".to_owned(),
            });
        }
        while slots.last().is_some_and(is_any) {
            slots.pop();
        }
        let words = slots.iter().position(|slot| !is_any(slot)).unwrap_or(0);
        slots.drain(..words);
        if max_others.is_some() {
            slots.retain(|slot| !is_any(slot));
        }
        if slots.is_empty() {
            let mark = ByteRange::new(start, self.at).of(self.query).to_owned();
            self.lexed.warnings.push(Warning::Ignored { mark });
            return Ok(());
        }
        let phrase = Phrase {
            slots,
            max_others,
            place: QueryRange(ByteRange::new(start, self.at)),
        };
        self.push(LexemeKind::Phrase(phrase), start);
        Ok(())
    }

    fn slop(&mut self) -> Result<Option<u8>, QueryError> {
        let start = self.at;
        let Some(number) = self.tilde() else {
            return Ok(None);
        };
        let slop = number.parse();
        slop.map(Some).map_err(|_| {
            let problem = QueryProblem::NumberOutOfRange {
                number,
                least: "0",
                most: u32::from(u8::MAX),
            };
            self.error(problem, start)
        })
    }

    /// Reads the next slot before `end`, or goes over what is none.
    fn slot(
        &mut self,
        end: usize,
        reading: WordMode,
        slots: &mut Vec<PhraseSlot>,
    ) -> Result<(), QueryError> {
        let Some(c) = self.peek(0) else {
            self.at = end;
            return Ok(());
        };
        let start = self.at;
        match c {
            '\\' => {
                self.at += 1;
                self.at += self
                    .peek(0)
                    .filter(|c| lexer::is_special(*c))
                    .map_or(0, char::len_utf8);
            }
            '(' => match self.alternatives(end, reading)? {
                Some(slot) => slots.push(slot),
                None => self.at += 1,
            },
            '*' if self.is_alone_in_phrase(end) => {
                self.at += 1;
                slots.push(PhraseSlot::Any);
            }
            '*' if self.starts_token() && self.peek(1).is_some_and(char::is_alphanumeric) => {
                slots.push(PhraseSlot::OneOf(vec![self.word(start, reading)?]));
            }
            '=' if self.starts_token() => {
                let marks = leading(self.rest(), |c| c == '=').len();
                self.at += marks;
                if self.peek(0).is_some_and(char::is_alphanumeric) && marks <= 2 {
                    let reading = if marks == 1 {
                        WordMode::Exact
                    } else {
                        WordMode::Cased
                    };
                    slots.push(PhraseSlot::OneOf(vec![self.word(start, reading)?]));
                }
            }
            _ if c.is_alphanumeric() => {
                slots.push(PhraseSlot::OneOf(vec![self.word(start, reading)?]));
            }
            '^' if self.peek(1).is_some_and(|c| c.is_ascii_digit()) => self.ignore(1),
            _ => self.at += c.len_utf8(),
        }
        Ok(())
    }

    fn is_alone_in_phrase(&self, end: usize) -> bool {
        let is_border = |c: char| c.is_whitespace() || closing_quotes(c).is_some();
        self.before().is_none_or(is_border)
            && (self.at + 1 >= end || self.peek(1).is_none_or(char::is_whitespace))
    }

    /// Reads `(a|b)`; parentheses without a bar are text.
    fn alternatives(
        &mut self,
        end: usize,
        reading: WordMode,
    ) -> Result<Option<PhraseSlot>, QueryError> {
        let start = self.at;
        let inside = leading(self.rest(), |c| c != ')');
        let close = start + inside.len();
        let has_one_word_each = inside.contains('|')
            && inside
                .get(1..)
                .unwrap_or_default()
                .split('|')
                .all(|word| word.split_whitespace().count() == 1);
        if close >= end || !has_one_word_each {
            return Ok(None);
        }
        self.at += 1;
        let mut words = Vec::new();
        while self.at < close {
            let mut slots = Vec::new();
            self.slot(close, reading, &mut slots)?;
            for slot in slots {
                if let PhraseSlot::OneOf(more) = slot {
                    words.extend(more);
                }
            }
        }
        self.at = close + 1;
        Ok((!words.is_empty()).then_some(PhraseSlot::OneOf(words)))
    }
}
