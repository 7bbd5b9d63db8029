//! Cuts a query into words, phrases, operators, fields and parentheses.
//!
//! Ordinary prose must always pass: a character is an operator only where no prose has it. An
//! apostrophe inside a word is a letter, a hyphen excludes only before a word and after a space,
//! punctuation separates and is otherwise ignored.
//!
//! | module | what it holds |
//! |---|---|
//! | `lexeme` | one lexeme |
//! | `word` | words and patterns |
//! | `address` | web addresses stay one word |
//! | `phrase` | phrases |
//! | `field` | fields and their values |
//! | `operator` | words that are operators |

mod address;
pub(crate) mod field;
pub(crate) mod lexeme;
mod operator;
mod phrase;
#[cfg(test)]
mod tests;
mod word;

use crate::query::ast::{Distance, QueryRange, Word, WordMode};
use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::diagnostics::notice::Warning;
use crate::query::field::Column;
use crate::query::lexer::address::address_bytes;
use crate::query::lexer::lexeme::leading;
use crate::query::lexer::lexeme::{Lexeme, LexemeKind, WordOperators};
pub(crate) use crate::query::lexer::operator::{is_word_in_headlines, is_word_operator};
use crate::query::lexer::operator::{operator, without_operator};
use crate::query::options::ParseOptions;
use crate::text::ByteRange;

/// The tokens of a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lexed {
    /// The tokens in order.
    pub lexemes: Vec<Lexeme>,
    /// What to tell about the reading.
    pub warnings: Vec<Warning>,
}

/// Cuts `query` into its tokens.
///
/// # Errors
/// What is wrong within one token: a quote that is never closed, a date that is none, a field that
/// is almost one.
pub fn lex(
    query: &str,
    options: &ParseOptions,
    word_operators: WordOperators,
) -> Result<Lexed, QueryError> {
    let mut lexer = Lexer {
        query,
        at: 0,
        options,
        word_operators,
        modes: vec![Mode::Words],
        pending: None,
        lexed: Lexed::default(),
    };
    while lexer.step()? {}
    Ok(lexer.lexed)
}

/// What stands at a place of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Text to look for.
    Words,
    /// Dates, as in `date:(2024 OR 2025)`.
    Dates,
    /// Values of a column, as in `source:(a OR b)`.
    Values(Column),
}

struct Lexer<'a> {
    query: &'a str,
    /// Offset of the next character, in bytes.
    at: usize,
    options: &'a ParseOptions,
    word_operators: WordOperators,
    /// One for the query and for each open parenthesis.
    modes: Vec<Mode>,
    /// What a field that was just read wants next.
    pending: Option<Mode>,
    lexed: Lexed,
}

impl<'a> Lexer<'a> {
    fn step(&mut self) -> Result<bool, QueryError> {
        let Some(c) = self.peek(0) else {
            return Ok(false);
        };
        if self.options.is_literal {
            self.literal(c);
            return Ok(true);
        }
        let start = self.at;
        let mode = self.mode();
        match c {
            '(' => {
                self.modes.push(mode);
                self.pending = None;
                self.single(LexemeKind::Open);
            }
            ')' => {
                if self.modes.len() > 1 {
                    self.modes.pop();
                }
                self.single(LexemeKind::Close);
            }
            '|' => self.single(LexemeKind::Or),
            '&' if self.is_free_standing() => self.single(LexemeKind::And),
            '\\' => self.escape(),
            // -5 is a temperature.
            '-' if self.starts_operand()
                && self
                    .peek(1)
                    .is_some_and(|c| begins_operand(c) && !c.is_numeric()) =>
            {
                self.single(LexemeKind::Not);
            }
            '+' if self.starts_operand() && self.peek(1).is_some_and(begins_operand) => {
                self.single(LexemeKind::Must);
            }
            _ if c.is_whitespace() => self.at += c.len_utf8(),
            '^' if mode == Mode::Words || self.ends_operand() => self.boost(start)?,
            _ if mode != Mode::Words => self.value(mode)?,
            '=' if self.starts_token() => self.marked(start)?,
            '/' if self.starts_token() => self.slash(start)?,
            '*' | '+' | '&' | '~' if self.is_free_standing() => self.ignore(c.len_utf8()),
            '*' if self.starts_token() => self.leading_star(start)?,
            _ if closing_quotes(c).is_some() => self.phrase(start, WordMode::Inflected)?,
            _ if c.is_alphanumeric() => self.word_or_operator(start)?,
            _ => self.at += c.len_utf8(),
        }
        Ok(true)
    }

    fn mode(&self) -> Mode {
        self.pending
            .or(self.modes.last().copied())
            .unwrap_or(Mode::Words)
    }

