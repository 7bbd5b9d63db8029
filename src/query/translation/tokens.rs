//! Tokens of queries of words and connectors, as in Lexis and Factiva.

use crate::query::diagnostics::error::{QueryError, closing};
use crate::query::diagnostics::notice::Warning;
use crate::query::translation::expression::Expression;
use crate::query::translation::source::Source;
use crate::query::translation::words;
use crate::text::ByteRange;

/// A piece of a query, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) range: ByteRange,
}

/// What a piece of a query is.
#[derive(Debug, Clone)]
pub(crate) enum TokenKind {
    /// A word or phrase, or a condition.
    Part(Expression),
    Connector(Connector),
    Prefix(Prefix),
    Open,
    Close,
}

/// What stands between two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Connector {
    And,
    Or,
    /// Also `and not`.
    Not,
    /// Our operator on distances, and how many words they may be at most.
    Words(&'static str, u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// What stands before a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Prefix {
    /// In one of these parts of an article.
    In(&'static [&'static str]),
    /// The value of a field.
    Value(&'static str),
    /// So many mentions.
    AtLeast(String),
    /// What makes words exact: `=` or `==`.
    Exact(&'static str),
    /// Nothing that counts here.
    Nothing,
}

/// Quotes of either language; people paste them from texts.
const QUOTES: &str = "\"«„“‟";
/// No distance is written with more digits.
const MOST_DIGITS: usize = 4;

/// Cuts a query into its pieces.
pub(crate) struct Tokens<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) read: Vec<Token>,
    pub(crate) warnings: &'a mut Vec<Warning>,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning of `text`.
    pub(crate) fn new(text: &'a str, warnings: &'a mut Vec<Warning>) -> Self {
        Self {
            source: Source::new(text),
            read: Vec::new(),
            warnings,
        }
    }

    /// Adds what was read from `start` on.
    pub(crate) fn push(&mut self, kind: TokenKind, start: usize) {
        let range = self.source.since(start);
        self.read.push(Token { kind, range });
    }

    /// Adds a word that was read from `start` on, if it has anything to look for.
    pub(crate) fn push_word(&mut self, word: Option<String>, start: usize) {
        if let Some(word) = word {
            self.push(TokenKind::Part(Expression::Row(vec![word])), start);
        }
    }

    /// Reads a parenthesis or a phrase in quotes, if one stands here; `any_letters` is the mark
    /// that stands for any number of letters beside `*`.
    ///
    /// # Errors
    /// Where a quote is never closed.
    pub(crate) fn punctuation(&mut self, any_letters: char) -> Result<bool, QueryError> {
        let start = self.source.at();
        match self.source.peek() {
            Some('(' | '[') => {
                self.source.skip(1);
                self.push(TokenKind::Open, start);
            }
            Some(')' | ']') => {
                self.source.skip(1);
                self.push(TokenKind::Close, start);
            }
            Some(quote) if QUOTES.contains(quote) => {
                let close = closing(quote).chars().next().unwrap_or(quote);
                let text = self.source.enclosed(close)?.replace(any_letters, "*");
                let found: Vec<String> =
                    text.split_whitespace().filter_map(words::pattern).collect();
                let is_pattern = |word: &String| word.contains(['*', '?']) || word.starts_with('/');
                match found.as_slice() {
                    [] => {}
                    [word] if is_pattern(word) => self.push_word(Some(word.clone()), start),
                    _ => self.push(TokenKind::Part(Expression::quoted(found)), start),
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Reads the number of a connector, which ends here; goes back to `start` where there is none.
    pub(crate) fn distance(&mut self, start: usize) -> Option<u32> {
        let number = self
            .source
            .digits()
            .filter(|digits| digits.len() <= MOST_DIGITS);
        let number = number.filter(|_| self.source.peek().is_none_or(|c| !c.is_alphanumeric()));
        if number.is_none() {
            self.source.skip_back_to(start);
        }
        number.and_then(|digits| digits.parse().ok())
    }
}