    /// Takes every mark as text.
    fn literal(&mut self, c: char) {
        let start = self.at;
        if c.is_alphanumeric() {
            let text = self.plain_run();
            let word = Word {
                text,
                reading: WordMode::Inflected,
                is_optional: false,
                place: QueryRange(ByteRange::new(start, self.at)),
            };
            self.push(LexemeKind::Word(without_operator(word)), start);
        } else {
            self.at += c.len_utf8();
        }
    }

    /// Returns the character `ahead` places from here.
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest().chars().nth(ahead)
    }

    fn rest(&self) -> &'a str {
        self.query.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        let before = self.query.get(..self.at);
        before.and_then(|text| text.chars().next_back())
    }

    /// Returns whether a mark here stands before a word and not inside or behind one.
    fn starts_token(&self) -> bool {
        let is_border = |c| "()|-+:»”".contains(c) || closing_quotes(c).is_some();
        self.before()
            .is_none_or(|c| c.is_whitespace() || is_border(c))
    }

    /// Returns whether a `-` or `+` here stands at the beginning of a token or behind the name of a
    /// field: `«Азов»-полк` excludes nothing.
    fn starts_operand(&self) -> bool {
        let before = self.before();
        let is_start = before.is_none_or(|c| c.is_whitespace() || "(|".contains(c));
        let is_field = |last: &Lexeme| matches!(last.kind, LexemeKind::Field(_));
        is_start || self.last_here().is_some_and(is_field)
    }

    /// Returns whether an operand ends here.
    fn ends_operand(&self) -> bool {
        self.last_here()
            .is_some_and(|last| last.kind.is_operand() || last.kind == LexemeKind::Close)
    }

    /// Returns the token that ends here.
    fn last_here(&self) -> Option<&Lexeme> {
        let last = self.lexed.lexemes.last();
        last.filter(|last| last.range.end == self.at)
    }

    /// Returns whether the character here has white space or an end on both sides.
    fn is_free_standing(&self) -> bool {
        let is_border = |c: char| c.is_whitespace() || "()".contains(c);
        self.before().is_none_or(is_border) && self.peek(1).is_none_or(is_border)
    }

    fn single(&mut self, kind: LexemeKind) {
        let start = self.at;
        self.at += 1;
        self.push(kind, start);
    }

    fn push(&mut self, kind: LexemeKind, start: usize) {
        self.pending = None;
        self.lexed.lexemes.push(Lexeme {
            kind,
            range: ByteRange::new(start, self.at),
        });
    }

    fn push_word(&mut self, text: String, reading: WordMode, start: usize) {
        let word = Word {
            text,
            reading,
            is_optional: false,
            place: QueryRange(ByteRange::new(start, self.at)),
        };
        self.push(LexemeKind::Word(word), start);
    }

    fn error(&self, problem: QueryProblem, start: usize) -> QueryError {
        QueryError {
            problem,
            range: ByteRange::new(start, self.at),
        }
    }

    fn ignore(&mut self, bytes: usize) {
        let range = ByteRange::new(self.at, self.at + bytes);
        let mark = range.of(self.query).to_owned();
        self.lexed.warnings.push(Warning::Ignored { mark });
        self.at += bytes;
    }

    /// Takes the mark behind a backslash as text: it separates words and does nothing else.
    fn escape(&mut self) {
        self.at += 1;
        match self.peek(0) {
            Some(c) if is_special(c) => self.at += c.len_utf8(),
            Some(c) if !c.is_whitespace() => {
                let escape = format!("\\{c}");
                self.lexed.warnings.push(Warning::UnknownEscape { escape });
            }
            _ => {}
        }
    }

    fn boost(&mut self, start: usize) -> Result<(), QueryError> {
        let rest = self.rest().get(1..).unwrap_or_default();
        let number = leading(rest, |c| c.is_ascii_digit() || ".,".contains(c));
        let number = number.trim_end_matches(['.', ',']);
        if number.is_empty() || !self.ends_operand() {
            self.ignore(1);
            return Ok(());
        }
        self.at += 1 + number.len();
        let Some(hundredths) = hundredths(&number.replace(',', ".")) else {
            let problem = QueryProblem::NumberOutOfRange {
                number: number.to_owned(),
                least: "0.01",
                most: 100,
            };
            return Err(self.error(problem, start));
        };
        self.push(LexemeKind::Boost(hundredths), start);
        Ok(())
    }

    /// Reads what stands behind `=` or `==`.
    fn marked(&mut self, start: usize) -> Result<(), QueryError> {
        let marks = leading(self.rest(), |c| c == '=').len();
        self.at += marks;
        let reading = match marks {
            1 => WordMode::Exact,
            2 => WordMode::Cased,
            _ => return Ok(()),
        };
        match self.peek(0) {
            Some(c) if closing_quotes(c).is_some() => self.phrase(start, reading),
            Some(c) if c.is_alphanumeric() => {
                let word = self.word(start, reading)?;
                self.push(LexemeKind::Word(word), start);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Reads `NEAR/5`, `ATLEAST/5` and the like, if one stands here.
    fn numbered(&mut self, start: usize) -> Result<bool, QueryError> {
        let name = leading(self.rest(), char::is_alphabetic).to_owned();
        let make: fn(u8) -> LexemeKind = match name.as_str() {
            "NEAR" | "БІЛЯ" => |n| LexemeKind::Near(Distance::Near(n)),
            "PRE" | "ПЕРЕД" => |n| LexemeKind::Near(Distance::Pre(n)),
            "NOTNEAR" | "НЕБІЛЯ" => |n| LexemeKind::Near(Distance::NotNear(n)),
            "ATLEAST" | "МІНІМУМ" => LexemeKind::AtLeast,
            _ => return Ok(false),
        };
        let behind = self.rest().get(name.len()..).unwrap_or_default();
        let has_slash = behind.starts_with('/');
        let digits = behind.strip_prefix('/').unwrap_or_default();
        let digits = leading(digits, |c| c.is_ascii_digit()).to_owned();
        if digits.is_empty() {
            let is_free = behind.chars().next().is_none_or(char::is_whitespace);
            if !has_slash && (!is_free || self.word_operators != WordOperators::All) {
                return Ok(false);
            }
            self.at += name.len();
            return Err(self.error(QueryProblem::MissingNumber { operator: name }, start));
        }
        self.at += name.len() + 1 + digits.len();
        match digits.parse::<u8>() {
            Ok(number) if number > 0 => self.push(make(number), start),
            _ => {
                let problem = QueryProblem::NumberOutOfRange {
                    number: digits,
                    least: "1",
                    most: u32::from(u8::MAX),
                };
                return Err(self.error(problem, start));
            }
        }
        Ok(true)
    }

    fn word_or_operator(&mut self, start: usize) -> Result<(), QueryError> {
        if self.starts_token() {
            if self.field(start)? || self.numbered(start)? {
                return Ok(());
            }
            let address = address_bytes(self.rest());
            if address > 0 {
                self.address(start + address);
                return Ok(());
            }
        }
        let word = self.word(start, WordMode::Inflected)?;
        let kind = match word.reading {
            WordMode::Inflected => operator(&word.text, self.word_operators),
            _ => None,
        };
        self.push(
            kind.unwrap_or(LexemeKind::Word(without_operator(word))),
            start,
        );
        Ok(())
    }

    /// Reads the words of an address, whose marks mean nothing, up to byte `end`.
    fn address(&mut self, end: usize) {
        while self.at < end
            && let Some(c) = self.peek(0)
        {
            self.literal(c);
        }
    }

    /// Returns what stands between two quotes and goes behind the second.
    fn quoted(&mut self, quote: char, start: usize) -> Result<ByteRange, QueryError> {
        let closers = closing_quotes(quote).unwrap_or_default();
        self.at += quote.len_utf8();
        let from = self.at;
        let mut is_escaped = false;
        let end = self.rest().char_indices().find(|(_, c)| {
            let is_end = closers.contains(*c) && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            is_end
        });
        let Some((bytes, closer)) = end else {
            return Err(self.error(QueryProblem::UnclosedQuote { quote }, start));
        };
        self.at += bytes + closer.len_utf8();
        Ok(ByteRange::new(from, from + bytes))
    }
}

/// Returns what closes a phrase that `quote` opens.
fn closing_quotes(quote: char) -> Option<&'static str> {
    match quote {
        '"' => Some("\""),
        '«' => Some("»"),
        '„' => Some("“”‟\""),
        '“' | '‟' => Some("”“"),
        _ => None,
    }
}

/// Returns whether a `-` or `+` before `c` can be an operator.
fn begins_operand(c: char) -> bool {
    c.is_alphanumeric() || closing_quotes(c).is_some() || "(=".contains(c)
}

/// Returns whether a backslash takes the meaning from `c`.
pub(crate) fn is_special(c: char) -> bool {
    "\"«»„“”‟()[]{}:^~*?/\\|&+-=<>".contains(c)
}

/// Reads a weight from 0.01 to 100 with at most two decimals, in hundredths.
fn hundredths(number: &str) -> Option<u32> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let decimals = format!("{decimals:0<2}");
    let whole: u32 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let decimals: u32 = decimals.get(..2)?.parse().ok()?;
    let all = whole.checked_mul(100)?.checked_add(decimals)?;
    (1..=10_000).contains(&all).then_some(all)
}
